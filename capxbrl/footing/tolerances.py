"""The tolerances of sums: how far a search goes, and what is believed."""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SumTolerances:
    """In lines unless a field says otherwise; beliefs are decimal digits that agree beyond what chance gives.

    Found on statements of 1993 to 2025 as printed, and with errors put in (evals/errors.py): the values at which no
    sum of a true page is denied and most errors are found. A test for each moves it far and sees a proof break
    (tests/test_sum_tolerances.py).
    """

    #: A total looks back so far: with less, long sections add up nowhere.
    reach: int = 80
    #: Lines below a total that stands above its parts.
    below: int = 12
    #: Runs so long are searched for two lines whose sign is turned, and for three.
    two_turned: int = 48
    three_turned: int = 24
    #: A single figure of so many units of the last place tells a sum from chance.
    telling: int = 1000
    #: A figure of so many units, in two columns or more, stands again because it is carried on, not by chance: with
    #: more, the results of small accounts count twice.
    carried: int = 100
    #: Belief that a sum with two or three signs turned must have: with less, chance turns signs.
    belief_turned: float = 1.0
    #: Belief that a sum with a column that misses must have: a strong total, a likely one, any line.
    belief_strong: float = 0.5
    belief_likely: float = 2.0
    belief_any: float = 5.0
    #: What a gap that no single slip explains costs, as belief.
    unexplained: float = -1.5
    #: What a column costs that only ties within rounding, as belief: five answers fit there, not one.
    rounded: float = 0.7
    #: Where columns round, a gap up to so many times what rounding explains is no error yet.
    more_than_rounding: int = 5
    #: Units of the last place: figures per share are rounded quotients, so that a gap up to this tells nothing.
    per_share_units: int = 3
    #: So many lines of one figure, from the total up, are tried with their sign turned.
    last: int = 4
    #: Sums of a line that is called no total are believed where chance makes fewer than this of them.
    by_chance: float = 1e-5


TOLERANCES = SumTolerances()
