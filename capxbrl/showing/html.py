"""Statements, facts and findings for a notebook: HTML that loads nothing, runs nothing and inherits the colours of the
page. Every text of the filing is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from ..findings import Finding, Severity, printable
from ..model import Fact, LineItem, Standing, Statement, Unit
from . import phrases

#: So many facts of a table are shown.
_SHOWN = 60
_TABLE = "border-collapse:collapse;table-layout:auto;margin:.3em 0;font-size:13px;width:auto"
_CELL = "text-align:right;white-space:nowrap;vertical-align:bottom;padding:0 0 0 1.4em;border:0"
_LABEL = "text-align:left;vertical-align:bottom;padding:1px .4em 1px {left}em;border:0;max-width:44em"
_HEAD = (
    "text-align:right;vertical-align:bottom;white-space:nowrap;padding:1px .5em 3px 1.4em;border:0;"
    "border-bottom:1px solid;font-weight:600"
)
_PLAIN = "text-align:left;vertical-align:top;padding:2px .8em 2px 0;border:0"
_MUTED = "opacity:.7"
_DOUBT = "border-bottom:2px dotted #d9534f"
_COLOURS = {Severity.ERROR: "#d9534f", Severity.WARNING: "#c77c02", Severity.NOTE: "#3b7dd8"}
_READINGS = {Standing.PROVED: "#2e8b57", Standing.STATED: "inherit", Standing.DOUBTFUL: "#d9534f"}


def text(words: str) -> Markup:
    """A text of the filing as it may stand in a page: what would steer its direction is shown, not obeyed."""
    return escape(printable(words))


def statement(source: Statement) -> str:
    """A statement as on the page: headings, indents, parentheses, rules above totals; concept and reason on hover."""
    scale = phrases.scales(source)
    heads = "".join(
        f'<th style="{_HEAD}">{"<br>".join(text(part) for part in phrases.heading(column, source))}</th>'
        for column in source.columns
    )
    lines = zip(source.lines, phrases.labels_of(source), phrases.depths(source), strict=True)
    rows = "".join(_line(line, label, depth, scale) for line, label, depth in lines)
    return (
        f'<table style="{_TABLE}"><caption style="text-align:left;caption-side:top;padding:0 0 .4em">'
        f'<b>{text(" ".join(source.title.split()))}</b><br><span style="{_MUTED}">{text(phrases.units(source))}</span>'
        f'</caption><thead><tr style="background:none"><th style="{_HEAD}"></th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{_legend(source)}"
    )


def _line(line: LineItem, label: str, depth: int, scale: Mapping[Unit, int]) -> str:
    own = "†" if line.concept is not None and line.concept.extension else ""
    shown = f"<b>{text(label)}</b>" if line.is_heading else f"{text(label)}{own}"
    title = f' title="{_hover(line.facts)}"' if line.facts else ""
    style = _LABEL.format(left=0.2 + 1.2 * depth)
    rule = phrases.has_rule(line) and not line.is_heading
    doubtful = phrases.doubtful(line)
    cells = "".join(_figure(line, n, scale, rule=rule, doubtful=n in doubtful) for n in range(len(line.amounts)))
    return f'<tr style="background:none"><td style="{style}"{title}>{shown}</td>{cells}</tr>'


def _figure(line: LineItem, n: int, scale: Mapping[Unit, int], *, rule: bool, doubtful: bool) -> str:
    amount = line.amounts[n]
    if amount is None:
        return f'<td style="{_CELL}"></td>'
    shown = phrases.figure(amount, scale[amount.unit])
    mine = [fact for fact in line.facts if fact.span == amount.span]
    title = f' title="{_hover(mine)}"' if mine else ""
    sign = f"{text(amount.currency)} " if amount.currency else ""
    words = f'<span style="{_DOUBT}">{sign}{text(shown)}</span>?' if doubtful else f"{sign}{text(shown)}"
    # The parenthesis stands to the right of the digits, so that these align.
    look = f"padding:1px {'.15em' if shown.endswith(')') or doubtful else '.5em'} 1px 0"
    look += ";border-top:1px solid" if rule else ""
    return f'<td style="{_CELL}"{title}><div style="{look}">{words}</div></td>'


def _hover(found: Iterable[Fact]) -> Markup:
    """What is said of facts when the pointer rests on them, a line each."""
    return Markup("&#10;").join(text(phrases.note(fact)) for fact in found)


def _legend(source: Statement) -> str:
    words = []
    if any(phrases.doubtful(line) for line in source.lines):
        words.append(f'<span style="{_DOUBT}">?</span> doubtful: witnesses disagree, or nothing says it')
    if any(line.concept is not None and line.concept.extension for line in source.lines):
        words.append("† an element of the filer's own")
    return f'<div style="{_MUTED};font-size:12px">{"; ".join(words)}</div>' if words else ""


def fact(found: Fact) -> str:
    """A fact as a small table."""
    extension = ", an element of the filer's own" if found.concept.extension else ""
    rows = (
        (found.label, f"<b>{text(phrases.value(found))}</b> {text(found.measure)}"),
        ("period", text(phrases.when(found.period))),
        ("concept", text(f"{found.concept.qname}{extension}")),
        ("why", text(f"confidence {found.confidence:.2f}" + (f" ({found.why})" if found.why else ""))),
        ("reading", _reading(found)),
        ("on the page", text(f"{found.shown}, {found.place.value} of the {_name(found.statement.value)}, {found.at}")),
        ("id", text(found.id)),
    )
    cells = "".join(
        f'<tr style="background:none"><td style="{_PLAIN};{_MUTED}">{text(name)}</td>'
        f'<td style="{_PLAIN}">{said}</td></tr>'
        for name, said in rows
    )
    return f'<table style="{_TABLE}">{cells}</table>'


def facts(found: Sequence[Fact]) -> str:
    """The first facts as a table."""
    heads = ("label", "concept", "period", "value", "unit", "reading")
    rows = "".join(map(_fact_row, found[:_SHOWN]))
    more = f"; the first {_SHOWN} are shown" if len(found) > _SHOWN else ""
    return _listed(f"{phrases.tally(found)}{more}", heads, rows)


def _fact_row(found: Fact) -> str:
    number = _PLAIN.replace("text-align:left", "text-align:right;white-space:nowrap")
    cells = (
        (_PLAIN, text(found.label)),
        (_PLAIN, text(found.concept.name + ("†" if found.concept.extension else ""))),
        (f"{_PLAIN};white-space:nowrap", text(phrases.when(found.period))),
        (number if found.unit else _PLAIN, text(phrases.value(found))),
        (_PLAIN, text(found.measure)),
        (_PLAIN, _reading(found)),
    )
    shown = "".join(f'<td style="{style}">{said}</td>' for style, said in cells)
    return f'<tr style="background:none" title="{_hover((found,))}">{shown}</tr>'


def _reading(found: Fact) -> Markup:
    return Markup('<span style="color:{}">{}</span>').format(_READINGS[found.reading], found.reading.value)


def findings(found: Sequence[Finding]) -> str:
    """Findings as a table, errors first; notes folded away."""
    told = [f for f in found if f.severity is not Severity.NOTE]
    notes = [f for f in found if f.severity is Severity.NOTE]
    summary = phrases.found([f.severity for f in found])
    parts = [_findings(sorted(told, key=lambda f: f.severity is not Severity.ERROR), summary)]
    if notes and told:
        parts.append(
            f"<details><summary>{phrases.found([f.severity for f in notes])}</summary>{_findings(notes)}</details>"
        )
    elif notes:
        parts = [_findings(notes, summary)]
    return "".join(parts)


def _findings(found: Sequence[Finding], title: str = "") -> str:
    rows = "".join(
        f'<tr style="background:none"><td style="{_PLAIN};color:{_COLOURS[f.severity]}">{f.severity.value}</td>'
        f'<td style="{_PLAIN};white-space:nowrap">{text(str(f.at) if f.at else "")}</td>'
        f'<td style="{_PLAIN}">{text(f.message)}{_hint(f)}</td><td style="{_PLAIN};{_MUTED}">{text(f.code)}</td></tr>'
        for f in found
    )
    return _listed(title, ("severity", "place", "what was found", "code"), rows)


def _hint(found: Finding) -> str:
    return f'<br><span style="{_MUTED}">{text(found.hint)}</span>' if found.hint else ""


def _listed(title: str, heads: Sequence[str], rows: str) -> str:
    caption = f'<caption style="text-align:left;caption-side:top">{text(title)}</caption>' if title else ""
    if not rows:
        return f"<div>{text(title)}</div>"
    head = "".join(f'<th style="{_PLAIN};border-bottom:1px solid">{name}</th>' for name in heads)
    return (
        f'<table style="{_TABLE}">{caption}<thead><tr style="background:none">{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def statements(found: Sequence[Statement]) -> str:
    """Every statement, the first unfolded."""
    return "".join(
        f"<details{' open' if not n else ''}><summary>{text(_name(one.kind.value))}: {text(one.title)}</summary>"
        f"{statement(one)}</details>"
        for n, one in enumerate(found)
    )


def conversion(title: str, about: Sequence[str], found: Sequence[Finding], read: Sequence[Statement]) -> str:
    """What was converted, what was found, and the statements."""
    told = f"<details><summary>{phrases.found([f.severity for f in found])}</summary>{findings(found)}</details>"
    return (
        f'<div><div style="font-size:115%;font-weight:600">{text(title)}</div>'
        f'<div style="{_MUTED}">{" · ".join(text(part) for part in about)}</div>'
        f"{told if found else ''}{statements(read)}</div>"
    )


def _name(kind: str) -> str:
    """income_statement as "income statement"."""
    return kind.replace("_", " ")
