"""What a slip of the typist or of the OCR makes of a figure: the one change that turns what is printed into what is
true.

Digits are compared as they are printed: a digit misread, two swapped, one lost, one too many; a lost or added sign.
Pairs of digits of like shape (0 8, 1 7, 3 8, 5 6, ...) are the ones that OCR confuses; the sets follow the confusions
that Rice, Jenkins and Nartker report for printed digits (The Fifth Annual Test of OCR Accuracy, UNLV 1996).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

#: Digits of like shape.
ALIKE = frozenset(
    frozenset(pair)
    for pair in ("08", "06", "09", "17", "14", "38", "35", "56", "58", "68", "69", "89", "27", "49", "12")
)


class Slip(StrEnum):
    """The one change that explains a wrong figure, or two; NONE where it takes more."""

    DIGIT_ALIKE = "digit-alike"
    DIGIT = "digit"
    SWAPPED = "swapped"
    LOST = "lost"
    EXTRA = "extra"
    SIGN = "sign"
    EXCHANGED = "exchanged"  # the figures of two columns
    POINT = "point"  # for a comma, or a comma for a point
    NONE = ""


def edit(printed: int, true: int) -> Slip:
    """The one change that turns the digits of `printed` into those of `true`."""
    if printed == true:
        return Slip.NONE
    if printed == -true:
        return Slip.SIGN
    if (printed < 0) != (true < 0) and printed and true:
        return Slip.NONE
    a, b = str(abs(printed)), str(abs(true))
    if printed == 0 or true == 0:
        # A single digit that became 0 or came from it; anything longer is a figure lost, not a slip.
        return Slip.DIGIT if len(a) == len(b) else Slip.NONE
    if len(a) == len(b):
        return _changed(a, b)
    if len(b) == len(a) + 1 and _without_one(b, a):
        return Slip.LOST
    if len(a) == len(b) + 1 and _without_one(a, b):
        return Slip.EXTRA
    return Slip.NONE


def _changed(a: str, b: str) -> Slip:
    """The one change that turns digits into as many others."""
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    if len(wrong) == 1:
        return Slip.DIGIT_ALIKE if frozenset((a[wrong[0]], b[wrong[0]])) in ALIKE else Slip.DIGIT
    side_by_side = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return Slip.SWAPPED if side_by_side and all(a[i] == b[j] for i, j in (wrong, wrong[::-1])) else Slip.NONE


def _without_one(longer: str, shorter: str) -> bool:
    """Taking one digit out of `longer` gives `shorter`; leading zeros fall away."""
    return any((longer[:i] + longer[i + 1 :]).lstrip("0") == shorter for i in range(len(longer)))


def slips(printed: int) -> Iterator[int]:
    """Every figure that one slip could have made `printed` of: a digit, two swapped, one lost, one too many,
    the sign."""
    sign, digits = (-1 if printed < 0 else 1), str(abs(printed))
    yield -printed
    for i in range(len(digits)):
        for digit in "0123456789":
            if digit != digits[i]:
                yield sign * int(digits[:i] + digit + digits[i + 1 :])
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield sign * int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
    for i in range(len(digits) + 1):
        for digit in "0123456789":
            yield sign * int(digits[:i] + digit + digits[i:])
    for i in range(len(digits) if len(digits) > 1 else 0):
        yield sign * int(digits[:i] + digits[i + 1 :])
