"""The only place that knows where the shipped taxonomies and templates are."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

#: Absolute URLs of our own schemas start with this; the rest is the path below the taxonomies folder.
BASE_URL = "http://capxbrl.example/"
#: Our part of the interactive viewer: its script among the templates, what it is called beside the viewer's page, and
#: how the element of that page begins that holds what it shows.
VIEWER_SCRIPT, VIEWER_SCRIPT_NAME = "viewer.js", "capxbrl.js"
NOTES = '<script id="capxbrl-notes" type="application/json">'


@cache
def _folder(name: str) -> Path:
    spec = find_spec(f"capxbrl.{name}")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent
    # Python started in a checkout finds the package in the working folder; the data is then beside it.
    beside = Path(__file__).resolve().parent.parent / name
    if beside.is_dir():
        return beside
    raise ModuleNotFoundError(f"capxbrl.{name} is not installed; install capxbrl again")


def taxonomies() -> Path:
    """The folder of the shipped taxonomies."""
    return _folder("taxonomies")


def templates() -> Path:
    """The folder of the shipped Jinja templates."""
    return _folder("templates")
