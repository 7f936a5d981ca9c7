"""The command line: what it prints, where, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result

import capxbrl
from capxbrl import commands
from capxbrl.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_facts_are_a_table_on_standard_output(reference: Path) -> None:
    done = run("facts", reference)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.exit_code == 0 and not done.stderr
    assert list(rows[0])[:12] == [
        "statement",
        "place",
        "label",
        "concept",
        "period",
        "unit",
        "decimals",
        "value",
        "extension",
        "confidence",
        "why",
        "source",
    ]
    assert len([r for r in rows if r["statement"] != "cover"]) == 132
    assert len([r for r in rows if r["statement"] == "cover"]) == 16
    (state,) = [r for r in rows if r["concept"] == "capx-dei:EntityIncorporationStateCountryCode"]
    assert state["value"] == "DE" and state["source"].endswith("txt:17:1")


def test_facts_as_json_and_as_a_table_for_people(reference: Path) -> None:
    assert len(json.loads(run("facts", reference, "--format", "json").stdout)["facts"]) == 148
    table = run("facts", reference, "--format", "table").stdout
    assert "capx-gaap:Assets" in table and "75,897,000" in table


def test_the_reference_filing_is_exactly_right(shared: Path, reference: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text(run("facts", reference).stdout, encoding="utf-8")
    case = shared / "cases" / reference.stem
    for name, more in (("statements", []), ("cover", ["--statements", "cover"])):
        words = [sys.executable, shared / "tools" / "exact.py", case / f"expected.{name}.csv", facts, *more]
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_check_tells_many_notes_of_one_kind_as_one(reference: Path) -> None:
    every = [f["code"] for f in json.loads(run("check", reference, "--format", "json").stdout)["findings"]]
    code = max(set(every), key=lambda c: (every.count(c), c))
    assert every.count(code) > 2
    assert run("check", reference).stdout.count(f"[{code}]") == 1
    assert run("check", reference, "--all").stdout.count(f"[{code}]") == every.count(code)


def test_check_prints_findings_as_editors_expect_them(reference: Path) -> None:
    done = run("check", reference)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "[tag.unknown-label]" in line)
    assert lines[at].startswith(f"{reference.name}:130:1: warning: no standard concept for 'Warrant liability'")
    assert lines[at + 1].lstrip().startswith("130 | Warrant liability")
    assert lines[at + 2].startswith("  hint: ")
    found = json.loads(run("check", reference, "--format", "json").stdout)["findings"]
    assert {"code", "severity", "message", "source", "line", "column", "fact", "hint"} == set(found[0])


def test_unknown_rows_become_overrides(reference: Path, tmp_path: Path) -> None:
    rows = run("unknown", reference).stdout
    assert rows.splitlines()[:2] == [
        "statement,label,under,concept,negate,note",
        "balance_sheet,Warrant liability,Current Liabilities:,,,",
    ]
    assert all(",question " in row for row in rows.splitlines()[2:])
    mine = tmp_path / "mine.csv"
    rows = "\n".join(rows.splitlines()[:2]) + "\n"
    mine.write_text(rows.replace("Liabilities:,,,", "Liabilities:,DerivativeLiabilitiesCurrent,,"), encoding="utf-8")
    done = run("facts", reference, "--overrides", mine)
    assert "capx-gaap:DerivativeLiabilitiesCurrent" in done.stdout and "override mine.csv:2" in done.stdout
    assert "Warrant" not in run("unknown", reference, "--overrides", mine).stdout


def test_a_wrong_override_names_file_and_line(reference: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("statement,label,under,concept,negate,note\nbalance,Cash,,Cash,,\n", encoding="utf-8")
    done = run("facts", reference, "--overrides", mine)
    assert done.exit_code == 2 and done.stderr.startswith(f"capxbrl: {mine}:2: the statement is 'balance'")


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 2, "the file is empty"),
        (b" \n\t\n", 2, "the file is empty"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, 2, "a JPEG picture"),
        (bytes(range(256)) * 40, 2, "binary"),
        (b"PK\x03\x04" + bytes(100), 2, "a zip archive"),
        (b"Dear shareholders,\n\nthere is nothing to report.\n", 1, "no financial statement was found"),
    ],
)
@pytest.mark.parametrize("command", ["facts", "check", "unknown", "convert"])
def test_bad_input_gets_a_clear_message(tmp_path: Path, command: str, data: bytes, status: int, words: str) -> None:
    path = tmp_path / "input.txt"
    path.write_bytes(data)
    out = tmp_path / "out"
    done = run(command, path, *(["-o", out] if command == "convert" else []))
    assert done.exit_code == status
    assert words in done.output and "Traceback" not in done.output
    assert status == 1 or not out.exists()


def test_a_large_file_of_digits_is_refused_or_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "digits.txt"
    path.write_bytes(b"1234567890" * 1_000_000)
    begin = time.process_time()
    assert run("facts", path).exit_code in (1, 2)
    assert time.process_time() - begin < 10


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert run("facts", tmp_path / "absent.txt").exit_code == 2
    assert run("facts", tmp_path).exit_code == 2
    assert run("facts").exit_code == 2


def test_a_copy_cut_in_the_middle_gives_what_it_holds(reference: Path, tmp_path: Path) -> None:
    text = reference.read_text(encoding="utf-8")
    path = tmp_path / "cut.txt"
    path.write_text(text[: text.index("Additional paid-in capital")], encoding="utf-8")
    done = run("check", path)
    assert done.exit_code == 0 and "[statement.incomplete]" in done.stdout
    rows = list(csv.DictReader(io.StringIO(run("facts", path).stdout)))
    assert {r["concept"] for r in rows} >= {"capx-gaap:Assets", "capx-gaap:CommonStockValue"}


def test_help_has_examples_and_the_version_is_told() -> None:
    assert capxbrl.__version__ in run("--version").output
    for command in commands.names():
        text = run(command, "--help").output
        assert f"capxbrl {command} " in text and ("Example" in text), command


def test_an_excerpt_of_a_long_line_is_the_part_that_is_meant() -> None:
    from capxbrl.findings import Finding, Position, Severity, describe

    line = "<p>" + "word " * 60 + "<b>here</b> it is " + "more " * 60
    at = Position(source="x.htm", line=1, column=line.index("here") + 1)
    shown = describe(Finding(code="x.y", severity=Severity.NOTE, message="look", at=at), [line]).splitlines()[1]
    assert shown.startswith("        1 | ... here it is more more") and shown.endswith(" ...") and len(shown) < 140


def test_a_shell_completes_commands_options_and_their_values() -> None:
    shell = BashComplete(main, {}, "capxbrl", "_CAPXBRL_COMPLETE")

    def offered(words: list[str], begun: str) -> list[str]:
        return [item.value for item in shell.get_completions(words, begun)]

    assert offered([], "ver") == ["verify"]
    assert offered(["convert"], "--no-v") == ["--no-validate"]
    assert offered(["check", "--format"], "") == ["text", "json", "sarif", "github"]
    assert [item.type for item in shell.get_completions(["convert"], "exam")] == ["file"]
