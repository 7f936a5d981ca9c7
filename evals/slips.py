"""One error put into a document that was read: the ways in which copying, typing and OCR spoil a page of figures.

Every function takes a document and gives the changed one, or None where the page has no place for that error.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from capxbrl.footing.edits import ALIKE
from capxbrl.model import Amount, Cell, Document, LineItem, Paragraph, Row, Table, Tagged

#: Errors in the digits of one figure, in a row of a statement, and in its headings.
FIGURE = ("digit", "swapped", "lost", "added", "letter", "blank", "comma", "sign")
ROW = ("row deleted", "cells swapped", "row twice")
HEADING = ("year", "headings swapped", "scale", "columns")
#: Letters that OCR reads for digits.
LETTERS = {"0": "O", "1": "l", "5": "S", "8": "B"}


def wrong_figure(shown: str, kind: str, rng: random.Random) -> str | None:
    """The figure with one slip, grouped in threes as before where it is still one; None where that is not possible."""
    if kind in ("letter", "blank", "comma"):
        return _wrong_character(shown, kind, rng)
    whole, point, places = shown.partition(".")
    digits = list(whole.replace(",", "") + places)
    whole_digits = len(digits) - len(places)
    if kind == "digit":
        at = rng.randrange(len(digits))
        alike = [d for d in "0123456789" if frozenset((d, digits[at])) in ALIKE]
        pool = alike if alike and rng.random() < 0.5 else [d for d in "0123456789" if d != digits[at]]
        digits[at] = rng.choice(pool)
    elif kind == "swapped":
        pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
        if not pairs:
            return None
        at = rng.choice(pairs)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif kind == "added":
        digits.insert(rng.randrange(whole_digits + 1), rng.choice("0123456789"))
        whole_digits += 1
    else:
        if whole_digits < 2:
            return None
        del digits[rng.randrange(whole_digits)]
        whole_digits -= 1
    if digits[0] == "0" and whole_digits > 1:
        return None  # a figure that begins with 0 is no figure: any reader of the page sees it
    number = "".join(digits[:whole_digits])
    grouped = f"{int(number or '0'):,}" if "," in shown or len(number) < 4 else number
    made = grouped + point + "".join(digits[whole_digits:])
    return made if made != shown and int(re.sub(r"\D", "", made)) else None


def _wrong_character(shown: str, kind: str, rng: random.Random) -> str | None:
    """The figure with a letter for a digit, a blank inside, or the comma and the point exchanged."""
    if kind == "letter":
        spots = [i for i, c in enumerate(shown) if c in LETTERS]
        at = rng.choice(spots) if spots else None
        return None if at is None else shown[:at] + LETTERS[shown[at]] + shown[at + 1 :]
    if kind == "blank":
        spots = [i for i in range(1, len(shown)) if shown[i].isdigit()]
        at = rng.choice(spots) if spots else None
        return None if at is None else shown[:at] + " " + shown[at:]
    if "." in shown:
        return shown.replace(".", ",")
    return shown.replace(",", ".", 1) if "," in shown else None


def in_figure(document: Document, amount: Amount, kind: str, rng: random.Random) -> Document | None:
    cell = _cell(document, amount)
    if cell is None or not amount.shown[:1].isdigit():
        return None
    start, end = amount.span.start, amount.span.end
    if kind == "sign":
        if amount.value >= 0 or not re.search(r"[(-][\s$]*$", cell.text[:start]):
            return None
        return _with_text(
            document,
            amount,
            re.sub(r"[(-]", "", cell.text[:start]) + amount.shown + cell.text[end:].replace(")", "", 1),
        )
    made = wrong_figure(amount.shown, kind, rng)
    return _with_text(document, amount, cell.text[:start] + made + cell.text[end:]) if made else None


def in_row(document: Document, line: LineItem, kind: str, rng: random.Random) -> Document | None:
    """A row is left out, stands twice, or two of its figures change places."""
    amounts = [a for a in line.amounts if a is not None]
    number, at = amounts[0].span.block, amounts[0].span.row
    table = document.blocks[number]
    if not isinstance(table, Table) or at is None or any((a.span.block, a.span.row) != (number, at) for a in amounts):
        return None
    if kind == "cells swapped":
        different = [a for a in amounts if a.value]
        if len({a.value for a in different}) < 2:
            return None
        left, right = rng.sample(different, 2)
        return exchanged(document, left, right) if left.value != right.value else None
    rows = [*table.rows]
    rows[at : at + 1] = [rows[at], rows[at]] if kind == "row twice" else []
    return _with_block(document, number, replace(table, rows=tuple(rows)))


def exchanged(document: Document, left: Amount, right: Amount) -> Document | None:
    """The texts of two cells, each where the other was."""
    one, two = _cell(document, left), _cell(document, right)
    if one is None or two is None:
        return None
    return _with_text(_with_text(document, left, two.text), right, one.text)


def in_heading(document: Document, one: Tagged, kind: str, rng: random.Random) -> Document | None:
    if kind == "columns":
        return _columns(document, one, rng)
    if kind == "scale":
        words = {"thousands": "millions", "millions": "thousands"}
        return _in_texts(document, one, r"\b(thousands|millions)\b", lambda m: words[m[0].lower()], every=True)
    if kind == "year":

        def typo(match: re.Match[str]) -> str:
            year, at = match[0], rng.choice((2, 3))
            return year[:at] + rng.choice([d for d in "0123456789" if d != year[at]]) + year[at + 1 :]

        return _in_texts(document, one, r"\b(?:19[89]\d|20[0-3]\d)\b", typo)
    years = sorted({str(c.period.end.year) for c in one.statement.columns})
    if len(years) != 2:
        return None
    other = dict(zip(years, reversed(years), strict=True))
    return _in_texts(document, one, rf"\b(?:{'|'.join(years)})\b", lambda m: other[m[0]], every=True, tables=True)


def _in_texts(document, one, pattern, turned, *, every=False, tables=False):  # type: ignore[no-untyped-def]
    """Words of the title and of the headings changed: rows of the statement above its first figure, one or all."""
    figures = [a.span for line in one.statement.lines for a in line.amounts if a is not None]
    first = {b: min((s.row or 0) for s in figures if s.block == b) for b in {s.block for s in figures}}
    blocks, left = list(document.blocks), [10**9 if every else 1]

    def changed(text: str) -> str:
        made, times = re.subn(pattern, turned, text, count=min(left[0], len(text)), flags=re.I)
        left[0] -= times
        return made if times else text

    for number in sorted({*(() if tables else one.statement.heading), *one.statement.blocks}):
        block = blocks[number]
        if isinstance(block, Paragraph) and left[0]:
            blocks[number] = replace(block, text=changed(block.text))
        elif isinstance(block, Table):
            end = first.get(number, 0)
            rows = [
                replace(row, cells=tuple(replace(c, text=changed(c.text)) if left[0] else c for c in row.cells))
                if r < end
                else row
                for r, row in enumerate(block.rows)
            ]
            blocks[number] = replace(block, rows=tuple(rows))
    return replace(document, blocks=tuple(blocks)) if tuple(blocks) != document.blocks else None


def _columns(document: Document, one: Tagged, rng: random.Random) -> Document | None:
    """The figures of two columns change places in every line, under headings that stay."""
    width = len(one.statement.columns)
    if width < 2:
        return None
    a, b = sorted(rng.sample(range(width), 2))
    made = document
    for line in one.statement.lines:
        left, right = line.amounts[a], line.amounts[b]
        if left is not None and right is not None:
            made = exchanged(made, left, right) or made
    return made if made is not document else None


# --- cells ---------------------------------------------------------------------------------------------------------


def _cell(document: Document, amount: Amount) -> Cell | None:
    row = _row(document, amount)
    return row.cells[amount.span.cell] if row is not None and amount.span.cell is not None else None


def _row(document: Document, amount: Amount) -> Row | None:
    table = document.blocks[amount.span.block]
    return table.rows[amount.span.row] if isinstance(table, Table) and amount.span.row is not None else None


def _with_text(document: Document, amount: Amount, text: str) -> Document:
    """The document with the text of a figure's cell replaced."""
    span, row = amount.span, _row(document, amount)
    table = document.blocks[span.block]
    assert isinstance(table, Table) and row is not None and span.row is not None and span.cell is not None
    cells = [*row.cells]
    cells[span.cell] = replace(cells[span.cell], text=text)
    rows = [*table.rows]
    rows[span.row] = replace(row, cells=tuple(cells))
    return _with_block(document, span.block, replace(table, rows=tuple(rows)))


def _with_block(document: Document, number: int, block: Table) -> Document:
    return replace(document, blocks=(*document.blocks[:number], block, *document.blocks[number + 1 :]))
