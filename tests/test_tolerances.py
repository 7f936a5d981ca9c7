"""Each tolerance is needed: moved far, a page is read otherwise, a proof breaks, or a finding changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from test_forms import FORMS, without
from test_pdf import ROWS, page, pdf

from capxbrl.findings import UnreadableInput
from capxbrl.readers import ocr, read, tolerances
from capxbrl.readers.words_to_lines import Placed, lay, level, measure, shared

HERE = Path(__file__).resolve().parent


# --- made pages -----------------------------------------------------------------------------------------------------


def text(*rows: str, head: str = f"{'':40}2009         2008") -> bytes:
    return "\n".join(["ACME CORP BALANCE SHEETS", "", head, *rows]).encode()


def dated(head: str = f"{'':40}June 30, 2009  June 30, 2008", row: str = "") -> bytes:
    """A page with a heading or a row of its own."""
    cash = ["Cash and cash equivalents                    1,234          1,111"]
    total = ["Total assets                                17,280         16,665"]
    return text(*cash, *([row] if row else []), *total, head=head)


def numbered(row: str, count: int = 6) -> list[str]:
    """So many rows of one shape: {0} is a letter, {1} and {2} figures."""
    return [row.format("abcdefghijkl"[n], 1234 + n, 1111 + n) for n in range(count)]


def html(*blocks: str) -> bytes:
    return f"<html><body><p>ACME CORP</p><p>BALANCE SHEETS</p>{''.join(blocks)}</body></html>".encode()


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def ragged() -> bytes:
    """Figures that end one, three or six characters beside their column, as scans have them."""
    rows = [f"{'Line ' + 'abcdefghijklmnopqrst'[n]:30}" for n in range(20)]
    edges = [(0, 0), (3, 0), (6, 4), (1, 1)]
    made = [
        f"{row}{' ' * edges[n % 4][0]}{1_234 + 37 * n:>12,}{' ' * edges[n % 4][1]}{9_876 - 41 * n:>16,}"
        for n, row in enumerate(rows)
    ]
    return "\n".join(["SOME CORP BALANCE SHEETS", "", f"{'':34}June 30, 2009    June 30, 2008", *made]).encode()


def half_labelled() -> bytes:
    """Labels reach up to their figures in half of the rows; in all of them the figures stand in columns."""
    labels = [f"Line {'abcdefghij'[n] * (24 if n % 2 else 9)}" for n in range(10)]
    return text(
        *(f"{label:29} {1234 + n:>5,}   {1111 + n:>5,}" for n, label in enumerate(labels)), head=f"{'':31}2009    2008"
    )


def far_in() -> bytes:
    """One blank parts labels from figures; some figures stand below their label, all of it far to the right."""
    one, two = f"{'':20}Line {{0}} of it {{1:,}}  {{2:,}}", f"{'':20}Line {{0}} of it\n{'':22}{{1:,}}  {{2:,}}"
    rows = [(two if n % 3 == 1 else one).format("abcdefghijkl"[n], 1234 + n, 1111 + n) for n in range(12)]
    return text(*rows, head="")


def placed(top: int, count: int, words: str) -> str:
    style = "position:absolute;left:50px;top:{0}px"
    return "".join(f'<p style="{style.format(top + 40 * n)}">Words {n} of {words}</p>' for n in range(count))


STATEMENT = [
    ("", "June 30, 2009", "June 30, 2008"),
    *((f"Line {c}", f"1,23{n}", f"1,11{n}") for n, c in enumerate("abcdef")),
]
YEARS = [("Year", "Sales", "Income"), *((f"{2009 - n}", f"1,23{n}", f"11{n}") for n in range(5))]
PALE = '<p style="background-color:#CCEEFF">Seen <span style="color:#FFFFFF">no</span></p>'
BLANKS = ("",) * 8
MADE: dict[str, bytes] = {
    **{name: page.encode() for name, page in FORMS.items()},
    "ragged": ragged(),
    "a day apart": dated(head=f"{'':40}March       31,  December    31,\n{'':43}2009           2008"),
    "two signs": dated(row="Inventories                        $   $    3,456          3,333"),
    "a far bracket": text(*numbered("Line {0:30} ({1}   )    ({2}   )")),
    "a far percent": dated(row="Part                                          12.5         %   13.5         %"),
    "a figure left out": without("Cash", 0).encode(),
    "references": text(*numbered("Line {0:20} B & C     {1}         {2}")),
    "minus apart": text(*numbered("Line {0:33} {1}      {2}", 4), *numbered("Item {0:31} - {1}    - {2}", 4)),
    "blanks in thousands": text(*(f"{f'Line {n}a':40}{1 + n} {234 + n}    {2 + n} {345 + n}" for n in range(6))),
    "half of the labels reach figures": half_labelled(),
    "numbers of notes": text(*(f"{f'Item {c}, Note {n}':40}{n + 3}23    {n + 2}11" for n, c in enumerate("abcdef"))),
    "far in": far_in(),
    "text between.htm": html(
        table(
            ("", "2009", *BLANKS, "2008"),
            *((f"Line {c}", "1,234", *BLANKS, "1,111") for c in "abcd"),
            ("Other", "", "", "", "", "see note", "", "", "", "", ""),
        )
    ),
    "years for labels.htm": html(table(*YEARS)),
    "a text in a table.htm": html(table(("1.", "Word of the company. " * 60), ("2.", "Some words"))),
    "a note in a table.htm": html(table(*STATEMENT, (f"<td colspan=3>{table(('(1)', 'A note'))}</td>",))),
    "two pages.htm": html(placed(100, 15, "a page"), placed(100, 5, "the next")),
    "nearly white.htm": html('<p>Seen <font color="#F8F8F8">hidden</font></p>', table(*STATEMENT)),
    "white on pale.htm": html(PALE, table(*STATEMENT)),
}  # fmt: skip


FAR: dict[str, dict[str, tuple[Any, str]]] = {
    "PDF": {
        "gap": (0.0, "cases/pdf-release/input.pdf"),
        "raised": (0.0, "cases/pdf-release/input.pdf"),
        "covers": (2.0, "behind.pdf"),
        "unknown": (0.0, "letters.pdf"),
    },
    "PIECES": {
        "near": (0, "layouts/two-blanks-inside-the-only-heading.txt"),
        "near_day": (0, "a day apart"),
        "mark_gap": (0, "two signs"),
        "far_tail": (0, "a far bracket"),
        "far_percent": (0, "a far percent"),
        "headings": (0, "layouts/lengths-one-blank-apart.txt"),
    },
    "COLUMNS": {
        "merge": ((1, 2, 3, 4, 40), "layouts/tabs-on-the-grid.txt"),
        "same_shift": (-1, "layouts/two-columns-and-a-row-that-drifts.txt"),
        "farthest_shift": (0, "layouts/two-columns-and-a-row-that-drifts.txt"),
        "main": (2.0, "layouts/two-columns-and-a-row-that-drifts.txt"),
        "main_rows": (150, "layouts/two-columns-and-a-row-that-drifts.txt"),
        "stray_rows": (0, "layouts/bs-three-dates.txt"),
        "stray_share": (200, "layouts/bs-three-dates.txt"),
        "references": (99, "references"),
    },
    "REGIONS": {
        "reach": (0, "at the margin"),
        "headings": (0, "layouts/tabs-with-dollar-cells.txt"),
        "passed": (0, "layouts/quarter-short.txt"),
        "overhang": (200, "layouts/condensed-one-period-title-only.txt"),
        "reaching": (-40, "layouts/regions/headings-of-another.txt"),
        "stub": (120, "layouts/regions/headings-of-another.txt"),
        "parted": (60, "layouts/three-statements-in-one-table.txt"),
        "blanks": (0, "layouts/tabs-on-the-grid-without-blanks.txt"),
        "narrow": (0, "layouts/regions/narrow-labels.txt"),
        "labels": (0, "layouts/regions/narrow-labels.txt"),
        "hanging": (0, "layouts/regions/hanging-label.txt"),
        "heading": (0, "layouts/quarter-short.txt"),
        "over_columns": (0, "layouts/tabs-with-dollar-cells.txt"),
        "centred": (0, "layouts/bs-slashed.txt"),
        "full": (0, "layouts/wrapped-with-figures-on-first-line.txt"),
    },
    "PLACES": {
        "clear_of_columns": (0, "layouts/dot-leaders-glued.txt"),
        "far_left": (-40, "layouts/ye-abbreviations.txt"),
        "loose": (0, "layouts/tabs-with-dollar-cells.txt"),
        "core": (400, "layouts/tabs-on-the-grid-without-blanks.txt"),
    },
    "CELLS": {
        "apart": (0, "text between.htm"),
        "counting": (0, "years for labels.htm"),
        "figures": (99, "a note in a table.htm"),
        "few": (0, "a text in a table.htm"),
        "long": (9999, "a text in a table.htm"),
        "figure": (0, "a note in a table.htm"),
        "page": (9999, "two pages.htm"),
    },
    "TEXTS": {
        "heading": (0, "cases/statements.none/input.txt"),
        "capitals": (2.0, "cases/statements.none/input.txt"),
        "title": (0, "layouts/condensed-one-period-title-only.txt"),
        "indent": (0, "cases/override.unmatched/input.txt"),
        "margin": (400, "layouts/two-columns-and-a-row-that-drifts.txt"),
        "short": (0, "cases/override.unmatched/input.txt"),
        "gaps": (0, "layouts/page-header-lines-inside.txt"),
        "ragged": (1, "cases/loss-maker/input.txt"),
    },
    "PAGES": {
        "heads": (0, "layouts/bs-first-line-on-the-page-before.txt"),
        "head_width": (0, "layouts/bs-first-line-on-the-page-before.txt"),
        "aligned": (0.0, "layouts/bs-last-line-on-the-next-page.txt"),
        "reach": (150, "layouts/bs-last-line-on-the-next-page.txt"),
        "near": (0, "layouts/bs-line-torn-by-a-page-end.txt"),
        "side_by_side": (99, "layouts/bs-side-by-side.txt"),
        "indent": (0, "layouts/bs-side-by-side.txt"),
    },
    "RUNS": {
        "rows": (250, "lost columns"),
        "apart": (-1, "lost columns"),
        "label": (0, "lost columns"),
        "text": (0, "lost columns"),
        "cell": (0, "one blank"),
        "words": (0, "scattered"),
        "unaligned": (6.0, "one blank"),
        "in_columns": (9.0, "numbers of notes"),
        "edge": (-40, "half of the labels reach figures"),
        "under": (0, "far in"),
        "same": (12.0, "uneven pipes"),
        "columns": (0, "gfm"),
        "headings": (1, "lost columns"),
        "between": (0, "lost columns"),
        "lead": (0, "one blank"),
        "dealt": (150, "drifting blanks"),
        "dealt_share": (14.0, "drifting blanks"),
        "neighbour": (100, "layouts/inception-to-date.txt"),
        "clearly": (0, "layouts/inception-to-date.txt"),
        "neighbours": (1, "a figure left out"),
    },
    "DUMPS": {
        "enough": (5000, "stacked"),
        "blank": (10.0, "stacked"),
        "drawn": (2.0, "ruled across"),
        "margin": (0, "at the margin"),
        "centred": (1000, "stacked"),
        "share": (12.0, "stacked"),
        "above": (150, "stacked"),
    },
    "TYPED": {
        "edge": (50, "minus apart"),
        "blanks": (99, "blanks in thousands"),
        "tabs": (0, "layouts/tabs-in-some-rows-only.txt"),
        "gap": (0, "cases/override.unmatched/input.txt"),
        "rows": (0, "cases/read.cut-short/input.rtf"),
    },
    "COLORS": {
        "alike": (0, "nearly white.htm"),
        "seen": (0.0, "white on pale.htm"),
        "white": (999, "white on pale.htm"),
    },
}


def unknown_letters() -> bytes:
    """A page of which the font does not say what some letters are."""
    known = "/BaseFont/Courier>>"
    coded = "/BaseFont/Courier/Encoding<</Type/Encoding/Differences[65/uniE001]>>>>"
    made = pdf([page(700, ROWS)]).replace(known.encode(), coded.encode())
    return made


def data_of(name: str) -> bytes:
    if name == "behind.pdf":
        return pdf([page(700, ROWS)], behind=True)
    if name == "letters.pdf":
        return unknown_letters()
    return MADE[name] if name in MADE else (HERE / name).read_bytes()


def fresh() -> None:
    """Forget what was read under other tolerances."""
    for name, module in list(sys.modules.items()):
        if name.startswith("capxbrl.readers."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def made_of(name: str) -> object:
    fresh()
    try:
        return read(data_of(name), name if "." in name else "page.txt")
    except UnreadableInput as error:  # without the extra for pictures
        return str(error)


@cache
def as_it_is(name: str) -> object:
    return made_of(name)


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    fresh()


def test_every_tolerance_of_reading_is_moved() -> None:
    records = {name: value for name, value in vars(tolerances).items() if name.isupper()}
    moved = {**{name: set(far) for name, far in FAR.items()}, "PRINTS": set(PRINT), "OCR": set(SCAN)}
    assert moved == {name: {f.name for f in fields(record)} for name, record in records.items()}


@pytest.mark.parametrize(("record", "name"), [(r, n) for r, names in FAR.items() for n in names])
def test_a_tolerance_that_is_moved_far_changes_a_page(record: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    far, page_name = FAR[record][name]
    if page_name.endswith(".pdf"):
        pytest.importorskip("pypdfium2", reason="needs the extra: pip install 'capxbrl[pdf]'")
    usual = as_it_is(page_name)
    monkeypatch.setattr(tolerances, record, replace(getattr(tolerances, record), **{name: far}))
    assert made_of(page_name) != usual


# --- prints -----------------------------------------------------------------------------------------------------------

PRINTED = """ACME CORP BALANCE SHEETS
Cash and cash equivalents     1,234     1,111
Receivables, net of allowance     2,345     2,222
Inventories of finished goods     3,456     3,333
Prepaid expenses and other     4,567     4,444
Property and equipment, net     5,678     5,555
Total assets of the company     17,280     16,665"""
PRINT: dict[str, Any] = {
    "same_line": 0.0,
    "word": -1.0,
    "phrase": 0.0,
    "column": 99,
    "alike": 0.0,
    "steepest": 0.0,
    "flat": 1.0,
    "far": 99.0,
    "enough": 99,
    "blank": 0.0,
    "unseen": 40.0,
    "measured": 99,
    "misfit": 2,
    "step": 0.001,
}


def printed(width: float = 5.0, slope: float = 0.0) -> list[Placed]:
    """The words of a print on a page that turns; the first is torn in two, one figure touches its label."""
    out: list[Placed] = []
    for row, line in enumerate(PRINTED.split("\n")):
        ends = dict(zip(line.split("     ")[1:], (45 * width, 60 * width), strict=False))
        x = 0.0
        for n, word in enumerate(line.split()):
            end = ends.get(word, x + len(word) * width)
            start = end - len(word) * width
            y = 14.0 * row + n % 2
            out.append(Placed(start, end, y + slope * start, word, len(out)))
            x = end + 1.2 * width
    out[0:1] = [Placed(0.0, 2 * width, 0.0, "AC", 90), Placed(2 * width, 4 * width, 0.0, "ME", 91)]
    out.append(Placed(45.2 * width - 5 * width, 45.2 * width, 98.0, "9,999", 92))
    out.append(Placed(18 * width, 39 * width, 98.0, "Deposits of customers", 93))
    return out


def alone() -> list[Placed]:
    """A page with nothing but one phrase a line, torn in two; and some lines set narrower."""
    lines = [(Placed(0, 50, 14.0 * n, "Wordsofone", 2 * n), Placed(58, 98, 14.0 * n, "linemore", 1)) for n in range(4)]
    return [word for line in lines for word in line]


def lines_of_prints() -> object:
    pages = [printed(), printed(), printed(5.5)]
    return (
        [list(lay(page)) for page in (*pages, alone())],
        level(printed(slope=0.02)),
        shared([measure(page) for page in pages]),
    )


@pytest.mark.parametrize("name", PRINT)
def test_a_tolerance_of_prints_that_is_moved_far_breaks_a_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = lines_of_prints()
    monkeypatch.setattr(tolerances, "PRINTS", replace(tolerances.PRINTS, **{name: PRINT[name]}))
    assert lines_of_prints() != usual


# --- scans ------------------------------------------------------------------------------------------------------------

SCAN: dict[str, Any] = {"certain": 0.0, "upright": 2.0, "tall": 99.0, "legible": 0.0, "blank": 0.0}


class Engine(NamedTuple):
    """A stand-in for the engine: the words of a picture as they are seen when it has been turned so often."""

    seen: dict[int, tuple[tuple[str, float, float], ...]]  # (text, certainty, height to width)

    def __call__(self, picture: Any, return_word_box: bool) -> SimpleNamespace:
        words = self.seen.get(int(picture[0, 0]), ())
        lines, x = [], 0.0
        for word, sure, high in words:
            x += 40.0 * (word[0] in "123456789")
            wide = 10.0 * len(word)
            lines.append((word, sure, [[x, 0.0], [x + wide, 0.0], [x + wide, wide * high], [x, wide * high]]))
            x += wide + 1.0
        boxes = [box for _, _, box in lines]
        return SimpleNamespace(txts=[w for w, _, _ in lines], boxes=boxes, word_results=[lines] if lines else [])


def scans() -> object:
    """A page that is read well, one on its side, one on its head; the first dot says how often each was turned."""
    import numpy

    square = numpy.array([[0, 1], [3, 2]])
    plain = (("Total", 0.9, 0.2), ("assets", 0.9, 0.2), ("1,234", 0.7, 0.2))
    strange = (("lat", 0.9, 4.0), ("ssa", 0.9, 4.0))
    upside = (("slessA", 0.5, 0.2),)
    engines = Engine({0: plain}), Engine({0: strange, 1: plain, 3: upside}), Engine({0: upside, 2: plain})
    return [ocr._read(engine, square) for engine in engines]


@pytest.mark.parametrize("name", SCAN)
def test_a_tolerance_of_scans_that_is_moved_far_changes_what_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = scans()
    monkeypatch.setattr(tolerances, "OCR", replace(tolerances.OCR, **{name: SCAN[name]}))
    assert scans() != usual
