"""Columns that are parts of the company: left out and told, or, with all tables, facts with axis and member."""

from __future__ import annotations

from pathlib import Path

import pytest

from capxbrl import pipeline
from capxbrl.model import Report
from capxbrl.options import Options

PAGE = """ALDER MILLS INC
CONSOLIDATED STATEMENTS OF INCOME
Year ended December 31, 2003
(In thousands)

{heads}
Net sales                                    $ 6,100       $ 3,300       $ 9,400
Cost of sales                                  5,000         2,200         7,200
Gross profit                                   1,100         1,100         2,200
Selling and administrative expenses              500           500         1,000
Operating income                                 600           600         1,200
Income taxes                                     200           250           450
Net income                                   $   400       $   350       $   750
"""
YEARS = """ALDER MILLS INC
CONSOLIDATED STATEMENTS OF INCOME
(In thousands)

                                       Year ended December 31, 2003              Year ended December 31, 2002
                                  Retail     Wholesale        Total        Retail     Wholesale        Total
Net sales                        $ 6,100       $ 3,300      $ 9,400       $ 5,100       $ 3,000      $ 8,100
Cost of sales                      5,000         2,200        7,200         4,000         2,000        6,000
Gross profit                       1,100         1,100        2,200         1,100         1,000        2,100
Operating expenses                   500           500        1,000           500           500        1,000
Operating income                     600           600        1,200           600           500        1,100
Income taxes                         200           250          450           200           200          400
Net income                       $   400       $   350      $   750       $   400       $   300      $   700
"""


def read(page: str, *, all_tables: bool = True) -> Report:
    document = pipeline.load(page.encode(), "page.txt").value
    return pipeline.analyse(document, Options(all_tables=all_tables)).value.report


def facts(report: Report, concept: str) -> set[tuple[str, str, str]]:
    """(year, axis=member, value) of the facts of a concept."""
    members = {c.id: c.members for c in report.contexts}
    local = {c: ";".join(f"{a.rpartition(':')[2]}={m.rpartition(':')[2]}" for a, m in ms) for c, ms in members.items()}
    return {(str(f.period.end.year), local[f.context], str(f.value)) for f in report.facts if f.concept.name == concept}


def heads(*names: str) -> str:
    return " " * 38 + "".join(f"{name:>14}" for name in names)


@pytest.mark.parametrize(
    ("first", "second", "axis", "members"),
    [
        ("Products", "Services", "ProductOrServiceAxis", ("ProductMember", "ServiceMember")),
        ("Licenses", "Maintenance", "ProductOrServiceAxis", ("LicensesMember", "MaintenanceMember")),
        ("Automotive", "Financial", "StatementBusinessSegmentsAxis", ("AutomotiveMember", "FinancialMember")),
        ("Class A", "Class B", "StatementClassOfStockAxis", ("CommonClassAMember", "CommonClassBMember")),
    ],
)
def test_the_parts_of_a_total_carry_axis_and_member(
    first: str, second: str, axis: str, members: tuple[str, str]
) -> None:
    report = read(PAGE.format(heads=heads(first, second, "Total")))
    assert facts(report, "SalesRevenueNet") == {
        ("2003", "", "9400000"),
        ("2003", f"{axis}={members[0]}", "6100000"),
        ("2003", f"{axis}={members[1]}", "3300000"),
    }
    assert len(facts(report, "NetIncomeLoss")) == 3


def test_the_parts_of_two_years_have_the_same_members() -> None:
    made = facts(read(YEARS), "OperatingIncomeLoss")
    axis = "StatementBusinessSegmentsAxis"
    assert made == {
        ("2003", "", "1200000"),
        ("2002", "", "1100000"),
        ("2003", f"{axis}=RetailMember", "600000"),
        ("2003", f"{axis}=WholesaleMember", "600000"),
        ("2002", f"{axis}=RetailMember", "600000"),
        ("2002", f"{axis}=WholesaleMember", "500000"),
    }


@pytest.mark.parametrize("page", [PAGE.format(heads=heads("Products", "Services", "Total")), YEARS])
def test_without_all_tables_the_company_alone_is_read(page: str) -> None:
    made = facts(read(page, all_tables=False), "NetIncomeLoss")
    assert made and all(not member for _, member, _ in made)


def test_columns_that_do_not_add_up_are_no_parts() -> None:
    page = PAGE.format(heads=heads("Products", "Services", "Total")).replace("9,400", "9,900").replace("7,200", "7,900")
    page = page.replace("2,200\n", "2,000\n").replace("1,000\n", "1,100\n").replace("450\n", "470\n")
    assert all(not member for _, member, _ in facts(read(page), "SalesRevenueNet"))


@pytest.mark.parametrize("page", [PAGE.format(heads=heads("Products", "Services", "Total")), YEARS])
def test_parts_are_valid_xbrl(page: str, tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(page)
    made = pipeline.convert(source, all_tables=True, cik="1234567", viewer=False)
    assert not any(f.severity == "error" for f in made.findings)
    assert made.validation is not None and made.validation.valid
