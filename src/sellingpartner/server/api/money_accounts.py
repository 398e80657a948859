"""What questions about a seller's accounts have in common: there is one kind of account, and its lists are short."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.money.ledger.posting import STANDARD_ORDERS as STANDARD

__all__ = ["STANDARD", "check_account_type", "check_no_token"]


def check_account_type(given: str | None) -> None:
    """Refuse another kind of account than the one that there is.

    Differs: every seller has one kind of account, for standard orders; orders on invoice count in it, too.
    """
    if given is not None and given != STANDARD:
        message = f"accountType is {given!r}; the accounts here are of type {STANDARD}."
        raise InvalidInput(message)


def check_no_token(given: str | None) -> None:
    """Refuse a token where all stands on one page, so that none was ever given."""
    if given is not None:
        raise InvalidInput("nextToken is not valid; the first page holds everything, and has no token.")
