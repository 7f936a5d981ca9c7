"""Pictures of pages -> document, by OCR; without the extra, and for what is no page, a clear sentence."""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from test_pdf import page as written
from test_pdf import pdf

from capxbrl import pipeline
from capxbrl.findings import Outcome, UnreadableInput
from capxbrl.model import Document, Statement
from capxbrl.options import Options
from capxbrl.readers import read
from capxbrl.readers.printed_pages import Sheet, of_sheets, ranges
from capxbrl.readers.words_to_lines import Placed, level
from capxbrl.statements import parse_statements

ROWS = [
    ("Orchard Tools Inc.", "", ""),
    ("Balance Sheets", "", ""),
    ("(in thousands)", "", ""),
    ("", "December 31, 2009", "December 31, 2008"),
    ("Cash and cash equivalents", "$ 1,234", "$ 987"),
    ("Inventories", "766", "1,013"),
    ("Total assets", "$ 2,000", "$ 2,000"),
    ("Accounts payable", "$ 500", "$ 600"),
    ("Retained earnings", "1,500", "1,400"),
    ("Total liabilities and equity", "$ 2,000", "$ 2,000"),
]


def figures(statement: Statement) -> dict[str, tuple[Decimal | None, ...]]:
    return {line.label: tuple(a.value if a else None for a in line.amounts) for line in statement.lines}


# --- without the extra


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    for begins in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*"):
        with pytest.raises(UnreadableInput, match=r"pip install 'capxbrl\[ocr\]'"):
            read(begins + bytes(100), "page.png")


def tilted(slope: float) -> list[Placed]:
    """The words of a page that was laid on the glass by a slope; figures far from their labels."""
    words = []
    for n in range(30):
        for x, text in ((50, "Net"), (72, "sales"), (100, "of"), (114, "goods"), (144, "sold"), (500, f"{n},000")):
            y = 100.0 + 12 * n
            turned = x * math.cos(slope) - y * math.sin(slope), x * math.sin(slope) + y * math.cos(slope)
            words.append(Placed(turned[0], turned[0] + 4.5 * len(text), turned[1], text, 0))
    return words


@pytest.mark.parametrize("degrees", [-2.5, -0.7, 0.0, 0.4, 1.5, 3.0])
def test_a_tilted_page_is_laid_level(degrees: float) -> None:
    words = level(tilted(math.radians(degrees)), 10.0)
    rows = [words[n : n + 6] for n in range(0, len(words), 6)]
    assert all(max(w.y for w in row) - min(w.y for w in row) < 1.5 for row in rows)
    assert len({round(row[-1].x0 / 3) for row in rows}) <= 2


def test_what_is_hard_to_read_is_told_with_its_page() -> None:
    words = [Placed(0, 20, 10, "Cash", 0), Placed(90, 110, 10, "1,2S4", 1)]
    outcome = of_sheets([Sheet([], 10.0), Sheet(words, 10.0, ocr=True)], "scan.pdf", "pdf")
    assert [(f.code, f.severity.value) for f in outcome.findings] == [("ocr.read", "note"), ("ocr.doubtful", "warning")]
    assert "'1,2S4' (page 2)" in outcome.findings[1].message


