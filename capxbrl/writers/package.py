"""The report package (.xbri, Report Package 1.0), which is a taxonomy package too: with the schemas it imports inside
and a catalog that leads their addresses to them, any XBRL processor opens it offline with nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..model import Report
from ..resources import BASE_URL, taxonomies
from .template import render

SUFFIX = ".xbri"
AFTER = ("xhtml", "extension")
#: The first day a zip archive can name: no clock in the output.
_STAMP = (1980, 1, 1, 0, 0, 0)


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
    members |= {f"{root}/reports/{n}": d for n, d in files.items() if n.endswith((".xhtml", ".xsd", ".xml"))}
    members |= {f"{root}/taxonomies/{path}": (taxonomies() / Path(path)).read_bytes() for path in shipped}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return {"report.xbri": buffer.getvalue()}


def _about() -> bytes:
    return (json.dumps({"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}) + "\n").encode()
