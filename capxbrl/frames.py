"""Tables for people who work with pandas: facts, and each statement as it stands on the page.

The only module that imports pandas at run time, and only inside functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, cast

from .findings import Finding, Severity, counted
from .model import LineItem, Report, Statement
from .options import WrongOption
from .writers.rows import COLUMNS, rows

if TYPE_CHECKING:
    import pandas


def facts(report: Report, *, numbers: str = "decimal") -> pandas.DataFrame:
    """One row a fact in the order of the page; the columns, those of `writers.rows.FactRow`, stand where there is none.

    numbers: "decimal" (value is an object column of Decimal, exact) or "float" (float64). Columns: confidence float64;
    instant, extension bool; months, fiscal_year, fiscal_quarter, decimals, line, column Int64; start, end, filed
    datetime64[s]; the others text. Raises WrongOption for other numbers.
    """
    import pandas as pd

    if numbers not in ("decimal", "float"):
        raise WrongOption(f"numbers are decimal or float, not {numbers!r}")
    kinds = _KINDS | ({"value": "float64"} if numbers == "float" else {"value": "object"})
    records = rows(report)
    cells = {name: _column([getattr(r, name) for r in records], kinds.get(name, "str")) for name in COLUMNS}
    return pd.DataFrame(cells, columns=pd.Index(COLUMNS))


#: The types of the columns that are no text.
_KINDS = {
    **dict.fromkeys(("start", "end", "filed"), "datetime64[s]"),
    **dict.fromkeys(("instant", "extension"), "bool"),
    **dict.fromkeys(("months", "fiscal_year", "fiscal_quarter", "decimals", "line", "column"), "Int64"),
    "confidence": "float64",
}


def _column(cells: list[Any], kind: str) -> Any:
    import pandas as pd

    if kind == "str":
        # The text type of the pandas at hand: objects until 2, str from 3 on.
        return pd.Series(cells, dtype="str" if pd.__version__ >= "3" else "object")
    if kind == "float64":
        cells = [None if cell is None else float(cell) for cell in cells]
    return pd.Series(cells, dtype=cast(Any, kind))


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
    found = ", ".join(counted(counts[s], s.value) for s in Severity if counts[s]) or "none"
    parts = [
        f"<p><b>{escape(name)}</b>: {counted(len(report.facts), 'fact')}, "
        f"{counted(len(report.extension.concepts), 'extension concept')}; findings: {found}</p>"
    ]
    return "\n".join([*parts, *map(_statement_html, statements)])


def _statement_html(source: Statement) -> str:
    head = "".join(f"<th style='text-align:right'>{escape(str(c.period))}</th>" for c in source.columns)
    lines = sum(not line.is_heading for line in source.lines)
    return (
        f"<details><summary>{escape(source.title)} ({counted(lines, 'line')})</summary>"
        f"<table><tr><th></th>{head}</tr>{''.join(map(_line_html, source.lines))}</table></details>"
    )


def _line_html(line: LineItem) -> str:
    cells = "".join(f"<td style='text-align:right'>{a.value:,}</td>" if a else "<td></td>" for a in line.amounts)
    label = escape(line.label[:80])
    shown = f"<b>{label}</b>" if line.is_heading else label
    return f"<tr><td style='text-align:left;padding-left:{len(line.path)}em'>{shown}</td>{cells}</tr>"
