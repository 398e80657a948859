"""Fulfillment orders in the words of 2026-07-04."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellingpartner.contract import fulfillment_outbound_2026_07_04 as v2026
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.fulfilling.shipping import AMAZON_CARRIER
from sellingpartner.market.outbound.departing import address_of_center
from sellingpartner.market.outbound.lifecycle import ShipmentStatus
from sellingpartner.market.outbound.model import FulfillmentOrder, Item, PackingSlip, Shipment
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Parcel
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.reading import BLANK_BOX, OVERBOX, PACKING_SLIP
from sellingpartner.server.api.fulfillment_outbound_2026_07_04.words import (
    ACTIONS,
    DELAYED,
    PACKAGES,
    POLICIES,
    SHIPMENTS,
    STATUSES,
    TIERS,
    amount,
    spelled,
)
from sellingpartner.server.api.outbound_addresses import fields_of

_REQUIRED = "Required"
_OWN_PLACE = frozenset({BLANK_BOX, OVERBOX, PACKING_SLIP})
_UNDER_WAY = frozenset({ParcelStatus.ACCEPTED, ParcelStatus.IN_TRANSIT, ParcelStatus.OUT_FOR_DELIVERY})


def order_view(
    order: FulfillmentOrder, address: Address, parcels: Mapping[str, Parcel] | None, now: datetime
) -> v2026.FulfillmentOrder:
    """An order; with its shipments, if the parcels that they left as are given."""
    return v2026.FulfillmentOrder(
        order_id=order.fulfillment_order_id,
        channel=order.channel,
        receive_time=order.received_at.replace(microsecond=0),
        status=STATUSES[order.status],
        status_update_time=order.updated_at.replace(microsecond=0),
        fulfillment_configuration=_configuration(order),
        origin=v2026.OrderOrigin(country_code=MARKETPLACES[order.marketplace_id].country_code),
        destination=_destination(order, address),
        line_items=[_line(item) for item in order.items],
        shipments=None if parcels is None else [_shipment(order, one, parcels, now) for one in order.shipments],
        payment_information=_payments(order),
    )


def worth(said: Money) -> v2026.Money:
    """An amount."""
    return v2026.Money(currency_code=said.currency, amount=str(said))


def money(said: Money | None) -> v2026.Money | None:
    """An amount, if there is one."""
    return None if said is None else worth(said)


def _configuration(order: FulfillmentOrder) -> v2026.OrderResponseFulfillmentConfiguration:
    features, window = order.features, order.window
    packaging = v2026.PackagingService(
        packaging_option=("UNBRANDED" if features[BLANK_BOX] == _REQUIRED else "ANY")
        if BLANK_BOX in features
        else None,
        overbox=("REQUIRED" if features[OVERBOX] == _REQUIRED else "NOT_REQUIRED") if OVERBOX in features else None,
        packing_slip=_slip(order.slip),
    )
    others = {
        name: "REQUIRED" if policy == _REQUIRED else "NOT_REQUIRED"
        for name, policy in features.items()
        if name not in _OWN_PLACE
    }
    return v2026.OrderResponseFulfillmentConfiguration(
        service_level=v2026.ServiceLevel(
            service_tiers=[spelled(order.speed, TIERS)],
            delivery_interval=None
            if window is None
            else v2026.TimeInterval(start_time=window.begins_at, end_time=window.ends_at),
        ),
        action=spelled(order.action, ACTIONS),
        policy=spelled(order.policy, POLICIES),
        services=v2026.OrderServices(packaging=packaging, additional=others),
    )


def _slip(slip: PackingSlip | None) -> v2026.OrderPackingSlip | None:
    if slip is None:
        return None
    return v2026.OrderPackingSlip(template_name=slip.template, template_attributes=slip.attributes or None)


def _destination(order: FulfillmentOrder, address: Address) -> v2026.OrderDestination:
    place = order.drop_off
    return v2026.OrderDestination(
        delivery_address=_address(address, order.notified[0].email if order.notified else None),
        delivery_notes=place.instructions if place is not None else None,
        drop_off_location=v2026.OrderDropOffLocation(type=place.place, attributes=dict(place.attributes) or None)
        if place is not None and place.place is not None
        else None,
    )


def _address(address: Address, email: str | None = None) -> v2026.Address:
    return v2026.Address(**fields_of(address), email=email)


def _line(item: Item) -> v2026.OrderLineItem:
    services = v2026.OrderLineItemServices(
        packaging=None if item.slip is None else v2026.OrderLineItemPackagingService(packing_slip=_slip(item.slip)),
        delivery=None
        if item.price is None
        else v2026.OrderLineItemDeliveryService(
            payment_on_delivery=v2026.OrderLineItemPaymentOnDelivery(per_unit_service_price=money(item.price))
        ),
    )
    says_more = item.slip is not None or item.price is not None
    return v2026.OrderLineItem(
        line_item_id=item.item_id,
        product=v2026.OrderProduct(
            product_identifier=v2026.ProductIdentifier(amazon_sku=item.sku),
            per_unit_declared_value=money(item.declared),
        ),
        amount=amount(item.quantity),
        cancelled_amount=amount(item.canceled),
        unfulfillable_amount=amount(item.unfulfillable),
        fulfillment_configuration=v2026.LineItemFulfillmentConfiguration(services=services) if says_more else None,
    )


def _shipment(
    order: FulfillmentOrder, shipment: Shipment, parcels: Mapping[str, Parcel], now: datetime
) -> v2026.Shipment:
    is_canceled = shipment.status in {ShipmentStatus.CANCELED_BY_FULFILLER, ShipmentStatus.CANCELED_BY_SELLER}
    package_id = None if shipment.package_number is None else str(shipment.package_number)
    item_ids = {item_id: f"{shipment.shipment_id}-{place}" for place, item_id in enumerate(shipment.quantities, 1)}
    return v2026.Shipment(
        amazon_shipment_id=shipment.shipment_id,
        amazon_facility=v2026.AmazonFacility(
            facility_id=shipment.center, address=_address(address_of_center(shipment.center))
        ),
        status=SHIPMENTS[shipment.status],
        ship_time=None if is_canceled else shipment.ships_at.replace(microsecond=0),
        delivery_time=None if is_canceled else shipment.arrives_at.replace(microsecond=0),
        items=[
            v2026.ShipmentItem(
                product_identifier=v2026.ProductIdentifier(amazon_sku=order.item(item_id).sku),
                line_item_id=item_id,
                amount=amount(units),
                package_id=package_id,
                shipment_item_id=item_ids[item_id],
            )
            for item_id, units in shipment.quantities.items()
        ],
        packages=None
        if package_id is None
        else [_package(shipment, package_id, list(item_ids.values()), parcels[shipment.package_reference or ""], now)],
        service_level=v2026.ShipmentServiceLevel(service_tier=spelled(order.speed, TIERS)),
    )


def _package(shipment: Shipment, package_id: str, item_ids: list[str], parcel: Parcel, now: datetime) -> v2026.Package:
    is_late = parcel.status in _UNDER_WAY and now > shipment.arrives_at
    is_amazons, number = shipment.carrier == AMAZON_CARRIER, shipment.tracking_number
    return v2026.Package(
        package_id=package_id,
        delivery_time=shipment.arrives_at.replace(microsecond=0),
        status=DELAYED if is_late else PACKAGES[parcel.status],
        tracking=v2026.Tracking(
            carrier=v2026.CarrierTracking(carrier_code=shipment.carrier, tracking_number=number),
            amazon=v2026.AmazonTracking(
                tracking_number=number, tracking_url=f"https://www.swiship.com/track?id={number}"
            )
            if is_amazons
            else None,
        ),
        shipment_item_ids=item_ids,
    )


def _payments(order: FulfillmentOrder) -> v2026.PaymentInformation | None:
    if not order.payments:
        return None
    return v2026.PaymentInformation(
        payments=[
            v2026.Payment(
                payment_id=one.payment_id or None, payment_method=one.method or None, payment_time=one.paid_at
            )
            for one in order.payments
        ]
    )
