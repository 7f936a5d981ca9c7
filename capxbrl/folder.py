"""A folder holds the output of one conversion: `manifest.json` names each file with its SHA-256.

The next conversion takes the whole set away and puts its own there, by one exchange of two folders: whoever looks, or
is killed, at any moment finds the old set or the new one.  Files of other makers are never touched unless asked for.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
import os
import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from .files import is_left, scratch, sweep
from .findings import CapxbrlError, Finding, Severity
from .zips import DAMAGED

MANIFEST = "manifest.json"
#: Where the set that leaves is put aside for a moment.
_OLD = "old"
#: What `capxbrl view` adds to a set that has no viewer.
VIEWER = ("viewer.html", "ixbrlviewer.js", "capxbrl.js", "review.html")
#: What `capxbrl review` keeps in a folder: a person's work, which no conversion takes away.
REVIEW = ("review.json", "overrides.csv", "to-review.html")
#: A manifest names a dozen files; one that is larger is none.
_LARGEST = 1_000_000
_SHOWN = 3
_LARGEST_PART = 256 << 20
_AGAIN = "convert the filing again"
_REPEAT = re.compile(r"^Repeat +(.*)$", re.M)
_VERDICT = re.compile(r"^Verdict +(valid|NOT VALID)(?: as far as it is judged)?: ", re.M)
#: {name of a file: the SHA-256 that it may have}.
_Listed = Mapping[str, tuple[str, ...]]
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # renameat2(2); RENAME_SWAP of macOS' renamex_np is 2, too


def digest(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def manifest(files: Mapping[str, bytes], **about: object) -> bytes:
    """The manifest of a set of files. about: what else it says, such as input="filing.txt"."""
    listed = {name: {"sha256": digest(data), "bytes": len(data)} for name, data in sorted(files.items())}
    return (json.dumps({**about, "files": listed}, indent=1, ensure_ascii=False) + "\n").encode()


def publish(
    files: Mapping[str, bytes], folder: Path, *, force: bool = False, inputs: Sequence[str | Path] = ()
) -> list[Path]:
    """Make `folder` hold exactly these files, one of which is the manifest, instead of the set that it held.

    force: also where it holds files of other makers; they stay, those of equal names aside. inputs: never overwritten.
    Returns the paths. Raises CapxbrlError where the folder is not ours to fill, or cannot be written.
    """
    where = Path(os.path.realpath(folder))
    if where.exists() and not where.is_dir():
        raise CapxbrlError(f"{folder}: cannot write: it is a file, no folder")
    with suppress(OSError):
        _tidy(where)
    others = strangers(where)
    leaving = {where / name for name in {*_names(where), *files} - ({*others} - files.keys())}
    for path in inputs:
        if Path(os.path.realpath(path)) in leaving:
            raise CapxbrlError(f"{path}: is an input, and would be overwritten; write into another folder")
    if not force:
        _refuse([name for name in others if name not in REVIEW or name in files], folder)
    try:
        _put(files, where, [name for name in others if name not in files])
    except OSError as error:
        raise CapxbrlError(f"{folder}: cannot write: {error.strerror or error}") from None
    return [folder / name for name in files]


def _refuse(foreign: Sequence[str], folder: Path) -> None:
    """Raises CapxbrlError where there are files of other makers."""
    if foreign:
        more = len(foreign) - _SHOWN
        shown = ", ".join(foreign[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        raise CapxbrlError(
            f"{folder}: holds files that no conversion left there ({shown}); give another folder, or --force"
        )


def withdraw(folder: Path, why: str, inputs: Sequence[str | Path] = ()) -> None:
    """Take the set of an earlier conversion away where this one failed: nobody shall take its report for this one's.

    inputs: where one of them is of that set, it stays.
    """
    where = Path(os.path.realpath(folder))
    others = strangers(where)
    if not (where / MANIFEST).is_file() or not {*others} <= {*REVIEW}:
        return
    if any(Path(os.path.realpath(path)).is_relative_to(where) for path in inputs):
        return
    with suppress(OSError):
        _put({MANIFEST: manifest({}, failed=why)}, where, others)


def strangers(folder: Path) -> list[str]:
    """The files of a folder that no conversion left there as they are, by their names in it, sorted."""
    known = _listed(folder)
    out = []
    for name in _names(folder):
        if name == MANIFEST and known is not _NONE:
            continue
        if name not in known or _digest_of(folder / name) not in known[name]:
            out.append(name)
    return [name for name in out if not (known is not _NONE and name in VIEWER)]


def verify(folder: str | Path) -> tuple[Finding, ...]:
    """What does not agree with manifest and receipt in a folder of output.

    Args:
        folder: one that `Conversion.save` or `capxbrl convert` filled.

    Findings: `folder.missing`, `folder.changed`, `folder.receipt` (errors), `folder.stranger` (warning). Raises
    CapxbrlError where there is no manifest.
    """
    folder = Path(folder)
    known = _listed(folder)
    if known is _NONE:
        raise CapxbrlError(f"{folder}: holds no {MANIFEST}; it is no folder that a conversion wrote")
    present = set(_names(folder))
    found: list[Finding] = []
    for name, wanted in known.items():
        if name not in present:
            found.append(_told("folder.missing", f"{name} is not there", _AGAIN))
        elif _digest_of(folder / name) not in wanted:
            found.append(_told("folder.changed", f"{name} is not what was written", _AGAIN))
    for name in sorted(present - known.keys() - {MANIFEST, *REVIEW}):
        told = f"{name} was not written by the conversion"
        hint = "`capxbrl view` may have made it" if name in VIEWER else "keep it elsewhere"
        found.append(_told("folder.stranger", told, hint, Severity.WARNING))
    return (*found, *_unbound(folder, known), *_unlike_the_package(folder, known))


def _unbound(folder: Path, known: _Listed) -> Iterator[Finding]:
    """The receipt speaks of another report than the one beside it, of another input, or of another verdict than the
    manifest; or that names what is not in the folder.
    """
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if listed.get("unfinished"):
        yield _told("folder.missing", "the conversion into this folder was not finished", _AGAIN)
    if "failed" in listed:
        yield _told("folder.missing", f"the conversion failed and left nothing: {listed['failed']}", _AGAIN)
    for name in listed["files"]:
        if not _is_inside(name):
            yield _told("folder.receipt", f"{MANIFEST} names {name!r}, which is outside of the folder", _AGAIN)
    receipt = folder / "receipt.txt"
    if "receipt.txt" not in known or receipt.is_symlink() or not receipt.is_file():
        return
    text = receipt.read_text(encoding="utf-8", errors="replace")
    report = known.get("report.xbri")
    if report is not None and not any(digest in text for digest in report):
        yield _told("folder.receipt", "receipt.txt is about another report.xbri", _AGAIN)
    about = listed.get("input")
    if isinstance(about, dict) and str(about.get("sha256")) not in text:
        yield _told("folder.receipt", f"receipt.txt is about another input than {MANIFEST}", _AGAIN)
    verdict = _VERDICT.search(text)
    said = {"valid": True, "NOT VALID": False}.get(verdict[1]) if verdict else None
    if "valid" in listed and listed["valid"] is not said:
        yield _told("folder.receipt", f"receipt.txt and {MANIFEST} give different verdicts", _AGAIN)


def _unlike_the_package(folder: Path, known: _Listed) -> Iterator[Finding]:
    """Files that lie in the report package, too, and are others there."""
    if "report.xbri" not in known or _digest_of(folder / "report.xbri") not in known["report.xbri"]:
        return
    try:
        with zipfile.ZipFile(folder / "report.xbri") as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename).name
                if member.filename.partition("/")[2] != f"reports/{name}" or name not in known:
                    continue
                if member.file_size > _LARGEST_PART or digest(archive.read(member)) not in known[name]:
                    yield _told("folder.changed", f"{name} is not the one in report.xbri", _AGAIN)
    except DAMAGED:
        yield _told("folder.changed", "report.xbri is no readable package", _AGAIN)


def _told(code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code=code, severity=severity, message=message, hint=hint)


# --- what a folder was made of ----------------------------------------------------------------------------------------


def made_of(folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The input that a folder of output was made of, and the words of the command that makes it again.

    The input is looked for by its name and SHA-256 in the folder, beside it, where we are, and in the folders there.
    Raises CapxbrlError.
    """
    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["input"]
        name, wanted = str(about["name"]), str(about["sha256"])
        again = _REPEAT.search((folder / "receipt.txt").read_text(encoding="utf-8"))
        words = tuple(shlex.split(again[1])[2:]) if again else ()
    except (OSError, ValueError, KeyError, TypeError):
        raise CapxbrlError(f"{folder}: is no folder that a conversion wrote; give the filing itself") from None
    path = next((path for path in _near(folder, name) if _digest_of(path) == wanted), None)
    if path is None:
        other = beside(folder, name)
        raise CapxbrlError(f"{other}: is not the filing that {folder} was made of; give the filing itself")
    return path, words


