"""Cover pages: captions below, beside and above their values, in columns and in tables; damaged and checked boxes."""

from __future__ import annotations

from capxbrl.cover import find_entity, read_cover
from capxbrl.findings import Finding
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
        "DocumentType": "8-K", "DocumentPeriodEndDate": "1998-03-03", "EntityRegistrantName": "EXAMPLE WIDGETS, INC.",
        "EntityIncorporationStateCountryCode": "NV", "EntityFileNumber": "0-12345", "EntityTaxIdentificationNumber": "13-3124057",
        "EntityAddressAddressLine1": "6601 Lyons Road, Suite C-12", "EntityAddressCityOrTown": "Coconut Creek",
        "EntityAddressStateOrProvince": "FL", "EntityAddressPostalZipCode": "33073", "CityAreaCode": "954", "LocalPhoneNumber": "420-0882",
    }  # fmt: skip
    assert [f.code for f in findings] == ["cover.not-there"]


TABLE = """<html><body><p>FORM 8-K</p><p>Washington, D.C. 20549</p><p>Date of Report: September 22, 2000</p>
<p><b>EXAMPLE QUARRIES CORPORATION</b></p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>DELAWARE</td><td>0-29464</td><td>03-1532000</td></tr>
<tr><td>--------</td><td>-----</td><td>-----</td></tr>
<tr><td>(State or other jurisdiction of incorporation)</td><td>(Commission File Number)</td><td>(I.R.S. Employer Identification Number)</td></tr></table>
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
    head = "<SEC-HEADER>\nCOMPANY DATA:\n\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLES WIDGETS CO\n\tCENTRAL INDEX KEY:\t\t0000012345\n</SEC-HEADER>\n"
    source = f"<SEC-DOCUMENT>x.txt\n{head}<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{page}</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
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
