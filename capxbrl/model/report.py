"""The report: all that the writers need (package `reports`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from ..findings import counted
from ..records import dataclass
from ..reprs import Brief
from .concepts import Concept, Tagged
from .facts import Context, Entity, Fact
from .figures import Unit
from .mentions import Mention
from .page import Document
from .statements import Kind


class PageLayout(StrEnum):
    """How the page is set: by us, anew, or as the filer set it."""

    OWN = "own"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Located(Brief):
    """A fact on text[start:end] of the document's source. pieces: the stretches of its words, where tags part them."""

    start: int
    end: int
    fact: Fact
    pieces: tuple[tuple[int, int], ...] = ()


#: What the inline document is called, but for EDGAR.
PAGE = "report.xhtml"


class Profile(StrEnum):
    """What a report is made for: any XBRL processor, or EDGAR (EDGAR Filer Manual II), which asks for more."""

    OPEN = "open"
    EDGAR = "edgar"


#: The item types of XBRL International (Data Type Registry).
DATA_TYPES = (
    "dtr-types",
    "http://www.xbrl.org/dtr/type/2022-03-31",
    "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd",
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PresentationNode(Brief):
    """A place in a role's presentation tree. preferred: the short name of a label role (terse, verbose, total, negated,
    negatedTotal, periodStart, periodEnd, ..., or "" for the standard label)."""

    concept: Concept
    depth: int
    preferred: str = ""
    label: str = ""  # the page's own words for it


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Role(Brief):
    """An extended link role: "0002 - Statement - ..." with its presentation tree (in order, by depth) and its
    calculation arcs (total, part, weight).

    table and items: the hypercube and its line items (XBRL Dimensions 1.0), in a role that has dimensions.
    kind: of the statement it presents; parenthetical: its figures stand within labels.
    """

    uri: str
    id: str
    definition: str
    nodes: tuple[PresentationNode, ...] = ()
    arcs: tuple[tuple[Concept, Concept, int], ...] = ()
    dimensions: tuple[tuple[Concept, Concept, tuple[Concept, ...]], ...] = ()  # (axis, domain, members)
    table: Concept | None = None
    items: Concept | None = None
    kind: Kind = Kind.OTHER
    parenthetical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Extension(Brief):
    """The filer's own taxonomy: namespace, prefix, file stem, new concepts, roles. imports: (namespace, location).

    types: (prefix, namespace, location) of the schema of item types that new concepts are declared with. labels: of
    every element, by the short name of their role ("" is the standard one).
    """

    namespace: str
    prefix: str
    stem: str
    concepts: tuple[Concept, ...]
    roles: tuple[Role, ...]
    imports: tuple[tuple[str, str], ...]
    types: tuple[str, str, str] = DATA_TYPES
    labels: tuple[tuple[Concept, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Brief):
    """All that the writers need, and nothing they would have to decide. currency: the ISO 4217 code that Unit.USD
    stands for in this report. page: the name of the inline document. located: the places of the facts in the
    source, where its layout is kept."""

    document: Document
    entity: Entity
    contexts: tuple[Context, ...]
    units: tuple[Unit, ...]
    facts: tuple[Fact, ...]
    extension: Extension
    statements: tuple[Tagged, ...]
    namespaces: Mapping[str, str] = field(default_factory=dict)  # prefix -> namespace of the concepts used
    mentions: tuple[Mention, ...] = ()  # the figures of its running text
    title: str = ""
    currency: str = "USD"
    profile: Profile = Profile.OPEN
    page: str = PAGE
    located: tuple[Located, ...] = ()

    def _brief(self) -> Iterator[str]:
        own = counted(len(self.extension.concepts), "extension concept")
        yield from (repr(self.title or self.document.name), counted(len(self.facts), "fact"), own)
