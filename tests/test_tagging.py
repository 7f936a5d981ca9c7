"""The concept of a line, how sure it is, its sign, and what a person can say about it."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import capxbrl as cx
from capxbrl import footing, naming, pipeline, statements, tagging, taxonomy
from capxbrl.cli import main
from capxbrl.findings import BadData
from capxbrl.learning import datasets, examples
from capxbrl.model import Match, Statement, Tagged
from capxbrl.options import Options
from capxbrl.tagging import labels, rank, tables
from capxbrl.tagging.models import lines as line_model
from capxbrl.tagging.models import precedents

BALANCE_SHEET = """CONDENSED CONSOLIDATED BALANCE SHEETS
(In thousands)

\tJune 30, 2009\tDecember 31, 2008
ASSETS\t\t
Current assets:\t\t
Cash and cash equivalents\t$ 120\t$ 90
Accounts receivable, net\t300\t310
Inventories\t200\t180
Frobnicated gizmo quotas\t17\t11
Total current assets\t637\t591
Property, plant and equipment, net\t800\t820
Goodwill\t63\t63
Total\t$ 1,500\t$ 1,474
LIABILITIES AND STOCKHOLDERS' EQUITY\t\t
Current liabilities:\t\t
Accounts payable\t$ 150\t$ 140
Total current liabilities\t150\t140
Long-term debt\t400\t430
Total liabilities\t550\t570
Common stock\t10\t10
Additional paid-in capital\t500\t490
Retained earnings\t500\t460
Treasury stock, at cost\t(60)\t(56)
Total stockholders' equity\t950\t904
Total\t$ 1,500\t$ 1,474
"""


def tagged(page: str, **options: object) -> tuple[Tagged, ...]:
    document, _ = cx.read(page.encode(), "page.txt")
    found, _ = statements.parse_statements(document)
    proofs, _ = footing.foot(found)
    return tagging.tag(found, proofs, taxonomy.load(), **options).value  # type: ignore[arg-type]


def chosen(made: Tagged) -> list[tuple[str, Match]]:
    return [
        (line.label, one.matches[0]) for line, one in zip(made.statement.lines, made.lines, strict=True) if one.matches
    ]


@pytest.fixture(scope="module")
def sheet() -> dict[str, Match]:
    (made,) = tagged(BALANCE_SHEET)
    return dict(chosen(made)[:-1])


def test_common_lines_get_their_concepts(sheet: dict[str, Match]) -> None:
    for label, concept in {
        "Cash and cash equivalents": "CashAndCashEquivalentsAtCarryingValue",
        "Accounts receivable, net": "AccountsReceivableNetCurrent",
        "Inventories": "InventoryNet",
        "Goodwill": "Goodwill",
        "Total current liabilities": "LiabilitiesCurrent",
        "Retained earnings": "RetainedEarningsAccumulatedDeficit",
        "Total stockholders' equity": "StockholdersEquity",
    }.items():
        assert sheet[label].concept.name == concept
        assert tagging.tolerances.TAGS.confidence <= sheet[label].confidence <= 1


def test_bare_totals_are_told_by_the_two_sides() -> None:
    (made,) = tagged(BALANCE_SHEET)
    totals = [match.concept.name for label, match in chosen(made) if label == "Total"]
    assert totals == ["Assets", "LiabilitiesAndStockholdersEquity"]


def test_the_sign_follows_the_balance(sheet: dict[str, Match]) -> None:
    assert sheet["Treasury stock, at cost"].weight == -1  # printed in parentheses, a positive treasury stock
    assert sheet["Long-term debt"].weight == 1


def test_a_line_that_nothing_fits_becomes_an_extension(sheet: dict[str, Match]) -> None:
    match = sheet["Frobnicated gizmo quotas"]
    assert match.concept.extension
    assert match.concept.name == "FrobnicatedGizmoQuotas"
    assert (match.concept.balance, match.concept.period, match.concept.parent) == ("debit", "instant", "AssetsCurrent")


def test_an_extension_is_told_with_a_ready_row() -> None:
    document, _ = cx.read(BALANCE_SHEET.encode(), "page.txt")
    found, _ = statements.parse_statements(document)
    _, findings = tagging.tag(found, footing.foot(found).value, taxonomy.load())
    finding = next(f for f in findings if "Frobnicated" in f.message)
    assert finding.code == "tag.unknown-label" and finding.at is not None and finding.at.line == 10
    assert (
        finding.hint is not None
        and "balance_sheet,Frobnicated gizmo quotas,Current assets:,OtherAssetsCurrent,," in finding.hint
    )


def test_no_concept_stands_for_two_figures(reference: Path) -> None:
    made, _ = pipeline.analyse(pipeline.load(reference).value)
    for one in made.tagged:
        seen: dict[str, Statement] = {}
        for label, match in chosen(one):
            if match.concept.name in seen:
                assert one.statement.kind == "cash_flow", (label, match.concept.name)
            seen[match.concept.name] = one.statement


def test_a_stricter_user_gets_more_extensions() -> None:
    (made,) = tagged(BALANCE_SHEET)
    (strict,) = tagged(BALANCE_SHEET, min_confidence=0.999)

    def own(one: Tagged) -> int:
        return sum(match.concept.extension for _, match in chosen(one))

    assert own(strict) > own(made)


def test_overrides_decide_first(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "statement,label,under,concept,negate,note\n"
        "balance_sheet,Frobnicated gizmo quotas,current assets,OtherAssetsCurrent,,\n"
        "balance_sheet,Goodwill,,MyOwnGoodwill,true,\n"
    )
    (made,) = tagged(BALANCE_SHEET, overrides=tagging.load_overrides([path]))
    match = dict(chosen(made))["Frobnicated gizmo quotas"]
    assert (match.concept.name, match.confidence, match.why) == ("OtherAssetsCurrent", 1.0, "override mine.csv:2")
    own = dict(chosen(made))["Goodwill"]
    assert (own.concept.name, own.concept.extension, own.weight) == ("MyOwnGoodwill", True, -1)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("balance,Cash,,Assets,,", "the statement is 'balance'"),
        ("balance_sheet,,,Assets,,", "the label is empty"),
        ("balance_sheet,Cash,,cash money,,", "no concept name"),
        ("balance_sheet,Cash,,Assets,perhaps,", "negate is 'perhaps'"),
        ("balance_sheet,Cash", "not as many cells"),
    ],
)
def test_wrong_overrides_are_refused_with_their_line(row: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"statement,label,under,concept,negate,note\n{row}\n")
    with pytest.raises(BadData, match=complaint) as error:
        tagging.load_overrides([path])
    assert f"{path}:2" in str(error.value)


@pytest.mark.parametrize("said", ["true", "TRUE", "True ", "1", "false", "FALSE", "0", ""])
def test_a_sign_is_read_as_spreadsheets_write_it(said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"statement,label,under,concept,negate,note\nbalance_sheet,Cash,,Assets,{said},\n")
    (row,) = tagging.load_overrides([path])
    assert row.negate == {"t": -1, "1": -1, "f": 1, "0": 1}.get(said[:1].lower())


def test_a_corrected_facts_file_gives_the_overrides_that_make_it(reference: Path, tmp_path: Path) -> None:
    made, _ = pipeline.analyse(pipeline.load(reference).value)
    from capxbrl.writers import facts

    rows = list(csv.DictReader(facts.as_csv(made.report).splitlines()))
    assert tagging.implied_overrides(made.tagged, _write(tmp_path / "same.csv", rows)).count("\n") == 1
    for row in rows:
        if (row["place"] == "cell" and row["label"] == "Goodwill") or row["label"] == "Inventories":
            row["concept"] = "capx-gaap:OtherAssetsCurrent"
    implied = tagging.implied_overrides(made.tagged, _write(tmp_path / "corrected.csv", rows))
    (tmp_path / "mine.csv").write_text(implied)
    again, _ = pipeline.analyse(pipeline.load(reference).value, Options(overrides=(tmp_path / "mine.csv",)))
    names = {
        line.label: m.concept.name
        for t in again.tagged
        for line, one in zip(t.statement.lines, t.lines, strict=True)
        for m in one.matches
    }
    assert names["Inventories"] == "OtherAssetsCurrent"
    assert names["Total current assets"] == "AssetsCurrent"


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_explain_names_candidates_and_evidence(reference: Path) -> None:
    done = CliRunner().invoke(main, ["explain", str(reference), "total current assets"])
    assert done.exit_code == 0, done.output
    assert "chosen: AssetsCurrent, confidence" in done.output
    assert "companies" in done.output and "against" in done.output
    none = CliRunner().invoke(main, ["explain", str(reference), "no such line at all"])
    assert none.exit_code == 2


def test_signs_and_shares_are_probabilities() -> None:
    lines = [
        line_model.Seen("Cash and cash equivalents", "BS", "CA"),
        line_model.Seen("Total current assets", "BS", "CA"),
    ]
    known = tables.learned()
    (told,) = rank.measure([lines], known, (), precedents.said(known.precedents, [lines]))
    shares = rank.weigh(told)
    assert [shares[told.line == at].sum() for at in range(2)] == pytest.approx([1, 1])
    for row in rank.rank([lines], known, ())[0]:
        assert 0.98 < sum(r.share for r in row) <= 1.000001
        assert [r.share for r in row] == sorted((r.share for r in row), reverse=True) and rank.OWN in {
            r.name for r in row
        }


def test_lines_without_a_known_word_and_statements_without_lines_are_ranked() -> None:
    strange = [line_model.Seen("Zzyzx", "BS", "CA"), line_model.Seen("", "BS", "CA")]
    first, second = rank.rank([strange, []], tables.learned(), ())
    assert len(first) == 2 and all(first) and second == []


def test_the_rest_of_the_filing_tells_net_income_apart() -> None:
    """Net income includes noncontrolling interests where the filing has any."""
    plain = [
        line_model.Seen(x, "IS") for x in ("Revenues", "Income before income taxes", "Income tax expense", "Net income")
    ]
    with_nci = [
        *plain,
        line_model.Seen("Net income attributable to noncontrolling interests", "IS"),
        line_model.Seen("Net income attributable to the company", "IS"),
    ]

    def share(lines: list[line_model.Seen], name: str) -> float:
        has = line_model.marks(labels.normalise(line.label) for line in lines)
        return next((r.share for r in rank.rank([lines], tables.learned(), has)[0][3] if r.name == name), 0.0)

    assert share(with_nci, "ProfitLoss") > 0.5 > share(plain, "ProfitLoss")
    assert share(plain, "NetIncomeLoss") > share(with_nci, "NetIncomeLoss")


def test_a_company_with_the_same_lines_goes_before_a_synonym(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped row says AdditionalPaidInCapital; this filer's later filing says otherwise."""
    (before,) = tagged(BALANCE_SHEET)
    assert dict(chosen(before))["Additional paid-in capital"].why.startswith("synonym")
    (statement,) = statements.parse_statements(cx.read(BALANCE_SHEET.encode(), "page.txt").value).value
    given = {label: match.concept.name for label, match in chosen(before)} | {
        "Additional paid-in capital": "AdditionalPaidInCapitalCommonStock"
    }
    lines = tuple((line.label, given[line.label]) for line in statement.lines if any(line.amounts))
    types = {c.name: c.type for c in taxonomy.load().concepts.values()}
    shipped = tables.learned()
    mine = examples.precedents_of(
        [datasets.Filing("1", "a", (datasets.Shown("BS", True, lines),))], types, shipped.lines.concepts
    )
    monkeypatch.setattr(tables, "learned", lambda path=None: replace(shipped, precedents=mine))
    (after,) = tagged(BALANCE_SHEET)
    match = dict(chosen(after))["Additional paid-in capital"]
    assert match.concept.name == "AdditionalPaidInCapitalCommonStock" and "same lines" in match.why
    assert dict(chosen(after))["Frobnicated gizmo quotas"].concept.extension


