"""Every value that flows between the stages: frozen, slotted, tuples inside, Decimal for every number.

document -> statements -> proofs -> tagged statements -> report -> files.  No I/O and no logic beyond small
derived values; each stage that fills a type is named in its docstring.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .findings import Position

# --- the document: what stands on the page (readers) ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters start..end (Python slice) of one text of the document: block number, and row and cell in a Table."""

    block: int
    start: int
    end: int
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `text` is what a reader sees, tags and escapes removed, line ends kept as "\\n".

    kind: "text" (flows), "heading", or "pre" (its line breaks and blanks are its layout).
    jumps: (offset, line, column) wherever the source place of text[offset] does not follow from the character before.
    marks: (offset, mark) of the raised marks of notes; `text` has blanks in their place, `seen` gives what is seen.
    """

    text: str
    at: Position
    kind: str = "text"
    align: str = ""
    jumps: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. It covers grid columns col .. col+span-1 and `rows` rows; column 0 is the leftmost.

    A cell of an amount holds the whole of it: "$ (1,234)" is one cell even where the source had three.
    indent: depth of the text inside its cell, in characters (ASCII blanks, or HTML padding at about 7 px a character).
    marks: as of a Paragraph.
    """

    text: str
    at: Position
    col: int
    span: int = 1
    rows: int = 1
    indent: int = 0
    bold: bool = False
    jumps: tuple[tuple[int, int, int], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells from left to right; cells without text are left out. rule: a line drawn below the row, or a row of dashes.
    loose: its figures stand in their order, but nothing on the page tells in which columns."""

    cells: tuple[Cell, ...]
    at: Position
    rule: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows on one grid of `width` columns. goes_on: a page ended within it, and the table before, on the same grid, is
    its beginning."""

    rows: tuple[Row, ...]
    width: int
    at: Position
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    at: Position
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A <DOCUMENT> of a full submission begins here: its type ("8-K", "EX-99.1"), file name and description."""

    type: str
    at: Position
    filename: str = ""
    description: str = ""


Block = Paragraph | Table | PageBreak | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the SGML header of a submission says; an absent item is empty. Dates are ISO. state: two letters."""

    form: str = ""
    accession: str = ""
    period: str = ""
    filed: str = ""
    company: str = ""
    cik: str = ""
    irs_number: str = ""
    file_number: str = ""
    state: str = ""
    fiscal_year_end: str = ""  # "0331": month and day
    sic: str = ""
    items: tuple[tuple[str, str], ...] = ()  # every key and value, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One input, read. `format` names the reader; `text` is the decoded source, for excerpts (of a PDF: its pages laid
    out).
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    text: str = ""
    header: Header | None = None


def place(block: Paragraph | Cell, offset: int) -> Position:
    """The source position of block.text[offset]."""
    at = block.at
    line, column, since = at.line, at.column, 0
    for jump, jump_line, jump_column in block.jumps:
        if jump > offset:
            break
        line, column, since = jump_line, jump_column, jump
    if line is None or column is None:
        return at
    return Position(
        source=at.source, line=line, column=column + offset - since, table=at.table, row=at.row, cell=at.cell
    )


def seen(block: Paragraph | Cell) -> str:
    """The text as a reader sees it, as long as `text`: with the raised marks of notes where they stand."""
    text = block.text
    for offset, mark in block.marks:
        text = text[:offset] + mark + text[offset + len(mark) :]
    return text


def text_at(document: Document, span: Span) -> str:
    """The characters a span covers."""
    block = document.blocks[span.block]
    if isinstance(block, Table):
        assert span.row is not None and span.cell is not None
        return block.rows[span.row].cells[span.cell].text[span.start : span.end]
    assert isinstance(block, Paragraph)
    return block.text[span.start : span.end]


# --- decisions: what a page says, and what bears it out (decisions/) ------------------------------------------------


class Standing(StrEnum):
    """How the page bears out a reading. proved: an independent witness bears it out and none contradicts; stated: the
    page says so and nothing bears it out or contradicts it; doubtful: witnesses disagree, or nothing says it."""

    PROVED = "proved"
    STATED = "stated"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one place of the page, or its arithmetic, says of a decision.

    value: the candidate it speaks for (against, where `against`). says: a clause that a bookkeeper understands
    ("EPS x shares is net income in 4 columns").  independent: arithmetic, another statement or another part of the
    filing, which bears out what is stated elsewhere; a caption or heading only states.
    """

    value: str
    says: str
    at: Position | None = None
    independent: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A question that a page answers ("scale of money"), the value taken, how it stands, and all that was heard."""

    subject: str
    value: str
    standing: Standing
    witnesses: tuple[Witness, ...] = ()


