"""Some buyers rate the seller when their order has come, more of them when Amazon asks them to, as the seller wished.

Assumed: one of 25 orders is rated by itself, and one of 5 that were asked for; nine of ten buyers are content with what
came in time, and one of four with what did not.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import cache
from importlib.resources import files
from random import Random

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.events.messaging import SolicitationSent
from sellingpartner.market.feedback.commands import leave
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.simulation.afterwards import sequel_of
from sellingpartner.market.simulation.shops import shop_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

RATED_ONE_IN = 25
ASKED_ONE_IN = 5
CONTENT, CONTENT_THOUGH_LATE = 0.9, 0.25
"""Which share of buyers rate well what came in time, and what came late or not at all."""

_GOOD, _BAD = (5, 5, 5, 5, 4), (3, 2, 1, 1)
_SOONEST_DAYS, _DAYS = 10, 20


class BuyerRates(Due):
    """A buyer may say how an order was."""

    order_id: str


def foresee_a_rating(unit: UnitOfWork, order: Order) -> None:
    """Have the buyer of an order rate it by itself, if it is one of those who do."""
    at = sequel_of(unit, "ratings", order.order_id, one_in=RATED_ONE_IN, soonest_days=_SOONEST_DAYS, days=_DAYS)
    if at is not None:
        later(unit, BuyerRates(order_id=order.order_id), at=at)


@on(SolicitationSent)
def be_asked(unit: UnitOfWork, fact: SolicitationSent) -> None:
    """Have the buyer of a simulated shop rate an order within days of being asked, if it is one of those who do."""
    luck = chance(unit, "asked to rate", fact.order_id)
    if shop_of(unit) is not None and luck.random() * ASKED_ONE_IN < 1:
        later(unit, BuyerRates(order_id=fact.order_id), at=unit.now + timedelta(hours=luck.uniform(2, 120)))


@when(BuyerRates)
def rate(unit: UnitOfWork, due: BuyerRates) -> None:
    """Rate an order by how it went, if it can be rated at all."""
    luck = chance(unit, "rating", due.order_id)
    stars = luck.choice(_GOOD if luck.random() < _content(order_of(unit, due.order_id)) else _BAD)
    with suppress(SellingPartnerError), unit.attempt():  # it was canceled, has not come yet, or was rated already
        leave(unit, due.order_id, stars, _comment(luck, stars))


def _content(order: Order) -> float:
    came = [package.delivered_at for package in order.packages if package.delivered_at is not None]
    return CONTENT if came and max(came) <= order.latest_delivery_at else CONTENT_THOUGH_LATE


def _comment(luck: Random, stars: int) -> str:
    return luck.choice(_comments()[str(stars)])


@cache
def _comments() -> dict[str, list[str]]:
    place = files("sellingpartner.market.simulation") / "ratings.toml"
    return msgspec.toml.decode(place.read_bytes(), type=dict[str, list[str]])
