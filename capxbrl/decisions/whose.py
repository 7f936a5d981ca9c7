"""Decision: whose statements they are: the filer's, or those of a business acquired that an 8-K files (Regulation S-X,
3-05).

The name in the title of a table, else the one that the auditors' report before it is about, is heard against the name
on the cover or in the header.  Another company's statements are left out and told; `--statements-of` asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from ..evidence import HeadedTable
from ..findings import Finding, Outcome, Severity
from ..hints import hinted, holds, low
from ..model import Decision, Document, Paragraph, Section, Standing, Witness
from ..records import dataclass, replace
from ..words import pattern
from . import WHOSE, decide
from . import tolerances as tol
from .faces import Choice

#: Whose they are where the page names nobody.
FILER = "the filer"
#: A paragraph that tells of companies is shorter, in characters.
_TEXT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the filing says of companies. filers: the names of the filer; audited: {block: the name of the last report
    before it}; parts: {block: the number of its document}; acquired: it files statements of a business acquired; deals:
    its paragraphs that tell of an acquisition; current: it is a report of an event (8-K), which alone has deals."""

    filers: tuple[str, ...]
    audited: Mapping[int, str]
    acquired: bool
    parts: Mapping[int, int]
    deals: tuple[str, ...] = ()
    current: bool = False

    def files_for(self, name: str, audited: bool) -> bool:
        """The filing says that it files statements of that company: it acquired it, or an 8-K has them audited."""
        return self.acquired or (self.current and (audited or any(name.lower() in deal for deal in self.deals)))


def same_company(one: str, other: str) -> bool:
    """Two prints of one name: legal forms, case and marks do not count, a part of a name is the name."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    joined = "".join(a), "".join(b)
    if set(a) <= set(b) or set(b) <= set(a) or joined[0] == joined[1]:
        return True
    initials = "".join(w[0] for w in a), "".join(w[0] for w in b)
    return joined[0] == initials[1] or joined[1] == initials[0] or _similar(*joined)


def _similar(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= tol.NAMES.alike


def _words(name: str) -> list[str]:
    bare = re.sub(r"[.'’]", "", name.lower())
    return [w for w in re.findall(r"[a-z0-9]+", bare) if not pattern("whose", "form word").search(w)]


def decide_whose(
    document: Document, choices: Sequence[Choice], registrant: str = "", wanted: str | None = None
) -> Outcome[tuple[Choice, ...]]:
    """The statements of the filer, or of the company that is wanted, each with the decision whose it is.

    registrant: the name on the cover. Findings: `statements.of-another` (warning: left out), `statements.whose`
    (warning: nothing bears out that they are the filer's), `statements.of-nobody` (error: the wanted company has none
    here).
    """
    page = _page(document, registrant)
    names = _names_of(choices, page)
    theirs = any(name and _is_filer(name, page) for name in names)
    made = [_decided(name, c, page) for name, c in zip(names, choices, strict=True)]
    if wanted:
        return _asked(choices, made, names, wanted)
    out: list[Choice] = []
    left: dict[str, list[Choice]] = {}
    doubtful: dict[str, Choice] = {}
    for choice, name, decision in zip(choices, names, made, strict=True):
        another = bool(name) and bool(page.filers) and not _is_filer(name, page)
        audited = page.audited.get(choice.headed.table.blocks[0], "") == name
        if another and (theirs or page.files_for(name, audited)):
            left.setdefault(name, []).append(choice)
            continue
        if decision.standing is Standing.DOUBTFUL and choice.read:
            doubtful.setdefault(name, choice)
        out.append(_with(choice, decision))
    told = [*(_left(n, c, page) for n, c in left.items()), *(_unsure(n, c, page) for n, c in doubtful.items())]
    return Outcome(tuple(out), tuple(told))


def _names_of(choices: Sequence[Choice], page: _Page) -> list[str]:
    """The company that each table names, or its auditors; else, where others' statements are filed, the one that the
    statement before it in the same document names."""
    out: list[str] = []
    last: tuple[int, str] | None = None
    for choice in choices:
        block = choice.headed.table.blocks[0]
        audited, part = page.audited.get(block, ""), page.parts.get(block, 0)
        name = _named(choice.headed) or audited
        if not name and last is not None and last[0] == part and page.files_for(last[1], audited=False):
            name = last[1]
        last = (part, name) if name else last
        out.append(name)
    return out


def _with(choice: Choice, decision: Decision) -> Choice:
    return replace(choice, whose=decision)


def _is_filer(name: str, page: _Page) -> bool:
    return any(same_company(name, filer) for filer in page.filers)


def _asked(
    choices: Sequence[Choice], made: Sequence[Decision], names: Sequence[str], wanted: str
) -> Outcome[tuple[Choice, ...]]:
    """The statements of the wanted company under its name as the page prints it."""
    kept = [n for n, (d, name) in enumerate(zip(made, names, strict=True)) if same_company(wanted, name or d.value)]
    if kept:
        said = Witness(
            value=names[kept[0]] or wanted, says=f"asked for the statements of {wanted!r}, and the page names it"
        )
        decision = decide(WHOSE, (said, replace(said, independent=True)))
        return Outcome(tuple(_with(choices[n], decision) for n in kept))
    known = ", ".join(dict.fromkeys(name or d.value for name, d in zip(names, made, strict=True))) or "nobody"
    told = Finding(
        code="statements.of-nobody",
        severity=Severity.ERROR,
        at=choices[0].headed.first_row.source.at if choices else None,
        message=f"no statements of {wanted!r} in this filing; it has those of {known}",
        hint="write the name as the filing prints it",
    )
    return Outcome((), (told,))


def _decided(name: str, choice: Choice, page: _Page) -> Decision:
    """Whose a table is: what the cover says, and what the title and the auditors say for and against it."""
    filer = page.filers[0] if page.filers else name or FILER
    at = choice.headed.first_row.source.at
    heard = [Witness(value=filer, says="the filing is the filer's" if page.filers else "nobody else is named", at=at)]
    if name and _is_filer(name, page):
        heard.append(Witness(value=filer, says=f"its title or its auditors name {name!r}", at=at, independent=True))
    elif name and page.filers:
        heard.append(Witness(value=filer, says=f"its title or its auditors name {name!r}", at=at, against=True))
    elif page.acquired and not name:
        says = "the filing has statements of a business acquired, and this table names nobody"
        heard.append(Witness(value=filer, says=says, at=at, against=True))
    else:
        heard.append(
            Witness(value=filer, says="the filing has statements of no other company", at=at, independent=True)
        )
    return decide(WHOSE, heard)


def _left(name: str, choices: Sequence[Choice], page: _Page) -> Finding:
    kinds = ", ".join(dict.fromkeys(c.headed.kind.value.replace("_", " ") for c in choices))
    why = "a business acquired" if page.acquired else "another company"
    return Finding(
        code="statements.of-another",
        severity=Severity.WARNING,
        at=choices[0].headed.first_row.source.at,
        message=f"left out: statements of {name} ({kinds}): {why}, not {page.filers[0]}",
        hint=f'--statements-of "{name}" converts them under that name',
    )


def _unsure(name: str, choice: Choice, page: _Page) -> Finding:
    who = f"of {name}" if name else "of a business acquired, as the filing has such"
    return Finding(
        code="statements.whose",
        severity=Severity.WARNING,
        at=choice.headed.first_row.source.at,
        message=f"read as statements of {page.filers[0] if page.filers else FILER}, and they may be {who}",
        hint="if they are another company's, say whose with --statements-of",
    )


# --- what the filing says of companies --------------------------------------------------------------------------------


def _page(document: Document, registrant: str) -> _Page:
    header = document.header
    former = [value for key, value in header.items if key.upper().startswith("FORMER")] if header else []
    filers = [registrant, header.company if header else "", *former]
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph) and len(b.text) < _TEXT]
    current = _is_current(document, texts)
    return _Page(
        filers=tuple(dict.fromkeys(f for f in filers if f.strip())),
        audited=_audited(document),
        acquired=_files_acquired(texts),
        parts=_parts(document),
        current=current,
        deals=tuple(" ".join(t.lower().split()) for t in texts if pattern("whose", "deal").search(t))
        if current
        else (),
    )


def _parts(document: Document) -> dict[int, int]:
    """{block: how many documents of the submission have begun}."""
    begun = 0
    out: dict[int, int] = {}
    for number, block in enumerate(document.blocks):
        begun += isinstance(block, Section)
        out[number] = begun
    return out


def _is_current(document: Document, texts: Sequence[str]) -> bool:
    """A current report: its header says so, or its cover."""
    if document.header and document.header.form:
        return document.header.form.upper().startswith("8-K")
    lines = (line.strip() for text in texts[: tol.NAMES.cover] for line in text.split("\n"))
    return any(pattern("whose", "current report").fullmatch(line) for line in lines)


def _files_acquired(texts: Sequence[str]) -> bool:
    """The item of statements of businesses acquired, with something behind it, perhaps in the next paragraph."""
    for number, text in enumerate(texts):
        if found := hinted("whose", "acquired").search(text, low(text)):
            behind = " ".join([text[found.end() :], *texts[number + 1 : number + 2]])[: tol.NAMES.behind]
            if pattern("whose", "none").search(behind) is None:
                return True
    return False


def _audited(document: Document) -> dict[int, str]:
    """For each block the company that the last auditors' report before it, in the same document, is about."""
    out: dict[int, str] = {}
    name = ""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Section):
            name = ""
        elif isinstance(block, Paragraph):
            name = _reported_on(block.text) or name
        if name:
            out[number] = name
    return out


