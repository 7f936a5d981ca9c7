"""Text -> XML, as the templates escape it, for what is written row by row."""

from __future__ import annotations

import re

from markupsafe import escape

_UNSAFE = re.compile("[&<>'\"]")


def escaped(text: str) -> str:
    """The text as an element or an attribute may hold it; most of it is already such."""
    return str(escape(text)) if _UNSAFE.search(text) else text
