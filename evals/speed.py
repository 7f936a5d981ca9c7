"""Reading time against size: it must grow in step with the input.

    python evals/speed.py [--hostile] [--largest MEGABYTES]

Prints, for texts of 10 KB to 10 MB (statements between running text, as in an annual report), the processor seconds
that reading and parsing take, and the seconds a megabyte.  --hostile: inputs of 5 MB that are made to be slow, each
with its peak memory.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator

from capxbrl.findings import UnreadableInput
from capxbrl.readers import read
from capxbrl.statements import parse_statements

PROSE = """\
     The Company's results of operations for the periods shown depend on demand for its products, on the prices
of raw materials and on the weather. Sales rose by 4.5 percent to $12,345,000 in the year ended December 31, 1995,
and by 3.1 percent in 1994; see Note 4. Management expects no material change in the near term.

"""
ROWS = "".join(
    f"  {name:.<38}  $ {n * 1117 % 90000:>8,}  $ {n * 931 % 90000:>8,}\n"
    for n, name in enumerate(
        ("Net sales", "Cost of sales", "Selling expenses", "Interest expense", "Income taxes", "Net income") * 4, 1
    )
)
TABLE = f"""                      EXAMPLE CORPORATION
              CONSOLIDATED STATEMENTS OF INCOME
                       (In thousands)

                                             Years Ended December 31,
                                               1995          1994
                                           -----------    -----------
{ROWS}
"""


def report(size: int) -> bytes:
    """A text of about that many bytes: eight paragraphs to a table."""
    unit = PROSE * 8 + TABLE
    return (unit * (size // len(unit) + 1))[:size].encode()


def page(size: int) -> bytes:
    """The same as an HTML page of about that many bytes."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell.strip(' .')}</td>" for cell in row.split("  ") if cell.strip(" .")) + "</tr>"
        for row in ROWS.splitlines()
    )
    unit = f"<p>{PROSE}</p>" * 8 + "<p>CONSOLIDATED STATEMENTS OF INCOME</p>"
    unit += f"<table><tr><td></td><td>1995</td><td>1994</td></tr>{rows}</table>\n"
    return f"<html><body>{unit * (size // len(unit) + 1)}"[:size].encode()


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


def timed(data: bytes) -> tuple[float, int]:
    """Seconds to read and parse, and the number of statements."""
    begun = time.process_time()
    try:
        found = len(parse_statements(read(data, "x.txt").value).value)
    except UnreadableInput:
        found = 0
    return time.process_time() - begun, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--largest", type=float, default=10.0)
    parser.add_argument("--only", default="")
    a = parser.parse_args()
    if a.hostile:
        for name, data in hostile(5_000_000):
            if a.only not in name:
                continue
            seconds, found = timed(data)
            tracemalloc.start()
            timed(data[:500_000])
            peak = tracemalloc.get_traced_memory()[1] * len(data) / min(len(data), 500_000)
            tracemalloc.stop()
            print(f"{seconds:7.2f} s  {peak / 1e6:7.0f} MB  {found:5} statements  {name}", flush=True)
        return 0
    for style, make in (("text", report), ("html", page)):
        _grow(style, make, int(a.largest * 1_000_000))
    return 0


def _grow(style: str, make: Callable[[int], bytes], largest: int) -> None:
    print(f"{style:>11}  seconds  seconds/MB")
    for size in (10_000, 100_000, 1_000_000, 3_000_000, 10_000_000):
        if size <= largest:
            seconds, _ = timed(make(size))
            print(f"{size:11,}  {seconds:7.3f}  {seconds / size * 1e6:10.3f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
