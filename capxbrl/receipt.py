"""The receipt: what was converted, with what, how it was read and judged, and how anybody can do it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from . import __version__, explanation, tables
from .files import load
from .findings import one_line
from .folder import digest
from .model import PAGE, Document, Statement
from .options import DEFAULTS, Options
from .resources import taxonomies

#: Of an input that the caller gives: overrides, a learned table, a taxonomy package.
_LARGEST = 1 << 30
_TABLES = "capx-gaap"
#: The options of one value that a command repeats, and their fields.
_VALUES = {
    "--taxonomy": "taxonomy",
    "--profile": "profile",
    "--layout": "layout",
    "--template": "template",
    "--cik": "cik",
    "--namespace-base": "namespace_base",
    "--min-confidence": "min_confidence",
    "--statements-of": "statements_of",
    "--review": "review",
    "--learned": "learned",
    "--learn-overrides": "learn_overrides",
    "--time-limit": "time_limit",
    "--memory-limit": "memory_limit",
}


def receipt(
    document: Document, statements: tuple[Statement, ...], files: Mapping[str, bytes], options: Options, judged: str
) -> str:
    """The text of receipt.txt, the same for the same input, options and versions.

    files: what was written. judged: what the validator says, "" where it was not asked.
    """
    lines = ["Conversion receipt", "=" * 18, "", *_conversion(document, files, options), ""]
    validation = judged or "Validation receipt\n==================\n\nVerdict    not validated (--no-validate)\n"
    return "\n".join(lines) + "\n" + validation + "\n" + explanation.how_read(statements)


def _conversion(document: Document, files: Mapping[str, bytes], options: Options) -> Iterator[str]:
    yield f"Input      {document.name}, SHA-256 {document.digest}"
    yield f"Read as    {document.format}"
    for name in ("report.xbri", PAGE, *(n for n in files if n.endswith(".htm"))):
        if name in files:
            yield f"Report     {name}, SHA-256 {digest(files[name])}"
            break
    yield f"Files      {', '.join(sorted(files))}"
    yield f"Made by    capxbrl {__version__}, Arelle {_arelle()}"
    yield f"Taxonomy   {options.taxonomy}; the tables of {_TABLES}, SHA-256 {_tables()}"
    learned = digest(load(options.learned, _LARGEST)) if options.learned else _shipped()
    yield f"Learned    {one_line(options.learned.name) if options.learned else 'the shipped table'}, SHA-256 {learned}"
    for table in options.overrides:
        yield f"Overrides  {one_line(table.name)}, SHA-256 {digest(tables.content(table))}"
    for table in options.precedents:
        yield f"Precedents {one_line(table.name)}, SHA-256 {digest(tables.content(table))}"
    for name, path in _given(options):
        yield f"{name:<10} {one_line(path.name)}, SHA-256 {digest(load(path, _LARGEST))}"
    yield f"Repeat     {one_line(shlex.join(command(document.name, options)))}"


def _given(options: Options) -> Iterator[tuple[str, Path]]:
    """The files that a caller gives besides the input and the tables, by what they are."""
    yield from (("Review", path) for path in (options.review,) if path)
    yield from (("Corrected", path) for path in (options.learn_overrides,) if path)
    if options.template is not None:
        yield from (("Template", path) for path in sorted(p for p in options.template.iterdir() if p.is_file()))
    yield from (("Package", path) for path in options.packages)


def command(source: str, options: Options) -> list[str]:
    """The arguments of `capxbrl convert` that make the same; the names of files without their folders."""
    out = ["capxbrl", "convert", f"./{source}" if source.startswith("-") else source, "-o", "out"]
    for flag, name in _VALUES.items():
        value = getattr(options, name)
        if value != getattr(DEFAULTS, name):
            out += [flag, value.name if isinstance(value, Path) else str(value)]
    if options.formats:
        out += ["--format", ",".join(options.formats)]
    flags = {"--all-tables": options.all_tables, "--repair": options.repair, "--tag-prose": options.tag_prose}
    flags |= {
        "--ocr": bool(options.ocr),
        "--no-ocr": options.ocr is False,
        "--strict": options.strict,
        "--no-validate": not options.validate,
    }
    out += [flag for flag, given in flags.items() if given]
    files = (
        ("--overrides", options.overrides),
        ("--precedents", options.precedents),
        ("--package", options.packages),
        ("--packages", options.package_folders),
        ("--edgar-plugin", filter(None, [options.edgar_plugin])),
    )
    for flag, paths in files:
        for path in paths:
            out += [flag, path.name]
    for name, said in options.assume.said().items():
        out += ["--assume", f"{name}={said}"]
    return out


@cache
def _tables() -> str:
    """Of the tables that decide concepts, names and contents together."""
    folder = taxonomies() / _TABLES
    parts = [f"{p.relative_to(folder).as_posix()} {digest(p.read_bytes())}\n" for p in sorted(folder.rglob("*.csv"))]
    return digest("".join(parts).encode())


@cache
def _shipped() -> str:
    return digest((taxonomies() / _TABLES / "learned.zip").read_bytes())


@cache
def _arelle() -> str:
    try:
        return version("arelle-release")
    except PackageNotFoundError:
        return "not installed"
