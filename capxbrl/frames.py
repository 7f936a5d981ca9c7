"""Tables for people who work with pandas: facts, and each statement as it stands on the page.

The only module that imports pandas at run time, and only inside functions.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from .findings import Severity
from .model import Report, Statement
from .writers.facts import rows

if TYPE_CHECKING:
    import pandas

    from .pipeline import Conversion


def facts(report: Report) -> pandas.DataFrame:
    """One row a fact, columns as in facts.csv; `value` is an object column: Decimal for figures, str for text facts."""
    import pandas as pd

    table = pd.DataFrame.from_records([dict(r) for r in rows(report)])
    if not table.empty:
        table["value"] = pd.Series([f.value for f in report.facts], dtype=object)
    return table


def statement(source: Statement) -> pandas.DataFrame:
    """A statement as on the page: one row a line, one column a period; Decimal cells, None where the page is empty.

    Columns are a MultiIndex (start, end) of dates for durations, an index of dates for instants; the index is the label.
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


def conversion_html(conversion: Conversion) -> str:
    """A short summary for a notebook: what was read, what was found, the statements."""
    counts = Counter(f.severity for f in conversion.findings)
    found = ", ".join(f"{counts[s]} {s.value}{'s' if counts[s] != 1 else ''}" for s in Severity if counts[s]) or "none"
    extensions = len(conversion.report.extension.concepts)
    parts = [
        f"<p><b>{escape(conversion.entity.name or conversion.document.name)}</b>: {len(conversion.facts)} facts, "
        f"{extensions} extension concept{'s' if extensions != 1 else ''}; findings: {found}</p>"
    ]
    for source in conversion.statements:
        head = "".join(f"<th style='text-align:right'>{escape(str(c.period))}</th>" for c in source.columns)
        body = []
        for line in source.lines:
            cells = "".join(
                f"<td style='text-align:right'>{a.value:,}</td>" if a else "<td></td>" for a in line.amounts
            )
            label = escape(line.label[:80])
            indent = f"padding-left:{len(line.path)}em"
            body.append(
                f"<tr><td style='text-align:left;{indent}'>{f'<b>{label}</b>' if line.is_heading else label}</td>{cells}</tr>"
            )
        parts.append(
            f"<details><summary>{escape(source.title)} ({sum(not line.is_heading for line in source.lines)} lines)</summary>"
            f"<table><tr><th></th>{head}</tr>{''.join(body)}</table></details>"
        )
    return "\n".join(parts)
