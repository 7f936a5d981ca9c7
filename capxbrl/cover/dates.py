"""The form, and the date or period a report is for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ..findings import Outcome
from ..grammar import ANY_YEAR
from ..model import CoverFact
from ..patterns import compiled
from ..periods import MONTH_NAMES, read_clues
from ..records import replace
from ..words import pattern
from . import tolerances as tol
from .flat import LONGEST, Cover
from .header import Said
from .judge import Candidate, Facts, fact_of, judge, words_of

#: A date as covers write it. Blanks are counted: a search that begins anew at each of many would take their square.
DATE = compiled(
    rf"\b(?:{MONTH_NAMES})\b\.?\s{{1,9}}[0-9]{{1,2}}(?:st|nd|rd|th)?\s{{0,9}},?\s{{0,9}}{ANY_YEAR}\b"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)?\s{{1,9}}(?:{MONTH_NAMES})\b\.?,?\s{{1,9}}{ANY_YEAR}\b"
    rf"|(?<![\d/.-])[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:{ANY_YEAR}|[0-9][0-9])(?![\d/-])",
    re.I,
)
#: What the transformation of dates reads: a month's name as it is written, a day, a year of four digits.
_PLAIN = compiled(r"[A-Z](?:[a-z]+|[A-Z]+)\.?\s+[0-9]{1,2}\D{1,9}[0-9]{4}")
_YEARLY = compiled(r"10-K|20-F|40-F|11-K|ARS", re.I)
_PERIODIC = compiled(r"10-[KQ]|20-F|40-F|11-K|ARS", re.I)


def kind_of(cover: Cover) -> str:
    """The form as the cover names it, in capitals; "" where it does not."""
    return cover.text[slice(*cover.form)].upper()


def form_facts(cover: Cover, said: Said | None) -> Facts:
    """The form; an amendment where the form, or "Amendment No. 1" beside it, says so."""
    if cover.form == (0, 0):
        return Outcome((), ())
    start, end = cover.form
    kind = kind_of(cover)
    beside = cover.search(pattern("cover", "amendment"), start, end + tol.COVER.amendment)
    amended = kind.endswith("/A")
    value = kind if amended or beside is None else f"{kind}/A"
    words = cover.text[start:end]
    candidates = [
        Candidate(start=start, end=end, value=value, form="" if value == words else "hidden", says="the form line")
    ]
    bearing = _bearing(cover, kind)
    if bearing is not None:
        candidates.append(replace(candidates[0], says=f"so says {bearing!r}", independent=True))
    made = judge(cover, "DocumentType", "Form", candidates, said)
    facts = list(made.value)
    if amended:
        facts.append(
            fact_of(
                cover, "AmendmentFlag", "Form", Candidate(start=end - 2, end=end, value="true", form="ixt:fixed-true")
            )
        )
    elif beside is not None:
        mark = Candidate(start=beside.start(), end=beside.end(), value="true", form="ixt:fixed-true")
        facts.append(fact_of(cover, "AmendmentFlag", "Amendment", mark))
    return Outcome((*facts, *(_description(cover) if facts[1:] else ())), made.findings)


def _description(cover: Cover) -> Iterator[CoverFact]:
    """What an amendment changes: the paragraph that says its purpose, on the cover or behind it."""
    purpose = pattern("cover", "amendment_purpose").search(cover.text, cover.form[1], cover.form[1] + LONGEST)
    if purpose is not None:
        number = cover.flat.piece(purpose.start())
        start = cover.flat.starts[number]
        item = Candidate(start=start, end=start + len(cover.flat.pieces[number][3].text))
        yield fact_of(cover, "AmendmentDescription", "Amendment description", item)


def _bearing(cover: Cover, kind: str) -> str | None:
    """The words of the cover that bear the form out: what its period, or its event, is called."""
    lists = {"8-K": "date_of_report", "6-K": "period"}
    caption = cover.search(pattern("cover", lists.get(kind.removesuffix("/A"), "period")))
    if caption is None:
        return None
    words = " ".join(caption.group().split())
    quarterly, yearly = "quarter" in words.lower(), "fiscal" in words.lower() or "annual" in words.lower()
    fits = not (kind.startswith("10-Q") and yearly and not quarterly) and not (kind.startswith("10-K") and quarterly)
    return words if fits else None


def date_facts(cover: Cover, said: Said | None, year_end: str) -> Facts:
    """The end of the period, or the date of the event; of a year, what year it is and when it ends.

    year_end: month and day of the fiscal year's end, as the header has them ("0930"), or "".
    """
    kind = kind_of(cover)
    current = kind.startswith(("8-K", "6-K")) or (
        not kind and cover.search(pattern("cover", "date_of_report")) is not None
    )
    items = _events(cover) if current else _period_ends(cover)
    if not items and current:
        items = _period_ends(cover)
    made = judge(cover, "DocumentPeriodEndDate", "Date of Report" if current else "Period ended", items, said)
    if not made.value or not _PERIODIC.match(kind):
        return made
    fact = made.value[0]
    taken = next(c for c in items if c.value == fact.value)
    return Outcome((fact, *_fiscal(cover, kind, taken, fact, year_end)), made.findings)


def _events(cover: Cover) -> list[Candidate]:
    """The date of the earliest event first: that is what a current report is about (Form 8-K, cover page)."""
    out: list[Candidate] = []
    for name in ("earliest_event", "date_of_report"):
        for caption in cover.all(pattern("cover", name))[:1]:
            out += _dated(cover, caption)
    return list({c.value: c for c in reversed(out)}.values())[::-1]


def _period_ends(cover: Cover) -> list[Candidate]:
    """The dates behind the captions of the period; else the end of a transition period."""
    out: list[Candidate] = []
    moved = [m.start() for m in cover.all(pattern("cover", "transition"))]
    for caption in cover.all(pattern("cover", "period")):
        found = _dated(cover, caption)
        if found and not any(caption.start() < at < found[0].start for at in moved):
            out += found
            break
    return out or [c for caption in cover.all(pattern("cover", "transition")) for c in _second_date(cover, caption)]


def _second_date(cover: Cover, caption: re.Match[str]) -> list[Candidate]:
    """The end of a transition period: "from July 1, 1998 to December 31, 1998". Elsewhere it is blank."""
    dates = cover.all(DATE, caption.end(), caption.end() + tol.COVER.date)
    return _date_at(cover, dates[1], caption) if len(dates) > 1 else []


def _dated(cover: Cover, caption: re.Match[str]) -> list[Candidate]:
    """The date behind a caption; else the one above it. "June 3, 2005 (May 27, 2005)": the event in parentheses."""
    stop = caption.end() + tol.COVER.date
    behind = cover.search(DATE, caption.end(), stop)
    if behind is None or re.search(r"\n\s{0,99}\n", cover.text[caption.end() : behind.start()].strip(" ")):
        above = cover.all(DATE, caption.start() - tol.COVER.date_above, caption.start())
        behind = above[-1] if above else behind
    if behind is None:
        return []
    both = pattern("cover", "earliest_event").search(cover.text, caption.start(), behind.start())
    event = cover.search(DATE, behind.end(), behind.end() + tol.COVER.event) if both else None
    if event is not None and not re.fullmatch(r"\s{0,9}\(\s{0,9}", cover.text[behind.end() : event.start()]):
        event = None
    return [c for m in (event, behind) if m is not None for c in _date_at(cover, m, caption)]


def _date_at(cover: Cover, match: re.Match[str], caption: re.Match[str]) -> list[Candidate]:
    found = read_clues(match.group().replace("\n", " ")).dates
    form = "ixt:date-monthname-day-year-en" if _PLAIN.fullmatch(match.group()) else "hidden"
    says = f"at {words_of(cover, *caption.span())!r}"
    return [
        Candidate(start=match.start(), end=match.end(), value=d.isoformat(), form=form, says=says) for d in found[:1]
    ]


def _fiscal(cover: Cover, kind: str, date: Candidate, fact: CoverFact, year_end: str) -> Iterator[CoverFact]:
    """Fiscal year and period, as the printed date tells them; all of them stand on that date."""
    end = dt.date.fromisoformat(fact.value)
    year = re.search(ANY_YEAR, cover.text[date.start : date.end])

    def made(concept: str, label: str, value: str, start: int, stop: int) -> CoverFact:
        form = "" if cover.text[start:stop] == value else "hidden"
        item = Candidate(start=start, end=stop, value=value, form=form)
        return replace(fact_of(cover, concept, label, item), reading=fact.reading)

    if year is None:
        return
    at = date.start + year.start()
    if _YEARLY.match(kind) and not kind.startswith("10-KT"):
        yield made("CurrentFiscalYearEndDate", "Fiscal year end", f"--{end:%m-%d}", date.start, date.end)
        if (named := _fiscal_year(end)) is not None:
            yield made("DocumentFiscalYearFocus", "Fiscal year", str(named), at, at + 4)
        yield made("DocumentFiscalPeriodFocus", "Fiscal period", "FY", date.start, date.end)
    elif kind.startswith("10-Q") and len(year_end) == 4:
        close, quarter = _quarter(end, year_end)
        if quarter in (1, 2, 3):
            if (named := _fiscal_year(close)) is not None:
                yield made("DocumentFiscalYearFocus", "Fiscal year", str(named), at, at + 4)
            yield made("DocumentFiscalPeriodFocus", "Fiscal period", f"Q{quarter}", date.start, date.end)


def _fiscal_year(end: dt.date) -> int | None:
    """What a fiscal year that ends on a day is called; None where filers differ."""
    first, last = tol.COVER.winter
    if first <= (end.month, end.day) <= last:
        return None
    return end.year - 1 if end.month == 1 and end.day <= tol.COVER.january else end.year


def _quarter(end: dt.date, year_end: str) -> tuple[dt.date, int]:
    """The end of the fiscal year that a quarter's end falls in, and which quarter it is (4: the year's own)."""
    month = int(year_end[:2])
    behind = round(((month - end.month) * 30.4 + int(year_end[2:]) - end.day) / 91.3) % 4
    return end + dt.timedelta(days=round(behind * 91.3)), 4 - behind
