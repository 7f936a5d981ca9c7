"""The concepts a line may carry, each with a score between 0 and 1 and the words that say why.

Order of trust: the caller's overrides, a company whose statements have the same lines, the synonyms, and then what
companies used for lines like this one (rank.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Concept, FigureKind, Kind, LineItem, LineRole, PeriodType, Unit
from ..records import dataclass, replace
from ..taxonomy import UNIT_OF_TYPE, Taxonomy
from . import tolerances as tol
from .labels import basic_and_diluted, in_essence, normalise, short_kind, unit_key
from .normal_forms import name_words
from .rank import OWN, Ranked
from .tables import Learned, Synonym, find
from .wordings import worded

#: Labels that only the sum behind them, or the place they stand at, can tell.
BARE = frozenset({"", "total", "totals", "net", "subtotal", "basic", "diluted", "other"})
#: What a line with a role may be, whatever else its words are like; the first where nothing speaks for any of them.
OF_ROLE = {
    LineRole.OPENING: ("CashAndCashEquivalentsAtCarryingValue", "Cash"),
    LineRole.CLOSING: ("CashAndCashEquivalentsAtCarryingValue", "Cash"),
    LineRole.CASH: ("CashAndCashEquivalentsAtCarryingValue", "Cash", "CashAndDueFromBanks"),
    LineRole.CASH_CHANGE: ("CashAndCashEquivalentsPeriodIncreaseDecrease",),
    LineRole.OPERATING_CASH: ("NetCashProvidedByUsedInOperatingActivities",),
    LineRole.INVESTING_CASH: ("NetCashProvidedByUsedInInvestingActivities",),
    LineRole.FINANCING_CASH: ("NetCashProvidedByUsedInFinancingActivities",),
    LineRole.EXCHANGE_EFFECT: ("EffectOfExchangeRateOnCashAndCashEquivalents",),
    LineRole.REVENUE: ("Revenues", "SalesRevenueNet", "SalesRevenueGoodsNet"),
    LineRole.GROSS_PROFIT: ("GrossProfit",),
    LineRole.OPERATING_INCOME: ("OperatingIncomeLoss",),
    LineRole.INCOME_BEFORE_TAX: (
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
    ),
    LineRole.INCOME_TAX: ("IncomeTaxExpenseBenefit",),
    LineRole.NET_INCOME: ("NetIncomeLoss", "ProfitLoss"),
    LineRole.NET_INCOME_TO_COMMON: ("NetIncomeLossAvailableToCommonStockholdersBasic",),
    LineRole.COMPREHENSIVE_INCOME: ("ComprehensiveIncomeNetOfTax",),
    LineRole.EPS_BASIC: ("EarningsPerShareBasic",),
    LineRole.EPS_DILUTED: ("EarningsPerShareDiluted",),
    LineRole.SHARES_BASIC: ("WeightedAverageNumberOfSharesOutstandingBasic",),
    LineRole.SHARES_DILUTED: ("WeightedAverageNumberOfDilutedSharesOutstanding",),
    LineRole.TOTAL_CURRENT_ASSETS: ("AssetsCurrent",),
    LineRole.TOTAL_ASSETS: ("Assets",),
    LineRole.TOTAL_CURRENT_LIABILITIES: ("LiabilitiesCurrent",),
    LineRole.TOTAL_LIABILITIES: ("Liabilities",),
    LineRole.RETAINED_EARNINGS: ("RetainedEarningsAccumulatedDeficit",),
    LineRole.TOTAL_EQUITY: (
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ),
    LineRole.TOTAL_LIABILITIES_AND_EQUITY: ("LiabilitiesAndStockholdersEquity",),
}  # fmt: skip
#: The vintage that the companies used which show a label.
_THEIRS = "2009"
#: The years of the filings that the companies were learned from, and their neighbours.
_FIRST_YEARS = range(2008, 2012)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """concept None: the filer's own. negate: a sign that an override or synonym fixes."""

    concept: Concept | None
    score: float
    why: str
    negate: int | None = None
    name: str = ""  # of a new concept that an override asks for
    near: Concept | None = None  # for the filer's own: the most probable standard concept
    sure: bool = False  # taken however probable it is
    named: bool = False  # called as the line is: taken before an element of the filer's own
    of_role: bool = False  # what a line of its role may be: taken so too
    overridden: bool = False  # by a row of the caller's
    others: tuple[str, ...] = ()  # names of what the line may be as well, likeliest first

    @property
    def called(self) -> str:
        """The name of the concept, also of one that is to be made; "" for the filer's own."""
        return self.concept.name if self.concept else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The tables that candidates come from."""

    overrides: Mapping[str, Sequence[Synonym]]  # by label, as the synonyms
    synonyms: Mapping[str, Sequence[Synonym]]
    learned: Learned


def unit_of(line: LineItem) -> Unit:
    """The unit of a line's figures."""
    return next((a.unit for a in line.amounts if a is not None), Unit.USD)


