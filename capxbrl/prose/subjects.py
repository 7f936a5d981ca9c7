"""Words of running text -> the lines of the statements they speak of.

Two ways: families of words for the lines that every release names (`words/prose_subjects.csv`, a list for each role of
a line), and the labels of the filing's own lines. A word before or behind that narrows the subject ("deferred
revenue", "sales of turbines") makes it another one, which no line shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from .. import words
from ..hints import Hinted, hinted, holds, of_small
from ..model import Document, Kind, LineRole, Paragraph, Tagged, Unit
from ..patterns import compiled
from ..records import dataclass, replace
from . import tolerances as tol

REVENUE = "revenue"
#: The families of words, in the order in which they are looked for: the statement, and what its lines are.
_FAMILIES = (
    ("cost of sales", Kind.INCOME_STATEMENT, (LineRole.COST_OF_SALES,)),
    (REVENUE, Kind.INCOME_STATEMENT, (LineRole.REVENUE,)),
    ("gross profit", Kind.INCOME_STATEMENT, (LineRole.GROSS_PROFIT,)),
    ("research and development", Kind.INCOME_STATEMENT, (LineRole.RESEARCH,)),
    ("selling, general and administrative", Kind.INCOME_STATEMENT, (LineRole.SELLING_AND_ADMINISTRATIVE,)),
    ("general and administrative", Kind.INCOME_STATEMENT, (LineRole.ADMINISTRATIVE,)),
    ("operating expenses", Kind.INCOME_STATEMENT, (LineRole.OPERATING_EXPENSES,)),
    ("operating income", Kind.INCOME_STATEMENT, (LineRole.OPERATING_INCOME,)),
    ("interest expense", Kind.INCOME_STATEMENT, (LineRole.INTEREST_EXPENSE,)),
    ("interest income", Kind.INCOME_STATEMENT, (LineRole.INTEREST_INCOME,)),
    ("income before taxes", Kind.INCOME_STATEMENT, (LineRole.INCOME_BEFORE_TAX,)),
    ("income taxes", Kind.INCOME_STATEMENT, (LineRole.INCOME_TAX,)),
    (
        "net income",
        Kind.INCOME_STATEMENT,
        (LineRole.NET_INCOME, LineRole.NET_INCOME_TO_COMMON, LineRole.INCOME_TO_PARENT),
    ),
    ("cash", Kind.BALANCE_SHEET, (LineRole.CASH,)),
    ("total assets", Kind.BALANCE_SHEET, (LineRole.TOTAL_ASSETS,)),
    ("equity", Kind.BALANCE_SHEET, (LineRole.TOTAL_EQUITY,)),
    ("operating cash flow", Kind.CASH_FLOW, (LineRole.OPERATING_CASH,)),
)
_LABEL_NOISE = r"\([^)]*\)|,?\s*(?:net|total)$|^total\s+|^less:?\s+|[;:].*$"
_CHANGE_OF = r"^(?:changes? in|increase in|decrease in)(?: (?:the )?(?:estimated )?fair value of)?\s+"
_BEFORE = r"([\w&'.-]+)\s$"
_WORD = compiled("[a-z]+")

Row = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """text[start:end] names something. rows: (statement, line) that it may be; empty where no line shows it."""

    start: int
    end: int
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Words that name rows: the label of a line, or a family of words. needs: the words of the label."""

    name: str
    rows: tuple[Row, ...]
    family: Hinted | None = None
    needs: frozenset[str] = frozenset()

    def found(self, small: str) -> Iterator[re.Match[str]]:
        """Where a sentence in small letters has them."""
        if self.family is not None:
            return of_small(self.family.room, self.family.name).finditer(small)
        return _compiled(rf"\b{r'[ -]'.join(map(re.escape, self.name.split()))}\b").finditer(small)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The subjects of one filing, and the rows per share and of shares. company: the words of the registrant's name.

    families, labels: the names. by_word: {the rarest word of a label: the numbers of the labels that have it}.
    """

    families: tuple[Name, ...]
    labels: tuple[Name, ...]
    by_word: Mapping[str, Sequence[int]]
    company: frozenset[str]
    per_share: tuple[Row, ...]
    shares: tuple[Row, ...]

    @property
    def revenue(self) -> tuple[Row, ...]:
        return next((name.rows for name in self.families if name.name == REVENUE), ())

    def named_in(self, small: str) -> Iterator[Name]:
        """The names that a sentence in small letters may have. A filing has hundreds, and a sentence says few."""
        yield from (name for name in self.families if name.family and holds(small, name.family.hints))
        there = set(_WORD.findall(small))
        for k in sorted(k for word in there & self.by_word.keys() for k in self.by_word[word]):
            if self.labels[k].needs <= there:
                yield self.labels[k]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.IGNORECASE)


def lexicon_of(document: Document, tagged: Sequence[Tagged]) -> Lexicon:
    """From the labels of the face statements, and their headings for the name of the company."""
    lines = [
        (s, i, one.statement.kind, line.label, one.lines[i].role)
        for s, one in enumerate(tagged)
        if one.statement.face
        for i, line in enumerate(one.statement.lines)
        if any(a is not None and a.unit is Unit.USD for a in line.amounts)
    ]
    families: list[Name] = []
    for name, kind, roles in _FAMILIES:
        rows = tuple((s, i) for s, i, k, _, role in lines if k is kind and role in roles)
        families.append(Name(name=name, rows=rows, family=hinted("prose_subjects", name)))
    by_words: dict[str, list[Row]] = {}
    for s, i, _, label, _ in lines:
        for phrase in _phrases(label):
            by_words.setdefault(phrase, []).append((s, i))
    labels = tuple(
        Name(name=phrase, rows=tuple(found), needs=frozenset(_WORD.findall(phrase)))
        for phrase, found in sorted(by_words.items(), key=lambda item: (-len(item[0]), item[0]))
    )
    return Lexicon(
        families=tuple(families),
        labels=labels,
        by_word=_by_rarest_word(labels),
        company=_company(document, tagged),
        per_share=_rows(tagged, Unit.PER_SHARE),
        shares=_rows(tagged, Unit.SHARES),
    )


def _by_rarest_word(labels: Sequence[Name]) -> dict[str, list[int]]:
    often = Counter(word for label in labels for word in label.needs)
    out: dict[str, list[int]] = {}
    for number, label in enumerate(labels):
        out.setdefault(min(label.needs, key=lambda word: (often[word], word)), []).append(number)
    return out


def _company(document: Document, tagged: Sequence[Tagged]) -> frozenset[str]:
    """The words of the header's name, and of the lines above the statements that are written as names are."""
    blocks = [document.blocks[b] for one in tagged if one.statement.face for b in one.statement.heading]
    lines = [line for b in blocks if isinstance(b, Paragraph) for line in b.text.splitlines()]
    named = [line for line in (*lines, *(one.statement.title for one in tagged)) if _is_name(line)]
    return frozenset(_WORD.findall(" ".join((*named, document.header.company if document.header else "")).lower()))