def test_pages_are_named_in_runs() -> None:
    assert ranges([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"


# --- scans whose text does not add up

TIES = [(label.replace("Retained earnings", "Total stockholders' equity"), a, b) for label, a, b in ROWS]
SUMS = [(label, a.replace("766", "706"), b) for label, a, b in TIES]


def scanned(rows: Sequence[tuple[str, str, str]], behind: bool = True) -> bytes:
    pytest.importorskip("pypdfium2", reason="needs the extra: pip install 'capxbrl[pdf]'")
    return pdf([written(700, rows)], behind=behind)


@pytest.mark.parametrize(
    ("rows", "behind", "installed", "ocr", "severities"),
    [
        (SUMS, True, False, None, ["warning"]),  # nothing can read it anew
        (SUMS, True, True, None, ["note"]),  # read anew
        (SUMS, True, True, False, ["warning"]),  # not asked to
        (SUMS, True, True, True, []),  # asked to from the start
        (TIES, True, True, None, []),  # it adds up
        (SUMS, False, True, None, []),  # it is painted: no scan
    ],
)
def test_a_scan_whose_text_does_not_add_up_is_read_anew(
    monkeypatch: pytest.MonkeyPatch,
    rows: Sequence[tuple[str, str, str]],
    behind: bool,
    installed: bool,
    ocr: bool | None,
    severities: list[str],
) -> None:
    asked: list[bool] = []

    def load(source: bytes, name: str, *, ocr: bool = False, progress: object = None) -> Outcome[Document]:
        asked.append(ocr)
        return read(scanned(TIES if ocr else rows, behind and not ocr), name)

    monkeypatch.setattr(pipeline, "load", load)
    monkeypatch.setattr(pipeline, "_reads_pictures", lambda: installed)
    made, findings = pipeline.opened(b"", "scan.pdf", Options(ocr=ocr))
    assert [f.severity.value for f in findings if f.code == "pdf.poor-text"] == severities
    inventories = {fact.value for fact in made.facts} & {Decimal(706_000), Decimal(766_000)}
    assert inventories == {706_000 if severities == ["warning"] or not behind else 766_000}
    assert asked == ([True] if ocr else [False, True] if severities == ["note"] else [False])


# --- with it


@pytest.fixture(scope="module")
def page() -> Any:
    """The picture of a page."""
    reason = "needs the extra: pip install 'capxbrl[ocr]'"
    pytest.importorskip("rapidocr", reason=reason)
    pytest.importorskip("onnxruntime", reason=reason)
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1200, 460), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=24)
    for n, (label, *figures) in enumerate(ROWS):
        draw.text((40, 20 + 42 * n), label, "black", font)
        for right, text in zip((800, 1100), figures, strict=True):
            draw.text((right - draw.textlength(text, font), 20 + 42 * n), text, "black", font)
    return image


def stored(image: Any, kind: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def test_a_statement_is_read_from_a_picture_and_the_same_words_each_time(page: Any) -> None:
    told: list[str] = []
    data = stored(page, "PNG")
    outcome = read(data, "page.png", tell=told.append)
    (statement,) = parse_statements(outcome.value).value
    assert [str(c.period) for c in statement.columns] == ["2009-12-31", "2008-12-31"]
    assert figures(statement)["Cash and cash equivalents"] == (1_234_000, 987_000)
    assert figures(statement)["Total assets"] == (2_000_000, 2_000_000)
    assert told == ["reading page 1 of 1"]
    assert [f.code for f in outcome.findings if f.severity.value == "note"] == ["ocr.read"]
    assert read(data, "page.png") == outcome


def test_the_pages_of_a_tiff_are_read_one_of_them_on_its_side(page: Any) -> None:
    second = page.rotate(90, expand=True)
    document = read(stored(page, "TIFF", save_all=True, append_images=[second]), "pages.tif").value
    first, other = document.text.split("\f")
    assert first.split() == other.split() and "Inventories" in first


def test_a_scanned_pdf_is_read_and_one_with_a_text_layer_anew_when_asked(page: Any) -> None:
    pytest.importorskip("pypdfium2", reason="needs the extra: pip install 'capxbrl[pdf]'")
    data = stored(page, "PDF", resolution=150)
    outcome = read(data, "scan.pdf")
    (statement,) = parse_statements(outcome.value).value
    assert figures(statement)["Inventories"] == (766_000, 1_013_000)
    assert read(data, "scan.pdf", ocr=True).value == outcome.value


def test_damaged_and_endless_pictures_say_so(page: Any) -> None:
    data = stored(page, "PNG")
    with pytest.raises(UnreadableInput, match="damaged"):
        read(data[: len(data) // 2], "page.png")
    huge = bytearray(data)
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(UnreadableInput, match=r"damaged|no page"):
        read(bytes(huge), "page.png")
