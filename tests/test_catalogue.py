"""Every finding has its page: docs/findings.csv names the codes that the code has, no more and no less."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.findings import Severity, counted, numbered
from capxbrl.statements import parse_statements

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "docs" / "findings.csv"
CASES = ROOT / "tests" / "cases"
#: A string of this shape is a code, unless it is the name of a file. What ends in a point is completed from a table:
#: the catalogue has it with a *.
_CODE = re.compile(r"[a-z]+\.(?:[a-z]+(?:-[a-z]+)*)?")
_FILE = re.compile(r".*\.(?:css|csv|html|js|jsonl?|txt|xbri|xhtml|xml|xsd|zip|py|md|xlsx|parquet|sarif)")
_TOLD = re.compile(r"^.*?\b(error|warning|note): .*\[([a-z]+\.[a-z-]+)\]$", re.M)
#: Codes without a case, and why.
_NO_CASE = {
    **{
        f"efm.{name}": "a guard: tests/test_efm_rules.py"
        for name in (
            *("contexts", "duplicates", "sign", "decimals", "labels", "presentation", "calculation", "names"),
            *("identifier", "cover"),
        )
    },
    **{
        f"history.{name}": "of several filings: tests/test_history.py"
        for name in (
            *("company", "concept", "currency", "disagrees", "gap", "left-out", "no-facts", "own-element"),
            *("restated", "twice", "undated", "unreadable", "year-end"),
        )
    },
    "folder.changed": "of a folder of output: tests/test_folder.py",
    "folder.missing": "of a folder of output: tests/test_folder.py",
    "folder.receipt": "of a folder of output: tests/test_folder.py",
    "folder.stranger": "of a folder of output: tests/test_folder.py",
    "gate.audit": "of many validations: tests/test_gate.py",
    "gate.crash": "the validator itself fails: tests/test_gate.py",
    "gate.active-content": "of a viewer: tests/test_active.py",
    "gate.no-oim": "the writer of Arelle itself fails: tests/test_oim.py",
    "gate.no-taxonomy": "of a validation: tests/test_references.py",
    "gate.memory-limit": "of a validation: tests/test_limits.py",
    "gate.no-transformations": "of a validation: tests/test_sec.py",
    "gate.time-limit": "of a validation: tests/test_limits.py",
    "gate.no-viewer": "the viewer itself fails: tests/test_gate.py",
    "ocr.doubtful": "its input needs the extra ocr: tests/test_ocr.py",
    "ocr.read": "its input needs the extra ocr: tests/test_ocr.py",
    "statements.too-long": "its input is large: below",
    "statements.too-many": "its input is large: below",
    "sign.turned": "a guard: tests/test_signs.py has every sign right",
    "report.overlap": "a guard: no two readers give places that overlap in part",
    "report.cover": "a guard: no reader gives two values for one fact of the cover",
    "report.layout": "of an option and a kind of document: tests/test_layout_source.py",
    "report.not-in-place": "of an option: tests/test_layout_source.py",
}


def catalogue() -> dict[str, dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def used() -> dict[str, str]:
    """{code: where it stands in the code}."""
    out: dict[str, str] = {}
    for path in sorted((ROOT / "capxbrl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if _CODE.fullmatch(text) and not _FILE.fullmatch(text) and text != "capxbrl.":
                out.setdefault(f"{text}*" if text.endswith(".") else text, f"{path.relative_to(ROOT)}:{node.lineno}")
    return out


def test_every_code_is_in_the_catalogue() -> None:
    missing = {code: place for code, place in used().items() if code not in catalogue()}
    assert not missing, "add a row code,severity,meaning,remedy to docs/findings.csv, then `python docs/build.py`"


def test_every_row_is_a_code() -> None:
    assert not set(catalogue()) - set(used()), "these are told by nothing: take the rows out"


def test_the_rows_are_in_order_and_whole() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["code", "severity", "meaning", "remedy"]
    assert all(len(row) == 4 and all(row) for row in rows)
    assert [row[0] for row in rows[1:]] == sorted({row[0] for row in rows[1:]})


def test_the_page_is_made_from_the_catalogue() -> None:
    done = subprocess.run([sys.executable, ROOT / "docs" / "build.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, f"`python docs/build.py` makes {done.stdout}{done.stderr}"


def told(case: Path) -> set[tuple[str, str]]:
    """(code, severity) of everything that a case expects."""
    path = case / "expected.findings.txt"
    return {(code, severity) for severity, code in _TOLD.findall(path.read_text("utf-8"))} if path.exists() else set()


@pytest.mark.parametrize("code", sorted(set(catalogue()) - set(_NO_CASE)))
def test_every_code_has_a_case(code: str) -> None:
    cases = [case for case in CASES.glob(code) if case.name in {c for c, _ in told(case)}]
    assert cases, f"no folder tests/cases/{code} tells {code}: add a small input"


def test_no_reason_outlives_its_code() -> None:
    assert set(_NO_CASE) <= set(catalogue())


def test_the_severities_are_those_that_are_told() -> None:
    for code, severity in sorted(set().union(*(told(case) for case in CASES.iterdir()))):
        if code in catalogue():
            assert severity in catalogue()[code]["severity"].split(" or "), f"{code} is told as {severity}"


def test_one_helper_counts() -> None:
    """ "1 words have", "so do 1 more figures": the number of a word is chosen in one place."""
    assert [counted(n, "word has", "words have") for n in (0, 1, 2)] == ["0 words have", "1 word has", "2 words have"]
    assert [numbered(n, "page") for n in (1, 2)] == ["page", "pages"]
    by_hand = re.compile(r"""(['"])s\1 (?:if|\*)|else ['"]s['"]}""")
    paths = (ROOT / "capxbrl").rglob("*.py")
    assert [str(p) for p in paths if by_hand.search(p.read_text(encoding="utf-8"))] == []


def test_a_file_of_many_filings() -> None:
    sheet = (
        "GADGET CORP CONSOLIDATED BALANCE SHEETS\n\n\tJune 30, 2009\tJune 30, 2008\nCash\t1\t2\nTotal assets\t1\t2\n\n"
    )
    document, _ = pipeline.load((sheet * 420).encode(), "many.txt")
    (told_once,) = (f for f in parse_statements(document).findings if f.code == "statements.too-many")
    assert told_once.severity is Severity.WARNING and told_once.at is not None and told_once.hint


def _listed(rows: int, title: str) -> str:
    body = "".join(f"Item {n}\t{n + 3:,}\t{n + 7:,}\n" for n in range(rows))
    return f"GADGET CORP\n\n{title}\n\n\tJune 30, 2009\tJune 30, 2008\n{body}Total assets\t1\t2\n"


def test_a_statement_of_hundreds_of_lines_is_read_where_its_title_names_one() -> None:
    for title, lines in (("CONSOLIDATED BALANCE SHEETS", 801), ("SCHEDULE OF INVESTMENTS", 0)):
        document, _ = pipeline.load(_listed(800, title).encode(), "long.txt")
        assert sum(len(s.lines) for s in parse_statements(document).value) == lines, title


def test_a_table_that_is_too_long_is_told() -> None:
    document, _ = pipeline.load(_listed(5000, "CONSOLIDATED BALANCE SHEETS").encode(), "list.txt")
    (told,) = (f for f in parse_statements(document).findings if f.code == "statements.too-long")
    assert "5,002 rows" in told.message and told.at is not None and told.hint
