"""Override rows: what a filing asks of its preparer, what an accepted facts table answers, and what is wrong with rows.

A row is statement,label,under,concept,negate,note.  An element of the filer's own is asked for as `ext:Name`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path

from ..findings import BadData, Finding, Position, Severity
from ..model import Concept, LineItem, Statement, Tagged, TaggedLine
from ..records import dataclass
from ..tables import harmless, read_table
from ..taxonomy import Taxonomy, load
from .labels import normalise
from .tables import Synonym, fitting

HEAD = "statement,label,under,concept,negate,note"
#: So many questions are asked, each with its candidates; a concept is in doubt below this.
QUESTIONS, DOUBTFUL = 10, 0.75


def row(statement: Statement, line: LineItem, concept: str = "", negate: str = "", note: str = "") -> str:
    """A row for a line."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(
        (
            statement.kind.value,
            harmless(line.label),
            harmless(line.path[-1] if line.path else ""),
            concept,
            negate,
            note,
        )
    )
    return buffer.getvalue()


def asked(concept: Concept) -> str:
    """How a row asks for a concept."""
    return f"ext:{concept.name}" if concept.extension else concept.name


# --- what is asked -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A line whose concept is in doubt; doubt: how many of its figures are likely under another one."""

    statement: Statement
    line: LineItem
    made: TaggedLine
    doubt: float


def questions(tagged: Sequence[Tagged]) -> list[Question]:
    """The lines in doubt, most first; of lines with one label and heading the first."""
    out: dict[tuple[str, str, str], Question] = {}
    for one in tagged:
        for line, made in zip(one.statement.lines, one.lines, strict=True):
            match = made.matches[0] if made.matches else None
            if (
                match is None
                or not match.others
                or not normalise(line.label)
                or (not match.concept.extension and match.confidence >= DOUBTFUL)
            ):
                continue
            doubt = (1 - match.confidence if not match.concept.extension else 1.0) * sum(map(bool, line.amounts))
            key = one.statement.kind.value, normalise(line.label), "/".join(line.path[-1:])
            out.setdefault(key, Question(statement=one.statement, line=line, made=made, doubt=doubt))
    return sorted(out.values(), key=lambda q: -q.doubt)


def unknown_rows(tagged: Sequence[Tagged]) -> str:
    """A CSV of override rows.

    First one, to be filled in, for each line that became an element of the filer's own without candidates; then the
    questions that settle most doubts, with a row for each candidate, of which one is to be kept.
    """
    asking = questions(tagged)[:QUESTIONS]
    done = {id(question.line) for question in asking}
    rows = [
        row(one.statement, line)
        for one in tagged
        for line, made in zip(one.statement.lines, one.lines, strict=True)
        if made.matches and made.matches[0].concept.extension and id(line) not in done and not _answered(made)
        if normalise(line.label)  # a row is found by its words
    ]
    for number, question in enumerate(asking, 1):
        rows += _candidates(number, question)
    return "\n".join([HEAD, *rows]) + "\n"


def _candidates(number: int, question: Question) -> Iterator[str]:
    """A row for each candidate; an element of the filer's own is the last: it is made where none of the others fits."""
    concept = question.made.matches[0].concept
    names = dict.fromkeys((*question.made.matches[0].others, asked(concept)))
    if not concept.extension:
        names = dict.fromkeys((asked(concept), *question.made.matches[0].others))
    for name in names:
        note = f"question {number}: keep one of {len(names)} rows"
        yield row(question.statement, question.line, name, note=note)


def _answered(made: TaggedLine) -> bool:
    """A row of the preparer's gave the concept."""
    return made.matches[0].why.startswith(("override ", "precedent "))


# --- what an accepted facts table answers ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accepted:
    """A line with the concept and the sign that the table gives it. changed: it is another than was chosen."""

    statement: Statement
    line: LineItem
    concept: str
    negate: bool
    changed: bool
    turned: bool


def implied_overrides(tagged: Sequence[Tagged], corrected: Path) -> str:
    """Override rows for the lines whose concept or sign differs in a corrected facts CSV (the columns of `capxbrl
    facts`).

    A figure is known by the place in `source`. Raises BadData for a CSV that is none.
    """
    rows = [
        row(a.statement, a.line, a.concept, str(a.negate).lower()) for a in _accepted(tagged, corrected) if a.changed
    ]
    return "\n".join([HEAD, *rows]) + "\n"


