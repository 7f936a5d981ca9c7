"""The page of a review: one HTML file that holds all it needs, opens by a double click and asks nothing of a network.

A hostile filing runs nothing: its text is escaped where it is markup, stands with every "<" escaped in a script element
that is data, and reaches the page as text; the policy of the page (CSP 3) lets no script run but ours, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..findings import Finding, Severity
from ..model import Report, Span, Verdict
from ..resources import templates
from ..taxonomy import load
from ..writers.template import render
from ..writers.xhtml import legal
from ..writers.xhtml.blocks import blocks_of
from ..writers.xhtml.marks import Mark, Place
from .applied import Applied, Reviewed, apply, filing_of
from .evidence import Evidence, gather, line_of
from .journal import SCHEMA, Filing, Journal, as_json
from .told import said

if TYPE_CHECKING:
    from ..conversion import Conversion

#: The parts of the script, in order; they share one scope.
SCRIPTS = ("state.js", "filing.js", "panel.js", "dialogs.js", "save.js", "keys.js")


def as_page(
    made: Conversion,
    findings: Sequence[Finding],
    *,
    reviewer: str = "",
    learned: Path | None = None,
    served: bool = False,
) -> bytes:
    """The page of a conversion, the same for the same conversion, which has the journal of what was judged before.

    findings: of reading too. reviewer: whose name entries bear until another is given.
    learned: another learned table than the shipped one. served: it saves by itself, to the server that it came from.
    """
    journal = made.journal or Journal()
    filing = filing_of(made.document, made.entity, made.report, made.cover)
    applied, _ = apply(journal, filing, made.report)
    lines = [one.line for one in applied.lines]
    found = gather(made.report, lines, made.statements, made.footings, made.cover, findings, learned)
    data = {
        **_journal(journal, filing, applied),
        "reviewer": reviewer,
        "served": served,
        "title": made.report.title or made.document.name,
        "statements": [
            {"kind": one.statement.kind.value, "title": one.statement.title} for one in made.report.statements
        ],
        "lines": [_line(one, told) for one, told in zip(applied.lines, found.lines, strict=True)],
        "sums": [asdict(one) for one in found.sums],
        "findings": [_finding(one) for one in findings if one.severity is not Severity.NOTE],
        "concepts": _concepts(found.lines, applied.lines),
    }
    return legal(
        render(
            "review.html.j2",
            title=data["title"],
            policy=policy(served=served),
            style=Markup(_text("review.css")),
            sheet=Markup((templates() / "style.css").read_text(encoding="utf-8") + _text("filing.css")),
            script=Markup(_script()),
            data=embedded(data),
            blocks=blocks_of(made.report, _marks(made.report, applied.lines)),
        ).decode()
    )


def policy(*, served: bool) -> str:
    """The Content-Security-Policy of the page: our script by its hash, our styles, nothing from anywhere."""
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    reach = "'self'" if served else "'none'"
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; connect-src {reach}; "
        "base-uri 'none'; form-action 'none'"
    )


def _script() -> str:
    parts = "\n".join(_text(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _text(name: str) -> str:
    return (templates() / "review" / name).read_text(encoding="utf-8")


def embedded(data: Mapping[str, Any]) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element or begins a comment (HTML, 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _journal(journal: Journal, filing: Filing, applied: Applied) -> dict[str, Any]:
    filings = [asdict(one) for one in journal.filings]
    if applied.filing == len(filings):
        filings.append(asdict(filing))
    return {
        "schema": SCHEMA,
        "filings": filings,
        "filing": applied.filing,
        "entries": [as_json(one) for one in journal.entries],
        "resolved": applied.resolved,
    }


def _line(one: Reviewed, told: Evidence) -> dict[str, Any]:
    line = one.line
    return {
        "key": asdict(line.key),
        "name": line.name,
        "path": line.path,
        "at": str(line.at),
        "of": line.statement,
        "concept": line.concept,
        "confidence": line.match.confidence if line.match else None,
        "why": line.match.why if line.match else "",
        "facts": [
            {
                **asdict(fact.claim),
                "hash": fact.claim.hash_in(line.key.statement),
                "own": fact.own,
                "shown": fact.shown,
                "reading": (fact.reading or "stated") if fact.id else "untagged",
                "doubt": doubt,
                "at": str(fact.at),
            }
            for fact, doubt in zip(line.facts, told.doubts, strict=True)
        ],
        "state": asdict(one.state),
        "by": {"who": one.entry.who, "when": one.entry.when} if one.entry else None,
        "changes": [said(change) for change in one.changes],
        **{name: value for name, value in asdict(told).items() if name != "doubts"},
    }


def _finding(one: Finding) -> dict[str, str]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "at": str(one.at or ""),
        "hint": one.hint or "",
    }


def _concepts(told: Iterable[Evidence], lines: Iterable[Reviewed]) -> dict[str, list[str]]:
    """{name: [label, definition, type, period, balance]} of what a line of this filing may have or has."""
    kinds = {(kind, one.period) for one in told for kind in one.types}
    used = {fact.claim.concept for one in lines for fact in one.line.facts}
    taxonomy = load()
    known = {**taxonomy.dei, **taxonomy.concepts}
    return {
        name: [one.label, one.documentation, one.type.value, one.period.value, one.balance.value]
        for name, one in known.items()
        if not one.abstract and ((one.type.value, one.period.value) in kinds or name in used)
    }


# --- figures on the page ----------------------------------------------------------------------------------------------


def _marks(report: Report, lines: Sequence[Reviewed]) -> Mapping[Place, Sequence[Mark]]:
    """A span around each figure: of which line it is (data-l), and how it stands."""
    spans: dict[Span, Mark] = {}
    numbers = {(one.line.statement, one.line.line): n for n, one in enumerate(lines)}
    for n, one in enumerate(lines):
        for fact in one.line.facts:
            cls = (fact.reading or "stated") if fact.id else "untagged"
            spans.setdefault(fact.span, _mark(fact.span, n, cls))
    for mention in report.mentions:
        of = line_of(mention, report)
        if of is not None or mention.verdict is Verdict.DISAGREES:
            spans.setdefault(
                mention.span, _mark(mention.span, numbers.get(of or (-1, -1), -1), f"said {mention.verdict}")
            )
    found: dict[Place, list[Mark]] = {}
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        marks = found.setdefault((span.block, span.row, span.cell), [])
        if span.start < span.end and not any(m.start < span.start < m.end < span.end for m in marks):
            marks.append(spans[span])
    return found


def _mark(span: Span, line: int, cls: str) -> Mark:
    of = f' data-l="{line}"' if line >= 0 else ""
    return Mark(span.start, span.end, f'<span class="v {cls}"{of}>', "</span>")