def beside(folder: Path, name: str) -> Path:
    """A file of that name in a folder, beside it, where we are, or in a folder there. Raises CapxbrlError."""
    path = next(_near(folder, name), None)
    if path is None:
        raise CapxbrlError(f"{folder}: was made of {name}, which is not near it; give the filing itself")
    return path


def _near(folder: Path, name: str) -> Iterator[Path]:
    name = Path(name).name
    places = (folder, folder.resolve().parent, Path.cwd())
    yield from (where / name for where in places if (where / name).is_file())
    for where in places[1:]:
        with suppress(OSError):
            yield from (path for path in sorted(where.glob(f"*/{glob.escape(name)}")) if path.is_file())


# --- what a folder holds ----------------------------------------------------------------------------------------------

_NONE: _Listed = {}


def _listed(folder: Path) -> _Listed:
    """{name: SHA-256} of the manifest of a folder; `_NONE` where it has none that can be read.

    While one set takes the place of another, file by file, a name has the SHA-256 of both.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST:
            return _NONE
        listed = json.loads(path.read_text(encoding="utf-8"))
        out: dict[str, tuple[str, ...]] = {}
        for files in (listed["files"], listed.get("before", {})):
            for name, entry in files.items():
                if _is_inside(name):
                    out[str(name)] = (*out.get(str(name), ()), str(entry["sha256"]))
        return out
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _NONE


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _names(folder: Path) -> list[str]:
    """Every file of a folder, links and what is no plain file too, by its name in it."""
    out = []
    for root, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(root) / name).is_symlink()]
        out += [(Path(root) / name).relative_to(folder).as_posix() for name in (*names, *linked)]
    return sorted(out)


def _digest_of(path: Path) -> str | None:
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- one set for another ----------------------------------------------------------------------------------------------


def _put(files: Mapping[str, bytes], folder: Path, kept: Iterable[str]) -> None:
    """kept: names of files of other makers that stay."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and _is_in_use(folder):
        _replace_one_by_one(files, folder, kept)
        return
    with scratch(_prefix(folder), folder.parent) as staging:
        made = staging / "set"
        for name, data in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(data)
        for name in kept:
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(folder / name, made / name, follow_symlinks=False)
        if not folder.exists():
            made.rename(folder)
            return
        shutil.copymode(folder, made)
        if not _exchanged(made, folder):
            folder.rename(staging / _OLD)
            try:
                made.rename(folder)
            finally:
                if not folder.exists():
                    (staging / _OLD).rename(folder)


