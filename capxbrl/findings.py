"""What is worth telling about a filing, and where it stands: Finding, Position, Outcome, and the exceptions.

What is wrong with the *filing* is a Finding; an exception is for what the *caller* got wrong, or for input
that cannot be read at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from .records import dataclass
from .reprs import Brief, brief

T = TypeVar("T")

#: So much of a source line is shown.
_SHOWN = 120
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"<[^<>]*>")
#: What steers a terminal or turns the direction of what follows: controls of C0 (but tab and line feed) and C1, the
#: marks of the bidirectional algorithm (UAX 9), and halves of surrogate pairs.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class CapxbrlError(Exception):
    """Base of all errors of this library; its text is one clear sentence for a person."""


class UnreadableInput(CapxbrlError):
    """The input is not a document that any reader understands."""


class NotFound(CapxbrlError, KeyError):
    """What was asked for by name is not there, or is there more than once; the text lists what can be asked for."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""  # a KeyError shows the repr of its key


class BadData(CapxbrlError):
    """A data file (overrides, synonyms, a taxonomy table) is wrong; the text names file and line."""


class Severity(StrEnum):
    """error: the output would be wrong or there is none. warning: a person must look. note: for the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Position(Brief):
    """A place in a source: line and column count from 1; table, row and cell (from 1) where there is a table."""

    source: str
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    def _brief(self) -> Iterator[str]:
        yield str(self)

    def __str__(self) -> str:
        if self.line is not None and self.column is not None:
            return f"{self.source}:{self.line}:{self.column}"
        return ":".join([self.source, *(str(n) for n in (self.line, self.column) if n is not None)])


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Finding(Brief):
    """One thing to tell. `code` is stable (`tag.unknown-label`); `fact` is a fact id; `hint` is the remedy."""

    code: str
    severity: Severity
    message: str
    at: Position | None = None
    fact: str | None = None
    hint: str | None = None

    def _brief(self) -> Iterator[str]:
        yield from (self.severity.value, repr(self.code), *([str(self.at)] if self.at else ()), brief(self.message))

    def _repr_html_(self) -> str:
        from .showing import html

        return html.findings((self,))

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]"


class Outcome(NamedTuple, Generic[T]):
    """What a stage gives: its value and what it found. Unpacks: `value, findings = stage(...)`."""

    value: T
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        value = repr(self.value) if isinstance(self.value, Brief) else brief(self.value)
        return f"Outcome({value}, {counted(len(self.findings), 'finding')})"


def source_lines(text: str) -> list[str]:
    """The lines of a source as positions count them: a form feed begins a page, not a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line_starts(text: str) -> list[int]:
    """Where the lines of a source begin, by the same count."""
    return [0, *(m.end() for m in _LINE_END.finditer(text))]


def page_numbers(lines: Sequence[str]) -> list[int]:
    """The page that each line stands on, where form feeds part the source into pages; else nothing."""
    counts = [text.count("\f") for text in lines]
    return [1 + before for before in accumulate(counts)] if any(counts) else []


def describe(
    finding: Finding, lines: Sequence[str] = (), source: str | None = None, pages: Sequence[int] | None = None
) -> str:
    """The finding as a person reads it: place, message, the source line it points at and its page, and the remedy.

    source: the name of the file that `lines` are of; a finding about another file shows no line of it. pages: their
    `page_numbers`, for who tells many findings.
    """
    out = [str(finding)]
    line = finding.at.line if finding.at and source in (None, finding.at.source) else None
    if line is not None and 1 <= line <= len(lines) and lines[line - 1].strip():
        assert finding.at is not None
        shown = excerpt(lines[line - 1].replace("\f", ""), finding.at.column or 1)
        pages = page_numbers(lines) if pages is None else pages
        out += [*(f"    page {page}" for page in pages[line - 1 : line]), f"    {line:>5} | {shown}"]
    if finding.hint:
        out.append(f"  hint: {finding.hint}")
    return printable("\n".join(out))


#: More notes of one kind than this are told as one.
_ALIKE = 2


def folded(findings: Sequence[Finding]) -> list[Finding]:
    """The findings for a person to read: of many notes of one kind the first, with how many more there are."""
    count = Counter(f.code for f in findings if f.severity is Severity.NOTE)
    told: set[str] = set()
    out = []
    for finding in findings:
        many = finding.severity is Severity.NOTE and count[finding.code] > _ALIKE
        if not many:
            out.append(finding)
        elif finding.code not in told:
            told.add(finding.code)
            more = f"{finding.message}; and {counted(count[finding.code] - 1, 'more note')} like it: --all shows them"
            out.append(replace(finding, message=more))
    return out


def counted(number: int, one: str, many: str = "") -> str:
    """1, "word" as "1 word", 3 as "3 words"; many: where the plural is not made by an s ("words have")."""
    return f"{number} {numbered(number, one, many)}"


def numbered(number: int, one: str, many: str = "") -> str:
    """The word for so many of a thing, without the number: "page 3", "pages 3, 7"."""
    return one if number == 1 else many or f"{one}s"


def one_line(text: str) -> str:
    """A name as it may stand in a line of ours: what would break the line, or steer a terminal, as an escape."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def printable(text: str) -> str:
    """The text with escapes for the characters that would steer a terminal: a label may hold them."""
    return _STEERING.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def excerpt(line: str, column: int) -> str:
    """The line; of a long one (HTML often is one line) the part from the column on, without its tags."""
    if len(line) <= _SHOWN:
        return line.replace("\t", "  ").rstrip()
    start = column - 1 if column > _SHOWN else 0
    before = line[max(0, start - 40) : start]
    if start and "<" not in before and ">" not in before:
        start -= len(before) - before.find(" ") - 1  # running text: some words before the place
    part = line[start : start + 40 * _SHOWN].replace("\t", "  ")
    if start:
        part = " ".join(_TAG.sub(" ", part).split())
    end = len(part) > _SHOWN - 6 or start + 40 * _SHOWN < len(line)
    return ("... " if start else "") + part[: _SHOWN - 7].rstrip() + (" ..." if end else "")


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest severity among the findings, or None when there are none."""
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return max((f.severity for f in findings), key=order.index, default=None)
