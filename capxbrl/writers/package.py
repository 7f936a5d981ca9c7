"""The report package (.xbri, Report Package 1.0), which is a taxonomy package too: with the schemas it imports inside
and a catalog that leads their addresses to them, any XBRL processor opens it offline with nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ..model import Report
from ..resources import BASE_URL, taxonomies
from .archive import Deflated, deflated, packed
from .template import render

SUFFIX = ".xbri"
AFTER = ("xhtml", "extension")


def write(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """files: the report and its extension taxonomy; they go into reports/ (nothing else may: Report Package
    1.0, 3.3)."""
    extension = report.extension
    shipped = {url.removeprefix(BASE_URL): url for _, url in extension.imports if url.startswith(BASE_URL)}
    root = extension.stem
    members = {
        f"{root}/META-INF/reportPackage.json": _about(),
        f"{root}/META-INF/taxonomyPackage.xml": render("taxonomyPackage.xml.j2", report=report),
        f"{root}/META-INF/catalog.xml": render(
            "catalog.xml.j2",
            extension=extension,
            folders=sorted({(u.rpartition("/")[0], p.rpartition("/")[0]) for p, u in shipped.items()}),
        ),
    }
    members |= {f"{root}/reports/{n}": d for n, d in files.items() if n.endswith((".xhtml", ".htm", ".xsd", ".xml"))}
    made = {name: deflated(data) for name, data in members.items()}
    made |= {f"{root}/taxonomies/{path}": _shipped(path) for path in shipped}
    return {"report.xbri": packed(made)}


@lru_cache(maxsize=16)
def _shipped(path: str) -> Deflated:
    """A schema of ours, deflated once for all filings."""
    return deflated((taxonomies() / Path(path)).read_bytes())


def _about() -> bytes:
    return (json.dumps({"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}) + "\n").encode()
