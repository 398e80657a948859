"""What would become of a fulfillment order: from where, when and in which weight it would ship, and why not.

A preview promises nothing and changes nothing. What it costs is money's to say (`money/fees/multi_channel.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inventory.commands import Near
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stocks_of_skus
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import records_of_skus
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.addresses import goes_to, why_unknown
from sellingpartner.market.outbound.asking import AskedItem, check_items
from sellingpartner.market.outbound.creating import NO_SPEED, NO_STOCK, NO_SUCH_ADDRESS
from sellingpartner.market.outbound.departing import near_to, promised, promised_from, spot_of, spread
from sellingpartner.market.outbound.features import checked_feature
from sellingpartner.market.outbound.speeds import Promise, Speed, speeds_in
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.storage.unit import UnitOfWork

INVALID_SKU, NO_EXPORT = "InvalidSKU", "NotEligibleForExport"
_OFFERS_LAST_MINUTES = 15


class Unfulfillable(msgspec.Struct, frozen=True):
    """A line that cannot be fulfilled, and why."""

    item: AskedItem
    units: int
    reasons: tuple[str, ...]


class Shippable(msgspec.Struct, frozen=True):
    """Units of a line that can be fulfilled."""

    item: AskedItem
    units: int
    asin: str


class Parcel(msgspec.Struct, frozen=True):
    """What would leave one center, and when it would arrive."""

    shippable: tuple[Shippable, ...]
    promise: Promise


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What one speed would do."""

    speed: Speed
    promise: Promise | None
    shippable: tuple[Shippable, ...]
    parcels: tuple[Parcel, ...]
    """The same by the centers that it would leave, if it can ship."""
    unfulfillable: tuple[Unfulfillable, ...]
    reasons: tuple[str, ...]
    """Why the order as a whole cannot be fulfilled."""

    @property
    def is_fulfillable(self) -> bool:
        """Whether all of it would ship."""
        return not self.reasons and not self.unfulfillable and bool(self.shippable)


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """When a product would arrive that is ordered before the offer ends."""

    speed: Speed
    promise: Promise
    expires_at: datetime


def previews(
    unit: UnitOfWork,
    marketplace_id: str,
    address: Address,
    items: tuple[AskedItem, ...],
    *,
    speeds: Collection[Speed] = (),
    features: Mapping[str, str],
) -> list[Preview]:
    """A preview for each speed: of those asked for, or of all that the marketplace has.

    Raises `InvalidInput` for what is no order at all.
    """
    check_items(items)
    for name in features:
        checked_feature(name, marketplace_id)
    country = MARKETPLACES[marketplace_id].country_code
    shippable, unfulfillable = _by_line(
        unit, marketplace_id, items, is_export=not goes_to(country, address.country_code)
    )
    reasons = (NO_SUCH_ADDRESS,) if why_unknown(address) else ()
    found, skus, end = [], {one.item.sku for one in shippable}, spot_of(address)
    by_center = _by_center(unit, shippable, near_to(marketplace_id, end))
    for speed in speeds or speeds_in(country):
        is_there = speed in speeds_in(country) and not reasons
        promise = promised(unit, marketplace_id, speed, end, features, skus) if is_there else None
        parcels = (
            ()
            if promise is None
            else tuple(
                Parcel(some, promised_from(code, speed, end, features, unit.now) or promise) for code, some in by_center
            )
        )
        found.append(
            Preview(
                speed=speed,
                promise=promise,
                shippable=shippable,
                parcels=parcels,
                unfulfillable=unfulfillable,
                reasons=reasons if promise is not None or reasons else (NO_SPEED,),
            )
        )
    return found


def _by_line(
    unit: UnitOfWork, marketplace_id: str, items: tuple[AskedItem, ...], *, is_export: bool
) -> tuple[tuple[Shippable, ...], tuple[Unfulfillable, ...]]:
    """What of the lines is there; the first lines have what there is."""
    skus = sorted({item.sku for item in items})
    records = records_of_skus(unit, skus, marketplace_id)
    free = {sku: stock.available for sku, stock in stocks_of_skus(unit, skus, Place.FBA).items()}
    there: list[Shippable] = []
    lacking: list[Unfulfillable] = []
    for item in items:
        record = records.get(item.sku)
        if record is None or record.asin is None or record.fulfillment_channel != FulfillmentChannel.AFN.value:
            lacking.append(Unfulfillable(item, item.quantity, (INVALID_SKU,)))
            continue
        if is_export:
            lacking.append(Unfulfillable(item, item.quantity, (NO_EXPORT,)))
            continue
        had = min(item.quantity, max(free.get(item.sku, 0), 0))
        free[item.sku] = free.get(item.sku, 0) - had
        if had:
            there.append(Shippable(item, had, record.asin))
        if had < item.quantity:
            lacking.append(Unfulfillable(item, item.quantity - had, (NO_STOCK,)))
    return tuple(there), tuple(lacking)


def _by_center(
    unit: UnitOfWork, shippable: tuple[Shippable, ...], near: Near
) -> list[tuple[str, tuple[Shippable, ...]]]:
    """What would leave which center, as the network would plan it now."""
    wanted: Counter[str] = Counter()
    for one in shippable:
        wanted[one.item.sku] += one.units
    left = [one.units for one in shippable]
    found = []
    for code, given in spread(unit, wanted, near).items():
        rest = Counter(given)
        some = []
        for place, one in enumerate(shippable):
            units = min(left[place], rest[one.item.sku])
            if units:
                left[place] -= units
                rest[one.item.sku] -= units
                some.append(Shippable(one.item, units, one.asin))
        found.append((code, tuple(some)))
    return found


def offers(
    unit: UnitOfWork, marketplace_id: str, sku: str, units: int, end: Spot | None, *, speeds: Collection[Speed] = ()
) -> tuple[list[Offer], dict[Speed, str]]:
    """When units of a product would arrive, by speed; and why not, for the speeds that do not reach.

    Assumed: who is known by an IP address alone is as far away as a country's parcels go on average.
    """
    country = MARKETPLACES[marketplace_id].country_code
    record = records_of_skus(unit, [sku], marketplace_id).get(sku)
    wanted = tuple(speeds) or speeds_in(country)
    if record is None or record.asin is None or record.fulfillment_channel != FulfillmentChannel.AFN.value:
        return [], dict.fromkeys(wanted, INVALID_SKU)
    held = stocks_of_skus(unit, [sku], Place.FBA).get(sku)
    if held is None or held.available < units:
        return [], dict.fromkeys(wanted, NO_STOCK)
    where = end or Spot(country=country, postal_code="")
    made: list[Offer] = []
    why: dict[Speed, str] = {}
    for speed in wanted:
        promise = promised(unit, marketplace_id, speed, where, {}, [sku]) if speed in speeds_in(country) else None
        if promise is None or not goes_to(country, where.country):
            why[speed] = NO_SPEED
        else:
            made.append(Offer(speed=speed, promise=promise, expires_at=offer_ends(unit.now)))
    return made, why


def offer_ends(now: datetime) -> datetime:
    """Until when an offer holds: the end of its quarter of an hour.

    Assumed: so long, for how long Amazon's offers hold is not published.
    """
    begun = now.replace(minute=now.minute - now.minute % _OFFERS_LAST_MINUTES, second=0, microsecond=0)
    return begun + timedelta(minutes=_OFFERS_LAST_MINUTES)
