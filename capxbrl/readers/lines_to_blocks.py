"""Lines of a text -> the blocks of a document: paragraphs, tables and page breaks, in the order of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ..findings import Position
from ..model import Block, PageBreak, Paragraph, Table, TextKind
from . import tolerances as tol
from .delimited_to_table import is_pipe_rule, piped_ends, read_delimited, tabbed_end
from .dumps import without_blank_runs
from .entries import entries_table
from .flattened import Flat, flat_tables
from .lines_to_table import read_pages, read_table
from .page_ends import torn_lines
from .side_by_side import split_side_by_side
from .source_lines import SourceLine, with_text
from .source_marks import PAGE, blanked, ends_page, kept_slices
from .table_regions import table_regions
from .tabs import with_tabs_set
from .titles import is_title, may_head
from .unaligned import unaligned_tables

#: More lines than this in a row are no table.
_LONGEST = 10_000


def read_lines(lines: Sequence[SourceLine], source: str, first_table: int = 1) -> list[Block]:
    """The blocks these lines make. Tables are numbered from first_table on."""
    blocks: list[Block] = []
    lines = without_blank_runs(with_tabs_set(lines))
    torn = torn_lines(lines)
    flat = unaligned_tables(lines) | flat_tables(lines)
    regions, following = _outside(flat, *table_regions(lines, torn))
    pipes = piped_ends(lines)
    starts = {*regions, *flat, *pipes}
    ready: dict[int, Table] = {}
    at, tables = 0, first_table
    while at < len(lines):
        if _is_empty(lines[at]):
            at += 1
            continue
        if at in flat and (table := entries_table(flat[at].entries, source, tables)) is not None:
            blocks.append(table)
            at, tables = flat[at].end, tables + 1
            continue
        if at in following and at not in ready:
            ready |= _paged_tables(lines, at, following, regions, source, tables)
        if at in ready:
            made: list[Block] = [ready[at]]
            at = regions[at]
        else:
            made, at = _blocks_at(lines, at, regions, pipes, starts, source, tables)
        blocks += made[_ends_page(blocks) and _ends_page(made[:1]) :]
        tables += sum(isinstance(b, Table) for b in made)
    return [b for b in blocks if not _is_blank(b)]


def _outside(
    flat: Mapping[int, Flat], regions: Mapping[int, int], pages: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The tables set in columns that share no line with those that are not; and which of them the next page goes on
    with."""
    apart = {a: b for a, b in regions.items() if not any(a < table.end and at < b for at, table in flat.items())}
    return apart, {before: start for start, before in pages.items() if start in apart and before in apart}


def _ends_page(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[-1], PageBreak)


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def _is_empty(line: SourceLine) -> bool:
    return not line.text.strip() and not ends_page(line.text)


def _blocks_at(
    lines: Sequence[SourceLine],
    at: int,
    regions: Mapping[int, int],
    pipes: Mapping[int, int],
    starts: Set[int],
    source: str,
    number: int,
) -> tuple[list[Block], int]:
    """The blocks that begin at a line, and the line behind them. starts: of all tables; number: of the next one."""
    if at in regions:
        end = regions[at]
        tables = _laid_tables(lines[at:end], source, number) if end - at <= _LONGEST else []
        if tables:
            return tables, end
        if end - at > _LONGEST:
            # A list of data, not a table that a person reads: it stays lines.
            return [_paragraph(lines[at:end], source)], end
    elif ends_page(lines[at].text):
        return _page_break(lines[at], source), at + 1
    elif (end := tabbed_end(lines, at)) > at:
        return [read_delimited(lines[at:end], source, number, "\t")], end
    elif at in pipes:
        end = pipes[at]
        rows = [row for row in lines[at:end] if not is_pipe_rule(row.text)] or lines[at:end]
        return [read_delimited(rows, source, number, "|")], end
    end = at + 1
    while end < len(lines) and end not in starts and _goes_on(lines, end):
        end += 1
    return [_paragraph(lines[at:end], source)], end


def _goes_on(lines: Sequence[SourceLine], at: int) -> bool:
    """The paragraph of the line before goes on in this one."""
    text = lines[at].text
    other = ends_page(text) or "\t" in text
    return bool(text.strip()) and not other and not _centred_after(lines[at - 1].text, text)


