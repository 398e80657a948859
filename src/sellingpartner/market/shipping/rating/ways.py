"""The way of a parcel: what of it, and of where it goes, prices and rules ask for. Told once for all services."""

from __future__ import annotations

import msgspec

from sellingpartner.market.shipping.carriers.measures import Sides
from sellingpartner.market.shipping.carriers.services import Reach
from sellingpartner.market.shipping.carriers.zones import Spot, reach_between, zone_between
from sellingpartner.market.shipping.wishes import Wish


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel on its way, in grams and centimeters."""

    wish: Wish
    reach: Reach
    zone: int
    state: str
    grams: int
    sides: Sides


def way_of(wish: Wish, destination: Spot) -> Way:
    """The way of a wish's parcel."""
    start = wish.sender.spot
    return Way(
        wish=wish,
        reach=reach_between(start, destination),
        zone=zone_between(start, destination),
        state=destination.state,
        grams=wish.weight.grams,
        sides=wish.box.sides,
    )
