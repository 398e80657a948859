"""Prices as shops write them: what so many US cents are elsewhere, with the endings that are usual there."""

from __future__ import annotations

from random import Random

from msgspec import Struct


class PriceHabit(Struct, frozen=True):
    """How prices are written in a currency, in its minor units."""

    per_cent: float  # minor units for one US cent: the exchange rate, and how dear or cheap things are there
    step: int  # prices lie one ending above a multiple of this
    endings: tuple[int, ...]  # the usual one several times

    def near(self, minor: float, chance: Random) -> int:
        """A price that a shop would write for about this amount."""
        ending = chance.choice(self.endings)
        steps = round((minor - ending) / self.step)
        return max(steps, 0) * self.step + ending


_POINT_99 = (99, 99, 99, 95)

# Assumed: the exchange rates behind the demo's prices are rounded and do not move: prices must only look right.
HABITS: dict[str, PriceHabit] = {
    "USD": PriceHabit(1.0, 100, (99, 99, 99, 99, 95, 49)),
    "CAD": PriceHabit(1.35, 100, _POINT_99),
    "MXN": PriceHabit(17.5, 1000, (900, 900, 999, 500)),
    "BRL": PriceHabit(5.0, 100, (90, 90, 99)),
    "EUR": PriceHabit(0.98, 100, (99, 99, 99, 95, 90)),
    "GBP": PriceHabit(0.84, 100, _POINT_99),
    "SEK": PriceHabit(10.6, 1000, (900, 900, 500)),
    "PLN": PriceHabit(4.1, 100, (99, 99, 90)),
    "TRY": PriceHabit(30.0, 1000, (990, 990, 999)),
    "INR": PriceHabit(55.0, 5000, (4900, 4900, 4500)),
    "JPY": PriceHabit(1.45, 100, (80, 80, 80, 99)),  # yen has no minor unit
    "AUD": PriceHabit(1.55, 100, (99, 95, 95)),
    "SGD": PriceHabit(1.36, 100, (90, 90, 99)),
    "AED": PriceHabit(3.7, 100, (0, 99, 95)),
    "SAR": PriceHabit(3.8, 100, (0, 95, 99)),
    "ZAR": PriceHabit(17.0, 1000, (900, 900, 999)),
    "EGP": PriceHabit(35.0, 1000, (900, 999, 500)),
}


def price_in(currency: str, usd_minor: int, chance: Random) -> int:
    """What a thing of so many US cents costs in a currency, in that currency's minor units; in dollars it is itself."""
    if currency == "USD":
        return usd_minor
    habit = HABITS[currency]
    price = habit.near(usd_minor * habit.per_cent * chance.uniform(0.94, 1.08), chance)
    return price or habit.step  # an ending of 00 must not give something away


def list_price(usd_minor: float, chance: Random) -> int:
    """The US price that a maker would set for about this many cents."""
    return HABITS["USD"].near(usd_minor, chance)
