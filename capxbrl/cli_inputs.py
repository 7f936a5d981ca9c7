"""What the commands take in: an input read with the options given, the report of a folder."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .cli_options import chosen
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
    return [*options["overrides"], *options["precedents"], *([options["learned"]] if options["learned"] else [])]


def report_in(path: Path) -> Path:
    """The report of a folder; a file as it is. Raises CapxbrlError."""
    if not path.is_dir():
        return path
    found = next((p for p in (path / "report.xbri", path / "report.xhtml") if p.exists()), None)
    if found is None:
        raise CapxbrlError(f"{path}: holds no report.xbri or report.xhtml")
    return found
