"""What a context is called, and the members that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from ..model import Period
from .uses import Members


def context_id(period: Period, members: Sequence[tuple[str, str]] = ()) -> str:
    """A readable id: c-20090930, c-20090701-20090930, c-20090930-CommonClassAMember."""
    days = _days(period.start, period.end)
    return "-".join([days, *[member.rpartition(":")[2] for _, member in members]]) if members else days


@lru_cache(maxsize=1024)
def _days(start: dt.date | None, end: dt.date) -> str:
    return "-".join(["c", *(day.isoformat().replace("-", "") for day in (start, end) if day)])


def members_qnames(members: Members) -> tuple[tuple[str, str], ...]:
    """(axis, member) as prefixed names, in the order of the axes."""
    return tuple(sorted((axis.qname, member.qname) for axis, member in members)) if members else ()
