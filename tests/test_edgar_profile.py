"""What EDGAR takes (EDGAR Filer Manual II, 5.2 and 6): names of files, namespaces and elements, ASCII, styles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import tiny_report
from click.testing import CliRunner

import capxbrl as cx
from capxbrl import gate, markup
from capxbrl.cli import main
from capxbrl.gate.sec import home
from capxbrl.model import Concept, ItemType, PeriodType, Profile
from capxbrl.naming import lc3, spelled
from capxbrl.options import WrongOption, choose
from capxbrl.reports.names import Names, candidates, edgar_namespace
from capxbrl.writers.xhtml.plain import without_sheets

GAAP = "us-gaap-2009"
HIDDEN = "EFM.5.02.05.14.hidden-fact-not-referenced"
PAGE = """CEDAR HINGES INC
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

\tYear Ended December 31,
\t2009\t2008
SALES OF HINGES\t$ 6,100\t$ 5,100
COST OF GOODS\t4,000\t3,500
COST OF THE A & B TOLL\t100\t200
GAIN ON RIO CO\t100\t200
NET INCOME – AFTER TAX\t$ 2,100\t$ 1,600
"""


def made(page: str = PAGE, **given: object) -> cx.Conversion:
    given = {"profile": "edgar", "taxonomy": GAAP, "cik": "1234567", "validate": False} | given
    return cx.convert(page.encode(), name="page.txt", **given)


def test_names_of_files_and_namespaces_are_such_as_edgar_takes() -> None:
    one = made()
    assert {n for n in one.files if n.endswith((".htm", ".xsd", ".xml"))} == {
        "ext-20091231.htm", "ext-20091231.xsd", "ext-20091231_lab.xml", "ext-20091231_pre.xml", "ext-20091231_cal.xml",
    } & one.files.keys()  # fmt: skip
    assert "ext-20091231.htm" in one.files and "report.xhtml" not in one.files
    assert one.report.extension.namespace == "http://0001234567.capxbrl.example/20091231"
    assert edgar_namespace("http://www.cedar.example/x/", "0001234567", "20091231") == (
        "http://www.cedar.example/20091231"
    )


def test_every_file_is_ascii_without_sheets_columns_or_classes() -> None:
    files = made().files
    for name in (n for n in files if n.startswith("ext-")):
        assert files[name].isascii(), name
    page = files["ext-20091231.htm"].decode()
    assert not re.search(r"<(style|col|colgroup)\b|class=|viewport|Content-Security", page)
    assert "&#8211;" in page and "style=" in page
    text = "".join(markup.parse_xml(page.encode()).itertext())
    assert "NET INCOME – AFTER TAX" in text


def test_the_page_reads_as_the_open_one_does() -> None:
    def words(files: dict[str, bytes], name: str) -> str:
        root = markup.parse_xml(files[name])
        body = root.find("{http://www.w3.org/1999/xhtml}body")
        assert body is not None
        return " ".join("".join(body[-1].itertext()).split())

    assert words(made().files, "ext-20091231.htm") == words(made(profile="open").files, "report.xhtml")


def test_names_are_those_that_the_manual_makes_of_the_labels() -> None:
    own = {c.name: texts[""] for c, texts in made().report.extension.labels if c.extension}
    assert own
    for name, label in own.items():
        assert lc3(label) == name
        assert not re.search(r"[A-Z]{3}", name)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Cost of the goods", "CostOfGoods"),
        ("Stockholders' equity", "StockholdersEquity"),
        ("NET LOSS [Abstract]", "NetLossAbstract"),
        ("Class A common stock", "ClassCommonStock"),
        ("Class-A common stock", "ClassACommonStock"),
        ("Rule 10b-5 fees", "Rule10B5Fees"),
    ],
)
def test_the_name_of_a_label(label: str, name: str) -> None:
    assert lc3(label) == name
    assert lc3(spelled("ClassACommonStock")) == "ClassACommonStock"


def test_styles_go_to_the_elements_that_the_rules_are_for() -> None:
    page = (
        b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title><style>/* x */ p { margin: 0; color: red }'
        b" .a { color: blue; } div .a { padding: 1px } .a + p { color: green } td[colspan] { width: 1em }"
        b" @media print { p { color: black } } p, .b { hyphens: none }</style></head>"
        b'<body><div><p class="a">x</p><p>y</p><span class="b"></span><table>'
        b'<colgroup><col style="width:3ch"/></colgroup>'
        b'<tr><td colspan="2">1</td></tr><tr><td>^</td></tr></table></div></body></html>'
    )
    text = without_sheets(page).decode()
    assert '<p style="margin:0;hyphens:none;color:blue;padding:1px">x</p>' in text
    assert '<p style="margin:0;hyphens:none;color:green">y</p>' in text
    assert '<span style="hyphens:none"></span>' in text
    assert '<td colspan="2" style="width:1em">1</td>' in text and '<td style="width:3ch">&#94;</td>' in text
    assert "<style" not in text and "<col" not in text


def test_a_profile_must_be_known() -> None:
    assert choose(profile="edgar").profile is Profile.EDGAR
    with pytest.raises(WrongOption, match="open, edgar"):
        choose(profile="esma")


def test_what_was_not_judged_is_told_with_the_way_to_it(
    shared: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gate.edgar, "home", lambda given, part: None)
    package = shared / "taxonomies" / "us-gaap-2009.zip"
    one = made(validate=True, packages=[package], viewer=False)
    assert one.validation is not None and one.validation.valid
    receipt = one.files["receipt.txt"].decode()
    assert "SEC EDGAR Filer Manual: the plug-in EDGAR is not here: check out github.com/Arelle/EDGAR" in receipt
    assert "--edgar-plugin" in receipt and "--profile edgar" in receipt


@pytest.mark.skipif(home(None, "validate") is None, reason="the plug-in EDGAR is not at hand (CAPXBRL_EDGAR)")
def test_the_plug_in_has_nothing_to_say_but_of_the_age_of_the_page(reference: Path, shared: Path) -> None:
    package = shared / "taxonomies" / "us-gaap-2009.zip"
    one = cx.convert(reference, profile="edgar", taxonomy=GAAP, cik="1009759", packages=[package], viewer=False)
    assert one.validation is not None
    (check,) = [c for c in one.validation.checks if c.name == gate.edgar.NAME]
    assert check.ran, check.why
    assert {f.code for f in one.validation.findings} == {"EFM.6.05.42"}
    assert {str(f.severity) for f in one.validation.findings} == {"note"}
    assert all(f.at and f.at.source == reference.name for f in one.findings if f.code.startswith("EFM"))


def test_a_sum_stands_in_one_role_and_money_without_a_balance_says_its_sign() -> None:
    again = PAGE.replace("Year Ended", "Six Months Ended").replace("2009\t2008", "2009\t2007")
    one = made(PAGE + "\n" + again)
    sums = [frozenset(role.arcs) for role in one.report.extension.roles if role.arcs]
    assert len(sums) == len(set(sums))
    for concept, texts in one.report.extension.labels:
        if concept.extension and concept.type == "monetary":
            assert concept.balance or "minus sign" in texts["documentation"]


def test_a_page_without_a_cover_has_the_number_of_its_filer() -> None:
    one = made()
    (fact,) = [f for f in one.facts if f.concept.name == "EntityCentralIndexKey"]
    assert (fact.concept.qname, fact.value, fact.format) == ("dei:EntityCentralIndexKey", "0001234567", "hidden")
    assert "0001234567" in one.files["ext-20091231.htm"].decode().partition("</ix:hidden>")[0]
    assert not [f for f in made(profile="open").facts if f.concept.name == "EntityCentralIndexKey"]


def test_the_end_of_a_fiscal_year_stands_on_its_words() -> None:
    cover = (Path(__file__).parent / "cases" / "annual-report" / "input.txt").read_text(encoding="utf-8")
    (fact,) = [f for f in made(cover).facts if f.concept.name == "CurrentFiscalYearEndDate"]
    assert (fact.shown, fact.format) == ("December 31", "ixt:date-monthname-day-en")


def test_what_edgar_asks_for_and_no_page_prints_is_added_where_it_may_be_hidden(reference: Path) -> None:
    for name, added in ((GAAP, set()), ("us-gaap-2025", {"EntityCentralIndexKey", "AmendmentFlag"})):
        one = cx.convert(reference, profile="edgar", taxonomy=name, cik="1009759", validate=False)
        own = cx.convert(reference, taxonomy=name, cik="1009759", validate=False)
        more = {f.concept.name: f.value for f in one.facts if f.id not in {o.id for o in own.facts}}
        assert set(more) == added
        assert more.get("AmendmentFlag", "false") == "false"


@pytest.mark.parametrize(
    ("code", "message", "severity"),
    [
        ("EFM.6.05.42", "Concept X in us-gaap/2009 used in 2 facts was deprecated as of 2018-01-31 and should", "note"),
        ("EFM.6.05.42", "Concept X in us-gaap/2025 used in 2 facts was deprecated as of 2024 and should", "warning"),
        ("EFM.6.05.42", "Concept X was deprecated", "warning"),
        (
            HIDDEN,
            "1 fact(s) were not referenced by any -sec-ix-hidden style property: dei:EntityCentralIndexKey",
            "note",
        ),
        (HIDDEN, "2 fact(s) ... property: dei:EntityCentralIndexKey, us-gaap:Assets", "warning"),
        ("EFM.6.22.03.incompatibleSchemas", "References for conflicting standard taxonomies", "warning"),
    ],
)
def test_only_what_the_age_of_a_page_causes_is_a_note(code: str, message: str, severity: str) -> None:
    told = gate.edgar._aged(cx.Finding(code=code, severity=cx.Severity.WARNING, message=message))
    assert told.severity == severity and bool(told.hint) == (severity == "note")


@pytest.mark.skipif(home(None, "validate") is None, reason="the plug-in EDGAR is not at hand (CAPXBRL_EDGAR)")
def test_a_report_of_anybody_is_judged_by_the_rules_of_the_sec(reference: Path, shared: Path, tmp_path: Path) -> None:
    package = str(shared / "taxonomies" / "us-gaap-2009.zip")
    given = {"taxonomy": GAAP, "cik": "1009759", "validate": False}
    cx.convert(reference, profile="edgar", **given).save(tmp_path / "out")
    for report in ("out/report.xbri", "out/cpst-20091109.htm", "out"):
        words = ["validate", str(tmp_path / report), "--package", package, "--profile", "edgar", "--format", "json"]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.stderr
        told = json.loads(done.stdout)["findings"]
        assert {f["code"] for f in told} == {"EFM.6.05.42"} and {f["severity"] for f in told} == {"note"}
    cx.convert(reference, **given).save(tmp_path / "open")
    words = ["validate", str(tmp_path / "open"), "--package", package, "--profile", "edgar"]
    assert CliRunner().invoke(main, words).exit_code == 1


def test_a_report_is_not_judged_where_the_plug_in_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gate.edgar, "home", lambda given, part: None)
    made = tiny_report.package(tmp_path / "tiny.xbri", tiny_report.report())
    done = CliRunner().invoke(main, ["validate", str(made), "--profile", "edgar"])
    assert done.exit_code == 0 and "SEC EDGAR Filer Manual: the plug-in EDGAR is not here" in done.stderr
    done = CliRunner().invoke(main, ["validate", str(made)])
    assert "SEC EDGAR Filer Manual: not asked for; --profile edgar" in done.stderr


SUMMARY = """CEDAR HINGES INC
CONSOLIDATED BALANCE SHEETS
(In thousands)

