"""The boxes of a cover: which report it is, what a current report also is, yes or no, and the kind of filer.

A mark stands before or behind its words; which of the two is seen from what comes first. A box whose mark cannot be
seen is told, and never answered by guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..findings import Finding, Outcome, Severity
from ..model import CoverFact, Standing
from ..patterns import compiled
from ..records import dataclass, replace
from ..words import pattern, table
from . import tolerances as tol
from .dates import kind_of
from .flat import Cover
from .judge import Candidate, Facts, fact_of

#: A mark in brackets or between bars, a character that is a box (Wingdings o, x, þ, ý, ¨, q too), or a line to
#: write on.
_MARK = compiled(
    r"(?P<on>[\[(|/_]{1,9}\s?[xX✓✔]\s?[\])|/_]{1,9}|[☑☒■✓✔]|(?<![\w'’.-])[xXþý](?![\w'’-]))"
    r"|(?P<off>\[[\s_\xa0]{0,9}\]|\([\s_\xa0]{0,9}\)|\|[\s_\xa0]{0,9}\||[☐□¨]"
    r"|(?<![\w'’.-])[oq](?![\w'’-])|_{2,})"
)
_YES_NO = compiled(r"\b(?P<word>yes|no)\b", re.I)
_WHOLE_BOX = compiled(r"[\[(|]\s{0,9}([xX✓✔_ \xa0]{0,40})\s{0,9}[\])|]\s*$|([☐☑☒□■o¨þý])\s*$")
_HALF_BOX = compiled(r"([\[\]|()])\s*$")
_CHECKED = frozenset("xX✓✔☑☒■þý")
_NEXT = compiled(r"\bindicate\s+(?:by\s+check|the\s+number|if)|\bnote\s+[-–—]|^\s*if\s+an\s+emerging", re.I | re.M)
#: Facts that are words; the others are true or false.
_WORDS = frozenset(
    [
        "EntityWellKnownSeasonedIssuer",
        "EntityVoluntaryFilers",
        "EntityCurrentReportingStatus",
        "EntityInteractiveDataCurrent",
    ]
)
_LABELS = {
    "EntityWellKnownSeasonedIssuer": "Well-known seasoned issuer",
    "EntityVoluntaryFilers": "Not required to file",
    "EntityCurrentReportingStatus": "Filed all reports",
    "EntityInteractiveDataCurrent": "Interactive data",
    "EntityShellCompany": "Shell company",
    "EntityFilerCategory": "Accelerated filer",
    "EntitySmallBusiness": "Smaller reporting company",
    "EntityEmergingGrowthCompany": "Emerging growth company",
    "DocumentAnnualReport": "Annual report",
    "DocumentQuarterlyReport": "Quarterly report",
    "DocumentTransitionReport": "Transition report",
    "WrittenCommunications": "Rule 425",
    "SolicitingMaterial": "Rule 14a-12",
    "PreCommencementTenderOffer": "Rule 14d-2(b)",
    "PreCommencementIssuerTenderOffer": "Rule 13e-4(c)",
    "IcfrAuditorAttestationFlag": "Auditor's attestation of internal control",
    "EntityExTransitionPeriod": "Extended transition period not used",
    "DocumentFinStmtErrorCorrectionFlag": "Correction of an error",
    "DocumentFinStmtRestatementRecoveryAnalysisFlag": "Recovery analysis",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word or a mark of an answer. kind: yes, no, on, off, or the name of a box."""

    kind: str
    start: int
    end: int


@cache
def _lists(prefix: str) -> tuple[str, ...]:
    """The names behind a prefix of lists ("question:EntityShellCompany"), in the order of the table."""
    return tuple(dict.fromkeys(w.list.partition(":")[2] for w in table("cover") if w.list.startswith(prefix + ":")))


