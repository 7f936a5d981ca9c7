"""The table of listed securities (section 12(b)), the shares outstanding and the public float."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Finding, Outcome, Severity, counted
from ..model import CoverFact, Standing
from ..naming import camel_case
from ..patterns import compiled
from ..periods import read_clues
from ..records import dataclass, replace
from ..words import pattern, table
from . import tolerances as tol
from .dates import DATE
from .flat import Cover
from .judge import Candidate, Facts, fact_of, words_of

Place = tuple[int, int]

#: The axis that tells classes of stock apart.
CLASS_AXIS = "StatementClassOfStockAxis"
_SYMBOL = compiled(r"[A-Z][A-Z0-9]{0,5}(?:[ ./-]?[A-Z0-9]{1,6})?")
_COUNT = compiled(
    r"(?<![\d.,$])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,4}(?:\.[0-9]+)?(?=\s+(?:million|billion)))"
    r"(?![\d,]*\d)(?:\s+(million|billion))?",
    re.I,
)
_MONEY = compiled(
    r"\$\s{0,9}([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9][0-9])?|[0-9]+(?:\.[0-9]+)?)(?![\d/]|[,.][^\D0-9])"
    r"(?:\s+(million|billion))?",
    re.I,
)
_POWERS = {"million": 6, "billion": 9, "": 0}
_SENTENCE_END = compiled(r"(?<![A-Z])[.;](?=\s+[A-Z(])|\n\s*\n")


def security_facts(cover: Cover) -> Facts:
    """The listed securities, the shares outstanding of each class, the public float.

    Findings: `cover.securities` (a row of the table that could not be taken apart), `cover.float`.
    """
    parts = [_listed(cover), _outstanding(cover), _float(cover)]
    return Outcome(tuple(f for p in parts for f in p.value), tuple(n for p in parts for n in p.findings))


# --- the table of section 12(b) ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """One row: where title, symbol and exchange stand."""

    title: Place
    exchange: Place
    code: str
    symbol: Place | None = None


def _listed(cover: Cover) -> Facts:
    heading = cover.search(pattern("cover", "section_12b"), cover.form[1])
    if heading is None:
        return Outcome((), ())
    ending = cover.search(pattern("cover", "section_12b_end"), heading.end())
    stop = min(cover.line(ending.start())[0] if ending else cover.limit, heading.end() + tol.SECURITIES.table)
    rows, odd = _rows(cover, cover.line(heading.end())[1] + 1, stop)
    if not rows and len(odd) == 1 and class_member(words_of(cover, *odd[0])):
        title = Candidate(start=odd[0][0], end=odd[0][1], says="alone in the table of listed securities")
        return Outcome((fact_of(cover, "Security12bTitle", "Title of class", title),), ())
    members = _named_members([words_of(cover, *r.title) for r in rows])
    facts = [f for r, m in zip(rows, members, strict=True) for f in _listing(cover, r, m if len(rows) > 1 else "")]
    return Outcome(tuple(facts), tuple(_left_out(cover, odd)))


def _rows(cover: Cover, start: int, stop: int) -> tuple[list[_Listing], list[Place]]:
    """The rows that have title and exchange in one line, and the lines that belong to a row but not as a whole."""
    out: list[_Listing] = []
    odd: list[Place] = []
    symbols = False
    for chunks in _lines(cover, start, stop):
        words = [words_of(cover, *c) for c in chunks]
        if any(pattern("cover", "title_of_class").search(w) for w in words):
            symbols = symbols or any("symbol" in w.lower() for w in words)
        elif (made := _row(chunks, words, symbols)) is not None:
            out.append(made)
        elif not _says_nothing(words):
            odd.append((chunks[0][0], chunks[-1][1]))
    stacked = [] if out else _stacked(cover, odd, symbols)
    if stacked or not _broken(cover, out, odd):
        return (stacked, []) if stacked else (out, odd)
    return [], [(r.title[0], r.exchange[1]) for r in out] + odd


def _broken(cover: Cover, rows: Sequence[_Listing], odd: Sequence[Place]) -> bool:
    """A line of words alone in text: titles run over several lines, and which belong together is not told."""
    alone = any(not exchange_code(words_of(cover, *p)) for p in odd)
    return alone and any(cover.flat.pieces[cover.flat.piece(r.title[0])][1] is None for r in rows)


def _stacked(cover: Cover, lines: Sequence[Place], symbols: bool) -> list[_Listing]:
    """Rows whose cells stand one below the other: title, symbol (where there are some), exchange; all, or none."""
    size = 3 if symbols else 2
    groups = [lines[n : n + size] for n in range(0, len(lines), size)]
    out: list[_Listing] = []
    for group in groups:
        words = [words_of(cover, *p) for p in group]
        code = exchange_code(words[-1])
        fits = len(group) == size and bool(code) and not any(exchange_code(w) for w in words[:-1])
        if not fits or (symbols and not _SYMBOL.fullmatch(words[1])):
            return []
        out.append(_Listing(title=group[0], exchange=group[-1], code=code, symbol=group[1] if symbols else None))
    return out


def _lines(cover: Cover, start: int, stop: int) -> Iterator[list[Place]]:
    """The lines that have words, each as its cells or chunks."""
    at = start
    while at < stop:
        line, end = cover.line(at)
        chunks = _cells(cover, max(line, start), min(end, stop))
        if chunks:
            yield chunks
        at = end + 1


def _says_nothing(words: Sequence[str]) -> bool:
    """ "None", a page number: no row of the table."""
    return pattern("cover", "not_listed").match(words[0]) is not None or all(len(w) <= 2 for w in words)


def _cells(cover: Cover, start: int, end: int) -> list[Place]:
    """The cells of a row of a table, whole; the chunks of a line of text."""
    row = cover.flat.pieces[cover.flat.piece(start)][1]
    if row is None:
        return cover.chunks(start, end)
    found = (m for m in re.finditer(r"[^\t\n]+", cover.text[start:end]) if any(c.isalnum() for c in m.group()))
    return [
        (start + m.start() + len(m.group()) - len(m.group().lstrip()), start + len(m.string[: m.end()].rstrip()))
        for m in found
    ]


def _row(chunks: Sequence[Place], words: Sequence[str], symbols: bool) -> _Listing | None:
    if len(chunks) < 2 or not (code := exchange_code(words[-1])):
        return None
    symbol = next((c for c, w in zip(chunks[1:-1], words[1:-1], strict=True) if symbols and _SYMBOL.fullmatch(w)), None)
    return _Listing(title=chunks[0], exchange=chunks[-1], code=code, symbol=symbol)


def exchange_code(text: str) -> str:
    """The Commission's code of an exchange, or its own name where it has none; "" where no exchange is named."""
    for name in (w.list for w in table("cover") if w.list.startswith("exchange:")):
        if pattern("cover", name).search(text):
            code = name.partition(":")[2]
            return " ".join(text.split()) if code == "other" else code
    return ""


