"""conversion.json: the whole conversion for programs, as docs/schema/conversion.json describes it.

Figures are texts, since a number of JSON may be read as a float (RFC 8259, 6).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from operator import attrgetter
from typing import Any

from ..findings import Position
from ..model import Amount, Column, Header, LineItem, Report, Span, Tagged
from .rows import COLUMNS, FINDING_COLUMNS, finding_rows, rows
from .told import Told

SUFFIX = ".json"
ASKED = True
#: What the schema is called; another number where a reader of the last one would fail.
SCHEMA = "http://capxbrl.example/schema/conversion-2.json"
#: The values of a row, in the order of its columns.
_fact, _finding = attrgetter(*COLUMNS), attrgetter(*FINDING_COLUMNS)


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"conversion.json": as_json(told).encode()}


def as_json(told: Told) -> str:
    """The conversion as one object."""
    report = told.report
    tags: dict[Span, list[str]] = defaultdict(list)
    for fact in report.facts:
        tags[fact.span].append(fact.id)
    whole = {
        "schema": SCHEMA,
        "versions": dict(told.versions),
        "verdict": told.verdict,
        "input": _input(report),
        "title": report.title,
        "entity": asdict(report.entity),
        "currency": report.currency,
        "statements": [_statement(tagged, tags) for tagged in report.statements],
        "facts": [dict(zip(COLUMNS, _fact(row), strict=True)) for row in rows(report)],
        "findings": [
            dict(zip(FINDING_COLUMNS, _finding(row), strict=True)) for row in finding_rows(told.findings, report)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no form in JSON")


def _input(report: Report) -> dict[str, Any]:
    document = report.document
    return {
        "name": document.name,
        "format": document.format,
        "sha256": document.digest,
        "header": _header(document.header) if document.header else None,
    }


def _header(header: Header) -> dict[str, str]:
    return {name: value for name, value in asdict(header).items() if name != "items"}


def _statement(tagged: Tagged, tags: Mapping[Span, list[str]]) -> dict[str, Any]:
    statement = tagged.statement
    return {
        "kind": statement.kind,
        "title": statement.title,
        "currency": statement.currency,
        "scale": statement.scale,
        "face": statement.face,
        "at": _place(statement.at),
        "columns": [_column(column) for column in statement.columns],
        "decisions": [{"subject": d.subject, "value": d.value, "standing": d.standing} for d in statement.decisions],
        "lines": [_line(line, tags) for line in statement.lines],
        "sums": [
            {"total": p.total, "parts": [list(part) for part in p.parts], "ties": list(p.ties)}
            for p in tagged.footing.proofs
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "heading": column.heading,
        "start": column.period.start,
        "end": column.period.end,
        "currency": column.currency or None,
        "basis": column.basis,
        "members": [list(pair) for pair in column.members],
    }


def _line(line: LineItem, tags: Mapping[Span, list[str]]) -> dict[str, Any]:
    return {
        "label": line.label,
        "path": list(line.path),
        "role": line.role or None,
        "rule": line.rule,
        "at": _place(line.at),
        "cells": [_cell(amount, tags) if amount else None for amount in line.amounts],
        "figures": [{"what": figure.what, **_cell(figure.amount, tags)} for figure in line.figures],
    }


def _cell(amount: Amount, tags: Mapping[Span, list[str]]) -> dict[str, Any]:
    """value: with the printed sign and the scale applied; facts: the ids of its facts."""
    return {
        "value": amount.value,
        "shown": amount.shown,
        "unit": amount.unit,
        "at": _place(amount.at),
        "facts": tags.get(amount.span, []),
    }


def _place(at: Position) -> dict[str, Any]:
    return {"source": at.source, "line": at.line, "column": at.column}
