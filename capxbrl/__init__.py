"""capxbrl: legacy SEC filings in, validated inline XBRL out.

    import capxbrl as cx
    made = cx.convert("filing.txt")
    made.income_statement.line("Net loss")
    made.fact("NetIncomeLoss", months=3, end="2009-09-30")
    made.save("out")

Nothing heavy is loaded before it is used: Arelle when a report is validated, pandas when a table is asked for.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # as type checkers know it (PEP 484): an interrupt while `typing` is loaded could not be told
if TYPE_CHECKING:
    from typing import Any

    from .analysis import analyse
    from .batch import convert_many
    from .comparison import diff
    from .conversion import Conversion
    from .findings import BadData, CapxbrlError, Finding, NotFound, Outcome, Position, Severity, UnreadableInput
    from .folder import verify
    from .footing import foot
    from .gate import Validation, validate, validate_many
    from .history import History, Series, collect
    from .model import Amount, Concept, Document, Entity, Fact, LineItem, Period, Report, Statement
    from .options import Options, WrongOption
    from .pipeline import convert
    from .reports import build_report
    from .sequences import Facts, Findings, Statements
    from .sources import read
    from .statements import parse_statements
    from .tagging import tag
    from .taxonomy import Taxonomy, load_taxonomy

#: Where each public name is: in the order of the road, then what flows on it, then what is told.
_HOME = {
    "convert": "pipeline",
    "convert_many": "batch",
    "read": "sources",
    "analyse": "analysis",
    "parse_statements": "statements",
    "foot": "footing",
    "load_taxonomy": "taxonomy",
    "tag": "tagging",
    "build_report": "reports",
    "validate": "gate",
    "validate_many": "gate",
    "verify": "folder",
    "diff": "comparison",
    "collect": "history",
    "Options": "options",
    "Conversion": "conversion",
    "Facts": "sequences",
    "Statements": "sequences",
    "Findings": "sequences",
    "History": "history",
    "Series": "history",
    "Document": "model",
    "Statement": "model",
    "LineItem": "model",
    "Amount": "model",
    "Period": "model",
    "Report": "model",
    "Fact": "model",
    "Concept": "model",
    "Entity": "model",
    "Taxonomy": "taxonomy",
    "Validation": "gate",
    "Finding": "findings",
    "Severity": "findings",
    "Position": "findings",
    "Outcome": "findings",
    "CapxbrlError": "findings",
    "UnreadableInput": "findings",
    "BadData": "findings",
    "NotFound": "findings",
    "WrongOption": "options",
}
__all__ = [  # noqa: RUF022 - in the order of the road
    "convert", "convert_many", "read", "analyse", "parse_statements", "foot", "load_taxonomy", "tag", "build_report",
    "validate", "validate_many", "verify", "diff", "collect", "Options", "Conversion", "Facts", "Statements",
    "Findings", "History", "Series", "Document", "Statement", "LineItem", "Amount", "Period", "Report", "Fact",
    "Concept", "Entity", "Taxonomy", "Validation", "Finding", "Severity", "Position", "Outcome", "CapxbrlError",
    "UnreadableInput", "BadData", "NotFound", "WrongOption",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
