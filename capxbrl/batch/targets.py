"""Where the outputs of many filings go: a folder a filing, or one data set in parts, beside each other on a disk or at
an address of fsspec.

Each filing has names of its own, so that as many workers write as there are, without a lock; and on a disk each
appears whole or not at all. What is written twice is the same twice.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ..findings import CapxbrlError
from ..folder import MANIFEST, digest
from ..records import dataclass
from .jobs import fsspec, is_address

#: What is under way lies here, on the same disk as the outputs.
_WORK = ".under-way"
#: The tables of a data set, by the files of a conversion that they are made of.
TABLES = {
    "folders": {},
    "parquet": {"facts.parquet": "facts", "findings.parquet": "findings"},
    "fsds": {f"fsds/{name}.txt": name for name in ("sub", "tag", "num", "pre", "left-out")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """place: a folder or an address. layout: `folders`, `parquet` or `fsds`."""

    place: str
    layout: str = "folders"

    def put(self, key: str, files: Mapping[str, bytes]) -> str:
        """Make these the outputs of a filing, instead of what it had; a digest of them. None: it has none.

        Raises CapxbrlError where they cannot be written.
        """
        named = self._named(key, files)
        try:
            (self._put_there if is_address(self.place) else self._put_here)(key, named)
        except OSError as error:
            raise CapxbrlError(f"{self.place}: cannot write: {error.strerror or error}") from None
        return _digest({name: digest(data) for name, data in named.items()})

    def holds(self, key: str, wanted: str) -> bool:
        """The outputs of a filing are there, whole and unchanged."""
        return _digest({name: digest(data) for name, data in self._present(key)}) == wanted

    def clear(self) -> None:
        """What was under way when a batch was killed: nobody else writes here now."""
        if not is_address(self.place):
            shutil.rmtree(Path(self.place) / _WORK, ignore_errors=True)

    def _named(self, key: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files as they lie in the target."""
        if self.layout == "folders":
            return {f"{key}/{name}": data for name, data in files.items()}
        tables = TABLES[self.layout]
        return {self._part(tables[name], key): data for name, data in files.items() if name in tables}

    def _part(self, table: str, key: str) -> str:
        """Parts by the first digits of the digest, named as Hive does: a folder of millions would be slow."""
        suffix = "parquet" if self.layout == "parquet" else "txt"
        return f"{table}/part={key.rpartition('-')[2][:2]}/{key}.{suffix}"

    def _present(self, key: str) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of what a filing has in the target."""
        if self.layout == "folders":
            for name in self._in_folder(key):
                yield name, self._bytes(name)
            return
        for table in TABLES[self.layout].values():
            with suppress(FileNotFoundError):
                yield (name := self._part(table, key)), self._bytes(name)

    def _bytes(self, name: str) -> bytes:
        if is_address(self.place):
            with fsspec().open(f"{self.place}/{name}", "rb") as file:
                return bytes(file.read())
        return (Path(self.place) / name).read_bytes()

    def _in_folder(self, key: str) -> list[str]:
        if is_address(self.place):
            system, path = fsspec().core.url_to_fs(f"{self.place}/{key}")
            return [f"{key}{found[len(path) :]}" for found in system.find(path)]
        root = Path(self.place)
        return [p.relative_to(root).as_posix() for p in (root / key).rglob("*") if p.is_file()]

    # --- on a disk ----------------------------------------------------------------------------------------------------

    def _put_here(self, key: str, named: Mapping[str, bytes]) -> None:
        root = Path(self.place)
        (root / _WORK).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root / _WORK, ignore_cleanup_errors=True) as under_way:
            made, old = Path(under_way) / "made", Path(under_way) / "old"
            for name, data in named.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            if self.layout == "folders":
                if (root / key).exists():
                    (root / key).rename(old)
                if named:
                    _renamed(made / key, root / key)
                return
            for table in TABLES[self.layout].values():
                part = root / (name := self._part(table, key))
                if name in named:
                    part.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(made / name, part)
                else:
                    part.unlink(missing_ok=True)

    # --- at an address ------------------------------------------------------------------------------------------------

    def _put_there(self, key: str, named: Mapping[str, bytes]) -> None:
        """An object appears whole; the manifest is the last of a folder."""
        system, root = fsspec().core.url_to_fs(self.place)
        for name in [name for name, _ in self._present(key) if name not in named]:
            system.rm(f"{root}/{name}")
        for name in sorted(named, key=lambda n: n.endswith(f"/{MANIFEST}")):
            system.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            system.pipe_file(f"{root}/{name}", named[name])


def _renamed(made: Path, folder: Path) -> None:
    """Another worker may have been as fast with the same: then that stays."""
    try:
        made.rename(folder)
    except OSError:
        if not folder.exists():
            raise


def _digest(digests: Mapping[str, str]) -> str:
    """Of many files, whatever their order; "" of none."""
    return digest("".join(f"{name} {digests[name]}\n" for name in sorted(digests)).encode())[:32] if digests else ""
