"""The only place that knows where the shipped taxonomies and templates are."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

#: Absolute URLs of our own schemas start with this; the rest is the path below the taxonomies folder.
BASE_URL = "http://capxbrl.example/"


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; install capxbrl again")
    return Path(spec.origin).parent


def taxonomies() -> Path:
    """The folder of the shipped taxonomies."""
    return _folder("capxbrl.taxonomies")


def templates() -> Path:
    """The folder of the shipped Jinja templates."""
    return _folder("capxbrl.templates")
