"""Where units of a fulfillment order leave from, by whom, and when they arrive."""

from __future__ import annotations

from random import Random

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center as center_by_code
from sellingpartner.market.centers.questions import first_center_of
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.shipping import AMAZON_CARRIER
from sellingpartner.market.outbound.features import BLOCKS_AMAZON, extra_days
from sellingpartner.market.outbound.model import REQUIRED, FulfillmentOrder
from sellingpartner.market.outbound.speeds import Promise, Speed, promise
from sellingpartner.market.shipping.buying import tracking_number
from sellingpartner.market.shipping.carriers import Carrier, Reach, carriers
from sellingpartner.market.shipping.zones import Spot
from sellingpartner.storage.unit import UnitOfWork

_AMAZONS_NUMBER = "TBA############"
_AMAZONS = "AMZN"


def center_for(marketplace_id: str) -> Center:
    """The center that ships to buyers of a marketplace."""
    return first_center_of(MARKETPLACES[marketplace_id].country_code)


def start_of(marketplace_id: str) -> Spot:
    """Where a parcel to a buyer of a marketplace begins its way."""
    center = center_for(marketplace_id)
    country = MARKETPLACES[marketplace_id].country_code
    return Spot(country=country, postal_code=center.postal_code, state=center.state)


def spot_of(address: Address) -> Spot:
    """Where it ends."""
    state = (address.state_or_region or "").strip().upper()
    return Spot(country=address.country_code, postal_code=address.postal_code.strip(), state=state)


def promised(
    unit: UnitOfWork, marketplace_id: str, speed: Speed, end: Spot, features: dict[str, str]
) -> Promise | None:
    """When what is ordered now leaves and arrives; None where the speed does not reach."""
    return promise(speed, start_of(marketplace_id), end, unit.now, extra_days=extra_days(features, REQUIRED))


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
        and not one.carrier_id.startswith(_AMAZONS)
        and any(service.reach is Reach.DOMESTIC for service in one.services)
    ]
