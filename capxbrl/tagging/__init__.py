"""Statements and their proofs -> a concept, or an extension, for each line, with a confidence and reasons."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ..findings import Finding, Outcome, Severity
from ..model import Concept, Footing, Kind, LineItem, Match, Statement, Tagged, TaggedLine, Unit
from ..taxonomy import Taxonomy
from . import tables
from .candidates import BARE, Candidate, Data, candidates, figure_concepts, fits, unit_of
from .labels import normalise, short_kind, zones
from .naming import camel_case, unique
from .signs import weights
from .tables import Synonym, load_overrides

__all__ = ["MIN_CONFIDENCE", "load_overrides", "tag", "unknown_rows"]

#: Below this a line becomes an extension concept.
MIN_CONFIDENCE = 0.45
#: A standard concept is told as doubtful below this.
_DOUBTFUL = 0.6
_BOTH = re.compile(r"\bbasic\b.*\bdiluted\b|\bdiluted\b.*\bbasic\b", re.I)
_TWINS = {
    "EarningsPerShareBasic": "EarningsPerShareDiluted",
    "WeightedAverageNumberOfSharesOutstandingBasic": "WeightedAverageNumberOfDilutedSharesOutstanding",
    "IncomeLossFromContinuingOperationsPerBasicShare": "IncomeLossFromContinuingOperationsPerDilutedShare",
    "IncomeLossFromDiscontinuedOperationsNetOfTaxPerBasicShare": "IncomeLossFromDiscontinuedOperationsNetOfTaxPerDilutedShare",
}


def tag(
    statements: Sequence[Statement], footings: Sequence[Footing], taxonomy: Taxonomy, *, overrides: Sequence[Synonym] = (),
    learned: Path | None = None, min_confidence: float | None = None,
) -> Outcome[tuple[Tagged, ...]]:  # fmt: skip
    """Choose the concept of every line of every statement.

    overrides: rows of `load_overrides`. learned: another learned table than the shipped one.
    Findings: `tag.unknown-label` (a line became an extension; the hint is a ready override row), `tag.low-confidence`.
    """
    data = Data(overrides=overrides, synonyms=tables.synonyms(), learned=tables.learned(learned))
    threshold = MIN_CONFIDENCE if min_confidence is None else min_confidence
    out: list[Tagged] = []
    findings: list[Finding] = []
    extensions: dict[tuple[str, str, str, str], Concept] = {}
    for statement, footing in zip(statements, footings, strict=True):
        chosen = _choose(statement, footing, taxonomy, data, threshold)
        lines = _matches(statement, footing, chosen, taxonomy, extensions)
        findings += _findings(statement, chosen, lines)
        out.append(Tagged(statement=statement, footing=footing, lines=lines))
    return Outcome(tuple(out), tuple(findings))


def _choose(
    statement: Statement, footing: Footing, taxonomy: Taxonomy, data: Data, threshold: float
) -> list[Candidate | None]:
    """One candidate a line, all together: no concept twice with different figures. None: a line without amounts."""
    labels = [normalise(line.label) for line in statement.lines]
    places = zones(short_kind(statement.kind), labels)
    options = [
        candidates(line, statement.kind, zone, taxonomy, data) if any(line.amounts) else []
        for line, zone in zip(statement.lines, places, strict=True)
    ]  # fmt: skip
    _both_sides(statement, options, taxonomy)
    _by_parts(statement, footing, options, taxonomy)
    chosen: list[Candidate | None] = [None] * len(options)
    taken: dict[str, list[int]] = {}
    order = sorted(
        (i for i, line in enumerate(statement.lines) if any(line.amounts)), key=lambda i: (-_best(options[i]), i)
    )
    for i in order:
        pick = None
        for option in options[i]:
            if option.score < threshold:
                break
            if option.concept is None and not option.name:
                break
            name = option.concept.name if option.concept else option.name
            if all(_same_figures(statement.lines[i], statement.lines[j], statement.kind) for j in taken.get(name, ())):
                pick = option
                break
        if pick is None:
            pick = Candidate(concept=None, score=min(0.5, 1 - _best(options[i])), why="no concept fits")
        else:
            taken.setdefault(pick.concept.name if pick.concept else pick.name, []).append(i)
        chosen[i] = pick
    return chosen


def _best(options: Sequence[Candidate]) -> float:
    return options[0].score if options else 0.0


def _same_figures(a: LineItem, b: LineItem, kind: Kind) -> bool:
    """Equal figures in every column, or the opening and closing balance of a cash flow statement."""
    if (
        kind is Kind.CASH_FLOW
        and re.search(r"beginning|end", a.label, re.I)
        and re.search(r"beginning|end", b.label, re.I)
    ):
        return ("begin" in a.label.lower()) != ("begin" in b.label.lower())
    return all((x and abs(x.value)) == (y and abs(y.value)) for x, y in zip(a.amounts, b.amounts, strict=True))


def _both_sides(statement: Statement, options: list[list[Candidate]], taxonomy: Taxonomy) -> None:
    """The largest figures of a balance sheet stand twice: total assets, then liabilities and equity."""
    if statement.kind is not Kind.BALANCE_SHEET:
        return
    rows = [
        (i, tuple(a.value if a else None for a in line.amounts))
        for i, line in enumerate(statement.lines)
        if any(line.amounts)
    ]
    count = Counter(v for _, v in rows if any(v))
    largest = max((v for v, n in count.items() if n > 1), key=lambda v: [abs(x or 0) for x in v], default=None)
    twice = [i for i, v in rows if v == largest]
    if len(twice) < 2:
        return
    for i, name in ((twice[0], "Assets"), (twice[-1], "LiabilitiesAndStockholdersEquity")):
        if not options[i] or options[i][0].score < 0.98:
            concept = taxonomy.concepts[name]
            options[i].insert(
                0, Candidate(concept=concept, score=0.98, why="the two sides of the balance sheet are equal")
            )


def _by_parts(statement: Statement, footing: Footing, options: list[list[Candidate]], taxonomy: Taxonomy) -> None:
    """A total that its words do not name is the concept whose parts, by the calculation tree, its parts are."""
    for proof in footing.proofs:
        at = proof.total
        if not proof.complete or (
            options[at] and options[at][0].score >= 0.6 and normalise(statement.lines[at].label) not in BARE
        ):
            continue
        if options[at] and options[at][0].score >= 0.95:
            continue
        votes: dict[str, float] = {}
        parts = [options[i][0] for i, _ in proof.parts if options[i] and options[i][0].concept is not None]
        for part in parts:
            assert part.concept is not None
            for name, distance in _ancestors(part.concept.name, taxonomy).items():
                votes[name] = votes.get(name, 0.0) + part.score / distance
        if not votes:
            continue
        line = statement.lines[at]
        own = {p.concept.name for p in parts if p.concept}
        ranked = sorted(
            ((v / len(proof.parts), n) for n, v in votes.items() if n not in own), key=lambda x: (-x[0], x[1])
        )
        for share, name in ranked[:3]:
            concept = taxonomy.concepts[name]
            if share >= 0.4 and fits(concept, line, statement.kind):
                options[at].append(Candidate(concept=concept, score=min(0.9, share), why="the sum of its parts"))
        options[at].sort(key=lambda c: -c.score)


def _ancestors(name: str, taxonomy: Taxonomy) -> dict[str, int]:
    """{concept: steps} of the sums above a concept."""
    out: dict[str, int] = {}
    frontier, step = [name], 1
    while frontier and step < 6:
        frontier = [p for n in frontier for _, p, _ in taxonomy.parents(n) if p not in out]
        for parent in frontier:
            out.setdefault(parent, step)
        step += 1
    return out


# --- matches -------------------------------------------------------------------------------------------------------


def _matches(
    statement: Statement, footing: Footing, chosen: Sequence[Candidate | None], taxonomy: Taxonomy,
    extensions: dict[tuple[str, str, str, str], Concept],
) -> tuple[TaggedLine, ...]:  # fmt: skip
    concepts: list[Concept | None] = []
    for i, candidate in enumerate(chosen):
        if candidate is None:
            concepts.append(None)
        elif candidate.concept is not None:
            concepts.append(candidate.concept)
        else:
            concepts.append(_extension(statement, i, candidate, footing, chosen, taxonomy, extensions))
    signs = weights(statement.kind, statement.lines, concepts, footing, taxonomy)
    out = []
    for line, candidate, concept, sign in zip(statement.lines, chosen, concepts, signs, strict=True):
        matches: tuple[Match, ...] = ()
        if candidate is not None and concept is not None:
            weight = candidate.negate if candidate.negate is not None else sign
            match = Match(concept=concept, weight=weight, confidence=round(candidate.score, 3), why=candidate.why)
            matches = (match,)
            twin = taxonomy.concepts.get(_TWINS.get(concept.name, "")) if _BOTH.search(line.label) else None
            if twin is not None:
                matches = (match, replace(match, concept=twin))
        figures = []
        for figure in line.figures:
            found = figure_concepts(line.label, figure.what, taxonomy.concepts)
            figures.append(
                (Match(concept=found, weight=1, confidence=0.9, why=f"{figure.what} in the label"),) if found else ()
            )
        out.append(TaggedLine(matches=matches, figures=tuple(figures)))
    return tuple(out)


def _extension(
    statement: Statement, at: int, candidate: Candidate, footing: Footing, chosen: Sequence[Candidate | None], taxonomy: Taxonomy,
    extensions: dict[tuple[str, str, str, str], Concept],
) -> Concept:  # fmt: skip
    """The filer's own concept for a line; the same label in the same kind of statement gives the same one."""
    line = statement.lines[at]
    unit = unit_of(line)
    period = "instant" if statement.kind is Kind.BALANCE_SHEET or line.balance else "duration"
    kind = {Unit.USD: "monetary", Unit.SHARES: "shares", Unit.PER_SHARE: "perShare", Unit.PURE: "pure"}[unit]
    key = (
        candidate.name or normalise(line.label),
        kind,
        period,
        "/".join(line.path[-1:]) if normalise(line.label) in BARE else "",
    )
    if key in extensions:
        return extensions[key]
    parent, balance = "", ""
    for proof in footing.proofs:
        weight = dict(proof.parts).get(at)
        total = chosen[proof.total]
        if weight is not None and total is not None and total.concept is not None:
            parent = total.concept.name
            value = next((a.value for a in line.amounts if a is not None and a.value), 0)
            # A positive contribution to a credit is a credit: what is printed negative there is a debit.
            adds = (weight > 0) == (value >= 0)
            opposite = {"debit": "credit", "credit": "debit"}
            balance = (total.concept.balance if adds else opposite.get(total.concept.balance, "")) or ""
            break
    if kind == "monetary" and not balance:
        balance = _balance_by_place(statement, at)
    words = line.label if normalise(line.label) not in BARE else " ".join([line.label or "Total", *line.path[-1:]])
    name = candidate.name or unique(camel_case(words), {c.name for c in extensions.values()} | set(taxonomy.concepts))
    made = Concept(
        name=name, type=kind, period=period, balance=balance if kind == "monetary" else "", label=line.label or name,
        documentation="", prefix="ext", extension=True, parent=parent,
    )  # fmt: skip
    extensions[key] = made
    return made


