"""Statements and their proofs -> a concept, or an extension, for each line, with a confidence and reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..findings import Finding, Outcome, Severity
from ..model import Concept, Footing, Kind, LineItem, LineRole, Match, PeriodType, Statement, Tagged, TaggedLine
from ..records import replace
from ..taxonomy import Taxonomy
from . import members, tables
from . import tolerances as tol
from .accepted import marked, overruled
from .candidates import Candidate, Data, figure_concepts
from .choice import candidates_of, choose
from .extensions import extension
from .labels import basic_and_diluted
from .named import by_name
from .overrides import DOUBTFUL, check, implied_overrides, implied_precedents, row, unknown_rows
from .result import one_result
from .signs import signs_of
from .tables import Synonym, kin, load_overrides
from .vintages import day_of, of_figure, of_vintage

__all__ = [
    "Candidate",
    "Synonym",
    "explain",
    "implied_overrides",
    "implied_precedents",
    "kin",
    "load_overrides",
    "overruled",
    "rivals",
    "tag",
    "unknown_rows",
]

_UNKNOWN = "tag.unknown-label"
_NONE = "no standard concept for "
#: What stands before the concepts that a line may be, and before the rows that say so.
_MAY, _ROW = "; it may be ", "add a row to your overrides: "
#: So many of the lines without one are told by name.
_TOLD = 3


def tag(
    statements: Sequence[Statement],
    footings: Sequence[Footing],
    taxonomy: Taxonomy,
    *,
    overrides: Sequence[Synonym] = (),
    accepted: Sequence[Synonym] = (),
    learned: Path | None = None,
    min_confidence: float | None = None,
) -> Outcome[tuple[Tagged, ...]]:
    """Choose the concept of every line of every statement.

    Args:
        statements: what `parse_statements` gave.
        footings: what `foot` gave of them.
        taxonomy: what `load_taxonomy` gave.
        overrides: the caller's own rows (`tagging.load_overrides`).
        accepted: rows of what a person accepted, who is named where a line has their concept.
        learned: another learned table than the shipped one.
        min_confidence: below it (0 to 1) a line becomes an extension concept.

    Findings: `tag.unknown-label` (one for all lines that became extensions; the hint says how to get override rows),
    `tag.low-confidence`, and those of `overrides.check`.
    """
    data = Data(overrides=tables.by_label(overrides), synonyms=tables.synonyms(), learned=tables.learned(learned))
    threshold = tol.TAGS.confidence if min_confidence is None else min_confidence
    out: list[Tagged] = []
    findings: list[tuple[LineItem, Finding]] = []
    extensions: dict[tuple[str, str, str, str], Concept] = {}
    every = candidates_of(statements, footings, taxonomy, data)
    day = day_of(statements)
    statements = [members.of_columns(statement) for statement in statements]
    picked = one_result(
        statements,
        [
            by_name(statement, choose(statement, options, threshold), taxonomy)
            for statement, options in zip(statements, every, strict=True)
        ],
    )
    for statement, footing, picks in zip(statements, footings, picked, strict=True):
        chosen = of_vintage(picks, statement.kind, day, taxonomy)
        lines = _matches(statement, footing, chosen, taxonomy, extensions, day)
        told = _findings(statement, chosen, lines)
        out.append(Tagged(statement=statement, footing=footing, lines=marked(statement, lines, accepted)))
        settled = {id(line) for line, a, b in zip(statement.lines, lines, out[-1].lines, strict=True) if a is not b}
        findings += [(line, finding) for line, finding in told if id(line) not in settled]
    unknown = [(line, f) for line, f in findings if f.code == _UNKNOWN]
    checked = check(overrides, statements, taxonomy)
    return Outcome(tuple(out), (*checked, *_folded(unknown), *(f for _, f in findings if f.code != _UNKNOWN)))


# --- matches -------------------------------------------------------------------------------------------------------


def _matches(
    statement: Statement,
    footing: Footing,
    chosen: Sequence[Candidate | None],
    taxonomy: Taxonomy,
    extensions: dict[tuple[str, str, str, str], Concept],
    day: dt.date,
) -> tuple[TaggedLine, ...]:
    standard = [candidate.concept if candidate is not None else None for candidate in chosen]
    read = signs_of(statement.kind, statement.lines, standard, footing, taxonomy)
    concepts = [
        extension(statement, i, candidate, read.balances[i], footing, chosen, taxonomy, extensions)
        if candidate is not None and candidate.concept is None
        else concept
        for i, (candidate, concept) in enumerate(zip(chosen, standard, strict=True))
    ]
    out = []
    classes = members.of_statement(statement)
    for line, candidate, concept, sign, of_class in zip(
        statement.lines, chosen, concepts, read.weights, classes, strict=True
    ):
        matches: tuple[Match, ...] = ()
        if candidate is not None and concept is not None:
            weight = candidate.negate if candidate.negate is not None else sign
            match = Match(
                concept=concept,
                weight=weight,
                confidence=round(candidate.score, 3),
                why=candidate.why,
                members=() if concept.extension else of_class,
                others=tuple(name for name in candidate.others if name != concept.name),
            )
            matches = (match,)
            twin = (
                taxonomy.concepts.get(taxonomy.twins.get(concept.name, "")) if basic_and_diluted(line.label) else None
            )
            if twin is not None:
                matches = (match, replace(match, concept=twin))
        figures = []
        for figure, named in zip(line.figures, members.of_figures(line), strict=True):
            found = figure_concepts(line.label, figure.what, taxonomy.concepts)
            found = of_figure(found, statement.kind, day, taxonomy) if found else None
            why = f"{figure.what} in the label"
            figures.append((Match(concept=found, weight=1, confidence=0.9, why=why, members=named),) if found else ())
        role = line.role or _role(matches, statement.kind)
        out.append(TaggedLine(matches=matches, role=role, figures=tuple(figures)))
    return tuple(out)


def _role(matches: Sequence[Match], kind: Kind) -> LineRole:
    """What a line is by its concept: a balance is a landmark of the balance sheet only."""
    concept = matches[0].concept if matches and not matches[0].members else None
    if concept is None or (concept.period is PeriodType.INSTANT) != (kind is Kind.BALANCE_SHEET):
        return LineRole.NONE
    return concept.role


# --- findings ------------------------------------------------------------------------------------------------------


def _findings(
    statement: Statement, chosen: Sequence[Candidate | None], lines: Sequence[TaggedLine]
) -> Iterable[tuple[LineItem, Finding]]:
    """What is told of the lines without a concept and of those whose concept is doubtful."""
    for line, candidate, tagged in zip(statement.lines, chosen, lines, strict=True):
        if candidate is None or not tagged.matches:
            continue
        concept = tagged.matches[0].concept
        others = tagged.matches[0].others
        rows = " or ".join(row(statement, line, name) for name in others)
        if concept.extension and not candidate.name:
            may = f"{_MAY}{_one_of(others)}" if others else ""
            yield (
                line,
                Finding(
                    code=_UNKNOWN,
                    severity=Severity.WARNING,
                    at=line.at,
                    message=f"{_NONE}{line.label!r}: it becomes the extension concept {concept.name}{may}",
                    hint=f"if there is one, {_ROW}{rows or row(statement, line)}",
                ),
            )
        elif candidate.score < DOUBTFUL:
            may = f" but {_one_of(others)}" if others else ""
            yield (
                line,
                Finding(
                    code="tag.low-confidence",
                    severity=Severity.NOTE,
                    at=line.at,
                    message=f"{line.label!r} may not be {concept.name}{may} ({candidate.why}; confidence "
                    f"{candidate.score:.2f})",
                    hint=f"if it is not, {_ROW}{rows or row(statement, line)}",
                ),
            )


def _one_of(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}" if len(names) > 1 else "".join(names)


def _folded(unknown: Sequence[tuple[LineItem, Finding]]) -> Iterable[Finding]:
    """One finding for all lines without a concept: a filing has dozens, and each is a row to fill in. The first are
    told as they would be alone."""
    if len(unknown) < 2:
        return [finding for _, finding in unknown]
    told = [(line, finding.message.partition(_MAY)[2], finding.hint) for line, finding in unknown[:_TOLD]]
    first = ", ".join(f"{line.label!r} (line {line.at.line}{f'; {may}' if may else ''})" for line, may, _ in told)
    rest = f" and {len(unknown) - _TOLD} more" if len(unknown) > _TOLD else ""
    message = f"{_NONE}{len(unknown)} lines, which become extension concepts: {first}{rest}"
    rows = "; ".join((hint or "").partition(_ROW)[2] for _, may, hint in told if may)
    hint = "`capxbrl unknown` prints a row for each: fill in its concept and give the file as --overrides"
    return [replace(unknown[0][1], message=message, hint=f"{hint}; such as {rows}" if rows else hint)]


def rivals(
    statements: Sequence[Statement], footings: Sequence[Footing], taxonomy: Taxonomy, *, learned: Path | None = None
) -> tuple[tuple[tuple[Candidate, ...], ...], ...]:
    """Up to five candidates for the concept of every line of every statement, likeliest first, as they are without
    overrides; none for a line without amounts. The concept None is an element of the filer's own."""
    from .evidence import rivals as told

    data = Data(overrides={}, synonyms=tables.synonyms(), learned=tables.learned(learned))
    return told(statements, footings, taxonomy, data)


def explain(
    statements: Sequence[Statement],
    footings: Sequence[Footing],
    taxonomy: Taxonomy,
    query: str,
    *,
    overrides: Sequence[Synonym] = (),
    learned: Path | None = None,
    min_confidence: float | None = None,
) -> str:
    """Why the lines with the words `query` in their label (or on that source line) carry their concepts; "" when there
    is none.
    """
    from .evidence import explain as told

    data = Data(overrides=tables.by_label(overrides), synonyms=tables.synonyms(), learned=tables.learned(learned))
    threshold = tol.TAGS.confidence if min_confidence is None else min_confidence
    return "".join(f"{text}\n" for text in told(statements, footings, taxonomy, query, data, threshold))
