"""Fulfillment orders in the words of 2020-07-01."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.departing import address_of_center
from sellingpartner.market.outbound.lifecycle import ShipmentStatus
from sellingpartner.market.outbound.model import (
    Authorization,
    Collection,
    FulfillmentOrder,
    Item,
    Payment,
    ReturnedItem,
    Shipment,
)
from sellingpartner.market.outbound.numbers import amazon_tracking_number_of
from sellingpartner.server.api.outbound_addresses import fields_of

_RETURNS = "Returns Department"
_CONDITIONS = {
    "SELLABLE": v2020.ReturnItemDisposition.SELLABLE,
    "DEFECTIVE": v2020.ReturnItemDisposition.DEFECTIVE,
    "CUSTOMER_DAMAGED": v2020.ReturnItemDisposition.CUSTOMER_DAMAGED,
    "CARRIER_DAMAGED": v2020.ReturnItemDisposition.CARRIER_DAMAGED,
}
_CANCELED = frozenset({ShipmentStatus.CANCELED_BY_FULFILLER, ShipmentStatus.CANCELED_BY_SELLER})


def second(moment: datetime | None) -> datetime | None:
    """A moment as these answers write it."""
    return None if moment is None else moment.replace(microsecond=0)


def amount(said: Money) -> v2020.Money:
    """An amount."""
    return v2020.Money(currency_code=said.currency, value=str(said))


def money(said: Money | None) -> v2020.Money | None:
    """An amount, if there is one."""
    return None if said is None else amount(said)


def address_view(address: Address) -> v2020.Address:
    """Where something goes."""
    return v2020.Address(**fields_of(address))


def order_view(order: FulfillmentOrder, address: Address) -> v2020.FulfillmentOrder:
    """An order without its lines and shipments."""
    return v2020.FulfillmentOrder(
        seller_fulfillment_order_id=order.fulfillment_order_id,
        marketplace_id=order.marketplace_id,
        displayable_order_id=order.displayable_id,
        displayable_order_date=order.displayable_at.replace(microsecond=0),
        displayable_order_comment=order.comment,
        shipping_speed_category=v2020.ShippingSpeedCategory(order.speed.value),
        delivery_window=None
        if order.window is None
        else v2020.DeliveryWindow(
            start_date=order.window.begins_at.replace(microsecond=0),
            end_date=order.window.ends_at.replace(microsecond=0),
        ),
        destination_address=address_view(address),
        fulfillment_action=v2020.FulfillmentAction(order.action.value),
        fulfillment_policy=v2020.FulfillmentPolicy(order.policy.value),
        cod_settings=_collection(order),
        received_date=order.received_at.replace(microsecond=0),
        fulfillment_order_status=v2020.FulfillmentOrderStatus(order.status.value),
        status_updated_date=order.updated_at.replace(microsecond=0),
        notification_emails=[one.email for one in order.notified] or None,
        feature_constraints=[
            v2020.FeatureSettings(feature_name=name, feature_fulfillment_policy=v2020.FeatureFulfillmentPolicy(policy))
            for name, policy in order.features.items()
        ]
        or None,
    )


def _collection(order: FulfillmentOrder) -> v2020.CODSettings | None:
    said: Collection | None = order.collection
    if said is None:
        return None
    currency = MARKETPLACES[order.marketplace_id].currency
    return v2020.CODSettings(
        is_cod_required=True,
        cod_charge=money(Money(said.charge, currency)),
        cod_charge_tax=money(Money(said.charge_tax, currency)),
        shipping_charge=money(Money(said.shipping, currency)),
        shipping_charge_tax=money(Money(said.shipping_tax, currency)),
    )


def item_view(order: FulfillmentOrder, item: Item) -> v2020.FulfillmentOrderItem:
    """A line, with when it is to leave and to arrive unless all of it was given up."""
    is_alive = item.quantity > item.canceled + item.unfulfillable
    of_it = [one for one in order.shipments if item.item_id in one.quantities and one.status not in _CANCELED]
    ships_at = of_it[0].ships_at if of_it else order.ships_by
    arrives_at = of_it[0].arrives_at if of_it else order.arrives_by
    return v2020.FulfillmentOrderItem(
        seller_sku=item.sku,
        seller_fulfillment_order_item_id=item.item_id,
        quantity=item.quantity,
        gift_message=item.gift_message,
        displayable_comment=item.comment,
        fulfillment_network_sku=item.fnsku or None,
        order_item_disposition="Sellable",
        cancelled_quantity=item.canceled,
        unfulfillable_quantity=item.unfulfillable,
        estimated_ship_date=second(ships_at) if is_alive else None,
        estimated_arrival_date=second(arrives_at) if is_alive else None,
        per_unit_price=money(item.price),
        per_unit_tax=money(item.price_tax),
        per_unit_declared_value=money(item.declared),
    )


def shipment_view(order: FulfillmentOrder, shipment: Shipment) -> v2020.FulfillmentShipment:
    """What leaves, or left, together."""
    is_canceled = shipment.status in _CANCELED
    number = shipment.package_number
    return v2020.FulfillmentShipment(
        amazon_shipment_id=shipment.shipment_id,
        fulfillment_center_id=shipment.center,
        fulfillment_shipment_status=v2020.FulfillmentShipmentStatus(shipment.status.value),
        shipping_date=None if is_canceled else second(shipment.ships_at),
        estimated_arrival_date=None if is_canceled else second(shipment.arrives_at),
        fulfillment_shipment_item=[
            v2020.FulfillmentShipmentItem(
                seller_sku=order.item(item_id).sku,
                seller_fulfillment_order_item_id=item_id,
                quantity=units,
                package_number=number,
            )
            for item_id, units in shipment.quantities.items()
        ],
        fulfillment_shipment_package=None
        if number is None
        else [
            v2020.FulfillmentShipmentPackage(
                package_number=number,
                carrier_code=shipment.carrier,
                tracking_number=shipment.tracking_number,
                amazon_fulfillment_tracking_number=amazon_tracking_number_of(number),
                estimated_arrival_date=second(shipment.arrives_at),
            )
        ],
    )


def returned_view(one: ReturnedItem) -> v2020.ReturnItem:
    """A unit that comes back.

    Assumed: the network's own reason for a return is the one that the seller gave.
    """
    is_back = one.condition is not None
    return v2020.ReturnItem(
        seller_return_item_id=one.return_item_id,
        seller_fulfillment_order_item_id=one.item_id,
        amazon_shipment_id=one.shipment_id,
        seller_return_reason_code=one.reason,
        return_comment=one.comment,
        amazon_return_reason_code=one.reason,
        status=v2020.FulfillmentReturnItemStatus.PROCESSED if is_back else v2020.FulfillmentReturnItemStatus.NEW,
        status_changed_date=one.changed_at.replace(microsecond=0),
        return_authorization_id=one.authorization_id,
        return_received_condition=_CONDITIONS[one.condition] if one.condition is not None else None,
        fulfillment_center_id=one.center,
    )


def authorization_view(order: FulfillmentOrder, one: Authorization) -> v2020.ReturnAuthorization:
    """Under what units may be sent back."""
    return v2020.ReturnAuthorization(
        return_authorization_id=one.authorization_id,
        fulfillment_center_id=one.center,
        return_to_address=address_view(structs.replace(address_of_center(one.center), name=_RETURNS)),
        amazon_rma_id=one.rma_id,
        rma_page_url=f"https://{MARKETPLACES[order.marketplace_id].domain}/gp/orc/rml/{one.rma_id}",
    )


def payments_view(payments: tuple[Payment, ...]) -> list[v2020.PaymentInformation] | None:
    """How the seller was paid elsewhere."""
    return [
        v2020.PaymentInformation(
            payment_transaction_id=one.payment_id, payment_mode=one.method, payment_date=one.paid_at
        )
        for one in payments
        if one.paid_at is not None
    ] or None