def _is_name(line: str) -> bool:
    """Few words, none of which but the shortest begins small, and no figure."""
    words_of = line.split()
    return (
        len(words_of) <= tol.PROSE.name and all(len(w) <= 3 or not w[0].islower() for w in words_of) and "$" not in line
    )


def _phrases(label: str) -> Iterator[str]:
    """The label as running text would have it; two words at least, that a common word is not taken for a line."""
    noise = _compiled(_LABEL_NOISE)
    plain = " ".join(noise.sub("", " ".join(label.replace("’", "'").split())).strip(" ,.-").lower().split())
    for text in sorted({plain, _compiled(_CHANGE_OF).sub("", plain)}):
        if 2 <= len(text.split()) <= tol.PROSE.label and re.fullmatch(r"[a-z&,' -]+", text):
            yield text


def _rows(tagged: Sequence[Tagged], unit: Unit) -> tuple[Row, ...]:
    return tuple(
        (s, i)
        for s, one in enumerate(tagged)
        if one.statement.face and one.statement.kind is Kind.INCOME_STATEMENT
        for i, line in enumerate(one.statement.lines)
        if any(a is not None and a.unit is unit for a in line.amounts)
    )


def subjects(text: str, small: str, lexicon: Lexicon, starts: Sequence[int]) -> list[Subject]:
    """The subjects of a sentence in order. small: it in small letters; starts: where periods and figures begin (they
    narrow nothing)."""
    found: list[Subject] = []
    for name in lexicon.named_in(small):
        for match in name.found(small):
            narrowed = _narrowed(text, match.start(), match.end(), starts, name.family is not None)
            rows = () if narrowed else name.rows
            found.append(Subject(start=match.start(), end=match.end(), name=name.name, rows=rows))
    return _longest(found)


def _longest(found: list[Subject]) -> list[Subject]:
    """The longest words win; of equal words, those that name a row, and all their rows together."""
    found.sort(key=lambda s: (-(s.end - s.start), s.start, not s.rows))
    out: list[Subject] = []
    for subject in found:
        same = next((k for k, o in enumerate(out) if (o.start, o.end) == (subject.start, subject.end)), None)
        if same is not None:
            rows = tuple(dict.fromkeys((*out[same].rows, *subject.rows)))
            out[same] = replace(out[same], rows=rows if out[same].rows else ())
        elif all(subject.end <= o.start or subject.start >= o.end for o in out):
            out.append(subject)
    return sorted(out, key=lambda s: s.start)


def _narrowed(text: str, start: int, end: int, starts: Sequence[int], family: bool) -> bool:
    before, behind = text[:start], text[end:]
    if words.pattern("prose", "measure").search(before[-tol.PROSE.narrows :]) or words.pattern("prose", "other").match(
        behind
    ):
        return True
    if not family:
        return False
    word = re.search(_BEFORE, before[-tol.PROSE.narrows :])
    if word and not _plain(word[1].lower()):
        return True
    narrows = words.pattern("prose", "narrows").match(behind)
    # "sales in the second quarter" narrows nothing: a period or a figure follows.
    return narrows is not None and not any(0 <= at - (end + narrows.end()) <= tol.PROSE.follows for at in starts)


def _plain(word: str) -> bool:
    """A word before a subject that does not narrow it: a common one, a number, a name in the genitive."""
    return bool(words.pattern("prose", "plain").match(word)) or word.endswith(("'s", "s'")) or word.isdigit()
