"""PDF with a text layer: every page is laid out with blanks, as `pdftotext -layout` does, and read as a plain text.

Needs the extra `pdf` (pypdfium2: ten times as fast as pdfminer, and one dependency).  A page that is a picture has no
text to read; that is said, with the tools that make one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from ..findings import Finding, Outcome, Position, Severity, UnreadableInput
from ..model import Document
from .ligatures import UNKNOWN, mended
from .lines_to_blocks import read_lines
from .source_lines import split_lines
from .words_to_lines import Placed, lay, measure, shared

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

ORDER = 20

_OCR = "make a text layer first, for example with `ocrmypdf in.pdf out.pdf` (it uses tesseract)"
#: A gap of this part of the height of the letters begins a new word.
_GAP = 0.18
#: A page of which a larger part has no Unicode has no text: what its letters mean is known to its font alone.
_MOST_UNKNOWN = 0.3


def recognises(data: bytes) -> bool:
    """The mark of a PDF within the first kilobyte, as PDF readers look for it."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, name: str) -> Outcome[Document]:
    """Read a PDF. The document's text is what its pages look like, laid out; positions are lines of that.

    Raises UnreadableInput without the extra, for an encrypted or broken file, and for one that holds only pictures.
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
        pages = list(_pages(document))
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(f"{name}: a page of the PDF is damaged ({error}); get it again") from None
    finally:
        document.close()
    blank = [n for n, page in enumerate(pages, 1) if not page.strip()]
    if len(blank) == len(pages):
        raise UnreadableInput(
            f"{name}: the PDF has no text, its pages are pictures or their letters have no Unicode; {_OCR}"
        )
    text = "\f".join(pages)
    blocks = read_lines(split_lines(text), name)
    findings = (*_without_text(blank, name), *_unknown(pages, name))
    return Outcome(Document(name=name, format="pdf", blocks=tuple(blocks), text=text), findings)


def _without_text(blank: Sequence[int], name: str) -> Iterator[Finding]:
    """Pages that cannot be read."""
    if blank:
        shown = ", ".join(str(n) for n in blank[:10]) + (", ..." if len(blank) > 10 else "")
        yield Finding(
            code="pdf.no-text",
            severity=Severity.WARNING,
            at=Position(source=name),
            hint=_OCR,
            message=f"no text on page{'s' if len(blank) > 1 else ''} {shown}: blank, a picture that was not "
            "read, or letters without Unicode",
        )


def _unknown(pages: Sequence[str], name: str) -> Iterator[Finding]:
    """Letters that the file gives no Unicode for, and no word list either: one finding for all."""
    words = [
        (n, word)
        for n, page in enumerate(pages, 1)
        for word in page.split()
        if UNKNOWN in word and any(map(str.isalnum, word))
    ]
    if words:
        shown = ", ".join(f"{word} (page {n})" for n, word in dict((w, (n, w)) for n, w in words[::-1]).values())
        yield Finding(
            code="pdf.no-letter",
            severity=Severity.WARNING,
            at=Position(source=name),
            hint=_OCR,
            message=f"{len(words)} words have letters without Unicode, shown as {UNKNOWN}: {shown[:200]}",
        )


def _pages(document: PdfDocument) -> Iterator[str]:
    """The text of each page, laid out."""
    pages: list[list[Placed]] = []
    heights: list[float] = []
    for number in range(len(document)):
        page = document[number]
        found = list(_words(page))
        page.close()
        letters = "".join(word.text for word, _ in found)
        if letters.count(UNKNOWN) > _MOST_UNKNOWN * len(letters):
            found = []
        pages.append([word for word, _ in found])
        heights.append(median(h for _, h in found) if found else 10.0)
    full = [n for n, words in enumerate(pages) if words]
    alike = shared([measure(pages[n], heights[n]) for n in full]) if full else []
    measures = dict(zip(full, alike, strict=True))
    for number, words in enumerate(pages):
        lines = (_line(parts) for parts in lay(words, heights[number], measures.get(number)))
        yield "\n".join(lines) + "\n"


def _line(parts: Iterable[tuple[int, str, int]]) -> str:
    """The words of a line at their columns."""
    line = ""
    for column, text, _ in parts:
        line = line.ljust(column) + text
    return line


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
            if abs(y - before) > 0.5 * size or not -0.5 * size < x0 - end < _GAP * size:
                yield _word(word)
                word = []
        word.append((x0, x1, y, size, text))
    if word:
        yield _word(word)


def _word(chars: list[tuple[float, float, float, float, str]]) -> tuple[Placed, float]:
    text = mended("".join(c[4] for c in chars))
    return Placed(x0=chars[0][0], x1=chars[-1][1], y=chars[0][2], text=text, at=0), chars[0][3]


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
