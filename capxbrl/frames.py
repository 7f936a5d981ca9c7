"""Tables for people who work with pandas: facts, and each statement as it stands on the page.

The only module that imports pandas at run time, and only inside functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from .findings import Finding, Severity
from .model import LineItem, Report, Statement
from .writers.facts import rows

if TYPE_CHECKING:
    import pandas


def facts(report: Report) -> pandas.DataFrame:
    """One row a fact, columns as in facts.csv; `value` is an object column: Decimal for figures, str for text facts."""
    import pandas as pd

    table = pd.DataFrame.from_records([dict(r) for r in rows(report)])
    if not table.empty:
        table["value"] = pd.Series([f.value for f in report.facts], dtype=object)
    return table


def statement(source: Statement) -> pandas.DataFrame:
    """A statement as on the page: one row a line, one column a period; Decimal cells, None where the page is empty.

    Columns are a MultiIndex (start, end) of dates for durations, an index of dates for instants; the index is the
    label.
    """
    import pandas as pd

    lines = [line for line in source.lines if not line.is_heading]
    data = [[a.value if a else None for a in line.amounts] for line in lines]
    instants = all(c.period.start is None for c in source.columns)
    columns: pandas.Index
    if instants:
        columns = pd.Index([c.period.end for c in source.columns], name="date", dtype=object)
    else:
        columns = pd.MultiIndex.from_tuples(
            [(c.period.start, c.period.end) for c in source.columns], names=["start", "end"]
        )
    return pd.DataFrame(
        data, index=pd.Index([line.label for line in lines], name="line item"), columns=columns, dtype=object
    )


def summary_html(name: str, report: Report, statements: Sequence[Statement], findings: Sequence[Finding]) -> str:
    """A short summary for a notebook: what was read, what was found, the statements."""
    counts = Counter(f.severity for f in findings)
    found = ", ".join(f"{counts[s]} {s.value}{'s' if counts[s] != 1 else ''}" for s in Severity if counts[s]) or "none"
    extensions = len(report.extension.concepts)
    parts = [
        f"<p><b>{escape(name)}</b>: {len(report.facts)} facts, "
        f"{extensions} extension concept{'s' if extensions != 1 else ''}; findings: {found}</p>"
    ]
    return "\n".join([*parts, *map(_statement_html, statements)])


def _statement_html(source: Statement) -> str:
    head = "".join(f"<th style='text-align:right'>{escape(str(c.period))}</th>" for c in source.columns)
    lines = sum(not line.is_heading for line in source.lines)
    return (
        f"<details><summary>{escape(source.title)} ({lines} lines)</summary>"
        f"<table><tr><th></th>{head}</tr>{''.join(map(_line_html, source.lines))}</table></details>"
    )


def _line_html(line: LineItem) -> str:
    cells = "".join(f"<td style='text-align:right'>{a.value:,}</td>" if a else "<td></td>" for a in line.amounts)
    label = escape(line.label[:80])
    shown = f"<b>{label}</b>" if line.is_heading else label
    return f"<tr><td style='text-align:left;padding-left:{len(line.path)}em'>{shown}</td>{cells}</tr>"
