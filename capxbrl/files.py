"""Files, at both ends: read with care, and written so that they appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .findings import CapxbrlError, UnreadableInput

#: Larger files are no filings: the longest annual reports with all their exhibits stay far below.
MAX_BYTES = 200_000_000
_PIECE = 1 << 20


def load(path: Path, limit: int) -> bytes:
    """The bytes of a file. Raises UnreadableInput for a folder, a file that cannot be read, and one beyond the limit.

    A pipe without a writer is empty, not awaited; no more than the limit is ever read of what has no end.
    """
    _refuse_address(path)
    try:
        if path.is_dir():
            raise UnreadableInput(f"{path}: is a folder; give one file")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            os.set_blocking(handle, True)
            size = os.fstat(handle).st_size
            data = read_up_to(file, limit + 1) if size <= limit else b""
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None
    if max(size, len(data)) > limit:
        raise UnreadableInput(f"{path}: larger than {limit:,} bytes; filings are smaller")
    return data


def check_file(path: Path) -> None:
    """Raises UnreadableInput for what is no plain file: an address, a folder, a device, a pipe, which has no end."""
    _refuse_address(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise UnreadableInput(f"{path}: is a device or pipe; give a file")


def _refuse_address(path: Path) -> None:
    scheme, colon, rest = str(path).partition(":")
    if colon and rest.startswith("/") and len(scheme) > 1 and scheme.isalnum():
        raise UnreadableInput(f"{path}: capxbrl never downloads; save the page, and give the file")


def read_up_to(file: BinaryIO, most: int) -> bytes:
    """As many bytes as there are: asked for all at once, memory is taken for as many as there may be."""
    pieces: list[bytes] = []
    while most > 0 and (piece := file.read(min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def save(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write every file into `folder` (made if absent). Nothing is replaced before all are written.

    Raises CapxbrlError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with scratch(".", folder) as staging:
            for name, data in files.items():
                target = staging / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            paths = []
            for name in files:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(staging / name, path)
                paths.append(path)
    except OSError as error:
        raise CapxbrlError(f"{folder}: cannot write: {error.strerror or error}") from None
    return paths


def put(data: bytes, path: Path, inputs: Iterable[Path | str] = ()) -> None:
    """Write one file that the caller names: whole or not at all; into a device or pipe, which is never replaced.

    inputs: files that must not be overwritten. Raises CapxbrlError.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    for given in inputs:
        with suppress(OSError):
            if target == Path(os.path.realpath(given)) or os.path.samefile(target, given):
                raise CapxbrlError(f"{path}: is an input, and would be overwritten")
    if not path.exists() or path.is_file():
        save({target.name: data}, target.parent)
        return
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise CapxbrlError(f"{path}: cannot write: {error.strerror or error}") from None


@contextmanager
def scratch(prefix: str = "", folder: Path | None = None) -> Iterator[Path]:
    """A folder of this process for the time being, in `folder` or where the system keeps such things.

    What a killed process left there is swept away first: its name tells whose it was.
    """
    where = folder or Path(tempfile.gettempdir())
    sweep(where, prefix)
    made = Path(tempfile.mkdtemp(prefix=f"{prefix}capxbrl-{os.getpid()}-", dir=where))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(folder: Path, prefix: str = "") -> None:
    """Remove the scratch folders of processes that are gone."""
    with suppress(OSError):
        for path in [p for p in folder.iterdir() if is_left(p, prefix)]:
            shutil.rmtree(path, ignore_errors=True)


def is_left(path: Path, prefix: str = "") -> bool:
    """A scratch folder of a process that is gone."""
    begins = f"{prefix}capxbrl-"
    if not path.name.startswith(begins) or path.is_symlink():
        return False
    process = path.name[len(begins) :].partition("-")[0]
    return process.isascii() and process.isdigit() and not _lives(int(process))


def _lives(process: int) -> bool:
    """The process is there; where the system has no way to ask, it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
