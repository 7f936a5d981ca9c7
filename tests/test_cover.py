"""Cover pages: captions below, beside and above their values, in columns and in tables; damaged and checked boxes."""

from __future__ import annotations

import time

import pytest

from capxbrl.cover import find_entity, read_cover
from capxbrl.findings import Finding
from capxbrl.model import CoverFact, Standing
from capxbrl.readers import read


def cover(source: str, name: str = "x.txt") -> tuple[dict[str, str], tuple[Finding, ...]]:
    facts, findings = read_cover(read(source.encode(), name).value)
    return {f.concept: f.value for f in facts}, findings


COLUMNS = """                       SECURITIES AND EXCHANGE COMMISSION
                             WASHINGTON, D.C. 20549

                                    FORM 8-K
                                 CURRENT REPORT

Date of Report (Date of earliest event reported): March 3, 1998

                            EXAMPLE WIDGETS, INC.
             (Exact name of registrant as specified in its charter)

          Nevada                     0-12345                     13-3124057
(State or other jurisdiction      (Commission                  (IRS Employer
   of incorporation)              File Number)               Identification No.)

6601 Lyons Road, Suite C-12, Coconut Creek, Florida               33073
     (Address of principal executive offices)                   (Zip Code)

     Registrant's telephone number, including area code: (954) 420-0882

Item 5. Other events
"""


def test_captions_below_their_columns() -> None:
    facts, findings = cover(COLUMNS)
    assert facts == {
        "DocumentType": "8-K",
        "DocumentPeriodEndDate": "1998-03-03",
        "EntityRegistrantName": "EXAMPLE WIDGETS, INC.",
        "EntityIncorporationStateCountryCode": "NV",
        "EntityFileNumber": "0-12345",
        "EntityTaxIdentificationNumber": "13-3124057",
        "EntityAddressAddressLine1": "6601 Lyons Road, Suite C-12",
        "EntityAddressCityOrTown": "Coconut Creek",
        "EntityAddressStateOrProvince": "FL",
        "EntityAddressPostalZipCode": "33073",
        "CityAreaCode": "954",
        "LocalPhoneNumber": "420-0882",
    }
    assert [f.code for f in findings] == ["cover.not-there"]


TABLE = """<html><body><p>FORM 8-K</p><p>Washington, D.C. 20549</p><p>Date of Report: September 22, 2000</p>
<p><b>EXAMPLE QUARRIES CORPORATION</b></p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>DELAWARE</td><td>0-29464</td><td>03-1532000</td></tr>
<tr><td>--------</td><td>-----</td><td>-----</td></tr>
<tr><td>(State or other jurisdiction of incorporation)</td><td>(Commission File Number)</td>
<td>(I.R.S. Employer Identification Number)</td></tr></table>
<p>[X] Written communications pursuant to Rule 425 under the Securities Act</p>
<p>[ ] Soliciting material pursuant to Rule 14a-12 under the Exchange Act</p>
</body></html>"""


def test_a_value_stands_in_the_column_of_its_caption() -> None:
    facts, _ = cover(TABLE, "x.htm")
    assert facts["EntityFileNumber"] == "0-29464" and facts["EntityTaxIdentificationNumber"] == "03-1532000"
    assert facts["EntityIncorporationStateCountryCode"] == "DE"
    assert facts["WrittenCommunications"] == "true" and facts["SolicitingMaterial"] == "false"


def test_the_seat_of_the_commission_is_no_state_of_incorporation() -> None:
    facts, _ = cover(COLUMNS.replace("Nevada", "      ").replace("Florida", "Bermuda"))
    assert "EntityIncorporationStateCountryCode" not in facts