def _paged_tables(
    lines: Sequence[SourceLine],
    at: int,
    following: Mapping[int, int],
    regions: Mapping[int, int],
    source: str,
    number: int,
) -> dict[int, Table]:
    """{first line: table} of a table that begins at a line and of its next pages; nothing where they make none."""
    starts = [at]
    while starts[-1] in following:
        starts.append(following[starts[-1]])
    pages = [[with_text(line, blanked(line.text)) for line in lines[start : regions[start]]] for start in starts]
    if any(split_side_by_side(page) for page in pages):
        return {}
    return dict(zip(starts, read_pages(pages, source, number), strict=False))


def _laid_tables(lines: Sequence[SourceLine], source: str, number: int) -> list[Block]:
    """The table that lines laid out with blanks make, or the two that stand side by side; none where they make none."""
    clean = [with_text(line, blanked(line.text)) for line in lines]
    both = split_side_by_side(clean)
    if both:
        first, second = read_table(both[0], source, number), read_table(both[1], source, number + 1)
        if first is not None and second is not None:
            return [first, second]  # else what stands at the right is no table of its own, and would be lost
    whole = read_table(clean, source, number)
    return [whole] if whole is not None else []


def _page_break(line: SourceLine, source: str) -> list[Block]:
    """A page break, and the words that share the line with its mark: "12<PAGE>"."""
    rest = PAGE.sub(lambda m: " " * len(m.group()), line.text)
    words: list[Block] = [_paragraph([replace(line, text=rest)], source)] if rest.strip() else []
    return [PageBreak(at=Position(source=source, line=line.number, column=1)), *words]


def _centred_after(before: str, text: str) -> bool:
    """A title stands directly below running text, without a blank line."""
    if before.rstrip().endswith(".") and len(text.strip()) < tol.TEXTS.title and is_title(text.strip()):
        return True
    indent, above = (len(t) - len(t.lstrip()) for t in (text, before))
    right, title = indent >= above + tol.TEXTS.indent, len(text.strip()) < tol.TEXTS.title
    return right and title and above < tol.TEXTS.margin


def _paragraph(lines: Sequence[SourceLine], source: str) -> Paragraph:
    """One paragraph of one or more lines, with tags and escapes taken out and every jump noted."""
    out: list[str] = []
    jumps: list[tuple[int, int, int]] = []
    size = 0
    for i, line in enumerate(lines):
        text = line.text.rstrip()
        start = len(text) - len(text.lstrip()) if i == 0 else 0
        if i:
            out.append("\n")
            size += 1
        for a, b in kept_slices(text, start):
            jumps.append((size, line.number, line.column_at(a)))
            jumps += [(size + offset, number, column) for offset, number, column in line.jumps(a, b)]
            out.append(text[a:b])
            size += b - a
    text = "".join(out)
    kind, align = _looks(lines)
    if kind is TextKind.PRE:
        # Blanks at the start of the first line belong to the layout.
        first = lines[0].text.rstrip()
        indent = len(first) - len(first.lstrip())
        text = " " * indent + text
        jumps = [(offset + indent, number, column) for offset, number, column in jumps]
        jumps.insert(0, (0, lines[0].number, lines[0].column))
    _, number, column = jumps[0] if jumps else (0, lines[0].number, 1)
    at = Position(source=source, line=number, column=column)
    return Paragraph(text=text, at=at, kind=kind, align=align, jumps=tuple(jumps[1:]))


def _looks(lines: Sequence[SourceLine]) -> tuple[TextKind, str]:
    """The kind and the alignment of the paragraph that lines make."""
    if len(lines) > 1:
        return TextKind.PRE if _laid_out([line.text for line in lines]) else TextKind.TEXT, ""
    line = lines[0].text.strip()
    if may_head(line) and is_title(line):
        return TextKind.HEADING, ""
    return TextKind.TEXT, "center" if lines[0].text[: tol.TEXTS.indent].isspace() and len(
        line
    ) < tol.TEXTS.title else ""


def _laid_out(texts: Sequence[str]) -> bool:
    """The line breaks are meant: the lines are ragged, centred, or have gaps inside."""
    inner = [t for t in texts if t.strip()]
    gaps = sum("   " in t.strip() for t in inner)
    starts = {len(t) - len(t.lstrip()) for t in inner[1:]}
    short = sum(len(t.rstrip()) < tol.TEXTS.short for t in inner[:-1])
    ragged = len(starts) > max(2, len(inner) // tol.TEXTS.ragged)
    return gaps * tol.TEXTS.gaps >= len(inner) or ragged or short * 2 > len(inner)
