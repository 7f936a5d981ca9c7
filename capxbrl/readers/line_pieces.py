"""A line laid out with blanks -> its pieces: the amounts at its right end, and the texts before them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..currencies import sign
from ..grammar import ANY_YEAR, DASHES, FRACTION_SIGNS, MONTHS, RULE, SHORT_MONTHS, STROKES
from ..patterns import compiled
from . import tolerances as tol
from .compared import compares

#: Words with one blank between them.
_RUN = compiled(r"\S+(?:\s\S+)*")
#: A word that can be (part of) an amount.  No nested quantifiers.
_NUMERIC = compiled(r"[$(\[{<€£¥-]*(?:\d[\d,]*(?:\.\d*)?|\.\d+)[)\]}>%*-]*")
#: One with the mark of a note that touches it: "$57,708(a)"; not the reference "4(b)".
_MARKED = compiled(r"([$(]*(?:\d{1,3}(?:,\d{3})+|\d{3,}|\d*\.\d+)\)?)\([a-zA-Z0-9]{1,2}\)")
#: What OCR or a slip of the pen makes of one: "l6,350", "6,35O", "41,250#".  It stays a cell of its column.
_ODD = compiled(r"[$(\[{<€£¥-]*[\dOolIS,.][\dOolIS,.]+[)\]}>%*#†‡§^~'-]*")
#: The rest of an amount that is broken in two: "4,180 ,000", "0. 37", ".12 1/2".
_REST_OF_GROUP = compiled(r",\d{3}[)\]}>%*-]*")
_GROUPS = compiled(r"\d{3}(?:,\d{3})*,?[)\]}>%*-]*")
_FRACTION = compiled(rf"\d{{1,2}}/\d{{1,2}}|[{FRACTION_SIGNS}]")
_DASHES = compiled(rf"\(?[$]?[{DASHES}]{{1,4}}\)?%?")
_MARK = compiled(r"US\$|\$|\(\$?|\$\(|€|£|¥")
_TAIL = compiled(r"[)%]+")
_NONE = compiled(r"n/?a|nmf?|n\.[am]\.|\(\*\)|\*", re.I)
_NOTE = compiled(r"\([a-zA-Z0-9]\)|[*#†‡§]+|\[[a-zA-Z0-9]\]")
_YEAR_ALONE = compiled(ANY_YEAR)
_DRAWN = compiled(rf"[{STROKES}\s]+")
#: What stands behind an amount, or is the last part of a broken one.
_ENDS = (_NOTE, _TAIL, _FRACTION, _GROUPS, _REST_OF_GROUP)
_ENDING = ")]}>%*#†‡§^~'-"
_MONTH = rf"(?:{MONTHS}|{SHORT_MONTHS})\.?"
#: What may stand over one column: a day, a date, a length of period.
_DAY = rf"{_MONTH}\s\d{{1,2}},?(?:\s{ANY_YEAR})?(?!\d)"
#: Words that belong together though two or three blanks part them: "NINE  MONTHS", "Years  ended", "June  30,".
_TOGETHER = (
    (compiled(r"three|six|nine|twelve|thirteen|\d{1,2}", re.I), compiled(r"months?|weeks?", re.I)),
    (compiled(r"months?|weeks?|years?|quarters?", re.I), compiled(r"ended", re.I)),
    (compiled(_MONTH, re.I), compiled(r"(?:[1-9]|[12]\d|3[01]),?")),
)
#: The second of such words, or a day behind its month.
_SECOND = compiled(r"months?|weeks?|ended|(?:[1-9]|[12]\d|3[01]),?", re.I)
_DAY_FIRST = compiled(r"[1-9]|[12]\d|3[01]")
_MONTH_NAME, _DAY_NUMBER = compiled(_MONTH, re.I), compiled(r"(?:[1-9]|[12]\d|3[01]),")
_COUNT = r"(?:twenty|thirty|forty|fifty)[\s-](?:one|two|three|four|five|six|seven|nine)|[a-z]{3,8}|\d{1,2}"
_HEAD = compiled(
    rf"(?:(?:{_COUNT})[\s-](?:months?|weeks?)(?:\sended)?|(?:fiscal\s)?(?:years?|quarters?)\sended)(?:\s{_DAY})?"
    rf"|{_DAY}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}",
    re.I,
)
#: What such a heading ends with, if not with a digit.
_HEAD_ENDS = ("month", "months", "week", "weeks", "ended", ",")
#: "2004 Difference", "2004 % Change": a year, and the heading of the column beside it.
_YEAR_FIRST = compiled(rf"({ANY_YEAR})\s")
#: "Note June 30, 1999": the heading of the numbers of notes, one blank before the first date.
_NOTE_FIRST = compiled(r"(notes?|ref\.?)\s", re.I)
#: No word that stands for an amount ("n/a", "nmf") has so many letters.
_WORDED = 4
#: No code of a currency is longer: "Cdn.$".
_CODE = 7
#: No row of a table is longer, or has more figures.
_LONGEST, _MOST = 1500, 40


class Piece(NamedTuple):
    """Text between columns x0 and x1 of a line; edge: the right edge of its digits, for an amount."""

    x0: int
    x1: int
    edge: int | None = None

    @property
    def is_amount(self) -> bool:
        return self.edge is not None


class Word(NamedTuple):
    """A word between columns x0 and x1."""

    x0: int
    x1: int
    text: str


def is_rule(text: str) -> bool:
    """The line holds only drawn rules: dashes, equals signs, underscores."""
    if text.rstrip()[-1:] not in STROKES or not _DRAWN.fullmatch(text):
        return False
    words = text.split()
    # "- ------" is a rule whose first dash was escaped for e-mail (RFC 934).
    return any(RULE.fullmatch(w) for w in words) and all(RULE.fullmatch(w) or w in ("-", "=") for w in words)


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a line: the amounts at its right end, and the texts before them, parted by two blanks or leaders."""
    if len(text) > _LONGEST:
        return (Piece(len(text) - len(text.lstrip()), len(text.rstrip())),) if text.strip() else ()
    if is_rule(text):
        return tuple(Piece(w.x0, w.x1) for w in words_of(text))
    if not ends_in_amount(text):
        return tuple(_texts(text, len(text)))
    words = words_of(text)
    rest, amounts = _amounts(words)
    if len(amounts) > _MOST:
        return (Piece(words[0].x0, words[-1].x1),)
    return (*_texts(text, words[rest - 1].x1 if rest else 0), *amounts)


