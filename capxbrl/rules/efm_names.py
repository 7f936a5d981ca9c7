"""EDGAR: elements and roles of the filer's own are named as the manual has it, and elements are those of the SEC.

Why: names follow from labels, so that two filers come to one name for one thing; EDGAR takes elements of us-gaap, srt
and dei besides the filer's own, and no others.
Source: EDGAR Filer Manual, volume II, 6.8.5 and 6.8.6 (names), 6.7.4 (namespaces), 6.7.7 (prefixes), 6.7.9 and 6.7.12
(roles), 6.22 (taxonomies that EDGAR takes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Position, Severity
from ..model import Profile, Report
from ..naming import lc3
from . import OURS

_ROLE = re.compile(r"[0-9]+ - (Statement|Disclosure|Schedule|Document) - [^\n]*\S")
_NAMESPACE = re.compile(r"https?://[^/]+/[12][0-9]{7}")
_TAKEN = frozenset({"us-gaap", "dei", "srt"})
_LONGEST = 200


def check(report: Report) -> tuple[Finding, ...]:
    if report.profile is not Profile.EDGAR:
        return ()
    return tuple(
        Finding(
            code="efm.names",
            severity=Severity.ERROR,
            at=Position(source=report.document.name),
            message=what,
            hint=hint or OURS,
        )
        for what, hint in _wrong(report)
    )


def _wrong(report: Report) -> Iterator[tuple[str, str]]:
    own = report.extension
    if not _NAMESPACE.fullmatch(own.namespace):
        yield f"the namespace {own.namespace} is no host with a date behind it", ""
    if "_" in own.prefix or own.prefix in _TAKEN:
        yield f"the prefix {own.prefix} is not the filer's to take", ""
    for role in own.roles:
        if not role.uri.startswith(f"{own.namespace}/role/") or not _ROLE.fullmatch(role.definition):
            yield f"the role {role.uri} ({role.definition!r}) is not named as the manual has it", ""
    for concept, texts in own.labels:
        label = texts.get("", "")
        if concept.extension and (lc3(label) != concept.name or len(concept.name) > _LONGEST):
            yield f"{concept.qname} does not follow from its label {label!r}", ""
    others = sorted({c.prefix for c, _ in own.labels if not c.extension} - _TAKEN)
    if others:
        named = " and ".join(others)
        yield f"EDGAR does not take the elements of {named}", "--taxonomy us-gaap writes those of the filing's year"