def class_member(text: str) -> str | None:
    """The member of the axis of classes for a title ("Class A common stock"); None for one that has no member."""
    for name in (w.list for w in table("cover") if w.list.startswith("class:")):
        if pattern("cover", name).search(" ".join(text.split())):
            return name.partition(":")[2]
    return None


def _named_members(titles: Sequence[str]) -> list[str]:
    """A member for each title: the taxonomy's for a class of stock, else one named after the title."""
    out: list[str] = []
    for number, title in enumerate(titles, 1):
        own = camel_case(" ".join(title.split()[: tol.SECURITIES.title]))
        name = class_member(title) or f"{own or f'Security{number}'}Member"
        out.append(name if name not in out else f"{name.removesuffix('Member')}{number}Member")
    return out


def _listing(cover: Cover, row: _Listing, member: str) -> Iterator[CoverFact]:
    words = words_of(cover, *row.exchange)
    parts = [
        ("Security12bTitle", "Title of class", row.title, ""),
        ("TradingSymbol", "Trading symbol", row.symbol, ""),
        ("SecurityExchangeName", "Exchange", row.exchange, row.code),
    ]
    for concept, label, place, value in parts:
        if place is not None:
            form = "hidden" if value and value != words else ""
            fact = fact_of(cover, concept, label, Candidate(start=place[0], end=place[1], value=value, form=form))
            yield replace(fact, members=_members(member))