def _reported_on(text: str) -> str:
    """The company whose statements an auditors' report is about, in the sentence that says so."""
    small = low(text)
    lists = [words for words in ("audited", "opinion") if holds(small, hinted("whose", words).hints)]
    folded = " ".join(text.split()) if lists else ""
    if len(folded) > _TEXT:
        return ""
    found = (pattern("whose", words).search(folded) for words in lists)
    names = (_plain(match["name"]) for match in found if match is not None)
    return next((name for name in names if name and name[0].isupper() and _words(name)), "")  # not "the Company"


def _named(headed: HeadedTable) -> str:
    """The company whose name stands alone in a line of the title, nearest to the table."""
    above = headed.table.titles
    name = next((i for i in range(len(above) - 1, -1, -1) if above[i] in headed.table.name), len(above))
    lines = [*above[max(0, name - tol.NAMES.over) :], *(r.text for r in headed.table.heads if len(r.cells) == 1)]
    return next(_names(reversed(lines)), "")


def _names(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        name = _plain(line)
        if 0 < len(name) <= tol.NAMES.name and _is_name(name):
            yield name


def _plain(line: str) -> str:
    """A name without what follows it: "and Subsidiaries", "(formerly ...)"."""
    return pattern("whose", "tail").sub("", " ".join(line.split())).strip(" ,:-")


def _is_name(text: str) -> bool:
    """It ends with a legal form, and its words are written as names are."""
    forms = list(pattern("whose", "form").finditer(text))
    if not forms or forms[-1].end() < len(text) or not _words(text) or pattern("whose", "auditors").search(text):
        return False
    return all(
        w[0].isupper() or w[0].isdigit() or w in ("of", "and", "the", "de", "for") for w in re.findall(r"[\w'’]+", text)
    )
