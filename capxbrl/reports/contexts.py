"""What a context is called, and the members that it names."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Period
from .uses import Members


def context_id(period: Period, members: Sequence[tuple[str, str]] = ()) -> str:
    """A readable id: c-20090930, c-20090701-20090930, c-20090930-CommonClassAMember."""
    days = [day.isoformat().replace("-", "") for day in (period.start, period.end) if day]
    return "-".join(["c", *days, *[member.rpartition(":")[2] for _, member in members]])


def members_qnames(members: Members) -> tuple[tuple[str, str], ...]:
    """(axis, member) as prefixed names, in the order of the axes."""
    return tuple(sorted((axis.qname, member.qname) for axis, member in members)) if members else ()
