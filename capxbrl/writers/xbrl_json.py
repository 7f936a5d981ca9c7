"""report.json: xBRL-JSON 1.0, as Arelle writes it of the report that it has validated.

The taxonomy is referred to by its own address, so the file may lie anywhere: `arelleCmdLine --packages report.xbri`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..model import Report
from .told import Told

SUFFIX = ".json"
ASKED = True
VALIDATED = True
AFTER = ("package",)


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    if "report.json" not in told.oim:
        return {}
    whole = json.loads(told.oim["report.json"])
    return {"report.json": as_json(absolute(whole, told.report), 1), **files}


def absolute(whole: dict[str, object], report: Report) -> dict[str, object]:
    """The document with the address of the filer's taxonomy, which the catalog of the package leads to its file."""
    about = whole["documentInfo"]
    assert isinstance(about, dict)
    base = f"{report.extension.namespace}/"
    about["taxonomy"] = [ref if "://" in ref else f"{base}{ref}" for ref in about["taxonomy"]]
    return whole


def as_json(whole: object, indent: int) -> bytes:
    return (json.dumps(whole, ensure_ascii=False, indent=indent) + "\n").encode()
