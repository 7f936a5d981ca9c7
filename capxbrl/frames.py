"""Tables for people who work with pandas: facts, findings, and each statement as it stands on the page.

The only module that imports pandas at run time, and only inside functions. Columns have the same types whatever is in
them, and stand where nothing is, so that the frames of many filings are one table: `pd.concat(frames)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from .findings import BadData, Finding
from .model import Fact, Report, Statement
from .options import WrongOption
from .writers.rows import COLUMNS, FINDING_COLUMNS, finding_rows, rows

if TYPE_CHECKING:
    import pandas

#: The types of the columns that are no text; "value" is float64 where floats are asked for.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("start", "end", "instant", "filed"), "datetime64[s]"),
    **dict.fromkeys(("months", "fiscal_year", "fiscal_quarter", "decimals", "line", "column"), "Int64"),
    "extension": "bool",
    "confidence": "float64",
    "value": "object",
}


def facts(report: Report | None, only: Sequence[Fact] | None = None, *, numbers: str = "decimal") -> pandas.DataFrame:
    """One row a fact in the order of the page; every column stands where there is no fact.

    | columns | type | what it is |
    | --- | --- | --- |
    | id, statement, place, label | text | of the tag; "income_statement", ...; "cell", "prose", ...; as printed |
    | concept | text | prefix:name |
    | period | text | "2009-07-01/2009-09-30", or the day of an instant |
    | start, end | datetime64[s] | first and last day, both included; of an instant NaT and its day |
    | instant | datetime64[s] | the day of an instant, NaT for a duration |
    | months | Int64 | of the period, to the nearest; <NA> for an instant |
    | fiscal_year, fiscal_quarter | Int64 | in which the fiscal year ends, and the quarter that ends with the period |
    | unit | text | "USD", "shares", "USD/shares", "pure" |
    | decimals | Int64 | as XBRL has it; <NA>: exact, or a text |
    | value | Decimal or float64 | in full units, with the sign of the concept; None or NaN for a text |
    | text | text | the value of every fact as facts.csv writes it |
    | extension | bool | an element of the filer's own |
    | confidence | float64 | in the concept, 0 to 1 |
    | reading | text | "proved", "stated", "doubtful" |
    | why, dimensions | text | what chose the concept; axis=member;... |
    | entity, cik, form, accession | text | of the filing |
    | filed | datetime64[s] | the day on which it was filed |
    | source | text | the file it was read from |
    | line, column | Int64 | where it stands there |

    Args:
        report: the report that holds the facts.
        only: some of its facts; all by default.
        numbers: "decimal" (value is an object column of Decimal, exact) or "float" (float64).

    Raises WrongOption for other numbers.
    """
    records = rows(report) if report is not None else ()
    if only is not None:
        wanted = {fact.id for fact in only}
        records = tuple(r for r in records if r.id in wanted)
    return _table(COLUMNS, records, {**KINDS, "value": _number(numbers)})


def findings(found: Sequence[Finding], report: Report | None = None) -> pandas.DataFrame:
    """One row a finding: code, severity, message, hint, fact (its id), source, line and column (Int64), accession.

    Args:
        found: the findings.
        report: of the filing that they are about, for its accession number.
    """
    return _table(FINDING_COLUMNS, finding_rows(found, report), KINDS)


def statement(source: Statement, *, concepts: bool = False, numbers: str = "decimal") -> pandas.DataFrame:
    """A statement as on the page: one row a line with figures, one column a period; the index is the label.

    Columns are a MultiIndex (start, end) of dates for durations, an index of dates for instants.

    Args:
        source: the statement.
        concepts: put a column "concept" first (prefix:name), of a statement of a conversion.
        numbers: "decimal" (Decimal, None where the page is empty) or "float" (float64, NaN).

    Raises WrongOption for other numbers, BadData for concepts of a statement that no conversion has tagged.
    """
    import pandas as pd

    kind = _number(numbers)
    lines = [line for line in source.lines if not line.is_heading]
    if concepts and lines and not any(line.facts for line in lines):
        raise BadData("the concepts of a statement are known once it is tagged: take it from a conversion")
    labels = pd.Index([line.label for line in lines], name="line item", dtype=_text())
    values = [[_cell(a.value if a else None, kind) for a in line.amounts] for line in lines]
    data = pd.DataFrame(values, index=labels, columns=_periods(source), dtype=cast(Any, kind))
    if concepts:
        named = [line.concept.qname if line.concept is not None else None for line in lines]
        data.insert(0, "concept", pd.Series(named, index=labels, dtype=_text()))
    return data


def _periods(source: Statement) -> pandas.Index:
    """The columns of a statement: days of instants, else first and last days."""
    import pandas as pd

    if all(c.period.start is None for c in source.columns):
        return pd.Index([c.period.end for c in source.columns], name="date", dtype=object)
    return pd.MultiIndex.from_tuples([(c.period.start, c.period.end) for c in source.columns], names=["start", "end"])


def _number(numbers: str) -> str:
    """The type of the column of values. Raises WrongOption."""
    if numbers not in ("decimal", "float"):
        raise WrongOption(f"numbers are decimal or float, not {numbers!r}")
    return "float64" if numbers == "float" else "object"


def _table(columns: Sequence[str], records: Iterable[Any], kinds: Mapping[str, str]) -> pandas.DataFrame:
    import pandas as pd

    found = tuple(records)
    cells = {name: _column([getattr(r, name) for r in found], kinds.get(name)) for name in columns}
    return pd.DataFrame(cells, columns=pd.Index(columns))


def _column(cells: list[Any], kind: str | None) -> Any:
    import pandas as pd

    return pd.Series([_cell(cell, kind) for cell in cells], dtype=cast(Any, kind or _text()))


def _cell(cell: Any, kind: str | None) -> Any:
    return float(cell) if kind == "float64" and cell is not None else cell


def _text() -> Any:
    """The text type of the pandas at hand: objects until 2, str from 3 on."""
    import pandas as pd

    return "object" if int(pd.__version__.partition(".")[0]) < 3 else "str"
