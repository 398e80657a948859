"""Prices as shops write them: what so many US cents are elsewhere, with the endings that are usual there."""

from __future__ import annotations

from functools import cache
from random import Random

from msgspec import Struct

from sellingpartner.market.simulation.reading import read


class PriceHabit(Struct, frozen=True, forbid_unknown_fields=True):
    """How prices are written in a currency, in its minor units."""

    per_cent: float  # minor units for one US cent: the exchange rate, and how dear or cheap things are there
    step: int  # prices lie one ending above a multiple of this
    endings: tuple[int, ...]  # the usual one several times

    def near(self, minor: float, chance: Random) -> int:
        """A price that a shop would write for about this amount."""
        ending = chance.choice(self.endings)
        steps = round((minor - ending) / self.step)
        return max(steps, 0) * self.step + ending


@cache
def habits() -> dict[str, PriceHabit]:
    """How prices are written, by currency.

    Assumed: the exchange rates behind the demo's prices are rounded and do not move: prices must only look right.
    """
    return read("prices.toml", dict[str, PriceHabit])


def price_in(currency: str, usd_minor: int, chance: Random) -> int:
    """What a thing of so many US cents costs in a currency, in that currency's minor units; in dollars it is itself."""
    if currency == "USD":
        return usd_minor
    habit = habits()[currency]
    price = habit.near(usd_minor * habit.per_cent * chance.uniform(0.94, 1.08), chance)
    return price or habit.step  # an ending of 00 must not give something away


def list_price(usd_minor: float, chance: Random) -> int:
    """The US price that a maker would set for about this many cents."""
    return habits()["USD"].near(usd_minor, chance)
