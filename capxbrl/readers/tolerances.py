"""The tolerances of reading: where things stand to each other on a page, and what is believed of it.

One record for each job, each value with its unit and what goes wrong when it moves. Characters are those of a page of
text. Found on releases and reports of 1993 to 2025 (texts, prints, scans, dumps of HTML); a test for each moves it far
and sees a page read otherwise (tests/test_tolerances.py). What only keeps hostile input from taking memory or time is
no tolerance, and stands where it is used.
"""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfTolerances:
    """How characters of a PDF become words, and which pages are pictures."""

    #: Of the height of letters: a wider gap begins a new word. With less, words break; with more, narrow print runs on.
    gap: float = 0.18
    #: Of the height of letters: a character so much higher or lower, or further back, is of another word.
    raised: float = 0.5
    #: Of the page: a picture on more of it is the page itself. With less, a logo makes a scan of a page.
    covers: float = 0.5
    #: Of the letters: a page with more of them unknown to Unicode has no text: its font alone knows them.
    unknown: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrTolerances:
    """What is believed of a page that is read from its picture. Certainty is that of the engine, 0 to 1."""

    #: Figures read with less certainty are told. With more, clean scans tell of figures that are right.
    certain: float = 0.75
    #: Of the lines: a page with more of them upright lies on its side, ...
    upright: float = 0.6
    #: ... where an upright line is so many times as high as wide.
    tall: float = 1.5
    #: A page read with less certainty may stand on its head, and is turned and read again.
    legible: float = 0.8
    #: Of the height of letters: words nearer than this are of one phrase. With less, labels break into columns.
    blank: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintTolerances:
    """How the words of a print stand to each other."""

    #: Words whose middles differ by less than this part of a line's height are on one line.
    same_line: float = 0.45
    #: Words nearer than this part of a character's width are one word: with more, words of narrow print run together.
    word: float = 0.15
    #: Words within so many usual blanks of each other are one phrase: with fewer, labels break in two.
    phrase: float = 1.4
    #: Gaps of more characters than this are none between the words of a phrase: with more, columns widen the blank.
    blank: float = 1.6
    #: The blank of a page that shows none, in characters.
    unseen: float = 0.6
    #: Phrases of so many characters tell how wide a character is: short ones are too coarse a measure.
    measured: int = 10
    #: One phrase in so many may be wider than where it stands: with all fitting, one bad line stretches the page.
    misfit: int = 20
    #: Figures that end alike make a column: with fewer, a year at the end of a label is cut off it.
    column: int = 5
    #: Pages whose characters differ in width by no more than this part are set alike.
    alike: float = 0.25
    #: Pages turn by no more than this, as height to width: what is steeper is no line.
    steepest: float = 0.1
    #: A page that turns by less is not turned back.
    flat: float = 0.001
    #: Words between which a slope is seen lie so far apart, in heights of letters.
    far: float = 8.0
    #: So many slopes tell that of the page.
    enough: int = 6
    #: Of the height of letters: the next word of a line on a tilted page stands no higher or lower than this.
    step: float = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceTolerances:
    """Which words of a line are one piece; in characters."""

    #: Wider gaps part the words of one heading ("Three  Months") all the same ...
    near: int = 3
    #: ... but a month and its day, which are set in columns of their own.
    near_day: int = 14
    #: The sign of a currency further than this to the left of another does not belong to the amount.
    mark_gap: int = 14
    #: The ")" of a cell of its own stands at most so far behind its "(1,234", ...
    far_tail: int = 8
    #: ... and the "%" behind its "100.0".
    far_percent: int = 30
    #: A longer text is no row of headings side by side.
    headings: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTolerances:
    """How far things of one column may stand apart; in characters unless a field says otherwise."""

    #: Right edges this far apart are one column unless a row has an amount at both: nearest first, so that narrow
    #: columns beside each other stay two. Above six, columns of percentages join their neighbours.
    merge: tuple[int, ...] = (1, 2, 3, 4, 6)
    #: A row whose figures all stand aside by the same distance, give or take so much, is the whole row moved.
    same_shift: int = 2
    #: Farther than this no row is moved: its figures are in other columns.
    farthest_shift: int = 14
    #: Part of the rows that a column must have to be one of those that a moved row is compared with, ...
    main: float = 0.5
    #: ... and how many rows at least.
    main_rows: int = 3
    #: A column with so many rows or fewer, and ...
    stray_rows: int = 2
    #: ... so many times fewer than the fullest, holds strays of others.
    stray_share: int = 4
    #: References to notes in so many rows are a column of them.
    references: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionTolerances:
    """Where a table begins and ends, in lines of the page unless a field says otherwise."""

    #: Lines without figures within a table: with fewer, headings part it; with more, the text below joins it.
    reach: int = 7
    #: Column headings begin at most so far above the first figures: with fewer, tall heads lose their first lines.
    headings: int = 14
    #: Headings at the left that blank lines part, between the column headings and the first figures ("ASSETS").
    passed: int = 3
    #: Characters that headings reach to the left over the figures below them.
    overhang: int = 4
    #: Characters: headings of another table begin at most so far left of the figures of this one ...
    reaching: int = 25
    #: ... and at least so far behind the beginning of the line, where labels stand.
    stub: int = 16
    #: Rows of figures below which new headings open another table.
    parted: int = 4
    #: Blank lines within a table.
    blanks: int = 4
    #: Characters of a column of labels so narrow that they run over many lines ...
    narrow: int = 30
    #: ... so many at most.
    labels: int = 24
    #: Characters that the rest of a label stands further in than its line, and its words, at most.
    hanging: int = 6
    #: Characters: a longer line between headings and figures is running text, which ends the headings.
    heading: int = 60
    #: Characters: a lone word that begins so far to the right stands over columns.
    over_columns: int = 25
    #: Characters: two lines that begin so far to the right are the title of another statement.
    centred: int = 12
    #: Characters: three lines that are longer are running text.
    full: int = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTolerances:
    """Where a piece of a heading or a label belongs; in characters."""

    #: A text that ends so far left of the first column is a label.
    clear_of_columns: int = 6
    #: A text that begins so far left of the first column is a label, even if it reaches under it.
    far_left: int = 25
    #: A heading over no column belongs to the nearest one within this reach.
    loose: int = 8
    #: So wide are the figures of a column, from their usual right edge: with less, a heading finds none below it.
    core: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTolerances:
    """Which cells of HTML are a table, and which of them one column."""

    #: In raw columns: what stands between the figures further from them is a column of its own.
    apart: int = 3
    #: Digits: longer figures are neither years nor numbers of notes.
    counting: int = 4
    #: Rows with figures: from so many on a table is a statement, whatever else its cells hold.
    figures: int = 5
    #: Cells: so few may be there for the layout alone ...
    few: int = 6
    #: ... where one has more characters than a label.
    long: int = 800
    #: Characters: a longer text with digits is no figure of a cell.
    figure: int = 20
    #: In px: text that stands so much higher than the last begins a new page.
    page: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTolerances:
    """What kind of paragraph lines make; in characters unless a field says otherwise."""

    #: A longer line is no heading.
    heading: int = 110
    #: Part of the words of a heading that begin with a capital: with less, sentences are headings.
    capitals: float = 0.6
    #: A longer line below running text is no title that stands there without a blank line.
    title: int = 70
    #: A title that is centred begins so much further in than the line above, ...
    indent: int = 12
    #: ... which begins further left than this.
    margin: int = 8
    #: A line of a paragraph is short below this: its break was meant.
    short: int = 50
    #: One line in so many with gaps inside makes the lines a layout, ...
    gaps: int = 3
    #: ... and so do more than one different beginning in so many lines.
    ragged: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTolerances:
    """What belongs together across and beside page ends; in lines unless a field says otherwise."""

    #: Running heads that stand between a table and its next page, at most.
    heads: int = 2
    #: Characters: a longer line is running text, no running head.
    head_width: int = 90
    #: Part of the rest of a table that must stand under the columns before the page end, ...
    aligned: float = 0.75
    #: ... give or take so many characters.
    reach: int = 3
    #: A line this near to a page end may be torn by it.
    near: int = 3
    #: Lines with figures, then words, then figures, that make two tables side by side.
    side_by_side: int = 4
    #: Characters: labels of one column begin within so many, since they are indented.
    indent: int = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTolerances:
    """Lines whose places are lost, as dumps of HTML have them: what makes a table of them; in lines or rows."""

    #: Rows with the same number of figures that make a table.
    rows: int = 5
    #: Lines of words between two rows that end it.
    apart: int = 8
    #: Characters: a longer line is running text, no label.
    label: int = 200
    #: Characters: a longer line is running text, even if figures stand in it.
    text: int = 800
    #: Characters: a longer text is no cell.
    cell: int = 40
    #: Words that the cells of a row have, at most.
    words: int = 80
    #: Part of the rows that must be set without columns.
    unaligned: float = 0.3
    #: Part of the rows whose last figures end below each other, when they stand in columns after all.
    in_columns: float = 0.5
    #: Characters: the right edges of one column are so near.
    edge: int = 2
    #: Characters: the figures of a row stand no further in than this behind its label.
    under: int = 4
    #: Part of all rows with figures that must have the same number of them.
    same: float = 0.6
    #: Columns of a statement, at most.
    columns: int = 60
    #: Headings begin at most so many lines of words above the first row ...
    headings: int = 14
    #: ... and so many labels stand below them, at most.
    between: int = 6
    #: Characters: a label before the first heading ("ASSETS") is no longer.
    lead: int = 30
    #: Rows that must have the same number of figures before figures are dealt by their order, ...
    dealt: int = 3
    #: ... and the part of all rows with two figures or more.
    dealt_share: float = 0.7
    #: Characters: a figure stands below or above one of a neighbour if their edges are so near, ...
    neighbour: int = 2
    #: ... or so many times nearer than all others.
    clearly: int = 3
    #: Rows above and below that are neighbours.
    neighbours: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpTolerances:
    """How a text that was made of HTML is known, and what its blanks and rules say; in lines unless said otherwise."""

    #: So many are enough to tell.
    enough: int = 100
    #: Where more than this part is blank, runs of blank lines say nothing.
    blank: float = 0.5
    #: Where more than this part of those with text are drawn across the page, they are where tables have rules.
    drawn: float = 0.1
    #: Characters: figures that begin so far left stand in no column.
    margin: int = 8
    #: Characters: lines that begin so far to the right are centred.
    centred: int = 20
    #: Part of the rows that must be alike.
    share: float = 0.6
    #: Rows with figures above a label of their own, before all labels are looked for below.
    above: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTolerances:
    """What typists meant by blanks, tabs and signs."""

    #: Characters: the right edges of a column differ by so many, when a minus stands apart from its figure.
    edge: int = 1
    #: Figures with a blank between their thousands, before it is the way of the table.
    blanks: int = 2
    #: One line in so many whose tabs stand among blanks that set figures apart makes a text one on the grid of tabs.
    tabs: int = 10
    #: Blanks that set a figure behind a tab apart.
    gap: int = 3
    #: Paragraphs that are rows set by hand, before they are a text of lines.
    rows: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorTolerances:
    """What no reader sees."""

    #: Channels (0 to 255) that differ by no more are one colour to the eye: white and #F8F8F8; 16 are told apart.
    alike: int = 12
    #: White of a lower contrast with its ground is padding (WCAG 2, 1.4.3 asks 4.5 to 1): on pale blue it has 1.2.
    seen: float = 1.3
    #: Channels from here on make a colour white.
    white: int = 250


PDF, OCR, PRINTS = PdfTolerances(), OcrTolerances(), PrintTolerances()
PIECES, COLUMNS, REGIONS, PLACES = PieceTolerances(), ColumnTolerances(), RegionTolerances(), PlaceTolerances()
CELLS, TEXTS, PAGES = CellTolerances(), TextTolerances(), PageTolerances()
RUNS, DUMPS, TYPED, COLORS = RunTolerances(), DumpTolerances(), TypedTolerances(), ColorTolerances()
