"""Columns that compare two others: "% change from" over dates that stand over earlier columns already."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Words over what columns differ by.
CHANGE = re.compile(r"%|\b(?:percent|increase|decrease|change|variance)\b", re.I)


def compared_columns(heads: Sequence[Sequence[str]], width: int) -> int:
    """How many of the last columns have headings of earlier ones, below words of a change.

    heads: the words of each row of headings, from left to right; width: how many columns of figures there are.
    """
    if not any([bool(CHANGE.search(text)) for text in words] == [False] * (len(words) - 1) + [True] for words in heads):
        return 0
    full = [[" ".join(text.split()).casefold() for text in words] for words in heads if len(words) == width]
    over = list(zip(*full, strict=True))
    return next((n for n, text in enumerate(reversed(over)) if text not in over[: len(over) - n - 1]), 0)
