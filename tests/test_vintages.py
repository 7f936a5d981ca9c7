"""A report in the elements of a year: names, balances, signs and cover of that vintage, chosen by the filing's own
date.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from capxbrl.taxonomies import vintages as table

from capxbrl import pipeline, taxonomy
from capxbrl.findings import BadData
from capxbrl.model import Concept, Fact, ItemType, PeriodType
from capxbrl.options import Options
from capxbrl.resources import taxonomies
from capxbrl.tagging import tables

YEARS = ("2009", "2011", "2012", "2013", "2014", "2015", "2016", "2025")

#: Item types of the published elements that mean ours.
KINDS = {
    "monetary": ("monetaryItemType",),
    "perShare": ("perShareItemType",),
    "shares": ("sharesItemType",),
    "domain": ("domainItemType",),
}

INCOME = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME
(In thousands)

\tYear Ended December 31,
\t{year}\t{last}
Net sales\t$ 6,100\t$ 5,100
Cost of sales\t4,000\t3,500
Gross profit\t2,100\t1,600
Income taxes\t600\t500
Net income\t1,500\t1,100
Other comprehensive income, net of tax:
Defined benefit plans adjustment, net of tax\t100\t(30)
Foreign currency translation adjustment\t(50)\t20
Comprehensive income\t$ 1,550\t$ 1,090
"""


def facts(year: int, name: str) -> dict[str, Fact]:
    """Label -> fact of the first column."""
    document = pipeline.load(INCOME.format(year=year, last=year - 1).encode(), "page.txt").value
    made, _ = pipeline.analyse(document, Options(taxonomy=name))
    out: dict[str, Fact] = {}
    for fact in made.report.facts:
        out.setdefault(fact.label, fact)
    return out


