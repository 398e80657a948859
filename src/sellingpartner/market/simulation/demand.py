"""When buyers order, what and how, and whether they pay: the habits of a marketplace, as chances.

All here are pure rules. The numbers are those of an ordinary shop, chosen to look right rather than measured.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from msgspec import Struct

# Orders by the buyer's hour, from midnight on: few at night, a plateau by day, a peak after dinner.
HOURS = (
    0.45, 0.25, 0.15, 0.11, 0.12, 0.20, 0.42, 0.72, 0.98, 1.18, 1.29, 1.33,
    1.34, 1.30, 1.26, 1.24, 1.25, 1.29, 1.38, 1.56, 1.70, 1.64, 1.24, 0.80,
)  # fmt: skip

# And by day, from Monday on: people shop on Sundays and Mondays, and go out on Fridays and Saturdays.
DAYS = (1.10, 1.05, 1.02, 0.99, 0.90, 0.88, 1.06)

PRIME_SHARE = 0.62
EXPRESS_SHARE = 0.11  # of orders without Prime, which has its own speed
BUSINESS_SHARE = 0.09
GIFT_SHARE = 0.045
FAILED_PAYMENT_SHARE = 0.02
SLOW_PAYMENT_SHARE = 0.04
CANCELLATION_SHARE = 0.015

_HOUR_MEAN = sum(HOURS) / len(HOURS)
_DAY_MEAN = sum(DAYS) / len(DAYS)
_BUSIEST = max(HOURS) * max(DAYS) / (_HOUR_MEAN * _DAY_MEAN)
_DAY_SECONDS = 86_400
_NO_OFFSET = timedelta(0)

# How many different things are in a basket, and how many of each; a business buys more of a thing.
_LINES = tuple(accumulate((0.84, 0.10, 0.035, 0.015, 0.01)))
_QUANTITIES = ((1, 2, 3, 4, 6), tuple(accumulate((0.90, 0.07, 0.018, 0.008, 0.004))))
_BUSINESS_QUANTITIES = ((1, 2, 3, 5, 10, 12, 24), tuple(accumulate((0.52, 0.18, 0.08, 0.09, 0.07, 0.04, 0.02))))


class Shelf(Struct, frozen=True):
    """What can be bought, by how much it is wanted; made once, chosen from often."""

    cumulative: tuple[float, ...]

    def choose(self, chance: Random) -> int:
        """The position of a product, in the order in which the weights were given."""
        edges = self.cumulative
        return bisect(edges, chance.random() * edges[-1], hi=len(edges) - 1)


class BasketLine(Struct, frozen=True):
    """So many of one thing."""

    position: int  # on the shelf
    quantity: int


class Basket(Struct, frozen=True, kw_only=True):
    """What one buyer orders at once, and how it is to come."""

    lines: tuple[BasketLine, ...]
    is_prime: bool
    is_express: bool
    is_gift: bool


class Payment(Struct, frozen=True):
    """How a payment goes: in so many minutes it has cleared, or has failed."""

    minutes: int
    clears: bool


def shelf_of(weights: Iterable[float]) -> Shelf:
    """A shelf of products with these popularity weights; what weighs nothing is never chosen."""
    cumulative = tuple(accumulate(weights))
    if not cumulative or cumulative[-1] <= 0:
        message = "A shelf needs at least one product that somebody wants: a weight above zero."
        raise ValueError(message)
    # What weighs nothing at the end could be hit by rounding, so the shelf ends with the last wanted product.
    return Shelf(cumulative[: bisect_left(cumulative, cumulative[-1]) + 1])


def busyness(local: datetime) -> float:
    """How busy the shop is at a buyer's local time, against the week's average of 1."""
    return HOURS[local.hour] * DAYS[local.weekday()] / (_HOUR_MEAN * _DAY_MEAN)


def next_arrival(chance: Random, at: datetime, orders_per_day: float, *, offset: timedelta = _NO_OFFSET) -> datetime:
    """When the next order comes after `at`: a Poisson process that follows the week of buyers, `offset` from `at`."""
    if orders_per_day <= 0:
        message = f"Orders a day must be above zero, not {orders_per_day}."
        raise ValueError(message)
    # Thinning: draw arrivals as if it were always the busiest hour, and keep each by how busy it is when it comes.
    busiest_per_second = orders_per_day * _BUSIEST / _DAY_SECONDS
    while True:
        at += timedelta(seconds=chance.expovariate(busiest_per_second))
        if chance.random() * _BUSIEST < busyness(at + offset):
            return at


def invent_basket(chance: Random, shelf: Shelf, *, is_business: bool = False) -> Basket:
    """What a buyer orders: mostly one of one thing, rarely up to five things."""
    wanted = min(1 + bisect(_LINES, chance.random() * _LINES[-1], hi=len(_LINES) - 1), len(shelf.cumulative))
    # Draws that hit a thing already in the basket are not repeated: a shelf may have one thing that all want.
    positions = dict.fromkeys(shelf.choose(chance) for _ in range(wanted))
    is_prime = chance.random() < PRIME_SHARE
    return Basket(
        lines=tuple(BasketLine(position, quantity(chance, is_business=is_business)) for position in positions),
        is_prime=is_prime,
        is_express=not is_prime and chance.random() < EXPRESS_SHARE,
        is_gift=not is_business and chance.random() < GIFT_SHARE,
    )


def quantity(chance: Random, *, is_business: bool = False) -> int:
    """How many of one thing go into a basket."""
    amounts, edges = _BUSINESS_QUANTITIES if is_business else _QUANTITIES
    return amounts[bisect(edges, chance.random() * edges[-1], hi=len(edges) - 1)]


def invent_payment(chance: Random, *, pays_later: bool = False) -> Payment:
    """How an order's payment goes; who pays later does so at a till or by transfer, within days."""
    luck = chance.random()
    clears = luck >= FAILED_PAYMENT_SHARE
    is_slow = pays_later or luck >= 1 - SLOW_PAYMENT_SHARE
    if not clears:
        return Payment(chance.randint(30, 3 * 24 * 60), clears=False)
    if is_slow:
        return Payment(chance.randint(12 * 60, 4 * 24 * 60), clears=True)
    return Payment(round(chance.triangular(2, 40, 8)), clears=True)


def cancellation_minutes(chance: Random) -> int | None:
    """How long after ordering the buyer asks to cancel; most never do."""
    if chance.random() >= CANCELLATION_SHARE:
        return None
    return min(4 + round(chance.expovariate(1 / 150)), 24 * 60)
