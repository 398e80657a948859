"""Amounts as the control API is told them: in major units, as exact as their currency."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.amounts import exponent_of, minor_units

_MOST = 10**11
"""How many minor units an amount has at most."""


def minor_of(name: str, amount: Decimal | None, currency: str) -> int | None:
    """An amount in minor units; raises `InvalidInput` for one that the currency cannot say, or that is too large."""
    if amount is None:
        return None
    minor = minor_units(amount, currency, most=_MOST)
    if minor is None:
        places = exponent_of(currency)
        message = f"{name} is {amount}; in {currency} it has {places} decimal places at most, and is at most {_MOST}."
        raise InvalidArgument(message)
    return minor
