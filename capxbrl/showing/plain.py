"""Statements, facts and findings as plain text, for a terminal; with colours where `rich` prints it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Severity, printable
from ..model import Fact, LineItem, Statement, Unit
from . import phrases

if TYPE_CHECKING:
    from rich.text import Text

#: A label is wrapped at so many columns, on a narrow terminal at no fewer; so many blanks part two columns; so many
#: facts are shown.
_WIDEST, _NARROWEST, _GAP, _SHOWN = 64, 20, 2, 40
#: The widest date, "Sep 30, 2009".
_DAY = 12
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class Shown(NamedTuple):
    """A line of text and how `rich` shows it."""

    text: str
    style: str = ""


def statement(source: Statement) -> str:
    """Title, units, headings of the columns and lines, as the page sets them."""
    return _joined(statement_lines(source))


def statement_lines(source: Statement, width: int | None = None) -> Iterator[Shown]:
    """The lines of a statement; labels give way where the terminal is narrow, figures never. A doubtful figure has a
    question mark."""
    rows = [_cells(line, phrases.scales(source)) for line in source.lines]
    heads = _heads(source, rows, width)
    widths = _widths(heads, rows)
    labels = list(_labels(source, _WIDEST if width is None else max(_NARROWEST, _room(widths, width))))
    left = _widest([part for parts in labels for part in parts])
    yield Shown(_clean(source.title), "bold")
    yield Shown(_clean(phrases.units(source)), "dim")
    yield from (Shown(_row("", cells, left, widths), "dim") for cells in _headings(heads))
    rules = ["─" * (size - 1) + " " for size in _widths([()] * len(heads), rows)]
    for line, cells, parts in zip(source.lines, rows, labels, strict=True):
        if phrases.has_rule(line):
            yield from _rule(cells, rules, left, widths)
        yield from _line(line, cells, parts, left, widths)
    if any(map(phrases.doubtful, source.lines)):
        yield Shown("? doubtful: witnesses disagree, or nothing says it", "yellow")


def _heads(source: Statement, rows: Sequence[Sequence[str]], width: int | None) -> list[tuple[str, ...]]:
    """The words above each column, narrow where the terminal is."""
    heads = [tuple(map(_clean, phrases.heading(column, source))) for column in source.columns]
    if width is None or _room(_widths(heads, rows), width) >= _NARROWEST:
        return heads
    return [tuple(word for part in head for word in textwrap.wrap(part, _DAY)) for head in heads]


def _rule(cells: Sequence[str], rules: Sequence[str], left: int, widths: Sequence[int]) -> Iterator[Shown]:
    """A rule above the figures of a total."""
    if any(cells):
        ruled = [rule if cell else "" for rule, cell in zip(rules, cells, strict=True)]
        yield Shown(_row("", ruled, left, widths), "dim")


def _labels(source: Statement, room: int) -> Iterator[list[str]]:
    """The rows of each label."""
    for label, depth in zip(phrases.labels_of(source), phrases.depths(source), strict=True):
        yield _wrapped(label, depth, room)


def _headings(heads: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The rows above the figures: the words of each column end on the last."""
    tallest = max((len(head) for head in heads), default=0)
    for n in range(-tallest, 0):
        yield [f"{head[n]} " if len(head) >= -n else "" for head in heads]


def _line(
    line: LineItem, cells: Sequence[str], parts: Sequence[str], left: int, widths: Sequence[int]
) -> Iterator[Shown]:
    """The rows of a label, and the figures beside the last."""
    yield from (Shown(part) for part in parts[:-1])
    style = "yellow" if phrases.doubtful(line) else "bold" if line.is_heading else ""
    yield Shown(_row(parts[-1], cells, left, widths), style)


