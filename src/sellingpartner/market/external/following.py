"""Shipments follow their orders and their parcels, whoever moved these."""

from __future__ import annotations

from sellingpartner.market.events.external import (
    ExternalShipmentDelivered,
    ExternalShipmentUnpacked,
    ShipLabelCanceled,
    ShippedOutside,
)
from sellingpartner.market.events.orders import ItemsCanceled, OrderCanceled, PackageDelivered, PackageShipped
from sellingpartner.market.events.shipping import LabelVoided, ParcelMoved
from sellingpartner.market.external.answering import take_back
from sellingpartner.market.external.leaving import leave
from sellingpartner.market.external.lifecycle import PackageStatus, ShipmentStatus
from sellingpartner.market.external.model import Canceler, ExternalShipment, Package
from sellingpartner.market.external.refusals import CannotFulfill
from sellingpartner.market.external.store import save_shipment, shipments_of_order
from sellingpartner.market.external.telling import tell
from sellingpartner.market.orders.model import Canceler as OrderCanceler
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.storage.unit import UnitOfWork, on

_SUB_STATUS = {
    ParcelStatus.ACCEPTED: "PICKED_UP",
    ParcelStatus.OUT_FOR_DELIVERY: "OUT_FOR_DELIVERY",
    ParcelStatus.ATTEMPTED: "NOT_DELIVERED",
    ParcelStatus.REFUSED: "UNDELIVERABLE",
    ParcelStatus.DELIVERED: "DELIVERED",
    ParcelStatus.RETURNING: "UNDELIVERABLE",
    ParcelStatus.RETURNED: "UNDELIVERABLE",
    ParcelStatus.LOST: "LOST",
}
_FIRST_STATION, _NEXT_STATION = "AT_ORIGIN_FC", "AT_DESTINATION_FC"


@on(OrderCanceled)
def cancel_shipments(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Have nothing sent of an order that was canceled."""
    for shipment in shipments_of_order(unit, fact.order_id):
        if shipment.is_open:
            take_back(unit, shipment, by=_by(fact.canceled_by), reason=fact.reason)


@on(ItemsCanceled)
def cancel_lines(unit: UnitOfWork, fact: ItemsCanceled) -> None:
    """Have less sent of an order of which units were canceled: what lies at no location is canceled first.

    Assumed: where units were packed that are canceled, the packages are told anew, and their labels are given back.
    """
    order = order_of(unit, fact.order_id)
    open_ones = [one for one in shipments_of_order(unit, fact.order_id) if one.is_open]
    for shipment in reversed(open_ones):
        canceled: dict[str, int] = {}
        for item_id, units in shipment.quantities.items():
            to_send = sum(one.quantities.get(item_id, 0) for one in open_ones)
            canceled[item_id] = min(max(to_send - order.item(item_id).unshipped, 0), units)
        if not any(canceled.values()):
            continue
        by = _by(fact.canceled_by)
        if canceled == shipment.quantities:
            take_back(unit, shipment, by=by, reason=fact.reason)
            continue
        shipment.cancel(canceled, by=by, at=unit.now, reason=fact.reason)
        _unpack(unit, shipment)


@on(PackageShipped)
def notice_what_left_outside(unit: UnitOfWork, fact: PackageShipped) -> None:
    """Know of what its seller shipped in another way."""
    found = shipments_of_order(unit, fact.order_id)
    ours = {package.reference for shipment in found for package in shipment.packages}
    if fact.package_reference in ours:
        return
    for shipment in found:
        left = order_of(unit, fact.order_id)
        if shipment.is_open and not any(left.item(item_id).unshipped for item_id in shipment.quantities):
            shipment.move(ShippedOutside)
            shipment.is_outside = True
            save_shipment(unit, shipment)
            tell(unit, shipment, ShippedOutside)


@on(PackageDelivered)
def notice_delivery(unit: UnitOfWork, fact: PackageDelivered) -> None:
    """Know that a package reached its buyer."""
    for shipment in shipments_of_order(unit, fact.order_id):
        if shipment.status is not ShipmentStatus.SHIPPED:
            continue
        if shipment.is_outside:
            is_there = all(one.delivered_at is not None for one in order_of(unit, fact.order_id).packages)
        else:
            package = next((one for one in shipment.packages if one.reference == fact.package_reference), None)
            if package is None:
                continue
            package.move(ExternalShipmentDelivered)
            is_there = all(one.status is PackageStatus.DELIVERED for one in shipment.packages)
        if is_there:
            shipment.move(ExternalShipmentDelivered)
        save_shipment(unit, shipment)
        if is_there:
            tell(unit, shipment, ExternalShipmentDelivered)


@on(ParcelMoved)
def follow_parcel(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """Know where a package is; one that its carrier has fetched has left, whether its seller says so or not."""
    status = ParcelStatus(fact.status)
    if fact.order_id is None:
        return
    for shipment in shipments_of_order(unit, fact.order_id):
        package = _package_of(shipment, fact)
        if package is None:
            continue
        if status is ParcelStatus.IN_TRANSIT:
            shipment.sub_status = _NEXT_STATION if shipment.sub_status == _FIRST_STATION else _FIRST_STATION
        else:
            shipment.sub_status = _SUB_STATUS.get(status, shipment.sub_status)
        shipment.reason = None
        save_shipment(unit, shipment)
        if status is ParcelStatus.ACCEPTED and package.status is PackageStatus.SHIPLABEL_GENERATED:
            _fetched(unit, shipment, package)


@on(LabelVoided)
def notice_voided_label(unit: UnitOfWork, fact: LabelVoided) -> None:
    """Have a package labeled anew whose label was given back elsewhere."""
    if fact.order_id is None:
        return
    for shipment in shipments_of_order(unit, fact.order_id):
        for package in shipment.packages:
            is_it = package.label is not None and package.label.bought_as == fact.shipment_id
            if is_it and package.status is PackageStatus.SHIPLABEL_GENERATED:
                package.label = None
                package.move(ShipLabelCanceled)
                shipment.sub_status = "LABEL_CANCELED"
                is_back = shipment.can(ShipLabelCanceled)
                if is_back:
                    shipment.move(ShipLabelCanceled)
                save_shipment(unit, shipment)
                if is_back:
                    tell(unit, shipment, ShipLabelCanceled)


def _fetched(unit: UnitOfWork, shipment: ExternalShipment, package: Package) -> None:
    try:
        with unit.attempt():
            leave(unit, shipment, package)
    except CannotFulfill:  # what the order does not let go stays as it is, for its seller to see to
        return


def _unpack(unit: UnitOfWork, shipment: ExternalShipment) -> None:
    bought = [package.label.bought_as for package in shipment.packages if package.label is not None]
    is_packed = shipment.can(ExternalShipmentUnpacked)
    if is_packed:
        shipment.packages = []
        shipment.sub_status = None
        shipment.move(ExternalShipmentUnpacked)
    save_shipment(unit, shipment)
    for label in filter(None, bought) if is_packed else ():
        shipping.void(unit, label)
    if is_packed:
        tell(unit, shipment, ExternalShipmentUnpacked)


def _package_of(shipment: ExternalShipment, fact: ParcelMoved) -> Package | None:
    """The package that a parcel is: by the label that was bought for it, or by the order's package that it left as."""
    for package in shipment.packages:
        if package.reference is not None and package.reference == fact.package_reference:
            return package
        bought = None if package.label is None else package.label.bought_as
        if bought is not None and bought == fact.shipment_id:
            return package
    return None


def _by(canceled_by: str) -> Canceler:
    return Canceler.SELLER if canceled_by == OrderCanceler.SELLER.value else Canceler.MARKETPLACE
