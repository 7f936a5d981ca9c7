"""Every value that flows between the stages: frozen, slotted, tuples inside, Decimal for every number.

document -> statements -> proofs -> tagged statements -> report -> files.  No I/O and no logic beyond small
derived values; each stage that fills a type is named in its docstring.
"""

from __future__ import annotations

from .concepts import Balance, Concept, ItemType, Match, PeriodType, Tagged, TaggedLine
from .decisions import Decision, Standing, Witness
from .facts import CIK_SCHEME, Context, CoverFact, Entity, Fact, FactPlace
from .figures import Amount, Figure, FigureKind, Period, Unit
from .mentions import ClaimKind, Counted, Mention, Number, Verdict
from .page import (
    Block,
    Cell,
    Document,
    Header,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    TextKind,
    place,
    seen,
    text_at,
)
from .proofs import Footing, Proof, ProofKind, total_name
from .report import DATA_TYPES, PAGE, Extension, Located, PageLayout, PresentationNode, Profile, Report, Role
from .statements import REPEATS, Basis, Column, Kind, LineItem, LineRole, Moment, Repeat, Statement

__all__ = [
    "CIK_SCHEME",
    "DATA_TYPES",
    "PAGE",
    "REPEATS",
    "Amount",
    "Balance",
    "Basis",
    "Block",
    "Cell",
    "ClaimKind",
    "Column",
    "Concept",
    "Context",
    "Counted",
    "CoverFact",
    "Decision",
    "Document",
    "Entity",
    "Extension",
    "Fact",
    "FactPlace",
    "Figure",
    "FigureKind",
    "Footing",
    "Header",
    "ItemType",
    "Kind",
    "LineItem",
    "LineRole",
    "Located",
    "Match",
    "Mention",
    "Moment",
    "Number",
    "PageBreak",
    "PageLayout",
    "Paragraph",
    "Period",
    "PeriodType",
    "PresentationNode",
    "Profile",
    "Proof",
    "ProofKind",
    "Repeat",
    "Report",
    "Role",
    "Row",
    "Section",
    "Span",
    "Standing",
    "Statement",
    "Table",
    "Tagged",
    "TaggedLine",
    "TextKind",
    "Unit",
    "Verdict",
    "Witness",
    "place",
    "seen",
    "text_at",
    "total_name",
]
