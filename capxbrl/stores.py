"""What was worked out once of tables and patterns, in a file: nothing is lost where it cannot be read."""

from __future__ import annotations

import marshal
import zlib
from pathlib import Path
from typing import Any


def loaded(path: Path) -> dict[Any, Any]:
    """What a store holds; nothing where there is none, or it is damaged."""
    try:
        return dict(marshal.loads(zlib.decompress(path.read_bytes())))
    except (OSError, zlib.error, ValueError, EOFError, TypeError):
        return {}


def dumped(values: dict[Any, Any]) -> bytes:
    """A store: same values, same bytes, under every Python."""
    return zlib.compress(marshal.dumps(values, 2), 9)
