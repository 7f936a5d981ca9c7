"""The report of a filing: contexts, signs, extension concepts, sums, and what gives way when two values meet."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from capxbrl import CapxbrlError, pipeline
from capxbrl.model import Report, Unit
from capxbrl.options import Options
from capxbrl.readers import text
from capxbrl.reports.names import namespace_of


def report_of(source: str | bytes, **options: object) -> Report:
    data = source.encode() if isinstance(source, str) else source
    return pipeline.analyse(text.read(data, "x.txt").value, Options(**options))[0].report  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of((Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt").read_bytes())


def values(report: Report, concept: str) -> list[Decimal | str]:
    return [f.value for f in report.facts if f.concept.name == concept]


def test_signs_follow_the_concept_not_the_look(report: Report) -> None:
    assert values(report, "InterestExpense") == [143000, 275000]
    assert values(report, "GrossProfit") == [-2998000, -327000, -5835000, -1429000]
    assert values(report, "TreasuryStockValue") == [1039000, 962000]
    assert values(report, "OperatingIncomeLoss")[0] == -12109000


def test_contexts_and_units(report: Report) -> None:
    assert [c.id for c in report.contexts] == [
        "c-20091109-20091109",
        "c-20090930",
        "c-20090331",
        "c-20090701-20090930",
        "c-20080701-20080930",
        "c-20090401-20090930",
        "c-20080401-20080930",
    ]
    assert report.units == (Unit.USD, Unit.SHARES, Unit.PER_SHARE)
    assert report.entity.scheme == "http://www.irs.gov/ein" and report.entity.identifier == "95-4180883"


def test_ids_are_unique_and_readable(report: Report) -> None:
    ids = [f.id for f in report.facts]
    assert len(ids) == len(set(ids))
    assert {"f-bs-3-1", "f-cover-1", "f-is-16-1", "f-is-16-1b"} <= set(ids)


def test_the_extension_has_a_balance_a_place_and_a_sum(report: Report) -> None:
    (own,) = report.extension.concepts
    assert (own.name, own.prefix, own.balance, own.period, own.type) == (
        "WarrantLiability",
        "cpst",
        "credit",
        "instant",
        "monetary",
    )
    balance = next(r for r in report.extension.roles if r.id == "BalanceSheet")
    assert own in [n.concept for n in balance.nodes]
    assert ("LiabilitiesCurrent", "WarrantLiability", 1) in [(t.name, p.name, w) for t, p, w in balance.arcs]
    assert report.extension.namespace == "http://capxbrl.example/filer/95-4180883/20091109"


def test_the_sums_are_those_of_the_page(report: Report) -> None:
    arcs = {(t.name, p.name): w for r in report.extension.roles for t, p, w in r.arcs}
    totals = {t for t, _ in arcs}
    assert totals == {
        "AssetsCurrent",
        "Assets",
        "LiabilitiesCurrent",
        "StockholdersEquity",
        "LiabilitiesAndStockholdersEquity",
        "GrossProfit",
        "OperatingExpenses",
        "OperatingIncomeLoss",
        "NetIncomeLoss",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
    }
    assert arcs["StockholdersEquity", "TreasuryStockValue"] == -1
    assert arcs["OperatingIncomeLoss", "OperatingExpenses"] == -1
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    facts = {(f.concept.name, f.context): f.value for f in report.facts}
    for (total, part), weight in arcs.items():
        for (name, context), value in facts.items():
            if name == part and isinstance(value, Decimal):
                sums[total, context] += weight * value
    assert len(sums) == 30
    assert all(facts[key] == value for key, value in sums.items())


def test_every_concept_used_is_presented(report: Report) -> None:
    shown = {n.concept.qname for r in report.extension.roles for n in r.nodes}
    assert {f.concept.qname for f in report.facts} <= shown


PAGE = """ACME CONSOLIDATED BALANCE SHEETS

(In thousands)

\tDecember 31, 2008\tDecember 31, 2007
Assets
Cash\t100\t90
Total assets\t100\t90
Liabilities and equity
Notes payable\t60\t50
Notes payable\t10\t10
Stockholders' equity\t30\t30
Total liabilities and stockholders' equity\t100\t90
"""


def test_two_values_never_share_a_concept_and_context() -> None:
    report = report_of(PAGE)
    places: dict[tuple[str, str, str], set[object]] = defaultdict(set)
    for fact in report.facts:
        places[fact.concept.qname, fact.context, str(fact.unit)].add(fact.value)
    assert all(len(seen) == 1 for seen in places.values())
    assert sorted(f.value for f in report.facts if f.context == "c-20081231") == [
        10000,
        30000,
        60000,
        100000,
        100000,
        100000,
    ]  # type: ignore[type-var]


@pytest.mark.parametrize(
    "base",
    [
        *(
            "",
            "x",
            "http://",
            "http://[::1",
            "http://[zz]/",
            "http://a b/",
            "http://a/\n",
            "http://a:99999/",
            "urn:a:b",
        ),
        *(
            'http://a/"><b>',
            "http://a/%zz",
            "http://a/ü",
            "http://a/../b",
            "http://a/?b",
            "http://a/#b",
            "http://a/[b]",
        ),
        *("HTTP://A.example/", "file:///etc", "javascript:run()", "http://a/" + "b" * 2000),
    ],
)
def test_a_namespace_base_that_no_schema_could_have(base: str) -> None:
    with pytest.raises(CapxbrlError, match="absolute URL"):
        namespace_of(base, "1", "20091231")


@pytest.mark.parametrize("base", ["http://[::1]/", "http://[2001:db8::1]:8080/x", "https://a.example/b'(c)&d/%C3%BC/"])
def test_a_namespace_base_of_odd_characters(base: str) -> None:
    assert namespace_of(base, "1", "20091231") == f"{base.rstrip('/')}/filer/1/20091231"


def test_the_namespace_base_is_the_users(report: Report) -> None:
    own = report_of(PAGE, namespace_base="https://filer.example/xbrl/")
    assert own.extension.namespace.startswith("https://filer.example/xbrl/filer/")
    with pytest.raises(CapxbrlError, match="absolute URL"):
        report_of(PAGE, namespace_base="nonsense")
