"""The pages of a PDF -> Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from ..findings import Finding, Outcome, Position, Severity, UnreadableInput, counted, numbered
from ..model import Document
from . import tolerances as tol
from .ligatures import UNKNOWN, mended
from .ocr import DOTS, INSTALL, LONGEST, Progress, is_installed, print_nothing, read_pictures
from .printed_pages import Sheet, of_sheets
from .words_to_lines import Placed

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_OCR = f"{INSTALL}, or make a text layer first, for example with `ocrmypdf in.pdf out.pdf` (it uses tesseract)"


def read(data: bytes, name: str, *, ocr: bool = False, tell: Progress = print_nothing) -> Outcome[Document]:
    """Read a PDF. The document's text is what its pages look like, laid out; positions are lines of that.

    Pages without text are read from their pictures, where the extra `ocr` is installed; with ocr, all that are pictures
    are, whatever text they have.  Raises UnreadableInput without the extra `pdf`, for an encrypted or broken file, and
    for one that holds only pictures that cannot be read.
    """
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableInput(f"{name}: to read PDF files, install the extra: pip install 'capxbrl[pdf]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableInput(
                f"{name}: the PDF is encrypted; remove its password first, for example with `qpdf --decrypt`"
            ) from None
        raise UnreadableInput(f"{name}: the PDF is damaged or cut short ({error}); get it again") from None
    try:
        sheets = _sheets(document, name, ocr, tell)
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(f"{name}: a page of the PDF is damaged ({error}); get it again") from None
    finally:
        document.close()
    blank = [n for n, sheet in enumerate(sheets, 1) if not sheet.words]
    if len(blank) == len(sheets):
        raise UnreadableInput(
            f"{name}: the PDF has no text, its pages are pictures or their letters have no Unicode; {_OCR}"
        )
    made, told = of_sheets(sheets, name, "pdf")
    findings = (*told, *_without_text(blank, name), *_unknown(sheets, name))
    return Outcome(made, findings)


def _without_text(blank: Sequence[int], name: str) -> Iterator[Finding]:
    """Pages that cannot be read."""
    if blank:
        shown = ", ".join(str(n) for n in blank[:10]) + (", ..." if len(blank) > 10 else "")
        yield Finding(
            code="pdf.no-text",
            severity=Severity.WARNING,
            at=Position(source=name),
            hint=_OCR,
            message=f"no text on {numbered(len(blank), 'page')} {shown}: blank, a picture that was not "
            "read, or letters without Unicode",
        )


def _unknown(sheets: Sequence[Sheet], name: str) -> Iterator[Finding]:
    """Letters that the file gives no Unicode for, and no word list either: one finding for all."""
    words = [
        (n, word.text)
        for n, sheet in enumerate(sheets, 1)
        for word in sheet.words
        if UNKNOWN in word.text and any(map(str.isalnum, word.text))
    ]
    if words:
        shown = ", ".join(f"{word} (page {n})" for n, word in dict((w, (n, w)) for n, w in words[::-1]).values())
        yield Finding(
            code="pdf.no-letter",
            severity=Severity.WARNING,
            at=Position(source=name),
            hint=_OCR,
            message=f"{counted(len(words), 'word has', 'words have')} letters without Unicode, shown as {UNKNOWN}: "
            f"{shown[:200]}",
        )


def _sheets(document: PdfDocument, name: str, ocr: bool, tell: Progress) -> list[Sheet]:
    """The words of each page: of its text, or read from its picture."""
    sheets: list[Sheet] = []
    pictures: list[int] = []
    for number in range(len(document)):
        page = document[number]
        sheet = _sheet(page)
        if (ocr and _is_picture(page)) or (not sheet.words and is_installed() and _is_drawn_on(page)):
            pictures.append(number)
        page.close()
        sheets.append(sheet)
    if pictures:
        seen = read_pictures(((n, _drawn(document, n)) for n in pictures), name, tell, len(document))
        for number, (words, height) in seen.items():
            sheets[number] = Sheet([_in_points(word) for word in words], height * 72 / DOTS, ocr=bool(words))
    return sheets


def _sheet(page: PdfPage) -> Sheet:
    """The words of its text."""
    found = _lettered(page)
    behind = bool(found) and _is_picture(page) and _is_invisible(page)
    height = median(h for _, h in found) if found else 10.0
    return Sheet([word for word, _ in found], height, behind=behind)


def _lettered(page: PdfPage) -> list[tuple[Placed, float]]:
    """The words of its text with their heights; none where most letters are not known."""
    found = list(_words(page))
    letters = "".join(word.text for word, _ in found)
    return [] if letters.count(UNKNOWN) > tol.PDF.unknown * len(letters) else found


def _is_drawn_on(page: PdfPage) -> bool:
    return next(iter(page.get_objects(max_depth=1)), None) is not None


def _is_picture(page: PdfPage) -> bool:
    """One picture covers most of the page."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > tol.PDF.covers * width * height:
            return True
    return False


