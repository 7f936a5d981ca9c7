"""The XBRL 2.1 instance: the facts of the report without its page, beside the taxonomy that it refers to."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Report
from .template import render
from .xhtml import NAMESPACES, legal, measures
from .xhtml.marks import UNIT_IDS

SUFFIX = ".xml"
ASKED = True
AFTER = ("extension",)
#: The prefixes of what an instance holds beside facts.
_OWN = ("iso4217", "link", "xbrldi", "xbrli", "xlink")


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The instance is named like the filer's taxonomy, as EDGAR wants it (EDGAR Filer Manual, 6.3.3)."""
    namespaces = {prefix: NAMESPACES[prefix] for prefix in _OWN} | dict(report.namespaces)
    made = render(
        "instance.xml.j2",
        report=report,
        namespaces=sorted(namespaces.items()),
        units=measures(report),
        unit_ids=UNIT_IDS,
    )
    return {f"{report.extension.stem}.xml": legal(made.decode()), **files}
