"""getOrderPreview and getOffers: when and for what an order, or a product, would ship, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_outbound_2026_07_04 import (
    GetOffers,
    GetOffersResponse,
    GetOrderPreview,
    GetOrderPreviewResponse,
)
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.outbound.asking import PAID_ON_DELIVERY, AskedItem
from sellingpartner.market.outbound.features import BLOCKS_AMAZON
from sellingpartner.market.outbound.model import REQUIRED
from sellingpartner.market.outbound.previewing import Preview
from sellingpartner.market.outbound.questions import marketplace_meant, offers, previews
from sellingpartner.market.outbound.speeds import Promise, Speed, speeds_in
from sellingpartner.market.shipping.carriers.zones import Spot
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.reading import address_of, features_of, money_of
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.views import worth
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.words import (
    TIERS,
    amount,
    spelled,
    tier_of,
    tiers_in,
    units_of,
)
from sellingpartner.server.api.outbound_estimates import Estimate, estimate_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_FAULT = "ValidationError"
_CODES = {"NotEnoughInventory": "ItemQuantityNotAvailable"}
_WORDS = {
    "ItemQuantityNotAvailable": "There are not enough units of an item.",
    "InvalidSKU": "Amazon does not fulfill an item with this SKU.",
    "NotEligibleForExport": "An item does not go to the country.",
    "DeliverySLAUnavailable": "A service tier does not reach the destination.",
    "InvalidDestinationAddress": "There is no such address.",
}
"""Assumed: the codes of constraints but for ItemQuantityNotAvailable and DeliverySLAUnavailable, which the published
examples show, are those of 2020-07-01."""


@handles(GetOrderPreview, reads=True)
def get_order_preview(unit: UnitOfWork, request: GetOrderPreview) -> GetOrderPreviewResponse:
    """Preview an order at each tier that is asked for, or at all of them; all of it ships from one center."""
    marketplace_id = marketplace_meant(unit, None, None if request.origin is None else request.origin.country_code)
    country = MARKETPLACES[marketplace_id].country_code
    wanted = request.fulfillment_configuration or v2026.PreviewFulfillmentConfiguration()
    features = features_of(wanted.services or v2026.PreviewServices())
    items = tuple(
        AskedItem(
            item_id=str(place),
            sku=line.product.product_identifier.amazon_sku,
            quantity=units_of(line.amount),
            declared=money_of(line.product.per_unit_declared_value),
        )
        for place, line in enumerate(request.line_items, start=1)
    )
    found = previews(
        unit,
        marketplace_id,
        address_of(request.destination.delivery_address),
        items,
        speeds=_speeds(wanted.service_level, country),
        features=features,
    )
    is_on_delivery = bool(request.include_payment_on_delivery) and country in PAID_ON_DELIVERY
    estimates = [
        estimate_of(
            unit,
            one,
            marketplace_id,
            is_blocked=features.get(BLOCKS_AMAZON) == REQUIRED,
            is_on_delivery=is_on_delivery,
        )
        for one in found
    ]
    return GetOrderPreviewResponse(
        planned_shipments=_planned(request, found, estimates, is_on_delivery=is_on_delivery),
        constraints=_constraints(found) or None,
    )


@handles(GetOffers, reads=True)
def get_offers(unit: UnitOfWork, request: GetOffers) -> GetOffersResponse:
    """Offer what each tier would do for each product by itself."""
    marketplace_id = marketplace_meant(unit, None, request.origin.country_code)
    country = MARKETPLACES[marketplace_id].country_code
    if not request.items:
        message = "items is empty; name at least one product."
        raise InvalidInput(message)
    level = request.fulfillment_configuration.service_level if request.fulfillment_configuration is not None else None
    speeds, end = _speeds(level, country), _spot(request.destination)
    return GetOffersResponse(offer_results=[_offered(unit, one, marketplace_id, end, speeds) for one in request.items])


def _speeds(level: v2026.PreviewServiceLevel | None, country: str) -> tuple[Speed, ...]:
    tiers = level.service_tiers if level is not None else None
    if tiers:
        return tuple(tier_of(one, country) for one in dict.fromkeys(tiers))
    return tiers_in(country, speeds_in(country))


def _spot(said: v2026.OfferDestination | None) -> Spot | None:
    address = said.delivery_address if said is not None else None
    if address is None:
        return None
    state = (address.state_or_region or "").strip().upper()
    return Spot(country=address.country_code, postal_code=address.postal_code.strip(), state=state)


def _offered(
    unit: UnitOfWork, item: v2026.OfferItem, marketplace_id: str, end: Spot | None, speeds: tuple[Speed, ...]
) -> v2026.OfferResult:
    sku = item.product_identifier.amazon_sku if item.product_identifier is not None else ""
    found, why = offers(unit, marketplace_id, sku, 1, end, speeds=speeds)
    return v2026.OfferResult(
        item=item,
        offers=[
            v2026.OfferOption(
                expiry_time=one.expires_at,
                fulfillment_configuration=v2026.OfferOptionFulfillmentConfiguration(
                    service_level=v2026.OfferServiceLevel(
                        service_tier=spelled(one.speed, TIERS),
                        delivery_interval=v2026.TimeInterval(
                            start_time=one.promise.earliest_arrival_at, end_time=one.promise.latest_arrival_at
                        ),
                    )
                ),
            )
            for one in found
        ],
        constraints=[
            _constraint(reason, {"serviceTier": spelled(speed, TIERS), "amazonSku": sku})
            for speed, reason in why.items()
        ]
        or None,
    )


def _planned(
    request: GetOrderPreview, found: Sequence[Preview], estimates: Sequence[Estimate], *, is_on_delivery: bool
) -> list[v2026.PreviewPlannedShipment]:
    shippable = found[0].shippable if found else ()
    offered = [
        (one, one.promise, estimate) for one, estimate in zip(found, estimates, strict=True) if one.promise is not None
    ]
    if not shippable or not offered:
        return []
    weight = estimates[0].whole
    shows_fees = not request.exclude_estimated_fees
    services = _services(request, is_on_delivery=is_on_delivery)
    return [
        v2026.PreviewPlannedShipment(
            estimated_shipping_weight=None if weight is None else v2026.Weight(unit=weight.unit, value=weight.value),
            items=[
                v2026.PreviewPlannedShipmentItem(
                    product_identifier=v2026.ProductIdentifier(amazon_sku=one.item.sku), amount=amount(one.units)
                )
                for one in shippable
            ],
            offers=[
                _offer(one, promise, estimate if shows_fees else None, services) for one, promise, estimate in offered
            ],
        )
    ]


def _services(request: GetOrderPreview, *, is_on_delivery: bool) -> v2026.PreviewOfferServices | None:
    wanted = request.fulfillment_configuration
    said = wanted.services if wanted is not None else None
    asks = bool(request.include_payment_on_delivery)
    if said is None and not asks:
        return None
    return v2026.PreviewOfferServices(
        packaging=said.packaging if said is not None else None,
        delivery=v2026.PreviewDeliveryService(payment_on_delivery="ENABLED" if is_on_delivery else "DISABLED")
        if asks
        else None,
        additional=said.additional if said is not None else None,
    )


def _offer(
    one: Preview, promise: Promise, estimate: Estimate | None, services: v2026.PreviewOfferServices | None
) -> v2026.PreviewDeliveryOffer:
    total = None if estimate is None else estimate.total
    return v2026.PreviewDeliveryOffer(
        estimated_price=None if estimate is None or total is None else _price(estimate, total),
        fulfillment_configuration=v2026.PreviewOfferFulfillmentConfiguration(
            service_level=v2026.PreviewOfferServiceLevel(
                service_tier=spelled(one.speed, TIERS),
                delivery_interval=v2026.TimeInterval(
                    start_time=promise.earliest_arrival_at, end_time=promise.latest_arrival_at
                ),
                ship_interval=v2026.TimeInterval(start_time=promise.earliest_ship_at, end_time=promise.latest_ship_at),
            ),
            services=services,
        ),
    )


def _price(estimate: Estimate, total: Money) -> v2026.EstimatedPrice:
    """Assumed: the parts of a price are called as the fees of 2020-07-01, with MCF in the place of FBA."""
    parts = [v2026.RollupPrice(type=name.replace("FBA", "MCF", 1), value=worth(fee)) for name, fee in estimate.fees]
    return v2026.EstimatedPrice(rollup_prices=parts, total_price=worth(total))


def _constraints(found: Sequence[Preview]) -> list[v2026.Constraint]:
    """What keeps lines, or tiers, from being fulfilled; a line's is told once for all tiers."""
    lines = [
        _constraint(reason, {"amazonSku": lack.item.sku, "amount": str(lack.units)})
        for lack in (found[0].unfulfillable if found else ())
        for reason in lack.reasons
    ]
    tiers = [_constraint(reason, {"serviceTier": spelled(one.speed, TIERS)}) for one in found for reason in one.reasons]
    return lines + tiers


def _constraint(reason: str, about: dict[str, str]) -> v2026.Constraint:
    code = _CODES.get(reason, reason)
    return v2026.Constraint(
        message=_WORDS[code],
        type=_FAULT,
        code=code,
        details=[v2026.ConstraintDetail(type=name, value=value) for name, value in about.items()],
    )
