"""What a review gives to the tagging of a filing."""

from __future__ import annotations

from ..records import dataclass
from ..tagging.tables import Synonym


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Rows for the lines whose concept was chosen, which decide, and for those whose concept was accepted, which decide
    where another would be taken."""

    chosen: tuple[Synonym, ...] = ()
    accepted: tuple[Synonym, ...] = ()
