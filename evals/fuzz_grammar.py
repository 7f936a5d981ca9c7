"""The grammars of figures and dates under fuzzing: any text gives a value that its digits bear out, or none.

    python evals/fuzz_grammar.py [--seconds S] [--seed N]

With atheris (`pip install atheris`, for this alone), guided by coverage; without it, texts put together at random of
the parts that figures and dates are made of. Each text is read as a figure of a cell, with decimal points and
with decimal commas, and as a heading. Passed when nothing is raised, the shown part of a figure is where it says and
makes its value by its own transformation, and no text takes longer than a second.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from fuzz_oracles import digits

from capxbrl.amounts import HIDDEN, PrintedKind, parse_amount
from capxbrl.periods import read_clues

_PARTS = (
    "1 2 34 567 0 00 000 1234 12,345 1.234 1,23,4 . , ' - – — ( ) [ ] $ US$ € £ % * † / 1/2 ½ ١٢ １２ 𝟏 − + e9 E "
    "NaN Infinity Cr DR (a) (1) million thousand cents Q1 1Q09 FY 2009 2008 '09 99 1900 2050 January Sept. Sep "
    "September 30 31 29 February 30, 31, th st ended Ended ending Three Nine 13 52 53 Weeks weeks Months months Year "
    "Quarter to through from and as of at the 2009-09-30 9/30/09 30.9.2009 12/31/2008 fiscal Period (Unaudited)"
)
_SECONDS = 1.0


def check(text: str) -> None:
    """Raises AssertionError for a reading that its own text does not bear out."""
    begun = time.process_time()
    for comma in (False, True):
        printed = parse_amount(text, comma)
        if printed is None or printed.kind is PrintedKind.NONE:
            continue
        assert text[printed.start : printed.end] == printed.shown, "it is not where it says"
        assert printed.value.is_finite()
        if printed.kind in (PrintedKind.NUMBER, PrintedKind.PERCENT) and printed.form != HIDDEN:
            bare = digits(printed.shown, printed.form)
            assert bare is not None and bare == abs(printed.value), f"{printed.shown!r} is not {printed.value}"
    read_clues(text)
    assert time.process_time() - begun < _SECONDS, "it takes too long"


def made_up(rng: random.Random) -> str:
    parts = rng.choices(_PARTS.split(), k=rng.randint(1, 9))
    text = "".join(part + rng.choice(("", "", " ", " ", "  ", "\xa0", "\n")) for part in parts)
    if rng.random() < 0.3:
        at = rng.randrange(len(text))
        text = text[:at] + chr(rng.choice((rng.randrange(32, 127), rng.randrange(160, 0x3000)))) + text[at + 1 :]
    return text * rng.choice((1,) * 30 + (200,))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    try:
        import atheris
    except ImportError:
        return _at_random(a.seconds, a.seed)
    for function in (check, *_grammars()):  # of everything, it takes minutes
        atheris.instrument_func(function)
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={a.seconds}", f"-seed={a.seed}", "-max_len=200"],
        lambda data: check(_told(atheris.FuzzedDataProvider(data))),
    )
    atheris.Fuzz()
    return 0


def _grammars() -> Iterator[FunctionType]:
    """The functions that read figures and dates."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("capxbrl.amounts", "capxbrl.periods", "capxbrl.grammar")):
            for value in vars(module).values():
                function = getattr(value, "__wrapped__", value)
                if isinstance(function, FunctionType) and function.__module__ == name:
                    yield function


def _told(data: Any) -> str:
    """The text that bytes stand for: letters, or parts that figures and dates are made of."""
    if data.ConsumeBool():
        return str(data.ConsumeUnicodeNoSurrogates(200))
    parts = _PARTS.split()
    count = data.ConsumeIntInRange(1, 12)
    return "".join(data.PickValueInList(parts) + data.PickValueInList(["", " ", "\n"]) for _ in range(count))


def _at_random(seconds: int, seed: int) -> int:
    rng, begun, count, failed = random.Random(seed), time.monotonic(), 0, 0
    while time.monotonic() - begun < seconds:
        text, count = made_up(rng), count + 1
        try:
            check(text)
        except Exception as error:
            failed += 1
            print(f"--- {text[:200]!r}: {type(error).__name__}: {error}", flush=True)
    print(f"{count} texts of seed {seed}, {failed} failures (without atheris)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
