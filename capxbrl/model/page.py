"""What stands on a page, as the readers give it: paragraphs, tables, and what a place of them is in the source."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from ..findings import Position, counted
from ..records import dataclass
from ..reprs import Brief


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Span(Brief):
    """Characters start..end (Python slice) of one text of the document: block number, and row and cell in a Table."""

    block: int
    start: int
    end: int
    row: int | None = None
    cell: int | None = None


class TextKind(StrEnum):
    """How running text stands. PRE: its line breaks and blanks are its layout."""

    TEXT = "text"
    HEADING = "heading"
    PRE = "pre"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paragraph(Brief):
    """Running text. `text` is what a reader sees, tags and escapes removed, line ends kept as "\\n".

    jumps: (offset, line, column) wherever the source place of text[offset] does not follow from the character before.
    marks: (offset, mark) of the raised marks of notes; `text` has blanks in their place, `seen` gives what is seen.
    """

    text: str
    at: Position
    kind: TextKind = TextKind.TEXT
    align: str = ""
    jumps: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cell(Brief):
    """One cell. It covers grid columns col .. col+span-1 and `rows` rows; column 0 is the leftmost.

    A cell of an amount holds the whole of it: "$ (1,234)" is one cell even where the source had three.
    indent: depth of the text inside its cell, in characters (ASCII blanks, or HTML padding at about 7 px a character).
    marks: as of a Paragraph.
    """

    text: str
    at: Position
    col: int
    span: int = 1
    rows: int = 1
    indent: int = 0
    bold: bool = False
    jumps: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row(Brief):
    """Cells from left to right; cells without text are left out. rule: a line drawn below the row, or a row of dashes.
    loose: its figures stand in their order, but nothing on the page tells in which columns."""

    cells: tuple[Cell, ...]
    at: Position
    rule: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Table(Brief):
    """Rows on one grid of `width` columns. goes_on: a page ended within it, and the table before, on the same grid, is
    its beginning."""

    rows: tuple[Row, ...]
    width: int
    at: Position
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PageBreak(Brief):
    at: Position
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Section(Brief):
    """A <DOCUMENT> of a full submission begins here: its type ("8-K", "EX-99.1"), file name and description."""

    type: str
    at: Position
    filename: str = ""
    description: str = ""


Block = Paragraph | Table | PageBreak | Section


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Header(Brief):
    """What the SGML header of a submission says; an absent item is empty. Dates are ISO. state: two letters."""

    form: str = ""
    accession: str = ""
    period: str = ""
    filed: str = ""
    company: str = ""
    cik: str = ""
    irs_number: str = ""
    file_number: str = ""
    state: str = ""
    fiscal_year_end: str = ""  # "0331": month and day
    sic: str = ""
    items: tuple[tuple[str, str], ...] = ()  # every key and value, in order

    @property
    def year_end(self) -> tuple[int, int] | None:
        """(month, day) on which the fiscal year ends; None where the header does not say it."""
        told = self.fiscal_year_end
        return (int(told[:2]), int(told[2:])) if len(told) == 4 and told.isdigit() else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Document(Brief):
    """One input, read. `format` names the reader; `text` is the decoded source, for excerpts (of a PDF: its pages laid
    out). `scanned`: numbers of the pages that are pictures with a text that an OCR program laid behind them.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    text: str = ""
    header: Header | None = None
    scanned: tuple[int, ...] = ()
    digest: str = ""  # SHA-256 of the bytes read, in hexadecimal digits

    def _brief(self) -> Iterator[str]:
        tables = sum(isinstance(block, Table) for block in self.blocks)
        yield from (repr(self.name), self.format, counted(len(self.blocks), "block"), counted(tables, "table"))


def place(block: Paragraph | Cell, offset: int) -> Position:
    """The source position of block.text[offset]."""
    at = block.at
    line, column, since = at.line, at.column, 0
    for jump, jump_line, jump_column in block.jumps:
        if jump > offset:
            break
        line, column, since = jump_line, jump_column, jump
    if line is None or column is None:
        return at
    return Position(
        source=at.source, line=line, column=column + offset - since, table=at.table, row=at.row, cell=at.cell
    )


def seen(block: Paragraph | Cell) -> str:
    """The text as a reader sees it, as long as `text`: with the raised marks of notes where they stand."""
    text = block.text
    for offset, mark in block.marks:
        text = text[:offset] + mark + text[offset + len(mark) :]
    return text


def text_at(document: Document, span: Span) -> str:
    """The characters a span covers."""
    block = document.blocks[span.block]
    if isinstance(block, Table):
        assert span.row is not None and span.cell is not None
        return block.rows[span.row].cells[span.cell].text[span.start : span.end]
    assert isinstance(block, Paragraph)
    return block.text[span.start : span.end]
