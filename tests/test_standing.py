"""Standing where people see it: strictness, the receipt, and what explains a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from capxbrl import explanation, pipeline, readings, ties
from capxbrl.cli import main
from capxbrl.decisions import CURRENCY, FACE, SCALE_OF_MONEY, YOU, decide
from capxbrl.decisions.told import sentence
from capxbrl.findings import Finding, Position, Severity
from capxbrl.model import Decision, Standing, Unit, Witness
from capxbrl.options import choose

PAGE = """
                 EXAMPLE CORP
                BALANCE SHEETS
{caption}
                        June 30, 2009   December 31, 2008
Cash                        {cash}           1,100
Receivables                  2,345           2,200
Total assets                 3,579           3,300
Payables                     1,111           1,000
Equity                       2,468           2,300
Total liabilities and equity 3,579           3,300
"""
SOUND = PAGE.format(caption="             (in thousands of U.S. dollars)", cash="1,234")
SILENT = PAGE.format(caption="", cash="1,234")
WRONG = PAGE.format(caption="             (in thousands of U.S. dollars)", cash="1,254")


def doubtful(page: str, *, strict: bool) -> list[Finding]:
    document, _ = pipeline.load(page.encode(), "page.txt")
    found = pipeline.analyse(document, choose(strict=strict)).findings
    return [f for f in found if f.code == "reading.doubtful"]


def test_a_doubtful_reading_is_an_error_for_who_asks_for_it() -> None:
    assert not doubtful(SOUND, strict=True)
    found = doubtful(SILENT, strict=True)
    assert {f.severity for f in found} == {Severity.ERROR} and all(f.at and f.hint for f in found)
    assert any(SCALE_OF_MONEY in f.message and "nothing says it" in f.message for f in found)


def test_one_cause_is_told_once_with_the_count_of_its_figures() -> None:
    found = [f for f in doubtful(SILENT, strict=True) if SCALE_OF_MONEY in f.message]
    assert len(found) == 1 and found[0].message.startswith("12 figures are doubtful")


def test_what_another_finding_tells_is_told_once() -> None:
    """Without strictness the scale has a finding of its own, and so has a sum that fails."""
    assert not doubtful(SILENT, strict=False) and not doubtful(WRONG, strict=False)
    (finding,) = doubtful(WRONG, strict=True)
    assert "the sum 'Total assets'" in finding.message


def test_strictness_is_the_exit_status(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SILENT)
    assert CliRunner().invoke(main, ["facts", str(tmp_path / "page.txt")]).exit_code == 0
    assert CliRunner().invoke(main, ["facts", str(tmp_path / "page.txt"), "--strict"]).exit_code == 1


def test_a_decision_in_a_sentence() -> None:
    at = Position(source="page.txt", line=12)
    said = Witness(value="3", says="'(in thousands)' says thousands", at=at)
    proof = Witness(
        value="3",
        says="EPS x shares is net income in 4 columns",
        at=Position(source="page.txt", line=30),
        independent=True,
    )
    against = Witness(value="6", says="the text says revenue of $15.5 million", independent=True)
    assert sentence(decide(SCALE_OF_MONEY, [said, proof])) == (
        "scale of money: thousands; said at line 12: '(in thousands)' says thousands; "
        "proved, since EPS x shares is net income in 4 columns (line 30)"
    )
    assert sentence(decide(SCALE_OF_MONEY, [said, proof, against])).endswith(
        "but the text says revenue of $15.5 million, which is millions - doubtful"
    )
    assert sentence(decide(CURRENCY, [], default="USD")) == "currency: USD; nothing says it - doubtful"
    assert sentence(decide(CURRENCY, [Witness(value="CAD", says=YOU)])) == "currency: CAD, assumed by you"


def test_the_receipt_says_how_the_page_was_read(reference: Path) -> None:
    document, _ = pipeline.load(reference)
    told = explanation.how_read(pipeline.analyse(document)[0].statements)
    assert told.startswith("How the page was read\n")
    assert "scale of money: thousands; said at line 147" in told and "EPS x shares is net income in 4 columns" in told


def test_explain_tells_decisions_standing_and_relations(reference: Path) -> None:
    done = CliRunner().invoke(main, ["explain", str(reference), "f-is-2-1"])
    assert done.exit_code == 0
    assert "scale of money: thousands" in done.output and "currency: USD" in done.output
    assert "f-is-2-1  2009-07-01/2009-09-30  CostOfGoodsSold 18,520,000: " in done.output
    assert "borne out by the sum 'Gross loss' of 2009-07-01/2009-09-30" in done.output
    assert "chosen: CostOfGoodsSold" in done.output and "'Revenue'" not in done.output.split("chosen")[0]


def test_explain_tells_what_is_against_a_line(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(WRONG)
    done = CliRunner().invoke(main, ["explain", str(tmp_path / "page.txt"), "Cash"])
    assert "against it: the sum 'Total assets' of 2009-06-30 do not agree" in done.output
    assert "2009-06-30  Cash 1,254,000: doubtful" in done.output


def test_explain_tells_a_fact_of_the_cover(reference: Path) -> None:
    done = CliRunner().invoke(main, ["explain", str(reference), "Rule 14d-2(b)"])
    assert done.exit_code == 0 and "doubtful" in done.output and "damaged box" in done.output


_OPERATIONS = """
                 EXAMPLE CORP
            STATEMENTS OF OPERATIONS
     (in thousands of U.S. dollars, except per share data)
                                    Three months ended
                               June 30, 2009   June 30, 2008