def box_facts(cover: Cover) -> Facts:
    """All boxes. Finding `cover.checkbox`: a box that is damaged, or answered yes and no."""
    current = kind_of(cover).startswith("8-K")
    parts = [_reports(cover), _current(cover) if current else Outcome((), ()), _questions(cover), _filers(cover)]
    parts.append(Outcome(tuple(_flags(cover)), ()))
    return Outcome(tuple(f for p in parts for f in p.value), tuple(n for p in parts for n in p.findings))


def _flag(cover: Cover, concept: str, start: int, end: int, checked: bool) -> CoverFact:
    value, form = ("true", "ixt:fixed-true") if checked else ("false", "ixt:fixed-false")
    return fact_of(cover, concept, _LABELS[concept], Candidate(start=start, end=end, value=value, form=form))


def _reports(cover: Cover) -> Facts:
    """Annual, quarterly or transition report: the mark before the words, in their line or cell."""
    out = []
    for concept in _lists("report"):
        words = cover.search(pattern("cover", f"report:{concept}"), cover.form[1])
        mark = _before(cover, words.start()) if words else None
        if mark is not None:
            out.append(_flag(cover, concept, mark.start, mark.end, mark.kind == "on"))
    return Outcome(tuple(out), ())


def _before(cover: Cover, at: int) -> _Token | None:
    """The mark that stands right before an offset, with nothing but blanks between; a rule across the page is none."""
    line = max(cover.text.rfind("\n", 0, at) + 1, at - tol.COVER.mark)
    found = list(_tokens(cover, _MARK, line, at))
    if not found or cover.text[found[-1].end : at].strip():
        return None
    return found[-1]


def _tokens(cover: Cover, shape: re.Pattern[str], start: int, end: int) -> Iterator[_Token]:
    for match in cover.all(shape, start, end):
        if (
            match.group().startswith("|")
            and not any(c in match.group() for c in "_xX")
            and _in_table(cover, match.start())
        ):
            continue  # the borders of an empty cell
        yield _Token(kind=match.lastgroup or "", start=match.start(), end=match.end())


def _in_table(cover: Cover, at: int) -> bool:
    """A line of a table in text, with bars between its cells."""
    start, end = cover.line(at)
    return cover.text.count("|", start, end) > 3


def _current(cover: Cover) -> Facts:
    """The four boxes of Form 8-K: the mark before the words, or in a line or cell of its own before them."""
    facts: list[CoverFact] = []
    told: list[Finding] = []
    for concept in _lists("current"):
        words = cover.search(pattern("cover", f"current:{concept}"))
        if words is None:
            continue
        made = _box(cover, concept, words.start())
        if made is not None:
            facts.append(made)
            if made.reading is Standing.DOUBTFUL:
                told.append(_damage(made))
    return Outcome(tuple(facts), tuple(told))


def _box(cover: Cover, concept: str, at: int) -> CoverFact | None:
    start = max(cover.text.rfind("\n", 0, at) + 1, at - tol.COVER.mark)
    before = cover.text[start:at]
    if not before.strip():
        # The box may stand in a line or cell of its own.
        start = cover.text.rfind("\n", 0, start - 1) + 1 if start else 0
        before = cover.text[start:at]
    whole = _WHOLE_BOX.search(before.rstrip())
    if whole is not None:
        mark = (whole[1] or "") + (whole[2] or "")
        return _flag(cover, concept, start + whole.start(), start + whole.end(), any(c in _CHECKED for c in mark))
    half = _HALF_BOX.search(before.rstrip())
    if half is None:
        return None
    fact = _flag(cover, concept, start + half.start(1), start + half.end(1), False)
    return replace(fact, why="damaged box without a mark", confidence=tol.COVER.damaged, reading=Standing.DOUBTFUL)


def _damage(fact: CoverFact) -> Finding:
    return Finding(
        code="cover.checkbox",
        severity=Severity.WARNING,
        at=fact.at,
        message=f"the box for {fact.label} is damaged; no mark can be seen, so it is taken as not checked",
        hint="compare with the original filing",
    )