def test_a_synonym_may_say_that_there_is_no_concept() -> None:
    (made,) = tagged(BALANCE_SHEET.replace("Long-term debt", "Warrant liability"))
    match = dict(chosen(made))["Warrant liability"]
    assert match.concept.extension and match.why.startswith("synonym")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Warrant liability", "WarrantLiability"),
        ("Gain on the sale of a plant", "GainOnSaleOfPlant"),
        ("Notes & loans (net of $12)", "NotesAndLoans"),
        ("INVESTMENTS HELD", "InvestmentsHeld"),
        ("401(k) plan", "KPlan"),
        ("123", ""),
    ],
)
def test_names_of_extensions(label: str, name: str) -> None:
    assert naming.camel_case(label) == name


def test_nothing_is_loaded_at_import_and_little_time_is_taken(reference: Path) -> None:
    code = "import sys, capxbrl.tagging; print([m for m in ('numpy', 'pandas', 'rapidfuzz') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
    document, _ = pipeline.load(reference)
    found, _ = statements.parse_statements(document)
    proofs, _ = footing.foot(found)
    known = taxonomy.load()
    tagging.tag(found, proofs, known)
    # The goals are 30 ms for a filing and 300 ms for the table; a busy machine gets ten times as much.
    start = time.process_time()
    tagging.tag(found, proofs, known)
    assert time.process_time() - start < 0.3
    tables.learned.cache_clear()
    start = time.process_time()
    tables.learned()
    assert time.process_time() - start < 3


def test_the_shipped_table_is_small() -> None:
    from capxbrl.resources import taxonomies

    assert (taxonomies() / "capx-gaap" / "learned.zip").stat().st_size < 5_000_000


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK not a table")
    with pytest.raises(BadData, match="no learned table"):
        tables.learned(path)


def test_a_filing_is_ranked_in_one_thread(monkeypatch, reference):
    """OpenBLAS would go on turning in a loop for longer than the conversion takes."""
    from threadpoolctl import threadpool_info

    def threads():
        return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]

    seen, measure = [], rank.measure
    monkeypatch.setattr(rank, "measure", lambda *given: (seen.append(threads()), measure(*given))[1])
    before = threads()
    pipeline.convert(reference, validate=False)
    assert seen and seen[0] and set(seen[0]) == {1}
    assert threads() == before
