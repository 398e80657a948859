"""getFulfillmentPreview: how, when and for what an order would ship, and why not."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.fulfillment_outbound_2020_07_01 import (
    GetFulfillmentPreview,
    GetFulfillmentPreviewResponse,
)
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.outbound.asking import PAID_ON_DELIVERY, AskedItem
from sellingpartner.market.outbound.features import BLOCKS_AMAZON
from sellingpartner.market.outbound.model import REQUIRED
from sellingpartner.market.outbound.previewing import Parcel, Preview
from sellingpartner.market.outbound.questions import marketplace_meant, previews
from sellingpartner.market.outbound.speeds import Speed, windows
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.reading import (
    address_of,
    features_of,
    money_of,
    speed_of,
)
from sellingpartner.server.api.fulfillment_outbound_2020_07_01.views import amount, second
from sellingpartner.server.api.outbound_estimates import Estimate, Weight, estimate_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_METHODS = {
    False: v2020.ShippingWeightCalculationMethod.PACKAGE,
    True: v2020.ShippingWeightCalculationMethod.DIMENSIONAL,
}


@handles(GetFulfillmentPreview, reads=True)
def get_fulfillment_preview(unit: UnitOfWork, request: GetFulfillmentPreview) -> GetFulfillmentPreviewResponse:
    """Preview each speed that is asked for, or all of them."""
    marketplace_id = marketplace_meant(unit, request.marketplace_id)
    features = features_of(request.feature_constraints)
    items = tuple(
        AskedItem(
            item_id=item.seller_fulfillment_order_item_id,
            sku=item.seller_sku,
            quantity=item.quantity,
            declared=money_of(item.per_unit_declared_value),
        )
        for item in request.items
    )
    speeds = [speed_of(one) for one in dict.fromkeys(request.shipping_speed_categories or ())]
    found = previews(unit, marketplace_id, address_of(request.address), items, speeds=speeds, features=features)
    terms = {
        "is_blocked": features.get(BLOCKS_AMAZON) == REQUIRED,
        "is_on_delivery": bool(request.include_cod_fulfillment_preview),
    }
    return GetFulfillmentPreviewResponse(
        payload=v2020.GetFulfillmentPreviewResult(
            fulfillment_previews=[
                _preview(request, one, marketplace_id, features, estimate_of(unit, one, marketplace_id, **terms))
                for one in found
            ]
        )
    )


def _preview(
    request: GetFulfillmentPreview,
    one: Preview,
    marketplace_id: str,
    features: dict[str, str],
    estimate: Estimate,
) -> v2020.FulfillmentPreview:
    country = MARKETPLACES[marketplace_id].country_code
    ships = one.promise is not None and bool(one.shippable)
    return v2020.FulfillmentPreview(
        shipping_speed_category=v2020.ShippingSpeedCategory(one.speed.value),
        scheduled_delivery_info=_windows(one, country) if request.include_delivery_windows else None,
        is_fulfillable=one.is_fulfillable,
        is_cod_capable=country in PAID_ON_DELIVERY and bool(request.include_cod_fulfillment_preview),
        estimated_shipping_weight=_weight(estimate.whole) if ships else None,
        estimated_fees=[v2020.Fee(name=v2020.Name(name), amount=amount(fee)) for name, fee in estimate.fees]
        if ships and estimate.fees
        else None,
        fulfillment_preview_shipments=[_shipment(parcel, estimate) for parcel in one.parcels],
        unfulfillable_preview_items=[
            v2020.UnfulfillablePreviewItem(
                seller_sku=lack.item.sku,
                quantity=lack.units,
                seller_fulfillment_order_item_id=lack.item.item_id,
                item_unfulfillable_reasons=list(lack.reasons),
            )
            for lack in one.unfulfillable
        ],
        order_unfulfillable_reasons=list(one.reasons) or None,
        marketplace_id=marketplace_id,
        feature_constraints=[
            v2020.FeatureSettings(feature_name=name, feature_fulfillment_policy=v2020.FeatureFulfillmentPolicy(policy))
            for name, policy in features.items()
        ]
        or None,
    )


def _shipment(parcel: Parcel, estimate: Estimate) -> v2020.FulfillmentPreviewShipment:
    promise = parcel.promise
    return v2020.FulfillmentPreviewShipment(
        earliest_ship_date=second(promise.earliest_ship_at),
        latest_ship_date=second(promise.latest_ship_at),
        earliest_arrival_date=second(promise.earliest_arrival_at),
        latest_arrival_date=second(promise.latest_arrival_at),
        fulfillment_preview_items=[
            v2020.FulfillmentPreviewItem(
                seller_sku=there.item.sku,
                quantity=there.units,
                seller_fulfillment_order_item_id=there.item.item_id,
                estimated_shipping_weight=_weight(estimate.of(there.item.item_id, there.units)),
                shipping_weight_calculation_method=_method(estimate.of(there.item.item_id, there.units)),
            )
            for there in parcel.shippable
        ],
    )


def _windows(one: Preview, country: str) -> v2020.ScheduledDeliveryInfo | None:
    """The windows that a scheduled delivery may have."""
    if one.speed is not Speed.SCHEDULED or one.promise is None:
        return None
    zone, found = windows(one.promise, country)
    return v2020.ScheduledDeliveryInfo(
        delivery_time_zone=zone,
        delivery_windows=[v2020.DeliveryWindow(start_date=begins, end_date=ends) for begins, ends in found],
    )


def _weight(weight: Weight | None) -> v2020.Weight | None:
    return None if weight is None else v2020.Weight(unit=v2020.Unit(weight.unit), value=weight.value)


def _method(weight: Weight | None) -> v2020.ShippingWeightCalculationMethod | None:
    return None if weight is None else _METHODS[weight.is_dimensional]
