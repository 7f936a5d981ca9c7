"""Make docs/findings.md from docs/findings.csv: `python docs/build.py [--check]`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
CASES = DOCS.parent / "tests" / "cases"
COLUMNS = ["code", "severity", "meaning", "remedy"]
_AREAS = {
    "reading": "How readings stand",
    "read": "Reading",
    "edgar": "EDGAR submissions",
    "ocr": "Pictures of pages",
    "pdf": "PDF",
    "statements": "Statements found",
    "statement": "Statements read",
    "columns": "Columns",
    "periods": "Periods",
    "scale": "Scale",
    "currency": "Currency",
    "sign": "Signs",
    "foot": "Sums",
    "tie": "Ties between figures",
    "fundamental": "Relations between concepts",
    "prose": "Running text",
    "cover": "Cover page",
    "history": "Histories of companies",
    "tag": "Concepts",
    "override": "Overrides",
    "review": "Review",
    "taxonomy": "Vintage",
    "report": "Report",
    "efm": "EDGAR's rules (`--profile edgar`)",
    "repair": "Repair",
    "options": "Options",
    "gate": "Validation",
    "folder": "Of a folder of output (`capxbrl verify`)",
}


def rows() -> list[dict[str, str]]:
    """The catalogue. Raises ValueError for a row that is not whole."""
    with (DOCS / "findings.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    if reader.fieldnames != COLUMNS:
        raise ValueError(f"docs/findings.csv:1: the columns are {', '.join(COLUMNS)}")
    for number, row in enumerate(found, 2):
        if None in row or not all(row.values()):
            raise ValueError(f"docs/findings.csv:{number}: four cells, none empty; quote a cell that has a comma")
    return found


def page() -> str:
    """docs/findings.md."""
    lines = [
        "# Findings",
        "",
        "What `capxbrl` tells about a filing: error (the output would be wrong, or there is none), warning (a "
        "person must",
        "look), note (for the record). Arelle's own codes are not listed. Made from `findings.csv` by `python "
        "docs/build.py`.",
    ]
    area = ""
    for row in sorted(rows(), key=lambda r: (list(_AREAS).index(r["code"].partition(".")[0]), r["code"])):
        code = row["code"]
        if code.partition(".")[0] != area:
            area = code.partition(".")[0]
            lines += ["", f"## {_AREAS[area]}"]
        lines += ["", f"### {code}", "", f"*{row['severity']}* · {row['meaning']}", "", f"What to do: {row['remedy']}"]
        for case in sorted(CASES.glob(code))[:1]:
            lines += ["", f"Example: [tests/cases/{case.name}](../tests/cases/{case.name})"]
    return "\n".join([*lines, ""])


def main() -> int:
    """Write the page if it is stale; with --check only say so and return 1."""
    path = DOCS / "findings.md"
    if path.exists() and path.read_text(encoding="utf-8") == page():
        return 0
    print(path.name)
    if "--check" in sys.argv:
        return 1
    path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
