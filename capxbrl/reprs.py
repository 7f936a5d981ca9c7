"""Short reprs: a value of a filing is shown in one line, however much it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from os import PathLike, fspath
from typing import Any

#: The longest text that is shown whole, the longest repr, and how many plain values of a sequence are shown.
_TEXT, _LONGEST, _FEW = 48, 240, 3


class Brief:
    """A record whose repr is one short line: `_brief` where it has one of its own, else the fields that are set, with
    the size of what holds much. Its dataclass is made with repr=False."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shortened(', '.join(self._brief()), _LONGEST)})"

    def _brief(self) -> Iterator[str]:
        """What stands between the parentheses."""
        assert is_dataclass(self)
        for field in fields(self):
            value = getattr(self, field.name)
            default = field.default_factory() if field.default_factory is not MISSING else field.default
            if field.repr and not (value is default or value == default):
                yield f"{field.name}={brief(value)}"


def brief(value: Any) -> str:
    """A value in a few words: a text cut, a number plain, of a sequence how many."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return repr(shortened(value, _TEXT))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PathLike):
        return repr(fspath(value))
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, Mapping | tuple | list | set | frozenset):
        return _sequence(value)
    return repr(value)


def _sequence(values: Any) -> str:
    plain = isinstance(values, tuple) and all(isinstance(v, str | int | None) for v in values)
    if plain and len(values) <= _FEW:
        return f"({', '.join(map(brief, values))}{',' * (len(values) == 1)})"
    return f"<{len(values):,}>"


def shortened(text: str, most: int) -> str:
    """The text, its end left out where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - 3] + "..."
