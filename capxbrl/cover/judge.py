"""Candidates for a fact of the cover -> the fact, decided by caption and place, with the header as a witness."""

from __future__ import annotations

from collections.abc import Sequence

from ..decisions import decide
from ..findings import Finding, Outcome, Severity
from ..model import CoverFact, Decision, Standing, Witness
from ..records import dataclass
from . import tolerances as tol
from .flat import Cover
from .header import Said, comparable


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What text[start:end] says of a fact. value: the XBRL value ("" = the words); form: the transformation that leads
    to it. says: why it speaks ("above its caption"); independent: another part of the page than the caption says so."""

    start: int
    end: int
    value: str = ""
    form: str = ""
    says: str = "at its caption"
    independent: bool = False


Facts = Outcome[tuple[CoverFact, ...]]


def words_of(cover: Cover, start: int, end: int) -> str:
    """The words of a place, white space folded."""
    return " ".join(cover.text[start:end].split())


def fact_of(cover: Cover, concept: str, label: str, item: Candidate, decision: Decision | None = None) -> CoverFact:
    """The fact that a candidate makes, as it stands by a decision (stated, where none was to be made)."""
    span, at = cover.flat.span(item.start, item.end)
    shown = cover.text[item.start : item.start + span.end - span.start]
    reading = decision.standing if decision else Standing.STATED
    return CoverFact(
        concept=concept,
        value=item.value or " ".join(shown.split()),
        shown=shown,
        label=label,
        span=span,
        at=at,
        format=item.form,
        confidence=tol.COVER.doubtful if reading is Standing.DOUBTFUL else 1.0,
        reading=reading,
        decision=decision,
    )


def judge(cover: Cover, concept: str, label: str, candidates: Sequence[Candidate], said: Said | None = None) -> Facts:
    """The candidate that caption and place put first, unless the header bears out another; none where there is none.

    Findings: `cover.candidates` (two values on the cover), `cover.disagrees` (the header says otherwise).
    """
    values = [comparable(concept, c.value or words_of(cover, c.start, c.end)) for c in candidates]
    if not candidates:
        return Outcome((), ())
    heard = [
        Witness(value=value, says=item.says, at=cover.at(item.start), independent=item.independent)
        for value, item in zip(values, candidates, strict=True)
    ]
    if said is not None:
        heard.append(_header(said, comparable(concept, said.value), values))
    decision = decide(label, heard)
    taken = candidates[values.index(decision.value)]
    fact = fact_of(cover, concept, label, taken, decision)
    told = [*_rivals(cover, label, fact, candidates, values, decision)]
    if said is not None and heard[-1].against:
        told.append(disagreement(fact, said))
    return Outcome((fact,), tuple(told))


def _header(said: Said, value: str, values: Sequence[str]) -> Witness:
    """The header bears out the value it names, where the cover prints it; else it speaks against the first."""
    named = value in values
    return Witness(
        value=value if named else values[0],
        at=said.at,
        independent=True,
        against=not named,
        says=f"the header of the submission says {said.key} {said.value}",
    )


def _rivals(
    cover: Cover,
    label: str,
    fact: CoverFact,
    candidates: Sequence[Candidate],
    values: Sequence[str],
    decision: Decision,
) -> list[Finding]:
    other = next((c for c, v in zip(candidates, values, strict=True) if v != decision.value), None)
    if other is None:
        return []
    why = "the header of the submission bears it out" if _borne_out(decision) else "it stands at its caption first"
    words = other.value or words_of(cover, other.start, other.end)
    return [
        Finding(
            code="cover.candidates",
            severity=Severity.WARNING,
            at=fact.at,
            message=f"{label}: the cover says {fact.value}, and {words} ({cover.at(other.start)}); {fact.value} is "
            f"taken, as {why}",
            hint="look which of the two is meant",
        )
    ]


def _borne_out(decision: Decision) -> bool:
    return any(w.independent and not w.against and w.value == decision.value for w in decision.witnesses)


def disagreement(fact: CoverFact, said: Said) -> Finding:
    """The header of the submission says otherwise than the cover; both places."""
    return Finding(
        code="cover.disagrees",
        severity=Severity.WARNING,
        at=fact.at,
        message=f"the cover says {fact.label} {fact.value}, the header of the submission {said.value} ({said.at})",
        hint="the header is what the filer's agent typed; the cover decides here",
    )