def ends_in_amount(text: str) -> bool:
    """Its last word may be an amount, or end one; most lines of running text end in another."""
    last = text.rsplit(None, 1)[-1:]
    if not last or (last[0].isalpha() and len(last[0]) >= _WORDED):
        return False
    return ".." in last[0] or _may_end(last[0])


@lru_cache(maxsize=4096)
def _may_end(word: str) -> bool:
    """The word may be the last of an amount."""
    return (
        word[0].isdigit()
        or word == ","
        or amount_like(word)
        or is_odd(word)
        or any(end.fullmatch(word) for end in _ENDS)
    )


def _amounts(words: list[Word]) -> tuple[int, list[Piece]]:
    """How many words stand before the amounts at the right end, and these amounts from left to right."""
    found: list[Piece] = []
    end = len(words)
    while end:
        taken = _amount_before(words, end)
        if taken is None:
            break
        first, piece = taken
        marked = found and _is_mark(words[first].text)
        if first and not marked and not _parted(words[first - 1], words[first]):
            break
        found.insert(0, piece)
        end = first
    return end, found


def _parted(before: Word, amount: Word) -> bool:
    """The amount is none of the words before it: two blanks or leaders lie between, or another amount stands there."""
    gap = amount.x0 - before.x1
    if _may_follow(gap, amount.text) and _together("", before.text, gap, amount.text):
        return False
    if gap >= 2 or before.text.endswith("..") or before.text in (".", ":"):
        return True
    return (amount_like(before.text) and not before.text.endswith(",")) or _FRACTION.fullmatch(before.text) is not None


def _texts(text: str, end: int) -> list[Piece]:
    """Words with one blank between them, or leaders, are one text; dates side by side are several."""
    groups: list[tuple[int, int]] = []
    for run in _RUN.finditer(text, 0, end):
        if groups and _belongs(text, groups[-1], *run.span()):
            groups[-1] = groups[-1][0], run.end()
        else:
            groups.append(run.span())
    return [piece for start, stop in groups for piece in _heads_of(start, text[start:stop])]