Revenues                            4,000           3,900
Net loss                             (303)           (152)
Net loss per share                  (0.01)          (0.01)
{shares}
"""


@pytest.mark.parametrize(
    "shares",
    [
        "Weighted average shares            26,554          26,515",
        "Shares used in calculation (000s):\n  Basic                            26,554          26,515",
        "Weighted average shares (in thousands)   26,554          26,515",
    ],
)
def test_a_scale_of_shares_that_a_caption_covers_or_a_heading_says_is_no_doubt(shares: str) -> None:
    page = _OPERATIONS.format(shares=shares)
    document, _ = pipeline.load(page.encode(), "page.txt")
    made, found = pipeline.analyse(document)
    assert {f.value for f in made.facts if f.unit is Unit.SHARES} == {26_554_000, 26_515_000}
    assert "reading.doubtful" not in {f.code for f in found}


def test_the_lines_without_a_concept_are_told_together(tmp_path: Path) -> None:
    strange = "".join(f"Gizmo{c} reserve{' ' * 15}     1,000           1,000\n" for c in "abcde")
    page = SOUND.replace("Receivables ", f"{strange}Receivables ")
    (tmp_path / "page.txt").write_text(page)
    document, _ = pipeline.load(page.encode(), "page.txt")
    (finding,) = [f for f in pipeline.analyse(document).findings if f.code == "tag.unknown-label"]
    assert finding.message.startswith("no standard concept for ") and finding.message.endswith(" more")
    rows = CliRunner().invoke(main, ["unknown", str(tmp_path / "page.txt")]).output
    assert all(f"Gizmo{c} reserve" in rows for c in "abcde")


def test_a_table_that_may_be_an_extract_is_for_the_record() -> None:
    """Its figures are what they are; who asks for strictness has an error of it."""
    document, _ = pipeline.load(SOUND.encode(), "page.txt")
    made, _ = pipeline.analyse(document)
    extract = Decision(subject=FACE, value="balance_sheet", standing=Standing.DOUBTFUL)
    tagged = tuple(
        replace(t, statement=replace(t.statement, decisions=(*t.statement.decisions, extract))) for t in made.tagged
    )
    related = ties.relations(tagged)
    for strict, severity in ((False, Severity.NOTE), (True, Severity.ERROR)):
        (finding,) = readings.doubtful(readings.weigh(tagged, related), related, (), (), strict=strict)
        assert finding.severity is severity and finding.message.startswith("12 figures are doubtful: face statement")