def _members(member: str) -> tuple[tuple[str, str], ...]:
    return ((CLASS_AXIS, member),) if member else ()


def _left_out(cover: Cover, odd: Sequence[Place]) -> Iterator[Finding]:
    if odd:
        words = words_of(cover, *odd[0])
        yield Finding(
            code="cover.securities",
            severity=Severity.NOTE,
            at=cover.at(odd[0][0]),
            message=f"left out: {counted(len(odd), 'line')} of the table of listed securities ({words[:60]!r}): which "
            "title, symbol and exchange belong together is not told by the page's lines",
        )


# --- shares outstanding -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    start: int
    end: int
    value: Decimal
    member: str
    day: str


def _outstanding(cover: Cover) -> Facts:
    """The shares outstanding that the cover prints; by class where it tells several apart."""
    counts = list({(c.member, c.value): c for c in _counts(cover)}.values())
    classes = {c.member for c in counts}
    if len(counts) > len(classes):
        return Outcome((), (_unclear(cover, counts),))
    facts = []
    for one in counts:
        item = Candidate(start=one.start, end=one.end, value=f"{one.value:f}", form="ixt:num-dot-decimal")
        fact = fact_of(cover, "EntityCommonStockSharesOutstanding", "Shares outstanding", item)
        member = one.member if len(counts) > 1 else ""
        facts.append(
            replace(fact, members=_members(member), day=one.day, reading=fact.reading if one.day else Standing.DOUBTFUL)
        )
    return Outcome(tuple(facts), ())


def _unclear(cover: Cover, counts: Sequence[_Count]) -> Finding:
    values = " and ".join(f"{c.value:,f}" for c in counts[:4])
    return Finding(
        code="cover.candidates",
        severity=Severity.WARNING,
        at=cover.at(counts[0].start),
        message=f"shares outstanding: the cover says {values} of classes that its words do not tell apart; "
        "none is taken",
        hint="look which of them are common shares in issue",
    )


def _counts(cover: Cover) -> Iterator[_Count]:
    for start, end in _passages(cover):
        words = cover.text[start:end]
        for match in _COUNT.finditer(words):
            value = Decimal(match[1].replace(",", "")).scaleb(_POWERS[(match[2] or "").lower()])
            if value >= tol.SECURITIES.shares and _in_issue(words, match):
                yield _Count(
                    start=start + match.start(1),
                    end=start + match.end(1),
                    value=value,
                    member=_class_of(words, match),
                    day=_day(words, match.start()),
                )


def _passages(cover: Cover) -> list[Place]:
    """The paragraphs or rows that speak of shares outstanding; overlapping ones as one."""
    out: list[Place] = []
    for match in cover.all(pattern("cover", "outstanding"), cover.form[1]):
        start, end = _around(cover, match.start())
        if out and start <= out[-1][1] + 1:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _around(cover: Cover, at: int) -> Place:
    """The paragraph of an offset; in a table of classes, the rest of the table below its heading."""
    number = cover.flat.piece(at)
    block = cover.flat.pieces[number][0]
    first = last = number
    while first > 0 and cover.flat.pieces[first - 1][0] == block:
        first -= 1
    while last + 1 < len(cover.flat.pieces) and cover.flat.pieces[last + 1][0] == block:
        last += 1
    end = cover.flat.starts[last + 1] if last + 1 < len(cover.flat.starts) else len(cover.text)
    start = max(cover.flat.starts[first], cover.start)
    return max(start, at - tol.SECURITIES.passage), min(end, cover.limit, at + tol.SECURITIES.passage)


