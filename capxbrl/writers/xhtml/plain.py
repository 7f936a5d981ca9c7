"""A page as EDGAR takes it (EDGAR Filer Manual II, 5.2): no style sheet, no columns, nothing but ASCII.

The rules of the style sheet become style attributes, so that the page looks the same. Of CSS this knows what our sheet
needs: names, classes and attributes, one inside another or right behind another; blocks of rules (@media) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...markup import Element, as_ascii, parse_xml
from ...records import dataclass

_XHTML = "{http://www.w3.org/1999/xhtml}"
_NAME = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.([\w-]+)")
_ATTRIBUTE = re.compile(r"\[([\w-]+)\]")
#: Elements that hold nothing, and stay so; the others are written with an end tag.
_VOID = frozenset({"br", "hr", "img", "meta"})


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a selector: its name ("" any), classes and attributes. near: it stands right behind the one before
    it, not inside it."""

    name: str
    classes: frozenset[str]
    attributes: frozenset[str]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector from the outermost element to the one that is styled, and its declarations in order."""

    steps: tuple[Step, ...]
    declarations: Mapping[str, str]

    @property
    def weight(self) -> tuple[int, int]:
        """Of two rules that disagree the heavier holds, and of equal ones the later (CSS 2.2, 6.4.1 and 6.4.3)."""
        named = sum(bool(s.name) for s in self.steps)
        return sum(len(s.classes) + len(s.attributes) for s in self.steps), named


class _Own(NamedTuple):
    """What an element is by itself. attributes: those it has of the ones that a selector asks for."""

    name: str
    classes: frozenset[str]
    attributes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What selectors see of an element: what it is, what stands right before it (the nearest first) and around it; and
    what the rules say of it. Thousands of elements are of a few kinds."""

    own: _Own
    before: tuple[_Own, ...]
    above: _Kind | None
    style: str


def without_sheets(page: bytes) -> bytes:
    """The page with the rules of its style sheets as style attributes, in ASCII."""
    root = parse_xml(page)
    rules = sorted((r for e in root.iter(f"{_XHTML}style") for r in _rules(e.text or "")), key=lambda r: r.weight)
    _Styles(rules).give(root)
    _tidy(root)
    return as_ascii(root).replace(b"^", b"&#94;") + b"\n"