@pytest.mark.parametrize("year", YEARS)
def test_every_element_stands_in_its_year(year: str, shared: Path) -> None:
    with (shared / "taxonomies" / "elements-by-year.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if year in (*r["years"].split(), *r["in_linkbases"].split())]
    there = {r["name"]: r for r in rows if r["taxonomy"] == "us-gaap"}
    made = taxonomy.load(f"us-gaap-{year}")
    assert sum(e.prefix == "us-gaap" for e in made.elements.values()) > 1300
    for qname, element in made.elements.items():
        if element.prefix != "us-gaap":
            continue
        concept, row = made.concepts[qname.partition(":")[2]], there[element.name]
        if row["balance"] and year >= row["changes"].partition(":")[0]:
            assert (qname, element.balance) == (qname, row["balance"])
            corrected = {concept.name, element.name} in ({f"{name}1", name} for name in (concept.name, element.name))
            opposite = concept.balance and concept.balance != row["balance"] and not corrected
            assert element.sign == (-1 if opposite else 1 if corrected else element.sign)
        if row["period"] and not concept.abstract:
            assert (qname, row["period"]) == (qname, concept.period)
        if row["type"] and not concept.abstract and concept.type in KINDS and year >= row["changes"].partition(":")[0]:
            assert row["type"] in KINDS[concept.type], qname


def test_the_table_is_what_the_lists_give(shared: Path) -> None:
    made = table.table(shared / "taxonomies" / "elements-by-year.csv")
    assert made == (taxonomies() / "us-gaap" / "elements.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "name", "told"),
    [
        ("1997-06-30", "us-gaap-2009", True),
        ("2009-09-30", "us-gaap-2009", False),
        ("2010-12-31", "us-gaap-2009", True),
        ("2013-12-31", "us-gaap-2013", False),
        ("2018-12-31", "us-gaap-2016", True),
        ("2023-12-31", "us-gaap-2025", True),
    ],
)
def test_a_filing_is_written_in_the_elements_of_its_year(day: str, name: str, told: bool) -> None:
    made, findings = taxonomy.vintage_of("us-gaap", dt.date.fromisoformat(day))
    assert made.name == name
    assert [f.code for f in findings] == ["taxonomy.vintage"] * told


def test_an_unknown_vintage_is_named() -> None:
    with pytest.raises(BadData, match=r"us-gaap-2010.*known: capx-gaap, us-gaap, us-gaap-2009"):
        taxonomy.vintage_of("us-gaap-2010", None)


def test_revenue_before_2018_is_no_revenue_from_contracts() -> None:
    assert facts(2014, "us-gaap-2025")["Net sales"].concept.qname == "us-gaap:Revenues"
    assert (
        facts(2021, "us-gaap-2025")["Net sales"].concept.name == "RevenueFromContractWithCustomerExcludingAssessedTax"
    )
    assert facts(2014, "us-gaap")["Net sales"].concept.qname == "us-gaap:SalesRevenueNet"


def test_the_value_is_turned_where_the_element_counts_the_other_way() -> None:
    """Pensions in other comprehensive income: no balance in 2009, a debit since 2012; translation has a credit."""
    label = "Defined benefit plans adjustment, net of tax"
    for year, name, value in (
        (2009, "us-gaap-2009", 100_000),
        (2014, "us-gaap-2014", -100_000),
        (2024, "us-gaap-2025", -100_000),
    ):
        made = facts(year, name)
        if not made[label].concept.extension:
            assert (made[label].value, made[label].concept.balance) == (value, "" if value > 0 else "debit")
        assert made["Foreign currency translation adjustment"].value == -50_000


def test_a_balance_that_ours_lacks_turns_only_what_counts_down() -> None:
    def oci(name: str) -> Concept:
        return Concept(name=f"OtherComprehensiveIncome{name}", type=ItemType.MONETARY, period=PeriodType.DURATION)

    assert [table.meant(oci(n)) for n in ("LossNetOfTaxPeriodIncreaseDecrease", "HedgesBeforeTax", "HedgesTax")] == [
        "credit",
        "credit",
        "debit",
    ]
    assert table.ranges(("2009", "2011", "2012", "2025"), YEARS) == "2009-2012 2025"


def test_what_a_vintage_lacks_is_the_filers_own_under_its_name() -> None:
    made = taxonomy.load("us-gaap-2009")
    assert "capx-dei:DocumentType" in made.elements and "capx-dei:Security12bTitle" not in made.elements
    assert "Security12bTitle" not in made.reserved()
    assert taxonomy.load("us-gaap-2025").elements["capx-dei:Security12bTitle"].prefix == "dei"


def test_products_and_services_are_members_where_a_line_shares_their_element() -> None:
    """Their total, and each other, are written with one element; alone, either is the whole."""
    page = INCOME.replace(
        "Net sales\t$ 6,100\t$ 5,100", "Products\t$ 4,000\t$ 3,500\nServices\t2,100\t1,600\nTotal\t6,100\t5,100"
    )
    page = page.replace("Cost of sales\t4,000\t3,500", "Cost of products\t3,000\t2,600\nCost of services\t1,000\t900")
    document = pipeline.load(page.format(year=2024, last=2023).encode(), "page.txt").value
    made, _ = pipeline.analyse(document, Options(taxonomy="us-gaap"))
    revenue = "RevenueFromContractWithCustomerExcludingAssessedTax"
    members = {c.id: tuple(m for _, m in c.members) for c in made.report.contexts}
    found = {(f.label, f.concept.name, members[f.context]) for f in made.report.facts}
    assert ("Products", revenue, ("us-gaap:ProductMember",)) in found
    assert ("Services", revenue, ("us-gaap:ServiceMember",)) in found
    assert ("Total", revenue, ()) in found
    assert ("Cost of products", "CostOfGoodsAndServicesSold", ("us-gaap:ProductMember",)) in found
    assert ("Cost of services", "CostOfGoodsAndServicesSold", ("us-gaap:ServiceMember",)) in found
    (role,) = [r for r in made.report.extension.roles if r.dimensions]
    assert role.dimensions[0][0].qname == "srt:ProductOrServiceAxis"
    alone = facts(2024, "us-gaap")["Net sales"]
    assert "Member" not in alone.context


PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxes"


def tagged(year: int, rows: str) -> dict[str, str]:
    """Label -> concept of capx-gaap."""
    head = f"CONSOLIDATED STATEMENTS OF INCOME\n(In thousands)\n\n\tYear Ended December 31,\n\t{year}\t{year - 1}\n"
    made, _ = pipeline.analyse(pipeline.load((head + rows).encode(), "page.txt").value)
    (one,) = made.tagged
    lines = zip(one.statement.lines, one.lines, strict=True)
    return {line.label: tags.matches[0].concept.name for line, tags in lines if tags.matches}


ROWS = """Net sales\t$ 9,400\t$ 8,800
Cost of sales\t6,300\t6,000
Gross profit\t3,100\t2,800
Selling, general and administrative expenses\t1,900\t1,800
Operating income\t1,200\t1,000
{above}Income before income taxes\t1,200\t1,000
Income taxes\t450\t380
{below}Net income\t$ 750\t$ 620
"""


@pytest.mark.parametrize(
    ("year", "below", "ending"),
    [
        (2009, "", "MinorityInterestAndIncomeLossFromEquityMethodInvestments"),
        (2015, "", "ExtraordinaryItemsNoncontrollingInterest"),
        (2023, "", "ExtraordinaryItemsNoncontrollingInterest"),
        (
            2023,
            "Equity in earnings of unconsolidated affiliates, net of tax\t40\t30\n",
            "MinorityInterestAndIncomeLossFromEquityMethodInvestments",
        ),
    ],
)
def test_pretax_income_names_investees_where_the_page_shows_them_below(year: int, below: str, ending: str) -> None:
    made = tagged(year, ROWS.format(above="", below=below))
    assert made["Income before income taxes"] == f"{PRETAX}{ending}"


def test_the_new_standards_renamed_revenue() -> None:
    rows = ROWS.format(above="", below="")
    assert tagged(2023, rows)["Net sales"].startswith("RevenueFromContractWithCustomer")
    assert tagged(2016, rows)["Net sales"].startswith("SalesRevenue")
    parts = rows.replace("Net sales", "Products\t$ 5,000\t$ 4,400\nServices\t4,400\t4,400\nNet sales")
    made = tagged(2023, parts)
    assert made["Net sales"] == "RevenueFromContractWithCustomerExcludingAssessedTax"
    assert (made["Products"], made["Services"]) == ("SalesRevenueGoodsNet", "SalesRevenueServicesNet")


def test_the_list_of_published_elements_is_what_the_lists_give(shared: Path) -> None:
    made = table.names(shared / "taxonomies" / "elements-by-year.csv")
    assert table.packed(made) == (taxonomies() / "us-gaap" / "published.zip").read_bytes()


@pytest.mark.parametrize("name", ["us-gaap-2009", "us-gaap-2025"])
def test_no_element_of_the_filers_own_has_the_name_of_a_published_one(name: str) -> None:
    """A line whose words are the name of an element that the page's figures are not for."""
    rows = "Restructuring charges:\nDeposits\t100\t90\nOther\t200\t100\nGoodwill\t50\t40\n"
    page = INCOME.replace("Income taxes\t600", f"{rows}Income taxes\t600").format(year=2009, last=2008)
    made, _ = pipeline.analyse(pipeline.load(page.encode(), "page.txt").value, Options(taxonomy=name))
    known = taxonomy.load(name)
    own = {c.name for c in made.report.extension.concepts}
    assert own and not own & known.published.keys() and not own & {e.name for e in known.elements.values()}


def test_a_heading_is_the_published_one_of_its_name() -> None:
    rows = "Restructuring charges:\nSeverance\t100\t90\nOther\t200\t100\n"
    page = INCOME.replace("Income taxes\t600", f"{rows}Income taxes\t600").format(year=2009, last=2008)
    options = Options(taxonomy="us-gaap-2009")
    made, _ = pipeline.analyse(pipeline.load(page.encode(), "page.txt").value, options)
    nodes = [n for role in made.report.extension.roles for n in role.nodes]
    headings = {n.concept.qname for n in nodes if n.concept.abstract}
    assert headings >= {"us-gaap:RestructuringChargesAbstract", "us-gaap:IncomeStatementAbstract"}


def test_a_state_is_told_by_its_name_until_2019() -> None:
    page = (Path(__file__).parent / "cases" / "cover.checkbox" / "input.txt").read_bytes()
    document = pipeline.load(page, "page.txt").value
    for name, element, hidden in (
        ("us-gaap-2009", "dei:EntityIncorporationStateCountryName", False),
        ("us-gaap-2025", "dei:EntityIncorporationStateCountryCode", True),
    ):
        made, _ = pipeline.analyse(document, Options(taxonomy=name))
        (fact,) = [f for f in made.report.facts if f.concept.name.startswith("EntityIncorporationState")]
        assert (fact.concept.qname, fact.format == "hidden", fact.value == fact.shown) == (element, hidden, not hidden)


NONCASH = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

\tYear Ended December 31,
\t{year}\t{last}
Net income\t$ 1,500\t$ 1,100
Net cash provided by operating activities\t1,500\t1,100
Purchases of property and equipment\t(400)\t(300)
Net cash used in investing activities\t(400)\t(300)
Dividends paid\t(300)\t(300)
Net cash used in financing activities\t(300)\t(300)
Net increase in cash\t800\t500
Cash at beginning of year\t1,200\t700
Cash at end of year\t$ 2,000\t$ 1,200
Supplemental schedule of noncash activities:
Common stock issued for acquisitions\t$ 150\t$ 120
Debt assumed in acquisition\t90\t80
"""


@pytest.mark.parametrize("name", ["capx-gaap", "us-gaap", "us-gaap-2009", "us-gaap-2012", "us-gaap-2025"])
@pytest.mark.parametrize(
    ("year", "debt", "stock"), [(2009, "Assumed", "Issued"), (2014, "Assumed1", "Issued1"), (2025, "Assumed1", "")]
)
def test_what_is_noncash_is_an_instant_until_2011_and_a_flow_since(year: int, debt: str, stock: str, name: str) -> None:
    """No flow gets an element that is an instant, no balance one that is a duration, in any vintage; what a corrected
    balance has renamed counts as before."""
    document = pipeline.load(NONCASH.format(year=year, last=year - 1).encode(), "page.txt").value
    made, _ = pipeline.analyse(document, Options(taxonomy=name))
    contexts = {c.id: c for c in made.report.contexts}
    for fact in made.report.facts:
        assert (contexts[fact.context].period.start is None) == (fact.concept.period is PeriodType.INSTANT)
    found = {fact.label: fact for fact in made.report.facts if contexts[fact.context].period.end.year == year}
    assert found["Debt assumed in acquisition"].concept.name.endswith(f"AcquisitionDebt{debt}")
    issued = found["Common stock issued for acquisitions"]
    assert issued.value == 150_000 and (name != "capx-gaap" or issued.concept.name.endswith(stock))


def test_interest_outside_operations_has_an_element_of_its_own_since_autumn_2024() -> None:
    rule = tables.successors()["InterestExpense"]
    assert (rule.name, rule.since) == ("InterestExpenseNonoperating", dt.date(2024, 9, 1))
    assert tables.successors()["DeferredRevenueCurrent"].since == dt.date(2018, 1, 1)


@pytest.mark.parametrize(
    ("label", "shown", "value"),
    [
        ("Non-service pension income", "150", -150_000),
        ("Non-service pension (income) expense", "(150)", -150_000),
        ("Non-service pension income (expense)", "150", -150_000),
        ("Other components of net periodic benefit income", "150", -150_000),
        ("Other components of net periodic benefit cost", "(150)", 150_000),
        ("Non-service pension expense", "(150)", 150_000),
    ],
)
def test_pension_income_is_an_expense_that_was_reversed(label: str, shown: str, value: int) -> None:
    pretax = 2_000 + (150 if value < 0 else -150)
    rows = f"Operating income\t2,000\t1,800\n{label}\t{shown}\t{shown}\nIncome before income taxes\t{pretax:,}\t"
    rows += f"{pretax - 200:,}\nIncome taxes\t500\t400\nNet income\t$ {pretax - 500:,}\t$ {pretax - 600:,}\n"
    head = "CEDAR HINGES INC\nCONSOLIDATED STATEMENTS OF INCOME\n(In thousands)\n\n"
    head += "\tYear Ended December 31,\n\t2022\t2021\n"
    made, _ = pipeline.analyse(pipeline.load(f"{head}{rows}".encode(), "page.txt").value, Options())
    found = {fact.label: fact for fact in reversed(made.report.facts)}[label]
    assert "ReversalOfExpense" in found.concept.name and found.value == value
