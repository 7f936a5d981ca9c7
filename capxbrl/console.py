"""What a person sees on a terminal: findings with their severity in colour, the facts as a table. Only `cli` prints."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import click

from .findings import Finding, Severity, describe, page_numbers, printable, source_lines

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
#: The columns of the table of facts in their order, and those that give way, the first of them first.
_COLUMNS = ("label", "concept", "period", "unit", "value", "reading", "confidence")
_GIVE_WAY = ("confidence", "concept", "reading")
#: A label is not shortened below this before a column gives way, and never longer.
_SHORTEST, _LONGEST, _GAP = 24, 44, 2
_MINUTE = 60.0  # seconds


def coloured() -> bool:
    """Colours are for terminals, unless the user wants none (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str, *, err: bool = False) -> None:
    """A line to standard output or standard error; what would steer a terminal is shown, not obeyed."""
    click.echo(printable(text), err=err)


def out(text: str) -> None:
    """Data to standard output, as it is where a program reads it."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    click.echo(printable(text) if terminal else text, nl=False)


def tell(findings: Iterable[Finding], text: str, source: str | None = None, *, err: bool = True) -> None:
    """Findings as a person reads them."""
    lines = source_lines(text) if text else []
    pages = page_numbers(lines)
    for finding in findings:
        shown = describe(finding, lines, source, pages)
        word = f"{finding.severity.value}:"
        if coloured():
            shown = shown.replace(word, click.style(word, fg=_COLOURS[finding.severity], bold=True), 1)
        click.echo(shown, err=err)


def table(rows: Iterable[Mapping[str, str]], width: int | None = None) -> str:
    """The facts in columns. No figure, unit or period is ever cut: columns give way whole, labels are shortened.

    width: of the terminal; None where the columns may be as wide as they need.
    """
    cells = [{name: _cell(row, name) for name in _COLUMNS} for row in rows]
    sizes = {name: max([len(name), *(_size(row[name]) for row in cells)]) for name in _COLUMNS}
    sizes["label"] = min(sizes["label"], _LONGEST) if width is not None else sizes["label"]
    shown = list(_COLUMNS)
    for name in _GIVE_WAY:
        if width is None or _total(shown, sizes) - sizes["label"] + min(_SHORTEST, sizes["label"]) <= width:
            break
        shown.remove(name)
    if width is not None:
        sizes["label"] = max(_SHORTEST // 2, min(sizes["label"], width - _total(shown, sizes) + sizes["label"]))
    heading = {name: name for name in _COLUMNS}
    return "".join(_line(row, shown, sizes) for row in (heading, *cells))


def terminal_width() -> int | None:
    """Of standard output; None for a pipe, which has no width of its own."""
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None


def tell_page(step: str) -> None:
    """A page that was read from its picture, which takes seconds: on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r{step} ...", err=True, nl=False)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line that tells the step that is under way: on a terminal only, gone when done."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting ...") as status:
        yield lambda step: status.update(f"{step} ...")


@contextmanager
def counting(count: int | None, *, quiet: bool) -> Iterator[Callable[[bool, bool], None]]:
    """How far many inputs are: a bar on a terminal, a line a minute elsewhere.

    count: of all, where it is known. What is given is told of each: it was done now, it failed.
    """
    if quiet:
        yield lambda fresh, failed: None
    elif sys.stderr.isatty():
        with _bar(count) as tell:
            yield tell
    else:
        yield _lines_of(count)


@dataclass(slots=True)
class _Pace:
    """What is done of many, and how fast. fresh: not known from an earlier run."""

    begun: float
    seen: int = 0
    fresh: int = 0
    failed: int = 0

    def add(self, fresh: bool, failed: bool) -> None:
        self.seen, self.fresh, self.failed = self.seen + 1, self.fresh + fresh, self.failed + failed

    def rate(self) -> float:
        return self.fresh / max(time.monotonic() - self.begun, 1e-9)

    def __str__(self) -> str:
        return f"{self.rate():.1f} a second, {self.failed:,} failed"


def _lines_of(count: int | None) -> Callable[[bool, bool], None]:
    pace = _Pace(last := time.monotonic())

    def tell(fresh: bool, failed: bool) -> None:
        nonlocal last
        pace.add(fresh, failed)
        now = time.monotonic()
        if now - last < _MINUTE:
            return
        last = now
        left = ""
        if count and pace.fresh:
            minutes = (count - pace.seen) / pace.rate() / _MINUTE
            left = f", {int(minutes) // 60}:{int(minutes) % 60:02d} hours left"
        say(f"{pace.seen:,}{f' of {count:,}' if count else ''} filings, {pace}{left}", err=True)

    return tell


@contextmanager
def _bar(count: int | None) -> Iterator[Callable[[bool, bool], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"), TimeRemainingColumn())
    pace = _Pace(time.monotonic())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=count, pace="")

        def tell(fresh: bool, failed: bool) -> None:
            pace.add(fresh, failed)
            bar.update(task, advance=1, pace=str(pace))

        yield tell


def _cell(row: Mapping[str, str], name: str) -> str:
    if name == "value" and row["unit"]:
        return f"{Decimal(row['value']):,}"
    return " ".join(printable(row[name]).split())


def _total(names: Sequence[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[name] for name in names) + _GAP * (len(names) - 1)


def _size(text: str) -> int:
    """Columns on a terminal: letters of East Asia take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _line(row: Mapping[str, str], names: Sequence[str], sizes: Mapping[str, int]) -> str:
    parts = []
    for name in names:
        text = row[name]
        while _size(text) > sizes[name] and name == "label":
            text = text.removesuffix("…")[:-1] + "…"
        fill = " " * max(0, sizes[name] - _size(text))
        parts.append(fill + text if name in ("value", "confidence") else text + fill)
    return (" " * _GAP).join(parts).rstrip() + "\n"