def _questions(cover: Cover) -> Facts:
    """Yes or no, behind each question."""
    facts: list[CoverFact] = []
    told: list[Finding] = []
    for concept in _lists("question"):
        question = cover.search(pattern("cover", f"question:{concept}"), cover.form[1])
        if question is None:
            continue
        following = cover.search(_NEXT, question.end())
        stop = min(following.start() if following else cover.limit, question.end() + tol.COVER.answer)
        tokens = _answer_tokens(cover, question.end(), stop)
        answers = _marked(tokens, ("yes", "no"))
        if len(answers) == 1:
            facts += _answered(cover, concept, answers[0])
        elif answers:
            told.append(_both(cover, concept, answers[0].start))
    return Outcome(tuple(facts), tuple(told))


def _flags(cover: Cover) -> Iterator[CoverFact]:
    """Sentences with one box of their own, behind their last word; or with yes and no."""
    for concept in _lists("flag"):
        words = cover.search(pattern("cover", f"flag:{concept}"), cover.form[1])
        if words is None:
            continue
        following = cover.search(_NEXT, words.end())
        stop = min(following.start() if following else cover.limit, words.end() + tol.COVER.answer)
        answers = _marked(_answer_tokens(cover, words.end(), stop), ("yes", "no"))
        marks = _tokens(cover, _MARK, words.end(), stop)
        boxes = [t for t in marks if not cover.text[t.end : cover.line(t.end)[1]].strip(" .|\xa0")]
        if len(answers) == 1:
            yield _flag(cover, concept, answers[0].start, answers[0].end, answers[0].kind == "yes")
        elif boxes and not answers:
            yield _flag(cover, concept, boxes[0].start, boxes[0].end, boxes[0].kind == "on")


def _answer_tokens(cover: Cover, start: int, stop: int) -> list[_Token]:
    """Yes, no and the marks around them: from the mark before the first word to the one behind the last."""
    words = [replace(t, kind=cover.text[t.start : t.end].lower()) for t in _tokens(cover, _YES_NO, start, stop)]
    words = _first_pair(words)
    if not words:
        return []
    first = cover.text.rfind("\n", start, words[0].start) + 1 or start
    marks = [
        t for t in _tokens(cover, _MARK, max(start, first), stop) if t.start < words[-1].end + tol.COVER.mark_behind
    ]
    return sorted([*words, *marks], key=lambda t: t.start)


def _first_pair(words: Sequence[_Token]) -> list[_Token]:
    """The first yes and the first no: what follows them answers another question."""
    pair = [next((w for w in words if w.kind == kind), None) for kind in ("yes", "no")]
    return sorted((w for w in pair if w is not None), key=lambda t: t.start)


def _marked(tokens: Sequence[_Token], names: Sequence[str]) -> list[_Token]:
    """The words whose mark is on. Marks stand before the words where the first token is one, else behind them."""
    if not any(t.kind == "on" for t in tokens):
        return []
    leading = tokens[0].kind in ("on", "off")
    order = list(tokens) if leading else list(reversed(tokens))
    out: list[_Token] = []
    mark = ""
    for token in order:
        if token.kind in ("on", "off"):
            mark = token.kind
        elif token.kind in names:
            if mark == "on":
                out.append(token)
            mark = ""
    return out if leading else out[::-1]


def _answered(cover: Cover, concept: str, answer: _Token) -> Iterator[CoverFact]:
    yes = answer.kind == "yes"
    if concept == "EntityFilerCategory":
        if yes:
            item = Candidate(start=answer.start, end=answer.end, value="Accelerated Filer", form="hidden")
            yield fact_of(cover, concept, _LABELS[concept], item)
    elif concept in _WORDS:
        value = "Yes" if yes else "No"
        form = "" if cover.text[answer.start : answer.end] == value else "hidden"
        yield fact_of(
            cover, concept, _LABELS[concept], Candidate(start=answer.start, end=answer.end, value=value, form=form)
        )
    else:
        yield _flag(cover, concept, answer.start, answer.end, yes)


