"""`collect`: filings -> a History, the long table of all their facts and what can be asked of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..decisions.whose import same_company
from ..findings import BadData, CapxbrlError, Finding, NotFound
from ..model import Standing
from ..options import WrongOption, choose
from ..records import dataclass
from ..reprs import Brief
from .bridges import index
from .calendar import Calendar, Dated, calendar_of
from .companies import sorted_out
from .memory import Rolled, rolled
from .over_years import OverYears, table_of
from .records import Entry, Slot, Source
from .runs import Known, Run, run
from .series import Series
from .sources import Taken, made_of, take
from .told import findings_of

if TYPE_CHECKING:
    import pandas

    from ..conversion import Conversion


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class History(Brief):
    """The facts of filings on the calendar of their company. sources: the filings, in time. entries: the long table.

    findings: what is to be told of the filings together; given: those of them that are of what was given. rolled: what
    rolling forward changed. What is asked of one company needs one: `of` picks it.
    """

    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    calendars: Mapping[str, Calendar] = field(repr=False)
    known: Mapping[str, Known] = field(repr=False)
    given: tuple[Finding, ...] = field(default=(), repr=False)
    rolled: Rolled | None = field(default=None, repr=False)

    @property
    def companies(self) -> tuple[str, ...]:
        """The companies that the filings are of."""
        return tuple(dict.fromkeys(s.company for s in self.sources))

    @property
    def company(self) -> str:
        """The company. Raises BadData where the filings are of several."""
        if len(self.companies) != 1:
            raise BadData(
                f"the filings are of {', '.join(self.companies)}: pick one: history.of({self.companies[0]!r})"
            )
        return self.companies[0]

    def of(self, company: str) -> History:
        """The history of one of the companies.

        Args:
            company: its name or its CIK.

        Raises NotFound.
        """
        found = {s.company for s in self.sources if s.company == company}
        found = found or {s.company for s in self.sources if s.cik and s.cik.lstrip("0") == company.lstrip("0")}
        found = found or {s.company for s in self.sources if same_company(s.company, company)}
        if len(found) != 1:
            raise NotFound(f"{company!r} is {'none' if not found else 'several'} of {', '.join(self.companies)}")
        (name,) = found
        return _narrowed(self, [s for s in self.sources if s.company == name])

    def as_of(self, day: str | dt.date) -> History:
        """The history as it was known on a day: of the filings made until then.

        Args:
            day: the day, as "2009-09-30" or a date.

        Raises NotFound where none was.
        """
        last = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return _narrowed(self, [s for s in self.sources if s.known <= last], f"no filing is known on {last}")

    @property
    def concepts(self) -> tuple[str, ...]:
        """The local names of all lines, in the order of the pages, the latest first."""
        found = [e.name for s in reversed(self.sources) for e in self.entries if e.source.number == s.number]
        return tuple(dict.fromkeys(found))

    def series(
        self,
        concept: str,
        months: int | None = None,
        *,
        as_of: str | dt.date | None = None,
        unit: str | None = None,
        standing: str = "doubtful",
    ) -> Series:
        """A line over time: as printed, and as derived where no filing prints it.

        Args:
            concept: the name of an element, with or without a prefix.
            months: 3, 6, 9 or 12; None: balances, or quarters of what has a duration.
            as_of: only what was known on that day.
            unit: a currency or unit; None: that of the latest filing.
            standing: the least that a point must be ("proved", "stated", "doubtful"); what is less is a gap.

        Raises BadData for several companies, NotFound for an unknown concept, WrongOption for other months.
        """
        if as_of is not None:
            return self.as_of(as_of).series(concept, months, unit=unit, standing=standing)
        company, name = self.company, concept.rpartition(":")[2]
        known = self.known[company]
        if months is not None and (not isinstance(months, int) or not 1 <= months <= 12):
            raise WrongOption(f"a series has periods of 1 to 12 months, not {months!r}")
        try:
            least = Standing(standing)
        except ValueError:
            raise WrongOption(f"standing is proved, stated or doubtful, not {standing!r}") from None
        found = _first(known, name, _lengths(known, name, months), unit, least)
        if found is None:
            raise NotFound(_no_such(self, name, months))
        length, made = found
        return Series(
            concept=name,
            company=company,
            months=length,
            unit=made.unit,
            points=made.points,
            gaps=made.gaps,
            findings=made.findings,
        )

    def statement(
        self, kind: str, months: int | None = None, *, as_of: str | dt.date | None = None, unit: str | None = None
    ) -> OverYears:
        """A statement over years as one table: a row a line in the order of the latest page, a column a period.

        Args:
            kind: income_statement, balance_sheet, cash_flow, comprehensive_income or equity.
            months: 3 or 12 (by default 12, of a balance sheet none).
            as_of: only what was known on that day.
            unit: a currency; None: that of the latest filing.

        Raises BadData.
        """
        if as_of is not None:
            return self.as_of(as_of).statement(kind, months, unit=unit)
        known, company = self.known[self.company], self.company
        length = None if kind == "balance_sheet" else months or 12
        return table_of(known, company, kind, length, unit)

    def to_frame(self, *, numbers: str = "decimal") -> pandas.DataFrame:
        """The long table, one row a fact of a filing (pandas).

        Args:
            numbers: "decimal" (exact) or "float".
        """
        from . import frames

        return frames.facts(self, numbers=numbers)

    def to_csv(self, path: str | Path | None = None) -> str:
        """The long table as the text of a CSV.

        Args:
            path: where to write it too, whole or not at all.
        """
        from . import shapes

        return shapes.kept(shapes.facts_csv(self), path)

    def to_companyfacts(self, path: str | Path | None = None) -> str:
        """The facts of a company in the form of the SEC's companyfacts JSON.

        Args:
            path: where to write it too, whole or not at all.
        """
        from . import companyfacts, shapes

        return shapes.kept(companyfacts.as_json(self), path)

    def to_parquet(self, path: str | Path) -> Path:
        """The long table as a Parquet file (extra `parquet`). Raises BadData without pyarrow.

        Args:
            path: where to write it, whole or not at all.
        """
        from . import shapes

        return shapes.put(shapes.parquet(self), path)

    def to_excel(self, path: str | Path) -> Path:
        """A workbook: the statements over years, restated values, gaps, all facts (extra `excel`).

        Args:
            path: where to write it, whole or not at all.
        """
        from . import shapes, workbook

        return shapes.put(workbook.workbook(self), path)

    def to_fsds(self, path: str | Path) -> Path:
        """One zip of all filings in the layout of the SEC's Financial Statement Data Sets. Raises BadData.

        Args:
            path: where to write it, whole or not at all.
        """
        from . import shapes

        return shapes.put(shapes.fsds(self), path)

    def save(
        self, folder: str | Path, *, formats: Iterable[str] = (), force: bool = False, inputs: Iterable[str | Path] = ()
    ) -> list[Path]:
        """Make a folder hold the history: tables as CSV, companyfacts, findings.

        Args:
            folder: which; made if absent.
            formats: what is asked for besides, by name: excel, parquet, fsds, charts.
            force: also where it holds files of other makers, which stay.
            inputs: files that must not be overwritten.

        Returns the paths. Raises CapxbrlError where the folder is not
        ours to fill, or a format is unknown.
        """
        from . import shapes

        named = tuple(map(Path, inputs))
        return shapes.save(self, Path(folder), formats=tuple(formats), force=force, inputs=named)

    def _repr_html_(self) -> str:
        from . import frames

        return frames.history_html(self)


def collect(
    *sources: Conversion | str | Path | Iterable[Conversion | str | Path],
    company: str | None = None,
    roll_forward: bool = False,
    progress: Callable[[str], None] | None = None,
    **given: Any,
) -> History:
    """The history that filings tell together.

    Args:
        sources: conversions, files, folders of files, or sequences of those.
        company: whose they all are, where they do not say it (so does `cik` among the options).
        roll_forward: give the lines of a filing the concepts that the company's earlier filings gave them.
        progress: called with the name of each file that is read.
        given: the fields of `Options` by name, for files.

    What cannot be read is a finding, and the rest goes on. Raises CapxbrlError where nothing can be read at all.
    """
    options, findings = choose(**given), list[Finding]()
    made: Iterable[tuple[str, Conversion]] = made_of(_listed(sources), options, progress or _silent, findings)
    memory = rolled(list(made), options) if roll_forward else None
    taken = take(memory.conversions if memory else made, findings)
    if not taken:
        why = f": {findings[0]}" if findings else ""
        raise CapxbrlError(f"none of the inputs holds the figures of a filing{why}")
    ordered, whose = sorted_out(taken, company=company, cik=options.cik)
    history = _history(ordered, (*findings, *whose))
    return replace(history, rolled=replace(memory, conversions=()) if memory else None)


def preview(
    *sources: Conversion | str | Path | Iterable[Conversion | str | Path],
    progress: Callable[[str], None] | None = None,
    **given: Any,
) -> Rolled:
    """What `collect(..., roll_forward=True)` would change: every line that an earlier filing of the company gives
    another concept, before it is applied. Raises CapxbrlError."""
    options, findings = choose(**given), list[Finding]()
    made = list(made_of(_listed(sources), options, progress or _silent, findings))
    return replace(rolled(made, options), findings=tuple(findings))


def _listed(sources: Sequence[Any]) -> list[Any]:
    listed = [one for source in sources for one in _each(source)]
    if not listed:
        raise CapxbrlError("no filing is given")
    return listed


def _silent(step: str) -> None:
    """No progress is shown."""


def _each(source: Conversion | str | Path | Iterable[Any]) -> Iterable[Any]:
    if isinstance(source, str | Path) or not isinstance(source, Iterable):
        return (source,)
    return source


def _history(ordered: Sequence[Taken], findings: Sequence[Finding]) -> History:
    calendars = {}
    for company in dict.fromkeys(t.source.company for t in ordered):
        own = [t for t in ordered if t.source.company == company]
        dated = [Dated(t.source.number, r.start, r.end) for t in own for r in t.rows if r.value is not None]
        calendars[company] = calendar_of(dated, [t.source for t in own])
    entries = tuple(e for t in ordered for e in _entries(t, calendars[t.source.company]))
    sources = tuple(t.source for t in ordered)
    made = _made(sources, entries, (*findings, *findings_of(sources, entries, calendars)), calendars)
    return replace(made, given=tuple(findings))


def _entries(taken: Taken, calendar: Calendar) -> Iterable[Entry]:
    bases = {(kind, start, end): basis for kind, start, end, basis in taken.source.columns}
    for row in taken.rows:
        yield Entry(
            source=taken.source,
            row=row,
            slot=calendar.slot(row.start, row.end),
            basis=bases.get((row.statement, row.start, row.end), ""),
        )


def _narrowed(history: History, sources: Sequence[Source], none: str = "") -> History:
    """The part of a history that is of some filings."""
    if not sources:
        raise NotFound(none)
    numbers = {s.number for s in sources}
    entries = tuple(e for e in history.entries if e.source.number in numbers)
    calendars = {name: made for name, made in history.calendars.items() if any(s.company == name for s in sources)}
    told = (*history.given, *findings_of(sources, entries, calendars))
    return replace(_made(sources, entries, told, calendars), rolled=history.rolled, given=history.given)


def _made(
    sources: Sequence[Source], entries: Sequence[Entry], findings: Sequence[Finding], calendars: Mapping[str, Calendar]
) -> History:
    """A history, with what its series are made of."""
    known = {}
    for company in dict.fromkeys(s.company for s in sources):
        own = [s for s in sources if s.company == company]
        known[company] = _known(own, [e for e in entries if e.source.company == company], calendars[company])
    return History(
        sources=tuple(sources), entries=tuple(entries), findings=tuple(findings), calendars=calendars, known=known
    )


def _known(sources: Sequence[Source], entries: Sequence[Entry], calendar: Calendar) -> Known:
    spans: dict[tuple[str, Slot], dict[int, None]] = defaultdict(dict)
    for source in sources:
        for kind, start, end, _ in source.columns:
            spans[kind, calendar.slot(start, end)][source.number] = None
    return Known(
        sources={s.number: s for s in sources},
        index=index(entries),
        calendar=calendar,
        spans={key: tuple(found) for key, found in spans.items()},
    )


def _lengths(known: Known, name: str, months: int | None) -> tuple[int | None, ...]:
    return (months,) if months is not None else (None, 3, 12)


def _first(
    known: Known, name: str, lengths: Sequence[int | None], unit: str | None, least: Standing
) -> tuple[int | None, Run] | None:
    for months in lengths:
        made = run(known, name, months, unit, least)
        if made is not None:
            return months, made
    return None


def _no_such(history: History, name: str, months: int | None) -> str:
    from difflib import get_close_matches

    names = history.concepts
    if name in names:
        if months is not None:
            return f"{name} has balances, no periods: leave months out"
        return f"no filing has a figure of {name}"
    near = get_close_matches(name, names, 3) or names[:3]
    return f"no filing has a line {name}; there are {', '.join(near)}, ..."
