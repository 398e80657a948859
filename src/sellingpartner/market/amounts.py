"""Money as the market counts it: whole minor units of one currency, never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Self

import msgspec

_NO_MINOR_UNITS = frozenset({"JPY"})


def exponent_of(currency: str) -> int:
    """How many decimal places a currency has."""
    return 0 if currency in _NO_MINOR_UNITS else 2


def minor_units(amount: Decimal, currency: str, *, most: int) -> int | None:
    """An amount in minor units; None for one that the currency cannot say, or of more than `most` of them."""
    if not amount.is_finite() or abs(amount) > most:
        return None
    minor = amount.scaleb(exponent_of(currency))
    return int(minor) if abs(minor) <= most and minor == minor.to_integral_value() else None


class CurrencyMismatch(ValueError):
    """Two currencies cannot be added: that is a defect of whoever tried."""


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount: 1999 USD minor units are $19.99, 1999 JPY are ¥1999."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} cannot be added."
            raise CurrencyMismatch(message)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + Money(-other.minor, other.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def share(self, rate: Decimal) -> Money:
        """A part of the amount (a tax, a fee), rounded half up to the minor unit."""
        return Money(int((self.minor * rate).to_integral_value(ROUND_HALF_UP)), self.currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent_of(self.currency))

    def __str__(self) -> str:
        """The amount as the API writes it: `19.99`. Each order shows some, so no `Decimal` is made for it."""
        places = exponent_of(self.currency)
        if not places:
            return str(self.minor)
        digits = f"{abs(self.minor):0{places + 1}}"
        return f"{'-' if self.minor < 0 else ''}{digits[:-places]}.{digits[-places:]}"

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing of a currency."""
        return cls(0, currency)
