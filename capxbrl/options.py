"""What a caller may choose: one record for `convert`, its stages and the command line.

What the page does not say, a user may say: an assumption is a witness named "you" that outranks all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from .findings import CapxbrlError
from .model import PageLayout, Period, Profile
from .records import dataclass
from .reprs import Brief
from .tables import Given, from_rows

Choice = TypeVar("Choice", PageLayout, Profile)

#: No printed scale is larger than a trillion.
LARGEST_SCALE = 12
_CIK_DIGITS = 10
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(\d\d)-(\d\d)")


class WrongOption(CapxbrlError):
    """An option has a value that means nothing; the text says what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Assumptions(Brief):
    """What the user says of the filing; None where nothing is said.

    scale, shares_scale: powers of ten of money and of shares (3 = thousands). currency: an ISO 4217 code. period: of
    the report's own column, an instant or a duration. year_end: month and day on which the fiscal year ends.
    """

    scale: int | None = None
    shares_scale: int | None = None
    currency: str | None = None
    period: Period | None = None
    year_end: tuple[int, int] | None = None

    def said(self) -> Mapping[str, str]:
        """{name: value} of what is said, as the command line writes both."""
        given = {f.name.replace("_", "-"): getattr(self, f.name) for f in fields(self)}
        return {
            name: "{:02d}-{:02d}".format(*value) if isinstance(value, tuple) else str(value)
            for name, value in given.items()
            if value is not None
        }

    def without(self, name: str) -> Assumptions:
        """All but one, by its name on the command line."""
        return replace(self, **{name.replace("-", "_"): None})


NOTHING_ASSUMED = Assumptions()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Options(Brief):
    """What a caller may choose. Each is checked, and may be given as a script has it at hand: a path as text, one of
    what may be several, `assume` as a mapping, overrides as rows or a DataFrame.

    Args:
        taxonomy: the facts are written in its elements: "capx-gaap", "us-gaap-2009", ..., or "us-gaap" for the vintage
            of the filing's year.
        profile: what the report is made for: "open" (any XBRL processor) or "edgar".
        edgar_plugin: the folder of Arelle's plug-in EDGAR, which judges the report by the rules of the SEC.
        layout: how the page is set: "own", or "source" as the filer set it.
        template: a folder of the caller's own report.xhtml.j2 or style.css.
        overrides: the caller's own rows statement,label,under,concept,negate,note, which decide before anything else: a
            CSV file, rows (mappings or tuples), a DataFrame, or several of these.
        precedents: rows of what earlier filings of the company did, in the same forms; they decide next.
        review: the review.json of a review of this filing, or of an earlier one of the company: its choices decide
            next, and what changed after it was accepted is told.
        learned: another learned table than the shipped one.
        min_confidence: below it (0 to 1) a line becomes an extension concept.
        cik: the filer's Central Index Key, where the filing does not say it.
        namespace_base: where the filer's own namespace lives.
        all_tables: read supplementary, pro forma and segment tables too.
        repair: change the figures that one slip explains beyond doubt; each change is a finding `repair.applied`.
        tag_prose: also tag the figures of running text that agree with a statement.
        strict: doubtful readings are errors.
        assume: what the user says of the filing: scale, shares-scale, currency, period, year-end.
        statements_of: whose statements to convert, where a filing holds those of more than one company.
        ocr: read pages that are pictures anew, whatever text they have; None: where the text of a scan does not add up.
        packages: taxonomy packages (zip) to validate with.
        package_folders: folders that are searched for those that a report needs besides.
        validate: run Arelle.
        viewer: make the interactive viewer with it.
        time_limit: seconds that Arelle may take.
        memory_limit: megabytes that Arelle may take.
        formats: names of writers, the usual ones when empty: "excel,parquet" or a sequence.
        learn_overrides: a facts CSV that the caller corrected, from which overrides.csv and precedents.csv are made.

    Raises WrongOption for a value that means nothing, BadData for rows that are none.
    """

    taxonomy: str = "capx-gaap"
    profile: Profile = Profile.OPEN
    edgar_plugin: Path | None = None
    layout: PageLayout = PageLayout.OWN
    template: Path | None = None
    overrides: tuple[Path | Given, ...] = ()
    precedents: tuple[Path | Given, ...] = ()
    review: Path | None = None
    learned: Path | None = None
    min_confidence: float | None = None
    cik: str | None = None
    namespace_base: str | None = None
    all_tables: bool = False
    repair: bool = False
    tag_prose: bool = False
    strict: bool = False
    assume: Assumptions = Assumptions()
    statements_of: str | None = None
    ocr: bool | None = None
    packages: tuple[Path, ...] = ()
    package_folders: tuple[Path, ...] = ()
    validate: bool = True
    viewer: bool = True
    time_limit: float = 120.0
    memory_limit: int = 2048
    formats: tuple[str, ...] = ()
    learn_overrides: Path | None = None

    def __post_init__(self) -> None:
        made: dict[str, Any] = {
            "profile": _one_of(Profile, "profile", str(self.profile)),
            "layout": _one_of(PageLayout, "layout", str(self.layout)),
            "formats": tuple(_names(self.formats)),
        }
        if not isinstance(self.assume, Assumptions):
            made["assume"] = assumptions(self.assume or {})
        if self.cik is not None:
            made["cik"] = _cik(str(self.cik).strip())
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:  # what is no number is refused, too
            raise WrongOption(f"a confidence is from 0 to 1, not {self.min_confidence}")
        made |= {name: tuple(_tables(getattr(self, name), name)) for name in ("overrides", "precedents")}
        made |= {name: tuple(map(Path, _each(getattr(self, name)))) for name in ("packages", "package_folders")}
        for name in ("review", "learned", "learn_overrides", "template", "edgar_plugin"):
            path = getattr(self, name)
            made[name] = None if path is None else Path(path)
        for name, value in made.items():
            object.__setattr__(self, name, value)


