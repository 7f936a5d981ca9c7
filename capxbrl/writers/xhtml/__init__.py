"""The whole filing as one readable page of inline XBRL (1.1), by Jinja templates.

What a reader sees is the source: the text of every block, in order, with the tags in between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ... import resources
from ...findings import BadData
from ...model import Profile, Report, Unit
from ..template import environment
from .blocks import blocks_of
from .marks import UNIT_IDS
from .plain import without_sheets
from .source import source_page

SUFFIX = ".xhtml"

#: The prefixes that EDGAR asks for, beside those of the concepts.
NAMESPACES = {
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xlink": "http://www.w3.org/1999/xlink",
}
#: The transformations of the SEC (EDGAR Filer Manual II, 5.2.5), where one is used.
_OF_THE_SEC = {"ixt-sec": "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"}
#: What a user may have a template of.
_TEMPLATES = ("report.xhtml.j2", "style.css", "contexts.xml.j2")
#: Characters that XML 1.0 (2.2) does not allow.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_SUSPECT = (b"\xed", b"\xef\xbf")  # what surrogates and noncharacters begin with
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(report: Report, files: Mapping[str, bytes], *, templates: Path | None = None) -> dict[str, bytes]:
    """{name of the inline document: bytes}; for EDGAR without a style sheet and in ASCII.

    templates: a folder of the user's own report.xhtml.j2 or style.css, run in a sandbox; what it lacks is ours.
    Raises BadData when a template of the user's fails.
    """
    template = _environment(templates).get_template("report.xhtml.j2")
    source, there = source_page(report) if report.located else (None, frozenset(f.id for f in report.facts))
    hidden = [fact for fact in report.facts if fact.format == "hidden" or fact.id not in there]
    try:
        page = template.render(
            report=report,
            title=report.title or report.document.name,
            namespaces=sorted((NAMESPACES | dict(report.namespaces) | _transforming(report)).items()),
            schema=f"{report.extension.stem}.xsd",
            hidden=hidden,
            unit_ids=UNIT_IDS,
            units=measures(report),
            source=source,
            blocks=blocks_of(report) if source is None else (),
        )
    except jinja2.TemplateError as error:
        if templates is None:
            raise
        raise BadData(f"{templates}: {error}") from error
    made = legal(page)
    return {report.page: without_sheets(made) if report.profile is Profile.EDGAR else made}


def _transforming(report: Report) -> dict[str, str]:
    return _OF_THE_SEC if any(fact.format.startswith("ixt-sec:") for fact in report.facts) else {}


def measures(report: Report) -> list[dict[str, str]]:
    """The units of the report, as the templates write them."""
    return [_unit(unit, report.currency) for unit in report.units]


def _unit(unit: Unit, currency: str) -> dict[str, str]:
    """id, measure, and what it is divided by ("" for nothing)."""
    money = f"iso4217:{currency}"
    measure, per = {
        Unit.USD: (money, ""),
        Unit.SHARES: ("xbrli:shares", ""),
        Unit.PER_SHARE: (money, "xbrli:shares"),
        Unit.PURE: ("xbrli:pure", ""),
    }[unit]
    return {"id": UNIT_IDS[unit], "measure": measure, "per": per}


def legal(page: str) -> bytes:
    """The document without what XML does not allow, encoded."""
    data = page.encode(errors="surrogatepass")
    # Nearly every page is such already; bytes are looked through faster than characters.
    if len(data.translate(None, _CONTROLS)) == len(data) and not any(mark in data for mark in _SUSPECT):
        return data
    return _FORBIDDEN.sub(_allowed, page).encode()


def _allowed(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else "\N{REPLACEMENT CHARACTER}"


@cache
def _environment(folder: Path | None) -> jinja2.Environment:
    if folder is None:
        return environment()
    if not folder.is_dir():
        raise BadData(f"{folder}: there is no such folder of templates")
    if not any((folder / name).is_file() for name in _TEMPLATES):
        raise BadData(f"{folder}: holds no {' and no '.join(_TEMPLATES)}")
    return ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder), jinja2.FileSystemLoader(resources.templates())]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
