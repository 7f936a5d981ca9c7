"""Decision: which tables are the face statements of the filer, and which of two is kept.

Titles, content and place name candidates; the landmarks that a statement of the kind must show bear them out.  What
says that it is something else (pro forma, a segment, a comparison) is none; an extract is taken where the filing has no
more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise

from ..amounts import PrintedKind
from ..evidence import DecidedTable, HeadedTable
from ..findings import Finding, Outcome, Severity, counted, numbered
from ..hints import hinted, holds, low
from ..model import Decision, Document, Kind, Paragraph, Section, Witness
from ..records import dataclass
from . import FACE, decide
from . import tolerances as tol
from .kinds import is_extract, is_face, is_sentence, is_statement, says
from .landmarks import NAMES, is_whole, landmarks, last_landmark, sentence

#: The witness of a title begins so.
TITLE = "the title"
#: That of a table without landmarks, which its figures may still bear out.
BARE = "it shows none of the lines that every such statement has"

# --- which tables are face statements --------------------------------------------------------------------------------


class _Grade(IntEnum):
    """How much speaks for a table as a face statement; of its kind the tables of the highest grade are taken."""

    NONE = 0  # something else: pro forma, a segment, a comparison, a note
    EXTRACT = 1  # by its title a supplement, a summary, highlights; or it lacks landmarks
    UNTITLED = 2  # all landmarks, and no title of a statement
    TITLED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table that may be a statement. read: its lines are to be read; findings: what is told of it; decision: on what
    grounds it is taken; whose: whose statement it is."""

    headed: HeadedTable
    face: bool
    read: bool = True
    findings: tuple[Finding, ...] = ()
    decision: Decision | None = None
    whose: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A table that has the title or the lines of a statement, with what it shows and its grade. other: its title says
    that it is something else."""

    headed: HeadedTable
    shown: tuple[str, ...]
    grade: _Grade
    other: bool = False

    @property
    def kind(self) -> Kind:
        return self.headed.kind

    @property
    def whole(self) -> bool:
        return is_whole(self.kind, self.shown)


def choose_faces(document: Document, tables: Sequence[HeadedTable], all_tables: bool) -> Outcome[tuple[Choice, ...]]:
    """The tables that are statements, in order, and whether each is a face statement of the filer.

    Findings: `statements.not-face` (what is something else), `statements.untitled` (what only looks like a statement).
    """
    if all_tables:
        return Outcome(tuple(_choice(_candidate(t)) for t in tables))
    candidates = _candidates(document, [t for t in tables if t.kind is not Kind.OTHER])
    taken = _taken(candidates)
    rest = [c for c in candidates if c not in taken]
    told = (
        *_not_face([c for c in rest if c.other]),
        *_untitled([c for c in rest if not c.other]),
        *_pieces(tables, {id(c.headed) for c in taken}),
    )
    return Outcome(tuple(map(_choice, taken)), told)


def _taken(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    needed = {kind: _needed([c for c in candidates if c.kind is kind]) for kind in Kind}
    return [c for c in candidates if c.grade in needed[c.kind] and (c.whole or c.grade is not _Grade.UNTITLED)]


def _needed(candidates: Sequence[_Candidate]) -> tuple[_Grade, ...]:
    """The grades of which the tables of one kind are taken: the highest, and the next where that is in pieces only."""
    grades = sorted({c.grade for c in candidates} - {_Grade.NONE}, reverse=True)
    if not grades:
        return ()
    whole = any(c.whole for c in candidates if c.grade is grades[0]) or candidates[0].kind is Kind.EQUITY
    return tuple(grades[: 1 if whole or _Grade.UNTITLED not in grades[1:] else 2])


def _candidates(document: Document, tables: Sequence[HeadedTable]) -> list[_Candidate]:
    noted, parents = _behind(document, ("notes", "parent heading"))
    out: list[_Candidate] = []
    begun = False
    for headed in tables:
        at = headed.table.blocks[0]
        made = _candidate(headed, begun and noted.get(at, False), begun and parents.get(at, False))
        begun = begun or (made.grade is _Grade.TITLED and made.whole)
        out.append(made)
    return out


def _candidate(headed: HeadedTable, noted: bool = False, parents: bool = False) -> _Candidate:
    table = headed.table
    shown = landmarks(table.kind, table.rows)
    titled = table.kind in table.named and is_statement(table.name)
    extract = is_extract(table.title)
    other = parents or not is_face(table.title)
    grade = _Grade.NONE
    if not other:
        grade = _graded(headed, shown, titled, extract)
    if noted and not (titled and is_whole(table.kind, shown)):
        grade = _Grade.NONE
    return _Candidate(headed=headed, shown=shown, grade=grade, other=other or (extract and grade is _Grade.NONE))


def _graded(headed: HeadedTable, shown: Sequence[str], titled: bool, extract: bool) -> _Grade:
    if titled and not extract:
        return _Grade.TITLED
    whole = is_whole(headed.kind, shown)
    if (extract and not whole) or (not titled and (_compares(headed) or _mixes(headed))):
        return _Grade.NONE
    return _Grade.UNTITLED if whole and not extract else _Grade.EXTRACT


def _behind(document: Document, headings: Sequence[str]) -> tuple[Mapping[int, bool], ...]:
    """For each list of headings whether each block stands behind one, before the next item or document."""
    out: tuple[dict[int, bool], ...] = tuple({} for _ in headings)
    inside = [False] * len(headings)
    for number, block in enumerate(document.blocks):
        if isinstance(block, Section):
            inside = [False] * len(headings)
        elif isinstance(block, Paragraph) and len(block.text) < tol.TABLES.heading:
            inside = _turned(inside, headings, block.text)
        for known, now in zip(out, inside, strict=True):
            known[number] = now
    return out


def _turned(inside: list[bool], headings: Sequence[str], text: str) -> list[bool]:
    """Whether what follows a paragraph stands behind each heading. inside: whether the paragraph does."""
    small = low(text)
    closes = any(inside) and holds(small, hinted("kinds", "another item").hints)
    opens = [holds(small, hinted("kinds", heading).hints) for heading in headings]
    if not (closes or any(opens)):
        return inside
    lines = [line for line in text.split("\n") if line.strip()]
    closes = closes and any(says("another item", line) and not is_sentence(line) for line in lines)
    return [
        (may and any(says(heading, line) for line in lines)) or (was and not closes)
        for heading, may, was in zip(headings, opens, inside, strict=True)
    ]


def _compares(headed: HeadedTable) -> bool:
    """It sets periods side by side, with a column of changes or rows of percentages: an analysis."""
    if any(says("change", c.text) for r in headed.table.heads for c in r.cells if c.col > 0):
        return True
    shares = sum(all(p.kind is PrintedKind.PERCENT for _, p in r.figures) for r in headed.table.rows if r.has_data)
    return shares > 1


def _mixes(headed: HeadedTable) -> bool:
    """Flows beside balances: selected data. Balances at the beginning and the end: what a note carries forward."""
    flows = headed.kind in (Kind.INCOME_STATEMENT, Kind.COMPREHENSIVE_INCOME)
    labels = [r.label.strip() for r in headed.table.rows if r.has_data]
    return flows and any(says("balances", label) or says("roll-forward", label) for label in labels)


def _not_face(left: Sequence[_Candidate]) -> tuple[Finding, ...]:
    """One note for all tables that are something else than a statement of the filer."""
    if not left:
        return ()
    title = left[0].headed.table.title[:60].strip()
    count = "a" if len(left) == 1 else f"{len(left)}"
    told = Finding(
        code="statements.not-face",
        severity=Severity.NOTE,
        at=left[0].headed.first_row.source.at,
        message=f"left alone: {count} supplementary, pro forma, segment or non-GAAP {numbered(len(left), 'table')}"
        f"{', the first' * (len(left) > 1)} ({title!r})",
        hint="ask for all tables to read it too" if len(left) == 1 else "ask for all tables to read them too",
    )
    return (told,)


def _untitled(left: Sequence[_Candidate]) -> tuple[Finding, ...]:
    """One note for all tables that look like statements, where others are more like them."""
    if not left:
        return ()
    kinds = ", ".join(dict.fromkeys(c.kind.value.replace("_", " ") for c in left))
    count = "a table that looks" if len(left) == 1 else f"{len(left)} tables that look"
    told = Finding(
        code="statements.untitled",
        severity=Severity.NOTE,
        at=left[0].headed.first_row.source.at,
        message=f"left alone: {count} like a statement ({kinds}) and {'is' if len(left) == 1 else 'are'} a comparison, "
        "a note, selected data, or without the title that another table has",
        hint="ask for all tables to read it too",
    )
    return (told,)


def _pieces(tables: Sequence[HeadedTable], taken: Set[int]) -> Iterator[Finding]:
    """Tables right below a statement, under the same columns, with lines that such statements end with: its rest may be
    lost."""
    for before, headed in pairwise(tables):
        near = headed.table.blocks[0] - before.table.blocks[-1] <= 1
        alike = len(headed.table.columns) == len(before.table.columns) and any(h.clues for h in headed.headings)
        if id(before) not in taken or headed.kind is not Kind.OTHER or not near or not alike:
            continue
        last = NAMES.get(before.kind, ())[1:]
        shown = [mark for mark in landmarks(before.kind, headed.table.rows) if mark in last]
        if before.kind is Kind.INCOME_STATEMENT and any(says("shares counted", r.label) for r in headed.table.rows):
            shown.append("the shares")
        if shown:
            name = before.kind.value.replace("_", " ")
            yield Finding(
                code="statements.untitled",
                severity=Severity.WARNING,
                at=headed.first_row.source.at,
                message=f"left alone: a table right below the {name}: {sentence(shown)}, as that does",
                hint="if it is the rest of the statement, put the two tables together in the input",
            )


def _choice(made: _Candidate) -> Choice:
    headed = made.headed
    at = headed.first_row.source.at
    face = not made.other and made.kind is not Kind.OTHER
    if made.kind is Kind.EQUITY:
        told = Finding(
            code="statements.equity",
            severity=Severity.NOTE,
            at=at,
            message="a statement of equity: recognised, its figures are not tagged",
        )
        return Choice(headed=headed, face=face, read=False, findings=(told,))
    decision = decide(FACE, _witnesses(made), default=made.kind.value)
    return Choice(headed=headed, face=face, decision=decision, findings=_condensed(made))


def _witnesses(made: _Candidate) -> list[Witness]:
    """Title and landmarks for a table as the statement of its kind; the words of an extract against it."""
    table, value = made.headed.table, made.kind.value
    at = made.headed.first_row.source.at
    titled = made.grade is _Grade.TITLED
    heard = []
    if table.kind in table.named:
        heard.append(Witness(value=value, says=f"{TITLE} {' '.join(table.name.split())[:80]!r}", at=at))
    if made.whole:
        heard.append(Witness(value=value, says=sentence(made.shown), at=at, independent=titled))
    if table.kind in NAMES and not made.shown:
        heard.append(Witness(value=value, says=BARE, at=at, against=True))
    if made.grade is _Grade.EXTRACT and not (made.whole and is_statement(table.name)):
        heard.append(Witness(value=value, says="it is an extract or lacks landmarks", at=at, against=True))
    return heard


def _condensed(made: _Candidate) -> tuple[Finding, ...]:
    """An extract that is read, as the filing has no other."""
    if made.grade is not _Grade.EXTRACT or not made.whole:
        return ()
    told = Finding(
        code="statements.condensed",
        severity=Severity.NOTE,
        at=made.headed.first_row.source.at,
        message=f"read as the {made.kind.value.replace('_', ' ')}: an extract or a supplement, as the filing has "
        "no other",
        hint="if the filing has the statement itself, it was not recognised: look above and below for it",
    )
    return (told,)


# --- which of two statements is kept ---------------------------------------------------------------------------------


def without_repeats(tables: Sequence[DecidedTable]) -> Outcome[tuple[DecidedTable, ...]]:
    """Of two statements of one kind for the same periods the fuller one: the other is an extract or a restatement.

    Both, where one sums up what the other tells at length: right behind it, with its own title and the same result.
    """
    out: list[DecidedTable] = []
    findings: list[Finding] = []
    for table in tables:
        twin = next(
            (i for i, other in enumerate(out) if _same_periods(other, table) and not _agree(other, table)), None
        )
        if twin is None:
            out.append(table)
            continue
        drop = table
        if _fuller(table, out[twin]):
            drop = out.pop(twin)
            out.append(table)
        findings.append(_repeated(drop, table if drop is not table else out[twin]))
    return Outcome(tuple(out), tuple(findings))


def _repeated(drop: DecidedTable, kept: DecidedTable) -> Finding:
    """A note; a warning where the table seems to be the rest of the one that is kept: close to it, with lines of its
    own.
    """
    what = f"left alone: a second {drop.headed.kind.value.replace('_', ' ')} for the same periods"
    mine = {r.label.lower() for r in drop.headed.table.rows if r.has_data} - {""}
    other = mine - {r.label.lower() for r in kept.headed.table.rows}
    if not _near(drop, kept) or len(mine) < tol.TABLES.few or len(other) < tol.TABLES.shared * len(mine):
        return Finding(code="statements.repeated", severity=Severity.NOTE, at=drop.at, message=what)
    return Finding(
        code="statements.repeated",
        severity=Severity.WARNING,
        at=drop.at,
        message=f"{what}, with {counted(len(other), 'line')} of its own, such as {min(other)!r}",
        hint="if it is the rest of the other one, put the two tables together in the input",
    )


def _agree(a: DecidedTable, b: DecidedTable) -> bool:
    """Both have the title of a statement, stand close together, and come to the same result."""
    titled = all(t.headed.kind in t.headed.table.named and is_statement(t.headed.table.name) for t in (a, b))
    result = _result(a)
    return titled and _near(a, b) and bool(result) and result == _result(b) and _tells_more(a, b)


def _tells_more(a: DecidedTable, b: DecidedTable) -> bool:
    """Most lines of the longer one are not in the other: it is no copy."""
    short, long = sorted(
        (
            {(r.label.lower(), tuple(p.value for _, p in r.figures)) for r in t.headed.table.rows if r.has_data}
            for t in (a, b)
        ),
        key=len,
    )
    return 2 * len(long - short) > len(long)


def _result(table: DecidedTable) -> tuple[Decimal, ...]:
    """The figures of the last landmark of a statement."""
    rows = table.headed.table.rows
    last = last_landmark(table.headed.kind, rows)
    kept = {c.grid for c in table.columns}
    return () if last is None else tuple(p.value for i, p in rows[last].figures if rows[last].cells[i].col in kept)


def _near(a: DecidedTable, b: DecidedTable) -> bool:
    """Few blocks lie between them, or one says that it goes on."""
    first, second = sorted((a.headed.table, b.headed.table), key=lambda t: t.blocks[0])
    return second.blocks[0] - first.blocks[-1] <= tol.TABLES.far or says("continued", second.title)


def _fuller(table: DecidedTable, other: DecidedTable) -> bool:
    """The later table tells more than the earlier one."""
    summaries = len(other.columns) > tol.TABLES.columns, len(table.columns) > tol.TABLES.columns
    if summaries[0] != summaries[1]:
        return summaries[0]
    return table.data_rows > other.data_rows * tol.TABLES.fuller


def _same_periods(a: DecidedTable, b: DecidedTable) -> bool:
    """Two of one kind, one of which has no period that the other lacks."""
    mine, theirs = {c.period for c in a.columns}, {c.period for c in b.columns}
    return a.headed.kind is b.headed.kind and (mine <= theirs or theirs <= mine)
