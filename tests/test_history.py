"""The history of a company: quarters printed and derived, values restated, concepts and years that changed, gaps."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from history_pages import (
    BIRCH,
    SALES,
    Y04,
    Y05,
    Company,
    annual,
    day,
    heading,
    lines,
    of_a_year,
    quarterly,
    statement,
    submission,
    write,
)

import capxbrl as cx
from capxbrl.cli import main
from capxbrl.history import GapKind, How, KnownBy, Series, preview
from capxbrl.model import Standing

SALES_CONCEPT = "SalesRevenueNet"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def told(history: cx.History | Series) -> list[str]:
    return [f.code for f in history.findings]


def values(series: Series) -> dict[str, int]:
    return {str(p.slot.end): int(p.value) for p in series.points}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("birch"), **of_a_year())


@pytest.fixture(scope="module")
def birch(pages: list[Path]) -> cx.History:
    return cx.collect(pages)


# --- quarters ---------------------------------------------------------------------------------------------------------


def test_a_quarter_that_nothing_prints_is_the_year_less_nine_months(birch: cx.History) -> None:
    made = birch.series(SALES_CONCEPT, 3)
    assert values(made) == {end: 1000 * sales for end, sales in SALES.items()}
    fourth = made["2005-12-31"]
    assert (fourth.how, fourth.fiscal_year, fourth.fiscal_quarter) == (How.DERIVED, 2005, 4)
    assert [(p.sign, p.entry.row.months, p.entry.source.form) for p in fourth.parts] == [
        (1, 12, "10-K"),
        (-1, 9, "10-Q"),
    ]
    assert {str(p.slot.end) for p in made.points if p.how is How.DERIVED} == {"2004-12-31", "2005-12-31"}
    assert not made.gaps and not made.findings and made.unit == "USD"


def test_printed_quarters_are_confirmed_by_what_follows_from_others(birch: cx.History) -> None:
    made = birch.series(SALES_CONCEPT, 3)
    assert {p.confirmed for p in made.points if p.how is How.PRINTED} == {True}


def test_shares_and_figures_a_share_are_never_derived(birch: cx.History) -> None:
    for name in ("EarningsPerShareBasic", "WeightedAverageNumberOfSharesOutstandingBasic"):
        made = birch.series(name, 3)
        assert all(p.how is How.PRINTED for p in made.points) and len(made.points) == 6
        assert {(str(g.slot.end), g.kind) for g in made.gaps} == {
            ("2004-12-31", GapKind.ONLY_LONGER),
            ("2005-12-31", GapKind.ONLY_LONGER),
        }


def test_a_first_quarter_is_six_months_less_the_second(tmp_path: Path) -> None:
    made = of_a_year()
    history = cx.collect(write(tmp_path, q2=made["q2"], q3=made["q3"]))
    first = history.series(SALES_CONCEPT, 3)["2005-03-31"]
    assert (first.how, int(first.value)) == (How.DERIVED, 1000 * SALES["2005-03-31"])


def test_a_year_of_quarters_alone_is_their_sum(tmp_path: Path) -> None:
    releases = {
        f"r{n}": submission(BIRCH, "8-K", f"2005-{2 + 3 * n:02d}-20", statement(BIRCH, [(heading([q]), [q])]))
        for n, q in enumerate(Y05[:3], 1)
    }
    releases["year"] = submission(BIRCH, "10-K", "2006-03-10", annual(BIRCH, Y05))
    made = cx.collect(write(tmp_path, **releases)).series(SALES_CONCEPT, 3)
    assert (made["2005-12-31"].how, len(made["2005-12-31"].parts)) == (How.DERIVED, 4)
    assert int(made["2005-12-31"].value) == 1000 * SALES["2005-12-31"]


def test_doubtful_figures_make_a_doubtful_difference(pages: list[Path], birch: cx.History) -> None:
    from capxbrl.history.collection import _made

    entries = [
        replace(e, row=replace(e.row, reading="doubtful")) if e.row.months == 12 and e.name == SALES_CONCEPT else e
        for e in birch.entries
    ]
    history = _made(birch.sources, entries, (), birch.calendars)
    made = history.series(SALES_CONCEPT, 3)
    assert made["2005-12-31"].standing is Standing.DOUBTFUL and made["2005-03-31"].standing is not Standing.DOUBTFUL
    least = history.series(SALES_CONCEPT, 3, standing="stated")
    assert (str(least.gaps[-1].slot.end), least.gaps[-1].kind) == ("2005-12-31", GapKind.DOUBTFUL)


def test_a_printed_quarter_that_does_not_follow_is_told(tmp_path: Path) -> None:
    other = replace(BIRCH, sales=SALES | {"2005-06-30": 12_345})
    columns = [(heading(["2005-06-30"]), ["2005-06-30"])]
    release = submission(other, "8-K", "2005-07-20", statement(other, columns))
    half = submission(BIRCH, "10-Q", "2005-08-05", statement(BIRCH, [(heading(Y05[:2]), Y05[:2])]))
    history = cx.collect(write(tmp_path, q1=of_a_year()["q1"], release=release, half=half))
    (found,) = [f for f in history.series(SALES_CONCEPT, 3).findings if f.code == "history.disagrees"]
    assert "half.txt" in found.message and "release.txt" in found.message and "1 more period" in found.message
    assert found.at is not None and found.at.source == "q1.txt"


def test_rounding_is_no_disagreement(tmp_path: Path) -> None:
    made = of_a_year()
    rounded = made["q2"].replace("20,873", "20,874")  # six months of sales, one off
    assert rounded != made["q2"]
    history = cx.collect(write(tmp_path, q1=made["q1"], q2=rounded))
    assert not history.series(SALES_CONCEPT, 3).findings


# --- what filings change ----------------------------------------------------------------------------------------------


def test_restated_values_are_kept_with_the_day_they_are_known_from(tmp_path: Path) -> None:
    later = replace(BIRCH, sales=SALES | {"2004-06-30": 9_700})
    made = of_a_year() | {"q2": submission(later, "10-Q", "2005-08-05", quarterly(later, Y05[:2], Y04[:2]))}
    first = submission(BIRCH, "10-Q", "2004-08-05", quarterly(BIRCH, Y04[:2]))
    history = cx.collect(write(tmp_path, first=first, **made))
    point = history.series(SALES_CONCEPT, 3)["2004-06-30"]
    assert [(int(v.value), str(v.known)) for v in point.vintages] == [
        (9_862_000, "2004-08-05"),
        (9_700_000, "2005-08-05"),
    ]
    assert int(point.value) == 9_700_000 and point.restated
    assert "history.restated" not in told(history.as_of("2005-01-01"))
    before = history.series(SALES_CONCEPT, 3, as_of="2005-01-01")["2004-06-30"]
    assert int(before.value) == 9_862_000 and not before.restated
    found = [f for f in history.findings if f.code == "history.restated"]
    assert found and "9,700,000, before 9,862,000" in found[0].message and found[0].severity is cx.Severity.WARNING


def test_a_figure_is_not_derived_across_a_restatement_without_a_word(tmp_path: Path) -> None:
    # The nine months as first printed, the year as restated: their difference is no quarter.
    later = replace(BIRCH, sales=SALES | {"2005-03-31": 9_000})
    made = of_a_year()
    restated = submission(later, "10-Q/A", "2006-01-15", quarterly(later, Y05[:1], Y04[:1]))
    year = submission(later, "10-K", "2006-03-10", annual(later, Y05, Y04))
    history = cx.collect(write(tmp_path, q2=made["q2"], q3=made["q3"], q1=made["q1"], amended=restated, year=year))
    fourth = history.series(SALES_CONCEPT, 3)["2005-12-31"]
    assert int(fourth.value) == 1000 * SALES["2005-12-31"] and len(fourth.parts) == 4  # the year less three quarters
    short = cx.collect(write(tmp_path, q1=made["q1"], q3=made["q3"], amended=restated, year=year)).series(
        SALES_CONCEPT, 3
    )
    (gap,) = [g for g in short.gaps if str(g.slot.end) == "2005-12-31"]
    assert gap.kind is GapKind.RESTATED and "restated in between" in gap.why


def test_an_amended_filing_is_a_later_vintage(tmp_path: Path) -> None:
    later = replace(BIRCH, sales=SALES | {"2005-03-31": 9_999})
    amended = submission(later, "10-Q/A", "2005-07-01", quarterly(later, Y05[:1], Y04[:1]))
    history = cx.collect(write(tmp_path, q1=of_a_year()["q1"], amended=amended))
    point = history.series(SALES_CONCEPT, 3)["2005-03-31"]
    assert [int(v.value) for v in point.vintages] == [10_119_000, 9_999_000]
    (found,) = [f for f in history.findings if f.code == "history.restated"]
    assert "10-Q/A" in found.message and found.severity is cx.Severity.NOTE


def test_the_same_filing_twice_counts_once(tmp_path: Path, pages: list[Path]) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(pages[0].read_bytes())
    history = cx.collect([*pages, copy])
    assert told(history).count("history.twice") == 1 and len(history.sources) == len(pages)


def test_another_concept_of_the_family_is_bridged_and_said(tmp_path: Path) -> None:
    renamed = replace(BIRCH, sales_label="Total revenues")
    made = of_a_year()
    year = submission(renamed, "10-K", "2006-03-10", annual(renamed, Y05, Y04))
    q3 = submission(renamed, "10-Q", "2005-11-04", quarterly(renamed, Y05[:3], Y04[:3]))
    history = cx.collect(write(tmp_path, q1=made["q1"], q2=made["q2"], q3=q3, year=year))
    assert {SALES_CONCEPT, "Revenues"} <= set(history.concepts)
    series = history.series("Revenues", 3)
    assert values(series) == {end: 1000 * sales for end, sales in SALES.items()}
    assert "SalesRevenueNet stands for Revenues: of one family" in series["2005-03-31"].bridge
    assert not series["2005-09-30"].bridge and told(series) == ["history.concept"]


def test_a_concept_that_no_filing_has_is_that_of_its_family(birch: cx.History) -> None:
    made = birch.series("Revenues", 3)
    assert values(made) == {end: 1000 * sales for end, sales in SALES.items()}
    assert {p.concept for p in made.points} == {SALES_CONCEPT} and all(p.bridge for p in made.points)
    assert made["2005-12-31"].standing is not Standing.PROVED  # nothing but the family says so


def test_two_lines_of_a_page_are_not_one(tmp_path: Path) -> None:
    page = statement(BIRCH, [(heading(Y05[:1]), Y05[:1])]).replace(
        "Cost of sales", "Other revenue\t500\nTotal revenues\t10,619\nCost of sales"
    )
    both = submission(BIRCH, "10-Q", "2005-05-06", page)
    history = cx.collect(write(tmp_path, both=both, q2=of_a_year()["q2"]))
    if "Revenues" in history.concepts:
        series = history.series("Revenues", 3)
        assert "2005-06-30" not in values(series)


def test_currencies_are_not_mixed(tmp_path: Path) -> None:
    made = of_a_year()
    caption = "(In thousands of Canadian dollars, except per share data)"
    canada = replace(BIRCH, caption=caption)
    later = {"q2": submission(canada, "10-Q", "2005-08-05", quarterly(canada, Y05[:2]))}
    history = cx.collect(write(tmp_path, q1=made["q1"], **later))
    assert "history.currency" in told(history)
    series = history.series(SALES_CONCEPT, 3)
    assert series.unit == "CAD" and {p.unit for p in series.points} == {"CAD"}
    first = history.series(SALES_CONCEPT, 3, unit="USD")
    assert list(values(first)) == ["2004-03-31", "2005-03-31"]
    assert {g.kind for g in first.gaps if str(g.slot.end) == "2005-06-30"} == {GapKind.OTHER_UNIT}


def test_a_fiscal_year_that_moves(tmp_path: Path) -> None:
    june = replace(BIRCH, year_end="0630", sales=SALES)
    old = ("2004-09-30", "2004-12-31", "2005-03-31", "2005-06-30")
    pages = {
        "old": submission(june, "10-K", "2005-09-10", annual(june, old)),
        "change": submission(BIRCH, "10-K", "2006-03-10", statement(BIRCH, [(heading(Y05[2:]), Y05[2:])])),
        "q1": submission(BIRCH, "10-Q", "2005-05-06", quarterly(june, old[:3])),
        "q3": submission(BIRCH, "10-Q", "2005-11-04", quarterly(BIRCH, Y05[2:3])),
    }
    more = ("2006-03-31", "2006-06-30", "2006-09-30", "2006-12-31")
    next_year = replace(BIRCH, sales=SALES | dict.fromkeys(more, 13_111))
    pages["new"] = submission(next_year, "10-K", "2007-03-10", annual(next_year, more))
    history = cx.collect(write(tmp_path, **pages))
    assert "history.year-end" in told(history)
    made = history.series(SALES_CONCEPT, 3)
    assert int(made["2005-12-31"].value) == 1000 * SALES["2005-12-31"]  # six months less three
    assert made["2005-06-30"].fiscal_quarter == 4 and made["2005-12-31"].fiscal_year == 2005
    years = history.series(SALES_CONCEPT, 12)
    assert [str(p.slot.end) for p in years.points] == ["2005-06-30", "2006-12-31"] and not years.gaps


def test_years_of_52_and_53_weeks_are_years(tmp_path: Path) -> None:
    ends = ("2005-04-02", "2005-07-02", "2005-10-01", "2006-01-07")  # the last quarter has 14 weeks
    weeks = replace(BIRCH, sales=dict(zip(ends, (9_411, 9_862, 10_337, 12_206), strict=True)))
    pages = {
        "q3": statement(weeks, [(heading(ends[2:3], 13), ends[2:3]), (heading(ends[:3], 39), ends[:3])]),
        "year": statement(weeks, [(heading(ends, 53), ends)]),
        "later": statement(weeks, [("Three Months Ended December 31, 2005", ends[3:])]),
    }
    filed = {"q3": "2005-11-04", "year": "2006-03-10", "later": "2007-02-01"}
    made = {name: submission(weeks, "10-Q", filed[name], page) for name, page in pages.items()}
    history = cx.collect(write(tmp_path, **made))
    series = history.series(SALES_CONCEPT, 3)
    fourth = series.points[-1]
    assert (fourth.slot.months, int(fourth.value), fourth.how) == (3, 12_206_000, How.PRINTED)
    assert fourth.confirmed is True and len(series.points) == 2


# --- whose filings, and which -----------------------------------------------------------------------------------------


def test_two_companies_are_kept_apart(tmp_path: Path, pages: list[Path]) -> None:
    other = Company(name="ALDER MILLS INC", cik="0009000002", sales={q: s + 7_000 for q, s in SALES.items()})
    history = cx.collect([*pages, *write(tmp_path, other=of_a_year(other)["q1"])])
    assert history.companies == ("BIRCH GATES CORP", "ALDER MILLS INC") and "history.company" in told(history)
    with pytest.raises(cx.BadData, match=r"history\.of"):
        history.series(SALES_CONCEPT, 3)
    assert int(history.of("9000002").series(SALES_CONCEPT, 3)["2005-03-31"].value) == 17_119_000
    assert values(history.of("Birch Gates").series(SALES_CONCEPT, 3))["2005-03-31"] == 10_119_000


def test_a_part_of_a_name_is_no_company(tmp_path: Path) -> None:
    def page(name: str, sales: Mapping[str, int], quarters: int, filed: str) -> str:
        company = Company(name=name, cik="", sales=sales)
        made = submission(company, "10-Q", filed, quarterly(company, Y05[:quarters], Y04[:quarters]))
        return made.replace("\t\tCENTRAL INDEX KEY:\t\t\t\n", "")

    group = page("BIRCH GATES CORP", SALES, 2, "2005-08-05")
    credit = page("BIRCH GATES CREDIT CORP", {q: s * 2 + 7 for q, s in SALES.items()}, 2, "2005-08-08")
    apart = cx.collect(write(tmp_path, group=group, credit=credit))
    assert sorted(apart.companies) == ["BIRCH GATES CORP", "BIRCH GATES CREDIT CORP"]
    later = page("BIRCH GATES & HINGES CORP", SALES, 2, "2005-11-04")
    renamed = cx.collect(write(tmp_path, group=group, later=later))
    assert renamed.companies == ("BIRCH GATES & HINGES CORP",) and "history.company" not in told(renamed)
    years = ("2008-03-31", "2008-06-30")
    company = Company(name="BIRCH GATES & HINGES CORP", cik="", sales=dict.fromkeys(years, 14_321))
    far = submission(company, "10-Q", "2008-08-05", quarterly(company, years))
    unclear = cx.collect(write(tmp_path, group=group, far=far.replace("\t\tCENTRAL INDEX KEY:\t\t\t\n", "")))
    assert len(unclear.companies) == 1 and "no figure bears it out" in unclear.findings[0].message


def test_a_filing_of_nobody_goes_where_its_figures_are_repeated(tmp_path: Path, pages: list[Path]) -> None:
    bare = quarterly(BIRCH, Y05[:2], Y04[:2])
    strange = quarterly(replace(BIRCH, sales={q: s * 3 + 1 for q, s in SALES.items()}), Y05[:2], Y04[:2])
    history = cx.collect([*pages, *write(tmp_path, bare=bare)])
    assert len(history.companies) == 1 and any("repeats" in f.message for f in history.findings)
    apart = cx.collect([*pages, *write(tmp_path, strange=strange)])
    assert len(apart.companies) == 2 and "kept apart" in " ".join(f.message for f in apart.findings)
    joined = cx.collect([*pages, tmp_path / "strange.txt"], company="Birch Gates Corp")
    assert joined.companies == ("Birch Gates Corp",)


def test_what_tells_when_a_filing_was_made(tmp_path: Path) -> None:
    page = quarterly(BIRCH, Y05[:1])
    lead = "SPRINGFIELD, Ill., April 28 /NewsWire/ -- Birch Gates Corp today announced results for the quarter.\n\n"
    history = cx.collect(write(tmp_path, dated=lead + page, bare=page.replace("Net sales", "Net  sales")))
    known = {Path(s.name).stem: (str(s.known), s.known_by) for s in history.sources}
    assert known["dated"] == ("2005-04-28", KnownBy.DATED) and known["bare"] == ("2005-03-31", KnownBy.PERIOD)
    assert "history.undated" in told(history)


def test_gaps_have_reasons(tmp_path: Path) -> None:
    made = of_a_year()
    without = made["q3"].replace("Income taxes\t", "Taxes of some kind\t")
    history = cx.collect(write(tmp_path, q1=made["q1"], q3=without))
    gaps = {str(g.slot.end): g.kind for g in history.series("IncomeTaxExpenseBenefit", 3).gaps}
    assert gaps.get("2005-09-30") in (None, GapKind.NOT_ON_PAGE, GapKind.OTHER_CONCEPT)
    sales = history.series(SALES_CONCEPT, 3)
    assert {str(g.slot.end): g.kind for g in sales.gaps}["2004-12-31"] is GapKind.NO_FILING
    assert "history.gap" in told(history)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path, pages: list[Path]) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, letter="Dear shareholders, it was a year.")
    history = cx.collect([*pages, tmp_path / "none.txt", tmp_path / "empty", tmp_path / "letter.txt"])
    assert told(history).count("history.unreadable") == 2 and "history.no-facts" in told(history)
    assert len(history.sources) == len(pages)
    for nothing in ([], [tmp_path / "none.txt"], [tmp_path / "letter.txt"]):
        with pytest.raises(cx.CapxbrlError):
            cx.collect(nothing)


def test_a_folder_is_its_filings(tmp_path: Path) -> None:
    write(tmp_path, **of_a_year())
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    history = cx.collect(tmp_path)
    assert len(history.sources) == 4 and "history.left-out" in told(history)


def test_wrong_questions_are_answered(birch: cx.History) -> None:
    for name, months in (("SaleRevenueNet", 3), (SALES_CONCEPT, 13)):
        with pytest.raises(cx.CapxbrlError):
            birch.series(name, months)
    with pytest.raises(cx.NotFound, match="SalesRevenueNet"):
        birch.series("SaleRevenueNet", 3)
    with pytest.raises(cx.WrongOption, match="no statement"):
        birch.statement("profit")
    with pytest.raises(cx.NotFound, match="no filing"):
        birch.statement("cash_flow")
    with pytest.raises(cx.WrongOption):
        birch.series(SALES_CONCEPT, 3, standing="sure")
    for nothing in (lambda: birch.as_of("1999-01-01"), lambda: birch.of("Alder"), lambda: birch.series("Assets")):
        with pytest.raises(cx.NotFound):
            nothing()
    assert len(repr(birch)) < 300 and len(repr(birch.series(SALES_CONCEPT, 3))) < 300


# --- tables and files -------------------------------------------------------------------------------------------------


def test_a_statement_over_years(birch: cx.History) -> None:
    table = birch.statement("income_statement", 3)
    assert [line.label for line in table.lines] == [label for label, _ in lines(BIRCH, [Y05])]
    assert [str(slot.end) for slot in table.columns] == [*Y04, *Y05]
    frame = table.to_frame()
    assert frame.loc[("Net sales", SALES_CONCEPT), day("2005-12-31")] == Decimal(12_467_000)
    years = birch.statement("income_statement", 12)
    assert [str(slot.end) for slot in years.columns] == ["2004-12-31", "2005-12-31"]


def test_the_long_table(birch: cx.History) -> None:
    frame = birch.to_frame()
    assert len(frame) == len(birch.entries)
    assert {"company", "form", "known", "source", "line", "reading", "concept", "unit", "value"} <= set(frame.columns)
    rows = list(csv.DictReader(io.StringIO(birch.to_csv())))
    assert len(rows) == len(frame) and rows[0]["form"] == "10-Q"
    series = birch.series(SALES_CONCEPT, 3).to_frame(numbers="float")
    assert series.value.dtype == "float64" and series.how.iloc[-1] == "derived"


def test_companyfacts_have_the_form_of_the_sec(birch: cx.History) -> None:
    made = json.loads(birch.to_companyfacts())
    assert (made["cik"], made["entityName"]) == (9000001, "BIRCH GATES CORP")
    facts = made["facts"]["us-gaap"][SALES_CONCEPT]["units"]["USD"]
    assert {tuple(f) for f in facts} <= {
        ("start", "end", "val", "accn", "fy", "fp", "form", "filed"),
        ("start", "end", "val", "accn", "fy", "fp", "form", "filed", "frame"),
    }
    year = next(f for f in facts if f["start"] == "2005-01-01" and f["end"] == "2005-12-31")
    assert (year["val"], year["fy"], year["fp"], year["form"], year["frame"]) == (
        44_658_000,
        2005,
        "FY",
        "10-K",
        "CY2005",
    )
    assert {f.get("frame") for f in facts if f["end"] == "2005-06-30"} == {"CY2005Q2", None}
    shares = made["facts"]["us-gaap"]["WeightedAverageNumberOfSharesOutstandingBasic"]["units"]
    assert list(shares) == ["shares"] and "USD/shares" in made["facts"]["us-gaap"]["EarningsPerShareBasic"]["units"]


def test_edgartools_reads_our_companyfacts(birch: cx.History, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EDGAR_LOCAL_DATA_DIR", str(tmp_path))
    parser = pytest.importorskip("edgar.entity.parser", reason="edgartools is not installed")
    facts = parser.EntityFactsParser.parse_company_facts(json.loads(birch.to_companyfacts()))
    assert facts is not None and facts.cik == 9000001 and facts.name == "BIRCH GATES CORP"
    shown = facts.query().by_concept("NetIncomeLoss").to_dataframe()
    assert 5_466_000 not in set(shown.numeric_value) and 4_466_000 in set(shown.numeric_value)


def test_a_folder_of_a_history(birch: cx.History, pages: list[Path], tmp_path: Path) -> None:
    done = run("collect", *pages, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    names = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert names == {
        *("facts.csv", "filings.csv", "findings.txt", "findings.json", "manifest.json", "gaps.csv", "restated.csv"),
        *("series.csv", "income_statement-quarters.csv", "income_statement-years.csv"),
        "companyfacts/CIK0009000001.json",
    }
    quarters = (tmp_path / "out" / "income_statement-quarters.csv").read_text("utf-8").splitlines()
    assert quarters[1] == f"Net sales,{SALES_CONCEPT},USD," + ",".join(str(1000 * s) for s in SALES.values())
    series = list(csv.DictReader((tmp_path / "out" / "series.csv").open(encoding="utf-8")))
    derived = next(r for r in series if r["end"] == "2005-12-31" and r["months"] == "3")
    assert derived["how"] == "derived" and derived["made_of"].count("txt:") == 2
    cx.collect(pages).save(tmp_path / "again")
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name
    assert not cx.verify(tmp_path / "out")


def test_the_exit_status_of_a_file_that_cannot_be_read(pages: list[Path], tmp_path: Path) -> None:
    done = run("collect", *pages, tmp_path / "none.txt", "-o", tmp_path / "out")
    assert done.exit_code == 1 and "none.txt" in done.stderr and "[history.unreadable]" in done.stderr
    assert (tmp_path / "out" / "facts.csv").exists()
    assert run("collect", tmp_path / "none.txt", "-o", tmp_path / "no").exit_code == 2
    assert not (tmp_path / "no").exists()
    assert run("collect", *pages, "-o", tmp_path / "no", "--format", "word").exit_code == 2


def test_as_of_on_the_command_line(pages: list[Path], tmp_path: Path) -> None:
    assert run("collect", *pages, "-o", tmp_path / "out", "--as-of", "2005-09-01").exit_code == 0
    assert len(list(csv.DictReader((tmp_path / "out" / "filings.csv").open(encoding="utf-8")))) == 2


def test_workbook_parquet_and_one_data_set(birch: cx.History, tmp_path: Path) -> None:
    openpyxl, parquet = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow.parquet")
    book = openpyxl.load_workbook(birch.to_excel(tmp_path / "h.xlsx"))
    assert book.sheetnames == ["Income, quarters", "Income, years", "Restated", "Gaps", "Facts"]
    sheet = book["Income, quarters"]
    assert sheet.cell(2, 11).value == 12_467_000 and "less 9 months" in sheet.cell(2, 11).comment.text
    table = parquet.read_table(birch.to_parquet(tmp_path / "h.parquet"))
    assert table.num_rows == len(birch.entries) and {"company", "known", "value"} <= set(table.column_names)
    import zipfile

    with zipfile.ZipFile(birch.to_fsds(tmp_path / "h.zip")) as archive:
        assert archive.read("sub.txt").decode().count("\n") == 5
    assert (tmp_path / "h.xlsx").read_bytes() == birch.to_excel(tmp_path / "again.xlsx").read_bytes()


def test_a_chart(birch: cx.History, monkeypatch: pytest.MonkeyPatch) -> None:
    made = birch.series(SALES_CONCEPT, 3)
    if pytest.importorskip("matplotlib"):
        axes = made.plot()
        assert len(axes.patches) == 8 and axes.get_ylabel() == "USD millions"
    monkeypatch.setattr("capxbrl.history.charts.find_spec", lambda name: None)
    with pytest.raises(cx.BadData, match=r"capxbrl\[plot\]"):
        made.plot()


def test_a_notebook_shows_what_there_is(birch: cx.History) -> None:
    assert (
        "BIRCH GATES CORP" in birch._repr_html_()
        and "(12,467,000)" in birch.statement("income_statement", 3)._repr_html_()
    )
    assert "8 points" in birch.series(SALES_CONCEPT, 3)._repr_html_()


# --- memory -----------------------------------------------------------------------------------------------------------


def rolled_pages() -> Mapping[str, str]:
    """The second filing has the label of the first, without what told its concept there."""
    made = of_a_year()
    return {"q1": made["q1"], "q2": made["q2"], "q3": made["q3"]}


def test_memory_rolls_forward_with_a_preview(tmp_path: Path) -> None:
    paths = write(tmp_path, **rolled_pages())
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "statement,label,under,concept,negate,note\nincome_statement,Net sales,,Revenues,,\n", encoding="utf-8"
    )
    first = cx.convert(paths[0], overrides=[mine], validate=False)
    rolled = preview(first, paths[1:])
    assert [(c.label, c.before, c.after) for c in rolled.changes] == [
        ("Net sales", "capx-gaap:SalesRevenueNet", "capx-gaap:Revenues")
    ] * 2
    assert "as in q1.txt" in str(rolled.changes[0]) and "income_statement,Net sales,,Revenues" in rolled.precedents
    history = cx.collect(first, paths[1:], roll_forward=True)
    assert "Revenues" in history.concepts and SALES_CONCEPT not in history.concepts
    assert SALES_CONCEPT in cx.collect(first, paths[1:]).concepts
    history.save(tmp_path / "out")
    changes = list(csv.DictReader((tmp_path / "out" / "roll-forward.csv").open(encoding="utf-8")))
    assert [(r["label"], r["after"]) for r in changes] == [("Net sales", "capx-gaap:Revenues")] * 2
    assert "Net sales,,Revenues" in (tmp_path / "out" / "precedents.csv").read_text("utf-8")


def test_a_preview_on_the_command_line_writes_nothing(pages: list[Path], tmp_path: Path) -> None:
    done = run("collect", *pages, "-o", tmp_path / "out", "--preview")
    assert done.exit_code == 0 and "changes nothing" in done.stderr and not (tmp_path / "out").exists()