def implied_precedents(tagged: Sequence[Tagged], accepted: Path) -> str:
    """A row for every line of an accepted facts CSV: what the company's next filing is to be tagged like."""
    out: dict[tuple[str, str, str], str] = {}
    for a in _accepted(tagged, accepted):
        key = a.statement.kind.value, normalise(a.line.label), "/".join(a.line.path[-1:])
        negate = str(a.negate).lower() if a.turned else ""
        out.setdefault(key, row(a.statement, a.line, a.concept, negate))
    return "\n".join([HEAD, *out.values()]) + "\n"


def _accepted(tagged: Sequence[Tagged], path: Path) -> Iterator[_Accepted]:
    wanted = _rows(path)
    for one in tagged:
        for line, made in zip(one.statement.lines, one.lines, strict=True):
            pairs = [(a, found) for a in line.amounts if a is not None for found in wanted.get(str(a.at), ())]
            names = list(dict.fromkeys(_concept(found["concept"]) for _, found in pairs))
            signs = {(Decimal(found["value"]) > 0) != (a.value > 0) for a, found in pairs if a.value}
            if not names or not made.matches or len(signs) > 1 or not normalise(line.label):
                continue
            match = made.matches[0]
            negate = signs.pop() if signs else match.weight < 0
            turned = negate != (match.weight < 0)
            changed = turned or not set(names) & {asked(m.concept) for m in made.matches}
            yield _Accepted(
                statement=one.statement, line=line, concept=names[0], negate=negate, changed=changed, turned=turned
            )


def _concept(name: str) -> str:
    """The concept of a facts row as a row of overrides asks for it."""
    local = name.rpartition(":")[2]
    return local if local in load().concepts else f"ext:{local}"


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    """{place of a figure: the rows of a facts CSV for it}."""
    wanted: dict[str, list[dict[str, str]]] = {}
    for number, found in read_table(path, ("place", "concept", "value", "source")):
        if found["place"] == "cell":
            try:
                Decimal(found["value"])
            except InvalidOperation:
                raise BadData(f"{path}:{number}: the value {found['value']!r} is no number") from None
            wanted.setdefault(found["source"], []).append(found)
    return wanted


# --- what is wrong with rows ------------------------------------------------------------------------------------------


def check(rows: Sequence[Synonym], statements: Sequence[Statement], taxonomy: Taxonomy) -> Iterator[Finding]:
    """What is told of override rows that do not do what they seem to.

    Findings: `override.unknown-concept`, `override.unmatched`, `override.shadowed`.
    """
    used: dict[str, str] = {}  # source of a row -> that of the row that goes before it
    for line, kind in _lines(statements):
        fits = fitting(rows, kind, normalise(line.label), [normalise(heading) for heading in line.path])
        for one in fits:
            used[one.source] = "" if one is fits[0] else used.get(one.source, fits[0].source)
    for one in rows:
        if one.concept not in taxonomy.concepts and not one.own:
            yield _unknown(one, taxonomy)
        if one.remembered:
            continue
        if one.source not in used:
            yield _finding(
                "override.unmatched",
                one,
                "no line has this label in this place: the row changes nothing",
                "compare statement, label and heading with the page; `capxbrl unknown` prints them as they are read",
            )
        elif used[one.source]:
            yield _finding(
                "override.shadowed",
                one,
                f"the row of {used[one.source]} goes before it: it changes nothing",
                "keep one of the two rows, or name the heading that each stands under",
            )


def _lines(statements: Iterable[Statement]) -> Iterator[tuple[LineItem, str]]:
    for statement in statements:
        for line in statement.lines:
            if any(line.amounts):
                yield line, statement.kind.value


def _unknown(one: Synonym, taxonomy: Taxonomy) -> Finding:
    near = get_close_matches(one.concept, taxonomy.concepts, n=3, cutoff=0.6)
    named = f"; near it are {', '.join(near)}" if near else ""
    return _finding(
        "override.unknown-concept",
        one,
        f"the taxonomy has no concept {one.concept}{named}; the line gets an element of the filer's own of that name",
        f"where that is meant, write ext:{one.concept}",
    )


def _finding(code: str, one: Synonym, message: str, hint: str) -> Finding:
    source, _, line = one.source.rpartition(":")
    at = Position(source=source, line=int(line))
    return Finding(code=code, severity=Severity.WARNING, at=at, message=message, hint=hint)
