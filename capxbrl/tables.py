"""A CSV table that a person edits, read whole; every complaint names file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from .findings import BadData


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV table with their line numbers. Raises BadData naming file and line when it has not these
    columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise BadData(f"{path}:1: the column {missing[0]!r} is missing")
            for row in reader:
                if None in row or None in row.values():
                    raise BadData(f"{path}:{reader.line_num}: not as many cells as the heading has")
                yield reader.line_num, row
    except FileNotFoundError:
        raise BadData(f"{path}: no such table") from None
    except UnicodeDecodeError:
        raise BadData(f"{path}: is not UTF-8") from None
