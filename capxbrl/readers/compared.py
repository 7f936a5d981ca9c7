"""Columns that compare two others: "% change from" over dates that stand over earlier columns already."""

from __future__ import annotations

from collections.abc import Sequence

from .. import words as vocabulary


def compares(text: str) -> bool:
    """The words stand over what two other columns differ by."""
    return vocabulary.pattern("columns", "compares").search(text) is not None


def compared_columns(heads: Sequence[Sequence[str]], width: int) -> int:
    """How many of the last columns have headings of earlier ones, below words of a change.

    heads: the words of each row of headings, from left to right, without the label; width: how many columns of figures
    there are.  The other columns share the headings before these words evenly, and under one of them no two are alike.
    """
    groups = next((len(words) - 1 for words in heads if _ends_in_change(words)), 0)
    full = [[" ".join(text.split()).casefold() for text in words] for words in heads if len(words) == width]
    over = list(zip(*full, strict=True))
    if not groups or not over:
        return 0
    again = next((n for n, text in enumerate(reversed(over)) if text not in over[: width - n - 1]), 0)
    return next((n for n in range(1, again + 1) if _told_apart(over[: width - n], groups)), 0)


def _ends_in_change(words: Sequence[str]) -> bool:
    """The last heading of several, and only this one, has words of a change."""
    return len(words) > 1 and [compares(text) for text in words] == [False] * (len(words) - 1) + [True]


def _told_apart(over: Sequence[tuple[str, ...]], groups: int) -> bool:
    """In each of so many groups of columns no two have the same headings."""
    size, rest = divmod(len(over), groups)
    return rest == 0 and all(len(set(over[n : n + size])) == size for n in range(0, len(over), size or 1))
