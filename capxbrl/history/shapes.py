"""A history as files: tables as CSV, Parquet, one data set of all filings, and the folder of all of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import put as put_file
from ..findings import BadData, Finding, describe, source_lines
from ..folder import MANIFEST, manifest, publish
from ..tables import harmless
from ..writers.archive import zipped
from ..writers.findings import as_json as findings_json
from ..writers.fsds import joined
from . import charts, companyfacts, workbook
from .contents import GAPS, RESTATED, gap_rows, needs, restated_rows, tables_of
from .frames import SERIES, fact_columns, fact_rows, series_rows
from .memory import CHANGES
from .over_years import OverYears

if TYPE_CHECKING:
    from .collection import History
    from .series import Series

#: What is drawn: the lines that every reader looks for first.
_DRAWN = ("Revenues", "NetIncomeLoss", "Assets")
_FILINGS = ("number", "company", "filing", "entity", "cik", "form", "accession", "filed", "known", "known_by", "day")

Rows = Iterable[Mapping[str, Any]]


def as_csv(columns: Sequence[str], rows: Rows) -> str:
    """Figures in full, dates as ISO, texts as no spreadsheet takes them for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return harmless(value) if isinstance(value, str) else str(value)


def facts_csv(history: History) -> str:
    return as_csv(fact_columns(), fact_rows(history))


def filings_csv(history: History) -> str:
    """The filings in time, and what tells when each was made."""
    return as_csv(
        _FILINGS, ({n: getattr(s, "name" if n == "filing" else n) for n in _FILINGS} for s in history.sources)
    )


def over_years_csv(table: OverYears) -> str:
    """A statement over years: label, concept, unit, then a column a period by its last day; derived figures are told in
    series.csv."""
    ends = [str(slot.end) for slot in table.columns]
    rows = (
        {"label": line.label, "concept": line.concept, "unit": line.unit}
        | {end: point.value for end, point in zip(ends, line.points, strict=True) if point is not None}
        for line in table.lines
    )
    return as_csv(("label", "concept", "unit", *ends), rows)


def every_series(history: History, tables: Mapping[str, OverYears]) -> Iterator[tuple[OverYears, Series]]:
    for table in tables.values():
        for line in table.lines:
            months = table.months if any(p and p.slot.start for p in line.points) else None
            yield table, history.series(line.concept, months)


def series_csv(history: History, tables: Mapping[str, OverYears]) -> str:
    """Every point of those tables, with how it came about and what it is made of."""
    rows = (
        {"statement": table.kind, "element": made.concept, **row}
        for table, made in every_series(history, tables)
        for row in series_rows(made)
    )
    return as_csv(("statement", "element", *SERIES), rows)


def parquet(history: History) -> bytes:
    """The long table. Raises BadData without pyarrow."""
    needs("parquet")
    import pyarrow as pa
    from pyarrow import parquet as writer

    from ..writers.parquet import schema

    columns = fact_columns()
    kinds = schema([_TYPED.get(name, name) for name in columns])
    fields = [pa.field(name, kind.type) for name, kind in zip(columns, kinds, strict=True)]
    rows = list(fact_rows(history))
    cells = {name: [row[name] for row in rows] for name in columns}
    buffer = io.BytesIO()
    writer.write_table(pa.table(cells, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


#: Columns of ours that have the type of one that the schema knows.
_TYPED = {"known": "filed", "slot_start": "start", "slot_end": "end", "slot_months": "months"}


def fsds(history: History) -> bytes:
    """One data set of all filings. Raises BadData where two have one accession number."""
    return zipped(joined([dict(s.data_set) for s in history.sources]))


def findings_text(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:
    """As a person reads them, each with the line it points at. texts: sources by the name that positions have."""
    return "".join(f"{told_in(finding, texts)}\n" for finding in findings)


def told_in(finding: Finding, texts: Mapping[str, str]) -> str:
    name = finding.at.source if finding.at else ""
    return describe(finding, source_lines(texts.get(name, "")) if texts.get(name) else (), name)


def texts_of(history: History) -> dict[str, str]:
    """The text of each filing by the name that the positions of its facts have."""
    return {e.row.source: e.source.text for e in history.entries if e.row.source}


def files_of(history: History, formats: Sequence[str]) -> dict[str, bytes]:
    """All files of a history by name; those of each company in a folder of its own where there are several."""
    for name in formats:
        needs(name)
    several = len(history.companies) > 1
    out: dict[str, bytes] = {"facts.csv": facts_csv(history).encode(), "filings.csv": filings_csv(history).encode()}
    told = list(history.findings)
    for company in history.companies:
        folder = f"{slug(company)}/" if several else ""
        files, found = _of_company(history.of(company) if several else history, formats)
        out |= {f"{folder}{name}": data for name, data in files.items()}
        told += found
    made: dict[str, Callable[[], bytes]] = {"parquet": lambda: parquet(history), "fsds": lambda: fsds(history)}
    names = {"parquet": "facts.parquet", "fsds": "fsds.zip"}
    out |= {names[name]: made[name]() for name in formats if name in made}
    if history.rolled is not None:
        out["roll-forward.csv"] = as_csv(CHANGES, history.rolled.rows()).encode()
        out["precedents.csv"] = history.rolled.precedents.encode()
    out["findings.txt"] = findings_text(told, texts_of(history)).encode()
    out["findings.json"] = findings_json(told).encode()
    return out


def _of_company(history: History, formats: Sequence[str]) -> tuple[dict[str, bytes], list[Finding]]:
    tables = tables_of(history)
    facts, left = companyfacts.told(history)
    out = {f"{name}.csv": over_years_csv(table).encode() for name, table in tables.items()}
    out["series.csv"] = series_csv(history, tables).encode()
    out["gaps.csv"] = as_csv(GAPS, gap_rows(tables)).encode()
    out["restated.csv"] = as_csv(RESTATED, restated_rows(history)).encode()
    out[f"companyfacts/{companyfacts.file_name(history)}"] = facts.encode()
    if "excel" in formats:
        out["history.xlsx"] = workbook.workbook(history)
    if "charts" in formats:
        drawn = [made for name in _DRAWN if name in history.concepts and (made := history.series(name)).points]
        out |= {f"charts/{made.concept}.png": charts.png(made) for made in drawn}
    return out, [*dict.fromkeys(f for table in tables.values() for f in table.findings), *left]


def slug(company: str) -> str:
    """A name of a folder: letters and digits of the company's name."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in company).split()
    return "-".join(words)[:60] or "company"


def save(history: History, folder: Path, *, formats: Sequence[str], force: bool, inputs: Sequence[Path]) -> list[Path]:
    """Make a folder hold the files of a history and their manifest."""
    from .. import __version__

    files = files_of(history, formats)
    about = {"filings": [{"name": s.name, "sha256": s.digest} for s in history.sources]}
    listed = manifest(files, capxbrl=__version__, **about)
    return publish(files | {MANIFEST: listed}, folder, force=force, inputs=inputs)


def kept(text: str, path: str | Path | None) -> str:
    """The text, which is also written where a path is given."""
    if path is not None:
        put(text.encode(), path)
    return text


def put(data: bytes, path: str | Path) -> Path:
    put_file(data, Path(path), ())
    return Path(path)


def day_of(text: str) -> dt.date:
    """A day that a caller gives. Raises BadData."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadData(f"{text!r} is no day; one is 2005-06-30") from None
