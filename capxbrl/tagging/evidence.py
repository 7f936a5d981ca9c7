"""Why a line carries its concept: its candidates, each with the evidence for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Footing, Statement
from ..taxonomy import Taxonomy
from . import rank
from .candidates import Candidate, Data
from .choice import as_seen, candidates_of, choose, named_totals
from .models.lines import Model, Seen

#: Candidates told of each line, and features told of each candidate.
_TOLD, _FEATURES = 5, 4
#: Marks of feature names (models/lines.describe) -> what they mean; the longest that fits counts.
_MEANING = {
    "L:": "label",
    "R:": "label as printed",
    "b:": "words in a row",
    "t:": "words nearly in a row",
    "w:": "word",
    "c:": "word beginning",
    "e:": "word ending",
    "(": "a parenthesis",
    "S:": "statement",
    "U:": "statement and unit",
    "Z:": "place and unit",
    "ZL:": "label at this place",
    "ZW:": "word at this place",
    "P:": "tenth of the statement",
    "AL:": "line above",
    "Aw:": "word above",
    "Af:": "first words above",
    "Al:": "last words above",
    "BL:": "line below",
    "Bw:": "word below",
    "Bf:": "first words below",
    "Bl:": "last words below",
    "T:": "next total",
    "TL:": "label before the next total",
    "V:": "last total",
    "VL:": "label after the last total",
    "N:": "repeated label",
    "H:": "what the filing has",
    "AL+L:": "label and line above",
    "BL+L:": "label and line below",
    "AAL:": "second line above",
    "BBL:": "second line below",
}


def rivals(
    statements: Sequence[Statement], footings: Sequence[Footing], taxonomy: Taxonomy, data: Data
) -> tuple[tuple[tuple[Candidate, ...], ...], ...]:
    """The likeliest candidates of every line of every statement, likeliest first; none of a line without amounts."""
    every = candidates_of(statements, footings, taxonomy, data)
    return tuple(tuple(tuple(options[:_TOLD]) for options in lines) for lines in every)


def explain(
    statements: Sequence[Statement],
    footings: Sequence[Footing],
    taxonomy: Taxonomy,
    query: str,
    data: Data,
    threshold: float,
) -> Iterator[str]:
    """The lines of text that explain every line of the statements whose label has the words of `query`, or that stands
    on source line `query`, or there ("file:line:column")."""
    seen, has = as_seen([named_totals(s, f) for s, f in zip(statements, footings, strict=True)])
    every = candidates_of(statements, footings, taxonomy, data)
    ranked = rank.rank(seen, data.learned, has)
    for statement, options, lines, measured in zip(statements, every, seen, ranked, strict=True):
        chosen = choose(statement, options, threshold)
        at = -1
        for number, line in enumerate(statement.lines):
            at += bool(any(line.amounts))
            pick = chosen[number]
            if pick is not None and (query.lower() in line.label.lower() or query in (str(line.at.line), str(line.at))):
                under = f" under {line.path[-1]!r}" if line.path else ""
                yield f"{line.at}: {statement.kind} line {line.label!r}{under}"
                yield (
                    f"  chosen: {_name(pick)}, confidence {pick.score:.2f} ({pick.why}); the threshold is "
                    f"{threshold:.2f}"
                )
                for option in options[number][:_TOLD]:
                    yield f"  {option.score:.3f}  {_name(option)}: {option.why}"
                    yield from _measures(option, measured[at])
                    yield from _features(data.learned.lines, lines, has, at, option, options[number])


def _measures(option: Candidate, measured: Sequence[rank.Ranked]) -> Iterator[str]:
    """What was measured of a candidate, where anything was."""
    name = option.concept.name if option.concept else rank.OWN
    for one in measured:
        if one.name == name:
            told = [f"{what} {value:.2f}" for what, value in zip(rank.MEASURES, one.measures, strict=True) if value]
            yield f"         {', '.join(told)}"


def _features(
    model: Model, lines: Sequence[Seen], has: Sequence[str], at: int, option: Candidate, options: Sequence[Candidate]
) -> Iterator[str]:
    """What speaks most for a candidate against the best one; for the best one, against the second."""
    rival = options[1] if option is options[0] and len(options) > 1 else options[0]
    name, other = (c.concept.name if c.concept else rank.OWN for c in (option, rival))
    if other == name or name not in model.concepts or other not in model.concepts:
        return
    said = model.reasons(lines, has, at, name, other)
    strong = [f"{_meaning(feature)} {weight:+.1f}" for weight, feature in said[:_FEATURES] if weight > 0.05]
    if strong:
        yield f"         against {_name(rival)}: {'; '.join(strong)}"


def _meaning(feature: str) -> str:
    mark = max((m for m in _MEANING if feature.startswith(m)), key=len, default="")
    rest = feature[len(mark) :]
    return f"{_MEANING.get(mark, '')} {rest!r}".strip() if rest else _MEANING.get(mark, feature)


def _name(candidate: Candidate) -> str:
    return candidate.concept.name if candidate.concept else candidate.name or "the filer's own"
