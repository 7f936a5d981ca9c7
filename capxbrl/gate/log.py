"""Arelle's log turned into findings, each with the fact and the place in the report that it speaks of."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..findings import Finding, Position, Severity
from ..records import dataclass
from .facts import Index

_INCONSISTENCY = logging.WARNING + 3  # Arelle's own level, between WARNING and ERROR

# Two values for one fact: Arelle says "warning", EDGAR refuses the filing (EFM 6.5.12).
_GRAVE = frozenset({"arelle:duplicateFacts"})
_SILENT = frozenset({"ASSERTION-SATISFIED"})
_LONGEST = 600

_SYNTAX_PLACE = re.compile(r", ([^,\s]+), line (\d+), column (\d+)$")
_CLARK = re.compile(r"\{[^{}]*\}")  # the namespace in {namespace}name
_SCHEMA_PLACE = re.compile(r", line (\d+), path '[^']*', xpath '([^']*)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One log record: refs are (href, line or None)."""

    level: int
    level_name: str
    code: str
    message: str
    refs: tuple[tuple[str, int | None], ...]


class Collector(logging.Handler):
    """Keeps what Arelle logs, as plain records."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[Record] = []

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = str(record.msg)
        refs = tuple((str(r.get("href", "")), _number(r.get("sourceLine"))) for r in getattr(record, "refs", ()) or ())
        self.records.append(
            Record(
                level=record.levelno,
                level_name=record.levelname,
                code=str(getattr(record, "messageCode", "") or "arelle"),
                message=message,
                refs=refs,
            )
        )


def to_findings(records: Iterable[Record], index: Index, *, hide: Sequence[str] = ()) -> tuple[Finding, ...]:
    """One finding for each record of level warning and above, in the order of their places; equal ones once. Arelle
    goes through sets: its own order is another each time. hide: folders to leave out of messages."""
    found = (_finding(r, index, hide) for r in records if r.level >= logging.WARNING and r.level_name not in _SILENT)
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    at = finding.at or Position(source="")
    return at.source, at.line or 0, at.column or 0, finding.code, finding.message, finding.fact or ""


def _finding(record: Record, index: Index, hide: Sequence[str]) -> Finding:
    grave = record.level >= _INCONSISTENCY or record.code in _GRAVE
    ids = list(dict.fromkeys(i for href, _ in record.refs if (i := _fact(href, index))))
    at = _place(record.refs, index)
    message = record.message
    if shape := _SCHEMA_PLACE.search(message):
        # The XHTML schema names a line and an element path in its text, and refers to the document only.
        message = _CLARK.sub("", message.replace(shape[0], "").removeprefix("XML file syntax error "))
        at = Position(source=at.source, line=int(shape[1])) if at else None
        if not ids and (near := _nearest(shape[2], at, index)):
            ids = [near]
    elif shape := _SYNTAX_PLACE.search(message):
        message = message.replace(shape[0], "")
        at = Position(source=shape[1], line=int(shape[2]), column=int(shape[3]))
    others = ", ".join(ids[1:6]) + (", ..." if len(ids) > 6 else "")
    return Finding(
        code=record.code,
        severity=Severity.ERROR if grave else Severity.WARNING,
        message=_clean(message, hide),
        at=at,
        fact=ids[0] if ids else None,
        hint=f"the other facts concerned: {others}" if others else None,
    )


def _fact(href: str, index: Index) -> str | None:
    """The fact that a reference means: its own id, an element within it, or the first fact of the context or unit; that
    of the element that a schema declares."""
    file, _, fragment = href.partition("#")
    if file.rsplit("/", 1)[-1] not in index.documents:
        return index.concepts.get(fragment)
    name = fragment.removeprefix("element(").rstrip(")").split("/", 1)[0]
    return name if name in index.facts else index.users.get(name)


def _place(refs: Sequence[tuple[str, int | None]], index: Index) -> Position | None:
    """Where the first reference points; a place in the report before one in a taxonomy."""
    places = [Position(source=href.partition("#")[0].rsplit("/", 1)[-1], line=line) for href, line in refs if href]
    return next((p for p in places if p.source in index.documents), places[0] if places else None)


def _nearest(xpath: str, at: Position | None, index: Index) -> str | None:
    """The fact at or around the element that a path like /*/*[2]/*[5]/ix:nonFraction[1] leads to."""
    root: Any = index.roots.get(at.source) if at else None
    if root is None:
        return None
    try:
        found = root.getroottree().xpath(xpath, namespaces={k: v for k, v in root.nsmap.items() if k})
    except Exception:  # a path that cannot be followed names no fact
        return None
    element = found[0] if found else None
    while element is not None and element.get("id") not in index.facts:
        element = element.getparent()
    return str(element.get("id")) if element is not None else None


def _clean(message: str, hide: Sequence[str]) -> str:
    """One line, without stack traces and the machine's folders."""
    text = re.split(r"\n?\s*\[?'?Traceback|\n\s+File \"", message, maxsplit=1)[0]
    for folder in hide:
        text = text.replace(folder + "/", "").replace(folder, "")
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None
