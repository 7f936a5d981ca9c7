"""Made-up filings to measure speed on: texts and pages of any size and shape, many small ones, and hostile inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_PROSE = """\
     The Company's results of operations for the periods shown depend on demand for its products, on the prices
of raw materials and on the weather. Sales rose by 4.5 percent to $12,345,000 in the year ended December 31, 1995,
and by 3.1 percent in 1994; see Note 4. Management expects no material change in the near term.

"""
_NAMES = ("Net sales", "Cost of sales", "Selling expenses", "Interest expense", "Income taxes", "Net income")
_TITLE = "CONSOLIDATED STATEMENTS OF INCOME"
#: A whole figure that is all of a cell, but no year.
_CELL = re.compile(r"(?:(?<=[\t$(])|(?<=\$ ))(?!(?:19|20)\d\d[\t\n])\d[\d,]*(?=\)?[\t\n])")


def _label(row: int) -> str:
    return _NAMES[row % 6] if row < 6 else f"{_NAMES[row % 6]}, part {row}"


def _years(page: int, columns: int) -> list[int]:
    """Others for each statement, as long as there are any: one that is printed a second time is read once."""
    return [2008 - page * columns % (61 - columns) - column for column in range(columns)]


def _figure(row: int, column: int, page: int) -> str:
    return f"{(row * 1117 + column * 931 + page * 7) % 90000 + 3000:,}"


def text(pages: int = 1, lines: int = 24, columns: int = 2, paragraphs: int = 8) -> bytes:
    """`pages` statements as typewriters set them, each after so many paragraphs of running text."""
    made = []
    for page in range(pages):
        made += [_PROSE * paragraphs, f"{'':22}EXAMPLE CORPORATION\n{'':14}{_TITLE}\n{'':23}(In thousands)\n\n"]
        made.append(
            f"{'':44}Years Ended December 31,\n{'':40}" + "".join(f"{year:>14}" for year in _years(page, columns))
        )
        made.append(f"\n{'':40}" + "   -----------" * columns + "\n")
        for row in range(lines):
            figures = "".join(f"  $ {_figure(row, c, page):>10}" for c in range(columns))
            made.append(f"  {_label(row) + ' ':.<38}{figures}\n")
        made.append("\n")
    return "".join(made).encode()


def html(pages: int = 1, lines: int = 24, columns: int = 2, paragraphs: int = 8) -> bytes:
    """The same as a page of HTML, in the manner of filing agents: a style for each cell."""
    style = 'style="font-family:Times New Roman;font-size:10pt;text-align:right;padding-left:2px"'
    made = ["<html><body>\n"]
    for page in range(pages):
        years = "".join(f'<td></td><td {style}><font size="2">{y}</font></td>' for y in _years(page, columns))
        made += [f"<p {style}>{_PROSE}</p>\n" * paragraphs, f"<p><b>{_TITLE}</b></p>\n"]
        made.append(f"<p>Years ended December 31 (In thousands)</p>\n<table><tr><td></td>{years}</tr>\n")
        for row in range(lines):
            figures = "".join(
                f'<td {style}>$</td><td {style}><font size="2">{_figure(row, c, page)}</font></td>'
                for c in range(columns)
            )
            made.append(f'<tr><td {style}><font size="2">{_label(row)}</font></td>{figures}</tr>\n')
        made.append("</table>\n")
    return ("".join(made) + "</body></html>").encode()


def sized(style: str, size: int) -> bytes:
    """A text or page of about so many bytes, as an annual report is: eight paragraphs to a statement."""
    make = {"text": text, "html": html}[style]
    return make(pages=max(1, round(size / len(make(pages=1)))))


def varied(like: str, times: int) -> str:
    """A filing in columns of tabs with all its whole figures multiplied, so that they still add up."""
    return _CELL.sub(lambda figure: f"{int(figure[0].replace(',', '')) * times:,}", like)


def filings(folder: Path, like: str, count: int) -> None:
    """So many filings like a given one, each with other figures."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"f{number:05}.txt").write_text(varied(like, number + 1), encoding="utf-8")


def hostile(size: int) -> Iterator[tuple[str, bytes]]:
    """Inputs of `size` bytes that trip readers whose time grows faster than their input."""
    yield "one line of words", b"word " * (size // 5)
    yield "one word", b"a" * size
    yield "a million digits", b"1" * size
    yield "digits in groups", b"1,234," * (size // 6)
    yield "amounts in one line", b"1,234   " * (size // 8)
    yield "tabs", b"\t" * size
    yield "tabs and digits", b"1\t" * (size // 2)
    yield "pipes", (b"|" * 5000 + b"\n") * (size // 5001)
    yield "pipes in one line", b"| 1 " * (size // 4) + b"\n" + b"|" * 100
    yield "rules of pipes", b"|--|\n" * (size // 5)
    yield "blank lines", b"\n" * size
    yield "blanks", b" " * size + b"x"
    yield "dots", b"." * size
    yield "dashes", b"- " * (size // 2)
    yield "rules", b"-----  -----\n" * (size // 13)
    yield "open brackets", b"(" * size
    yield "open tags", b"<a " * (size // 3)
    yield "tables that never close", b"<TABLE>\n  1  2\n" * (size // 15)
    yield "page breaks", b"<PAGE>\n" * (size // 7)
    yield "form feeds", b"\f" * size
    yield "rows of figures", b"Sales   1,234   1,111\n" * (size // 22)
    yield "rows of other widths", b"".join(b"x" + b" " * (3 + n % 90) + b"1,234   5,678\n" for n in range(size // 60))
    yield "headings", b"                 June 30,   1995   1994\n" * (size // 40)
    yield "wide table", (b"Sales  " + b"1,234   " * 2000 + b"\n") * (size // 16000)
    yield "titles", b"CONSOLIDATED STATEMENTS OF INCOME\n\n" * (size // 35)
    yield "months", b"three and six months ended June 30, 1995 and " * (size // 45)
    yield "half a pair", "\ud83d".encode("utf-8", "surrogatepass") * (size // 3)
