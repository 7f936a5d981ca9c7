"""Every value that flows between the stages: frozen, slotted, tuples inside, Decimal for every number.

document -> statements -> proofs -> tagged statements -> report -> files.  No I/O and no logic beyond small
derived values; each stage that fills a type is named in its docstring.
"""

from __future__ import annotations

from .concepts import Concept, Match, Tagged, TaggedLine
from .decisions import Decision, Standing, Witness
from .facts import Context, CoverFact, Entity, Fact
from .figures import Amount, Figure, Period, Unit
from .page import Block, Cell, Document, Header, PageBreak, Paragraph, Row, Section, Span, Table, place, seen, text_at
from .proofs import Footing, Proof, ProofKind, total_name
from .report import Extension, PresentationNode, Report, Role
from .statements import Basis, Column, Kind, LineItem, LineRole, Statement

__all__ = [
    "Amount",
    "Basis",
    "Block",
    "Cell",
    "Column",
    "Concept",
    "Context",
    "CoverFact",
    "Decision",
    "Document",
    "Entity",
    "Extension",
    "Fact",
    "Figure",
    "Footing",
    "Header",
    "Kind",
    "LineItem",
    "LineRole",
    "Match",
    "PageBreak",
    "Paragraph",
    "Period",
    "PresentationNode",
    "Proof",
    "ProofKind",
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
    "Unit",
    "Witness",
    "place",
    "seen",
    "text_at",
    "total_name",
]
