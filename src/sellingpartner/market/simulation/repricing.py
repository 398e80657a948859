"""How a simulated competitor prices an offer when it looks at the others. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.market.offers.model import Contender, Offer, Strategy

# Percent of the price that the competitor set out with, its regular price.
_FLOOR = 85
_SEESAW_LOW = 92
_SEESAW_STEP = 3
_UNDERCUT = 1


def price_after_a_look(strategy: Strategy, offer: Offer, others: Iterable[Contender]) -> int:
    """The price that a competitor asks from here on, between its floor and its regular price."""
    wanted = _wanted(strategy, offer, others)
    floor = max(_part(offer.regular_price, _FLOOR), offer.points + 1)
    return max(floor, min(wanted, offer.regular_price))


def _wanted(strategy: Strategy, offer: Offer, others: Iterable[Contender]) -> int:
    if strategy is Strategy.SEESAW:
        low = _part(offer.regular_price, _SEESAW_LOW)
        return offer.regular_price if offer.price <= low else _part(offer.price, 100 - _SEESAW_STEP)
    rivals = [
        each.offer.landed
        for each in others
        if each.offer.is_available
        and each.offer.condition == offer.condition
        and each.offer.seller_id != offer.seller_id
    ]
    if strategy is Strategy.HOLD or not rivals:
        return offer.regular_price
    lowest = min(rivals) - offer.shipping + offer.points
    return lowest if strategy is Strategy.MATCH else _part(lowest, 100 - _UNDERCUT)


def _part(minor: int, percent: int) -> int:
    return minor * percent // 100