# --- statements (statements.py) ------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a statement is; also the first word of a facts row."""

    BALANCE_SHEET = "balance_sheet"
    INCOME_STATEMENT = "income_statement"
    CASH_FLOW = "cash_flow"
    EQUITY = "equity"
    COMPREHENSIVE_INCOME = "comprehensive_income"
    COVER = "cover"
    OTHER = "other"


class Unit(StrEnum):
    USD = "USD"
    SHARES = "shares"
    PER_SHARE = "USD/shares"
    PURE = "pure"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """start None: an instant (the end of that day). Otherwise the first and the last day, both included."""

    end: dt.date
    start: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.start}/{self.end}" if self.start else str(self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure as printed. value has the printed sign (parentheses, minus) and the scale applied, in units.

    digits(shown) x 10^scale = |value|.  decimals as in XBRL 2.1, 4.6.5; None = INF.  A dash is shown "-" with value 0.
    span covers `shown` only: no currency sign, no parenthesis. currency: the sign or code printed beside it ("" for
    none), not yet an ISO code. form: the transformation of `shown`, "hidden" where none yields the value.
    """

    value: Decimal
    shown: str
    scale: int
    decimals: int | None
    unit: Unit
    at: Position
    span: Span
    currency: str = ""
    form: str = "ixt:num-dot-decimal"

    @property
    def places(self) -> int:
        """The digits shown after the decimal point, or after the comma where it is the decimal sign."""
        return len(self.shown.partition("," if self.form == "ixt:num-comma-decimal" else ".")[2])


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure inside a label: `what` says which ("allowance", "par value", "authorized", "issued", "outstanding",
    "treasury"); it holds at every one of `periods`."""

    amount: Amount
    what: str
    periods: tuple[Period, ...]


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


