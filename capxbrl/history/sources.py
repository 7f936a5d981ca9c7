"""Conversions and files -> what a history keeps of each filing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..decisions import WHOSE
from ..decisions.whose import FILER
from ..findings import CapxbrlError, Finding, Position, Severity, counted
from ..folder import MANIFEST
from ..model import Document, Paragraph, Table
from ..options import Options
from ..periods import read_clues
from ..pipeline import opened
from ..records import dataclass
from ..writers.fsds import data_set
from ..writers.rows import FactRow, filing_of, rows, year_end
from .records import KnownBy, Source

if TYPE_CHECKING:
    from ..conversion import Conversion

#: Names of files in a folder that may be filings.
_FILINGS = frozenset({".txt", ".htm", ".html", ".pdf", ".docx", ".rtf", ".xlsx", ".asc", ".sgml", ".text", ".mht"})
#: A filing follows the end of its period within so many days (Form 10-K: 90, and 15 more by Rule 12b-25).
_LATEST = 150
#: So many paragraphs from the beginning hold the dateline of a release, and from the end a signature, and so much of
#: each is read.
_PARAGRAPHS, _READ = 40, 300
#: The length of a bar that shows how far it is, in characters.
_BAR = 20
#: A dateline is within so many characters: "SAN JOSE, Calif., July 29 /PRNewswire/ --".
_DATELINE = 100
#: Forms that are signed, with the date.
_PERIODIC = ("10-K", "10-Q", "20-F", "40-F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A filing and its facts. ticker: "" where the page does not say it."""

    source: Source
    rows: tuple[FactRow, ...]
    ticker: str


