"""report-metadata.json and report-facts.csv: xBRL-CSV 1.0, as Arelle writes it of the report that it has validated.

A text stands as it is: the format has no way to make one harmless that a spreadsheet takes for a formula, and equal
facts go before. facts.csv is the table for spreadsheets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from .told import Told
from .xbrl_json import absolute, as_json

SUFFIX = ".csv"
ASKED = True
VALIDATED = True
AFTER = ("package",)


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    if "report-metadata.json" not in told.oim:
        return {}
    whole = json.loads(told.oim["report-metadata.json"])
    table = told.oim["report-facts.csv"].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return {"report-metadata.json": as_json(absolute(whole, told.report), 2), "report-facts.csv": table, **files}
