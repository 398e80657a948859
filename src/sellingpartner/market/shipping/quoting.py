"""What a service costs for a parcel, and when it would arrive."""

from __future__ import annotations

from datetime import datetime
from math import ceil

import msgspec

from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.shipping.carriers import Carrier, Offered
from sellingpartner.market.shipping.days import Window, arrives_in, leaves_at
from sellingpartner.market.shipping.ways import Way, way_of
from sellingpartner.market.shipping.wishes import Experience, Wish
from sellingpartner.market.shipping.zones import Spot


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A service, its price for a parcel and its promise."""

    offered: Offered
    zone: int
    leaves_at: datetime
    arrives: Window
    base: Money
    options: Money
    insured: Money
    billed_grams: int
    """What the parcel counts as: its weight or, where it is large for that, its bulk."""

    @property
    def total(self) -> Money:
        """What the seller pays."""
        return self.base + self.options


def quote(offered: Offered, wish: Wish, destination: Spot, at: datetime) -> Quote:
    """What a service would cost and promise at a moment; whether it takes the parcel at all is asked elsewhere."""
    return quote_on(offered, way_of(wish, destination), at)


def quote_on(offered: Offered, way: Way, at: datetime) -> Quote:
    """The same, of a parcel whose way is known."""
    carrier, wish = offered.carrier, way.wish
    leaves = leaves_at(carrier, max(wish.ship_at or at, at))
    counted = _counted(offered, way.grams, way.volume)
    return Quote(
        offered=offered,
        zone=way.zone,
        leaves_at=leaves,
        arrives=arrives_in(offered, leaves, offered.service.days_to(way.zone)),
        base=Money(price_of(offered, ceil(counted / carrier.step_grams), way.zone), carrier.currency),
        options=options_of(carrier, wish),
        insured=insurance_of(carrier, wish),
        billed_grams=ceil(counted),
    )


def price_of(offered: Offered, steps: int, zone: int) -> int:
    """What so many steps of weight cost to a zone, in minor units of the carrier's currency."""
    service = offered.service
    price = service.base + service.per_zone * (zone - 1)
    return price + steps * (service.per_step + service.per_step_and_zone * (zone - 1))


def steps_begun(offered: Offered, grams: float, cubic_centimeters: float) -> int:
    """How many steps of weight are begun; what is large for its weight counts as heavier, except in a carrier's box."""
    return ceil(_counted(offered, grams, cubic_centimeters) / offered.carrier.step_grams)


def _counted(offered: Offered, grams: float, cubic_centimeters: float) -> float:
    bulk = 0.0 if offered.service.box else cubic_centimeters / offered.carrier.dimensional_divisor * 1000
    return max(grams, bulk)


def options_of(carrier: Carrier, wish: Wish) -> Money:
    """What signature, pick-up, money at the door and insurance cost together."""
    charge = experience_charge(carrier, wish.experience) or 0
    if wish.is_collected:
        charge += carrier.collects or 0
    if wish.to_collect is not None:
        charge += carrier.cash or 0
    return Money(charge + insurance_charge(carrier, wish.declared), carrier.currency)


def experience_charge(carrier: Carrier, experience: Experience) -> int | None:
    """What a kind of confirmation costs; None where the carrier has none of the kind."""
    if not experience.is_signed:
        return 0
    if experience is Experience.ADULT_SIGNATURE:
        return carrier.adult_signature
    return carrier.signature if carrier.has_signature else None


def insurance_of(carrier: Carrier, wish: Wish) -> Money:
    """What the parcel is insured for: what was declared, or the carrier's minimum."""
    return wish.declared or Money(carrier.insured, carrier.currency)


def insurance_charge(carrier: Carrier, declared: Money | None) -> int:
    """What it costs to insure a parcel for more than every one is, in minor units of the carrier's currency."""
    if declared is None or declared.minor <= carrier.insured:
        return 0
    hundred = 100 * 10 ** exponent_of(carrier.currency)
    hundreds: int = ceil((declared.minor - carrier.insured) / hundred)
    return hundreds * carrier.insurance_per_hundred