def _belongs(text: str, group: tuple[int, int], start: int, end: int) -> bool:
    """A run of words is of the same text as the group before it: leaders, or the rest of a heading."""
    word, gap = _words(text[start:end])[0], start - group[1]
    if not word.strip("."):
        return True
    if not _may_follow(gap, word):
        return False
    *_, before, left = ["", *_words(text[slice(*group)])]
    return _together(before, left, gap, word)


def _words(text: str) -> list[str]:
    return [w.text for w in words_of(text)] if ".." in text else text.split()


def _heads_of(start: int, group: str) -> list[Piece]:
    """The piece of a group of words, or those of the headings in it."""
    if group[0] in "12" or group[-1].isdigit() or group[-6:].casefold().endswith(_HEAD_ENDS):
        text = " ".join(_words(group))
        if len(text) == len(group):
            return _heads(start, text)
    return [Piece(start, start + len(group))]


def _may_follow(gap: int, word: str) -> bool:
    """The word may be of one heading with the one before it, so many blanks apart."""
    return gap <= max(tol.PIECES.near, tol.PIECES.near_day) and _SECOND.fullmatch(word) is not None


def _together(before: str, left: str, gap: int, right: str) -> bool:
    """Words of one heading with more than one blank between them. before: the word before the left one."""
    if gap <= tol.PIECES.near_day and _MONTH_NAME.fullmatch(left) and _DAY_NUMBER.fullmatch(right):
        return True  # a day is no heading of its own
    if _DAY_FIRST.fullmatch(before):
        return False  # "30 September  31 December"
    return gap <= tol.PIECES.near and any(a.fullmatch(left) and b.fullmatch(right) for a, b in _TOGETHER)


def _heads(start: int, text: str) -> list[Piece]:
    """ "June 30, 1999 Dec. 31, 1998" stands over two columns; any other text, one blank between its words, is one
    piece."""
    whole = [Piece(start, start + len(text))]
    if not text[0].isalnum() or " " not in text:
        return whole
    if (year := _YEAR_FIRST.match(text)) and compares(text[year.end() :]):
        return [Piece(start, start + year.end(1)), Piece(start + year.end(), whole[0].x1)]
    note = _NOTE_FIRST.match(text)
    first = note.end() if note else 0
    if len(text) >= tol.PIECES.headings or not _HEAD.match(text, first) or _HEAD.sub("", text[first:]).strip():
        return whole
    heads = [Piece(start + m.start(), start + m.end()) for m in _HEAD.finditer(text)]
    if note:
        heads.insert(0, Piece(start, start + note.end(1)))
    return heads if len(heads) > 1 else whole


def words_of(text: str) -> list[Word]:
    """The words of a line; dot leaders that run into a figure are a word of their own."""
    out: list[Word] = []
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        dots = word.rfind("..") + 2
        if dots > 1 and amount_like(word[dots:]):
            out.append(Word(start, start + dots, word[:dots]))
            start, word = start + dots, word[dots:]
        out.append(Word(start, end, word))
    return out


@lru_cache(maxsize=4096)
def _is_mark(word: str) -> bool:
    """A sign or a code of a currency before its figure: "$", "RMB", "Rs."; no single letter, no word in small ones."""
    if _MARK.fullmatch(word):
        return True
    coded = 1 < len(word) < _CODE and word[0].isupper() and (word.isupper() or not word.isalpha())
    return coded and sign().fullmatch(word) is not None


def amount_like(word: str) -> bool:
    """The word can be an amount, or a part of one."""
    return bool(is_number(word) or _DASHES.fullmatch(word) or _NONE.fullmatch(word) or _TAIL.fullmatch(word))


def is_number(word: str) -> bool:
    """The word is a figure, with its sign and the marks around it."""
    return _NUMERIC.fullmatch(word) is not None or _MARKED.fullmatch(word) is not None


def number_edge(word: Word) -> int:
    """The right edge of its digits."""
    if word.text[-1].isdigit():
        return word.x1
    marked = _MARKED.fullmatch(word.text)
    return word.x0 + len((marked[1] if marked else word.text).rstrip(_ENDING))


