"""facts.parquet and findings.parquet: typed columns, for DuckDB, pandas, Spark and the like (by pyarrow).

The schema is the same for every filing, so that many files are one data set.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .rows import COLUMNS, FINDING_COLUMNS, finding_rows, rows
from .told import Told

if TYPE_CHECKING:
    import pyarrow

SUFFIX = ".parquet"
ASKED = True
NEEDS = (("pyarrow", "parquet"),)

#: Digits before and after the point that a value may have; one of more is null, and in `text` alone.
_WHOLE, _PLACES = 28, 10
#: Columns that are no text.
_DATES = frozenset({"start", "end", "instant", "filed"})
_COUNTS = frozenset({"months", "fiscal_year", "fiscal_quarter", "decimals", "line", "column"})


def tell(told: Told, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        "facts.parquet": _written(COLUMNS, rows(told.report)),
        "findings.parquet": _written(FINDING_COLUMNS, finding_rows(told.findings, told.report)),
    }


def schema(columns: Sequence[str]) -> pyarrow.Schema:
    """The types of these columns."""
    import pyarrow as pa

    def kind(name: str) -> pyarrow.DataType:
        if name == "value":
            return pa.decimal128(_WHOLE + _PLACES, _PLACES)
        if name == "confidence":
            return pa.float64()
        if name in _DATES:
            return pa.date32()
        if name == "extension":
            return pa.bool_()
        return pa.int32() if name in _COUNTS else pa.string()

    return pa.schema([pa.field(name, kind(name)) for name in columns])


def _written(columns: Sequence[str], records: Sequence[Any]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    cells = {name: [_fitting(getattr(record, name)) for record in records] for name in columns}
    buffer = io.BytesIO()
    parquet.write_table(pa.table(cells, schema=schema(columns)), buffer, compression="zstd")
    return buffer.getvalue()


def _fitting(cell: Any) -> Any:
    """The cell, or None for a number of more digits than the column has."""
    if not isinstance(cell, Decimal) or not cell:
        return cell
    exponent = int(cell.normalize().as_tuple().exponent)
    return cell if -exponent <= _PLACES and cell.adjusted() < _WHOLE else None
