"""Whose filings: by the Central Index Key, else by the name, else by the figures that one filing repeats of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..decisions.whose import same_company
from ..findings import Finding, Position, Severity, counted
from ..records import dataclass
from .records import Source
from .sources import Taken

#: A figure of so many digits is not met by chance in the same line and period, and never so many of them.
_TELLING, _SHARED = 4, 5

_Told = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Filings of one company. ciks, names: as they say it."""

    members: tuple[Taken, ...]
    ciks: frozenset[str]
    names: tuple[str, ...]
    figures: _Told

    def plus(self, one: Taken) -> _Group:
        cik, name = _cik(one), one.source.entity
        return _Group(
            members=(*self.members, one),
            ciks=self.ciks | ({cik} if cik else frozenset()),
            names=(*self.names, name) if name and name not in self.names else self.names,
            figures=self.figures | _figures(one),
        )


_NOBODY = _Group(members=(), ciks=frozenset(), names=(), figures=frozenset())


def sorted_out(
    taken: Sequence[Taken], *, company: str | None = None, cik: str | None = None
) -> tuple[list[Taken], list[Finding]]:
    """The filings in time, each with its company; what is unclear is told.

    company, cik: what the caller says of all of them.
    """
    ordered = sorted(taken, key=lambda t: (t.source.known, t.source.day, t.source.form or "", t.source.name))
    if company is not None or cik is not None:
        name = company or _common(ordered) or f"CIK {cik}"
        told = [replace(t.source, company=name, cik=cik or t.source.cik) for t in ordered]
        made = [replace(t, source=replace(s, number=n)) for n, (t, s) in enumerate(zip(ordered, told, strict=True))]
        return made, list(_of_others(ordered, company, cik))
    groups, findings = _groups(ordered)
    names = _called(groups)
    whose = {id(t): names[n] for n, group in enumerate(groups) for t in group.members}
    made = [replace(t, source=replace(t.source, number=n, company=whose[id(t)])) for n, t in enumerate(ordered)]
    if len(groups) > 1:
        findings.append(_several(groups, names))
    return made, findings


def _groups(ordered: Sequence[Taken]) -> tuple[list[_Group], list[Finding]]:
    groups: list[_Group] = []
    findings: list[Finding] = []
    # Those that say most first: a name is compared with what goes by a key.
    for one in sorted(ordered, key=lambda t: (not _cik(t), not t.source.entity)):
        if _cik(one) or one.source.entity:
            at, likely = _named(one, groups)
            if likely:
                findings.append(_likely(one.source, groups[at or 0]))
            _put(groups, at, one)
    nameless = [t for t in ordered if not _cik(t) and not t.source.entity]
    while nameless:
        shared, at, one = max(
            ((len(g.figures & _figures(t)), -n, t) for t in nameless for n, g in enumerate(groups)),
            key=lambda found: found[:2],
            default=(0, 0, nameless[0]),
        )
        nameless.remove(one)
        _put(groups, -at if shared >= _SHARED else None, one)
        findings.append(_nameless(one.source, shared if shared >= _SHARED else 0))
    return groups, findings


def _named(one: Taken, groups: Sequence[_Group]) -> tuple[int | None, bool]:
    """The company of a filing that has a key or a name; True where a name that is like it is all that says so."""
    cik, name = _cik(one), one.source.entity or ""
    open_to = [n for n, g in enumerate(groups) if not (cik and g.ciks)]
    for n, group in enumerate(groups):
        if cik in group.ciks or (n in open_to and any(_is_one_name(name, other) for other in group.names)):
            return n, False
    for n in open_to:
        if any(same_company(name, other) for other in groups[n].names):
            same, differs = _compared(one, groups[n])
            if same >= _SHARED or not differs:
                return n, same < _SHARED
    return None, False


def _is_one_name(one: str, other: str) -> bool:
    """The same letters and digits. A part of a name may be a parent's or a subsidiary's."""
    letters = ["".join(c for c in name.casefold() if c.isalnum()) for name in (one, other)]
    return bool(letters[0]) and letters[0] == letters[1]


def _compared(one: Taken, group: _Group) -> tuple[int, int]:
    """Figures of lines and periods that both show: equal ones, and others."""
    mine = _figures(one)
    same = mine & group.figures
    lines = {told[:-1] for told in group.figures}
    return len(same), sum(told[:-1] in lines for told in mine - same)


def _put(groups: list[_Group], at: int | None, one: Taken) -> None:
    if at is None:
        groups.append(_NOBODY.plus(one))
    else:
        groups[at] = groups[at].plus(one)


def _cik(one: Taken) -> str | None:
    return one.source.cik.lstrip("0") if one.source.cik else None


def _figures(one: Taken) -> _Told:
    """What a filing has in common with another of its company: lines, periods and figures."""
    return frozenset(
        (row.concept.rpartition(":")[2], row.start, row.end, row.value)
        for row in one.rows
        if row.value is not None and len(row.value.normalize().as_tuple().digits) >= _TELLING
    )


def _called(groups: Sequence[_Group]) -> list[str]:
    """A name for each company: as its latest filing has it; of equal ones the key is added, or a number."""
    names = [group.names[-1] if group.names else f"company of {group.members[0].source.name}" for group in groups]
    return [
        name if names.count(name) == 1 else f"{name} ({next(iter(sorted(group.ciks)), number)})"
        for number, (name, group) in enumerate(zip(names, groups, strict=True), 1)
    ]


def _common(ordered: Sequence[Taken]) -> str | None:
    return next((t.source.entity for t in reversed(ordered) if t.source.entity), None)


def _of_others(ordered: Sequence[Taken], company: str | None, cik: str | None) -> Iterator[Finding]:
    """Filings that say they are of another company than the caller says."""
    for one in ordered:
        other = cik and _cik(one) and _cik(one) != cik.lstrip("0")
        named = company and one.source.entity and not same_company(company, one.source.entity)
        if other or named:
            says = one.source.entity or f"CIK {one.source.cik}"
            yield Finding(
                code="history.company",
                severity=Severity.WARNING,
                at=Position(source=one.source.name),
                message=f"says that it is of {says}, and is taken as of {company or f'CIK {cik}'}, as you say",
                hint="leave it out if it is another company's",
            )


def _likely(source: Source, group: _Group) -> Finding:
    said = (
        f"says that it is of {source.entity}, and is put to {group.names[-1]}: no figure bears it out or contradicts it"
    )
    return _told("history.company", Severity.WARNING, source.name, said, "--company says it; else leave it out")


def _nameless(source: Source, shared: int) -> Finding:
    if shared:
        said = f"does not say whose it is; it repeats {counted(shared, 'figure')} of the filings it is put to"
        return _told("history.company", Severity.NOTE, source.name, said, "--company or --cik says it")
    said = "does not say whose it is, and repeats no figures of the others: it is kept apart"
    return _told("history.company", Severity.WARNING, source.name, said, "--company or --cik says that all are of one")


def _several(groups: Sequence[_Group], names: Sequence[str]) -> Finding:
    shown = "; ".join(
        f"{name}: {counted(len(group.members), 'filing')}" for name, group in zip(names, groups, strict=True)
    )
    where = groups[1].members[0].source.name
    said = f"the filings are of {len(groups)} companies, which are kept apart ({shown})"
    return _told("history.company", Severity.WARNING, where, said, "--company NAME says that all of them are of one")


def _told(code: str, severity: Severity, name: str, message: str, hint: str) -> Finding:
    return Finding(code=code, severity=severity, at=Position(source=name), message=message, hint=hint)
