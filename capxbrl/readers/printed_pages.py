"""Words of printed pages -> a document whose text is what the pages look like, laid out with blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..findings import Finding, Outcome, Position, Severity, numbered
from ..model import Document
from .lines_to_blocks import read_lines
from .source_lines import split_lines
from .words_to_lines import Placed, lay, level, measure, shared

#: So many places are named in a finding.
_NAMED = 6


class Sheet(NamedTuple):
    """A page: its words, how high its letters are, and whether they were read from a picture; or whether they were laid
    invisibly behind one."""

    words: Sequence[Placed]
    height: float
    ocr: bool = False
    behind: bool = False


def lay_out(sheets: Sequence[Sheet]) -> list[str]:
    """The text of each page; pages of one print are set alike."""
    levelled = [level(sheet.words, sheet.height) for sheet in sheets]
    full = [n for n, words in enumerate(levelled) if words]
    alike = shared([measure(levelled[n], sheets[n].height) for n in full]) if full else []
    measures = dict(zip(full, alike, strict=True))
    out = []
    for number, words in enumerate(levelled):
        lines = (_line(parts) for parts in lay(words, sheets[number].height, measures.get(number)))
        out.append("\n".join(lines) + "\n")
    return out


def _line(parts: Iterable[tuple[int, str, int]]) -> str:
    """The words of a line at their columns."""
    line = ""
    for column, text, _ in parts:
        line = line.ljust(column) + text
    return line


def of_sheets(sheets: Sequence[Sheet], name: str, format: str) -> Outcome[Document]:
    """The document of these pages, with what is to be told of those that were read from pictures."""
    pages = lay_out(sheets)
    text = "\f".join(pages)
    blocks = read_lines(split_lines(text), name)
    scanned = tuple(n for n, sheet in enumerate(sheets, 1) if sheet.behind)
    document = Document(name=name, format=format, blocks=tuple(blocks), text=text, scanned=scanned)
    return Outcome(document, tuple(_told(sheets, name)))


def _told(sheets: Sequence[Sheet], name: str) -> Iterator[Finding]:
    read = [n for n, sheet in enumerate(sheets, 1) if sheet.ocr]
    if not read:
        return
    yield Finding(
        code="ocr.read",
        severity=Severity.NOTE,
        at=Position(source=name),
        message=f"read from pictures, by OCR: {numbered(len(read), 'page')} {ranges(read)}",
    )
    doubtful = [(n, w.text) for n in read for w in sheets[n - 1].words if w.at]
    if doubtful:
        shown = ", ".join(f"{text!r} (page {n})" for n, text in doubtful[:_NAMED])
        yield Finding(
            code="ocr.doubtful",
            severity=Severity.WARNING,
            at=Position(source=name),
            message=f"hard to read in the picture: {shown}{', ...' if len(doubtful) > _NAMED else ''}",
            hint="compare with the page; a scan of 300 dots to the inch is read best",
        )


def ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as "1-3, 7"."""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