def test_the_name_is_found_without_a_caption_by_the_header() -> None:
    page = COLUMNS.replace("EXAMPLE WIDGETS, INC.", "The Example's Widgets Company").replace(
        "(Exact name of registrant as specified in its charter)", ""
    )
    head = (
        "<SEC-HEADER>\nCOMPANY DATA:\n\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLES WIDGETS CO\n"
        "\tCENTRAL INDEX KEY:\t\t0000012345\n</SEC-HEADER>\n"
    )
    source = (
        f"<SEC-DOCUMENT>x.txt\n{head}<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{page}</TEXT>\n"
        "</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
    document = read(source.encode(), "x.txt").value
    facts, _ = read_cover(document)
    assert {f.concept: f.value for f in facts}["EntityRegistrantName"] == "The Example's Widgets Company"
    entity, findings = find_entity(document, facts)
    assert (entity.scheme, entity.identifier) == ("http://www.sec.gov/CIK", "0000012345") and not findings


def test_a_damaged_box_is_not_checked_and_told() -> None:
    boxes = "[] Written communications pursuant to Rule 425\n\n] Soliciting material pursuant to Rule 14a-12\n\nItem 5."
    document = read(COLUMNS.replace("Item 5.", boxes).encode(), "x.txt").value
    facts, findings = read_cover(document)
    assert {f.concept: (f.value, f.confidence) for f in facts if f.format == "ixt:fixed-false"} == {
        "WrittenCommunications": ("false", 1.0),
        "SolicitingMaterial": ("false", 0.7),
    }
    assert [f.code for f in findings if f.severity == "warning"] == ["cover.checkbox"]


def test_an_identifier_is_found_whatever_the_filing_gives() -> None:
    document = read(COLUMNS.encode(), "x.txt").value
    facts, _ = read_cover(document)
    assert find_entity(document, facts, cik="12345").value.identifier == "0000012345"
    assert find_entity(document, facts).value.identifier == "13-3124057"
    without = tuple(f for f in facts if f.concept != "EntityTaxIdentificationNumber")
    assert find_entity(document, without).value.scheme == "http://www.sec.gov/file-number"
    assert find_entity(document, ()).value.identifier == "unknown"


# --- a cover is a cover only where it is one -------------------------------------------------------------------------

MENTIONS = {
    "a release that names an annual report": "Harbor Stores Reports Results\n\n"
    "More is in the company's annual report on Form 10-K for the\n"
    "fiscal year ended January 28, 2023, filed with the Securities and Exchange Commission.\n",
    "a line that wraps before the form": "WATER AND FOOT, INC.\n\n"
    "Risks are described in the reports that the company files on\nForm 10-Q\n"
    "for the quarterly period ended June 30, 2004 pursuant to Section 13 of the Act.\n",
    "a table of exhibits": "Example Mills Reports a Record Year\n\nItem     Form\n"
    "1        Form 8-K dated May 3, 2001\n2        Form 10-K for 2000\n",
    "a page head": "Form 10-K\n\nEXAMPLE MILLS, INC.\n\nCONSOLIDATED BALANCE SHEETS\n\n   2001   2000\n",
}


@pytest.mark.parametrize("source", MENTIONS.values(), ids=MENTIONS)
def test_a_form_named_in_running_text_is_no_cover(source: str) -> None:
    facts, findings = cover(source)
    assert facts == {} and [f.code for f in findings] == ["cover.none"]


def submission(page: str, kind: str, head: str = "") -> str:
    header = f"<SEC-HEADER>\n{head}</SEC-HEADER>\n" if head else ""
    return (
        f"<SEC-DOCUMENT>x.txt\n{header}<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<TEXT>\n{page}</TEXT>\n"
        "</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


def test_an_exhibit_has_no_cover_of_its_own() -> None:
    assert cover(submission(COLUMNS, "EX-99.1"))[0] == {}
    assert cover(submission(COLUMNS, "8-K"))[0]["DocumentType"] == "8-K"


def test_the_caption_of_the_name_makes_a_cover_without_a_form_line() -> None:
    page = (
        "This is the report on Form 10-Q of\n\n               EXAMPLE MILLS, INC.\n"
        "  (Exact name of registrant as specified in its charter)\n\nCommission file number 0-10031\n\n"
        "For the quarter ended June 30, 1998\n"
    )
    facts, _ = cover(page)
    assert facts["DocumentType"] == "10-Q" and facts["EntityRegistrantName"] == "EXAMPLE MILLS, INC."


NAMES = {
    "a rule between name and caption": "Commission file number 0-10031\n      ___________\n\n"
    "      EXAMPLE MILLS, INC.\n      -------------------\n",
    "the file number nearer": "              EXAMPLE MILLS, INC.\n\n    Commission file number 0-10031\n",
    "a name of two lines": "Commission file number 0-10031\n\n      EXAMPLE MILLS,\n      INC.\n",
}


@pytest.mark.parametrize("above", NAMES.values(), ids=NAMES)
def test_a_caption_is_no_name(above: str) -> None:
    page = (
        f"FORM 10-Q\nQUARTERLY REPORT PURSUANT TO SECTION 13\nFor the quarterly period ended June 26, 1998\n\n{above}"
    )
    facts, _ = cover(page + "   (Exact name of Registrant as specified in its charter)\n\nPART I\n")
    assert facts["EntityRegistrantName"] == "EXAMPLE MILLS, INC." and facts["EntityFileNumber"] == "0-10031"


@pytest.mark.parametrize(
    "name", ["-------- EXAMPLE MILLS N.V. - -------- ", "EXAMPLE MILLS N.V. ", "**EXAMPLE MILLS N.V.** "]
)
def test_a_text_that_lost_its_lines_still_has_its_cover(name: str) -> None:
    facts, _ = cover(
        "SECURITIES AND EXCHANGE COMMISSION Washington, D.C. 20549 FORM 20-F ANNUAL REPORT PURSUANT TO SECTION "
        "13 For the fiscal year ended "
        f"December 31, 2000 Commission file number 0-14072 {name}(Exact name of Registrant)"
    )
    assert facts["DocumentType"] == "20-F" and facts["EntityRegistrantName"] == "EXAMPLE MILLS N.V."


# --- witnesses -------------------------------------------------------------------------------------------------------

HEAD = (
    "CONFORMED SUBMISSION TYPE:\t8-K\nCONFORMED PERIOD OF REPORT:\t19980303\nFILER:\n\tCOMPANY DATA:\n"
    "\t\tCOMPANY CONFORMED NAME:\tEXAMPLE WIDGETS INC\n"
    "\t\tCENTRAL INDEX KEY:\t0000012345\n\t\tIRS NUMBER:\t133124057\n\t\tSTATE OF INCORPORATION:\tNV\n"
    "\tFILING VALUES:\n\t\tSEC FILE NUMBER:\t000-12345\n"
    "\tBUSINESS ADDRESS:\n\t\tSTREET 1:\t6601 LYONS RD STE C-12\n\t\tCITY:\tCOCONUT CREEK\n\t\tSTATE:\tFL\n"
    "\t\tZIP:\t33073\n\t\tBUSINESS PHONE:\t9544200882\n"
)


def read_facts(source: str, name: str = "x.txt") -> tuple[dict[str, CoverFact], tuple[Finding, ...]]:
    facts, findings = read_cover(read(source.encode(), name).value)
    return {f.concept: f for f in facts}, findings


def test_the_header_proves_what_it_says_too() -> None:
    facts, findings = read_facts(submission(COLUMNS, "8-K", HEAD))
    assert {c for c, f in facts.items() if f.reading is not Standing.PROVED} == set()
    assert [f.code for f in findings] == ["cover.not-there"]
    name = facts["EntityRegistrantName"].decision
    assert name and [w.independent for w in name.witnesses] == [False, True]


@pytest.mark.parametrize(
    ("concept", "old", "new"),
    [
        ("EntityTaxIdentificationNumber", "133124057", "133124075"),
        ("EntityIncorporationStateCountryCode", "TION:\tNV", "TION:\tDE"),
        ("DocumentPeriodEndDate", "19980303", "19980330"),
        ("EntityAddressPostalZipCode", "33073", "33064"),
        ("EntityRegistrantName", "EXAMPLE WIDGETS INC", "SAMPLE WIDGETS INC"),
        ("DocumentType", "TYPE:\t8-K", "TYPE:\t10-Q"),
    ],
)
def test_header_and_cover_that_disagree_are_told_with_both_places(concept: str, old: str, new: str) -> None:
    source = submission(COLUMNS, "8-K", HEAD.replace(old, new))
    facts, findings = read_facts(source)
    assert facts[concept].reading is Standing.DOUBTFUL
    told = [f for f in findings if f.code == "cover.disagrees"]
    line = source[: source.index(new)].count("\n") + 1
    assert len(told) == 1 and told[0].at == facts[concept].at and f"x.txt:{line}:1" in told[0].message


TWO = "6601 Lyons Road, Coconut Creek, Florida 33073\n\n12 Mill Lane, Springfield, Illinois 62701\n"
CAPTION = "     (Address of principal executive offices)\n\n"
FRONT = (
    "FORM 8-K\nCURRENT REPORT PURSUANT TO SECTION 13\nDate of Report: March 3, 1998\n\n"
    "        EXAMPLE WIDGETS, INC.\n(Exact name of registrant)\n\n"
)


def test_two_addresses_at_one_caption_are_told() -> None:
    facts, findings = read_facts(FRONT + TWO + CAPTION + "Item 5. Other\n")
    assert (
        facts["EntityAddressCityOrTown"].value == "Coconut Creek"
        and facts["EntityAddressCityOrTown"].reading is Standing.DOUBTFUL
    )
    told = next(f for f in findings if f.code == "cover.candidates")
    assert "Springfield" in told.message and "x.txt:10:1" in told.message


def test_the_header_decides_between_two_addresses() -> None:
    head = HEAD
    for old, new in (
        ("COCONUT CREEK", "SPRINGFIELD"),
        ("33073", "62701"),
        ("6601 LYONS RD STE C-12", "12 MILL LN"),
        ("\tFL", "\tIL"),
    ):
        head = head.replace(old, new)
    facts, findings = read_facts(submission(FRONT + TWO + CAPTION + "Item 5. Other\n", "8-K", head))
    assert facts["EntityAddressCityOrTown"].value == "Springfield"
    assert [f.code for f in findings if f.code != "cover.not-there"] == ["cover.candidates", "cover.missing"]


def test_a_former_address_is_never_the_registrants_own() -> None:
    former = (
        "12 Mill Lane, Springfield, Illinois 62701\n  (Former name or former address, if changed since last report)\n"
    )
    facts, findings = read_facts(
        FRONT + "6601 Lyons Road, Coconut Creek, Florida\n" + CAPTION + former + "\nItem 5. Other\n"
    )
    assert facts["EntityAddressCityOrTown"].value == "Coconut Creek" and "EntityAddressPostalZipCode" not in facts
    assert not [f for f in findings if f.code == "cover.candidates"]
    facts, _ = read_facts(
        FRONT + former + "\n6601 Lyons Road, Coconut Creek, Florida 33073\n" + CAPTION + "Item 5. Other\n"
    )
    assert facts["EntityAddressPostalZipCode"].value == "33073"


def test_a_postal_code_of_another_state_is_told() -> None:
    facts, findings = read_facts(
        FRONT + "6601 Lyons Road, Coconut Creek, Florida 60601\n" + CAPTION + "Item 5. Other\n"
    )
    assert facts["EntityAddressPostalZipCode"].reading is Standing.DOUBTFUL
    assert any("lies in IL" in f.message for f in findings if f.code == "cover.disagrees")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "   1 Main Loop                         95014\n   Exampleville California             [Zip Code]\n",
            ("1 Main Loop", "Exampleville", "CA", "95014"),
        ),
        (
            "                                                02481\n"
            "45 MILL STREET, WELLESLEY, MASSACHUSETTS        (ZIP CODE)\n",
            ("45 MILL STREET", "WELLESLEY", "MA", "02481"),
        ),
        ("12345 Mill Street, New York, N.Y. 10004\n", ("12345 Mill Street", "New York", "NY", "10004")),
        (
            "24843  Del  Prado,  Suite  326  Dana  Point,  California     92629\n",
            ("24843 Del Prado, Suite 326", "Dana Point", "CA", "92629"),
        ),
    ],
)
def test_an_address_is_read_whole(lines: str, expected: tuple[str, ...]) -> None:
    facts, _ = cover(FRONT + lines + CAPTION + "Item 5. Other\n")
    names = ("AddressLine1", "CityOrTown", "StateOrProvince", "PostalZipCode")
    assert tuple(facts[f"EntityAddress{n}"] for n in names) == expected


