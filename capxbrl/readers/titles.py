"""What a line looks like: a heading, by its length, its end and its capitals."""

from __future__ import annotations

from . import tolerances as tol


def may_head(text: str) -> bool:
    """A line short enough for a heading, which is no sentence and no item of a list."""
    return len(text) <= tol.TEXTS.heading and not text.rstrip().endswith((".", ";", ","))


def is_title(text: str) -> bool:
    """Most of its words begin with a capital."""
    words = [w for w in text.split() if w[:1].isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= tol.TEXTS.capitals * len(words)
