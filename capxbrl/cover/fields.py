"""The facts of a cover page, each found by its caption.

Captions stand in parentheses below, beside or above their values; in a table the value stands in the caption's column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..findings import Finding, Severity
from ..model import CoverFact
from ..periods import read_clues
from ..places import STATES, place_code, state_code
from .flat import Cover

# Blanks before a word are counted: a search that begins anew at each of many blanks would take their square.
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\s*,\s*(?:19|20)\d\d",
    re.I,
)
_DATE_OF_REPORT = re.compile(r"Date\s+of\s+(?:Report|earliest\s+event)", re.I)
_PERIOD = re.compile(r"(?:quarterly|fiscal|annual|transition)?\s{0,9}(?:period|year|quarter)\s+end(?:ed|ing)", re.I)
_NAME_CAPTION = re.compile(r"(?:\(\s{0,9})?Exact\s+name\s+of\s+(?:the\s+)?(?:registrant|issuer|company)", re.I)
_STATE_CAPTION = re.compile(
    r"(?:\(\s{0,9})?(?:(?:State\s+or\s+other\s+|State,?\s+or\s+)?\bjurisdiction\b|State\s+or\s+other\b|\bState\s+of\s+(?:incorporation|organization))",
    re.I,
)
#: A state by its name; "Washington, D.C." is where the Commission sits.
_STATE = re.compile(
    r"\b(?:"
    + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(STATES, key=len, reverse=True))
    + r")\b(?!,?\s*D\.?\s?C\b)",
    re.I,
)
_CORPORATION = re.compile(
    _STATE.pattern.join((r"\(?\ban?\s+(", r")\s+(?:corporation|company|limited|partnership|trust)")), re.I
)
#: What the header leaves out or abbreviates at the end of a name.
_ENDINGS = frozenset({"inc", "corp", "co", "company", "corporation", "ltd", "llc", "lp", "plc", "de", "new", "the"})
_FILE_NUMBER = re.compile(r"(?<![\d-])(?:0{0,2}[0-3]{1,3}|333|811)-\d{2,6}(?:-\d{1,2})?(?![\d-])")
_FILE_CAPTION = re.compile(r"(?:Commission|SEC)\s+File\s+(?:Number|No)|\(\s*Commission\b", re.I)
_IRS_CAPTION = re.compile(r"\bI\.?\s*R\.?\s*S\b\.?(?:\s*Employer)?|Employer\s+Identification", re.I)
_IRS = re.compile(r"(?<![\d-])\d{2}-\s?\d{7}(?![\d-])|(?<![\d-])\d{9}(?![\d-])")
_ADDRESS_CAPTION = re.compile(
    r"(?:\(\s{0,9})?Address(?:es)?\s+(?:and\s+zip\s+code\s+)?of\s+(?:registrant'?s\s+)?principal", re.I
)
_ZIP = re.compile(r"(?<![\d-])\d{5}(?:-\d{4})?(?![\d-])")
_PHONE_CAPTION = re.compile(r"telephone\s+number", re.I)
_PHONE = re.compile(
    r"(?:\(\s{0,9})?(\d{3})\s{0,9}[)./-]{1,2}\s{0,9}(\d{3}\s{0,9}[-.\s]\s{0,9}\d{4})(?!\d)|(?<!\d)(\d{3})\s(\d{3}-\d{4})(?!\d)"
)
_BOXES = (
    ("WrittenCommunications", re.compile(r"Written\s+communications?\s+pursuant", re.I), "Rule 425"),
    ("SolicitingMaterial", re.compile(r"Soliciting\s+material\s+pursuant", re.I), "Rule 14a-12"),
    ("PreCommencementTenderOffer", re.compile(r"Pre-?\s*commencement\s+communications?\s+pursuant\s+to\s+Rule\s+14d", re.I), "Rule 14d-2(b)"),
    ("PreCommencementIssuerTenderOffer", re.compile(r"Pre-?\s*commencement\s+communications?\s+pursuant\s+to\s+Rule\s+13e", re.I), "Rule 13e-4(c)"),
)  # fmt: skip
_WHOLE_BOX = re.compile(r"[\[(|]\s{0,9}([xX✓✔_ \xa0]{0,40})\s{0,9}[\])|]\s*$|([☐☑☒□■o¨þý])\s*$")
_HALF_BOX = re.compile(r"([\[\]|()])\s*$")
_STREET = re.compile(
    r"\d+[\w-]*\s+\S.*|(?:One|Two|Three|Four|Five|P\.?\s?O\.?)\s+\S.*|.*\b(?:Street|Avenue|Road|Drive|Boulevard|Plaza|Parkway|Way|Suite|Floor|Building|Center|Tower|Park)\b.*",
    re.I,
)


def facts_of(cover: Cover, form: re.Match[str], findings: list[Finding]) -> Iterator[CoverFact]:
    kind = form[1].upper()
    yield cover.fact("DocumentType", "Form", form.start(1), form.end(1), kind)
    if kind.endswith("/A"):
        yield replace(cover.fact("AmendmentFlag", "Form", form.end(1) - 2, form.end(1), "true", "ixt:fixed-true"))
    yield from _dates(cover, kind)
    yield from _name(cover, form)
    yield from _state(cover)
    yield from _numbers(cover)
    yield from _address(cover)
    yield from _phone(cover)
    if kind.startswith("8-K"):
        yield from _checkboxes(cover, findings)


def _dates(cover: Cover, kind: str) -> Iterator[CoverFact]:
    caption = cover.search(_DATE_OF_REPORT if kind.startswith(("8-K", "6-K")) else _PERIOD)
    if caption is None:
        return
    date = cover.search(_DATE, caption.start())
    if date is None or date.start() - caption.end() > 200:
        above = [m for m in _DATE.finditer(cover.text, max(0, caption.start() - 120), caption.start())]
        date = above[-1] if above else None
    if date is None:
        return
    clues = read_clues(date.group())
    if clues.dates:
        label = "Date of Report" if kind.startswith(("8-K", "6-K")) else "Period ended"
        yield cover.fact(
            "DocumentPeriodEndDate",
            label,
            date.start(),
            date.end(),
            clues.dates[0].isoformat(),
            "ixt:date-monthname-day-year-en",
        )


def _name(cover: Cover, form: re.Match[str]) -> Iterator[CoverFact]:
    """The words above the caption in its column; without a caption, or without such words, the name that the header of
    the submission says."""
    caption = cover.search(_NAME_CAPTION)
    places: list[tuple[int, int]] = []
    if caption is not None:
        start = caption.start() + len(caption.group()) - len(caption.group().lstrip(" (\t\n"))
        before = cover.text[: caption.start()].rstrip(" \t\n(")
        places = cover.column_above(start)[:3] or cover.lines_above(len(before), 2)
    for start, end in [*places, *_conformed(cover, form)]:
        text = cover.text[start:end]
        if start >= form.end() and len(text) > 2 and not text.startswith("(") and not _DATE.search(text):
            yield cover.fact("EntityRegistrantName", "Exact name of registrant", start, end)
            return


def _conformed(cover: Cover, form: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the cover has, at the start of a line, the company's name as the header conforms it ("EXAMPLE CO")."""
    company = cover.company.partition("/")[0].split("\\")[0]
    words = re.findall(r"[A-Za-z0-9]+", company)
    while len(words) > 1 and words[-1].lower() in _ENDINGS:
        words.pop()
    if not words:
        return
    # The header drops the apostrophe of a possessive.
    parts = [re.sub(r"(?<=\w)s$", "['’]?s", re.escape(word), flags=re.I) for word in words]
    name = r"((?:The\s+)?" + r"\W{1,4}".join(parts) + r"\b[^\n\t(]{0,60})"
    pattern = re.compile(r"(?:^|(?<=\t))[ ]*" + name, re.I | re.M)
    for match in pattern.finditer(cover.text, form.end(), cover.limit):
        chunk = re.match(r"\S+(?: \S+)*", match[1])
        if chunk:
            yield match.start(1), match.start(1) + chunk.end()


