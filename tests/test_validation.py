"""The reference filing through Arelle: nothing to complain about, the facts come back; and reports broken on purpose,
each told with the line of the source it came from."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import capxbrl as cx
from capxbrl import gate, pipeline, writers
from capxbrl.files import save
from capxbrl.model import Fact, Report
from capxbrl.pipeline import traced
from capxbrl.readers import read


@pytest.fixture(scope="module")
def made() -> cx.Conversion:
    return cx.convert(Path(__file__).parent.parent / "examples" / "capstone-2009-11-09.txt")


def test_arelle_has_nothing_to_say(made: cx.Conversion) -> None:
    assert made.validation is not None
    assert made.validation.findings == ()
    assert [c.name for c in made.validation.checks if c.ran]
    assert b"valid: 0 errors, 0 warnings" in made.files["receipt.txt"]


def test_what_arelle_reads_back_is_the_report(made: cx.Conversion) -> None:
    assert made.validation is not None
    back = {f.id: f for f in made.validation.facts}
    members = {c.id: c.members for c in made.report.contexts}
    assert set(back) == {f.id for f in made.facts}
    for fact in made.facts:
        read_fact = back[fact.id]
        assert read_fact.concept == fact.concept.qname
        assert read_fact.value == fact.value, fact.id
        assert read_fact.decimals == fact.decimals
        assert (read_fact.start, read_fact.end) == (fact.period.start, fact.period.end)
        assert read_fact.unit == (fact.unit.value if fact.unit else None)
        assert (read_fact.scheme, read_fact.entity) == (made.entity.scheme, made.entity.identifier)
        assert read_fact.members == members[fact.context]


@pytest.mark.filterwarnings("ignore:Format ixt")
def test_a_second_reader_sees_the_same_figures(made: cx.Conversion) -> None:
    """ixbrlparse shares no code with Arelle."""
    from ixbrlparse import IXBRL

    back = {n.soup_tag.get("id"): n for n in IXBRL(io.StringIO(made.files["report.xhtml"].decode())).numeric}
    figures = [f for f in made.facts if isinstance(f.value, Decimal)]
    assert set(back) == {f.id for f in figures}
    for fact in figures:
        read_back = back[fact.id]
        assert f"{read_back.schema}:{read_back.name}" == fact.concept.qname
        assert read_back.value == pytest.approx(float(fact.value))
        assert (read_back.context.instant or read_back.context.enddate) == fact.period.end


def test_the_output_is_complete_and_always_the_same(made: cx.Conversion, reference: Path) -> None:
    assert set(made.files) >= {
        "report.xhtml",
        "report.xbri",
        "cpst-20091109.xsd",
        "cpst-20091109_lab.xml",
        "cpst-20091109_pre.xml",
        "cpst-20091109_cal.xml",
        "facts.csv",
        "findings.txt",
        "findings.json",
        "viewer.html",
        "ixbrlviewer.js",
        "receipt.txt",
    }
    again = cx.convert(reference)
    assert {n for n in made.files if made.files[n] != again.files[n]} == set()


# --- broken on purpose ---------------------------------------------------------------------------------------------


def fact_of(report: Report, concept: str) -> Fact:
    return next(f for f in report.facts if f.concept.name == concept)


def changed(report: Report, old: Fact, **new: object) -> Report:
    return replace(report, facts=tuple(replace(f, **new) if f is old else f for f in report.facts))  # type: ignore[arg-type]


def wrong_total(report: Report) -> tuple[Report, Fact]:
    text = report.document.text.replace("61,929", "61,999")
    document = read(text.encode(), report.document.name).value
    total = fact_of(report, "AssetsCurrent")
    return changed(replace(report, document=document), total, shown="61,999", value=Decimal(61999000)), total


def wrong_period_type(report: Report) -> tuple[Report, Fact]:
    cash = fact_of(report, "CashAndCashEquivalentsAtCarryingValue")
    return changed(report, cash, concept=fact_of(report, "Revenues").concept), cash


def unknown_concept(report: Report) -> tuple[Report, Fact]:
    cash = fact_of(report, "CashAndCashEquivalentsAtCarryingValue")
    return changed(report, cash, concept=replace(cash.concept, name="NoSuchConcept")), cash


def bad_transformation(report: Report) -> tuple[Report, Fact]:
    date = fact_of(report, "DocumentPeriodEndDate")
    return changed(report, date, format="ixt:date-day-month-year"), date


def other_duplicate(report: Report) -> tuple[Report, Fact]:
    inventory = fact_of(report, "InventoryNet")
    return changed(report, inventory, concept=fact_of(report, "OtherAssetsNoncurrent").concept), inventory


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (wrong_total, "calc11e:inconsistentCalculation"),
        (wrong_period_type, "xbrl.4.7.2"),
        (unknown_concept, "missingReferences"),
        (bad_transformation, "transformValueError"),
        (other_duplicate, "duplicateFacts"),
    ],
)
def test_a_broken_report_fails_at_its_line(
    made: cx.Conversion, tmp_path: Path, damage: Callable[[Report], tuple[Report, Fact]], code: str
) -> None:
    report, fact = damage(made.report)
    save(writers.write(report, ["package"]), tmp_path)
    found = [traced(f, report) for f in gate.validate(tmp_path / writers.PACKAGE).findings]
    errors = [f for f in found if f.severity is cx.Severity.ERROR]
    assert errors, "the gate let it pass"
    assert [(f.code, f.at) for f in errors if f.at and f.at.line == fact.at.line and code.lower() in f.code.lower()], [
        (f.code, str(f.at), f.message) for f in errors
    ]


def test_conversion_tells_of_what_the_validator_finds(made: cx.Conversion) -> None:
    assert pipeline.traced(
        cx.Finding(code="x", severity=cx.Severity.ERROR, message="m", fact="f-bs-3-1"), made.report
    ).at == next(f.at for f in made.facts if f.id == "f-bs-3-1")


CASH_FLOWS = """ACME INC. CONSOLIDATED STATEMENTS OF CASH FLOWS

(In thousands)

\tYear Ended December 31,\t
\t2008\t2007
Cash flows from operating activities:
Net income\t90\t80
Depreciation\t10\t10
Net cash provided by operating activities\t100\t90
Cash flows from investing activities:
Purchases of property and equipment\t(40)\t(50)
Net cash used in investing activities\t(40)\t(50)
Cash flows from financing activities:
Dividends paid\t(30)\t(20)
Net cash used in financing activities\t(30)\t(20)
Net increase in cash and cash equivalents\t30\t20
Cash and cash equivalents at beginning of year\t120\t100
Cash and cash equivalents at end of year\t150\t120
"""


def test_opening_and_closing_balances(tmp_path: Path) -> None:
    path = tmp_path / "flows.txt"
    path.write_text(CASH_FLOWS, encoding="utf-8")
    made = cx.convert(path, viewer=False)
    cash = [f for f in made.facts if f.concept.name == "CashAndCashEquivalentsAtCarryingValue"]
    assert [(str(f.period), f.value) for f in cash] == [
        ("2007-12-31", 120000),
        ("2006-12-31", 100000),
        ("2008-12-31", 150000),
        ("2007-12-31", 120000),
    ]
    assert made.validation is not None and made.validation.findings == ()
