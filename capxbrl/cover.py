"""Document -> the facts of its cover page, and who the filer is.

Works on one flat text of the cover, from the form's name to the first Item, whatever blocks it came in; a map leads
every offset back to its place.  Captions are the anchors: they stand in parentheses below, beside or above their values.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .findings import Finding, Outcome, Position, Severity
from .model import Cell, CoverFact, Document, Entity, Paragraph, Section, Span, Table, place
from .periods import read_clues
from .places import STATES, place_code, state_code

_FORM = re.compile(r"\bForm\s+(8-K/A|8-K|10-Q/A|10-Q|10-KT|10-K405|10-KSB|10-K/A|10-K|20-F|6-K)\b", re.I)
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\s*,\s*(?:19|20)\d\d",
    re.I,
)
_DATE_OF_REPORT = re.compile(r"Date\s+of\s+(?:Report|earliest\s+event)", re.I)
_PERIOD = re.compile(r"(?:quarterly|fiscal|annual|transition)?\s*(?:period|year|quarter)\s+end(?:ed|ing)", re.I)
_NAME_CAPTION = re.compile(r"\(?\s*Exact\s+name\s+of\s+(?:the\s+)?(?:registrant|issuer|company)", re.I)
_STATE_CAPTION = re.compile(
    r"\(?\s*State\s+or\s+other\s+jurisdiction|\(?State\s+of\s+(?:incorporation|organization)", re.I
)
_FILE_NUMBER = re.compile(r"(?<![\d-])(?:0{0,2}[0-3]{1,3}|333|811)-\d{2,6}(?:-\d{1,2})?(?![\d-])")
_FILE_CAPTION = re.compile(r"(?:Commission|SEC)\s+File\s+(?:Number|No)", re.I)
_IRS_CAPTION = re.compile(r"I\.?\s*R\.?\s*S\.?\s*Employer|Employer\s+Identification", re.I)
_IRS = re.compile(r"(?<![\d-])\d{2}-\s?\d{7}(?![\d-])|(?<![\d-])\d{9}(?![\d-])")
_ADDRESS_CAPTION = re.compile(
    r"\(?\s*Address(?:es)?\s+(?:and\s+zip\s+code\s+)?of\s+(?:registrant'?s\s+)?principal", re.I
)
_ZIP = re.compile(r"(?<![\d-])\d{5}(?:-\d{4})?(?![\d-])")
_PHONE_CAPTION = re.compile(r"telephone\s+number", re.I)
_PHONE = re.compile(r"\(?\s*(\d{3})\s*[)./-]{1,2}\s*(\d{3}\s*[-.\s]\s*\d{4})(?!\d)|(?<!\d)(\d{3})\s(\d{3}-\d{4})(?!\d)")
_BOXES = (
    ("WrittenCommunications", re.compile(r"Written\s+communications?\s+pursuant", re.I), "Rule 425"),
    ("SolicitingMaterial", re.compile(r"Soliciting\s+material\s+pursuant", re.I), "Rule 14a-12"),
    ("PreCommencementTenderOffer", re.compile(r"Pre-?\s*commencement\s+communications?\s+pursuant\s+to\s+Rule\s+14d", re.I), "Rule 14d-2(b)"),
    ("PreCommencementIssuerTenderOffer", re.compile(r"Pre-?\s*commencement\s+communications?\s+pursuant\s+to\s+Rule\s+13e", re.I), "Rule 13e-4(c)"),
)  # fmt: skip
_WHOLE_BOX = re.compile(r"[\[(|]\s*([xX✓✔_ \xa0]*)\s*[\])|]\s*$|([☐☑☒□■o¨þý])\s*$")
_HALF_BOX = re.compile(r"([\[\]|()])\s*$")
_TICKER = re.compile(
    r"\(?\s*(?:NASDAQ|NYSE|AMEX|NYSE\s+(?:American|Arca|MKT)|Nasdaq\s*(?:NM|GS|GM)?)\s*(?:Global\s+(?:Select\s+)?Market)?\s*[:-]\s*\"?([A-Z]{1,5})\b\"?",
    re.I,
)
_END = re.compile(r"^\s*Item\s+\d|^\s*TABLE\s+OF\s+CONTENTS|^\s*PART\s+I\b|^\s*INDEX\b", re.I | re.M)
_STREET = re.compile(
    r"\d+[\w-]*\s+\S.*|(?:One|Two|Three|Four|Five|P\.?\s?O\.?)\s+\S.*|.*\b(?:Street|Avenue|Road|Drive|Boulevard|Plaza|Parkway|Way|Suite|Floor|Building|Center|Tower|Park)\b.*",
    re.I,
)
#: The cover ends somewhere in the first so many characters of the main document.
_LONGEST = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flat:
    """The cover as one text. starts[i] is the offset of pieces[i] = (block, row, cell, the text's block or cell)."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int | None, int | None, Paragraph | Cell], ...]

    def span(self, start: int, end: int) -> tuple[Span, Position]:
        """The place of text[start:end], which lies in one piece."""
        at = bisect.bisect_right(self.starts, start) - 1
        block, row, cell, source = self.pieces[at]
        offset = start - self.starts[at]
        return Span(block=block, row=row, cell=cell, start=offset, end=offset + end - start), place(source, offset)


def _flatten(document: Document, first: int = 0) -> _Flat:
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int | None, int | None, Paragraph | Cell]] = []
    size = 0

    def add(block: int, row: int | None, cell: int | None, source: Paragraph | Cell, mark: str) -> None:
        nonlocal size
        starts.append(size)
        pieces.append((block, row, cell, source))
        parts.extend((source.text, mark))
        size += len(source.text) + len(mark)

    sections = 0
    for number, block in enumerate(document.blocks):
        if number < first:
            continue
        if isinstance(block, Section):
            sections += 1
            if sections > 1:
                break
        elif isinstance(block, Paragraph):
            add(number, None, None, block, "\n")
        elif isinstance(block, Table):
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row.cells):
                    add(number, r, c, cell, "\n" if c == len(row.cells) - 1 else "\t")
        if size > 4 * _LONGEST:
            break
    return _Flat(text="".join(parts), starts=tuple(starts), pieces=tuple(pieces))