def _state(cover: Cover) -> Iterator[CoverFact]:
    found = _state_place(cover)
    if found is not None:
        start, end = found
        value = place_code(cover.text[start:end])
        yield cover.fact("EntityIncorporationStateCountryCode", "State of incorporation", start, end, value, "hidden")


def _state_place(cover: Cover) -> tuple[int, int] | None:
    """Where the state or country of incorporation stands: above its caption in its column, near it, or "(a Delaware
    corporation)"."""
    caption = cover.search(_STATE_CAPTION)
    if caption is not None:
        start = caption.start() + len(caption.group()) - len(caption.group().lstrip(" (\t\n"))
        for begin, end in [*cover.column_above(start)[:3], *cover.lines_above(caption.start(), 3)]:
            if place_code(cover.text[begin:end]) and not cover.text[begin:end].islower():
                return begin, end
        names = [
            m for m in _STATE.finditer(cover.text, max(0, caption.start() - 400), min(cover.limit, caption.end() + 200))
        ]
        before = [m for m in names if m.end() <= caption.start()]
        after = [m for m in names if m.start() >= caption.end()]
        if before or after:
            return (before[-1] if before else after[0]).span()
    told = cover.search(_CORPORATION)
    return told.span(1) if told else None


def _near(cover: Cover, pattern: re.Pattern[str], caption: re.Match[str], reach: int = 300) -> re.Match[str] | None:
    """The match above the caption in its column; else the nearest, before or after it."""
    start, end = max(0, caption.start() - reach), min(cover.limit, caption.end() + reach)
    words = caption.start() + len(caption.group()) - len(caption.group().lstrip(" (\t\n"))
    found = list(pattern.finditer(cover.text, start, end))

    def far(match: re.Match[str]) -> tuple[bool, int]:
        return not cover.aligned(match.start(), words), min(
            abs(match.end() - caption.start()), abs(match.start() - caption.end())
        )

    return min(found, key=far, default=None)


