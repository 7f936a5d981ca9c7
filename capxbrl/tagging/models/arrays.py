"""Arrays of numbers: as members of an archive, the sums of vectors that named features select, and the threads they
are multiplied in."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np


def pack(prefix: str, arrays: Mapping[str, np.ndarray[Any, Any]]) -> dict[str, bytes]:
    """{member name: bytes}; the arrays in numpy's own format."""
    import numpy as np

    out = {}
    for name, values in arrays.items():
        buffer = io.BytesIO()
        np.save(buffer, values, allow_pickle=False)
        out[f"{prefix}{name}.npy"] = buffer.getvalue()
    return out


def unpack(prefix: str, names: Sequence[str], members: Mapping[str, bytes]) -> dict[str, Any]:
    """The named arrays. Raises KeyError when one is missing, ValueError when one is no array."""
    import numpy as np

    return {n: np.load(io.BytesIO(members[f"{prefix}{n}.npy"]), allow_pickle=False) for n in names}


def number(name: str) -> int:
    """The checksum of a feature's name."""
    return crc32(name.encode())


def find(ascending: Any, wanted: Any) -> tuple[Any, Any]:
    """Where each wanted number stands among ascending ones, and whether it is there at all."""
    import numpy as np

    at = np.searchsorted(ascending, wanted)
    at[at == len(ascending)] = 0
    return at, ascending[at] == wanted


def distinct(values: Any) -> Any:
    """The different ones among whole numbers, ascending; `np.unique` loads the masked arrays of numpy."""
    import numpy as np

    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def look_up(features: Any, names: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    """The places among `features` (sorted checksums) of the named features of each line, one line after the other, and
    the line that each belongs to. Those not among them are left out."""
    import numpy as np

    wanted = np.array([crc32(name.encode()) for found in names for name in found], dtype=np.uint32)
    at, known = find(features, wanted)
    return at[known], np.repeat(np.arange(len(names)), [len(found) for found in names])[known]


def sums(values: Any, owner: Any, count: int) -> Any:
    """The rows of `values` added up by their owner (ascending); `count` rows."""
    import numpy as np

    out = np.zeros((count, values.shape[1]), dtype=values.dtype)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    if len(first):
        out[owner[first]] = np.add.reduceat(values, first, axis=0)
    return out


def steps(ascending: Any) -> Any:
    """Ascending whole numbers as the steps between them, which pack better; `np.cumsum` gives them back."""
    import numpy as np

    return np.diff(ascending, prepend=ascending.dtype.type(0))


def one_thread() -> AbstractContextManager[Any]:
    """Products of matrices within it take one thread. Those of a filing are over in a tenth of a millisecond, and the
    threads of OpenBLAS, once called, turn in a loop for 30 ms more: as much as all of the conversion, and the core that
    another worker needs."""
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":  # as the command has it
        return nullcontext()
    limits: AbstractContextManager[Any] = _pools().limit(limits=1, user_api="blas")
    return limits


@cache
def _pools() -> Any:
    import numpy as np  # noqa: F401  (the library of its products is found only once it is loaded)
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
