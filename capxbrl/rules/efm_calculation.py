"""EDGAR: the parts of a sum are of its period, no total is a part of itself, and both stand in one presentation.

Why: a sum that the presentation does not show cannot be followed by its readers, and suspends the filing.
Source: EDGAR Filer Manual, volume II, 6.14.3, 6.14.4 and 6.14.5; 6.15.4 (a sum in one role alone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..findings import Finding
from ..model import Concept, Profile, Report, Role
from . import faults


def check(report: Report) -> tuple[Finding, ...]:
    return faults(report, "efm.calculation", _wrong(report)) if report.profile is Profile.EDGAR else ()


def _wrong(report: Report) -> Iterator[str]:
    trees = [{node.concept.qname for node in role.nodes} for role in report.extension.roles]
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for role in report.extension.roles:
        for total, part, _ in role.arcs:
            if total.period != part.period:
                yield f"{part.qname} is a part of {total.qname}, which is of another kind of period ({role.id})"
            if not any({total.qname, part.qname} <= tree for tree in trees):
                yield f"{part.qname} is a part of {total.qname}, and no presentation shows both ({role.id})"
        parts = _parts(role)
        for name, below in parts.items():
            if _reaches(name, parts):
                yield f"{name} is a part of itself ({role.id})"
            if (other := seen.setdefault((name, frozenset(below)), role.id)) != role.id:
                yield f"the sum of {name} stands in {other} and in {role.id}"


def _parts(role: Role) -> dict[str, set[str]]:
    """{total: its parts} of a role."""
    out: dict[str, set[str]] = defaultdict(set)
    arcs: tuple[tuple[Concept, Concept, int], ...] = role.arcs
    for total, part, _ in arcs:
        out[total.qname].add(part.qname)
    return dict(out)


def _reaches(name: str, parts: Mapping[str, set[str]]) -> bool:
    """The total is among its own parts, or theirs."""
    seen: set[str] = set()
    frontier = set(parts[name])
    while frontier:
        seen |= frontier
        frontier = {below for one in frontier for below in parts.get(one, ())} - seen
    return name in seen