def choose(**given: Any) -> Options:
    """The record of the options given by name, None where a default is meant.

    Raises TypeError for a name that is no option, WrongOption for a value that means nothing.
    """
    known = [f.name for f in fields(Options)]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            raise TypeError(
                f"there is no option {name!r}; "
                + (f"near it are {', '.join(near)}" if near else f"known: {', '.join(known)}")
            )
    return Options(**given)


#: The columns of overrides and precedents.
OVERRIDES = ("statement", "label", "under", "concept", "negate", "note")


def _each(said: Any) -> Iterator[Any]:
    """One path as well as several."""
    yield from (said,) if isinstance(said, str | PathLike) else said or ()


def _names(said: str | Iterable[str] | None) -> Iterator[str]:
    """Names, as a sequence or with commas, as the command line takes them."""
    words = said.split(",") if isinstance(said, str) else said or ()
    yield from filter(None, (word.strip() for word in words))


def _tables(said: Any, what: str) -> Iterator[Path | Given]:
    """Tables as files, as rows or as DataFrames; rows that follow each other are one table."""
    number = 0
    for is_row, group in groupby(_parts(said), key=lambda part: isinstance(part, Mapping | tuple | list)):
        for table in [list(group)] if is_row else group:
            if isinstance(table, str | PathLike):
                yield Path(table)
            elif isinstance(table, Given):
                yield table
            else:
                number += 1
                name = f"{what}-given{f'-{number}' if number > 1 else ''}.csv"
                rows = table if isinstance(table, list) else table.to_dict("records")
                yield from_rows(rows, name, OVERRIDES)


def _parts(said: Any) -> Iterator[Any]:
    """What is given as overrides, one by one. Raises WrongOption."""
    single = isinstance(said, str | PathLike | Given | Mapping) or _is_frame(said)
    several = () if said is None else said
    for part in (said,) if single or not isinstance(several, Iterable) else several:
        if not isinstance(part, str | PathLike | Given | Mapping | tuple | list) and not _is_frame(part):
            raise WrongOption(f"overrides are files, rows or DataFrames, not {type(part).__name__}")
        yield part


def _is_frame(said: Any) -> bool:
    """A DataFrame of pandas, or what is like it."""
    return hasattr(said, "columns") and hasattr(said, "to_dict")


def _one_of(kind: type[Choice], what: str, text: str) -> Choice:
    if text not in list(kind):
        raise WrongOption(f"there is no {what} {text!r}; known: {', '.join(kind)}")
    return kind(text)


def _cik(text: str) -> str:
    if not text.isascii() or not text.isdigit() or len(text) > _CIK_DIGITS:
        raise WrongOption(f"the CIK is at most {_CIK_DIGITS} digits, not {text!r}")
    return text


def assumptions(said: Mapping[str, Any]) -> Assumptions:
    """What a user says, by the names of the command line: scale, shares-scale, currency, period, year-end.

    Raises WrongOption for an unknown name or a value that means nothing.
    """
    out: dict[str, Any] = {}
    for key, value in said.items():
        name = str(key).replace("_", "-")
        if name not in _READ:
            raise WrongOption(f"there is nothing to assume named {name!r}; known: {', '.join(_READ)}")
        read, takes = _READ[name]
        try:
            out[name.replace("-", "_")] = read(str(value).strip())
        except ValueError:
            raise WrongOption(f"{name}={value} cannot be assumed; {name} is {takes}") from None
    return Assumptions(**out)


def _scale(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST_SCALE:
        raise ValueError(text)
    return int(text)


def _currency(text: str) -> str:
    if not _CURRENCY.fullmatch(text):
        raise ValueError(text)
    return text


def _period(text: str) -> Period:
    start, slash, end = text.rpartition("/")
    period = Period(start=date.fromisoformat(start) if slash else None, end=date.fromisoformat(end))
    if period.start and period.start > period.end:
        raise ValueError(text)
    return period


def _year_end(text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    day = date(2000, int(found[1]), int(found[2]))  # a leap year: the 29th of February is a day
    return day.month, day.day


#: What may be assumed: how it is read, and what it takes.
_READ: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "scale": (_scale, f"a power of ten from 0 to {LARGEST_SCALE}, such as 3 for thousands"),
    "shares-scale": (_scale, f"a power of ten from 0 to {LARGEST_SCALE}, such as 3 for thousands"),
    "currency": (_currency, "an ISO 4217 code of three capital letters, such as CAD"),
    "period": (_period, "a date such as 2009-09-30, or two with a slash: 2009-07-01/2009-09-30"),
    "year-end": (_year_end, "a month and a day, such as 06-30"),
}

DEFAULTS = Options()