def _in_issue(words: str, match: re.Match[str]) -> bool:
    """The count is one of shares in issue: shares or their class are named beside it, and nothing says other ones."""
    before, behind = (
        words[max(0, match.start() - tol.SECURITIES.around) : match.start()],
        words[match.end() : match.end() + tol.SECURITIES.around],
    )
    behind = re.split(r"[;.](?:\s|$)|\band\b\s+(?=[0-9])", behind)[0]
    if re.search(r"\$\s*$", before) or pattern("securities", "other shares").search(
        re.split(r"[,;(]", behind)[0][: tol.SECURITIES.others]
    ):
        return False
    near = before[-tol.SECURITIES.before :].rpartition(".  ")[2] + " " + behind
    if pattern("securities", "left out").search(before):
        return False
    return pattern("securities", "in issue").search(near) is not None


def _class_of(words: str, match: re.Match[str]) -> str:
    """The class named right behind the count, else right before it."""
    behind = re.split(r"\band\b\s+(?=[0-9])|[;]|\.\s", words[match.end() : match.end() + tol.SECURITIES.named])[0]
    found = class_member(behind.split("\n\n")[0])
    if found:
        return found
    line = (
        words[: match.start()].rpartition("\n")[2]
        or words[max(0, match.start() - tol.SECURITIES.named) : match.start()]
    )
    return class_member(line[-tol.SECURITIES.named :]) or "CommonStockMember"


def _day(words: str, at: int) -> str:
    """The date, by ISO, that a passage gives what stands at an offset: the only one of its line, of its sentence, of
    that and the sentence before, or of the passage. "" where nothing tells."""
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(words)), len(words)]
    number = max(n for n, end in enumerate(ends[:-1]) if end <= at)
    line = words.rfind("\n", 0, at) + 1, len(words) if (end := words.find("\n", at)) < 0 else end
    sentence = ends[number], ends[number + 1]
    for place in (line, sentence, (ends[max(0, number - 1)], sentence[1]), (0, len(words))):
        if day := _only_date(words, *place):
            return day
    return ""


def _only_date(words: str, start: int, end: int) -> str:
    days = {d for m in DATE.finditer(words, start, end) for d in read_clues(m.group().replace("\n", " ")).dates}
    return days.pop().isoformat() if len(days) == 1 else ""


# --- the public float -------------------------------------------------------------------------------------------------


def _float(cover: Cover) -> Facts:
    """The aggregate market value held by others than affiliates."""
    caption = cover.search(pattern("cover", "aggregate_value"), cover.form[1])
    if caption is None:
        return Outcome((), ())
    start = cover.flat.starts[cover.flat.piece(caption.start())]
    found = list(_values(cover, start, caption.end() + tol.SECURITIES.passage))
    if not found:
        return Outcome((), ())
    match, value = found[0]
    others = sorted({v for _, v in found} - {value})
    between = _only_date(cover.text, caption.start(), match.end())
    day = between or _day(cover.text[start : match.end() + tol.SECURITIES.value_behind], match.start() - start)
    item = Candidate(start=match.start(1), end=match.end(1), value=f"{value:f}", form="ixt:num-dot-decimal")
    fact = fact_of(cover, "EntityPublicFloat", "Public float", item)
    doubtful = bool(others) or not day
    fact = replace(fact, day=day, reading=Standing.DOUBTFUL if doubtful else fact.reading)
    return Outcome((fact,), tuple(_float_told(cover, fact, others, day)))


def _values(cover: Cover, start: int, stop: int) -> Iterator[tuple[re.Match[str], Decimal]]:
    for match in cover.all(_MONEY, start, stop):
        value = Decimal(match[1].replace(",", "")).scaleb(_POWERS[(match[2] or "").lower()])
        behind = cover.text[match.end() : match.end() + tol.SECURITIES.one_share]
        if value >= tol.SECURITIES.value and not pattern("securities", "of one share").search(behind):
            yield match, value


def _float_told(cover: Cover, fact: CoverFact, others: Sequence[Decimal], day: str) -> Iterator[Finding]:
    if others:
        yield Finding(
            code="cover.candidates",
            severity=Severity.WARNING,
            at=fact.at,
            message=f"public float: the cover says {fact.value} and {others[0]:f}; the one nearest the words is taken",
            hint="look which of the two is meant",
        )
    if not day:
        yield Finding(
            code="cover.float",
            severity=Severity.NOTE,
            at=fact.at,
            message="the cover does not print the one date of its public float: it is reported for the end of the "
            "period",
        )