_BALANCES = {LineRole.OPENING: "start", LineRole.CLOSING: "end", LineRole.CLOSING_ITEM: "end"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
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

    @property
    def balance(self) -> str:
        """ "start" or "end": a line of flows that shows what there was when the period began or ended; else ""."""
        return _BALANCES.get(self.role, "")

    @property
    def is_heading(self) -> bool:
        return not any(self.amounts) and not self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
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


# --- proofs (footing.py) -------------------------------------------------------------------------------------------


class ProofKind(StrEnum):
    """What a relation between figures is. A coincidence ties, but its total is none by word or place, and figures of
    that size do so by chance: it says nothing."""

    SUM = "sum of a total"
    CHAIN = "running chain"  # it starts from a total: income less costs, flow after flow
    ROLL = "roll-forward"  # opening + changes = closing
    TIE = "tie between statements"
    COINCIDENCE = "coincidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Line `total` is the sum of weight x line over `parts`, on the printed values.

    ties and differences (total minus sum) have one entry per column; None where the column has no such figures.
    is_total: the total's words or its place (no label, a rule above it, parts set in or under a heading) say that it is
    one. columns, figures: the columns that tie and tell (two of equal figures count once), and the figures in them that
    are not zero. chance: how many sums of such figures would tie by chance, of all that were tried (0 to 1).
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    ties: tuple[bool | None, ...]
    differences: tuple[Decimal | None, ...]
    kind: ProofKind = ProofKind.SUM
    is_total: bool = True
    columns: int = 1
    figures: int = 0
    chance: float = 0.0

    @property
    def complete(self) -> bool:
        """It ties in every column that shows it."""
        return any(self.ties) and False not in self.ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """The proofs of one statement, in line order of their totals; `coincidences` apart, which say nothing."""

    proofs: tuple[Proof, ...] = ()
    coincidences: tuple[Proof, ...] = ()


def total_name(statement: Statement, footing: Footing, at: int) -> str:
    """What an unlabelled total is called: by the heading that all its parts stand under; "" for any other line."""
    line = statement.lines[at]
    if line.label or not line.path:
        return ""
    proof = next((p for p in footing.proofs if p.total == at and p.complete), None)
    if proof is None or any(statement.lines[i].path != line.path for i, _ in proof.parts):
        return ""
    heading = line.path[-1].strip(" :.")
    return f"Total {heading[:1].lower()}{heading[1:]}" if heading[1:].islower() else f"Total {heading}"


# --- concepts (taxonomy.py) and tagging (tagging.py) ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An element. type: monetary, perShare, shares, pure, percent, string, date, boolean, textBlock, domain, and the
    dei item types; period: instant or duration; balance: debit, credit or "".

    prefix "capx-gaap" or "capx-dei" for ours, the filer's own prefix for an extension.
    vintages: ("2009", element name) pairs; an empty name = that year has no such element; absent = not known.
    role: what a line that carries it is.
    """

    name: str
    type: str
    period: str
    balance: str = ""
    label: str = ""
    documentation: str = ""
    prefix: str = "capx-gaap"
    abstract: bool = False
    extension: bool = False
    parent: str = ""  # for an extension: the nearest standard concept, by calculation or meaning
    vintages: tuple[tuple[str, str], ...] = ()
    role: LineRole = LineRole.NONE

    @property
    def qname(self) -> str:
        return f"{self.prefix}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A concept chosen for a line or a figure. fact value = weight x printed value.

    confidence is 0 to 1; `why` names what decided ("synonym", "override", "proof", ...) in a few words.
    members: (axis, member) concept names where the line differs by a dimension.
    """

    concept: Concept
    weight: int
    confidence: float
    why: str
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedLine:
    """The matches of one line (none for a heading; two where "basic and diluted" share a figure), and of its figures.

    role: what the line is by its words, else by its concept.
    """

    matches: tuple[Match, ...] = ()
    role: LineRole = LineRole.NONE
    figures: tuple[tuple[Match, ...], ...] = ()  # one entry per Figure of the line
    readings: tuple[Standing | None, ...] = ()  # one entry per column (readings.py)
    figure_readings: tuple[Standing, ...] = ()  # one entry per Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A statement with its proofs and a TaggedLine for each of its lines."""

    statement: Statement
    footing: Footing
    lines: tuple[TaggedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFact:
    """A fact of the cover page: `concept` is a dei name, `value` the XBRL value, `shown` its words on the page.

    format: the transformation that turns `shown` into `value` ("" when they are equal; "hidden" when there is none).
    members: (axis, member) names where classes of securities are told apart. day: the ISO date of a balance that the
    cover dates itself ("shares outstanding as of"); "" = the end of the report's period.
    """

    concept: str
    value: str
    shown: str
    label: str
    span: Span
    at: Position
    format: str = ""
    confidence: float = 1.0
    why: str = "cover page"
    reading: Standing = Standing.STATED
    decision: Decision | None = None
    members: tuple[tuple[str, str], ...] = ()
    day: str = ""


# --- the report (reports.py) ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who reports: the identifier of every context, and what names the filer's own namespace."""

    scheme: str
    identifier: str
    name: str = ""
    ticker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    id: str
    period: Period
    members: tuple[tuple[str, str], ...] = ()  # (axis qname, member qname)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One tag. Numeric: `value` has the concept's sign, `shown` is tagged with `scale`, and sign="-" where value < 0.

    Text: value is the XBRL value, `shown` the words tagged with `format`.
    Several facts with one span are nested in their order here, the first outermost.
    """

    id: str
    concept: Concept
    context: str
    period: Period
    value: Decimal | str
    shown: str
    span: Span
    at: Position
    statement: Kind
    place: str  # cell, label, prose, cover
    label: str
    unit: Unit | None = None
    scale: int = 0
    decimals: int | None = None
    format: str = ""
    confidence: float = 1.0
    why: str = ""
    reading: Standing = Standing.STATED  # how the page bears out value, sign, unit and period


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationNode:
    """A place in a role's presentation tree. preferred: the short name of a label role (terse, total, negated,
    negatedTotal, periodStart, periodEnd, or "" for the standard label)."""

    concept: Concept
    depth: int
    preferred: str = ""
    label: str = ""  # the page's own words for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An extended link role: "0002 - Statement - ..." with its presentation tree (in order, by depth) and its
    calculation arcs (total, part, weight).

    table and items: the hypercube and its line items (XBRL Dimensions 1.0), in a role that has dimensions.
    """

    uri: str
    id: str
    definition: str
    nodes: tuple[PresentationNode, ...] = ()
    arcs: tuple[tuple[Concept, Concept, int], ...] = ()
    dimensions: tuple[tuple[Concept, Concept, tuple[Concept, ...]], ...] = ()  # (axis, domain, members)
    table: Concept | None = None
    items: Concept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The filer's own taxonomy: namespace, prefix, file stem, new concepts, roles. `imports`: (namespace, location)."""

    namespace: str
    prefix: str
    stem: str
    concepts: tuple[Concept, ...]
    roles: tuple[Role, ...]
    imports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the writers need, and nothing they would have to decide. currency: the ISO 4217 code that Unit.USD
    stands for in this report."""

    document: Document
    entity: Entity
    contexts: tuple[Context, ...]
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    extension: Extension
    statements: tuple[Tagged, ...]
    namespaces: Mapping[str, str] = field(default_factory=dict)  # prefix -> namespace of the concepts used
    title: str = ""
    currency: str = "USD"
