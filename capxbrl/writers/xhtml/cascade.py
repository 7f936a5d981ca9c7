"""The style sheets of a filer's page -> what they say of each element, so that it can stand in the element itself.

Of CSS this knows names, classes, ids, and one element inside another (CSS 2.2, 5 and 6.4); a rule with more in its
selector (siblings, states, parts of an element), and one for another medium, is left out. Sheets from elsewhere are
never loaded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ...markup import walk_html
from ...records import dataclass
from .looks import declarations
from .plain import rule_blocks

#: An element as a selector sees it: its name and attributes.
Seen = tuple[str, Mapping[str, str]]

_COMPOUND = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)")
_NAMED = re.compile(r"([.#])([\w-]+)")
#: What the sheets say of an element, and what of it outweighs its own style.
Said = tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
#: No page of a filer has more rules, elements in a selector, or questions whether one fits; what has is hostile.
_RULES, _STEPS, _ASKED = 3000, 8, 300_000


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a selector: name ("" any), classes, ids. child: the one before it is its parent."""

    name: str
    classes: frozenset[str]
    ids: frozenset[str]
    child: bool

    def fits(self, element: Seen) -> bool:
        name, attributes = element
        if self.name not in ("", name) or not self.ids <= {attributes.get("id", "")}:
            return False
        return not self.classes or self.classes.issubset(attributes.get("class", "").split())


@dataclass(frozen=True, slots=True)
class Rule:
    steps: tuple[Step, ...]
    said: tuple[tuple[str, str], ...]
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Ids, classes and names that a selector has, and where it stands."""
        steps = self.steps
        ids, classes = sum(len(s.ids) for s in steps), sum(len(s.classes) for s in steps)
        return ids, classes, sum(bool(s.name) for s in steps), self.order

    def fits(self, path: Sequence[Seen]) -> bool:
        """path: the element last, those around it before it."""
        if not self.steps[-1].fits(path[-1]):
            return False
        at, child = len(path) - 2, self.steps[-1].child
        for step in reversed(self.steps[:-1]):
            while at >= 0 and not step.fits(path[at]) and not child:
                at -= 1
            if at < 0 or not step.fits(path[at]):
                return False
            at, child = at - 1, step.child
        return True


class Cascade:
    """The rules of a page, by what the last element of their selectors must have."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_key: dict[str, list[Rule]] = defaultdict(list)
        self._known: dict[tuple[str, ...], Said] = {}
        self._asked = 0
        for rule in rules:
            last = rule.steps[-1]
            keys = [
                *(f"#{name}" for name in sorted(last.ids)),
                *(f".{name}" for name in sorted(last.classes)),
                last.name,
            ]
            self._by_key[keys[0]].append(rule)

    def said(self, path: Sequence[Seen]) -> Said:
        """What the sheets say of an element, and what of it outweighs its own style, both in the order of weight."""
        if not self._by_key or self._asked > _ASKED:
            return (), ()
        place = tuple(f"{name}#{at.get('id', '')}.{at.get('class', '')}" for name, at in path)
        if place not in self._known:
            self._known[place] = self._looked_up(path)
        return self._known[place]

    def _looked_up(self, path: Sequence[Seen]) -> Said:
        name, attributes = path[-1]
        keys = ["", name, f"#{attributes.get('id', '')}", *(f".{c}" for c in attributes.get("class", "").split())]
        near = {rule.order: rule for key in keys for rule in self._by_key.get(key, ())}
        self._asked += len(near)
        weak: dict[str, str] = {}
        strong: dict[str, str] = {}
        for rule in sorted((rule for rule in near.values() if rule.fits(path)), key=lambda r: r.weight):
            for property_, value in rule.said:
                among = strong if value.lower().endswith("!important") else weak
                among.pop(property_, None)  # what is said later stands later: a shorthand must not undo it
                among[property_] = value
        return tuple(weak.items()), tuple(strong.items())


class _Sheets:
    """The target of the parser: the texts of the style elements for a screen."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._within = False

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        media = attrib.get("media", "").lower()
        self._within = tag == "style" and (not media or "all" in media or "screen" in media)

    def end(self, tag: str) -> None:
        self._within = False

    def data(self, data: str) -> None:
        if self._within:
            self.texts.append(data)

    def close(self) -> None:
        return None


def sheets_of(source: str) -> Cascade:
    """The style sheets of a page. Raises UnreadableInput where it holds no element."""
    if "<style" not in source.lower():
        return Cascade(())
    found = _Sheets()
    walk_html(source, found)
    text = "\n".join(found.texts).replace("<!--", " ").replace("-->", " ")
    rules: list[Rule] = []
    for selectors, body in rule_blocks(text):
        said = tuple(declarations(body))
        for selector in selectors.split(","):
            steps = tuple(_steps(selector))
            if said and 0 < len(steps) <= _STEPS and len(rules) < _RULES:
                rules.append(Rule(steps, said, len(rules)))
    return Cascade(rules)


def _steps(selector: str) -> Iterator[Step]:
    """The elements of a selector, none where it has what is not known here."""
    out, child = [], False
    for word in selector.replace(">", " > ").split():
        if word == ">":
            child = True
            continue
        found = _COMPOUND.fullmatch(word)
        if found is None:
            return
        named = _NAMED.findall(found[2])
        classes, ids = (frozenset(n for sign, n in named if sign == kind) for kind in ".#")
        out.append(Step((found[1] or "").lower().replace("*", ""), classes, ids, child))
        child = False
    yield from out
