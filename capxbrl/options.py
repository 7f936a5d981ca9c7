"""What a caller may choose: one record for `convert`, its stages and the command line.

What the page does not say, a user may say: an assumption is a witness named "you" that outranks all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from .findings import CapxbrlError
from .model import PageLayout, Period, Profile

Choice = TypeVar("Choice", PageLayout, Profile)

#: No printed scale is larger than a trillion.
LARGEST_SCALE = 12
_CIK_DIGITS = 10
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(\d\d)-(\d\d)")


class WrongOption(CapxbrlError):
    """An option has a value that means nothing; the text says what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """taxonomy_name: the facts are written in its elements. overrides: files of the caller's own rows. precedents:
    files of what earlier filings of the company did, which decide after these. learned: another
    learned table than the shipped one. min_confidence: below it a line becomes an extension concept.

    profile: what the report is made for. edgar_plugin: the folder of Arelle's plug-in EDGAR, which judges it by the
    rules of the SEC. layout: how the page is set. template: a folder of the caller's own report.xhtml.j2 or style.css.

    cik, namespace_base: the filer's identifier and namespace. all_tables: supplementary, pro forma and segment tables
    too.
    repair: first change the figures that one slip explains beyond doubt; each change is a finding `repair.applied`.
    tag_prose: also tag the figures of running text that agree with a statement.
    strict: doubtful readings are errors. assume: what the user says of the filing. statements_of: whose statements to
    convert, where a filing holds those of more than one company.
    ocr: read pages that are pictures anew, whatever text they have; None: where the text of a scan does not add up.

    packages: taxonomy packages (zip) to validate with. package_folders: searched for those that a report needs besides.
    validate, viewer: run Arelle; make a viewer with it. time_limit, memory_limit: seconds and megabytes that Arelle may
    take.
    formats: names of writers; the usual ones when empty. learn_overrides: a facts CSV that the caller corrected, from
    which the files overrides.csv and precedents.csv are made.
    """

    taxonomy_name: str = "capx-gaap"
    profile: Profile = Profile.OPEN
    edgar_plugin: Path | None = None
    layout: PageLayout = PageLayout.OWN
    template: Path | None = None
    overrides: tuple[Path | str, ...] = ()
    precedents: tuple[Path | str, ...] = ()
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
    packages: tuple[Path | str, ...] = ()
    package_folders: tuple[Path | str, ...] = ()
    validate: bool = True
    viewer: bool = True
    time_limit: float = 120.0
    memory_limit: int = 2048
    formats: tuple[str, ...] = ()
    learn_overrides: Path | None = None


DEFAULTS = Options()


def choose(**given: Any) -> Options:
    """The record of the options given by name.

    `assume` may be a mapping such as {"scale": 3, "currency": "CAD"}; sequences become tuples. Raises TypeError for a
    name that is no option, WrongOption for a value that means nothing.
    """
    made = dict(given)
    if not isinstance(made.get("assume", DEFAULTS.assume), Assumptions):
        made["assume"] = assumptions(made["assume"] or {})
    if made.get("cik") is not None:
        made["cik"] = _cik(str(made["cik"]).strip())
    if "profile" in made:
        made["profile"] = _one_of(Profile, "profile", str(made["profile"]))
    if "layout" in made:
        made["layout"] = _one_of(PageLayout, "layout", str(made["layout"]))
    least = made.get("min_confidence")
    if least is not None and not 0 <= least <= 1:  # what is no number at all is refused, too
        raise WrongOption(f"a confidence is from 0 to 1, not {least}")
    for name in ("overrides", "precedents", "packages", "package_folders", "formats"):
        if name in made:
            made[name] = tuple(made[name])
    for name in ("learned", "learn_overrides"):
        if made.get(name) is not None:
            made[name] = Path(made[name])
    return Options(**made)


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