def read_cover(document: Document) -> Outcome[tuple[CoverFact, ...]]:
    """The facts of the cover page, in the order of the form.

    Findings: `cover.none`, `cover.checkbox` (a damaged box), `cover.not-there` (what later covers have), `cover.ticker`,
    `cover.disagrees` (the header of the submission says otherwise), `cover.missing`.
    """
    flat = _flatten(document)
    form = _FORM.search(flat.text)
    if form is None or form.start() > _LONGEST:
        note = Finding(
            code="cover.none",
            severity=Severity.NOTE,
            message="no cover page: the facts of the filing's cover are left out",
        )
        return Outcome((), (note,))
    end = _END.search(flat.text, form.end())
    limit = min(end.start() if end else len(flat.text), form.start() + _LONGEST)
    cover = _Cover(flat=flat, limit=limit)
    findings: list[Finding] = []
    facts = [f for f in _facts(cover, form, findings)]
    _compare(document, facts, findings)
    findings += _absent(document, flat, form, facts)
    return Outcome(tuple(facts), tuple(findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    flat: _Flat
    limit: int

    @property
    def text(self) -> str:
        return self.flat.text

    def search(self, pattern: re.Pattern[str], start: int = 0) -> re.Match[str] | None:
        return pattern.search(self.text, start, self.limit)

    def fact(
        self,
        concept: str,
        label: str,
        start: int,
        end: int,
        value: str | None = None,
        form: str = "",
        sure: float = 1.0,
    ) -> CoverFact:
        shown = self.text[start:end]
        span, at = self.flat.span(start, end)
        value = " ".join(shown.split()) if value is None else value
        return CoverFact(
            concept=concept, value=value, shown=shown, label=label, span=span, at=at, format=form, confidence=sure
        )

    def lines_above(self, at: int, count: int) -> list[tuple[int, int]]:
        """(start, end) of the nearest pieces of text above an offset, nearest first; tabs and wide gaps part pieces."""
        out: list[tuple[int, int]] = []
        end = at
        while end > 0 and len(out) < count:
            start = max(self.text.rfind("\n", 0, end), self.text.rfind("\t", 0, end)) + 1
            piece = self.text[start:end]
            if piece.strip() and any(c.isalnum() for c in piece):
                lead = len(piece) - len(piece.lstrip())
                out.append((start + lead, start + len(piece.rstrip())))
            end = start - 1
        return out


def _facts(cover: _Cover, form: re.Match[str], findings: list[Finding]) -> Iterator[CoverFact]:
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


def _dates(cover: _Cover, kind: str) -> Iterator[CoverFact]:
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


def _name(cover: _Cover, form: re.Match[str]) -> Iterator[CoverFact]:
    caption = cover.search(_NAME_CAPTION)
    if caption is None:
        return
    before = cover.text[: caption.start()].rstrip(" \t\n(")
    for start, end in cover.lines_above(len(before), 2):
        text = cover.text[start:end]
        if start >= form.end() and len(text) > 2 and not _DATE.search(text) and not re.fullmatch(r"[-_=\s]+", text):
            yield cover.fact("EntityRegistrantName", "Exact name of registrant", start, end)
            return


def _state(cover: _Cover) -> Iterator[CoverFact]:
    caption = cover.search(_STATE_CAPTION)
    if caption is None:
        return
    names = sorted([*STATES], key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names) + r")\b", re.I)
    window = max(0, caption.start() - 400)
    found = [m for m in pattern.finditer(cover.text, window, caption.start())]
    match = found[-1] if found else None
    if match is None:
        for start, end in cover.lines_above(caption.start(), 3):
            if place_code(cover.text[start:end]):
                yield cover.fact(
                    "EntityIncorporationStateCountryCode",
                    "State of incorporation",
                    start,
                    end,
                    place_code(cover.text[start:end]),
                    "hidden",
                )
                return
        match = pattern.search(cover.text, caption.end(), min(cover.limit, caption.end() + 200))
    if match is not None:
        yield cover.fact(
            "EntityIncorporationStateCountryCode",
            "State of incorporation",
            match.start(),
            match.end(),
            state_code(match.group()),
            "hidden",
        )


def _near(cover: _Cover, pattern: re.Pattern[str], caption: re.Match[str], reach: int = 300) -> re.Match[str] | None:
    """The match nearest to a caption, before or after it."""
    start, end = max(0, caption.start() - reach), min(cover.limit, caption.end() + reach)
    found = list(pattern.finditer(cover.text, start, end))
    return min(found, key=lambda m: min(abs(m.end() - caption.start()), abs(m.start() - caption.end())), default=None)


def _numbers(cover: _Cover) -> Iterator[CoverFact]:
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


def _address(cover: _Cover) -> Iterator[CoverFact]:
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
        lead = len(street) - len(street.lstrip())
        yield cover.fact("EntityAddressAddressLine1", "Address", line_start + lead, line_start + len(street))
    else:
        above = cover.lines_above(line_start, 2)
        lines = [(a, b) for a, b in above if _STREET.fullmatch(cover.text[a:b].strip())][::-1]
        for number, (a, b) in enumerate(lines[:2], 1):
            yield cover.fact(f"EntityAddressAddressLine{number}", "Address", a, b)
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


def _phone(cover: _Cover) -> Iterator[CoverFact]:
    caption = cover.search(_PHONE_CAPTION)
    if caption is None or (match := _near(cover, _PHONE, caption)) is None:
        return
    area, local = (1, 2) if match[1] else (3, 4)
    yield cover.fact("CityAreaCode", "Telephone", match.start(area), match.end(area))
    yield cover.fact("LocalPhoneNumber", "Telephone", match.start(local), match.end(local))


def _checkboxes(cover: _Cover, findings: list[Finding]) -> Iterator[CoverFact]:
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


def _compare(document: Document, facts: Sequence[CoverFact], findings: list[Finding]) -> None:
    """What the header of the submission says against the cover."""
    header = document.header
    if header is None:
        return
    for concept, said in (
        ("EntityTaxIdentificationNumber", header.irs_number),
        ("EntityIncorporationStateCountryCode", header.state),
    ):
        fact = next((f for f in facts if f.concept == concept), None)
        digits = re.compile(r"[^0-9A-Z]")
        if (
            fact is not None
            and said
            and digits.sub("", fact.value.upper()) != digits.sub("", said.upper())
            and said.strip("0")
        ):
            findings.append(
                Finding(
                    code="cover.disagrees", severity=Severity.WARNING, at=fact.at,
                    message=f"the cover says {fact.label} {fact.value}, the header of the submission {said}",
                    hint="the header is what the filer's agent typed; the cover decides here",
                )
            )  # fmt: skip


def _absent(document: Document, flat: _Flat, form: re.Match[str], facts: Sequence[CoverFact]) -> Iterator[Finding]:
    have = {f.concept for f in facts}
    if not re.search(r"emerging\s+growth", flat.text, re.I):
        yield Finding(
            code="cover.not-there",
            severity=Severity.NOTE,
            at=flat.span(form.start(), form.end())[1],
            message="not on the cover: trading symbol, exchange and emerging growth status, which later forms ask for",
        )
    wanted = {
        "DocumentPeriodEndDate": "the date",
        "EntityRegistrantName": "the registrant's name",
        "EntityFileNumber": "the Commission file number",
    }
    for concept, words in wanted.items():
        if concept not in have:
            yield Finding(
                code="cover.missing", severity=Severity.WARNING, at=flat.span(form.start(), form.end())[1],
                message=f"{words} could not be read from the cover page",
            )  # fmt: skip
    if (found := find_ticker(document)) is not None:
        ticker, at = found
        yield Finding(
            code="cover.ticker", severity=Severity.NOTE, at=at, message=f"the ticker {ticker} is named in the text; it is not on the cover",
        )  # fmt: skip


def find_ticker(document: Document) -> tuple[str, Position] | None:
    """The first ticker that the text names with its exchange, "(Nasdaq:CPST)", and where."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and (match := _TICKER.search(block.text)):
            return match[1].upper(), place(block, match.start(1))
    return None


def find_entity(document: Document, facts: Sequence[CoverFact], cik: str | None = None) -> Outcome[Entity]:
    """Who reports: by CIK (the caller's, else the header's), else the IRS number, else the file number, else the name.

    Finding `cover.no-cik` (warning) where there is no CIK.
    """
    by = {f.concept: f for f in facts}
    header = document.header
    name = by["EntityRegistrantName"].value if "EntityRegistrantName" in by else header.company if header else ""
    found = find_ticker(document)
    ticker = found[0] if found else ""
    number = (cik or (header.cik if header else "")).strip()
    if number.isdigit():
        return Outcome(Entity(scheme="http://www.sec.gov/CIK", identifier=number.zfill(10), name=name, ticker=ticker))
    irs = (
        by["EntityTaxIdentificationNumber"].value
        if "EntityTaxIdentificationNumber" in by
        else header.irs_number
        if header
        else ""
    )
    file_number = by["EntityFileNumber"].value if "EntityFileNumber" in by else header.file_number if header else ""
    if irs:
        entity, what = (
            Entity(scheme="http://www.irs.gov/ein", identifier=irs, name=name, ticker=ticker),
            "the IRS number",
        )
    elif file_number:
        entity, what = (
            Entity(scheme="http://www.sec.gov/file-number", identifier=file_number, name=name, ticker=ticker),
            "the file number",
        )
    else:
        slug = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "unknown"
        entity, what = (
            Entity(scheme="http://capxbrl.example/unknown", identifier=slug, name=name, ticker=ticker),
            "its name",
        )
    first = document.blocks[0].at if document.blocks else None
    warning = Finding(
        code="cover.no-cik", severity=Severity.WARNING, at=first, message=f"no CIK in the filing: {what} ({entity.identifier}) identifies the filer",
        hint="give the filer's CIK with --cik (cik= in Python)",
    )  # fmt: skip
    return Outcome(entity, (warning,))


def report_date(facts: Sequence[CoverFact]) -> dt.date | None:
    """The date of report, or the end of the period."""
    fact = next((f for f in facts if f.concept == "DocumentPeriodEndDate"), None)
    return dt.date.fromisoformat(fact.value) if fact else None
