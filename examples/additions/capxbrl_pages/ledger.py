"""Every fact as a line of a plain-text ledger: an example of a writer."""

from __future__ import annotations

from collections.abc import Mapping

from capxbrl.model import Report

SUFFIX = ".ledger"
ASKED = True


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    lines = (f"{fact.period.end} {fact.concept.qname} {fact.value} ; {fact.label}\n" for fact in report.facts)
    return {"facts.ledger": "".join(lines).encode()}
