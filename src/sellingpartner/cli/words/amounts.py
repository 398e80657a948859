"""Amounts as people write and read them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.market_v1 import Money


def amount_of(said: str | None, option: str) -> Decimal | None:
    """An amount exactly as it was written; raises `CannotDo` for what is none."""
    if said is None:
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        message = f"{said!r} is no amount for {option}; write one like 19.99."
        raise CannotDo(message)
    return found


def told(amount: Money | None) -> str:
    """An amount with its currency; nothing for none."""
    return "" if amount is None else f"{amount.amount} {amount.currency_code}"