def _numbers(cover: Cover) -> Iterator[CoverFact]:
    caption = cover.search(_FILE_CAPTION)
    if caption is not None and (match := _near(cover, _FILE_NUMBER, caption)) is not None:
        yield cover.fact("EntityFileNumber", "Commission File Number", match.start(), match.end())
    caption = cover.search(_IRS_CAPTION)
    if caption is not None and (match := _near(cover, _IRS, caption)) is not None:
        digits = match.group().replace(" ", "")
        value = digits if "-" in digits else f"{digits[:2]}-{digits[2:]}"
        # A number without its hyphen is not the value: the words stay visible, the value is hidden.
        form = "" if value == match.group() else "hidden"
        yield cover.fact(
            "EntityTaxIdentificationNumber", "IRS Employer Identification No.", match.start(), match.end(), value, form
        )


def _address(cover: Cover) -> Iterator[CoverFact]:
    caption = cover.search(_ADDRESS_CAPTION)
    if caption is None:
        return
    window = max(0, caption.start() - 300)
    zips = list(_ZIP.finditer(cover.text, window, caption.start())) or list(
        _ZIP.finditer(cover.text, caption.end(), min(cover.limit, caption.end() + 120))
    )
    if not zips:
        return
    code = zips[-1] if zips[-1].start() < caption.start() else zips[0]
    # City, state: the words before the ZIP code, with the state last.
    line_start = cover.text.rfind("\n", 0, min(code.start(), caption.start())) + 1
    before = cover.text[line_start : min(code.start(), caption.start())]
    found = _city_state(before)
    if found is None:
        for start, end in cover.lines_above(min(code.start(), caption.start()), 3):
            found = _city_state(cover.text[start:end])
            if found is not None:
                line_start, before = start, cover.text[start:end]
                break
    if found is None:
        yield cover.fact("EntityAddressPostalZipCode", "ZIP", code.start(), code.end())
        return
    city, state = found
    street = before[: city[0]].rstrip(" ,\t")
    if street.strip():
        parts = [m for m in re.finditer(r"[^\t]+", street) if m.group().strip()]
        for number, part in enumerate(parts[:2], 1):
            lead = len(part.group()) - len(part.group().lstrip())
            end = part.start() + len(part.group().rstrip(" ,"))
            place = line_start + part.start() + lead, line_start + end
            yield cover.fact(f"EntityAddressAddressLine{number}", "Address", *place)
    else:
        above = cover.lines_above(line_start, 2)
        lines = [(a, b) for a, b in above if _STREET.fullmatch(cover.text[a:b].strip())][::-1]
        for number, (a, b) in enumerate(lines[:2], 1):
            end = a + len(cover.text[a:b].rstrip(" ,"))
            yield cover.fact(f"EntityAddressAddressLine{number}", "Address", a, end)
    yield cover.fact("EntityAddressCityOrTown", "City", line_start + city[0], line_start + city[1])
    value = state_code(before[state[0] : state[1]])
    form = "" if value == before[state[0] : state[1]] else "hidden"
    yield cover.fact("EntityAddressStateOrProvince", "State", line_start + state[0], line_start + state[1], value, form)
    yield cover.fact("EntityAddressPostalZipCode", "ZIP", code.start(), code.end())