def _prefix(folder: Path) -> str:
    return f".{folder.name}."


def _tidy(folder: Path) -> None:
    """What a killed process left: its scratch in the folder, or the set that it had put aside for another."""
    sweep(folder, ".")
    for aside in sorted(folder.parent.glob(f"{glob.escape(_prefix(folder))}*/{_OLD}")):
        if not folder.exists() and is_left(aside.parent, _prefix(folder)):
            aside.rename(folder)


def _is_in_use(folder: Path) -> bool:
    """The folder cannot be exchanged: somebody works in it, it is a device of its own, or its parent is closed."""
    here = Path.cwd()
    return folder == here or folder in here.parents or folder.is_mount() or not os.access(folder.parent, os.W_OK)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders at once, where the system can; False where it cannot."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE) == 0)
        return bool(libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False


def _replace_one_by_one(files: Mapping[str, bytes], folder: Path, kept: Iterable[str]) -> None:
    """Each file appears whole; while they come, the manifest lists what is to go with what has come."""
    leaving = set(_names(folder)) - {*kept}
    with scratch(".", folder) as staging:
        for name, data in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(data)
        coming = {name: data for name, data in files.items() if name != MANIFEST}
        before = {name: {"sha256": str(_digest_of(folder / name))} for name in sorted(leaving - {MANIFEST})}
        (staging / _OLD).write_bytes(manifest(coming, unfinished=True, before=before))
        os.replace(staging / _OLD, folder / MANIFEST)
        for name in leaving - files.keys():
            (folder / name).unlink(missing_ok=True)
        for name in sorted(files, key=lambda n: n == MANIFEST):  # the manifest last
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staging / name, folder / name)