class _Styles:
    """What the rules, lighter before heavier, say of the elements of a page."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_key: dict[str, list[tuple[int, Rule]]] = {}
        for number, rule in enumerate(rules):
            last = rule.steps[-1]
            key = min((f".{c}" for c in last.classes), default=last.name)
            self._by_key.setdefault(key, []).append((number, rule))
        self._asked = sorted({name for rule in rules for step in rule.steps for name in step.attributes})
        self._back = max((sum(step.near for step in rule.steps) for rule in rules), default=0)
        self._kinds: dict[tuple[int, _Own, tuple[_Own, ...]], _Kind] = {}

    def give(self, root: Element) -> None:
        """Give every element of a page its style."""
        open_kinds: list[tuple[Element, _Kind | None]] = [(root, self._styled(root, (), None))]
        while open_kinds:
            element, above = open_kinds.pop()
            before: tuple[_Own, ...] = ()
            for child in element:
                kind = self._styled(child, before, above)
                before = (kind.own, *before)[: self._back]
                if len(child):
                    open_kinds.append((child, kind))

    def _styled(self, element: Element, before: tuple[_Own, ...], above: _Kind | None) -> _Kind:
        tag = element.tag if isinstance(element.tag, str) else ""
        attributes = frozenset(name for name in self._asked if element.get(name) is not None)
        own = _Own(tag.removeprefix(_XHTML), frozenset(element.get("class", "").split()), attributes)
        key = id(above), own, before
        if key not in self._kinds:
            self._kinds[key] = _Kind(own, before, above, self._says(own, before, above))
        kind = self._kinds[key]
        if kind.style and tag.startswith(_XHTML):
            element.set("style", ";".join(filter(None, [kind.style, element.get("style", "")])))
        return kind

    def _says(self, own: _Own, before: tuple[_Own, ...], above: _Kind | None) -> str:
        """What the rules that fit an element say, the heavier last."""
        keys = {"", own.name, *(f".{c}" for c in own.classes)}
        found = [(n, r) for key in keys for n, r in self._by_key.get(key, ()) if _fits(own, before, above, r.steps)]
        said: dict[str, str] = {}
        for _, rule in sorted(found, key=lambda one: one[0]):
            for name, value in rule.declarations.items():
                said.pop(name, None)  # what is said later stands later: a shorthand must not undo it
                said[name] = value
        return ";".join(f"{name}:{value}" for name, value in said.items())


def _fits(own: _Own, before: tuple[_Own, ...], above: _Kind | None, steps: Sequence[Step]) -> bool:
    """The element is what a selector is about."""
    step = steps[-1]
    if step.name not in ("", own.name) or not (step.classes <= own.classes and step.attributes <= own.attributes):
        return False
    if len(steps) == 1:
        return True
    if step.near:
        return bool(before) and _fits(before[0], before[1:], above, steps[:-1])
    while above is not None:
        if _fits(above.own, above.before, above.above, steps[:-1]):
            return True
        above = above.above
    return False


def _tidy(root: Element) -> None:
    """Take out what EDGAR refuses: style sheets, classes that name nothing, columns, all of the head but its title."""
    for table in root.iter(f"{_XHTML}table"):
        _widths(table)
    for name in ("style", "colgroup", "meta"):
        for element in list(root.iter(f"{_XHTML}{name}")):
            parent = element.getparent()
            if parent is not None and not element.get("content", "").startswith("text/html"):
                parent.remove(element)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_XHTML):
            element.attrib.pop("class", "")
            if not len(element) and element.text is None and _name(element) not in _VOID:
                element.text = ""  # an end tag of its own


def _widths(table: Element) -> None:
    """The widths of the columns on the first cell that stands in one column alone."""
    widths = [column.get("style", "") for column in table.iter(f"{_XHTML}col")]
    taken: dict[int, int] = {}  # column -> rows that a cell above still takes
    for row in table.iter(f"{_XHTML}tr"):
        at = 0
        for cell in row:
            while taken.get(at, 0):
                taken[at] -= 1
                at += 1
            span, rows = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            if span == 1 and at < len(widths) and widths[at]:
                cell.set("style", ";".join(filter(None, [cell.get("style", ""), widths[at]])))
                widths[at] = ""
            for column in range(at, at + span):
                taken[column] = rows - 1
            at += span


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(_XHTML)


def _rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet, in order."""
    for selectors, body in rule_blocks(sheet):
        declarations = {}
        for declaration in body.split(";"):
            name, colon, value = declaration.partition(":")
            if colon:
                declarations[name.strip()] = " ".join(value.split()).replace('"', "'")
        for selector in selectors.split(","):
            yield Rule(tuple(_steps(selector)), declarations)


def _without_comments(sheet: str) -> str:
    out, at = [], 0
    while (start := sheet.find("/*", at)) >= 0:
        out.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheet)
    return "".join([*out, sheet[at:]])


def rule_blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of a sheet; what holds rules itself is passed over."""
    sheet, at = _without_comments(sheet), 0
    while (opening := sheet.find("{", at)) >= 0:
        head = sheet[at:opening].rpartition(";")[2].strip()  # behind an @import
        closing = sheet.find("}", opening)
        if head.startswith("@"):
            depth, closing = 1, opening
            while depth and closing + 1 < len(sheet):
                closing += 1
                depth += {"{": 1, "}": -1}.get(sheet[closing], 0)
        elif closing >= 0:
            yield head, sheet[opening + 1 : closing]
        if closing < 0:
            return
        at = closing + 1


def _steps(selector: str) -> Iterator[Step]:
    """ "p.strokes + h3" -> the two elements; the latter near."""
    near = False
    for word in selector.split():
        if word == "+":
            near = True
            continue
        name = _NAME.match(word)
        yield Step(name[0] if name else "", frozenset(_CLASS.findall(word)), frozenset(_ATTRIBUTE.findall(word)), near)
        near = False