def test_wide_blanks_and_marks_of_emphasis_are_no_part_of_a_name() -> None:
    wide = COLUMNS.replace("EXAMPLE WIDGETS, INC.", "EXAMPLE          WIDGETS,        INC.")
    assert cover(wide)[0]["EntityRegistrantName"] == "EXAMPLE WIDGETS, INC."
    marked = (
        FRONT.replace("EXAMPLE WIDGETS, INC.", "**EXAMPLE WIDGETS, INC.**")
        + "**6601 Lyons Road, Coconut Creek, Florida 33073**\n"
        + CAPTION
    )
    facts, _ = cover(marked)
    assert (
        facts["EntityRegistrantName"] == "EXAMPLE WIDGETS, INC."
        and facts["EntityAddressAddressLine1"] == "6601 Lyons Road"
    )
    assert cover(FRONT.replace("EXAMPLE WIDGETS, INC.", "eWidgets Inc."))[0]["EntityRegistrantName"] == "eWidgets Inc."


def test_an_address_abroad_has_its_country() -> None:
    facts, _ = cover(
        FRONT + "38 Example Square\nDublin 2, Ireland\n" + CAPTION + "Telephone: (353) (1) 234-3136\n\nItem 5.\n"
    )
    assert (facts["EntityAddressCityOrTown"], facts["EntityAddressCountry"]) == ("Dublin 2", "IE")
    assert (facts["CityAreaCode"], facts["LocalPhoneNumber"]) == ("353", "(1) 234-3136")


