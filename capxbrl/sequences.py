"""Facts, statements and findings of a conversion: tuples that can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from . import answers
from .answers import Day, Names, Question
from .findings import Finding, NotFound, Severity
from .model import Fact, Kind, Report, Statement
from .options import WrongOption

if TYPE_CHECKING:
    import pandas
    from rich.console import Console, ConsoleOptions, RenderResult


class Facts(tuple[Fact, ...]):
    """Facts in the order of the page: a tuple of `Fact` that can be asked.

    `facts[3]` and `facts["f-is-14-1"]` are one fact, `facts[:10]` are Facts.
    """

    report: Report | None

    def __new__(cls, facts: Iterable[Fact] = (), report: Report | None = None) -> Facts:
        made = super().__new__(cls, facts)
        made.report = report
        return made

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Fact: ...
    @overload
    def __getitem__(self, key: slice) -> Facts: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Fact | Facts:
        if isinstance(key, str):
            found = next((fact for fact in self if fact.id == key), None)
            if found is None:
                near = answers.nearest(key, (fact.id for fact in self)) or [fact.id for fact in self[:5]]
                raise NotFound(f"no fact has the id {key!r}; near it are {', '.join(near)}")
            return found
        if isinstance(key, slice):
            return Facts(super().__getitem__(key), self.report)
        return super().__getitem__(key)

    def where(
        self,
        concept: Names | None = None,
        *,
        months: int | None = None,
        start: Day | None = None,
        end: Day | None = None,
        statement: Names | None = None,
        label: str | None = None,
        place: Names | None = None,
        reading: Names | None = None,
        extension: bool | None = None,
    ) -> Facts:
        """The facts that are all of what is asked, in their order; none where nothing is.

        Args:
            concept: the name of an element ("NetIncomeLoss"), with or without its prefix; or several.
            months: the length of the period to the nearest month; instants have none.
            start: the first day of the period, as "2009-07-01" or a date.
            end: the last day of the period, or the day of an instant.
            statement: "income_statement", "balance_sheet", "cash_flow", ..., "cover"; or several.
            label: words of the label on the page; small letters and capitals are the same.
            place: "cell", "label", "prose" or "cover"; or several.
            reading: "proved", "stated" or "doubtful"; or several.
            extension: True: elements of the filer's own only; False: none of them.

        Raises WrongOption (a CapxbrlError) for a statement, place, reading or day that is none.
        """
        question = Question(
            concept=concept,
            months=months,
            start=start,
            end=end,
            statement=statement,
            label=label,
            place=place,
            reading=reading,
            extension=extension,
        )
        return Facts(answers.where(self, question), self.report)

    def one(
        self,
        concept: Names | None = None,
        *,
        months: int | None = None,
        start: Day | None = None,
        end: Day | None = None,
        statement: Names | None = None,
        label: str | None = None,
    ) -> Fact:
        """The one fact that is all of what is asked.

        A figure that the filing shows several times is one: that of a cell. Where some facts are of the whole company
        and others of a part (a member of an axis), those of the whole are meant.

        Args:
            concept: the name of an element, as `where` takes it.
            months: the length of the period to the nearest month.
            start: the first day of the period.
            end: the last day of the period, or the day of an instant.
            statement: the statement that it stands in.
            label: words of its label on the page.

        Raises NotFound where there is none, or more than one: the text lists what it may be.
        """
        asked = Question(concept=concept, months=months, start=start, end=end, statement=statement, label=label)
        return answers.one(self, self.report.contexts if self.report else (), asked)

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """These facts as a pandas DataFrame, one row a fact, with typed columns that stand where there is none
        (`frames.facts` lists them).

        Args:
            numbers: "decimal" (exact) or "float".

        Raises WrongOption for other numbers.
        """
        from . import frames

        return frames.facts(self.report, self, numbers=numbers)

    def __repr__(self) -> str:
        from .showing import phrases

        return f"Facts({phrases.tally(self)})"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from .showing import plain

        yield plain.coloured([plain.Shown(line) for line in str(self).splitlines()])

    def __str__(self) -> str:
        from .showing import plain

        return plain.facts(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if printer.indentation else str(self))

    def _repr_html_(self) -> str:
        from .showing import html

        return html.facts(self)


class Statements(tuple[Statement, ...]):
    """Statements in the order of the page: a tuple of `Statement` that can be asked.

    `statements[0]` and `statements["income_statement"]` are one statement (of several of a kind the first),
    `"cash_flow" in statements` says whether there is one.
    """

    def __new__(cls, statements: Iterable[Statement] = ()) -> Statements:
        return super().__new__(cls, statements)

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Statement: ...
    @overload
    def __getitem__(self, key: slice) -> Statements: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> Statement | Statements:
        if isinstance(key, str):
            try:
                kind = answers.one_of(Kind, "statement", key)
            except WrongOption as error:
                raise NotFound(str(error)) from None
            found = self.get(kind)
            if found is None:
                there = ", ".join(dict.fromkeys(one.kind.value for one in self)) or "no statement at all"
                raise NotFound(f"the filing has no {kind.value}; it has {there}")
            return found
        if isinstance(key, slice):
            return Statements(super().__getitem__(key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None if isinstance(key, str) else super().__contains__(key)

    def get(self, kind: str) -> Statement | None:
        """The first statement of a kind, one of the face before supplementary ones; None where there is none.

        Args:
            kind: "balance_sheet", "income_statement", "cash_flow", "comprehensive_income", "other".

        Raises WrongOption for a kind that there is not.
        """
        found = self.where(kind)
        return next((one for one in found if one.face), found[0] if found else None)

    def where(self, kind: Names | None = None, *, face: bool | None = None) -> Statements:
        """The statements that are all of what is asked.

        Args:
            kind: as `get` takes it; or several.
            face: True: face statements only; False: supplementary, pro forma and segment tables only.

        Raises WrongOption for a kind that there is not.
        """
        words = (kind,) if isinstance(kind, str) else kind or ()
        kinds = {answers.one_of(Kind, "statement", word) for word in words}
        return Statements(
            one for one in self if (kind is None or one.kind in kinds) and (face is None or one.face == face)
        )

    def __repr__(self) -> str:
        return f"Statements({', '.join(one.kind.value for one in self)})"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, one in enumerate(self):
            yield from ("", one) if number else (one,)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if printer.indentation else str(self))

    def _repr_html_(self) -> str:
        from .showing import html

        return html.statements(self)


class Findings(tuple[Finding, ...]):
    """Findings in the order of the page: a tuple of `Finding` that can be asked."""

    report: Report | None

    def __new__(cls, findings: Iterable[Finding] = (), report: Report | None = None) -> Findings:
        made = super().__new__(cls, findings)
        made.report = report
        return made

    @overload
    def __getitem__(self, key: SupportsIndex) -> Finding: ...
    @overload
    def __getitem__(self, key: slice) -> Findings: ...
    def __getitem__(self, key: SupportsIndex | slice) -> Finding | Findings:
        if isinstance(key, slice):
            return Findings(super().__getitem__(key), self.report)
        return super().__getitem__(key)

    def where(self, severity: Names | None = None, *, code: str | None = None) -> Findings:
        """The findings that are all of what is asked.

        Args:
            severity: "error", "warning" or "note"; or several.
            code: a code ("tag.unknown-label"), or what codes begin with ("tag").

        Raises WrongOption for a severity that there is not.
        """
        words = (severity,) if isinstance(severity, str) else severity or ()
        severities = {answers.one_of(Severity, "severity", word) for word in words}
        return Findings(
            (
                f
                for f in self
                if (severity is None or f.severity in severities)
                and (code is None or f.code == code or f.code.startswith(f"{code.rstrip('.')}."))
            ),
            self.report,
        )

    def to_frame(self) -> pandas.DataFrame:
        """The findings as a pandas DataFrame, one row a finding, with typed columns that stand where there is none
        (`frames.findings` lists them)."""
        from . import frames

        return frames.findings(self, self.report)

    def __repr__(self) -> str:
        from .showing import phrases

        return f"Findings({phrases.found([f.severity for f in self])})"

    def __str__(self) -> str:
        from .showing import plain

        return plain.findings(self)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from .showing import plain

        yield plain.coloured(plain.finding_lines(self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if printer.indentation else str(self))

    def _repr_html_(self) -> str:
        from .showing import html

        return html.findings(self)
