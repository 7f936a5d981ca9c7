"""Make what stands in the sources, too: `python docs/build.py [--check]`.

docs/findings.md of docs/findings.csv, and the table of accuracy in README.md of evals/reading.txt.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from measures import CORPORA, MEASURES, readings

DOCS = Path(__file__).resolve().parent
README = DOCS.parent / "README.md"
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


_TABLE = re.compile(r"(?<=<!-- accuracy, by docs/build.py -->\n).*?(?=<!-- end -->)", re.S)


def readme() -> str:
    """README.md with its table of accuracy as measured: a row a corpus."""
    names = ("figures", *MEASURES, "proved")
    rows = [f"| documents | {' | '.join(names)} |", "| --- " * (len(names) + 1) + "|"]
    rows += [
        f"| {name} ({row['documents']}) | {' | '.join(row[n] for n in names)} |"
        for name, row in readings()
        if name in CORPORA.values()
    ]
    return _TABLE.sub(lambda _: "\n".join([*rows, ""]), README.read_text(encoding="utf-8"))


def main() -> int:
    """Write what is stale; with --check only say so and return 1."""
    made = {DOCS / "findings.md": page(), README: readme()}
    stale = {path: text for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        print(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