def fits(concept: Concept, line: LineItem, kind: Kind, taxonomy: Taxonomy) -> bool:
    """Type, period and place agree."""
    return UNIT_OF_TYPE.get(concept.type) is unit_of(line) and _is_in_place(concept, line, kind, taxonomy)


def _is_in_place(concept: Concept, line: LineItem, kind: Kind, taxonomy: Taxonomy) -> bool:
    """Period and place agree, whatever the unit."""
    if concept.abstract:
        return False
    if kind is Kind.BALANCE_SHEET:
        return concept.period is PeriodType.INSTANT
    if kind is Kind.CASH_FLOW and not line.balance and concept.period is PeriodType.INSTANT:
        # Some elements of noncash activities are instants: "fair value of assets acquired". They hold at the period's
        # end.
        return taxonomy.statement.get(concept.name) == "CF" and "Cash" not in concept.name
    return concept.period == (PeriodType.INSTANT if line.balance else PeriodType.DURATION)


def candidates(
    line: LineItem, kind: Kind, zone: str, ranked: Sequence[Ranked], taxonomy: Taxonomy, data: Data, year: int
) -> list[Candidate]:
    """What a line may be, most probable first. The concept None stands for the filer's own. zone: of the statement, as
    `labels.zones` names it; year: of the filing."""
    label = normalise(line.label)
    path = [normalise(heading) for heading in line.path]
    row = find(data.overrides.get(label, ()), kind.value, path)
    if row is not None:
        return [_overridden(row, taxonomy)]
    if kind is Kind.CASH_FLOW and line.balance and not label:
        # "As of June 30", with the cash named in a heading or nowhere.
        concept = taxonomy.concepts["CashAndCashEquivalentsAtCarryingValue"]
        return [Candidate(concept=concept, score=0.9, why="the balance that the cash flows lead to", sure=True)]
    counts = data.learned.counts.get(short_kind(kind), unit_key(unit_of(line)), label)
    fitting = _fitting(line, kind, ranked, taxonomy)
    found = _learned(fitting, counts)
    if basic_and_diluted(line.label):
        found = _joined(found, taxonomy.twins)
    # What a company gave the line decides; but that it made elements of its own in its first years of XBRL says nothing
    # of other years: there are more elements since, and a line that everyone has, income before taxes or cost of sales,
    # has one.
    own = fitting and fitting[0][1] is None and (line.role or year > _FIRST_YEARS[-1]) and year not in _FIRST_YEARS
    known = bool(fitting) and fitting[0][0].voted > 0.5 and not own
    if not known:
        found = _by_role(_called(found, label), line, kind, taxonomy)
        row, sure = _row_of(line, kind, zone, taxonomy, data, year)
        if row is not None and not _outvoted(row, found, counts, taxonomy):
            found = _by_synonym(row, taxonomy.concepts.get(row.concept), found, counts, sure)
    found.sort(key=lambda c: (not c.sure, -c.score, c.concept.name if c.concept else ""))
    return found


