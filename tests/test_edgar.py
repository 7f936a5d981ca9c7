"""Full EDGAR submissions -> header facts and one document with a section for each part that reports."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capxbrl.findings import UnreadableInput
from capxbrl.model import Cell, Document, Paragraph, Section, Table
from capxbrl.readers import edgar, read

HEADER = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
 MFgwCgYEVQgBAQICAf8DSgAwRwJAW2sNKK9AVtBzYZmr6aGjlWyK3XmZv3dTINen

<SEC-DOCUMENT>0000000001-00-000007.txt : 20001103
<SEC-HEADER>0000000001-00-000007.hdr.sgml : 20001103
ACCESSION NUMBER:\t\t0000000001-00-000007
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20001102
ITEM INFORMATION:\t\t
FILED AS OF DATE:\t\t20001103

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tACME CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000012345
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tCUTLERY [3420
]\t\tIRS NUMBER:\t\t\t\t061234567
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t1231
\tFILING VALUES:
\t\tFORM TYPE:\t\t8-K
\t\tSEC FILE NUMBER:\t001-01234

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tACME FINANCE CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000054321
</SEC-HEADER>
"""


def part(kind: str, body: str, extra: str = "") -> str:
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n{extra}<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n"


def submission(*parts: str, header: str = HEADER) -> Document:
    return read((header + "".join(parts)).encode(), "s.txt").value


def sections(document: Document) -> list[str]:
    return [b.type for b in document.blocks if isinstance(b, Section)]


def test_the_header_gives_the_facts_of_the_first_filer() -> None:
    header = submission(part("8-K", "FORM 8-K")).header
    assert header is not None
    assert (header.form, header.accession, header.period, header.filed) == (
        "8-K",
        "0000000001-00-000007",
        "2000-11-02",
        "2000-11-03",
    )
    assert (header.company, header.cik, header.irs_number) == ("ACME CORP", "0000012345", "061234567")
    assert (header.file_number, header.state, header.fiscal_year_end, header.sic) == ("001-01234", "DE", "1231", "3420")
    assert ("COMPANY CONFORMED NAME", "ACME FINANCE CORP") in header.items


def test_a_header_with_blanks_and_without_half_of_its_items() -> None:
    header = submission(
        part("10-K", "x"),
        header="<IMS-DOCUMENT>x.txt : 930331\n<IMS-HEADER>x : 930331\nACCESSION NUMBER:  0000000002-93-000001\n"
        "CONFORMED PERIOD OF REPORT:  921231\nFILER:\n  COMPANY DATA:\n     COMPANY CONFORMED NAME:  OLD CO\n"
        "</IMS-HEADER>\n",
    ).header
    assert header is not None
    assert (header.period, header.company, header.cik, header.state, header.irs_number) == (
        "1992-12-31",
        "OLD CO",
        "",
        "",
        "",
    )


def test_a_header_of_sgml_tags() -> None:
    header = submission(
        part("8-K", "x"),
        header="<SUBMISSION>\n<ACCESSION-NUMBER>0000000003-10-000001\n<TYPE>8-K\n<PERIOD>20100105\n"
        "<FILING-DATE>20100106\n"
        "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>TAG CO\n<CIK>0000000777\n<STATE-OF-INCORPORATION>NV\n"
        "</COMPANY-DATA>\n",
    ).header
    assert header is not None
    assert (header.form, header.period, header.company, header.cik, header.state) == (
        "8-K",
        "2010-01-05",
        "TAG CO",
        "0000000777",
        "NV",
    )


def test_the_form_and_its_reporting_exhibits_are_taken() -> None:
    found = read(
        (
            HEADER
            + part("8-K/A", "<html><body><p>FORM 8-K/A</p></body></html>", "<FILENAME>a.htm\n<DESCRIPTION>AMENDED\n")
            + part("EX-10.1", "an agreement")
            + part("EX-13", "annual report")
            + part("EX-27", "<MULTIPLIER> 1,000\n<CASH> 5")
            + part("EX-99.1", "press release")
            + part("GRAPHIC", "begin 644 a.jpg\nM_]C_X``02D9)1@`!`0$`8`!@\nend")
            + part("EX-99.2", "<PDF>\nbegin 644 b.pdf\nM)5!$1BTQ\nend\n</PDF>")
        ).encode(),
        "s.txt",
    )
    assert sections(found.value) == ["8-K/A", "EX-13", "EX-99.1"]
    first = found.value.blocks[0]
    assert isinstance(first, Section) and (first.filename, first.description) == ("a.htm", "AMENDED")
    (note,) = found.findings
    assert note.code == "edgar.left-out" and note.message == "left out: EX-10.1, EX-27, GRAPHIC, EX-99.2"


def test_places_are_those_of_the_whole_file() -> None:
    table = "Sales          $1,234      $987\nCost            1,000       900\n"
    document = submission(
        part("8-K", "hello"), part("EX-99", f"<html><body>\n<p>one\n<pre>\n{table}</pre>"), part("EX-99", table)
    )
    lines = document.text.splitlines()
    seen = 0
    for block in document.blocks:
        items: list[Cell | Paragraph] = [block] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            items = [c for row in block.rows for c in row.cells]
        for item in items:
            assert item.at.line is not None and item.at.column is not None
            assert lines[item.at.line - 1][item.at.column - 1 :].startswith(item.text.split()[0])
            seen += 1
    assert seen == 14
    assert [b.at.table for b in document.blocks if isinstance(b, Table)] == [1, 2]


def test_a_document_alone_without_a_header() -> None:
    document = submission(part("10-Q", "FORM 10-Q"), header="")
    assert (document.format, document.header, sections(document)) == ("edgar", None, ["10-Q"])


def test_a_truncated_submission_keeps_what_is_there() -> None:
    document = submission("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nFORM 8-K\n\nthe end is miss")
    assert sections(document) == ["8-K"] and len(document.blocks) == 3


def test_a_header_alone_and_a_submission_of_pictures_say_so() -> None:
    with pytest.raises(UnreadableInput, match="without any <DOCUMENT>"):
        submission()
    with pytest.raises(UnreadableInput, match="none of the 1 documents"):
        submission(part("GRAPHIC", "begin 644 a.jpg\nM_]C_X\nend"))


_PIECES = st.sampled_from(
    [
        "<SEC-HEADER>",
        "<DOCUMENT>\n",
        "<TYPE>8-K\n",
        "<TEXT>\n",
        "</TEXT>",
        "</DOCUMENT>\n",
        "<html><p>",
        "a: b\n",
        "CIK: 7\n",
        "begin 644 x\n",
        "1,234   5\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_any_pieces_give_a_document_or_a_clear_error(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    if data and edgar.recognises(data):
        try:
            assert edgar.read(data, "x").value.blocks
        except UnreadableInput as error:
            assert str(error)
