"""Figures in running text agree with the statements.

Why: a release says its numbers twice. Where the text names a line and a period and gives another period's figure, a
figure one slip away, or a percentage that its own amounts do not make, one of the two is wrong; where a percentage
comes out only from figures that were rounded first, a reader who computes it from the table should know. Figures that
are wrong in one and the same way (a thousand times, the columns of two periods) have one cause, and are one finding.
Several that the text gives for one period and the table shows for another contradict the headings of the table.
Source: Regulation G and Regulation S-K 10(e) ask for figures that can be traced; Rule 12b-20 for none that mislead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..findings import Finding, Severity, numbered
from ..model import Mention, Report, Verdict

_EXCHANGED = "the headings of two columns are exchanged, or the text is wrong: compare with the original"
_SIGNS = {"money": "${}", "share": "${} a share", "percent": "{} %", "other": "{}"}


def check(report: Report) -> tuple[Finding, ...]:
    return tuple(_findings(report.mentions))


def _findings(found: Iterable[Mention]) -> Iterator[Finding]:
    causes: dict[str, list[Mention]] = {}
    for mention in found:
        if mention.verdict is Verdict.DISAGREES:
            causes.setdefault(mention.cause or str(mention.at), []).append(mention)
        elif mention.verdict is Verdict.ROUNDED:
            yield Finding(
                code="prose.rounded",
                severity=Severity.NOTE,
                at=mention.at,
                message=f"{_said(mention)} agrees only from rounded figures: {mention.why}",
                hint=_quoted(mention),
            )
    for same in causes.values():
        first, others = same[0], same[1:]
        places = ", ".join(str(m.at) for m in others)
        also = f"; so {numbered(len(others), 'does', 'do')} {len(others)} more ({places})" if others else ""
        exchanged = first.of is not None and len({m.figure.value for m in same}) > 1
        yield Finding(
            code="periods.text" if exchanged else "prose.disagrees",
            severity=Severity.WARNING,
            at=first.at,
            message=f"the text says {_said(first)}, but {first.why}{also}",
            hint=_EXCHANGED if exchanged else _quoted(first),
        )


def _said(mention: Mention) -> str:
    when = f" of {mention.periods[0]}" if mention.periods else ""
    figure = _SIGNS[mention.figure.unit].format(f"{mention.figure.value:,f}")
    return f"{figure} for {mention.subject}{when} ({mention.role})"


def _quoted(mention: Mention) -> str:
    return f'"...{mention.words}..."'
