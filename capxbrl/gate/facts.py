"""What Arelle's models hold, read off into records: the facts, and which id belongs to which fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from typing import Any

from ..records import dataclass
from .records import ReadFact
from .sec import REGISTRY

# Arelle's names of document types (ModelDocument.gettype)
INSTANCE, INLINE, INLINE_SET = "instance", "inline XBRL instance", "inline XBRL document set"

_PLAIN = ("http://www.xbrl.org/2003/iso4217", "http://www.xbrl.org/2003/instance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """documents: names of the report's documents, in order. facts: their fact ids. users: id of a context or unit ->
    the first fact that uses it. concepts: the same by the id of an element, as schemas name it (us-gaap_Assets).
    roots: document name -> its root element. of_the_sec: id of a fact -> the transformation of the SEC that it uses.
    """

    documents: dict[str, None] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()
    users: dict[str, str] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)
    roots: dict[str, Any] = field(default_factory=dict)
    of_the_sec: dict[str, str] = field(default_factory=dict)


def index(models: Iterable[Any]) -> Index:
    """Index the tagged elements of the loaded models by id, context and unit."""
    ids: list[str] = []
    users: dict[str, str] = {}
    concepts: dict[str, str] = {}
    of_the_sec: dict[str, str] = {}
    roots = _roots(models)
    # From the elements, not from Arelle's facts: it makes no fact of a concept that it does not know.
    for root in roots.values():
        for number, element in enumerate(root.iter("{*}*")):
            prefix, _, name = str(element.get("format") or "").strip().rpartition(":")
            if prefix and str(element.nsmap.get(prefix) or "").startswith(REGISTRY):
                of_the_sec[element.get("id") or f"#{number}"] = name
            if (id_ := element.get("id")) and element.get("contextRef"):
                ids.append(id_)
                concepts.setdefault(str(element.get("name") or element.tag).replace(":", "_"), id_)
                for used in (element.get("contextRef"), element.get("unitRef")):
                    if used:
                        users.setdefault(used, id_)
    return Index(
        documents=dict.fromkeys(roots),
        facts=frozenset(ids),
        users=users,
        concepts=concepts,
        roots=roots,
        of_the_sec=of_the_sec,
    )


def _roots(models: Iterable[Any]) -> dict[str, Any]:
    """{name: root element} of the documents of the models that hold facts."""
    roots: dict[str, Any] = {}
    for model in models:
        for document in (model.modelDocument, *model.modelDocument.referencesDocument):
            if document.gettype() in (INLINE, INSTANCE):
                roots.setdefault(document.basename, document.xmlRootElement)
    return roots


def read_facts(models: Iterable[Any]) -> tuple[ReadFact, ...]:
    """Every fact of the models, in document order."""
    return tuple(_read(fact) for model in models for fact in _in_order(model) if fact.isItem or fact.concept is None)


def _in_order(model: Any) -> list[Any]:
    return sorted(model.factsInInstance, key=lambda fact: int(fact.objectIndex))


def _read(fact: Any) -> ReadFact:
    context = fact.context
    scheme, entity = context.entityIdentifier if context is not None else ("", "")
    start, end = _period(context)
    return ReadFact(
        id=fact.id or "",
        concept=str(fact.qname),
        namespace=fact.qname.namespaceURI or "",
        value=_value(fact),
        decimals=_decimals(fact),
        unit=_unit(fact.unit),
        scheme=scheme,
        entity=entity,
        start=start,
        end=end,
        members=_members(context),
    )


def _value(fact: Any) -> Decimal | str | None:
    if fact.isNil:
        return None
    typed = getattr(fact, "xValue", None)
    if fact.isNumeric and isinstance(typed, int | Decimal) and not isinstance(typed, bool):
        return Decimal(typed)
    return str(fact.value)


def _decimals(fact: Any) -> int | None:
    try:
        return int(fact.decimals)
    except (TypeError, ValueError):
        return None


def _period(context: Any) -> tuple[dt.date | None, dt.date | None]:
    """First and last day. Arelle's datetimes end at midnight of the day after."""
    if context is None or context.isForeverPeriod or context.endDatetime is None:
        return None, None
    last = context.endDatetime
    if last.time() == dt.time():
        last -= dt.timedelta(days=1)
    first = context.startDatetime if context.isStartEndPeriod else None
    return first.date() if first else None, last.date()


def _unit(unit: Any) -> str | None:
    if unit is None:
        return None
    above, below = ("*".join(sorted(map(_measure, side))) for side in unit.measures)
    return f"{above}/{below}" if below else above


def _measure(name: Any) -> str:
    return str(name.localName) if name.namespaceURI in _PLAIN else str(name)


def _members(context: Any) -> tuple[tuple[str, str], ...]:
    if context is None:
        return ()
    pairs = []
    for axis, value in context.qnameDims.items():
        member = value.memberQname if value.isExplicit else value.typedMember.stringValue
        pairs.append((str(axis), str(member)))
    return tuple(sorted(pairs))
