"""What is known of a report when its conversion has ended: the record that writers with `tell` are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..findings import Finding
from ..model import Report
from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """verdict: "valid", "not valid", "not judged" (its taxonomy was not at hand) or "not validated".

    versions: of capxbrl and of the validator, by name. oim: what Arelle wrote of the validated report, by format.
    """

    report: Report
    findings: tuple[Finding, ...] = ()
    verdict: str = "not validated"
    versions: Mapping[str, str] = field(default_factory=dict)
    oim: Mapping[str, bytes] = field(default_factory=dict)