def cut_figure(text: str, label: Piece) -> tuple[Piece, Piece] | None:
    """A label that ends in a figure one blank apart as two pieces; None for any other."""
    words = text[label.x0 : label.x1].rsplit(None, 1)
    if not words or not (".." in words[-1] or is_number(words[-1])):
        return None
    *_, before, figure = [Word(0, 0, ""), *words_of(text[label.x0 : label.x1])]
    if not before.text or not is_number(figure.text):
        return None
    at = label.x0
    return Piece(at, at + before.x1), Piece(at + figure.x0, at + figure.x1, at + number_edge(figure))


def is_odd(word: str) -> bool:
    """The word is no number, yet most of it is digits: a figure that was garbled or carries an unknown mark."""
    if not _ODD.fullmatch(word) or _NUMERIC.fullmatch(word) or ".." in word:
        return False
    digits = sum(c.isdigit() for c in word)
    if digits < 2:
        return False
    return ("," in word or digits >= 3) and digits * 2 >= len(word.strip("$(),.-"))


def _amount_before(words: list[Word], end: int) -> tuple[int, Piece] | None:
    """The amount whose last word is words[end - 1]: (index of its first word, piece), or None."""
    at = end - 1
    last = words[at].x1
    if not words[at].text[-1].isdigit():
        at = _before_tail(words, at)
    first = _broken_from(words, at)
    word = words[at]
    if first < at or is_number(word.text) or (is_odd(word.text) and _gap(words, at) >= 2):
        edge = number_edge(word)
    elif _DASHES.fullmatch(word.text) or _NONE.fullmatch(word.text):
        edge = word.x1
    else:
        return None
    start = words[first].x0
    alone = first
    while (
        first
        and _is_mark(words[first - 1].text)
        and (start - words[first - 1].x1 <= tol.PIECES.mark_gap or first == alone)
    ):
        first -= 1
        start = words[first].x0
    return first, Piece(start, last, edge)


def _before_tail(words: list[Word], at: int) -> int:
    """The last word of an amount without the mark of a note and the bracket or "%" behind it."""
    at -= _is_note(words, at)
    if at and _TAIL.fullmatch(words[at].text):
        at -= _gap(words, at) <= _tail_reach(words[at - 1].text, words[at].text)
    return at


def _tail_reach(figure: str, tail: str) -> int:
    """How far the end of a figure may stand behind it: a bracket that is open, a "%" behind digits that are no year."""
    if tail == "%" and _NUMERIC.fullmatch(figure) and not _YEAR_ALONE.fullmatch(figure) and figure[-1].isdigit():
        return tol.PIECES.far_percent
    return tol.PIECES.far_tail if "(" in figure and ")" not in figure else 2


def _gap(words: list[Word], at: int) -> int:
    """The blanks before a word; very many before the first."""
    return words[at].x0 - words[at - 1].x1 if at else 99


def _is_note(words: list[Word], at: int) -> bool:
    """The word is a mark behind an amount that refers to a note: "(a)", "*"."""
    text = words[at].text
    return bool(at and _NOTE.fullmatch(text) and not text.strip("()").isdigit() and _gap(words, at) <= 2)


def _broken_from(words: list[Word], at: int) -> int:
    """The first word of an amount that is broken in two or more before words[at], else `at`."""
    first = at
    while first and _gap(words, first) <= 2 and _in_groups(words, first):
        first -= 1
    if first < at or not at or _gap(words, at) > 1:
        return first
    word, before = words[at].text, words[at - 1].text
    number = _NUMERIC.fullmatch(before) is not None
    if number and before[-1] not in _ENDING and _FRACTION.fullmatch(word):
        return at - 1
    if number and before[-1] == "." and word[0].isdigit() and len(before.strip("$(")) <= 3 and _gap(words, at - 1) >= 2:
        return at - 1
    return at


def _in_groups(words: list[Word], at: int) -> bool:
    """The word goes on with the thousands of the one before: "4,180 ,000", "36, 369, 000", "678 , 000"."""
    word, before = words[at].text, words[at - 1].text
    if word == ",":
        return _NUMERIC.fullmatch(before) is not None and before[-1].isdigit()
    if before == ",":
        return at > 1 and _GROUPS.fullmatch(word) is not None and words[at - 2].text[-1].isdigit()
    if _NUMERIC.fullmatch(before) is None or before[-1] in _ENDING:
        return False
    return bool(_REST_OF_GROUP.fullmatch(word) or (before[-1] == "," and _GROUPS.fullmatch(word)))
