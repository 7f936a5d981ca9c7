"""What a worker does with one filing: read, convert, write, tell."""

from __future__ import annotations

import errno
import hashlib
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from ..conversion import Conversion
from ..findings import CapxbrlError, UnreadableInput
from ..gate import Asked, Limits, Stopped, Workers, validated
from ..options import Options
from ..pipeline import converted as convert
from .jobs import Job, key
from .records import FAILED, Record, told
from .targets import Target

T = TypeVar("T")

#: Of causes that are no code of a finding.
_UNREADABLE, _CRASH = "unreadable", "crash"
_LIMITS = {"time": "time-limit", "memory": "memory-limit", "died": "worker-died"}


def converted(job: Job, name: str, options: Options, audit: float = 0.0) -> Conversion:
    """Convert a filing, and validate it on the taxonomy that this worker holds. audit: as `validate_many` takes it.
    Raises what `convert` raises."""
    limits = Limits(seconds=options.time_limit, megabytes=options.memory_limit)
    asked = Asked(options.packages, options.package_folders, None, limits, audit)
    return convert(job.read(), name, lambda step: None, options, lambda report: validated(report, asked))


def worked(job: Job, target: Target, options: Options, digest: str, audit: float = 0.0) -> Record:
    """Convert a filing and put its outputs into the target.

    Raises CapxbrlError for what is no fault of the filing: wrong options, a disk that is full.
    """
    begun = time.perf_counter()
    data = b""
    try:
        data = job.read()
        name = job.called if target.layout == "folders" else job.name
        made = converted(replace(job, data=data), name, options, audit)
        outcome, files = told(made), made.outputs()
    except UnreadableInput as error:
        outcome, files = _failed(_UNREADABLE, str(error).removeprefix(f"{job.name}: ")), {}
    except RecursionError:
        outcome, files = _failed(_UNREADABLE, "it is nested too deeply to be read"), {}
    except (CapxbrlError, MemoryError):
        raise
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError from None
        raise CapxbrlError(f"cannot work: {error.strerror or error}") from None
    except Exception as error:  # a fault of ours in one filing takes no other down
        outcome, files = _failed(_CRASH, _place(error)), {}
    written = target.put(key(job.name), files)
    return _record(job, data, digest, begun, outputs=written, **outcome)


def stopped(job: Job, target: Target, digest: str, why: Stopped) -> Record:
    """What is told of a filing that was stopped twice; it has no outputs."""
    begun = time.perf_counter()
    data = b""
    with suppress(UnreadableInput):
        data = job.read()
    target.put(key(job.name), {})
    return _record(job, data, digest, begun, **_failed(_LIMITS[why.why], str(why)))


def _failed(cause: str, reason: str) -> dict[str, Any]:
    return {"outcome": FAILED, "cause": cause, "reason": reason}


def _record(job: Job, data: bytes, options: str, begun: float, **more: Any) -> Record:
    return Record(
        input=job.name,
        key=key(job.name),
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        options=options,
        seconds=round(time.perf_counter() - begun, 3),
        **more,
    )


def _place(error: Exception) -> str:
    """An exception and where it was raised, without the folders of this machine."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"


# --- in an executor of somebody else ----------------------------------------------------------------------------------

#: Of each thread that works: its helper, a process that can be stopped.
_of_thread = threading.local()


def isolated(limits: Limits, function: Any, /, *arguments: Any) -> Any:
    """The same in a process of its own, which this thread keeps. Raises Stopped beyond the limits.

    What works in a thread, or in a worker of Dask, cannot be stopped; its helper can.
    """
    kept = getattr(_of_thread, "kept", None)
    if kept is None or kept[0] != limits:
        _of_thread.kept = kept = (limits, Workers(1, limits))
    return kept[1].submit(function, *arguments).result()