def test_two_dates_of_one_current_report() -> None:
    page = COLUMNS.replace(
        "Date of Report (Date of earliest event reported): March 3, 1998",
        "Date of Report: March 5, 1998\nDate of earliest event reported: March 3, 1998",
    )
    facts, findings = read_facts(page)
    assert (
        facts["DocumentPeriodEndDate"].value == "1998-03-03"
        and facts["DocumentPeriodEndDate"].reading is Standing.DOUBTFUL
    )
    assert any(f.code == "cover.candidates" and "1998-03-05" in f.message for f in findings)


def test_a_number_with_a_digit_missing_is_no_number() -> None:
    facts, findings = read_facts(COLUMNS.replace("13-3124057", "13-312405 "))
    assert "EntityTaxIdentificationNumber" not in facts and "cover.number" in [f.code for f in findings]


# --- what later covers have ------------------------------------------------------------------------------------------

ANNUAL = """<html><body><p>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</p><p>Washington, D.C. 20549</p>
<p>FORM 10-K/A</p><p>(Amendment No. 1)</p>
<table><tr><td>&#9746;</td><td>ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF
1934</td></tr></table>
<p>For the fiscal year ended September 30, 2023</p>
<table><tr><td>&#9744;</td><td>TRANSITION REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF
1934</td></tr></table>
<p>Commission File Number: 001-12345</p><p>EXAMPLE MILLS, INC.</p>
<p>(Exact name of registrant as specified in its charter)</p>
<p>Securities registered pursuant to Section 12(b) of the Act:</p>
<table><tr><td>Title of each class</td><td>Trading Symbol(s)</td><td>Name of each exchange on which registered</td></tr>
<tr><td>Class A Common Stock, $.01 par value</td><td>XMPL</td><td>The Nasdaq Stock Market LLC</td></tr>
<tr><td>1.800% Senior Notes due 2026</td><td>XMPL26</td><td>New York Stock Exchange</td></tr></table>
<p>Securities registered pursuant to Section 12(g) of the Act: None</p>
<p>Indicate by check mark if the registrant is a well-known seasoned issuer. Yes &#9746; No &#9744;</p>
<p>Indicate by check mark if the registrant is not required to file reports pursuant to Section 13. Yes &#9744; No
&#9746;</p>
<p>Indicate by check mark whether the registrant (1) has filed all reports required to be filed. &#254; Yes &#168;
No</p>
<p>Indicate by check mark whether the registrant has submitted electronically every Interactive Data File. Yes X No
__</p>
<p>Indicate by check mark whether the registrant is a large accelerated filer, an accelerated filer, a non-accelerated
filer, a smaller
reporting company, or an emerging growth company.</p>
<table><tr><td>Large accelerated filer</td><td>&#9744;</td><td>Accelerated filer</td><td>&#9746;</td></tr>
<tr><td>Non-accelerated filer</td><td>&#9744;</td><td>Smaller reporting company</td><td>&#9746;</td></tr>
<tr><td></td><td></td><td>Emerging growth company</td><td>&#9744;</td></tr></table>
<p>Indicate by check mark whether the registrant is a shell company. Yes &#9744; No &#9746;</p>
<p>The aggregate market value of the voting stock held by non-affiliates on March 31, 2023, at $12.50 a share, was
$1.2 billion.</p>
<p>As of November 10, 2023, there were 96,000,000 shares of Class A Common Stock and 4,000,000 shares of Class B
Common Stock outstanding.</p>
<p>PART I</p></body></html>"""


