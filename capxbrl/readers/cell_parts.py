"""The cells of an HTML row as parts of figures: "$", "(1,234" and ")" that stand in cells of their own are one
figure."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from ..amounts import PrintedKind, closes, opens, parse_amount
from ..currencies import sign
from ..grammar import CLOSERS, IS_YEAR, OPENERS
from .collected import Lines
from .notes import may_refer, only_marks

#: So many raw columns may lie between a figure and what ends it, and between what begins it and the figure.
BEHIND, BEFORE = 1, 2


@dataclass(slots=True, kw_only=True)
class Part:
    """A cell on the raw grid: raw columns start..end-1; near: those of the figure itself, without "$" and ")".

    text: without the raised marks of notes, which `lines` has. figure: it is one, or looks like one; digits: not a
    dash.
    """

    start: int
    end: int
    lines: list[Lines]
    indent: int = 0
    rows: int = 1
    near: tuple[int, int] = (0, 0)
    text: str = ""
    figure: bool = False
    digits: bool = False

    def __post_init__(self) -> None:
        self.near = (self.start, self.end)
        self.read()

    def read(self) -> None:
        lines = self.lines
        text = lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines if line.words])
        self.text = text.strip()
        self.figure = is_figure(self.text)
        self.digits = self.figure and any(map(str.isdigit, self.text))


@dataclass(slots=True, kw_only=True)
class GridLine:
    """A row: its parts from left to right, and whether a line is drawn below it."""

    parts: list[Part]
    rule: bool = False
    heading: bool = False


def is_figure(text: str) -> bool:
    """A figure, or what looks like one. "1." numbers a line."""
    return parse_amount(text) is not None and not (text.endswith(".") and text[:1].isdigit())


def is_piece(text: str) -> bool:
    return is_figure(text.strip()) or opens(text) or closes(text)


def joined(parts: Sequence[Part], worded: Set[tuple[int, int]] = frozenset()) -> list[Part]:
    """The parts of a figure that stand in cells of their own as one part. worded: the extents of cells that hold words
    in other rows, where a lone letter is the reference to a note."""
    if _heads_currencies(parts):
        return list(parts)
    out: list[Part] = []
    # Codes of currencies stand behind their figures in a row that ends with one.
    behind = bool(parts) and not parts[-1].figure and closes(parts[-1].text) and _is_sign(parts[-1].text)
    for part in parts:
        last = out[-1] if out else None
        if last is None:
            out.append(part)
        elif _ends(last, part, behind):
            append(last, part, glue=True, near=last.near)
        elif _begins(last, part) and not (may_refer(last.text) and (last.start, last.end) in worded):
            append(last, part, glue=last.text.endswith(tuple(OPENERS)), near=part.near)
        else:
            out.append(part)
    return out


def _heads_currencies(parts: Sequence[Part]) -> bool:
    """Codes of currencies and no figure: each heads its own column."""
    codes = [p for p in parts if not p.figure and _is_sign(p.text) and any(map(str.isalpha, p.text))]
    return len(codes) > 1 and not any([p.figure for p in parts])


def _ends(last: Part, part: Part, behind: bool) -> bool:
    """The part is a mark of a note, or ends the figure before it."""
    if not part.text and only_marks(part.lines):
        return True
    if not last.figure or part.start - last.end > BEHIND or not closes(part.text):
        return False
    printed = parse_amount(part.text)
    if printed is not None and printed.kind in (PrintedKind.NUMBER, PrintedKind.PERCENT, PrintedKind.DASH):
        return False
    if _is_sign(part.text):
        return behind
    if part.text == "%" and _is_year(last):
        return False  # the heading of the next column
    if part.text[0] not in CLOSERS:
        return True
    return sum(c in OPENERS for c in last.text) > sum(c in CLOSERS for c in last.text)


@lru_cache(maxsize=1024)
def _is_sign(text: str) -> bool:
    """A sign or code of a currency, and nothing else."""
    return sign().fullmatch(text) is not None


def _begins(last: Part, part: Part) -> bool:
    """The part before is the sign or the parenthesis of this one."""
    if (
        last.figure
        or part.start - last.end > BEFORE
        or not (opens(last.text) or (not last.text and only_marks(last.lines)))
    ):
        return False
    return part.figure or opens(part.text)


def append(to: Part, part: Part, *, glue: bool, near: tuple[int, int]) -> None:
    words = [w for line in to.lines for w in line.words]
    more = [w for line in part.lines for w in line.words]
    to.lines = [Lines(words=[*words, more[0]._replace(gap=0 if glue else 1), *more[1:]])]
    to.end = part.end
    to.read()
    to.near = near


def is_heading(parts: Sequence[Part]) -> bool:
    """Its figures are bare years: they do not make columns."""
    figures = [p for p in parts if p.figure]
    return bool(figures) and all(_is_year(p) for p in figures)


def _is_year(part: Part) -> bool:
    return IS_YEAR.fullmatch(part.text.strip("* ()")) is not None
