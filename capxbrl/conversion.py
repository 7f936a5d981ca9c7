"""A Conversion: every value that was made of a filing, the answers it gives, and the ways out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__, writers
from .answers import Day, Names, nearest
from .files import put
from .findings import NotFound, counted
from .folder import MANIFEST, manifest, publish
from .model import CoverFact, Document, Entity, Fact, Footing, LineItem, Report, Statement, Tagged
from .options import DEFAULTS, Options
from .records import dataclass
from .reprs import Brief, brief
from .sequences import Facts, Findings, Statements
from .writers import Told
from .writers.facts import as_csv

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from rich.console import Console, ConsoleOptions, RenderResult

    from .gate import Validation
    from .review import Journal


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Conversion(Brief):
    """Everything that a conversion made, stage by stage, and what is asked of it.

    document: the filing as read. statements, footings, tagged: its statements, what they prove, their concepts. cover,
    entity: what the cover says, and who reports. report: what is written; files: as what (relative name -> bytes).
    findings: what is wrong or doubtful. validation: what Arelle says, None where it was not asked. options: with what
    it was made. journal: of its review, None where there is none.
    """

    document: Document
    statements: Statements
    footings: tuple[Footing, ...]
    tagged: tuple[Tagged, ...]
    cover: tuple[CoverFact, ...]
    entity: Entity
    report: Report
    files: dict[str, bytes]
    findings: Findings
    validation: Validation | None = None
    options: Options = DEFAULTS
    journal: Journal | None = None

    @property
    def facts(self) -> Facts:
        """Every fact, in the order of the page; `facts.where(...)` picks some."""
        return Facts(self.report.facts, self.report)

    @property
    def balance_sheet(self) -> Statement:
        """The balance sheet. Raises NotFound where the filing has none (`made.statements.get` gives None)."""
        return self.statements["balance_sheet"]

    @property
    def income_statement(self) -> Statement:
        """The first income statement on the page. Raises NotFound where the filing has none."""
        return self.statements["income_statement"]

    @property
    def cash_flow(self) -> Statement:
        """The first statement of cash flows on the page. Raises NotFound where the filing has none."""
        return self.statements["cash_flow"]

    def fact(
        self,
        concept: Names | None = None,
        *,
        months: int | None = None,
        start: Day | None = None,
        end: Day | None = None,
        statement: Names | None = None,
        label: str | None = None,
    ) -> Fact:
        """The one fact that is all of what is asked, as `Facts.one` finds it.

        Args:
            concept: the name of an element ("NetIncomeLoss"), with or without its prefix; or several.
            months: the length of the period to the nearest month; instants have none.
            start: the first day of the period, as "2009-07-01" or a date.
            end: the last day of the period, or the day of an instant.
            statement: the statement that it stands in ("income_statement", ...); or several.
            label: words of its label on the page.

        Raises NotFound (a KeyError) where there is none, or more than one: the text lists what it may be.
        """
        return self.facts.one(concept, months=months, start=start, end=end, statement=statement, label=label)

    def explain(self, what: Fact | LineItem | str) -> Explanation:
        """Why a figure was read and tagged as it is: the decisions that it rests on with their witnesses, how it
        stands, the sums it is in, and the candidates for its concept with their evidence.

        Args:
            what: a fact, its id ("f-is-14-1"), a line, words of a label, or the number of a line of the source file.

        Raises NotFound where no line has these words.
        """
        from . import explanation, review, tagging, taxonomy, ties

        query = what.id if isinstance(what, Fact) else str(what.at) if isinstance(what, LineItem) else str(what)
        query = explanation.line_of(self.tagged, self.report, query)
        told = explanation.explain(self.tagged, ties.relations(self.tagged), self.cover, self.report, query)
        told += tagging.explain(
            self.statements,
            self.footings,
            taxonomy.load(),
            query,
            overrides=tagging.load_overrides(self.options.overrides, self.options.precedents, review.decided(self)),
            learned=self.options.learned,
            min_confidence=self.options.min_confidence,
        )
        if not told:
            near = nearest(query, [*(f.label for f in self.facts), *(f.id for f in self.facts)])
            hint = f"; near it are {', '.join(map(repr, near))}" if near else ""
            raise NotFound(f"no line of a statement has {query!r}{hint}")
        return Explanation(told)

    def plot(self, *labels: str, statement: str | None = None, ax: Axes | None = None) -> Axes:
        """Bars of some lines of a statement for each period, the earliest first (extra `plot`: matplotlib).

        Args:
            labels: of the lines, as `Statement.line` takes them; by default the few that matter most (of an income
                statement revenue, operating income and net income).
            statement: which one, as `made.statements[...]` takes it; by default the income statement, else the first.
            ax: the matplotlib Axes to draw on; a new one by default.

        Returns the Axes. Raises BadData without matplotlib, NotFound for a label or a statement that is not there.
        """
        usual = self.statements.get("income_statement") or next(iter(self.statements), None)
        drawn = self.statements[statement or "income_statement"] if statement or usual is None else usual
        axes = drawn.plot(*labels, ax=ax)
        axes.set_title("\n".join(filter(None, (self.entity.name, axes.get_title()))), fontsize="medium")
        return axes

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """The facts as a pandas DataFrame, one row a fact, with typed columns (`frames.facts` lists them).

        Args:
            numbers: "decimal" (exact) or "float".

        Raises WrongOption for other numbers.
        """
        return self.facts.to_frame(numbers=numbers)

    def to_csv(self, path: str | PathLike[str] | None = None) -> str:
        """The facts as the text of facts.csv.

        Args:
            path: where to write it too, whole or not at all.

        Raises CapxbrlError where it cannot be written.
        """
        text = as_csv(self.report)
        return _kept(text, path)

    def to_json(self, path: str | PathLike[str] | None = None) -> str:
        """The whole conversion as the text of conversion.json (docs/schema/conversion.json).

        Args:
            path: where to write it too, whole or not at all.

        Raises CapxbrlError where it cannot be written.
        """
        text = writers.tell(self.told(), ["json"])["conversion.json"].decode()
        return _kept(text, path)

    def to_excel(self, path: str | PathLike[str]) -> Path:
        """Write a workbook of the statements, facts and findings (extra `excel`).

        Args:
            path: where to write it, whole or not at all.

        Returns the path. Raises BadData without openpyxl, CapxbrlError where it cannot be written.
        """
        return _put(writers.tell(self.told(), ["excel"])["facts.xlsx"], path)

    def to_parquet(self, path: str | PathLike[str]) -> Path:
        """Write the facts as a Parquet file (extra `parquet`), with the columns of `to_frame`.

        Args:
            path: where to write it, whole or not at all.

        Returns the path. Raises BadData without pyarrow, CapxbrlError where it cannot be written.
        """
        return _put(writers.tell(self.told(), ["parquet"])["facts.parquet"], path)

    def review(self, path: str | PathLike[str]) -> Path:
        """Write the page on which a person reviews it: one HTML file that opens by a double click and works offline.
        What is saved there, review.json, is given to `convert(..., review=)`.

        Args:
            path: where to write it, whole or not at all.

        Returns the path. Raises CapxbrlError where it cannot be written.
        """
        from . import review

        return _put(review.as_page(self, self.findings), path)

    def told(self) -> Told:
        """What those writers are given that write more than the report."""
        versions, verdict, oim = {"capxbrl": __version__}, "not validated", {}
        if self.validation is not None:
            versions["Arelle"], oim = self.validation.arelle, dict(self.validation.oim)
            verdict = "not judged"
            if self.validation.judged:
                verdict = "valid" if self.validation.valid else "not valid"
        return Told(report=self.report, findings=self.findings, verdict=verdict, versions=versions, oim=oim)

    def save(
        self, folder: str | PathLike[str], *, force: bool = False, inputs: Sequence[str | PathLike[str]] = ()
    ) -> list[Path]:
        """Make a folder hold this conversion: its files and their manifest.json, instead of an earlier one's.

        Args:
            folder: which; made if absent.
            force: also where it holds files of other makers, which stay.
            inputs: files that must not be overwritten.

        Returns the paths. Raises CapxbrlError where the folder is not ours to fill, or cannot be written.
        """
        given = tuple(map(Path, inputs))
        return publish(self.outputs(), Path(folder), force=force, inputs=given)

    def outputs(self) -> dict[str, bytes]:
        """What a folder of this conversion holds: its files and their manifest.json."""
        judged = self.validation is not None and self.validation.judged
        verdict = self.validation.valid if self.validation is not None and judged else None
        listed = manifest(
            self.files,
            input={"name": self.document.name, "sha256": self.document.digest},
            capxbrl=__version__,
            facts=len(self.facts),
            valid=verdict,
        )
        return self.files | {MANIFEST: listed}

    @property
    def title(self) -> str:
        """Who reports, in which form: "Example Mills Inc 10-Q"; the name of the file where it does not say it."""
        return self.report.title

    def _about(self) -> Iterator[str]:
        """What was converted and how it came out, in a few words each."""
        from .showing import phrases

        yield self.document.name
        yield counted(len(self.statements), "statement")
        yield phrases.tally(self.facts)
        yield counted(len(self.report.extension.concepts), "extension concept")
        yield self.told().verdict

    def _brief(self) -> Iterator[str]:
        name, *about = self._about()
        yield from (brief(self.title or name), *about[:2], repr(self.findings), about[-1])

    def __str__(self) -> str:
        from .showing import plain

        return plain.conversion(self.title, tuple(self._about()), self.findings, self.statements)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from .showing import plain

        yield plain.coloured(plain.conversion_lines(self.title, tuple(self._about()), self.findings, self.statements))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if printer.indentation else str(self))

    def _repr_html_(self) -> str:
        from .showing import html

        return html.conversion(self.title, tuple(self._about()), self.findings, self.statements)


class Explanation(str):
    """A text that shows itself as it is: in a shell, and in a notebook."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _put(data: bytes, path: str | PathLike[str]) -> Path:
    put(data, Path(path), ())
    return Path(path)


def _kept(text: str, path: str | PathLike[str] | None) -> str:
    """The text, which is also written where a path is given."""
    if path is not None:
        _put(text.encode(), path)
    return text