def test_what_a_cover_of_today_prints_becomes_facts() -> None:
    facts, findings = cover(ANNUAL, "x.htm")
    assert {c: v for c, v in facts.items() if not c.startswith(("Entity", "Trading", "Security"))} == {
        "DocumentType": "10-K/A",
        "AmendmentFlag": "true",
        "DocumentPeriodEndDate": "2023-09-30",
        "CurrentFiscalYearEndDate": "--09-30",
        "DocumentFiscalYearFocus": "2023",
        "DocumentFiscalPeriodFocus": "FY",
        "DocumentAnnualReport": "true",
        "DocumentTransitionReport": "false",
    }
    assert {c: facts[c] for c in facts if c.startswith("Entity")} == {
        "EntityRegistrantName": "EXAMPLE MILLS, INC.",
        "EntityFileNumber": "001-12345",
        "EntityWellKnownSeasonedIssuer": "Yes",
        "EntityVoluntaryFilers": "No",
        "EntityCurrentReportingStatus": "Yes",
        "EntityInteractiveDataCurrent": "Yes",
        "EntityShellCompany": "false",
        "EntityFilerCategory": "Accelerated Filer",
        "EntitySmallBusiness": "true",
        "EntityEmergingGrowthCompany": "false",
        "EntityCommonStockSharesOutstanding": "4000000",
        "EntityPublicFloat": "1200000000",
    }
    assert findings == ()


