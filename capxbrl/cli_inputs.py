"""What the commands take in: an input read with the options given, the report of a folder."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from .cli_options import READING, chosen
from .console import tell_page
from .findings import CapxbrlError, Finding
from .options import Options, choose

if TYPE_CHECKING:
    from .model import Document
    from .pipeline import Conversion


def opened_input(source: Path) -> tuple[Path | bytes, str | None]:
    """A file, or standard input for "-", and its name."""
    if str(source) != "-":
        return source, None
    from .files import MAX_BYTES, read_up_to

    return read_up_to(sys.stdin.buffer, MAX_BYTES + 1), "standard-input"


class Analysed(NamedTuple):
    """An input as the commands that print take it."""

    document: Document
    made: Conversion
    findings: tuple[Finding, ...]
    choices: Options


def analysed(source: Path, given: dict[str, Any]) -> Analysed:
    """INPUT read with these options. Raises CapxbrlError."""
    from .pipeline import opened

    choices = choose(**chosen(given))
    made, found = opened(*opened_input(source), choices, tell_page)
    return Analysed(made.document, made, found, choices)


def files_of(options: Mapping[str, Any]) -> list[Path]:
    """The files that are given besides the input."""
    single = (options[name] for name in ("review", "learned"))
    return [*options["overrides"], *options["precedents"], *(path for path in single if path)]


class Reviewed(NamedTuple):
    """An input of `review`: the filing, the options to read it with, and where its page and its journal are kept."""

    source: Path
    options: dict[str, Any]
    page: Path
    folder: Path


def to_review(source: Path, options: Mapping[str, Any]) -> Reviewed:
    """A filing; or that which an output folder was made of, with the options that its receipt repeats, where others are
    not given. Raises CapxbrlError."""
    if not source.is_dir():
        stem = source.stem if str(source) != "-" else "standard-input"
        return Reviewed(source, dict(options), Path(f"{stem}.review.html"), Path(f"{stem}.review"))
    from .folder import made_of

    path, words = made_of(source)
    again = _repeated(source, words)
    given = {name: value or again[name] for name, value in options.items()}
    return Reviewed(path, given, source / "to-review.html", source)


def _repeated(folder: Path, words: Sequence[str]) -> dict[str, Any]:
    """The options of a command line of `convert` that say how a filing is read."""
    from .folder import beside

    files = {"--overrides", "--precedents", "--learned", "--review"}
    pairs = zip(("", *words), words, strict=False)
    found = [str(beside(folder, word)) if before in files else word for before, word in pairs]
    reading = click.Command("convert", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
    READING(reading)
    return dict(reading.make_context("convert", found).params)


def report_in(path: Path) -> Path:
    """The report of a folder; a file as it is. Raises CapxbrlError."""
    if not path.is_dir():
        return path
    found = next((p for p in (path / "report.xbri", path / "report.xhtml") if p.exists()), None)
    if found is None:
        raise CapxbrlError(f"{path}: holds no report.xbri or report.xhtml")
    return found