def _city_state(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The places of city and state in "21211 Nordhoff Street, Chatsworth, California"."""
    for match in sorted(re.finditer(r"[A-Za-z][A-Za-z.]*(?:\s+[A-Za-z][A-Za-z.]*)?", text), key=lambda m: -m.end()):
        for start in (match.start(), match.start() + match.group().rfind(" ") + 1):
            word = text[start : match.end()]
            if not state_code(word) or (len(word.strip(".")) == 2 and not word.isupper()):
                continue
            head = text[:start].rstrip()
            if not head.endswith(",") and not re.search(r"[A-Za-z.]$", head):
                continue
            head = head.rstrip(", ")
            comma = max(head.rfind(","), head.rfind("\t"), head.rfind("   "))
            city = head[comma + 1 :]
            lead = len(city) - len(city.lstrip())
            if city.strip() and not any(c.isdigit() for c in city):
                return (comma + 1 + lead, comma + 1 + len(city)), (start, match.end())
    return None


def _phone(cover: Cover) -> Iterator[CoverFact]:
    caption = cover.search(_PHONE_CAPTION)
    if caption is None or (match := _near(cover, _PHONE, caption)) is None:
        return
    area, local = (1, 2) if match[1] else (3, 4)
    yield cover.fact("CityAreaCode", "Telephone", match.start(area), match.end(area))
    yield cover.fact("LocalPhoneNumber", "Telephone", match.start(local), match.end(local))


def _checkboxes(cover: Cover, findings: list[Finding]) -> Iterator[CoverFact]:
    for concept, pattern, label in _BOXES:
        match = cover.search(pattern)
        if match is None:
            continue
        start = max(cover.text.rfind("\n", 0, match.start()) + 1, match.start() - 40)
        before = cover.text[start : match.start()]
        if not before.strip():
            # The box may stand in a line or cell of its own.
            start = cover.text.rfind("\n", 0, start - 1) + 1 if start else 0
            before = cover.text[start : match.start()]
        whole = _WHOLE_BOX.search(before.rstrip())
        if whole is not None:
            mark = (whole[1] or "") + (whole[2] or "")
            checked = any(c in "xX✓✔☑☒■þý" for c in mark)
            yield cover.fact(
                concept,
                label,
                start + whole.start(),
                start + whole.end(),
                *(("true", "ixt:fixed-true") if checked else ("false", "ixt:fixed-false")),
            )
            continue
        half = _HALF_BOX.search(before.rstrip())
        if half is not None:
            fact = cover.fact(
                concept, label, start + half.start(1), start + half.end(1), "false", "ixt:fixed-false", 0.7
            )
            findings.append(
                Finding(
                    code="cover.checkbox", severity=Severity.WARNING, at=fact.at,
                    message=f"the box for {label} is damaged; no mark can be seen, so it is taken as not checked",
                    hint="compare with the original filing",
                )
            )  # fmt: skip
            yield replace(fact, why="damaged box without a mark")
