"""Where addresses stand on a cover.

An address is read whole: the lines above (or behind) its caption, up to the caption before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..patterns import compiled
from ..records import dataclass, replace
from ..words import pattern
from . import tolerances as tol
from .flat import Cover
from .header import Said
from .names import words_at
from .towns import STREET, Place, Town, city_and_state, town_of

_ZIP = compiled(r"(?<![\d-])[0-9]{5}(?:-[0-9]{4})?(?![\d-])")
_CODE_BESIDE = compiled(r"[^()\n]{0,80}\)\s{0,9}([0-9]{5}(?:-[0-9]{4})?)\s{0,9}\(?\s?zip", re.I)
_AFTER_CODE = compiled(r"\(?zip\s+code\)?|\s", re.I)
#: Postal codes of Canada and the United Kingdom.
_ABROAD = compiled(r"\b[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]\b|\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
_SEAT = compiled(r"washington\W{1,5}d\W{0,3}c\W{0,6}20549", re.I)
#: Captions that end an address above; what stands on their side belongs to them.
_CAPTIONS = (
    "name", "state", "file_number", "irs", "zip", "address", "former", "telephone", "agent", "period",
    "date_of_report", "transition", "pursuant",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Places on the cover: the lines of the street, the town, and what stands of state, postal code and country."""

    lines: tuple[Place, ...] = ()
    city: Place | None = None
    state: Place | None = None
    code: Place | None = None
    country: Place | None = None

    @property
    def start(self) -> int:
        return min(p[0] for p in (*self.lines, self.city, self.state, self.code) if p)


def addresses(cover: Cover, said: dict[str, Said]) -> list[Address]:
    captions = [
        m
        for m in cover.all(pattern("cover", "address"))
        if not pattern("cover", "former").search(cover.text, *cover.line(m.start()))
    ]
    out: list[Address] = []
    for caption in captions[:1]:
        out = _read(cover, _region(cover, caption), said)
        out = [_with_code(cover, a, caption) for a in out] or _read(cover, _behind(cover, caption), said)
    if not out and not captions:
        out = _uncaptioned(cover, said)[:1]
    return out


def _is_caption(cover: Cover, start: int, end: int) -> bool:
    """Words that end an address: a caption, the rest of one, a rule of text in parentheses."""
    words = cover.text[start:end]
    if words.count("(") != words.count(")") or words.count("[") != words.count("]"):
        return True
    return any(pattern("cover", name).search(words) for name in _CAPTIONS)


def _region(cover: Cover, caption: re.Match[str]) -> list[Place]:
    """The chunks above a caption, down the page, back to the caption before them (a postal code's is passed over)."""
    chunks: list[Place] = []
    edge = words_at(caption)
    for place in reversed(cover.chunks(max(cover.start, caption.start() - tol.COVER.address), edge)):
        words = cover.text[slice(*place)]
        if pattern("cover", "zip").search(words) and len(words) < tol.COVER.code_caption:
            continue
        inline = place[1] >= edge - 3 and words.rfind("(") > 0
        if inline:
            head = words[: words.rfind("(")].rstrip()
            cut = head.rfind(")") + 1  # where a text has lost its lines, the caption before it ends there
            cut += len(head[cut:]) - len(head[cut:].lstrip())
            place = place[0] + cut, place[0] + len(head)
            if cut:
                return [place]
        elif _is_caption(cover, *place):
            break
        chunks.append(place)
    return _rows(cover, chunks[::-1])


def _rows(cover: Cover, chunks: Sequence[Place]) -> list[Place]:
    """Chunks that stand side by side, with nothing but blanks between them, as one."""
    out: list[Place] = []
    for place in chunks:
        between = cover.text[out[-1][1] : place[0]] if out else "\n"
        if between.strip(" \t") or "\n" in between:
            out.append(place)
        else:
            out[-1] = out[-1][0], place[1]
    return out


def _behind(cover: Cover, caption: re.Match[str]) -> list[Place]:
    """The chunks behind a caption that ends in a colon, up to the next caption."""
    opening = compiled(r"[^:\n]{0,60}:\s{0,9}").match(cover.text, caption.end(), cover.limit)
    if opening is None:
        return []
    out: list[Place] = []
    for place in cover.chunks(opening.end(), min(cover.limit, opening.end() + tol.COVER.address)):
        if _is_caption(cover, *place) or len(out) == 4:
            break
        out.append(place)
    return _rows(cover, out)


