"""Decision: the currency of a statement's money."""

from __future__ import annotations

from ..evidence import HeadedTable

_SIGNS = (("€", "EUR"), ("£", "GBP"), ("¥", "JPY"))


def decide_currency(headed: HeadedTable) -> str:
    """The ISO 4217 code: by a sign above the table or among its headings, else the dollar of the United States."""
    table = headed.table
    text = " ".join([*table.above[-4:], *(r.text for r in table.heads)])
    return currency_in(text) or "USD"


def currency_in(text: str) -> str | None:
    """The currency whose sign stands in a text; the sign of the dollar names none."""
    return next((code for sign, code in _SIGNS if sign in text), None)