def _both(cover: Cover, concept: str, at: int) -> Finding:
    return Finding(
        code="cover.checkbox",
        severity=Severity.WARNING,
        at=cover.at(at),
        message=f"{_LABELS[concept]}: more than one box is checked; none is taken",
        hint="compare with the original filing",
    )


def _filers(cover: Cover) -> Facts:
    """The kind of filer, small or emerging: the boxes behind the last question that names them."""
    names = _lists("filer")
    found = [t for name in names for t in _named(cover, name)]
    if not found:
        return Outcome((), ())
    tokens = sorted([*found, *_box_marks(cover, found)], key=lambda t: t.start)
    groups = [_group(cover, tokens)] if tokens else []
    facts: list[CoverFact] = []
    told: list[Finding] = []
    for group in groups:
        checked = _marked(group, names)
        seen = _boxed(group, names)
        kinds = [t for t in checked if t.kind.endswith("Filer")]
        if len(kinds) > 1:
            told.append(_both(cover, "EntityFilerCategory", kinds[0].start))
        facts += [_category(cover, t) for t in kinds[:1] if len(kinds) == 1]
        facts += [_flag(cover, t.kind, m.start, m.end, m.kind == "on") for t, m in seen if not t.kind.endswith("Filer")]
    return Outcome(tuple(facts), tuple(told))


def _named(cover: Cover, name: str) -> Iterator[_Token]:
    """Where the name of a box stands as a label: in a line or cell of its own but for marks, not in a sentence."""
    for match in cover.all(pattern("cover", f"filer:{name}"), cover.form[1]):
        yield _Token(kind=name, start=match.start(), end=match.end())


def _box_marks(cover: Cover, found: Sequence[_Token]) -> Iterator[_Token]:
    start, stop = min(t.start for t in found), max(t.end for t in found)
    yield from _tokens(cover, _MARK, cover.line(start)[0], cover.line(stop)[1] + tol.COVER.last_mark)


def _group(cover: Cover, tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens of the boxes: words with a mark next to them, so close that nothing but a remark lies between."""
    close = [
        t
        for n, t in enumerate(tokens)
        if any(_next_to(cover, t, o) for o in (*tokens[max(0, n - 1) : n], *tokens[n + 1 : n + 2]))
    ]
    return close


def _next_to(cover: Cover, one: _Token, other: _Token) -> bool:
    """A mark and a label with nothing between them but blanks, a colon or a remark in parentheses."""
    marks = [t for t in (one, other) if t.kind in ("on", "off")]
    if len(marks) != 1:
        return False
    between = cover.text[min(one.end, other.end) : max(one.start, other.start)]
    return not re.sub(r"\([^()]{0,80}\)", "", between).strip(" \t\n:.,;|*\xa0")


def _boxed(tokens: Sequence[_Token], names: Sequence[str]) -> list[tuple[_Token, _Token]]:
    """Each label with its mark."""
    if not tokens:
        return []
    leading = tokens[0].kind in ("on", "off")
    order = list(tokens) if leading else list(reversed(tokens))
    out: list[tuple[_Token, _Token]] = []
    mark: _Token | None = None
    for token in order:
        if token.kind in ("on", "off"):
            mark = token
        elif mark is not None:
            out.append((token, mark))
            mark = None
    return out if leading else out[::-1]


def _category(cover: Cover, label: _Token) -> CoverFact:
    words = " ".join(cover.text[label.start : label.end].split())
    item = Candidate(start=label.start, end=label.end, value=label.kind, form="" if words == label.kind else "hidden")
    return fact_of(cover, "EntityFilerCategory", _LABELS["EntityFilerCategory"], item)
