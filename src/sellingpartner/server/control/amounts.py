"""Amounts as the control API is told them: in major units, as exact as their currency."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.amounts import Money, exponent_of, minor_units

_MOST = 10**11
"""How many minor units an amount has at most."""


def minor_of(name: str, amount: Decimal, currency: str, *, least: int | None = None) -> int:
    """An amount in minor units; raises `InvalidArgument` for one that the currency cannot say, or that cannot be.

    `least` is how many minor units it must have at least, where there is such a bound.
    """
    minor = minor_units(amount, currency, most=_MOST)
    if minor is None:
        places, most = exponent_of(currency), Money(_MOST, currency)
        message = f"{name} is {amount}; in {currency} it has {places} decimal places at most, and is at most {most}."
        raise InvalidArgument(message)
    if least is not None and minor < least:
        message = f"{name} is {amount}; it must be at least {Money(least, currency)}."
        raise InvalidArgument(message)
    return minor


def minor_if_said(name: str, amount: Decimal | None, currency: str, *, least: int | None = None) -> int | None:
    """The same, where an amount need not be said."""
    return None if amount is None else minor_of(name, amount, currency, least=least)