def test_securities_and_shares_are_told_apart_by_class() -> None:
    facts, _ = read_cover(read(ANNUAL.encode(), "x.htm").value)
    by = {(f.concept, f.members[0][1]): (f.value, f.day) for f in facts if f.members}
    assert by == {
        ("Security12bTitle", "CommonClassAMember"): ("Class A Common Stock, $.01 par value", ""),
        ("TradingSymbol", "CommonClassAMember"): ("XMPL", ""),
        ("SecurityExchangeName", "CommonClassAMember"): ("NASDAQ", ""),
        ("Security12bTitle", "SeniorNotesDue2026Member"): ("1.800% Senior Notes due 2026", ""),
        ("TradingSymbol", "SeniorNotesDue2026Member"): ("XMPL26", ""),
        ("SecurityExchangeName", "SeniorNotesDue2026Member"): ("NYSE", ""),
        ("EntityCommonStockSharesOutstanding", "CommonClassAMember"): ("96000000", "2023-11-10"),
        ("EntityCommonStockSharesOutstanding", "CommonClassBMember"): ("4000000", "2023-11-10"),
    }


def test_a_box_answered_yes_and_no_is_told_and_not_taken() -> None:
    facts, findings = cover(
        ANNUAL.replace("is a shell company. Yes &#9744;", "is a shell company. Yes &#9746;"), "x.htm"
    )
    assert "EntityShellCompany" not in facts and [f.code for f in findings] == ["cover.checkbox"]


@pytest.mark.parametrize(
    "answer",
    ["Yes X            No", "X  Yes           No", "[X] YES [ ] NO", "Yes |X| No______", "Yes  x  No\n    ---     ---"],
)
def test_a_mark_stands_before_or_behind_its_word(answer: str) -> None:
    page = COLUMNS.replace("8-K", "10-K").replace(
        "Item 5.", f"whether the registrant has filed all reports required.\n{answer}\n\nItem 5."
    )
    assert cover(page)[0]["EntityCurrentReportingStatus"] == "Yes"


def test_a_table_in_text_whose_rows_run_over_lines_is_left_out_and_told() -> None:
    table = (
        "Securities registered pursuant to Section 12(b) of the Act:\n"
        "  Title of each class         Name of each exchange on which registered\n"
        "  Common Stock,\n  par value $1.00             New York Stock Exchange\n\n"
        "Securities registered pursuant to Section 12(g): None\n\n"
    )
    facts, findings = cover(COLUMNS.replace("8-K", "10-K").replace("Item 5.", f"{table}Item 5."))
    assert "Security12bTitle" not in facts and "cover.securities" in [f.code for f in findings]
    whole = table.replace("Common Stock,\n  par value $1.00 ", "Common Stock, $1 par value")
    facts, findings = cover(COLUMNS.replace("8-K", "10-K").replace("Item 5.", f"{whole}Item 5."))
    assert facts["Security12bTitle"] == "Common Stock, $1 par value" and facts["SecurityExchangeName"] == "NYSE"


@pytest.mark.parametrize(
    ("end", "year_end", "year", "period"),
    [
        ("December 26, 2015", "0930", "2016", "Q1"),
        ("June 26, 1998", "0930", "1998", "Q3"),
        ("April 2, 2023", "1231", "2023", "Q1"),
        ("July 31, 2021", "0131", "", "Q2"),
    ],
)
def test_fiscal_year_and_quarter_by_the_headers_year_end(end: str, year_end: str, year: str, period: str) -> None:
    head = f"COMPANY DATA:\n\tCOMPANY CONFORMED NAME:\tEXAMPLE WIDGETS INC\n\tFISCAL YEAR END:\t{year_end}\n"
    page = COLUMNS.replace("8-K", "10-Q").replace(
        "Date of Report (Date of earliest event reported): March 3, 1998", f"For the quarterly period ended {end}"
    )
    facts, _ = cover(submission(page, "10-Q", head))
    assert (facts.get("DocumentFiscalYearFocus", ""), facts["DocumentFiscalPeriodFocus"]) == (year, period)


# --- the same facts in other clothes ---------------------------------------------------------------------------------


