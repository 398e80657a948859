"""What a seller says of packages: confirmShipment, and updateShipmentStatus for orders picked up in a store."""

from __future__ import annotations

from datetime import UTC

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.orders_v0 import ConfirmShipment, UpdateShipmentStatus
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus, PickupStatus
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.refusals import ALREADY_FULFILLED, ITEM_IS_INVALID, OrderNotShippable, UnknownItem
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(ConfirmShipment)
def confirm_shipment(unit: UnitOfWork, request: ConfirmShipment) -> NoContent:
    """Take the seller's word that a package has left."""
    cod = request.cod_collection_method
    parcel = parcel_of(request.package_detail, cod.value if cod else None)
    try:
        orders.confirm_shipment(unit, request.order_id, parcel, marketplace_id=request.marketplace_id)
    except (UnknownItem, OrderNotShippable) as fault:
        raise _as_amazon_says(fault) from fault
    return NoContent()


@handles(UpdateShipmentStatus)
def update_shipment_status(unit: UnitOfWork, request: UpdateShipmentStatus) -> NoContent:
    """Take the seller's word on where a store pick-up stands."""
    orders.update_pickup(
        unit,
        request.order_id,
        PickupStatus(request.shipment_status.value),
        marketplace_id=request.marketplace_id,
        quantities=_picked(request.order_items),
    )
    return NoContent()


def parcel_of(detail: v0.PackageDetail, cod_collection_method: str | None) -> Parcel:
    """The package that a confirmation describes. Of an item that stands in it twice the quantities are added up."""
    quantities: dict[str, int] = {}
    for item in detail.order_items:
        if item.quantity < 1:
            message = f"The quantity of item {item.order_item_id} is {item.quantity}; it must be 1 or more."
            raise InvalidInput(message).because(f"A quantity is {item.quantity}; it must be 1 or more.")
        quantities[item.order_item_id] = quantities.get(item.order_item_id, 0) + item.quantity
    ship_date = detail.ship_date
    return Parcel(
        reference=detail.package_reference_id,
        shipped_at=ship_date.replace(tzinfo=UTC) if ship_date.tzinfo is None else ship_date.astimezone(UTC),
        quantities=quantities,
        carrier_code=detail.carrier_code,
        carrier_name=detail.carrier_name,
        method=detail.shipping_method,
        tracking_number=detail.tracking_number,
        supply_source_id=detail.ship_from_supply_source_id,
        cod_collection_method=cod_collection_method,
        transparency_codes={
            item.order_item_id: tuple(item.transparency_codes) for item in detail.order_items if item.transparency_codes
        },
    )


def _as_amazon_says(fault: UnknownItem | OrderNotShippable) -> SellingPartnerError:
    """A refusal in Amazon's words where they are known, with what is wrong as its details."""
    if isinstance(fault, UnknownItem):
        return InvalidInput(ITEM_IS_INVALID, details=fault.message).because(fault.reason)
    if fault.order_status in {OrderStatus.SHIPPED, OrderStatus.INVOICE_UNCONFIRMED}:
        return InvalidInput(ALREADY_FULFILLED, details=fault.message)
    return fault


def _picked(items: list[v0.OrderItemsItem] | None) -> dict[str, int] | None:
    if not items:
        return None
    quantities: dict[str, int] = {}
    for item in items:
        if item.order_item_id is None or item.quantity is None:
            message = "Each of orderItems needs orderItemId and quantity."
            raise InvalidInput(message)
        quantities[item.order_item_id] = quantities.get(item.order_item_id, 0) + item.quantity
    return quantities
