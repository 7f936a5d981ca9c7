"""What the filer's own things are called: prefix, namespace, extension concepts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count
from urllib.parse import urlsplit

from ..findings import CapxbrlError
from ..model import Concept, Entity
from ..naming import LONGEST, UNNAMED, camel_case, lc3, spelled, words_of
from ..records import replace
from ..taxonomy import BASE_URL, Taxonomy

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
#: What an address is written with (RFC 3986, 2), without a query and a fragment: more is to be appended. No schema or
#: catalog takes longer ones.
_URL = re.compile(
    r"https?://[A-Za-z0-9._~:!$&'()*+,;=\[\]-]{1,255}"
    r"(?:/(?:[A-Za-z0-9._~:/@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){0,1000})?"
)
#: Words for a period of the filer's, which no name has (EDGAR Filer Manual II, 6.8.6).
_PERIOD = "((?:First|Second|Third|Fourth)Quarter|[1-4]Qtr|Qtr[1-4]|Ytd|HalfYear)(?![a-z])"
#: Prefixes that stand for something else in the files of a report.
_RESERVED = frozenset(
    {
        "dei",
        "ix",
        "ixt",
        "iso4217",
        "link",
        "num",
        "ref",
        "srt",
        "us-gaap",
        "utr",
        "xbrldi",
        "xbrldt",
        "xbrli",
        "xhtml",
        "xl",
        "xlink",
        "xs",
        "xsd",
        "xsi",
    }
)


def prefix_of(entity: Entity) -> str:
    """The ticker in lower case where it makes an XML prefix that is still free, else "ext"."""
    ticker = "".join(c for c in entity.ticker.lower() if c.isascii() and c.isalnum())
    # Namespaces in XML 1.0, 3: prefixes that begin with xml are reserved.
    if not ticker or ticker[0].isdigit() or ticker in _RESERVED or ticker.startswith("xml"):
        return "ext"
    return ticker


def namespace_of(base: str, identifier: str, day: str) -> str:
    """`{base}filer/<identifier>/<day>`. Raises CapxbrlError when `base` is no absolute URL of the web."""
    if not _URL.fullmatch(base) or not _has_host(base) or {".", ".."} & {*base.split("/")}:
        raise CapxbrlError(f"the namespace base must be an absolute URL such as http://example.com/, not {base!r}")
    safe = _UNSAFE.sub("-", identifier).strip("-.") or "unknown"
    return f"{base.rstrip('/')}/filer/{safe}/{day}"


def edgar_namespace(base: str, identifier: str, day: str) -> str:
    """The form that EDGAR takes (EDGAR Filer Manual II, 6.7.4): nothing but the day behind the host, which names the
    filer where `base` is ours."""
    parts = urlsplit(namespace_of(base, identifier, day))
    own = "" if base != BASE_URL else f"{_UNSAFE.sub('-', identifier).strip('-.').lower() or 'unknown'}."
    return f"{parts.scheme}://{own}{parts.netloc}/{day}"


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # "http://[::1", or no number of a port
        return False


def tidy(text: str) -> str:
    """The words of a label or heading: white space folded, leaders and a closing colon taken off."""
    return " ".join(text.split()).rstrip(" .:_-–—") or " ".join(text.split())


def candidates(label: str, path: Sequence[str], ending: str = "") -> Iterator[str]:
    """Names for a line in the order they are tried: its label, heading and label, then with a number."""
    plain = camel_case(label) or UNNAMED
    yield plain + ending
    if path:
        yield (camel_case(path[-1]) + plain)[:LONGEST] + ending
    for number in count(2):
        yield f"{plain}{number}{ending}"


def written(concept: Concept, taxonomy: Taxonomy, names: Names) -> Concept:
    """The concept as the taxonomy of the report writes it: as it is, as an element of that vintage, or, where the
    vintage has none, as an extension of the same name."""
    if not taxonomy.year or concept.extension:
        return concept
    element = taxonomy.elements.get(concept.qname)
    if element:
        label = concept.label if element.name == concept.name else words_of(element.name)
        return replace(concept, name=element.name, prefix=element.prefix, balance=element.balance, label=label)
    own = names.add(replace(concept, parent=""), candidates(concept.name, ()))
    names.lacking.setdefault(own.name, concept.name)
    return own


def published(concept: Concept, kind: str, taxonomy: Taxonomy) -> Concept | None:
    """A heading or member as the element of that name in the vintage of the report, of which it says no more; None
    where there is none. kind: abstract or domain."""
    found = taxonomy.published.get(concept.name)
    return replace(concept, prefix=found.prefix) if found is not None and found.kind == kind else None


class Names:
    """The extension concepts of one report while it is built: each name stands for one thing.

    reserved: names that a standard concept has already. strict: every name is what the EDGAR Filer Manual (II, 6.8.5)
    makes of its words. company: how the filer is called, which no name says (6.8.6). lacking: own name -> the concept
    of ours that it stands for, since the vintage has no element for it.
    """

    def __init__(
        self, prefix: str, reserved: Collection[str], *, strict: bool = False, company: Iterable[str] = ()
    ) -> None:
        self.prefix = prefix
        said = [_PERIOD, *(f"{name}(?![a-z])" for one in company if (name := lc3(one)))]
        self._particular = re.compile("|".join(said))
        self._reserved = frozenset(reserved)
        self._strict = strict
        self._own: dict[str, Concept] = {}
        self.lacking: dict[str, str] = {}

    def offers(self, concept: Concept, names: Iterable[str]) -> Iterator[Concept]:
        """The concept under each of the names that is free, or that stands for the same thing already."""
        for name in map(self._written, names):
            if name in self._reserved:
                continue
            made = replace(concept, name=name, prefix=self.prefix, extension=True, vintages=())
            known = self._own.get(name)
            if known is None:
                yield made
            elif _nature(known) == _nature(made):
                yield known

    def _written(self, name: str) -> str:
        if not self._strict:
            return name
        return self._particular.sub(lambda m: "Period" if m[1] else "Company", lc3(spelled(name)))

    def keep(self, concept: Concept) -> Concept:
        """Remember an offered concept."""
        return self._own.setdefault(concept.name, concept)

    def add(self, concept: Concept, names: Iterable[str]) -> Concept:
        """The first offer, kept."""
        return self.keep(next(iter(self.offers(concept, names))))


def _nature(concept: Concept) -> tuple[str, str, str]:
    return concept.type, concept.period, concept.balance
