"""EDGAR: every element of a fact or a context stands in the presentation, each place under a label that it has.

Why: what is not presented is not rendered: a figure of the page would be lost to its readers.
Source: EDGAR Filer Manual, volume II, 6.12.3 (all that is used), 6.12.5 (labels tell places apart), 6.12.7 (balances
alone open and close a period); XBRL 2.1, 5.2.4.2.1 (a preferred label is there).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..findings import Finding
from ..model import PeriodType, PresentationNode, Profile, Report, Role
from . import faults


def check(report: Report) -> tuple[Finding, ...]:
    return faults(report, "efm.presentation", _wrong(report)) if report.profile is Profile.EDGAR else ()


def _wrong(report: Report) -> Iterator[str]:
    shown = {node.concept.qname for role in report.extension.roles for node in role.nodes}
    used = dict.fromkeys(f.concept.qname for f in report.facts)
    used |= dict.fromkeys(name for context in report.contexts for pair in context.members for name in pair)
    for name in used:
        if name not in shown:
            yield f"{name} is used and not presented"
    labels = {concept.qname: texts for concept, texts in report.extension.labels}
    for role in report.extension.roles:
        yield from _places(role, labels)


def _places(role: Role, labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What is wrong with the places in one tree."""
    seen: set[tuple[str, str, str]] = set()
    above: list[str] = []
    for node in role.nodes:
        del above[node.depth :]
        place = (above[-1] if above else "", node.concept.qname, node.preferred)
        above.append(node.concept.qname)
        if place in seen:
            yield f"{node.concept.qname} stands twice below {place[0]} under one label in {role.id}"
        seen.add(place)
        if not _has(node, labels):
            yield f"{node.concept.qname} has no label {node.preferred!r} for its place in {role.id}"
        if "period" in node.preferred.lower() and node.concept.period is PeriodType.DURATION:
            yield f"{node.concept.qname} is a flow, and opens or closes a period in {role.id}"


def _has(node: PresentationNode, labels: Mapping[str, Mapping[str, str]]) -> bool:
    return node.preferred in labels.get(node.concept.qname, {})