def files_of(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that may be filings, and the others, sorted; a file is itself.

    Raises CapxbrlError for what is not there, and for the output of a conversion.
    """
    if not path.is_dir():
        return [path], []
    if (path / MANIFEST).is_file():
        raise CapxbrlError(f"{path}: is the output of a conversion; give the filing that it was made of")
    found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    return [p for p in found if p.suffix.lower() in _FILINGS], [p for p in found if p.suffix.lower() not in _FILINGS]


def made_of(
    given: Sequence[Conversion | str | Path], options: Options, tell: Callable[[str], None], findings: list[Finding]
) -> Iterator[tuple[str, Conversion]]:
    """Every filing that can be read, with its name; what cannot is added to `findings`, and the rest goes on."""
    listed = [one for source in given for one in _listed(source, findings)]
    for number, one in enumerate(listed, 1):
        if not isinstance(one, Path):
            yield one.document.name, one
            continue
        tell(f"{_bar(number, len(listed))} reading {number} of {len(listed)}: {one.name}")
        try:
            made = opened(one, options=options).value
        except (CapxbrlError, RecursionError, MemoryError) as error:
            findings.append(_unreadable(str(one), str(error) or "there was not enough memory"))
            continue
        yield str(one), made


def _bar(number: int, every: int) -> str:
    """How far it is."""
    full = _BAR * number // every
    return "\N{BOX DRAWINGS HEAVY HORIZONTAL}" * full + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * (_BAR - full)


def take(conversions: Iterable[tuple[str, Conversion]], findings: list[Finding]) -> list[Taken]:
    """What is kept of the conversions; one without figures, or that comes twice, is added to `findings`."""
    found: list[Taken] = []
    for name, made in conversions:
        taken = taken_of(made, name)
        if taken is None:
            findings.append(_empty(name))
        else:
            found.append(taken)
    return _once(found, findings)


def _listed(given: Conversion | str | Path, findings: list[Finding]) -> Iterator[Conversion | Path]:
    if not isinstance(given, str | Path):
        yield given
        return
    try:
        files, others = files_of(Path(given))
    except CapxbrlError as error:
        findings.append(_unreadable(str(given), str(error)))
        return
    if not files:
        findings.append(_unreadable(str(given), "holds no file that may be a filing"))
    if others:
        findings.append(_left(str(given), others))
    yield from files


def taken_of(made: Conversion, name: str) -> Taken | None:
    """What is kept of a conversion; None where it has no figure."""
    facts = rows(made.report)
    columns = tuple(
        (t.statement.kind.value, c.period.start, c.period.end, c.basis.value)
        for t in made.report.statements
        if t.statement.face
        for c in t.statement.columns
    )
    ends = [end for _, _, end, _ in columns]
    if not ends or not any(row.value is not None for row in facts):
        return None
    filing = filing_of(made.report)
    day = max(ends)
    known, known_by, known_at = _known(made.document, filing.filed, filing.form or "", day)
    source = Source(
        number=0,
        name=name,
        company="",
        entity=filing.entity or _whose(made),
        cik=filing.cik,
        form=filing.form,
        accession=filing.accession,
        filed=filing.filed,
        known=known,
        known_by=known_by,
        known_at=known_at,
        day=day,
        digest=made.document.digest,
        closes=year_end(made.report),
        columns=columns,
        text=made.document.text,
        data_set=data_set(made.report),
    )
    return Taken(source=source, rows=facts, ticker=made.entity.ticker)


def _whose(made: Conversion) -> str | None:
    """The company that the statements name as theirs."""
    named = (d.value for s in made.statements if s.face for d in s.decisions if d.subject == WHOSE)
    return next((name for name in named if name and name != FILER), None)


def _known(
    document: Document, filed: dt.date | None, form: str, day: dt.date
) -> tuple[dt.date, KnownBy, Position | None]:
    """Since when the figures are known, and what tells that."""
    if filed is not None:
        return filed, KnownBy.FILED, None
    if form.startswith(_PERIODIC):
        found = _signed(document, day) or _dateline(document, day, _READ)
    else:
        found = _dateline(document, day, _DATELINE)
    return (found[0], KnownBy.DATED, found[1]) if found else (day, KnownBy.PERIOD, None)


def _dateline(document: Document, day: dt.date, length: int) -> tuple[dt.date, Position] | None:
    """The first date above the first table that follows the period, at the beginning of a paragraph."""
    for number, block in enumerate(document.blocks[:_PARAGRAPHS]):
        if isinstance(block, Table) and number and len(block.rows) > 2:
            return None
        found = _dates(block.text[:length], day) if isinstance(block, Paragraph) else []
        if found:
            return found[0], block.at
    return None


def _signed(document: Document, day: dt.date) -> tuple[dt.date, Position] | None:
    """The last date that follows the period, of the last paragraphs."""
    last = [b for b in document.blocks if isinstance(b, Paragraph)][-_PARAGRAPHS:]
    dated = [(found[-1], block.at) for block in last if (found := _dates(block.text, day))]
    return dated[-1] if dated else None


def _dates(text: str, day: dt.date) -> list[dt.date]:
    """The dates of a text that follow a day by no more than a filing does; one without a year is the next such day."""
    clues = read_clues(" ".join(text[:_READ].split()))
    named = [*clues.dates, *(next_day(month, number, day) for month, number in clues.days)]
    return [d for d in named if d and 0 < (d - day).days <= _LATEST]


def next_day(month: int, number: int, day: dt.date) -> dt.date | None:
    """The next such day after a day; None where there is none."""
    for year in (day.year, day.year + 1):
        try:
            found = dt.date(year, month, number)
        except ValueError:
            continue
        if found > day:
            return found
    return None


def _once(found: Sequence[Taken], findings: list[Finding]) -> list[Taken]:
    """The filings without those that are given twice."""
    out: dict[str, Taken] = {}
    for one in found:
        first = out.setdefault(one.source.digest, one)
        if first is not one:
            findings.append(
                Finding(
                    code="history.twice",
                    severity=Severity.NOTE,
                    at=Position(source=one.source.name),
                    message=f"is the same, byte for byte, as {first.source.name}: it counts once",
                    hint="give each filing once",
                )
            )
    return list(out.values())


def _unreadable(name: str, why: str) -> Finding:
    return Finding(
        code="history.unreadable",
        severity=Severity.ERROR,
        at=Position(source=name),
        message=f"left out: {why.removeprefix(f'{name}: ')}",
        hint="the history is made of the others; give a filing that `capxbrl convert` reads",
    )


def _empty(name: str) -> Finding:
    return Finding(
        code="history.no-facts",
        severity=Severity.WARNING,
        at=Position(source=name),
        message="left out: no figure of a financial statement was read in it",
        hint="`capxbrl check` says what was found in it",
    )


def _left(name: str, others: Sequence[Path]) -> Finding:
    shown = ", ".join(p.name for p in others[:3]) + (" ..." if others[3:] else "")
    return Finding(
        code="history.left-out",
        severity=Severity.NOTE,
        at=Position(source=name),
        message=f"{counted(len(others), 'file')} of the folder {'are' if others[1:] else 'is'} not read, by the name "
        f"no filing: {shown}",
        hint="give such a file by its own name to read it",
    )
