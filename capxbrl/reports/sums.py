"""Proofs -> calculation arcs between the concepts that the lines ended up with.

Only sums that every fact of the report bears out under Calculations 1.1 (interval arithmetic, 3.2) become arcs, so that
the filing's own linkbase never contradicts the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..model import Concept, Fact, Proof, Unit
from ..records import dataclass
from .settle import Figures, bounds
from .uses import Use

Arc = tuple[Concept, Concept, int]  # total, part, weight
#: Concept -> context -> the figures reported there.
Reported = Mapping[str, Mapping[str, Sequence[Figures]]]


def reported(facts: Sequence[Fact]) -> Reported:
    """Every monetary or share figure by concept and context."""
    out: dict[str, dict[str, list[Figures]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if isinstance(fact.value, Decimal):
            out[fact.concept.qname][fact.context].append((fact.value, fact.decimals))
    return out


def decompositions(proofs: Sequence[Proof], uses: Sequence[Use], figures: Reported) -> Iterator[tuple[Arc, ...]]:
    """The arcs of every proof of one statement that can stand in a calculation linkbase, in the order of the totals.

    uses: of that statement. A proof is left out when a line has no single concept, when weights contradict balances
    (XBRL 2.1, 5.1.1.2), or when some context of the report does not tie.
    """
    by_line: dict[int, list[Use]] = defaultdict(list)
    for use in uses:
        if use.figure is None and use.order == 0:
            by_line[use.line].append(use)
    for proof in proofs:
        arcs = _arcs(proof, by_line)
        if arcs and _allowed(arcs) and _ties(arcs, figures):
            yield arcs


def _arcs(proof: Proof, by_line: Mapping[int, Sequence[Use]]) -> tuple[Arc, ...]:
    """The arcs of a proof; none where a line has no single concept, or where they are no plain money."""
    if not proof.complete or any(len(by_line[i]) > 1 for i in (proof.total, *(p for p, _ in proof.parts))):
        return ()
    # Lines of which nothing is shown have no concept and add nothing.
    total = next(iter(by_line[proof.total]), None)
    parts = [(by_line[i][0], w) for i, w in proof.parts if by_line[i]]
    if total is None or len(parts) < 2 or not _plain([total, *(p for p, _ in parts)]):
        return ()
    # printed total = sum of w x printed part, and fact = weight x printed.
    return tuple((total.concept, p.concept, total.weight * w * p.weight) for p, w in parts)


def _plain(uses: Sequence[Use]) -> bool:
    """Money of one period type in one currency, without dimensions: a sum within one context and unit."""
    shown = [s for use in uses for s in use.shown]
    return (
        all(s.amount.unit is Unit.USD and not s.members and not s.mark for s in shown)
        and len({use.concept.period for use in uses}) == 1
    )


def _allowed(arcs: Sequence[Arc]) -> bool:
    names = [arcs[0][0].qname, *(part.qname for _, part, _ in arcs)]
    return len(set(names)) == len(names) and all(
        not total.balance or not part.balance or (weight > 0) == (total.balance == part.balance)
        for total, part, weight in arcs
    )


def _ties(arcs: Sequence[Arc], figures: Reported) -> bool:
    parts = [(figures.get(part.qname, {}), weight) for _, part, weight in arcs]
    for context, shown in figures.get(arcs[0][0].qname, {}).items():
        low = high = Decimal(0)
        found = False
        for told, weight in parts:
            for figure in told.get(context, ())[:1]:
                a, b = bounds(figure)
                low, high = (low + a, high + b) if weight > 0 else (low - b, high - a)
                found = True
        if found and any(bounds(f)[0] > high or bounds(f)[1] < low for f in shown):
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Dealt:
    """The arcs of a role; the parts of each of its totals, and all that are a part."""

    arcs: list[Arc]
    below: dict[str, list[str]]
    parts: set[str]

    def add(self, arcs: Sequence[Arc]) -> None:
        names = [part.qname for _, part, _ in arcs]
        self.arcs.extend(arcs)
        self.below[arcs[0][0].qname] = names
        self.parts.update(names)

    def takes(self, arcs: Sequence[Arc]) -> bool:
        """The total has no other sum here, and no part of the new one is made of it."""
        total = arcs[0][0].qname
        return total not in self.below and not (total in self.parts and self._reaches(total, arcs))

    def _reaches(self, total: str, arcs: Sequence[Arc]) -> bool:
        frontier = [part.qname for _, part, _ in arcs]
        seen = set(frontier)
        while frontier:
            name = frontier.pop()
            if name == total:
                return True
            new = [n for n in self.below.get(name, ()) if n not in seen]
            seen.update(new)
            frontier += new
        return False


def deal(sums: Iterator[tuple[Arc, ...]]) -> list[list[Arc]]:
    """The arcs dealt over as few roles as keep one decomposition of a total per role, and no total below its
    own part."""
    roles: list[_Dealt] = []
    for arcs in sums:
        role = next((role for role in roles if role.takes(arcs)), None)
        if role is None:
            role = _Dealt([], {}, set())
            roles.append(role)
        role.add(arcs)
    return [role.arcs for role in roles]
