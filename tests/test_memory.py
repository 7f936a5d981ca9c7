"""A company's own memory: what is asked once, what an accepted table answers, and rows that change nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from capxbrl import pipeline, tagging
from capxbrl.cli import main
from capxbrl.model import Match
from capxbrl.options import Options
from capxbrl.pipeline import Conversion
from capxbrl.writers import facts as facts_writer

PAGE = """BIRCH GATES CORP
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

\tYears Ended June 30,
\t{year}\t{last}
Net sales\t$ 9,400\t$ 8,800
Gate tolls\t100\t90
Cost of sales\t6,300\t6,000
Gross profit\t3,200\t2,890
Selling, general and administrative expenses\t1,900\t1,800
Gizmo quota charges\t40\t30
Operating income\t1,260\t1,060
Income taxes\t450\t380
Net income\t$ 810\t$ 680
"""
HEAD = "statement,label,under,concept,negate,note\n"


def convert(year: int = 1996, **options: object) -> Conversion:
    document = pipeline.load(PAGE.format(year=year, last=year - 1).encode(), "page.txt").value
    return pipeline.analyse(document, Options(**options)).value  # type: ignore[arg-type]


def matches(made: Conversion) -> dict[str, Match]:
    (one,) = made.tagged
    return {
        line.label: tags.matches[0] for line, tags in zip(one.statement.lines, one.lines, strict=True) if tags.matches
    }


def write(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_questions_come_with_their_candidates_and_the_rest_with_empty_rows() -> None:
    rows = list(csv.DictReader(tagging.unknown_rows(convert().tagged).splitlines()))
    assert rows and set(rows[0]) == set(HEAD.strip().split(","))
    asked: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        asked.setdefault(row["label"], []).append(row)
    questions = {label: found for label, found in asked.items() if found[0]["note"].startswith("question ")}
    assert len(questions) <= 10
    for found in questions.values():
        assert len(found) >= 2 and all(row["concept"] for row in found)
    for label, found in asked.items():
        if label not in questions:
            assert len(found) == 1 and not found[0]["concept"]


def test_a_question_that_is_answered_is_asked_no_more(tmp_path: Path) -> None:
    lines = tagging.unknown_rows(convert().tagged).splitlines()[1:]
    first = {next(csv.reader([line]))[1]: line for line in reversed(lines) if next(csv.reader([line]))[3]}
    made = convert(overrides=(write(tmp_path / "mine.csv", *first.values()),))
    again = list(csv.DictReader(tagging.unknown_rows(made.tagged).splitlines()))
    assert not {row["label"] for row in again} & set(first)
    # Who keeps all rows of a question is told that the later ones change nothing.
    kept = convert(overrides=(write(tmp_path / "all.csv", *lines),))
    codes = [f.code for f in kept.findings]
    assert ("override.shadowed" in codes) == (len(lines) > len({line.split(",")[1] for line in lines}))


def test_an_accepted_table_is_the_companys_memory(tmp_path: Path) -> None:
    made = convert()
    rows = list(csv.DictReader(facts_writer.as_csv(made.report).splitlines()))
    for row in rows:
        row["concept"] = {
            "Net sales": "capx-gaap:Revenues",
            "Gate tolls": "ext:GateTolls",
            "Gizmo quota charges": "ext:QuotaCharges",
        }.get(row["label"], row["concept"])
    accepted = tmp_path / "facts.csv"
    with accepted.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    memory = tmp_path / "precedents.csv"
    memory.write_text(tagging.implied_precedents(made.tagged, accepted), encoding="utf-8")
    later = matches(convert(1997, precedents=(memory,)))
    assert later["Net sales"].concept.name == "Revenues" and later["Net sales"].why.startswith("precedent ")
    assert (later["Gate tolls"].concept.name, later["Gate tolls"].concept.extension) == ("GateTolls", True)
    assert later["Gizmo quota charges"].concept.name == "QuotaCharges"
    first = matches(made)
    assert all(later[k].concept.name == first[k].concept.name for k in ("Cost of sales", "Gross profit", "Net income"))
    # The caller's own rows go before; a precedent that finds no line is no mistake.
    mine = write(tmp_path / "mine.csv", "income_statement,Net sales,,SalesRevenueNet,,")
    both = convert(1997, precedents=(memory,), overrides=(mine,))
    assert matches(both)["Net sales"].concept.name == "SalesRevenueNet"
    extra = write(tmp_path / "extra.csv", "income_statement,Line of another year,,Revenues,,")
    assert not [f for f in convert(1997, precedents=(extra,)).findings if f.code.startswith("override.")]


@pytest.mark.parametrize(
    ("rows", "codes", "words"),
    [
        (["income_statement,Net sales,,SaleRevenueNet,,"], ["override.unknown-concept"], "SalesRevenueNet"),
        (["income_statement,Net sales,,Zzz,,"], ["override.unknown-concept"], "no concept Zzz;"),
        (["income_statement,Net sales,,ext:NetSalesOfGates,,"], [], ""),
        (["balance_sheet,Net sales,,SalesRevenueNet,,"], ["override.unmatched"], "no line has this label"),
        (["income_statement,Net sales,Another heading,SalesRevenueNet,,"], ["override.unmatched"], "no line"),
        (["income_statement,Net sales,,SalesRevenueNet,,"] * 2, ["override.shadowed"], "mine.csv:2 goes before it"),
        (
            ["income_statement,Net sales,,SalesRevenueNet,,", ",NET SALES,,Revenues,,"],
            ["override.shadowed"],
            "mine.csv:2",
        ),
    ],
)
def test_rows_that_do_not_do_what_they_seem_to(rows: list[str], codes: list[str], words: str, tmp_path: Path) -> None:
    made = convert(overrides=(write(tmp_path / "mine.csv", *rows),))
    found = [f for f in made.findings if f.code.startswith("override.")]
    assert [f.code for f in found] == codes
    for finding in found:
        assert words in finding.message and finding.hint
        assert finding.at is not None and str(finding.at) == f"mine.csv:{len(rows) + 1}"


def test_an_element_of_ones_own_may_be_called_as_a_standard_one_is(tmp_path: Path) -> None:
    made = convert(overrides=(write(tmp_path / "mine.csv", "income_statement,Net sales,,ext:Revenues,,"),))
    assert next(f for f in made.report.facts if f.label == "Net sales").concept.extension


def test_a_finding_about_a_row_shows_no_line_of_the_filing(tmp_path: Path) -> None:
    rows = write(tmp_path / "mine.csv", "income_statement,No such line,,Assets,,")
    page = tmp_path / "page.txt"
    page.write_text(PAGE.format(year=1996, last=1995))
    shown = CliRunner().invoke(main, ["check", str(page), "--overrides", str(rows)]).output
    told = shown[shown.index("mine.csv:2") :].splitlines()
    assert told[1].startswith("  hint:")