def _uncaptioned(cover: Cover, said: dict[str, Said]) -> list[Address]:
    """A whole address that no caption names: town, state and ZIP code in one line, below the registrant's name."""
    chunks = _rows(cover, cover.chunks(max(cover.start, cover.form[1]), cover.limit))
    for number, place in enumerate(chunks):
        words = cover.text[slice(*place)]
        code = _code(words)
        if (
            code
            and not _SEAT.search(words)
            and len(words) < tol.COVER.address_line
            and city_and_state(words[: code.start()], said)
        ):
            before = [c for c in chunks[max(0, number - 2) : number] if STREET.fullmatch(cover.text[slice(*c)].strip())]
            return _read(cover, [*before, place], said)
    return []


def _read(cover: Cover, chunks: Sequence[Place], said: dict[str, Said]) -> list[Address]:
    """The addresses that chunks hold: each ends at its town; lines that are no street are none of it."""
    out: list[Address] = []
    lines: list[Place] = []
    loose: list[Place] = []  # postal codes that stand alone, above or beside the town
    for start, end in chunks:
        words = cover.text[start:end]
        if _SEAT.search(words):
            lines = []
            continue
        code = _code(words)
        town = town_of(words[: code.start()] if code else words, said)
        if town is not None:
            out.append(_address(cover, start, words, town, code, lines, loose))
            lines = []
        elif code and not words[code.end() :].strip():
            loose.append((start + code.start(), start + code.end()))
            lines += _pieces(words[: code.start()], start)
            if out and not lines:
                out[-1] = replace(out[-1], code=out[-1].code or loose.pop())
        else:
            lines.append((start, end))
    return out


def _address(
    cover: Cover,
    start: int,
    words: str,
    town: Town,
    code: re.Match[str] | None,
    lines: Sequence[Place],
    loose: list[Place],
) -> Address:
    """The address that ends with a line: the street lines above it, and what stands before the town in it."""
    city, state, country = town
    place = (start + code.start(), start + code.end()) if code else None
    return Address(
        lines=tuple([*_streets(cover, lines), *_pieces(words[: city[0]], start)][-3:]),
        city=_shift(city, start),
        state=_shift(state, start),
        country=_shift(country, start),
        code=place or (loose.pop() if loose else None),
    )


def _code(words: str) -> re.Match[str] | None:
    """The postal code of a line: the last one, as a street's number may have five digits too."""
    return max([*_ZIP.finditer(words), *_ABROAD.finditer(words)], key=lambda m: m.end(), default=None)


def _shift(place: Place | None, by: int) -> Place | None:
    return (place[0] + by, place[1] + by) if place else None


def _pieces(words: str, start: int) -> list[Place]:
    """What stands before the town in its line: the street, one piece."""
    bare = words.rstrip(" ,\t")
    return [(start, start + len(bare))] if any(c.isalnum() for c in bare) else []


def _streets(cover: Cover, lines: Sequence[Place]) -> list[Place]:
    """The last lines that may be a street; what stands above the first of them is something else."""
    kept = [p for p in lines if STREET.fullmatch(cover.text[slice(*p)].strip())]
    first = lines.index(kept[0]) if kept else len(lines)
    return [(a, a + len(cover.text[a:b].rstrip(" ,"))) for a, b in lines[first:]]


def _with_code(cover: Cover, found: Address, caption: re.Match[str]) -> Address:
    """With the postal code that stands behind the caption, alone or beside its own caption."""
    if found.code is not None or found.country is not None:
        return found
    beside = _CODE_BESIDE.match(cover.text, caption.end(), cover.limit)
    if beside is not None:
        return replace(found, code=beside.span(1))
    for start, end in cover.chunks(caption.end(), min(cover.limit, caption.end() + tol.COVER.code)):
        code = _ZIP.search(cover.text, start, end)
        if (
            code
            and not cover.text[start : code.start()].strip()
            and not _AFTER_CODE.sub("", cover.text[code.end() : end])
        ):
            return replace(found, code=code.span())
    return found
