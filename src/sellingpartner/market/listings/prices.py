"""What a listing cost, when: read from what happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from sellingpartner.market.events.listings import PriceChanged
from sellingpartner.storage.history import latest
from sellingpartner.storage.unit import UnitOfWork

_LOOKED_AT = 10_000
"""How many of the seller's price changes are looked through, the newest first."""


class PriceFrom(NamedTuple):
    """What a unit cost from a moment on; None is that it had no price."""

    since: datetime
    minor: int | None


def price_history(unit: UnitOfWork, sku: str, marketplace_id: str, *, most: int = 200) -> list[PriceFrom]:
    """The latest prices of a listing, the oldest first."""
    found: list[PriceFrom] = []
    for stored in latest(unit, unit.seller_id, PriceChanged.__name__, most=_LOOKED_AT):
        fact = msgspec.json.decode(stored.fact, type=PriceChanged)
        if fact.sku == sku and fact.marketplace_id == marketplace_id:
            found.append(PriceFrom(stored.happened_at, fact.after_minor))
            if len(found) == most:
                break
    return found[::-1]