def _is_invisible(page: PdfPage) -> bool:
    """Its text is not painted: what OCR programs lay behind the picture of a page (PDF 32000-1, table 106)."""
    import pypdfium2.raw as raw

    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    return any(raw.FPDFTextObj_GetTextRenderMode(item.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for item in texts)


def _drawn(document: PdfDocument, number: int) -> Any:
    """The picture of a page."""
    page = document[number]
    scale = min(DOTS / 72, LONGEST / max(page.get_size()))
    drawn = page.render(scale=scale).to_numpy().copy()
    page.close()
    return drawn


def _in_points(word: Placed) -> Placed:
    return word._replace(x0=word.x0 * 72 / DOTS, x1=word.x1 * 72 / DOTS, y=word.y * 72 / DOTS)


def _words(page: PdfPage) -> Iterator[tuple[Placed, float]]:
    """The words of a page, and how high their letters are."""
    word: list[tuple[float, float, float, float, str]] = []
    for char in _chars(page):
        x0, x1, y, size, text = char
        if text.isspace():
            if word:
                yield _word(word)
            word = []
            continue
        if word:
            _, end, before, _, _ = word[-1]
            if abs(y - before) > tol.PDF.raised * size or not -tol.PDF.raised * size < x0 - end < tol.PDF.gap * size:
                yield _word(word)
                word = []
        word.append((x0, x1, y, size, text))
    if word:
        yield _word(word)


def _word(chars: list[tuple[float, float, float, float, str]]) -> tuple[Placed, float]:
    text = mended("".join(c[4] for c in chars))
    size = chars[0][3]
    return Placed(x0=chars[0][0], x1=chars[-1][1], y=chars[0][2], text=text, at=0, size=size), size


def _chars(page: PdfPage) -> Iterable[tuple[float, float, float, float, str]]:
    """(left, right, middle from the top, height, character) of every character, the page turned upright."""
    import pypdfium2.raw as raw

    turn = page.get_rotation()
    width, height = page.get_size()  # as shown, that is, turned
    texts = page.get_textpage()
    for number in range(texts.count_chars()):
        code = raw.FPDFText_GetUnicode(texts, number)
        # The library writes a hyphen at the end of a line as U+FFFE or U+0002, which is no character.
        legal = 31 < code < 0xD800 or (0xF900 <= code < 0x110000 and code != 0xFFFF)
        text = "-" if code in (2, 0xFFFE) else chr(code) if legal else " " if 0 < code < 32 else UNKNOWN
        left, bottom, right, top = texts.get_charbox(number, loose=True)
        if turn == 90:
            left, bottom, right, top = bottom, height - right, top, height - left
        elif turn == 180:
            left, bottom, right, top = width - right, height - top, width - left, height - bottom
        elif turn == 270:
            left, bottom, right, top = width - top, left, width - bottom, right
        yield left, right, height - (top + bottom) / 2, max(1.0, top - bottom), text
    texts.close()