def test_values_and_captions_in_paragraphs_of_their_own() -> None:
    page = "\n\n".join(
        [
            "## UNITED STATES SECURITIES AND EXCHANGE COMMISSION",
            "Washington, D.C. 20549 ## FORM 10-Q",
            "For the quarterly period ended April 1, 2023",
            "Commission File Number: 001-36799 ## Sample Orchards Inc.",
            "(Exact name of Registrant as specified in its charter)",
            "California",
            "94-2404199",
            "(State or other jurisdiction of incorporation or organization)",
            "(I.R.S. Employer Identification No.)",
            "One Orchard Park Way Exampleville, California",
            "95014",
            "(Address of principal executive offices)",
            "(Zip Code) ## (408) 996-1099",
            "(Registrant's telephone number, including area code)",
            "Securities registered pursuant to Section 12(b) of the Act:",
            "Title of each class",
            "Trading symbol(s)",
            "Name of each exchange on which registered",
            "Common Stock, $0.00001 par value per share",
            "ORCH",
            "The Nasdaq Stock Market LLC",
            "15,728,702,000 shares of common stock were issued and outstanding as of April 21, 2023.",
            "PART I",
        ]
    )
    facts, _ = cover(page)
    assert facts == {
        "DocumentType": "10-Q",
        "DocumentPeriodEndDate": "2023-04-01",
        "EntityRegistrantName": "Sample Orchards Inc.",
        "EntityIncorporationStateCountryCode": "CA",
        "EntityFileNumber": "001-36799",
        "EntityTaxIdentificationNumber": "94-2404199",
        "EntityAddressAddressLine1": "One Orchard Park Way",
        "EntityAddressCityOrTown": "Exampleville",
        "EntityAddressStateOrProvince": "CA",
        "EntityAddressPostalZipCode": "95014",
        "CityAreaCode": "408",
        "LocalPhoneNumber": "996-1099",
        "Security12bTitle": "Common Stock, $0.00001 par value per share",
        "TradingSymbol": "ORCH",
        "SecurityExchangeName": "NASDAQ",
        "EntityCommonStockSharesOutstanding": "15728702000",
    }


def test_a_cover_on_one_line() -> None:
    facts, _ = cover(
        "UNITED STATES SECURITIES AND EXCHANGE COMMISSION Washington, DC 20549 FORM 10-K Annual Report Pursuant "
        "to Section 13 For the fiscal year ended "
        "March 28, 2003 Commission File Number: 001-33799 SAMPLE BEAUTY, INC. (Exact name of registrant as "
        "specified in its charter) Delaware (State or "
        "other jurisdiction of incorporation or organization) 38-4022299 (I.R.S. Employer Identification No.) "
        "1000 Sample Blvd., Suite 120 Bolingbrook, "
        "Illinois (Address of principal executive offices) 60440 (Zip code) Registrants telephone number, "
        "including area code: (630) 410-4899"
    )
    names = ("AddressLine1", "CityOrTown", "StateOrProvince", "PostalZipCode")
    assert [facts[f"EntityAddress{n}"] for n in names] == ["1000 Sample Blvd., Suite 120", "Bolingbrook", "IL", "60440"]
    assert (
        facts["EntityRegistrantName"] == "SAMPLE BEAUTY, INC."
        and facts["EntityTaxIdentificationNumber"] == "38-4022299"
    )


def test_the_caption_may_stand_before_the_name() -> None:
    page = (
        "FORM 8-K\n\nDate of Report: March 15, 2006\n\n"
        "(Exact name of registrant as specified in its charter) APEX SAMPLES INC.\n\nItem 1.01.\n"
    )
    assert cover(page)[0]["EntityRegistrantName"] == "APEX SAMPLES INC."


def test_a_name_torn_over_two_lines_and_the_date_of_an_event_in_parentheses() -> None:
    page = COLUMNS.replace(
        "                            EXAMPLE WIDGETS, INC.", "      EXAMPLE ENERGY\n     PARTNERS, L.P."
    )
    facts, findings = cover(page.replace("March 3, 1998", "March 9, 1998 (March 3, 1998)"))
    assert (
        facts["EntityRegistrantName"] == "EXAMPLE ENERGY PARTNERS, L.P."
        and facts["DocumentPeriodEndDate"] == "1998-03-03"
    )
    assert "cover.candidates" in [f.code for f in findings]


def test_a_table_of_classes_in_text() -> None:
    table = (
        "Indicate the number of shares outstanding of each of the issuer's classes of common stock, as of "
        "October 31, 1996.\n\n"
        "        Class                                   Outstanding at October 31, 1996\n"
        "Class A Common Stock, $.01 par value                          60,123,456\n"
        "Common Voting Shares, $.01 par value                          19,345,678\n\n"
    )
    facts, _ = read_cover(
        read(COLUMNS.replace("8-K", "10-Q").replace("Item 5.", f"{table}Item 5.").encode(), "x.txt").value
    )
    shares = {f.members[0][1]: (f.value, f.day) for f in facts if f.concept == "EntityCommonStockSharesOutstanding"}
    assert shares == {"CommonClassAMember": ("60123456", "1996-10-31"), "CommonStockMember": ("19345678", "1996-10-31")}


