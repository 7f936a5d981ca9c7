"""EDGAR: every element that is used has one standard label of its own, and no label is too long or badly spaced.

Why: a filing is rendered by its labels; one that is missing, or that two elements share, suspends it.
Source: EDGAR Filer Manual, volume II, 6.10.1, 6.10.2, 6.10.4 (no two the same), 6.10.5 (no definitions of elements of
others), 6.10.6 (fewer than 511 characters, no <), 6.10.8 (no space around).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding
from ..model import Profile, Report
from . import faults

_LONGEST = 510


def check(report: Report) -> tuple[Finding, ...]:
    return faults(report, "efm.labels", _wrong(report)) if report.profile is Profile.EDGAR else ()


def _wrong(report: Report) -> Iterator[str]:
    labels = {concept.qname: texts for concept, texts in report.extension.labels}
    for name in dict.fromkeys(f.concept.qname for f in report.facts):
        if not labels.get(name, {}).get(""):
            yield f"{name} has no standard label"
    standard: dict[str, str] = {}
    for concept, texts in report.extension.labels:
        if (other := standard.setdefault(texts.get("", ""), concept.qname)) != concept.qname:
            yield f"{other} and {concept.qname} have one standard label: {texts.get('', '')!r}"
        if "documentation" in texts and not concept.extension:
            yield f"{concept.qname} is defined, though it is no element of the filer's own"
        for role, text in texts.items():
            if role != "documentation" and (len(text) > _LONGEST or "<" in text or text != " ".join(text.split())):
                yield f"{concept.qname} has a label that is too long or holds white space or <: {text[:60]!r}"
