"""A history as tables of pandas, and as a short look in a notebook. pandas is loaded inside functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from ..findings import counted
from ..options import WrongOption
from .records import Point

if TYPE_CHECKING:
    import pandas

    from .collection import History
    from .over_years import OverYears
    from .series import Series

#: The columns of a series.
SERIES = (
    "start", "end", "months", "fiscal_year", "fiscal_quarter", "value", "unit", "how", "standing", "confirmed",
    "restated", "first_value", "known", "known_by", "concept", "label", "source", "line", "made_of", "bridge", "why",
)  # fmt: skip
#: What the long table has beside the columns of `writers.rows.FactRow`.
OF_HISTORY = ("company", "filing", "known", "known_by", "basis", "slot_start", "slot_end", "slot_months")
_DATES = frozenset({"start", "end", "filed", "known", "slot_start", "slot_end"})
_WHOLE = frozenset({"months", "fiscal_year", "fiscal_quarter", "decimals", "line", "column", "slot_months"})
_NUMBERS = frozenset({"value", "first_value"})
#: So many points are shown in a notebook.
_SHOWN = 12


def series_rows(made: Series) -> list[dict[str, Any]]:
    """One a point; cells are dates, numbers, Decimal, texts or None."""
    return [_point(point) for point in made.points]


def _point(point: Point) -> dict[str, Any]:
    entry = point.parts[0].entry
    made_of = "; ".join(f"{'+' if p.sign > 0 else '-'} {p.entry.value:f} {p.entry.at}" for p in point.parts)
    return {
        "start": point.slot.start,
        "end": point.slot.end,
        "months": point.slot.months,
        "fiscal_year": point.fiscal_year,
        "fiscal_quarter": point.fiscal_quarter,
        "value": point.value,
        "unit": point.unit,
        "how": point.how.value,
        "standing": point.standing.value,
        "confirmed": {None: "", True: "yes", False: "no"}[point.confirmed],
        "restated": point.restated,
        "first_value": point.vintages[0].value,
        "known": point.last.known,
        "known_by": point.last.known_by.value,
        "concept": point.concept,
        "label": point.label,
        "source": entry.row.source,
        "line": entry.row.line,
        "made_of": made_of,
        "bridge": point.bridge,
        "why": point.why,
    }


def fact_columns() -> tuple[str, ...]:
    from ..writers.rows import COLUMNS

    return (*OF_HISTORY, *COLUMNS)


def fact_rows(history: History) -> Iterable[dict[str, Any]]:
    """The long table: one a fact of a filing, in time and the order of the page."""
    for entry in history.entries:
        source, row = entry.source, entry.row
        yield {
            "company": source.company,
            "filing": source.name,
            "known": source.known,
            "known_by": source.known_by.value,
            "basis": entry.basis,
            "slot_start": entry.slot.start,
            "slot_end": entry.slot.end,
            "slot_months": entry.slot.months,
            **{f.name: getattr(row, f.name) for f in fields(row)},
        }


def facts(history: History, *, numbers: str = "decimal") -> pandas.DataFrame:
    """The long table. Columns: those of `OF_HISTORY` (slot_*: the period on the company's calendar), then of a fact."""
    return _frame(list(fact_rows(history)), fact_columns(), numbers)


def series(made: Series, *, numbers: str = "decimal") -> pandas.DataFrame:
    return _frame(series_rows(made), SERIES, numbers)


def over_years(made: OverYears, *, numbers: str = "decimal") -> pandas.DataFrame:
    """Index: label and concept of the line; one column a period, by its last day."""
    import pandas as pd

    cells = [[_number(p.value if p else None, numbers) for p in line.points] for line in made.lines]
    index = pd.MultiIndex.from_tuples([(line.label, line.concept) for line in made.lines], names=["label", "concept"])
    columns = pd.Index([slot.end for slot in made.columns], name="period to", dtype=object)
    return pd.DataFrame(cells, index=index, columns=columns, dtype="float64" if numbers == "float" else object)


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str], numbers: str) -> pandas.DataFrame:
    import pandas as pd

    cells = {name: _column(name, [row[name] for row in rows], numbers) for name in columns}
    return pd.DataFrame(cells, columns=pd.Index(columns))


def _column(name: str, cells: list[Any], numbers: str) -> Any:
    import pandas as pd

    if name in _NUMBERS:
        values = [_number(cell, numbers) for cell in cells]
        return pd.Series(values, dtype="float64" if numbers == "float" else "object")
    if name in _DATES:
        return pd.Series(cells, dtype="datetime64[s]")
    if name in _WHOLE:
        return pd.Series(cells, dtype="Int64")
    if name in ("restated", "instant", "extension"):
        return pd.Series(cells, dtype="bool")
    if name == "confidence":
        return pd.Series(cells, dtype="float64")
    # The text type of the pandas at hand: objects until 2, str from 3 on.
    return pd.Series(cells, dtype="str" if pd.__version__ >= "3" else "object")


def _number(value: Decimal | None, numbers: str) -> Any:
    if numbers not in ("decimal", "float"):
        raise WrongOption(f"numbers are decimal or float, not {numbers!r}")
    return float(value) if value is not None and numbers == "float" else value


# --- a notebook -------------------------------------------------------------------------------------------------------


def history_html(history: History) -> str:
    counts = Counter(f.severity.value for f in history.findings)
    found = ", ".join(counted(n, severity) for severity, n in sorted(counts.items())) or "none"
    head = f"<p><b>{escape(', '.join(history.companies))}</b>: {counted(len(history.sources), 'filing')}, "
    head += f"{counted(len(history.entries), 'fact')}; findings: {found}</p>"
    rows = "".join(
        f"<tr><td>{s.known}</td><td>{s.known_by.value}</td><td style='text-align:left'>{escape(s.title)}</td></tr>"
        for s in history.sources
    )
    return f"{head}<table><tr><th>known</th><th>by</th><th>filing</th></tr>{rows}</table>"


def series_html(made: Series) -> str:
    head = f"<p><b>{escape(made.concept)}</b>, {escape(made.company)}, {escape(made.unit)}: "
    head += f"{counted(len(made.points), 'point')}, {counted(len(made.gaps), 'gap')}</p>"
    shown = made.points[-_SHOWN:]
    cells = "".join(
        f"<tr><td>{p.slot.end}</td><td style='text-align:right'>{p.value:,f}</td><td>{p.how.value}</td>"
        f"<td>{p.standing.value}</td><td>{'restated' if p.restated else ''}</td></tr>"
        for p in shown
    )
    return f"{head}<table>{cells}</table>"


def over_years_html(made: OverYears) -> str:
    head = "".join(f"<th style='text-align:right'>{slot.end}</th>" for slot in made.columns)
    body = ""
    for line in made.lines:
        cells = "".join(f"<td style='text-align:right'>{_shown(point)}</td>" for point in line.points)
        body += f"<tr><td style='text-align:left'>{escape(line.label[:80])}</td>{cells}</tr>"
    note = "<p>(derived), [doubtful]</p>"
    return f"<table><tr><th></th>{head}</tr>{body}</table>{note}"


def _shown(point: Point | None) -> str:
    if point is None:
        return ""
    text = f"{point.value:,f}"
    text = f"({text})" if point.how.value == "derived" else text
    return f"[{text}]" if point.standing.value == "doubtful" else text