def test_the_answer_of_one_question_is_not_that_of_the_next() -> None:
    answers = (
        "whether the issuer (1) filed all reports required to be filed.   Yes X     No\n  ---  ---\n\n"
        "Transitional Format: Yes [ ] No [X]\n\n"
    )
    facts, findings = cover(COLUMNS.replace("8-K", "10-KSB").replace("Item 5.", f"{answers}Item 5."))
    assert facts["EntityCurrentReportingStatus"] == "Yes" and "cover.checkbox" not in [f.code for f in findings]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("FORM 10-K/A", "/A"),
        ("FORM 10-K\n(Amendment No. 1)", "Amendment No. 1"),
        ("FORM 10-K, Amendment No. 2", "Amendment No. 2"),
    ],
)
def test_an_amendment_is_flagged_where_it_is_printed_and_described_in_its_own_words(line: str, words: str) -> None:
    why = "The purpose of this Amendment is to file the exhibits left out of the annual report."
    facts, _ = read_facts(COLUMNS.replace("FORM 8-K", line).replace("Item 5.", f"EXPLANATORY NOTE\n\n{why}\n\nItem 5."))
    assert facts["DocumentType"].value == "10-K/A" and facts["AmendmentFlag"].shown == words
    assert facts["AmendmentDescription"].value == why
    assert "AmendmentFlag" not in read_facts(COLUMNS)[0]


def test_a_security_listed_without_its_exchange_has_its_title() -> None:
    table = (
        "Securities registered pursuant to Section 12(b) of the Act:\n\nCommon Stock, $0.01 par value\n\n"
        "Indicate by check mark\n\n"
    )
    facts, findings = cover(COLUMNS.replace("8-K", "10-K").replace("Item 5.", f"{table}Item 5."))
    assert facts["Security12bTitle"] == "Common Stock, $0.01 par value" and "SecurityExchangeName" not in facts
    assert "cover.securities" not in [f.code for f in findings]


def test_a_page_full_of_forms_is_read_in_no_time() -> None:
    begun = time.process_time()
    cover("FORM 10-K\n\n" * 1600 + "(" * 5000 + "1" * 5000)
    assert time.process_time() - begun < 2


FLAGS = """<p>If an emerging growth company, indicate by check mark if the registrant has elected not to use the
extended transition period for complying with any new or revised financial accounting standards. {growth}</p>
<p>Indicate by check mark whether the registrant has filed a report on and attestation to its management's assessment of
the effectiveness of its internal control over financial reporting under Section 404(b) of the Sarbanes-Oxley Act (15
U.S.C. 7262(b)) by the registered public accounting firm that prepared or issued its audit report. {audited}</p>
<p>If securities are registered pursuant to Section 12(b) of the Act, indicate by check mark whether the financial
statements of the registrant included in the filing reflect the correction of an error to previously issued financial
statements. {error}</p>
<p>Indicate by check mark whether any of those error corrections are restatements that required a recovery analysis of
incentive-based compensation pursuant to &#167;240.10D-1(b). {recovery}</p>
<p>PART I</p>"""


@pytest.mark.parametrize(("on", "off"), [("&#9746;", "&#9744;"), ("[X]", "[ ]"), ("Yes [X] No [ ]", "Yes [ ] No [X]")])
def test_sentences_with_one_box_are_flags(on: str, off: str) -> None:
    boxes = FLAGS.format(growth=off, audited=on, error=off, recovery=off)
    facts, findings = cover(ANNUAL.replace("<p>PART I</p>", boxes), "x.htm")
    assert {c: facts[c] for c in facts if c.endswith("Flag") or c == "EntityExTransitionPeriod"} == {
        "AmendmentFlag": "true",
        "EntityExTransitionPeriod": "false",
        "IcfrAuditorAttestationFlag": "true",
        "DocumentFinStmtErrorCorrectionFlag": "false",
        "DocumentFinStmtRestatementRecoveryAnalysisFlag": "false",
    }
    assert facts["EntityEmergingGrowthCompany"] == "false" and facts["EntityShellCompany"] == "false"
    assert findings == ()


def test_a_sentence_without_a_box_is_no_flag() -> None:
    boxes = FLAGS.format(growth="", audited="", error="", recovery="")
    facts, _ = cover(ANNUAL.replace("<p>PART I</p>", boxes), "x.htm")
    assert not {"IcfrAuditorAttestationFlag", "EntityExTransitionPeriod"} & set(facts)


@pytest.mark.parametrize(
    "why",
    [
        "This Amendment No. 1 on Form 10-K/A amends the annual report to include the information of Part III.",
        "We are filing this Amendment No. 2 to correct an error in the exhibit index.",
        "This Form 10-K/A is being filed to include Exhibit 23.",
    ],
)
def test_what_an_amendment_changes_is_said_in_several_ways(why: str) -> None:
    page = COLUMNS.replace("FORM 8-K", "FORM 10-K/A").replace("Item 5.", f"EXPLANATORY NOTE\n\n{why}\n\nItem 5.")
    assert read_facts(page)[0]["AmendmentDescription"].value == why
