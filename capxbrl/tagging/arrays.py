"""Arrays of numbers as members of an archive, and back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

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


def steps(ascending: Any) -> Any:
    """Ascending whole numbers as the steps between them, which pack better; `np.cumsum` gives them back."""
    import numpy as np

    return np.diff(ascending, prepend=ascending.dtype.type(0))
