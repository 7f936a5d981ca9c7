"""The labels of a report: the taxonomy's words for each element, and those of the page in the roles that show them.

An element has one label for a role (EDGAR Filer Manual II, 6.10.2), so words that a later line has for it take the next
role that means as much. Roles by their short names: XBRL 2.1, 5.2.2.2.2, the negated ones of the Link Role Registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..model import Concept, ItemType, PresentationNode, Role
from ..naming import lc3, spelled, words_of
from ..records import replace
from ..taxonomy import standard_label
from .balances import as_printed

#: What a line is shown as -> the roles that its words may take, in order.
_ROLES: Mapping[str, tuple[str, ...]] = {
    "": ("terse", "verbose"),
    "total": ("total", "terse", "verbose"),
    "negated": ("negated", "negatedTerse", "negatedNet"),
    "negatedTotal": ("negatedTotal", "negatedNet", "negatedTerse"),
}
#: Longer labels are refused (EDGAR Filer Manual II, 6.10.6).
_LONGEST = 510

#: (element, its labels by role) in order.
Labels = tuple[tuple[Concept, Mapping[str, str]], ...]


def labelled(roles: Sequence[Role], concepts: Iterable[Concept], *, strict: bool = False) -> tuple[list[Role], Labels]:
    """The roles with every line under the label that has its words, and the labels.

    concepts: all that are used, each once. Only the filer's own are defined: those of a taxonomy it defines itself.
    strict: the standard labels of these are such as the EDGAR Filer Manual (II, 6.8.5) makes their names of.
    """
    used = list(concepts)
    standard = _standard(used, strict=strict)
    found: dict[str, dict[str, str]] = {c.qname: {"": standard[c.qname]} for c in used}
    out = [
        replace(role, nodes=tuple(_worded(node, found[node.concept.qname]) for node in role.nodes)) for role in roles
    ]
    for concept in used:
        if concept.extension and (text := concept.documentation or _sign(concept)):
            found[concept.qname]["documentation"] = text
    return out, tuple((c, found[c.qname]) for c in used)


def _sign(concept: Concept) -> str:
    return as_printed(concept) if concept.type is ItemType.MONETARY and not concept.balance else ""


def _standard(concepts: Sequence[Concept], *, strict: bool) -> dict[str, str]:
    """The standard label of each: no two the same (EDGAR Filer Manual II, 6.10.4), the filer's own giving way."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for concept in sorted(concepts, key=lambda c: c.extension):
        name = concept.qname
        out[name] = next(short for text in _offers(concept, strict=strict) if (short := _short(text)) not in taken)
        taken.add(out[name])
    return out


def _offers(concept: Concept, *, strict: bool) -> Iterator[str]:
    """What an element may be called, in the order in which it is tried."""
    label = standard_label(concept)
    if not (strict and concept.extension and lc3(label) != concept.name):
        yield label
    plain = spelled(concept.name) if strict else words_of(concept.name)
    yield from (standard_label(replace(concept, label=plain)), plain, concept.qname)


def _worded(node: PresentationNode, labels: dict[str, str]) -> PresentationNode:
    """The line under the first role that has its words, or is free for them; where none is, under the first there is.
    `labels` takes them in."""
    words = _short(node.label)
    if not words:
        labels.setdefault(node.preferred, labels[""])
        return node
    if not node.preferred and words == labels[""]:
        return node
    roles = _ROLES.get(node.preferred, (node.preferred,))
    role = next((r for r in roles if labels.get(r, words) == words), roles[0])
    labels.setdefault(role, words)
    return replace(node, preferred=role) if role != node.preferred else node


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 4].rsplit(" ", 1)[0] + " ..."
