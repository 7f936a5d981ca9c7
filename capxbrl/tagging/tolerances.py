"""The tolerances of tagging: how probable a concept must be, and what evidence counts how much.

Probabilities and shares are parts of one. Found on filings of companies that no model was learned
from (evals/tagging.py).
tests/test_stage_tolerances.py moves them far.
"""

from __future__ import annotations

from decimal import Decimal

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTolerances:
    """Of the choice among the candidates of a line."""

    #: A line becomes an extension concept where its likeliest family of near-synonyms is less probable. On the rendered
    #: filings of 120 companies never seen, whose filers leave 0.117 of the lines without an element, 0.64 leaves 0.171,
    #: 0.50 0.138 and 0.45 0.125; of what 0.48 claims more than 0.64, half is right, and told to be in doubt
    #: (evals/tagging.txt). A limit on the probability of an own element instead claims fewer right families for as many
    #: elements of one's own.
    confidence: float = 0.48
    #: Companies that show a label and may outvote a synonym ...
    companies: int = 5
    #: ... by such a majority.
    majority: float = 0.6
    #: What a row of the synonyms is worth beside the companies that show its label, in companies.
    row: int = 10
    #: A concept so probable needs no synonym.
    beyond_doubt: float = 0.8
    #: A concept less probable is not looked at.
    faint: float = 0.002
    #: How sure a row of the synonyms is, ...
    synonym: float = 0.95
    #: ... and for a label that says besides how the figure is stated.
    essence: float = 0.85
    #: How sure it is that words which filers put in many ways mean an element.
    worded: float = 0.8
    #: How sure a line is of an element that is called as it is.
    called: float = 0.7
    #: A concept that is called as the line is gives way to one so much more probable.
    named: float = 0.25
    #: How sure the two largest figures of a balance sheet that are equal are of its two sides.
    sides: float = 0.98
    #: A total that its words do not name is the concept of its parts only if nothing is so probable, ...
    parts: float = 0.9
    #: ... and if such a share of the parts says so, ...
    parts_share: float = 0.4
    #: ... so many steps of the calculation tree above them.
    steps: int = 6
    #: Ratio: what should be at most the other contradicts it only if it is so many times as large.
    beyond: Decimal = Decimal("1.1")
    #: Other concepts told of a line are so probable.
    worth_telling: float = 0.1
    #: A sum tells signs where chance makes fewer than this of its kind.
    chance: float = 0.05
    #: Characters behind a figure in which its class may be named: "1,000,000 shares of Class A".
    behind: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RankTolerances:
    """Of the ranking of candidates; fitted with the weights of its measures (`tagging/rank.py`)."""

    #: Candidates of a line that are looked at, ...
    candidates: int = 16
    #: ... and those that count for the other lines.
    claims: int = 8
    #: The part of the text model in the mixture of the two models that candidates come from.
    text: float = 0.4
    #: A concept with such a share of the votes of precedents is a candidate, whatever the models say.
    voted: float = 0.05
    #: From this nearness on a company counts as close, ...
    close: float = 0.3
    #: ... from this one it is taken for the filer itself, or for one whose statements come from the same template.
    same: float = 0.5
    #: Added to a share of the votes, since a concept that nobody gave may be right.
    floor: float = 0.02
    #: How fast nearness makes votes count in full.
    rise: float = 3.0


TAGS, RANKS = TagTolerances(), RankTolerances()