def _widths(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[int]:
    """Of each column what its heading and figures take; a place is kept for the parenthesis."""
    return [max(_widest(head) + bool(head), _widest([row[n] for row in rows])) for n, head in enumerate(heads)]


def _widest(texts: Iterable[str]) -> int:
    return max([0, *map(_size, texts)])


def _room(widths: Sequence[int], width: int) -> int:
    """What a terminal leaves for the labels."""
    return min(_WIDEST, width - sum(widths) - _GAP * len(widths))


def _cells(line: LineItem, scale: dict[Unit, int]) -> list[str]:
    """The figures of a line; a place is kept for the parenthesis, or the mark of a doubtful one."""
    doubtful = phrases.doubtful(line)
    out = []
    for n, amount in enumerate(line.amounts):
        text = phrases.figure(amount, scale[amount.unit]) if amount is not None else ""
        mark = "?" if n in doubtful else ""
        out.append(text + mark if text.endswith(")") or mark or not text else f"{text} ")
    return out


def facts(found: Sequence[Fact]) -> str:
    """A table of the first of them."""
    if not found:
        return phrases.tally(found)
    rows = [("label", "concept", "period", "value", "reading")]
    rows += [
        (_clean(f.label), f.concept.name, phrases.when(f.period), f"{phrases.value(f)} {f.measure}", f.reading.value)
        for f in found[:_SHOWN]
    ]
    cut = [(textwrap.shorten(row[0], 44, placeholder="..."), row[1], row[2], _short(row[3]), row[4]) for row in rows]
    widths = [max(_size(row[n]) for row in cut) for n in range(5)]
    lines = [
        (" " * _GAP)
        .join(_filled(cell, width, right=n == 3) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        .rstrip()
        for row in cut
    ]
    more = [f"... and {len(found) - _SHOWN:,} more"] if len(found) > _SHOWN else []
    return "\n".join([phrases.tally(found), *lines, *more])


def finding_lines(found: Iterable[Finding]) -> Iterator[Shown]:
    """A line for each, and its remedy."""
    for finding in found:
        yield Shown(printable(str(finding)), _STYLES[finding.severity.value])
        if finding.hint:
            yield Shown(f"  hint: {printable(finding.hint)}", "dim")


def findings(found: Sequence[Finding]) -> str:
    return _joined(finding_lines(found)) if found else "no findings"


def conversion(title: str, about: Sequence[str], found: Sequence[Finding], read: Sequence[Statement]) -> str:
    return _joined(conversion_lines(title, about, found, read))


def conversion_lines(
    title: str, about: Sequence[str], found: Sequence[Finding], read: Sequence[Statement]
) -> Iterator[Shown]:
    """What was converted, what a person must look at, and the statements by name."""
    yield Shown(_clean(title), "bold")
    yield Shown(_clean(", ".join(about)))
    for one in read:
        periods = ", ".join(dict.fromkeys(phrases.when(column.period) for column in one.columns))
        yield Shown(f"  {one.kind.value}: {_clean(one.title)} ({periods})")
    told = [f for f in found if f.severity is not Severity.NOTE]
    notes = phrases.found([f.severity for f in found])
    yield Shown(f"{notes}{':' if told else ''}", "bold" if told else "dim")
    yield from finding_lines(told)


def coloured(lines: Iterable[Shown]) -> Text:
    """The lines as `rich` prints them."""
    from rich.text import Text

    text = Text()
    for number, line in enumerate(lines):
        text.append("\n" if number else "").append(line.text, style=line.style or None)
    return text


def _joined(lines: Iterable[Shown]) -> str:
    return "\n".join(line.text for line in lines)


def _row(label: str, cells: Sequence[str], left: int, widths: Sequence[int]) -> str:
    parts = [_filled(label, left), *(_filled(c, w, right=True) for c, w in zip(cells, widths, strict=True))]
    return (" " * _GAP).join(parts).rstrip()


def _wrapped(label: str, depth: int, room: int) -> list[str]:
    """A label set in, over as many rows as it needs; its figures stand on the last."""
    indent = "  " * min(depth, room // 6)
    parts = textwrap.wrap(_clean(label), room - len(indent) - 2) or [""]
    return [indent + ("  " if n else "") + part for n, part in enumerate(parts)]


def _clean(text: str) -> str:
    return printable(" ".join(text.split()))


def _short(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= 40 else text[:37] + "..."


def _filled(text: str, width: int, *, right: bool = False) -> str:
    fill = " " * max(0, width - _size(text))
    return fill + text if right else text + fill


def _size(text: str) -> int:
    """Columns on a terminal: letters of East Asia take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
