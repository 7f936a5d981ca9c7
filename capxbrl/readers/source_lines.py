"""Text -> its lines, each with its place in the source."""

from __future__ import annotations

from dataclasses import replace

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A line of the source: its text, its number, and the column of its first character (both from 1).

    stops: (offset in text, column in the source) of what stands behind each tab that was set as blanks.
    """

    text: str
    number: int
    column: int = 1
    stops: tuple[tuple[int, int], ...] = ()

    def column_at(self, offset: int) -> int:
        """The column of the source where text[offset] stands; blanks of one tab share its column."""
        if not self.stops:
            return self.column + offset
        since, column, limit = 0, self.column, None
        for stop, place in self.stops:
            if stop > offset:
                limit = place - 1
                break
            since, column = stop, place
        found = column + offset - since
        return found if limit is None else min(found, limit)

    def jumps(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """(offset in text[start:end], line, column) wherever the source place does not follow from the one before."""
        if not self.stops:
            return ()
        return tuple((stop - start, self.number, place) for stop, place in self.stops if start < stop < end)

    def part(self, start: int, end: int | None = None) -> SourceLine:
        """The line from `start` to `end` as a line of its own."""
        stops = tuple((stop - start, place) for stop, place in self.stops if stop > start)
        return replace(self, text=self.text[start:end], column=self.column_at(start), stops=stops)


def with_text(line: SourceLine, text: str) -> SourceLine:
    """The line with what its text became, every character at its place."""
    return line if text == line.text else replace(line, text=text)


def split_lines(text: str, first: int = 1) -> list[SourceLine]:
    """The lines of a text, numbered from `first`. A form feed at the beginning of a line is a line of its own, since
    the words behind it are the first of the new page."""
    out: list[SourceLine] = []
    for number, row in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), first):
        column = 1
        while row.startswith("\f") and row != "\f":
            out.append(SourceLine(text="\f", number=number, column=column))
            row, column = row[1:], column + 1
        out.append(SourceLine(text=row, number=number, column=column))
    return out
