"""How many operations the stages take, counted and not timed: in step with the input, whatever grows.

A call of Python or of a function in C is one operation.  The limits have room for a fifth more than is needed today.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import threading
from collections.abc import Callable
from typing import TypeVar

import pytest

from capxbrl import pipeline, readers
from capxbrl.findings import UnreadableInput
from capxbrl.writers import write

_T = TypeVar("_T")
_NAMES = ("Net sales", "Cost of sales", "Selling expenses", "Interest expense", "Income taxes", "Other income")
_PROSE = """\
     Results of operations for the periods shown depend on demand for the products of the Company, on the prices
of raw materials and on the weather. Sales rose by 4.5 percent to $12,345,000 in the year ended December 31, 1995,
and by 3.1 percent in 1994; see Note 4. Management expects no material change in the near term.

"""
#: What grows may take so much more than its share: 4 times the input 4 ** 1.1 times the operations.
_EXPONENT = 1.1


def _figure(row: int, column: int) -> str:
    return f"{(row * 1117 + column * 931) % 90000 + 3000:,}"


def _label(row: int) -> str:
    return f"{_NAMES[row % len(_NAMES)]}{f', part {row}' if row >= len(_NAMES) else ''}"


def _laid_out(lines: int, columns: int) -> str:
    years = "".join(f"{1995 - c:>13}" for c in range(columns))
    rows = "".join(
        f"{_label(r) + ' ':.<40}" + "".join(f"{_figure(r, c):>13}" for c in range(columns)) + "\n" for r in range(lines)
    )
    title = "EXAMPLE MILLS INC\nCONSOLIDATED STATEMENTS OF INCOME\n(In thousands)\n\n"
    return f"{title}{'':40}Years Ended December 31,\n{'':40}{years}\n{rows}\n"


def text(pages: int = 1, lines: int = 20, columns: int = 2) -> bytes:
    return "".join(_PROSE * 4 + _laid_out(lines, columns) for _ in range(pages)).encode()


def html(pages: int = 1, lines: int = 20, columns: int = 2) -> bytes:
    years = "".join(f"<td>{1995 - c}</td>" for c in range(columns))
    rows = "".join(
        f"<tr><td>{_label(r)}</td>" + "".join(f"<td>$</td><td>{_figure(r, c)}</td>" for c in range(columns)) + "</tr>"
        for r in range(lines)
    )
    title = "<p>CONSOLIDATED STATEMENTS OF INCOME</p><p>Years ended December 31 (In thousands)</p>"
    page = f"<p>{_PROSE}</p>{title}<table><tr><td></td>{years}</tr>{rows}</table>"
    return f"<html><body>{page * pages}</body></html>".encode()


def counted(stage: Callable[[], _T]) -> tuple[int, _T]:
    """The operations of a stage, and what it gives."""
    profile = cProfile.Profile()
    made = profile.runcall(stage)
    return pstats.Stats(profile).total_calls, made  # type: ignore[attr-defined]


def operations(source: bytes) -> dict[str, int]:
    """{stage: operations}, and how many facts there are."""
    reading, (document, _) = counted(lambda: pipeline.load(source, "page"))
    analysis, (made, _) = counted(lambda: pipeline.analyse(document))
    writing, _ = counted(lambda: write(made.report))
    return {"read": reading, "analyse": analysis, "write": writing, "facts": len(made.facts)}


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What is loaded and compiled at first use is not counted."""
    for source in (text(), html()):
        operations(source)


@pytest.mark.parametrize(
    ("make", "few", "many"),
    [
        (lambda n: text(pages=n), 3, 12),
        (lambda n: html(pages=n), 3, 12),
        (lambda n: text(lines=n), 40, 160),
        (lambda n: html(lines=n), 40, 160),
        (lambda n: text(columns=n), 3, 12),
    ],
    ids=["pages of text", "pages of HTML", "lines of text", "lines of HTML", "columns"],
)
def test_operations_grow_in_step_with_the_input(make: Callable[[int], bytes], few: int, many: int) -> None:
    small, large = operations(make(few)), operations(make(many))
    assert large["facts"] >= small["facts"] > 0
    slack = (many / few) ** _EXPONENT
    assert {
        stage: round(large[stage] / small[stage], 2) for stage in small if large[stage] > small[stage] * slack
    } == {}


@pytest.mark.parametrize(
    ("source", "limits"),
    [
        (text(pages=4), {"read": 61_000, "analyse": 98_000, "write": 21_000}),
        (html(pages=4), {"read": 71_000, "analyse": 81_000, "write": 20_000}),
        (text(lines=120), {"read": 90_000, "analyse": 389_000, "write": 53_000}),
    ],
    ids=["text", "HTML", "a long statement"],
)
def test_no_stage_takes_more_operations_than_it_needs(source: bytes, limits: dict[str, int]) -> None:
    taken = operations(source)
    assert {stage: taken[stage] for stage, limit in limits.items() if taken[stage] > limit} == {}


@pytest.mark.parametrize("line", ["|--|\n", "|--|--|\nwords\n", "| 1 | 2 |\n", "-----  -----\n", "a\tb\n\n"])
def test_lines_that_are_no_statement_are_read_in_step(line: str) -> None:
    few, many = (counted(lambda n=n: readers.read((line * n).encode(), "x.txt"))[0] for n in (500, 2_000))
    assert many <= few * 4**_EXPONENT


def test_the_collector_rests_while_any_thread_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of two threads ends while the second still reads."""
    running: list[bool] = []
    inside, ended = threading.Event(), threading.Event()

    def slow(data: bytes, name: str) -> None:
        inside.set()
        ended.wait(10)
        running.append(gc.isenabled())
        raise UnreadableInput(name)

    reader = next(r for r in readers.formats() if r.recognises(b"plain words"))
    real = reader.read
    monkeypatch.setattr(reader, "read", slow)

    def read() -> None:
        with pytest.raises(UnreadableInput):
            readers.read(b"plain words", "slow")

    thread = threading.Thread(target=read)
    thread.start()
    assert inside.wait(10)
    monkeypatch.setattr(reader, "read", real)
    readers.read(b"plain words", "quick")
    ended.set()
    thread.join()
    assert running == [False] and gc.isenabled()
