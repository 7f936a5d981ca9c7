"""What a cell of a spreadsheet shows: its value by its number format (ECMA-376 Part 1, 18.8.30 and 18.8.31).

A format has up to four sections (positive; negative; zero; text), each of placeholders, literals and codes.
Rounding is half away from zero, as spreadsheets show it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

#: Formats that a file names by number alone.
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);("$"#,##0.00)', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)", 41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)', 43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>\\.)|(?P<pad>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)"""
    r"""|(?P<power>E[+-])|(?P<half>AM/PM|A/P)|(?P<digits>[0#?][0#?,]*)|(?P<date>y+|m+|d+|h+|s+)|(?P<other>.)""",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_MONTHS = calendar.month_name
_DAYS = calendar.day_name
#: General shows so many digits.
_GENERAL = 11


class Shown(NamedTuple):
    """The text of a cell; thousands: how often its figure was divided by a thousand."""

    text: str
    thousands: int = 0


class _Kind(StrEnum):
    """What a piece of a format is (ECMA-376-1, 18.8.31); the names of the groups of `_TOKEN`."""

    QUOTED = "quoted"
    ESCAPED = "escaped"
    PAD = "pad"
    BRACKET = "bracket"
    GENERAL = "general"
    POWER = "power"
    HALF = "half"
    DIGITS = "digits"
    DATE = "date"
    OTHER = "other"


class _Token(NamedTuple):
    kind: _Kind
    text: str


_POINT = _Token(_Kind.OTHER, ".")


def _has(section: tuple[_Token, ...], kind: _Kind) -> bool:
    return any(t.kind is kind for t in section)


def shown_number(value: Decimal, code: str, *, from_1904: bool = False) -> Shown:
    """What a number shows. from_1904: dates count from 1904 and not from 1900."""
    section, negative = _section(value, code)
    if section is None:
        return Shown("")
    if _has(section, _Kind.GENERAL):
        text = _general(abs(value))
        found = "".join(text if t.kind is _Kind.GENERAL else _literal(t) for t in section)
        return Shown(("-" if negative else "") + found)
    if _has(section, _Kind.DATE) and not any("#" in t.text for t in section if t.kind is _Kind.DIGITS):
        return Shown(_date(value, section, from_1904))
    if not _has(section, _Kind.DIGITS):
        return Shown(("-" if negative else "") + "".join(_literal(t) for t in section).strip())
    made = _number(abs(value), section)
    return Shown((("-" if negative else "") + made.text).strip(), made.thousands)