def _row_of(
    line: LineItem, kind: Kind, zone: str, taxonomy: Taxonomy, data: Data, year: int
) -> tuple[Synonym | None, float]:
    """The row of the tables for a label, for what is left of it without its asides, or for its words, and how sure that
    is."""
    path = [normalise(heading) for heading in line.path]
    for said, sure in ((normalise(line.label), tol.TAGS.synonym), (in_essence(line.label), tol.TAGS.essence)):
        rows = [r for r in data.synonyms.get(said, ()) if _may_be(r, line, kind, taxonomy)]
        if (row := find(rows, kind.value, path)) is not None:
            return row, sure
    words = (row for row in worded(line.label, kind, zone, year) if _may_be(row, line, kind, taxonomy))
    return next(words, None), tol.TAGS.worded


def _overridden(row: Synonym, taxonomy: Taxonomy) -> Candidate:
    return Candidate(
        concept=None if row.own else taxonomy.concepts.get(row.concept),
        score=1.0,
        why=f"{'precedent' if row.remembered else 'override'} {row.source}{f', {row.by}' if row.by else ''}",
        negate=row.negate,
        name=row.concept,
        sure=True,
        overridden=True,
    )


def _fitting(
    line: LineItem, kind: Kind, ranked: Sequence[Ranked], taxonomy: Taxonomy
) -> list[tuple[Ranked, Concept | None]]:
    """What is not too faint and fits the line, with its concept; None where the taxonomy has none."""
    unit, faint = unit_of(line), tol.TAGS.faint
    likely = [(o, taxonomy.concepts.get(o.name)) for o in ranked if o.share >= faint or o.name == OWN]
    return [
        (o, concept)
        for o, concept in likely
        if concept is None or (UNIT_OF_TYPE.get(concept.type) is unit and _is_in_place(concept, line, kind, taxonomy))
    ]


def _learned(fitting: Sequence[tuple[Ranked, Concept | None]], counts: Sequence[tuple[str, int]]) -> list[Candidate]:
    """The candidates that are left, their probabilities taken up to 1 again."""
    companies = sum(n for _, n in counts)
    said = {name: f"label: {n} of {companies} companies" for name, n in counts}
    total = sum(option.share for option, _ in fitting) or 1.0
    return [
        Candidate(concept=concept, score=option.share / total, why=_why(option, said))
        for option, concept in fitting
        if concept is not None or option.name == OWN
    ]


def _called(found: Sequence[Candidate], label: str) -> list[Candidate]:
    """The candidates, those marked that are called as the line is: a preparer would not make another."""
    words = frozenset(label.split())
    return [
        replace(c, named=True) if c.concept is not None and name_words(c.concept.name) == words else c for c in found
    ]


def _by_role(found: list[Candidate], line: LineItem, kind: Kind, taxonomy: Taxonomy) -> list[Candidate]:
    """The candidates, those of the role of the line marked; one of them always is there."""
    names = OF_ROLE.get(line.role, ())
    # Restricted cash beside the rest, and operations that were given up, have elements of their own.
    if not names or any(word in line.label.lower() for word in ("restricted", "discontinued")):
        return found
    if any(c.called in names for c in found):
        return [replace(c, of_role=True) if c.called in names else c for c in found]
    concept = taxonomy.concepts[names[0]]
    one = Candidate(concept=concept, score=tol.TAGS.faint, why=f"its words: {line.role.value}", of_role=True)
    return [*found, one] if fits(concept, line, kind, taxonomy) else found


def _may_be(row: Synonym, line: LineItem, kind: Kind, taxonomy: Taxonomy) -> bool:
    """The concept of a row fits the line, or the row says that there is none."""
    return not row.concept or fits(taxonomy.concepts[row.concept], line, kind, taxonomy)


