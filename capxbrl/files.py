"""Files that appear whole: everything is written beside its place first, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .findings import CapxbrlError


def save(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write every file into `folder` (made if absent). Nothing is replaced before all are written.

    Raises CapxbrlError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".capxbrl-", dir=folder) as staging:
            for name, data in files.items():
                target = Path(staging) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            paths = []
            for name in files:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(staging) / name, path)
                paths.append(path)
    except OSError as error:
        raise CapxbrlError(f"{folder}: cannot write: {error.strerror or error}") from None
    return paths
