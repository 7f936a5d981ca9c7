"""capxbrl: legacy SEC filings in, validated inline XBRL out.

    import capxbrl as cx
    conversion = cx.convert("filing.txt")
    conversion.save("out")

Nothing heavy is loaded before it is used: Arelle when a report is validated, pandas when a table is asked for.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # as type checkers know it (PEP 484): an interrupt while `typing` is loaded could not be told
if TYPE_CHECKING:
    from typing import Any

    from .comparison import diff
    from .findings import BadData, CapxbrlError, Finding, Outcome, Position, Severity, UnreadableInput
    from .folder import verify
    from .footing import foot
    from .gate import validate
    from .model import Document, Entity, Fact, Report, Statement
    from .options import Options
    from .pipeline import Conversion, convert
    from .readers import read
    from .reports import build_report
    from .statements import parse_statements
    from .tagging import tag

_HOME = {
    "BadData": "findings",
    "CapxbrlError": "findings",
    "Finding": "findings",
    "Outcome": "findings",
    "Position": "findings",
    "Severity": "findings",
    "UnreadableInput": "findings",
    "Document": "model",
    "Entity": "model",
    "Fact": "model",
    "Report": "model",
    "Statement": "model",
    "Options": "options",
    "Conversion": "pipeline",
    "convert": "pipeline",
    "read": "readers",
    "parse_statements": "statements",
    "foot": "footing",
    "tag": "tagging",
    "build_report": "reports",
    "validate": "gate",
    "verify": "folder",
    "diff": "comparison",
}
__all__ = [  # noqa: RUF022 - in the order of the road
    "convert", "read", "parse_statements", "foot", "tag", "build_report", "validate", "verify", "diff",
    "Options", "Conversion", "Document", "Statement", "Report", "Fact", "Entity",
    "Finding", "Severity", "Position", "Outcome", "CapxbrlError", "UnreadableInput", "BadData",
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
