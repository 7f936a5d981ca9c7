"""Whatever holds facts -> a Side: a conversion, the folder of one, facts.csv, a report of anybody, a filing."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..files import MAX_BYTES, load
from ..findings import BadData, CapxbrlError, UnreadableInput
from ..folder import verify
from ..tables import read_table
from ..writers import facts as table
from ..zips import DAMAGED
from .records import ComparedFact, Side, Value

if TYPE_CHECKING:
    from ..gate import Limits, ReadFact
    from ..pipeline import Conversion

_PACKAGES = (".xbri", ".xbr", ".zip")
_DOCUMENTS = (".xhtml", ".html", ".htm", ".xml", ".xbrl")
#: Namespaces of what is a report (Inline XBRL 1.0 and 1.1, XBRL 2.1).
_REPORTS = (
    b"http://www.xbrl.org/2008/inlineXBRL",
    b"http://www.xbrl.org/2013/inlineXBRL",
    b"http://www.xbrl.org/2003/instance",
)
_TABLE = "facts.csv"


def side(
    source: Conversion | str | Path,
    *,
    packages: Sequence[str | Path] = (),
    folders: Sequence[str | Path] = (),
    limits: Limits | None = None,
) -> Side:
    """The facts of a source.

    Reports that are not a folder of ours go through the gate, with `packages`, `folders` and `limits` as
    `gate.validate` takes them; what is no report is converted. Raises CapxbrlError.
    """
    if not isinstance(source, str | Path):
        return of_conversion(source, source.document.name)
    path = Path(source)
    if path.is_dir():
        inside = next((path / n for n in (_TABLE, "report.xbri", "report.xhtml") if (path / n).is_file()), None)
        if inside is None:
            raise CapxbrlError(f"{path}: holds no facts.csv, report.xbri or report.xhtml")
        if inside.name == _TABLE:
            _refuse_changed(path)
            return of_table(inside, str(path))
        path = inside
    elif path.suffix.lower() == ".csv":
        return of_table(path, str(path))
    if _is_report(path):
        from .. import gate

        made = gate.validate(path, packages=packages, folders=folders, limits=limits or gate.Limits())
        if not made.judged or not made.facts:
            why = next((f.message for f in made.findings), "it holds no facts")
            raise CapxbrlError(f"{path}: its facts cannot be read: {why}")
        return of_report(made.facts, str(source))
    from ..pipeline import opened

    return of_conversion(opened(path).value, str(source))


def _refuse_changed(folder: Path) -> None:
    """facts.csv of a folder is what was written."""
    if not (folder / "manifest.json").is_file():
        return
    for finding in verify(folder):
        if finding.code == "folder.changed" and finding.message.startswith(f"{_TABLE} "):
            raise CapxbrlError(f"{folder}: {finding.message}; give {folder / _TABLE} itself to compare it as it is")


def _is_report(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in _PACKAGES:
        try:
            with zipfile.ZipFile(path) as archive:
                return any("reports" in PurePosixPath(name).parts[1:3] for name in archive.namelist())
        except DAMAGED as error:
            raise UnreadableInput(f"{path}: is no readable zip file ({error})") from None
    return suffix in _DOCUMENTS and any(mark in load(path, MAX_BYTES) for mark in _REPORTS)


def of_conversion(made: Conversion, name: str) -> Side:
    """Of a conversion, with or without its files."""
    rows = table.rows(made.report)
    return _side(name, [_of_row(row, name) for row in rows], made.entity.name)


def of_table(path: Path, name: str) -> Side:
    """Of facts.csv. Raises BadData."""
    facts = [_of_row(row, f"{path}:{line}") for line, row in read_table(path, table.COLUMNS)]
    return _side(name, facts, "")


def of_report(facts: Iterable[ReadFact], name: str) -> Side:
    """Of what Arelle read."""
    made = [
        ComparedFact(
            concept=f.concept,
            start=f.start,
            end=f.end,
            unit=f.unit or "",
            value=f.value,
            decimals=f.decimals,
            members=f.members,
            at=f.id,
        )
        for f in facts
    ]
    return _side(name, made, "")


def _side(name: str, facts: Sequence[ComparedFact], entity: str) -> Side:
    told = {f.name: f.value for f in facts if isinstance(f.value, str)}
    ends = [f.end for f in facts if f.end and f.unit]
    day = _day(str(told.get("DocumentPeriodEndDate", ""))) or max(ends, default=None)
    return Side(name=name, entity=entity or str(told.get("EntityRegistrantName", "")), day=day, facts=tuple(facts))


def _of_row(row: dict[str, str], where: str) -> ComparedFact:
    start, _, end = row["period"].rpartition("/")
    members = tuple(sorted(tuple(pair.split("=", 1)) for pair in row["dimensions"].split(";") if "=" in pair))
    try:
        value: Value = Decimal(row["value"]) if row["unit"] else row["value"]
        decimals = int(row["decimals"]) if row["decimals"] not in ("", "INF") else None
        first, last = dt.date.fromisoformat(start) if start else None, dt.date.fromisoformat(end)
    except (ValueError, InvalidOperation):
        raise BadData(f"{where}: is no fact: {row['period']!r}, {row['decimals']!r}, {row['value']!r}") from None
    return ComparedFact(
        concept=row["concept"],
        start=first,
        end=last,
        unit=row["unit"],
        value=value,
        decimals=decimals,
        members=tuple((axis, member) for axis, member in members),
        label=row["label"],
        statement=row["statement"],
        at=row["source"],
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
