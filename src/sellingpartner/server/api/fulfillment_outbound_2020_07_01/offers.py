"""deliveryOffers: when a product would arrive, to be shown beside it in the seller's own shop."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import DeliveryOffers, GetDeliveryOffersResponse
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.outbound.previewing import Offer
from sellingpartner.market.outbound.questions import marketplace_meant, offers
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.market.time.business_days import calendars
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST_UNITS = 10_000


@handles(DeliveryOffers, reads=True)
def delivery_offers(unit: UnitOfWork, request: DeliveryOffers) -> GetDeliveryOffersResponse:
    """Offer what Standard would do.

    Assumed: offers are of the standard speed, one for each product; their words are English everywhere.
    """
    terms = request.terms
    marketplace_id = marketplace_meant(unit, None, terms.origin.country_code.upper())
    end = terms.destination.delivery_address
    if end is None and not (terms.destination.ip_address or "").strip():
        message = "terms.destination must have a deliveryAddress or an ipAddress."
        raise InvalidInput(message)
    spot = None
    if end is not None:
        state = (end.state_or_region or "").strip().upper()
        spot = Spot(country=end.country_code.upper(), postal_code=end.postal_code.strip(), state=state)
    sku = request.product.product_identifier.merchant_sku
    found, _ = offers(unit, marketplace_id, sku, _units(request), spot, speeds=(Speed.STANDARD,))
    return GetDeliveryOffersResponse(
        payload=v2020.GetDeliveryOffersResult(delivery_offers=[_offer(one, marketplace_id) for one in found])
    )


def _units(request: DeliveryOffers) -> int:
    if request.product.amount is None:
        return 1
    try:
        units = Decimal(request.product.amount.value)
    except InvalidOperation:
        units = Decimal(0)
    if not units.is_finite() or not 1 <= units <= _MOST_UNITS or units != units.to_integral_value():
        message = f"amount.value must be a whole number from 1 to {_MOST_UNITS}."
        raise InvalidInput(message)
    return int(units)


def _offer(one: Offer, marketplace_id: str) -> v2020.DeliveryOffer:
    zone = calendars()[MARKETPLACES[marketplace_id].country_code].zone
    day = one.promise.earliest_arrival_at.astimezone(zone)
    return v2020.DeliveryOffer(
        expires_at=one.expires_at,
        date_range=v2020.DateRange(
            earliest=one.promise.earliest_arrival_at.replace(microsecond=0),
            latest=one.promise.latest_arrival_at.replace(microsecond=0),
        ),
        policy=v2020.DeliveryPolicy(
            message=v2020.DeliveryMessage(text=f"Arrives from {day:%a, %b} {day.day}", locale="en_US")
        ),
    )
