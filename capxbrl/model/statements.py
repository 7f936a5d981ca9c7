"""A statement, as package `statements` reads it: columns and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ..findings import Position, counted
from ..records import dataclass
from ..reprs import Brief, brief
from .decisions import Decision
from .figures import Amount, Figure, Period
from .page import Span

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from rich.console import Console, ConsoleOptions, RenderResult

    from .concepts import Concept
    from .facts import Fact


class Kind(StrEnum):
    """What a statement is; also the first word of a facts row."""

    BALANCE_SHEET = "balance_sheet"
    INCOME_STATEMENT = "income_statement"
    CASH_FLOW = "cash_flow"
    EQUITY = "equity"
    COMPREHENSIVE_INCOME = "comprehensive_income"
    COVER = "cover"
    OTHER = "other"


class Basis(StrEnum):
    """On what basis the figures of a column are given, as its heading says it."""

    REPORTED = "as reported"
    RESTATED = "restated"
    PREVIOUS = "as previously reported"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    PRO_FORMA = "pro forma"
    ADJUSTED = "adjusted"
    PART = "part of the company"
    WHOLE = "the whole company"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Column(Brief):
    """A column of figures: its grid column, its period, and the words of its heading joined.

    currency: an ISO 4217 code, "" = that of the statement. members: (axis, member) concept names, of a column that
    shows less than the whole.
    """

    grid: int
    period: Period
    heading: str = ""
    currency: str = ""
    basis: Basis = Basis.REPORTED
    members: tuple[tuple[str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()  # its period, its kind

    def _brief(self) -> Iterator[str]:
        yield from (brief(self.heading), str(self.period))


class LineRole(StrEnum):
    """What a line is, where its words say it beyond doubt: the lines that later stages look for.

    OPENING and CLOSING: what there was when the period of a statement of flows began and ended (cash, or retained
    earnings below an income statement); CLOSING_ITEM: what the closing balance is made of. EPS and SHARES: basic and
    diluted in one, or not said which. INCOME_TO_PARENT: of a company that is named; INCOME_TO_OTHERS: of other holders,
    or a part of income of any holder. A line of one class of stock or of another part of a whole has no role.
    """

    NONE = ""
    OPENING = "opening"
    CLOSING = "closing"
    CLOSING_ITEM = "closing item"
    CASH_CHANGE = "change in cash"
    OPERATING_CASH = "operating cash"
    INVESTING_CASH = "investing cash"
    FINANCING_CASH = "financing cash"
    EXCHANGE_EFFECT = "effect of exchange rates"
    REVENUE = "revenue"
    GROSS_PROFIT = "gross profit"
    OPERATING_INCOME = "operating income"
    INCOME_BEFORE_TAX = "income before tax"
    INCOME_TAX = "income tax"
    NET_INCOME = "net income"
    NET_INCOME_TO_COMMON = "net income to common"
    INCOME_TO_PARENT = "income to the parent"
    INCOME_TO_OTHERS = "income to others"
    INCOME_FROM_CONTINUING = "income from continuing operations"
    COST_OF_SALES = "cost of sales"
    RESEARCH = "research and development"
    SELLING_AND_ADMINISTRATIVE = "selling, general and administrative"
    ADMINISTRATIVE = "general and administrative"
    OPERATING_EXPENSES = "operating expenses"
    INTEREST_EXPENSE = "interest expense"
    INTEREST_INCOME = "interest income"
    DIVIDENDS_PAID = "dividends paid"
    COMPREHENSIVE_INCOME = "comprehensive income"
    EPS = "earnings per share"
    EPS_BASIC = "earnings per share, basic"
    EPS_DILUTED = "earnings per share, diluted"
    SHARES = "shares"
    SHARES_BASIC = "shares, basic"
    SHARES_DILUTED = "shares, diluted"
    CASH = "cash"
    TOTAL_CURRENT_ASSETS = "total current assets"
    TOTAL_ASSETS = "total assets"
    TOTAL_CURRENT_LIABILITIES = "total current liabilities"
    TOTAL_LIABILITIES = "total liabilities"
    COMMON_STOCK = "common stock"
    RETAINED_EARNINGS = "retained earnings"
    TOTAL_EQUITY = "total equity"
    TOTAL_LIABILITIES_AND_EQUITY = "total liabilities and equity"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Repeat(Brief):
    """A line of one kind of statement whose figures stand in another one too, and what it is there: one of these."""

    kind: Kind
    role: LineRole
    other: Kind
    there: tuple[LineRole, ...]


#: What ties the statements of a filing to each other (ASC 230-10-45-4 and 45-28; ASC 220-10-45-1C).
REPEATS = (
    Repeat(kind=Kind.INCOME_STATEMENT, role=LineRole.NET_INCOME, other=Kind.CASH_FLOW, there=(LineRole.NET_INCOME,)),
    Repeat(
        kind=Kind.INCOME_STATEMENT,
        role=LineRole.NET_INCOME,
        other=Kind.COMPREHENSIVE_INCOME,
        there=(LineRole.NET_INCOME,),
    ),
    Repeat(
        kind=Kind.BALANCE_SHEET,
        role=LineRole.CASH,
        other=Kind.CASH_FLOW,
        there=(LineRole.CLOSING, LineRole.OPENING),
    ),
)


class Moment(StrEnum):
    """When an instant of a period is: when it begins, or when it ends; NONE: the whole period, or no such instant."""

    NONE = ""
    START = "start"
    END = "end"


_BALANCES = {LineRole.OPENING: Moment.START, LineRole.CLOSING: Moment.END, LineRole.CLOSING_ITEM: Moment.END}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LineItem(Brief):
    """A row of a statement: `amounts` has one entry per column of the statement, None where the cell is empty.

    A line without amounts and figures is a heading. `path`: the headings it stands under, outermost first.
    `spans`: where the label stands (several when it is wrapped over rows).
    """

    label: str
    path: tuple[str, ...]
    amounts: tuple[Amount | None, ...]
    at: Position
    spans: tuple[Span, ...] = ()
    figures: tuple[Figure, ...] = ()
    indent: int = 0
    rule: bool = False  # a rule stands directly above it: it is likely a total
    role: LineRole = LineRole.NONE
    decisions: tuple[Decision, ...] = ()  # where its unit or scale is decided apart from those of the statement
    #: Of a statement of a conversion: the facts of its figures, and whether it is the total of other lines.
    facts: tuple[Fact, ...] = field(default=(), compare=False, repr=False)
    total: bool = field(default=False, compare=False, repr=False)

    @property
    def balance(self) -> Moment:
        """START or END: a line of flows that shows what there was when the period began or ended."""
        return _BALANCES.get(self.role, Moment.NONE)

    @property
    def is_heading(self) -> bool:
        """It shows no figure."""
        return not any(self.amounts) and not self.figures

    @property
    def concept(self) -> Concept | None:
        """The element of its figures; None of a heading, and before a conversion has chosen it."""
        spans = [amount.span for amount in self.amounts if amount is not None]
        return next((fact.concept for fact in self.facts if fact.span in spans), None)

    def _brief(self) -> Iterator[str]:
        yield brief(self.label)
        yield from ("" if amount is None else f"{amount.value:,f}" for amount in self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Statement(Brief):
    """A statement found in the document. `blocks` are the numbers of the blocks whose rows it takes."""

    kind: Kind
    title: str
    currency: str
    scale: int  # power of ten of the money figures
    columns: tuple[Column, ...]
    lines: tuple[LineItem, ...]
    at: Position
    blocks: tuple[int, ...] = ()
    face: bool = True  # False: a supplementary, pro forma, segment or non-GAAP table
    heading: tuple[int, ...] = ()  # blocks of its title, scale note and "(Unaudited)"
    decisions: tuple[Decision, ...] = ()  # of the whole statement: scale of money and of shares, currency, face, whose
    unread: tuple[Position, ...] = ()  # of rows with a figure that was not read, each told

    def line(self, label: str, *, under: str = "") -> LineItem:
        """The line with this label.

        Args:
            label: the label, or a part of it that no other line has; small letters and capitals are the same.
            under: a heading that it stands under, or a part of it, where several lines have the label.

        Raises NotFound where there is none, or more than one: the text lists the lines that it may be.
        """
        from ..answers import line

        return line(self, label, under)

    def to_frame(self, *, concepts: bool = False, numbers: str = "decimal") -> pandas.DataFrame:
        """The statement as on the page, as a pandas DataFrame: one row a line with figures, one column a period.

        The index is the label. The columns are dates where all are instants, else (start, end); figures are in full
        units with the printed sign.

        Args:
            concepts: put a column "concept" first, the element of each line (prefix:name; of a conversion only).
            numbers: "decimal" (exact; None where the page is empty) or "float" (float64; NaN).

        Raises WrongOption for other numbers, BadData for concepts of a statement that no conversion has tagged.
        """
        from .. import frames

        return frames.statement(self, concepts=concepts, numbers=numbers)

    def plot(self, *labels: str, ax: Axes | None = None) -> Axes:
        """Bars of some of its lines for each period, the earliest first (extra `plot`: matplotlib).

        Args:
            labels: of the lines, as `line` takes them; by default the few that matter most in such a statement.
            ax: the matplotlib Axes to draw on; a new one by default.

        Returns the Axes. Raises BadData without matplotlib, NotFound for a label that no line or more than one has.
        """
        from ..plots import statement

        return statement(self, labels, ax)

    def _brief(self) -> Iterator[str]:
        size = (counted(len(self.columns), "column"), counted(len(self.lines), "line"))
        yield from (self.kind.value, brief(self.title), f"{self.currency} x 10^{self.scale}", *size)

    def __str__(self) -> str:
        from ..showing import plain

        return plain.statement(self)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from ..showing import plain

        yield plain.coloured(plain.statement_lines(self, options.max_width))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if printer.indentation else str(self))

    def _repr_html_(self) -> str:
        from ..showing import html

        return html.statement(self)
