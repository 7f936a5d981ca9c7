"""Many filings: side by side, within limits, with a journal. `convert_many` for programs, `batch` for the command."""

from .many import Result, convert_many
from .records import Record
from .whole import Plan, batch

__all__ = ["Plan", "Record", "Result", "batch", "convert_many"]
