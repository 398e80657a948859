"""Where units of a fulfillment order leave from, by whom, and when they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import by_distance, first_center_of, point_of
from sellingpartner.market.centers.questions import center as center_by_code
from sellingpartner.market.inventory.commands import Near
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import units_by_center
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.fulfilling.shipping import AMAZON_CARRIER
from sellingpartner.market.outbound.features import BLOCKS_AMAZON, extra_days
from sellingpartner.market.outbound.model import REQUIRED, FulfillmentOrder
from sellingpartner.market.outbound.speeds import Promise, Speed, promise
from sellingpartner.market.shipping.buying.buying import tracking_number
from sellingpartner.market.shipping.carriers.services import Carrier, Reach, carriers
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.storage.unit import UnitOfWork

_AMAZONS_NUMBER = "TBA############"


def center_for(unit: UnitOfWork, marketplace_id: str, skus: Iterable[str], end: Spot) -> Center:
    """The center that a parcel would leave: the nearest that has all of some SKUs, or the most of the first."""
    near = near_to(marketplace_id, end)
    there = {sku: units_by_center(unit, sku, Condition.SELLABLE, Place.FBA) for sku in sorted(set(skus))}
    with_all = set.intersection(*(set(found) for found in there.values())) if there else set()
    some = with_all or {code for found in there.values() for code in found}
    ranked = by_distance(some, near.country_code, near.point)
    return center_by_code(ranked[0]) if ranked else first_center_of(near.country_code)


def near_to(marketplace_id: str, end: Spot) -> Near:
    """From where units are wanted that go somewhere."""
    return Near(MARKETPLACES[marketplace_id].country_code, point_of(end.country, end.postal_code, end.state))


def spread(unit: UnitOfWork, quantities: Mapping[str, int], near: Near) -> dict[str, dict[str, int]]:
    """Which centers are to give how many of which SKU: one that has all of it, or those that are near.

    What is planned is not taken: another order may be quicker, and then another center gives the units.
    """
    there = {sku: units_by_center(unit, sku, Condition.SELLABLE, Place.FBA) for sku in quantities}
    enough = [{code for code, units in there[sku].items() if units >= wanted} for sku, wanted in quantities.items()]
    whole = by_distance(set.intersection(*enough), near.country_code, near.point) if enough else []
    if whole:
        return {whole[0]: dict(quantities)}
    planned: dict[str, dict[str, int]] = {}
    for sku, wanted in quantities.items():
        left = wanted
        for code in by_distance(there[sku], near.country_code, near.point):
            units = min(left, there[sku][code])
            if units:
                planned.setdefault(code, {})[sku] = units
                left -= units
    return planned


def spot_of_center(center: Center) -> Spot:
    """Where a parcel begins its way."""
    return Spot(country=center.country_code, postal_code=center.postal_code, state=center.state)


def spot_of(address: Address) -> Spot:
    """Where it ends."""
    state = (address.state_or_region or "").strip().upper()
    return Spot(country=address.country_code, postal_code=address.postal_code.strip(), state=state)


def promised(
    unit: UnitOfWork, marketplace_id: str, speed: Speed, end: Spot, features: Mapping[str, str], skus: Iterable[str]
) -> Promise | None:
    """When what is ordered now leaves and arrives; None where the speed does not reach."""
    start = spot_of_center(center_for(unit, marketplace_id, skus, end))
    return promise(speed, start, end, unit.now, extra_days=extra_days(features, REQUIRED))


def promised_from(code: str, speed: Speed, end: Spot, features: Mapping[str, str], now: datetime) -> Promise | None:
    """When a parcel of a center leaves and arrives that is ordered now; None where the speed does not reach."""
    start = spot_of_center(center_by_code(code))
    return promise(speed, start, end, now, extra_days=extra_days(features, REQUIRED))


def address_of_center(code: str) -> Address:
    """Where a center stands."""
    there = center_by_code(code)
    return Address(
        name=there.name,
        line_1=there.address_line_1,
        city=there.city,
        state_or_region=there.state or None,
        postal_code=there.postal_code,
        country_code=there.country_code,
    )


def carrier_of(order: FulfillmentOrder, luck: Random) -> tuple[str, str]:
    """Who carries a parcel of an order, and its tracking number.

    Assumed: Amazon's own carrier has all parcels but those that it may not have, which another carrier of the country
    has; where the market knows no other, a carrier without a name.
    """
    if not order.requires(BLOCKS_AMAZON):
        return AMAZON_CARRIER, tracking_number(luck, _AMAZONS_NUMBER)
    others = _others(MARKETPLACES[order.marketplace_id].country_code)
    if not others:
        return "Other", tracking_number(luck, "############")
    chosen = luck.choice(others)
    return chosen.carrier_id, tracking_number(luck, chosen.tracking)


def _others(country: str) -> list[Carrier]:
    """The carriers of a country that are not Amazon's, and carry parcels within it."""
    return [
        one
        for one in carriers()
        if one.country == country
        and not one.is_amazon
        and any(service.reach is Reach.DOMESTIC for service in one.services)
    ]