\tDecember 31,
\t2009\t2008
Loans of tools\t$ 300\t$ 500
Total assets\t$ 3,000\t$ 3,200
Sundry promises of the yard\t$ 900\t$ 1,000
"""


def test_money_of_the_filers_own_has_a_balance() -> None:
    one = made(SUMMARY + "\n" + PAGE)
    own = {c.name: c for c in one.report.extension.concepts if c.type == "monetary"}
    assert all(concept.balance for concept in own.values())
    texts = {c.name: labels for c, labels in one.report.extension.labels}
    promises = own["SundryPromisesOfYard"]
    assert promises.balance == "credit" and "minus sign" in texts[promises.name]["documentation"]
    assert own["LoansOfTools"].balance == "debit"
    assert "efm.names" not in {f.code for f in one.findings}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("First quarter charge", "PeriodCharge"),
        ("Cedar Hinges Inc shareholders", "CompanyShareholders"),
        ("Cedar Hinges Incentives", "CedarHingesIncentives"),
    ],
)
def test_names_say_neither_the_filer_nor_a_quarter(label: str, name: str) -> None:
    names = Names("ext", (), strict=True, company=["CEDAR HINGES INC"])
    new = Concept(name="X", type=ItemType.MONETARY, period=PeriodType.INSTANT, label=label)
    assert names.add(new, candidates(label, ())).name == name
