"""Layouts of made-up pages: one model of what is printed, and the styles in which filers of a decade print it.

A page is titles, tables (`Grid`), words and ends of pages, in their order. What the figures mean only `pages` and
`trap_pages` know: they make the grids, and say what a reader must find.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Head:
    stub: str
    cells: tuple[tuple[str, int], ...]  # text and the columns that it spans


@dataclass(frozen=True, slots=True)
class Line:
    """A row as printed. sign: of currency, "" for one without, None where the row carries none; signs: that of each
    figure, where it stands before it; rule: one is drawn, above the row or below it as the style has it."""

    label: str
    shown: tuple[str, ...] = ()
    sign: str | None = None
    signs: tuple[str, ...] = ()
    rule: bool = False

    def signed(self, gap: str = "") -> list[str]:
        return [f"{sign}{gap}{text}" if sign else text for sign, text in zip(self.signs, self.shown, strict=True)]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with what stands directly above and below it. within: how many of the lines above, from the last, stand
    within the table of EDGAR text."""

    above: tuple[str, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    below: tuple[str, ...] = ()
    caption: str = ""
    within: int = 1

    @property
    def width(self) -> int:
        """How many columns of figures there are."""
        spans = max((sum(span for _, span in head.cells) for head in self.heads), default=0)
        return spans or max((len(line.shown) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Text:
    words: str
    bold: bool = False
    center: bool = False


@dataclass(frozen=True, slots=True)
class PageEnd:
    number: int = 3
    head: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    html: str
    text: str = ""


Part = Grid | Text | PageEnd | Raw


# --- text: columns as wide as they need to be -------------------------------------------------------------------------


def fitted(grids: Sequence[Grid], *, rules: bool = False, dots: bool = False, edgar: bool = False) -> str:
    """rules: drawn below headings and below the rows that say so; dots: leaders; edgar: with the tags of EDGAR."""
    out: list[str] = []
    for grid in grids:
        stub = max(*(len(r.label) for r in grid.lines), *(len(h.stub) for h in grid.heads), 30) + 3
        widths = _widths(grid)
        wide = stub + sum(widths)
        above = [line.center(wide).rstrip() for line in grid.above]
        cut = len(above) - grid.within if edgar else len(above)
        out += [*above[:cut], ""]
        if edgar:
            out += ["<TABLE>", "<CAPTION>", *above[cut:], ""]
        out += _fitted_heads(grid, stub, widths, rules)
        if edgar:
            out.append("<S>".ljust(stub) + "".join("<C>".rjust(w) for w in widths))
        for line in grid.lines:
            label = line.label.ljust(stub, "." if dots else " ")
            cells = "".join(c.rjust(w) for c, w in zip(line.signed(" "), widths, strict=False))
            out.append((label + cells).rstrip())
            if rules and line.rule:
                out.append(" " * stub + "".join(("-" * (w - 3)).rjust(w) for w in widths))
        out += [*["</TABLE>"] * edgar, "", *grid.below, "", *["<PAGE>", ""] * edgar]
    return "\n".join(out)


def _widths(grid: Grid) -> list[int]:
    signed = [line.signed(" ") for line in grid.lines]
    widths = [max(len(shown[k]) for shown in signed) + 3 for k in range(len(grid.lines[0].shown))]
    for head in grid.heads:
        at = 0
        for text, span in head.cells:
            need = len(text) + 2 - sum(widths[at : at + span])
            for k in range(at, at + span):
                widths[k] += max(0, -(-need // span))
            at += span
    return widths


def _fitted_heads(grid: Grid, stub: int, widths: list[int], rules: bool) -> Iterator[str]:
    for n, head in enumerate(grid.heads):
        text, below, at = head.stub.ljust(stub), " " * stub, 0
        for words, span in head.cells:
            width = sum(widths[at : at + span])
            text += words.rjust(width) if span == 1 else words.center(width - 1).rjust(width)
            below += ("-" * (width - 2)).rjust(width) if words else " " * width
            at += span
        yield text.rstrip()
        if rules and (n == len(grid.heads) - 1 or any(span > 1 for _, span in head.cells)):
            yield below


# --- text: columns of one width ---------------------------------------------------------------------------------------

_STUB, _GAP = 44, 15


def even(parts: Sequence[Part], *, tags: bool, leaders: bool) -> str:
    """tags: of EDGAR, and its marks of pages; leaders: points between a label and its figures."""
    out: list[str] = []
    for part in parts:
        if isinstance(part, Text):
            words = [part.words.center(100).rstrip()] if part.center else _paragraph(part.words)
            out += ["", *words, ""]
        elif isinstance(part, PageEnd):
            mark = "<PAGE>" if tags else "\f"
            out += ["", f"{part.number}".center(90).rstrip(), mark, *([part.head] if part.head else []), ""]
        elif isinstance(part, Raw):
            out += part.text.split("\n")
        else:
            out += ["", *even_table(part, tags=tags, leaders=leaders), ""]
    return "\n".join(out) + "\n"


def even_table(grid: Grid, *, tags: bool, leaders: bool) -> list[str]:
    gap = max([_GAP, *(len(words) // span + 2 for head in grid.heads for words, span in head.cells)])
    total = _STUB + grid.width * gap
    out = ["<TABLE>"] * tags
    if grid.above or grid.caption:
        out += ["<CAPTION>"] * tags
        out += [*(t.center(total).rstrip() for t in (*grid.above, grid.caption) if t), ""]
    for head in grid.heads:
        text = head.stub.ljust(_STUB)
        for words, span in head.cells:
            text += words.rjust(span * gap) if span == 1 else words.center(span * gap - 2).rjust(span * gap)
        out.append(text.rstrip())
        if any(span > 1 for _, span in head.cells):
            drawn = (("-" * (s * gap - 3)).rjust(s * gap) if w else " " * s * gap for w, s in head.cells)
            out.append(" " * _STUB + "".join(drawn))
    if tags:
        out.append("<S>" + " " * (_STUB - 3) + "".join("<C>".rjust(gap) for _ in range(grid.width)))
    for line in grid.lines:
        out += _even_line(line, leaders, grid.width, gap)
    return [*out, *["</TABLE>"] * tags]


def _even_line(line: Line, leaders: bool, columns: int, gap: int) -> list[str]:
    """A row: the rule above a total, the lines of its label, its figures at the last of them."""
    if not line.shown:
        return [line.label]
    out = [" " * _STUB + "".join(("-" * 10).rjust(gap - 1) + " " for _ in range(columns))] if line.rule else []
    *before, last = _wrapped(line.label if line.rule else "  " + line.label, _STUB - 3)
    if leaders and len(last) < _STUB - 3:
        last = (last + " ").ljust(_STUB - 1, ".") + " "
    text = last.ljust(_STUB)
    for figure in line.signed():
        text += figure.rjust(gap - 1) + " " if not figure.endswith(")") else figure.rjust(gap)
    return [*out, *before, text.rstrip()]


def _wrapped(label: str, width: int) -> list[str]:
    """A label of more than one line: at "|" where the trap says so, else at the last word that fits."""
    if "|" in label:
        head, *rest = label.split("|")
        indent = " " * (len(head) - len(head.lstrip()) + 2)
        return [head.rstrip(), *(indent + r.strip() for r in rest)]
    lines = []
    while len(label) > width:
        cut = label.rfind(" ", 0, width)
        lines.append(label[:cut])
        label = "    " + label[cut + 1 :]
    return [*lines, label]


def _paragraph(words: str) -> list[str]:
    lines, line = [], ""
    for w in words.split():
        if len(line) + len(w) > 90:
            lines.append(line)
            line = ""
        line = f"{line} {w}".strip()
    return [*lines, line]


def pdf_of(text: str) -> bytes:
    """A page of text printed in Courier: a word stands where its column is."""
    from test_pdf import pdf

    pages = []
    for sheet in text.split("\f"):
        lines = sheet.split("\n")
        for start in range(0, len(lines), 66) if len(lines) > 70 else (0,):
            some = lines[start : start + 70] if len(lines) <= 70 else lines[start : start + 66]
            words = ((y, m) for y, line in enumerate(some) for m in re.finditer(r"\S+", line))
            pages.append([(30 + 4.8 * m.start(), 760 - 10.5 * y, m.group()) for y, m in words])
    return pdf(pages)


def markdown(grids: Sequence[Grid]) -> str:
    out: list[str] = []
    for grid in grids:
        out += [f"**{t}**\n" for t in grid.above]
        for n, head in enumerate(grid.heads):
            cells = [c for t, s in head.cells for c in (t, *[""] * (s - 1))]
            out.append("| " + " | ".join([head.stub, *cells]) + " |")
            if n == 0:
                out.append("|" + " --- |" * (len(cells) + 1))
        out += ["| " + " | ".join([line.label, *line.signed()]) + " |" for line in grid.lines]
        out += ["", *grid.below, ""]
    return "\n".join(out)


# --- HTML -------------------------------------------------------------------------------------------------------------


def _marked(text: str) -> str:
    """Words that may hold tags of their own."""
    return text if "<" in text else text.replace("&", "&amp;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a tool prints a table. title, below: a line above and below it; first: a row before all others, for so many
    columns; stub, over: the cells of a row of headings; label, figures: those of the n-th row of so many columns."""

    table: str
    end: str
    row: str = "<tr>{}</tr>"
    stub: Callable[[str, bool], str]
    over: Callable[[str, int], str]
    label: Callable[[Line, int], str]
    figures: Callable[[Line, int, int], str]
    join: str = ""
    title: str = '<p style="text-align:center"><b>{}</b></p>'
    below: str = "<p>{}</p>"
    first: Callable[[int], str] | None = None
    titled_within: bool = False
    escape: Callable[[str], str] = html.escape
    page: tuple[str, str] = ("<html><body>", "</body></html>")


def hypertext(parts: Sequence[Part], style: Style, head: str = "") -> str:
    out = [style.page[0].replace("{head}", head)]
    for part in parts:
        if isinstance(part, Text):
            inner = f"<b>{style.escape(part.words)}</b>" if part.bold else style.escape(part.words)
            out.append(f"<p{' align=center' if part.center else ''}>{inner}</p>")
        elif isinstance(part, PageEnd):
            out.append(
                f'<p align="center">{part.number}</p><hr style="page-break-after:always">'
                + (f"<p>{style.escape(part.head)}</p>" if part.head else "")
            )
        elif isinstance(part, Raw):
            out.append(part.html)
        else:
            out += _html_table(part, style)
    return "\n".join([*out, style.page[1]])


def _html_table(grid: Grid, style: Style) -> list[str]:
    titles = [style.title.format(style.escape(t)) for t in grid.above]
    if grid.caption:
        titles.append(f'<p style="text-align:center">{style.escape(grid.caption)}</p>')
    below = [style.below.format(style.escape(t)) for t in grid.below]
    rows = [style.first(grid.width)] if style.first else []
    for n, head in enumerate(grid.heads):
        over = style.join.join(style.over(words, span) for words, span in head.cells)
        rows.append(style.row.format(style.stub(head.stub, n == len(grid.heads) - 1) + over))
    for n, line in enumerate(grid.lines):
        rows.append(style.row.format(style.label(line, n) + style.figures(line, n, grid.width)))
    if style.titled_within:
        across = f"<tr><td colspan={grid.width + 1}"
        return [style.table, *(across + t for t in titles), *rows, *(across + t for t in below), style.end]
    return [*titles, style.table, *rows, style.end, *below]


def _td(text: str, span: int = 1) -> str:
    return f'<td align="right"{f" colspan={span}" if span > 1 else ""}>{html.escape(text)}</td>'


_PLAIN = partial(
    Style,
    end="</table>",
    stub=lambda stub, _: f"<td>{html.escape(stub)}</td>",
    over=_td,
    label=lambda line, _: f"<td>{html.escape(line.label)}</td>",
    figures=lambda line, _, __: "".join(map(_td, line.signed())),
)

_ARIAL = "<span style=\"color:#000000;font-family:'Arial',sans-serif;font-size:9pt;font-weight:400\">"


def _cut(text: str) -> tuple[str, str]:
    """A figure and what stands in a cell of its own after it."""
    return (text[:-1], ")") if text.endswith(")") and "<" not in text else (text, "")


def _word_over(words: str, span: int) -> str:
    text = html.escape(words)
    return (
        f'<TD>&nbsp;</TD><TD COLSPAN="{4 * span - 2}" STYLE="text-align: center; border-bottom: Black 1pt solid">'
        f"{text.replace(' ', '<BR>', 1) if span == 1 else text}</TD><TD>&nbsp;</TD>"
    )


def _word_figures(line: Line, _: int, __: int) -> str:
    sign, out = "&nbsp;" if line.sign is None else line.sign, ""
    for text in line.shown:
        close = ")" if text.endswith(")") else "&nbsp;"
        out += f"<TD>&nbsp;</TD><TD>{sign}</TD><TD>{html.escape(text.removesuffix(')'))}</TD><TD>{close}</TD>"
    return out


def _spans_figures(line: Line, _: int, __: int) -> str:
    cells = []
    for text in line.shown:
        if line.sign is not None:
            cells.append(f"<td>{_ARIAL}{line.sign}</span></td><td>{_ARIAL}{text}</span></td><td></td>")
        else:
            close = ")" if text.endswith(")") else ""
            inner = text.removesuffix(")")
            cells.append(f'<td colspan="2">{_ARIAL}{inner}</span></td><td>{_ARIAL}{close}</span></td>')
    return '<td colspan="3"></td>'.join(cells)


def _font(text: str) -> str:
    return f'<font style="font-family:Times New Roman" size="2">{text}</font>'


def _font_over(words: str, span: int) -> str:
    return (
        f'<td>{_font("&nbsp;")}</td><td colspan="{4 * span - 2}" align="center" '
        f'style="border-bottom:1px solid #000000">{_font(f"<b>{words}</b>")}</td><td></td>'
    )


def _font_label(line: Line, _: int) -> str:
    label = _font(_marked(line.label.replace("|", "<br>")))
    return f'<td><p style="margin-left:1.00em; text-indent:-1.00em">{label}</p></td>'


def _font_figures(line: Line, _: int, __: int) -> str:
    out = ""
    for sign, text in zip(line.signs, line.shown, strict=True):
        value, close = _cut(text)
        out += f"<td>{_font('&nbsp;')}</td><td>{_font(sign or '&nbsp;')}</td>"
        out += f'<td align="right">{_font(value or "&nbsp;")}</td><td nowrap>{_font(close or "&nbsp;")}</td>'
    return out


def _weighed(text: str, weight: int = 400) -> str:
    return f'<span style="color:#000000;font-size:10pt;font-weight:{weight};line-height:100%">{text}</span>'


def _shade(number: int) -> str:
    return f' style="{"background-color:#cceeff;" if number % 2 else ""}padding:2px 1pt"'


def _shaded_figures(line: Line, number: int, columns: int) -> str:
    color = _shade(number)
    out = "" if line.shown else f'<td colspan="3"{color}></td>' * columns
    for sign, text in zip(line.signs, line.shown, strict=True):
        if sign:
            out += f"<td{color}>{_weighed(sign)}</td><td{color}>{_weighed(text)}</td><td{color}></td>"
        elif text:
            out += f'<td colspan="2"{color}>{_weighed(text)}</td><td{color}></td>'
        else:
            out += f'<td colspan="3"{color}></td>'
    return out


_THREE = '<td style="width:1.0%"></td><td style="width:10%"></td><td style="width:0.1%"></td>'
_MARKED = partial(
    Style, escape=_marked, page=('<html><head><meta charset="utf-8">{head}</head><body>', "</body></html>\n")
)
_BARE = partial(
    _MARKED,
    stub=lambda stub, _: f"<th>{_marked(stub)}</th>",
    over=lambda words, span: f'<th colspan="{span}">{words}</th>',
    label=lambda line, _: f"<td>{_marked(line.label.replace('|', '<br>'))}</td>",
    figures=lambda line, _, __: "".join(f'<td align="right">{t}</td>' for t in line.signed(" ")),
)

STYLES = {
    "plain": _PLAIN(table="<table border=0>", title="<p align=center><b>{}</b></p>"),
    "plain within": _PLAIN(
        table="<table width=100%>",
        title=" align=center><font size=2><b>{}</b></font></td></tr>",
        below=">{}</td></tr>",
        titled_within=True,
        page=("<html><body><table width=600><tr><td>", "</td></tr></table></body></html>"),
    ),
    # Spacer, sign, figure and closing parenthesis in cells of their own, as converters of Word files set them.
    "word": Style(
        table='<TABLE CELLSPACING="0" CELLPADDING="0" STYLE="width: 100%">',
        end="</TABLE>",
        row="<TR>{}</TR>",
        stub=lambda stub, _: f"<TD>{html.escape(stub) or '&nbsp;'}</TD>",
        over=_word_over,
        label=lambda line, _: f"<TD>{html.escape(line.label)}</TD>",
        figures=_word_figures,
        title='<P STYLE="text-align: center; margin: 0pt"><B>{}</B></P>',
        below='<P STYLE="margin: 0pt">{}</P>',
        page=("<HTML><BODY STYLE='font: 10pt Times New Roman'>", "</BODY></HTML>"),
    ),
    # Cells of three grid columns each with spacers between, text in spans, the page in divs.
    "spans": Style(
        table='<div><table style="border-collapse:collapse;display:inline-table;width:100%">',
        end="</table></div>",
        stub=lambda stub, _: f'<td colspan="3">{_ARIAL}{html.escape(stub)}</span></td>',
        over=lambda words, span: (
            f'<td colspan="{6 * span - 3}" style="padding:2px 1pt">{_ARIAL}{html.escape(words)}</span></td>'
        ),
        label=lambda line, _: f'<td colspan="3">{_ARIAL}{html.escape(line.label)}</span></td>',
        figures=_spans_figures,
        join='<td colspan="3"></td>',
        title=f'<div style="text-align:center">{_ARIAL}{{}}</span></div>',
        below=f"<div>{_ARIAL}{{}}</span></div>",
        page=("<html><body><div>", "</div></body></html>"),
    ),
    "bare": _BARE(table="<table>", end="</table>"),
    "bare within": _BARE(table="<table><tr><td><table>", end="</table></td></tr></table>"),
    # As "word", each cell in a font.
    "fonts": _MARKED(
        table='<table cellspacing="0" cellpadding="0" border="0">',
        end="</table>",
        stub=lambda stub, last: f"<td>{_font(_marked(stub) if last else '&nbsp;')}</td>",
        over=_font_over,
        label=_font_label,
        figures=_font_figures,
    ),
    # As filings since 2009 print: three columns a figure, shaded rows, the dollar in a cell of its own.
    "shaded": _MARKED(
        table='<div><table style="border-collapse:collapse;width:100.000%">',
        end="</table></div>",
        first=lambda columns: f"<tr>{_THREE}{_THREE * columns}</tr>",
        stub=lambda stub, last: f'<td colspan="3">{_weighed(_marked(stub)) if last and stub else ""}</td>',
        over=lambda words, span: (
            f'<td colspan="{3 * span}" style="border-bottom:1pt solid #000;text-align:center">'
            f"{_weighed(words, 700)}</td>"
        ),
        label=lambda line, n: f'<td colspan="3"{_shade(n)}>{_weighed(_marked(line.label.replace("|", " ")))}</td>',
        figures=_shaded_figures,
    ),
}