def shown_text(text: str, code: str) -> str:
    """What a text shows: a fourth section, or one with @, may say it otherwise."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else next((s for s in sections if _has_at(s)), None)
    if section is None:
        return text
    return "".join(text if t == _Token(_Kind.OTHER, "@") else _literal(t) for t in section)


def _has_at(section: tuple[_Token, ...]) -> bool:
    return _Token(_Kind.OTHER, "@") in section


def _sections(code: str) -> list[tuple[_Token, ...]]:
    out: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code[:400]):
        kind = _Kind(match.lastgroup or "other")
        if kind is _Kind.OTHER and match.group() == ";":
            out.append([])
        else:
            out[-1].append(_Token(kind, match[kind]))
    return [tuple(section) for section in out]


def _section(value: Decimal, code: str) -> tuple[tuple[_Token, ...] | None, bool]:
    """The section that shows a number, and whether a minus stands before it."""
    sections = [s for s in _sections(code)[:3] if not _has_at(s)] or [(_Token(_Kind.GENERAL, "General"),)]
    conditions = [_condition(s) for s in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, *condition):
                return section, value < 0 and condition is None
        return sections[-1], value < 0
    if value < 0:
        return (sections[1], False) if len(sections) > 1 else (sections[0], True)
    zero = value == 0 and len(sections) > 2
    return sections[2 if zero else 0] or None, False


def _condition(section: tuple[_Token, ...]) -> tuple[str, Decimal] | None:
    for token in section:
        match = _CONDITION.fullmatch(token.text) if token.kind is _Kind.BRACKET else None
        if match:
            return match[1], Decimal(match[2])
    return None


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    below, equal = value < limit, value == limit
    return {"<": below, "<=": below or equal, ">": not below and not equal, ">=": not below, "=": equal}.get(
        sign, not equal
    )


def _literal(token: _Token) -> str:
    if token.kind is _Kind.QUOTED:
        return token.text.strip('"')
    if token.kind is _Kind.ESCAPED:
        return token.text[1:]
    if token.kind is _Kind.PAD:
        return " " if token.text[0] == "_" else ""
    if token.kind is _Kind.BRACKET:
        match = _CURRENCY.match(token.text)
        return match[1] if match else ""
    return token.text


def _general(value: Decimal) -> str:
    """The shortest of at most eleven digits."""
    if value == 0:
        return "0"
    places = max(0, _GENERAL - max(1, value.adjusted() + 1) - 1)
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}" if value.adjusted() < 30 else f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: Decimal, section: tuple[_Token, ...]) -> Shown:
    """The figure at the place of the first placeholder; what stands between placeholders is a point or a stroke."""
    if _has(section, _Kind.POWER):
        return Shown(f"{value:.2E}")
    if any(t.text == "/" for t in section) and any("?" in t.text for t in section if t.kind is _Kind.DIGITS):
        return Shown(_fraction(value, section))
    value = value.scaleb(2 * section.count(_Token(_Kind.OTHER, "%")))
    whole, part = _placeholders(section)
    # Commas at the end of the placeholders divide by a thousand each.
    thousands = _commas(whole) + _commas(part)
    text = _digits(value.scaleb(-3 * thousands), whole.rstrip(","), part.rstrip(","))
    out, done = "", False
    for token in section:
        if token.kind is _Kind.DIGITS or (token == _POINT and (whole or part)):
            out += "" if done else text
            done = True
        else:
            out += _literal(token)
    return Shown(out, thousands)


def _placeholders(section: tuple[_Token, ...]) -> tuple[str, str]:
    """The placeholders before and behind the point."""
    point = section.index(_POINT) if _POINT in section else len(section)
    whole, part = (
        "".join(t.text for t in side if t.kind is _Kind.DIGITS) for side in (section[:point], section[point:])
    )
    return whole, part


def _commas(placeholders: str) -> int:
    return len(placeholders) - len(placeholders.rstrip(","))


def _digits(value: Decimal, whole: str, part: str) -> str:
    """The digits by the placeholders before and behind the point."""
    value = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP) if value.adjusted() < 24 else value
    before, _, behind = f"{value:f}".partition(".")
    needed = whole.count("0")
    before = ("" if before == "0" else before).rjust(needed, "0") if needed else before.lstrip("0")
    if "," in whole and len(before) > 3:
        before = f"{int(before):,}"
    least = part.rfind("0") + 1
    behind = behind[:least] + behind[least:].rstrip("0")
    return before + ("." + behind if part and (behind or "0" in part) else "")


def _fraction(value: Decimal, section: tuple[_Token, ...]) -> str:
    below = next((t.text for t in reversed(section) if t.kind is _Kind.DIGITS), "?")
    limit = 10 ** min(4, max(1, len(below))) - 1
    whole = int(value)
    rest = Fraction(value - whole).limit_denominator(limit)
    if rest == 0 or rest == 1:
        return str(whole + int(rest))
    return f"{whole} {rest}" if whole else str(rest)


def _date(value: Decimal, section: tuple[_Token, ...], from_1904: bool) -> str:
    """A day and time by their codes; "m" beside hours or seconds is minutes."""
    try:
        # 1900 is taken for a leap year: days before its March lie one day on.
        first = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30 if value >= 61 else 31)
        day = first + dt.timedelta(seconds=round(float(value) * 86400))
    except (OverflowError, ValueError):
        return _general(value)
    codes = [t.text.lower() for t in section if t.kind is _Kind.DATE]
    half = _has(section, _Kind.HALF)
    out, at = "", -1
    for token in section:
        if token.kind is _Kind.HALF:
            out += "AM" if day.hour < 12 else "PM"
        elif token.kind is _Kind.DATE:
            at += 1
            minutes = codes[at][0] == "m" and _beside(codes, at)
            out += f"{day.minute:02d}" if minutes else _part(day, codes[at], half)
        elif token.kind is not _Kind.BRACKET or token.text.startswith("$"):
            out += _literal(token)
    return out.strip().split("@")[0].rstrip()


def _beside(codes: list[str], at: int) -> bool:
    return (at > 0 and codes[at - 1][0] == "h") or (at + 1 < len(codes) and codes[at + 1][0] == "s")


def _part(day: dt.datetime, code: str, half: bool) -> str:
    letter, size = code[0], len(code)
    if letter == "y":
        return f"{day.year:04d}" if size > 2 else f"{day.year % 100:02d}"
    if letter == "m":
        name = _MONTHS[day.month]
        return {1: str(day.month), 2: f"{day.month:02d}", 3: name[:3], 5: name[:1]}.get(size, name)
    if letter == "d":
        name = _DAYS[day.weekday()]
        return {1: str(day.day), 2: f"{day.day:02d}", 3: name[:3]}.get(size, name)
    number = (day.hour % 12 or 12 if half else day.hour) if letter == "h" else day.second
    return str(number).rjust(min(size, 2), "0")
