"""Small pages for the fuzzer: statements cut out of real documents, and the other forms that a page may come in."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

SUFFIXES = (".txt", ".htm", ".html", ".md")
#: A page: its lines, its bytes, and how many are cut out of one document.
_LINES, _BYTES, _EACH = 13, 3_500, 5
_TITLE = re.compile(
    rb"BALANCE SHEETS?|STATEMENTS? OF (?:CONSOLIDATED )?(?:INCOME|OPERATIONS|EARNINGS|CASH FLOWS|FINANCIAL POSITION)",
    re.I,
)
_TABLE = re.compile(rb"<table\b.*?</table>", re.I | re.S)
_FIGURE = re.compile(rb"\d,\d{3}|\d{3}")


@dataclass(frozen=True, slots=True)
class Page:
    """kind: "text" or "html"; name: of the document it was cut from."""

    kind: str
    name: str
    data: bytes


def pages(places: Sequence[Path]) -> tuple[Page, ...]:
    """The pages of all documents in these folders, in a fixed order."""
    out: list[Page] = []
    for place in places:
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in SUFFIXES)
        for path in files:
            data = path.read_bytes()
            markup = path.suffix.startswith(".htm")
            cut = _tables(data) if markup else _statements(data)
            out += [Page("html" if markup else "text", path.name, piece) for piece in cut]
    return tuple(out)


def _statements(data: bytes) -> list[bytes]:
    lines, found, after = data.split(b"\n"), [], 0
    for at, line in enumerate(lines):
        if at < after or not _TITLE.search(line) or len(line) > 200:
            continue
        piece = b"\n".join(lines[max(0, at - 3) : at + _LINES])
        if len(_FIGURE.findall(piece)) >= 8:
            found.append(piece[:_BYTES])
            after = at + _LINES
    return found[:_EACH]


def _tables(data: bytes) -> list[bytes]:
    found = []
    for match in _TABLE.finditer(data):
        before = data[max(0, match.start() - 400) : match.start()].rpartition(b"<")
        piece = before[1] + before[2] + match[0]
        if len(_FIGURE.findall(piece)) >= 8 and len(piece) <= _BYTES:
            found.append(b"<html><body>" + piece + b"</body></html>")
    return found[:_EACH]


# --- other forms ------------------------------------------------------------------------------------------------------


def pdf(text: bytes) -> bytes:
    """A PDF of one page that shows these lines in Courier."""
    marks = b"".join(
        b"BT /F 8 Tf 1 0 0 1 30 %d Tm (%s) Tj ET\n" % (760 - 9 * i, line.translate(None, b"\\()"))
        for i, line in enumerate(text.split(b"\n")[:80])
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>",
        b"<</Length %d>>stream\n%sendstream" % (len(marks), marks),
    )
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + numbered + b"trailer<</Root 1 0 R/Size 6>>\n"


def _rows(text: bytes) -> Iterator[list[str]]:
    """The cells of each line: what two blanks or a tab part."""
    for line in text.decode("utf-8", "replace").split("\n"):
        yield [cell for cell in re.split(r"\s{2,}|\t", line.strip()) if cell] or [""]


def rtf(text: bytes) -> bytes:
    out = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}"
    for cells in _rows(text):
        shown = [c.replace("\\", "").replace("{", "").replace("}", "") for c in cells]
        if len(shown) == 1:
            out += rf"\pard {shown[0]}\par "
        else:
            places = "".join(rf"\cellx{4000 + 1500 * n}" for n in range(len(shown)))
            out += rf"\trowd{places}\pard\intbl " + "".join(rf"{c}\cell " for c in shown) + r"\row "
    return (out + r"\pard }").encode("latin-1", "replace")


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def docx(text: bytes) -> dict[str, bytes]:
    """The members of a document of Word."""

    def said(words: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'

    body = "".join(
        said(row[0])
        if len(row) == 1
        else "<w:tbl><w:tr>" + "".join(f"<w:tc>{said(c)}</w:tc>" for c in row) + "</w:tr></w:tbl>"
        for row in _rows(_printable(text))
    ).replace("</w:tbl><w:tbl>", "")
    return _parts("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>', {})


def xlsx(text: bytes) -> dict[str, bytes]:
    """The members of a workbook."""
    rows = ""
    for n, row in enumerate(_rows(_printable(text)), 1):
        cells = ""
        for column, cell in zip("ABCDEFGH", row, strict=False):
            number = cell.replace(",", "").lstrip("$ ")
            if number.replace(".", "", 1).isascii() and number.replace(".", "", 1).isdecimal():
                cells += f'<c r="{column}{n}"><v>{number}</v></c>'
            else:
                cells += f'<c r="{column}{n}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        rows += f'<row r="{n}">{cells}</row>'
    book = (
        f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = f'<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData></worksheet>'
    link = f'<Relationship Id="rId1" Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/>'
    links = f'<Relationships xmlns="{_P}/relationships">{link}</Relationships>'
    return _parts("xl/workbook.xml", book, {"xl/worksheets/sheet1.xml": sheet, "xl/_rels/workbook.xml.rels": links})


def _parts(main: str, content: str, more: dict[str, str]) -> dict[str, bytes]:
    types = f'<Types xmlns="{_P}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    link = f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="{main}"/>'
    links = f'<Relationships xmlns="{_P}/relationships">{link}</Relationships>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, main: content, **more}
    return {name: (_HEAD + part).encode() for name, part in parts.items()}


def _printable(text: bytes) -> bytes:
    return bytes(c for c in text if c >= 32 or c == 10 or c == 9)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def submission(text: bytes) -> bytes:
    """A page as EDGAR disseminates it."""
    return (
        b"<SEC-DOCUMENT>0000000000-05-000001.txt : 20051101\n<SEC-HEADER>0000000000-05-000001.hdr.sgml : 20051101\n"
        b"CONFORMED SUBMISSION TYPE:\t10-Q\nCONFORMED PERIOD OF REPORT:\t20050930\nFILER:\n\n\tCOMPANY DATA:\n"
        b"\t\tCOMPANY CONFORMED NAME:\t\t\tMADE UP CORP\n\t\tCENTRAL INDEX KEY:\t\t\t0000000001\n"
        b"\t\tFISCAL YEAR END:\t\t\t1231\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>10-Q\n<SEQUENCE>1\n<FILENAME>a.txt\n<TEXT>\n"
        + text
        + b"\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nNothing more.\n</TEXT>\n</DOCUMENT>\n"
    )


def gz(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)
