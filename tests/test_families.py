"""A family of near-synonyms is chosen before its member; synonyms tell the words of older filings, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import footing, pipeline, statements, tagging, taxonomy
from capxbrl.findings import BadData
from capxbrl.model import Statement, Tagged
from capxbrl.options import Options
from capxbrl.tagging import choice, tables
from capxbrl.tagging.candidates import Candidate
from capxbrl.tagging.extensions import extension

INCOME = """CONSOLIDATED STATEMENTS OF INCOME
(In thousands, except per share data)

\tYear Ended December 31,
\t1994\t1993
Net sales\t$ 9,000\t$ 8,000
Cost of sales\t6,000\t5,500
Gross margin\t3,000\t2,500
Selling and administrative expenses\t1,800\t1,700
Operating profit\t1,200\t800
Provision for taxes on income\t400\t300
Earnings before cumulative effect of accounting change\t800\t500
Cumulative effect of accounting change\t--\t(120)
Net earnings\t$ 800\t$ 380
Primary earnings per share:
Earnings before cumulative effect of accounting change\t$ 1.60\t$ 1.00
Cumulative effect of accounting change\t--\t(.24)
Net earnings per share\t$ 1.60\t$ .76
"""


def tagged(page: str) -> tuple[Tagged, ...]:
    found, _ = statements.parse_statements(cx.read(page.encode(), "page.txt").value)
    return tagging.tag(found, footing.foot(found).value, taxonomy.load()).value


def names(page: str) -> list[str]:
    (made,) = tagged(page)
    return [line.matches[0].concept.name for line in made.lines if line.matches]


def page(*rows: str) -> Statement:
    text = "CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n\tJune 30, 2009\tJune 30, 2008\n" + "\n".join(rows) + "\n"
    (statement,) = statements.parse_statements(cx.read(text.encode(), "page.txt").value).value
    return statement


def option(name: str, score: float, *, named: bool = False) -> Candidate:
    concept = taxonomy.load().concepts[name] if name else None
    return Candidate(concept=concept, score=score, why="", named=named)


def test_families_are_of_one_kind_and_prefer_one_member_a_vintage() -> None:
    members = tables.families()
    groups = {m.family for m in members.values()}
    assert 35 <= len(groups) <= 45
    for group in groups:
        for vintage in ("2009", "2025"):
            assert sum(vintage in m.preferred for m in members.values() if m.family == group) == 1, (group, vintage)


def test_a_family_is_surer_than_its_members() -> None:
    statement = page("Term debt\t900\t800", "Total assets\t2,000\t1,900")
    split = [option("LongTermDebtNoncurrent", 0.4), option("LongTermDebt", 0.38), option("", 0.22)]
    first, second = choice.choose(statement, [split, [option("Assets", 1.0)]], 0.64)
    assert first is not None and first.called == "LongTermDebtNoncurrent" and first.score == pytest.approx(0.4)
    assert first.others == ("LongTermDebtNoncurrent", "LongTermDebt")
    assert second is not None and second.called == "Assets"


def test_a_part_does_not_take_a_synonym_of_its_total() -> None:
    statement = page("Trade\t900\t800", "Total receivables\t1,000\t950")
    part = [option("AccountsReceivableNetCurrent", 0.4), option("ReceivablesNetCurrent", 0.3), option("", 0.3)]
    first, second = choice.choose(statement, [part, [option("ReceivablesNetCurrent", 0.95)]], 0.64)
    assert first is not None and first.concept is None
    assert second is not None and second.called == "ReceivablesNetCurrent"


def test_a_line_called_as_an_element_takes_it() -> None:
    statement = page("Goodwill\t900\t800", "Total assets\t2,000\t1,900")
    named = [option("", 0.6), option("Goodwill", 0.4, named=True)]
    first, _ = choice.choose(statement, [named, [option("Assets", 1.0)]], 0.64)
    assert first is not None and first.called == "Goodwill"


def test_words_before_2000_have_elements() -> None:
    assert names(INCOME) == [
        "SalesRevenueNet",
        "CostOfGoodsAndServicesSold",
        "GrossProfit",
        "SellingGeneralAndAdministrativeExpense",
        "OperatingIncomeLoss",
        "IncomeTaxExpenseBenefit",
        "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple",
        "CumulativeEffectOfChangeInAccountingPrinciplePresentedOnIncomeStatementNetOfTax",
        "NetIncomeLoss",
        "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciplePerBasicShare",
        "CumulativeEffectOfChangeInAccountingPrincipleNetOfTaxPerBasicShare",
        "EarningsPerShareBasic",
    ]


def test_a_heading_is_told_by_whole_words() -> None:
    rows = [
        tables.Synonym(statement="", label="debt", under=u, concept=c, negate=None, source="")
        for u, c in (("current liability", "DebtCurrent"), ("", "LongTermDebt"))
    ]
    assert tables.find(rows, "balance_sheet", ["current liability"]) is rows[0]
    assert tables.find(rows, "balance_sheet", ["noncurrent liability"]) is rows[1]


def test_no_synonym_is_told_twice() -> None:
    concepts = taxonomy.load().concepts
    seen = set()
    for rows in tables.synonyms().values():
        for row in rows:
            key = row.statement, row.label, row.under, concepts[row.concept].type if row.concept else ""
            assert key not in seen, row.source
            seen.add(key)
    assert len(seen) > 300


def test_a_clear_majority_of_the_companies_outvotes_a_synonym() -> None:
    """A row against what companies do with the label is one of an element that they could not know."""
    concepts = taxonomy.load().concepts
    short = {"balance_sheet": "BS", "income_statement": "IS", "cash_flow": "CF"}
    unit = {"monetary": "", "shares": "#", "perShare": "/"}
    against = []
    for label, rows in tables.synonyms().items():
        for row in rows:
            if not row.concept or row.under or dict(concepts[row.concept].vintages).get("2009") != row.concept:
                continue
            counts = tables.learned().counts.get(short[row.statement], unit[concepts[row.concept].type], label)
            companies = sum(n for _, n in counts)
            if companies >= 5 and any(name not in ("", row.concept) and n > 0.6 * companies for name, n in counts):
                against.append(row.source)
    assert against == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,NoSuchConcept,2009,why", "is no concept"),
        ("a,Assets,2009,", "say how"),
        ("a,Assets,2009,why\na,Revenues,,why", "differs in type or period"),
        ("a,Assets,2009,why\nb,Assets,,why", "is there twice"),
    ],
)
def test_wrong_families_are_refused_with_their_line(
    row: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "capx-gaap"
    folder.mkdir()
    (folder / "families.csv").write_text(f"family,concept,preferred,differs\n{row}\n")
    taxonomy.load()
    monkeypatch.setattr(tables, "taxonomies", lambda: tmp_path)
    with pytest.raises(BadData, match=f"families.csv:[23].*{complaint}"):
        tables.families.__wrapped__()


def test_the_element_of_a_total_goes_to_no_part() -> None:
    """Several of our concepts are one element of a later vintage: the total has the right to it, however sure a part
    is.
    """
    rows = (
        "Revenues:\t\t",
        "Product\t600\t500",
        "Service\t400\t350",
        "Total revenues\t1,000\t850",
        "Cost of revenues\t300\t250",
        "Gross profit\t700\t600",
    )
    text = "STATEMENTS OF INCOME\n(In thousands)\n\n\tYear Ended December 31,\n\t2009\t2008\n" + "\n".join(rows) + "\n"
    made, _ = pipeline.analyse(pipeline.load(text.encode(), "page.txt").value, Options(taxonomy="us-gaap-2025"))
    given = {f.label: (f.concept.name, f.context.rpartition("-")[2]) for f in made.report.facts}
    assert given["Total revenues"] == ("Revenues", "20081231")
    assert given["Product"] == ("Revenues", "ProductMember")
    assert given["Service"] == ("Revenues", "ServiceMember")


def test_no_name_with_a_number_stands_beside_an_element() -> None:
    """A second line with the label of an element is told by its heading or its statement."""
    statement = page("Deposits\t900\t800", "Total assets\t2,000\t1,900")
    own = Candidate(concept=None, score=0.9, why="")
    foot = footing.foot((statement,)).value[0]
    made = extension(statement, 0, own, "credit", foot, [own, None], taxonomy.load(), {})
    assert made.name == "DepositsBalanceSheet"


@pytest.mark.parametrize("words", ["Cash", "Cash and cash equivalents", "Cash in bank", "Investments in securities"])
def test_the_only_asset_is_not_the_total_of_assets(words: str) -> None:
    """A shell company: what it has, its total assets and the other side are three lines with the same figures."""
    rows = (
        f"{words}\t$ 900\t$ 800",
        "Total assets\t$ 900\t$ 800",
        "Accrued liabilities\t100\t100",
        "Deficit accumulated during the development stage\t800\t700",
        "Total liabilities and stockholders' equity\t$ 900\t$ 800",
    )
    sheet = "CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n\tJune 30, 2009\tJune 30, 2008\n" + "\n".join(rows) + "\n"
    only, total, *_, last = names(sheet)
    assert (total, last) == ("Assets", "LiabilitiesAndStockholdersEquity") and only != "Assets"


def test_totals_without_words_are_the_two_sides() -> None:
    rows = (
        "Cash\t$ 900\t$ 800",
        "Inventories\t100\t50",
        "\t$ 1,000\t$ 850",
        "Accounts payable\t100\t100",
        "Retained earnings\t900\t750",
        "\t$ 1,000\t$ 850",
    )
    sheet = "CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n\tJune 30, 2009\tJune 30, 2008\n" + "\n".join(rows) + "\n"
    made = names(sheet)
    assert (made[2], made[-1]) == ("Assets", "LiabilitiesAndStockholdersEquity")


def test_each_line_without_an_element_is_told_with_what_it_may_be() -> None:
    sheet = "Fixtures of hinge forges\t900\t800\nAdvances on hinge rods\t300\t200\nTotal assets\t$ 1,200\t$ 1,000"
    found = (page(*sheet.split("\n")),)
    told = tagging.tag(found, footing.foot(found).value, taxonomy.load(), min_confidence=0.99).findings
    (unknown,) = [f for f in told if f.code == "tag.unknown-label"]
    assert "(line 6; one of " in unknown.message and "balance_sheet,Advances on hinge rods,," in (unknown.hint or "")