def _outvoted(row: Synonym, found: Sequence[Candidate], counts: Sequence[tuple[str, int]], taxonomy: Taxonomy) -> bool:
    """A clear majority of the companies that show the label use another concept, or what they did with lines like this
    one leaves no doubt. counts: concept, companies that use it for the label. Of a concept that is younger than they
    are, they say nothing."""
    if not row.concept or dict(taxonomy.concepts[row.concept].vintages).get(_THEIRS) != row.concept:
        return False
    best = max((c for c in found if c.concept), key=lambda c: c.score, default=None)
    if best is not None and best.called != row.concept and best.score >= tol.TAGS.beyond_doubt:
        return True
    companies = sum(n for _, n in counts)
    return companies >= tol.TAGS.companies and any(
        name not in (row.concept, OWN) and n > tol.TAGS.majority * companies for name, n in counts
    )


def _by_synonym(
    row: Synonym, concept: Concept | None, found: Sequence[Candidate], counts: Sequence[tuple[str, int]], most: float
) -> list[Candidate]:
    """The candidates with that of a synonym first. counts: concept, companies that use it for the label; most: how sure
    the row is by itself."""
    # How sure a row is, the companies say that show the label; where few do, or where they did not know the concept
    # yet, the row itself.
    same = dict(counts).get(row.concept, 0) if concept else 0
    share = (same + tol.TAGS.row * most) / (sum(n for _, n in counts) + tol.TAGS.row) if same else most
    share = max([share, *(c.score for c in found if c.concept is concept is not None)])
    rest = [c for c in found if c.concept is not concept]
    left = sum(c.score for c in rest) or 1.0
    sure = Candidate(concept=concept, score=share, why=f"synonym {row.source}", negate=row.negate, sure=True)
    return [sure, *(_scored(c, c.score / left * (1 - share)) for c in rest)]


def _scored(one: Candidate, score: float) -> Candidate:
    """What was learned, with another score; `replace` asks each field by its name, for hundreds of candidates."""
    return Candidate(concept=one.concept, score=score, why=one.why, named=one.named, of_role=one.of_role)


def _why(option: Ranked, said: Mapping[str, str]) -> str:
    """What speaks most for a candidate. said: concept -> how many companies use it for the label."""
    if option.voted > 0.5:
        return "a company whose statements have the same lines uses it"
    return said.get(option.name, "words and place of the line")


def _joined(found: Sequence[Candidate], twins: Mapping[str, str]) -> list[Candidate]:
    """Of a pair of basic and diluted, the basic one with the probability of both, and with that of the filers who made
    an element of their own for want of one."""
    share = {c.concept.name: c.score for c in found if c.concept}
    pairs = {a: share[a] + share.get(b, 0.0) for a, b in twins.items() if a in share}
    if not pairs:
        return list(found)
    best = max(pairs, key=lambda name: pairs[name])
    own = sum(c.score for c in found if c.concept is None)
    pairs[best] += own
    return [
        replace(c, score=pairs.get(c.concept.name, c.score))
        for c in found
        if c.concept is not None and c.concept.name not in twins.values()
    ]


def figure_concepts(label: str, what: FigureKind, concepts: Mapping[str, Concept]) -> Concept | None:
    """The concept of a figure inside a label: shares authorized of the common stock, an allowance."""
    low = label.lower()
    stock = "PreferredStock" if "preferred" in low or "preference" in low else "CommonStock"
    name = {
        FigureKind.PAR_VALUE: f"{stock}ParOrStatedValuePerShare",
        FigureKind.AUTHORIZED: f"{stock}SharesAuthorized",
        FigureKind.ISSUED: f"{stock}SharesIssued",
        FigureKind.OUTSTANDING: f"{stock}SharesOutstanding",
        FigureKind.TREASURY: "TreasuryStockShares",
        FigureKind.ACCUMULATED_DEPRECIATION: "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
        FigureKind.ALLOWANCE: "LoansAndLeasesReceivableAllowance"
        if "loan" in low
        else "AllowanceForDoubtfulAccountsReceivableCurrent",
    }[what]
    return concepts.get(name)
