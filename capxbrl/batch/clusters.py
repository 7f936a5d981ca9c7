"""More than one machine: a client of Dask (extra `dask`), which does jobs as `concurrent.futures` does.

What it is given is what processes of this machine are given, and so are its results: outputs have names of their own
and are the same however often they are written, so that a job that Dask gives to a second worker does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from ..findings import BadData, CapxbrlError
from .running import workers

_PATIENCE = 30  # seconds for a scheduler to answer


@contextmanager
def client(scheduler: str | None, jobs: int | None) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster of this machine's own with so many workers.

    Raises BadData without the package, CapxbrlError where nobody answers.
    """
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise BadData("the engine dask needs distributed; install it: pip install 'capxbrl[dask]'") from None
    if scheduler is None:
        count = jobs or workers()
        with (
            dask.LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=50
            ) as cluster,
            dask.Client(cluster) as made,
        ):
            yield made
        return
    try:
        made = dask.Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise CapxbrlError(f"{scheduler}: no scheduler of Dask answers there ({error})") from None
    with made:
        yield made
