"""The options and arguments of the commands: each group once, as one decorator."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click

from .findings import Severity
from .model import PageLayout, Profile
from .options import DEFAULTS, WrongOption

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

#: A file or a folder that is there; and one that may be made.
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)

INPUT = click.argument("source", metavar="INPUT", type=_NEW_FILE)
INPUT_OR_FOLDER = click.argument("source", metavar="INPUT|DIR", type=click.Path(path_type=Path))
REPORT = click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))
REPORTS = click.argument("reports", metavar="REPORT...", nargs=-1, required=True, type=click.Path(path_type=Path))
SOURCES = click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=_FILE)
FOLDER = click.argument("folder", metavar="DIR", type=_FOLDER)


def _group(*options: Decorator) -> Decorator:
    """Several options as one decorator."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        return reduce(lambda made, option: option(made), options, command)

    return decorate


def shape(*names: str) -> Decorator:
    """--format, the first by default."""
    return click.option("--format", "shape", type=click.Choice(names), default=names[0], show_default=True)


TAXONOMY = click.option(
    "--taxonomy",
    default="capx-gaap",
    show_default=True,
    metavar="NAME",
    help="Write the facts in the elements of this taxonomy: capx-gaap, us-gaap-2009, ..., or us-gaap for the "
    "filing's year.",
)
#: How an input is read; `chosen` makes the record of them.
READING = _group(
    click.option("--cik", metavar="N", help="The filer's Central Index Key, where the filing does not say it."),
    click.option(
        "--overrides",
        multiple=True,
        type=_FILE,
        metavar="CSV",
        help="Your own rows statement,label,under,concept,negate,note; they decide before anything else.",
    ),
    click.option(
        "--precedents",
        multiple=True,
        type=_FILE,
        metavar="CSV",
        help="A precedents.csv that --learn-overrides made of an earlier filing of the company; decides next.",
    ),
    click.option(
        "--review",
        type=_FILE,
        metavar="JSON",
        help="The review.json of a review of this filing, or of an earlier one of the company: its choices decide, "
        "and what changed after it was accepted is told.",
    ),
    click.option("--all-tables", is_flag=True, help="Also read supplementary, pro forma, segment and non-GAAP tables."),
    click.option(
        "--repair", is_flag=True, help="Change figures that one slip explains beyond doubt; each change is a finding."
    ),
    click.option("--tag-prose", is_flag=True, help="Also tag the figures of running text that agree with a statement."),
    click.option(
        "--assume",
        multiple=True,
        metavar="KEY=VALUE",
        help="What the page does not say: scale=3, shares-scale=0, currency=CAD, period=2009-09-30, year-end=06-30.",
    ),
    click.option(
        "--statements-of",
        metavar="NAME",
        help="Convert the statements of this company, where a filing holds several's.",
    ),
    click.option(
        "--ocr/--no-ocr",
        default=None,
        help="Read scanned pages anew, whatever text lies behind their pictures. [default: where that does not add up]",
    ),
    click.option("--strict", is_flag=True, help="Doubtful readings are errors: exit status 1."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="P",
        help="Below this, a line becomes an extension concept.",
    ),
    click.option(
        "--learned",
        type=_FILE,
        metavar="FILE",
        help="A table made by `capxbrl learn`, instead of the shipped one.",
    ),
)
#: The taxonomy packages to validate with, and what Arelle may take.
VALIDATING = _group(
    click.option(
        "--package",
        "packages",
        multiple=True,
        type=_FILE,
        metavar="ZIP",
        help="A taxonomy package that the report needs.",
    ),
    click.option(
        "--packages",
        "package_folders",
        multiple=True,
        type=_FOLDER,
        envvar="CAPXBRL_PACKAGES",
        metavar="DIR",
        help="A folder that is searched for the taxonomy packages needed.  [env: CAPXBRL_PACKAGES]",
    ),
    click.option(
        "--memory-limit",
        type=click.IntRange(min=1),
        default=DEFAULTS.memory_limit,
        show_default=True,
        metavar="MB",
        help="The memory that Arelle may take for a report.",
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        default=DEFAULTS.time_limit,
        show_default=True,
        metavar="SECONDS",
        help="The time that Arelle may take for a report.",
    ),
)
#: What `doctor` looks at: folders that may not be there.
LOOKED_AT = _group(
    click.option(
        "--packages",
        "package_folders",
        multiple=True,
        type=_NEW_FOLDER,
        envvar="CAPXBRL_PACKAGES",
        metavar="DIR",
        help="A folder of taxonomy packages.  [env: CAPXBRL_PACKAGES]",
    ),
    click.option(
        "--edgar-plugin",
        type=_NEW_FOLDER,
        envvar="CAPXBRL_EDGAR",
        metavar="DIR",
        help="A checkout of github.com/Arelle/EDGAR.  [env: CAPXBRL_EDGAR]",
    ),
)
#: What is told, and when the exit status is 1.
TELLING = _group(
    click.option("--quiet", is_flag=True, help="Tell errors only."),
    click.option(
        "--fail-on",
        type=click.Choice([Severity.ERROR.value, Severity.WARNING.value]),
        default=Severity.ERROR.value,
        show_default=True,
        help="The exit status is 1 from this severity on.",
    ),
)
#: Where data go, standard output by default.
WRITING = _group(
    click.option("-o", "--output", type=_NEW_FILE, metavar="FILE", help="Write into FILE, whole or not at all."),
    click.option("--excel", is_flag=True, help="With a byte order mark, so that Excel reads the CSV as UTF-8."),
)
#: Whether the rules of the SEC judge a report.
EDGAR = _group(
    click.option(
        "--profile",
        type=click.Choice([p.value for p in Profile]),
        default=DEFAULTS.profile.value,
        show_default=True,
        help="What the report is made for: any XBRL processor, or EDGAR, which asks for more.",
    ),
    click.option(
        "--edgar-plugin",
        type=_FOLDER,
        metavar="DIR",
        help="A checkout of github.com/Arelle/EDGAR: its rules of the SEC judge the report. With --profile edgar it is "
        "also looked for in CAPXBRL_EDGAR.",
    ),
)
#: How the page is set.
PAGE = _group(
    click.option(
        "--layout",
        type=click.Choice([one.value for one in PageLayout]),
        default=DEFAULTS.layout.value,
        show_default=True,
        help="How the page is set: anew, or as the filer set it (HTML and text).",
    ),
    click.option(
        "--template",
        type=_FOLDER,
        metavar="DIR",
        help="Your own report.xhtml.j2 or style.css for the page, run in a sandbox.",
    ),
    click.option("--namespace-base", metavar="URL", help="Where the filer's own namespace lives."),
)
#: What `convert` makes, and where.
CONVERTING = _group(
    click.option(
        "--format",
        "formats",
        metavar="LIST",
        default="",
        help="Which outputs to write, by name: xhtml, extension, package, facts (these by default); excel, parquet, "
        "json, fsds, sarif, xbrl, xbrl-json, xbrl-csv.",
    ),
    click.option("--force", is_flag=True, help="Write into DIR though it holds files of other makers; they stay."),
    click.option("--no-validate", is_flag=True, help="Do not run Arelle; there is no viewer then."),
    click.option(
        "--learn-overrides",
        type=_FILE,
        metavar="CSV",
        help="A facts.csv that you corrected: also write overrides.csv, the rows that give its concepts and signs, "
        "and precedents.csv, the company's choices for its next filing.",
    ),
    EDGAR,
    PAGE,
)
#: Many at a time.
JOBS = click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Workers.")


class _Share(click.ParamType[float]):
    """1%, or 0.01."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            text = str(value).strip()
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            self.fail(f"{value!r} is no share, such as 1%", param, ctx)
        return share


AUDIT = click.option(
    "--audit",
    type=_Share(),
    default="0",
    metavar="SHARE",
    help="Validate this share of the reports a second time, alone, and tell where that differs: 1%.",
)
INTO_FOLDER = click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=_NEW_FOLDER,
    metavar="DIR",
    help="Folder for the output; made if absent.",
)
INTO_FILE = click.option("-o", "--output", required=True, type=_NEW_FILE, metavar="FILE")


def chosen(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `options.choose` takes them. Raises WrongOption."""
    said = [entry.partition("=") for entry in given.pop("assume")]
    for key, equals, _ in said:
        if not equals:
            raise WrongOption(f"--assume takes KEY=VALUE, such as scale=3; {key!r} has no =")
    return given | {"assume": {key.strip(): value for key, _, value in said}}
