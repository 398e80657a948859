"""What a service costs for a parcel, and when it would arrive."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

import msgspec

from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.shipping.carriers.days import Window, arrives_from, day_of, leaves_at
from sellingpartner.market.shipping.carriers.services import Carrier, Offered
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.market.shipping.rating.ways import Way, way_of
from sellingpartner.market.shipping.wishes import Experience, Wish


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier asks for a parcel, by whichever of its services it goes."""

    leaves_at: datetime
    leaves_on: date
    """The day, where the carrier is."""
    options: Money
    """What is asked besides the way itself: of that, for insurance and for money at the door, as follows."""
    insurance: Money
    cash: Money | None
    insured: Money
    bulk_grams: float
    """What so large a parcel counts as, however light it is."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A service, its price for a parcel and its promise."""

    offered: Offered
    zone: int
    toll: Toll
    arrives: Window
    base: Money
    billed_grams: int
    """What the parcel counts as: its weight or, where it is large for that, its bulk."""

    @property
    def total(self) -> Money:
        """What the seller pays."""
        return self.base + self.toll.options

    @property
    def leaves_at(self) -> datetime:
        """When the parcel leaves."""
        return self.toll.leaves_at

    @property
    def insured(self) -> Money:
        """What it is insured for."""
        return self.toll.insured


class Quoting:
    """A parcel that was asked for at a moment: what services would cost and promise for it."""

    def __init__(self, way: Way, at: datetime) -> None:
        self._way = way
        self._wanted = max(way.wish.ship_at or at, at)
        self._tolls: dict[str, Toll] = {}

    def quote(self, offered: Offered) -> Quote:
        """What one of them would; whether it takes the parcel at all is asked elsewhere."""
        carrier, zone = offered.carrier, self._way.zone
        toll = self._tolls.get(carrier.carrier_id) or self._toll(carrier)
        counted = self._way.grams if offered.service.box else max(self._way.grams, toll.bulk_grams)
        return Quote(
            offered=offered,
            zone=zone,
            toll=toll,
            arrives=arrives_from(offered, toll.leaves_on, offered.service.days_to(zone)),
            base=Money(price_of(offered, ceil(counted / carrier.step_grams), zone), carrier.currency),
            billed_grams=ceil(counted),
        )

    def _toll(self, carrier: Carrier) -> Toll:
        leaves, wish, currency = leaves_at(carrier, self._wanted), self._way.wish, carrier.currency
        insurance = insurance_charge(carrier, wish.declared)
        cash = None if wish.to_collect is None else carrier.cash or 0
        charges = [experience_charge(carrier, wish.experience) or 0, insurance, cash or 0]
        if wish.is_collected:
            charges.append(carrier.collects or 0)
        toll = self._tolls[carrier.carrier_id] = Toll(
            leaves_at=leaves,
            leaves_on=day_of(carrier, leaves),
            options=Money(sum(charges), currency),
            insurance=Money(insurance, currency),
            cash=None if cash is None else Money(cash, currency),
            insured=wish.declared or Money(carrier.insured, currency),
            bulk_grams=_bulk(carrier, self._way.sides.volume),
        )
        return toll


def quote(offered: Offered, wish: Wish, destination: Spot, at: datetime) -> Quote:
    """What a service would cost and promise for a parcel at a moment."""
    return Quoting(way_of(wish, destination), at).quote(offered)


def price_of(offered: Offered, steps: int, zone: int) -> int:
    """What so many steps of weight cost to a zone, in minor units of the carrier's currency."""
    service = offered.service
    price = service.base + service.per_zone * (zone - 1)
    return price + steps * (service.per_step + service.per_step_and_zone * (zone - 1))


def steps_begun(offered: Offered, grams: float, cubic_centimeters: float) -> int:
    """How many steps of weight are begun; what is large for its weight counts as heavier, except in a carrier's box."""
    bulk = 0.0 if offered.service.box else _bulk(offered.carrier, cubic_centimeters)
    return ceil(max(grams, bulk) / offered.carrier.step_grams)


def _bulk(carrier: Carrier, cubic_centimeters: float) -> float:
    return cubic_centimeters / carrier.dimensional_divisor * 1000


def experience_charge(carrier: Carrier, experience: Experience) -> int | None:
    """What a kind of confirmation costs; None where the carrier has none of the kind."""
    if not experience.is_signed:
        return 0
    if experience is Experience.ADULT_SIGNATURE:
        return carrier.adult_signature
    return carrier.signature if carrier.has_signature else None


def insurance_charge(carrier: Carrier, declared: Money | None) -> int:
    """What it costs to insure a parcel for more than every one is, in minor units of the carrier's currency."""
    if declared is None or declared.minor <= carrier.insured:
        return 0
    hundred = 100 * 10 ** exponent_of(carrier.currency)
    hundreds: int = ceil((declared.minor - carrier.insured) / hundred)
    return hundreds * carrier.insurance_per_hundred