def _balance_by_place(statement: Statement, at: int) -> str:
    """Debit among assets and costs, credit elsewhere."""
    labels = [normalise(line.label) for line in statement.lines]
    zone = zones(short_kind(statement.kind), labels)[at]
    if statement.kind is Kind.BALANCE_SHEET:
        return "debit" if zone in ("CA", "A") else "credit"
    if statement.kind is Kind.CASH_FLOW:
        value = next((a.value for a in statement.lines[at].amounts if a is not None and a.value), 0)
        return "credit" if value < 0 else "debit"
    return "debit" if re.search(r"cost|expense|loss|charge|tax|depreciation", labels[at]) else "credit"


# --- findings ------------------------------------------------------------------------------------------------------


def _row(statement: Statement, line: LineItem, concept: str = "") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(
        (statement.kind.value, line.label, line.path[-1] if line.path else "", concept, "", "")
    )
    return buffer.getvalue()


def _findings(
    statement: Statement, chosen: Sequence[Candidate | None], lines: Sequence[TaggedLine]
) -> Iterable[Finding]:
    for line, candidate, tagged in zip(statement.lines, chosen, lines, strict=True):
        if candidate is None or not tagged.matches:
            continue
        concept = tagged.matches[0].concept
        if concept.extension and not candidate.name:
            yield Finding(
                code="tag.unknown-label",
                severity=Severity.WARNING,
                at=line.at,
                message=f"no standard concept for {line.label!r}: it becomes the extension concept {concept.name}",
                hint=f"if there is one, add a row to your overrides: {_row(statement, line)}",
            )
        elif candidate.score < _DOUBTFUL:
            yield Finding(
                code="tag.low-confidence",
                severity=Severity.NOTE,
                at=line.at,
                message=f"{line.label!r} may not be {concept.name} ({candidate.why}; confidence {candidate.score:.2f})",
                hint=f"if it is not, add a row to your overrides: {_row(statement, line)}",
            )


def unknown_rows(tagged: Sequence[Tagged]) -> str:
    """A CSV of override rows, ready to fill in, for the lines that became extensions."""
    out = ["statement,label,under,concept,negate,note"]
    for one in tagged:
        for line, made in zip(one.statement.lines, one.lines, strict=True):
            if made.matches and made.matches[0].concept.extension:
                out.append(_row(one.statement, line))
    return "\n".join(out) + "\n"
