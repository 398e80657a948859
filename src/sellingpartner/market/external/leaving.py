"""Packages leave: because their seller says so, or because the carrier has fetched them."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.external import ExternalShipmentShipped
from sellingpartner.market.external.lifecycle import PackageStatus
from sellingpartner.market.external.model import ExternalShipment, Label, Package, Ships
from sellingpartner.market.external.refusals import CannotFulfill, WrongStep, WrongValue
from sellingpartner.market.external.store import load_shipment, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.lifecycle import PARCEL, ParcelStatus
from sellingpartner.market.shipping.model import Parcel as Followed
from sellingpartner.market.shipping.questions import find_shipment as find_bought
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.storage.unit import UnitOfWork

SHIPPED, DELIVERED = PackageStatus.SHIPPED.value, PackageStatus.DELIVERED.value
_OUT, _NOT, _UNDELIVERABLE = "OUT_FOR_DELIVERY", "NOT_DELIVERED", "UNDELIVERABLE"
_MOVES = {
    _OUT: ParcelStatus.OUT_FOR_DELIVERY,
    _NOT: ParcelStatus.IN_TRANSIT,
    _UNDELIVERABLE: ParcelStatus.RETURNING,
    DELIVERED: ParcelStatus.DELIVERED,
}


def update_status(
    unit: UnitOfWork, shipment_id: str, package_id: str, status: str, sub_status: str | None, reason: str | None
) -> None:
    """Let the seller say that a package has left and, where it brings it itself, where it is."""
    shipment = load_shipment(unit, shipment_id)
    package = shipment.package(package_id)
    if status not in {SHIPPED, DELIVERED}:
        raise WrongValue("status", status, f"A seller reports {SHIPPED} or {DELIVERED}.")
    wanted = DELIVERED if status == DELIVERED else sub_status
    if status == DELIVERED and sub_status not in {None, DELIVERED}:
        raise WrongValue("subStatus", sub_status, f"It does not go with {DELIVERED}.")
    if wanted is not None and shipment.ships is Ships.MARKETPLACE:
        raise CannotFulfill("The marketplace's carriers bring this package, and say themselves where it is.")
    if package.status in {PackageStatus.SHIPPED, PackageStatus.DELIVERED}:
        if wanted is None:
            allowed = [PackageStatus.SHIPLABEL_GENERATED.value]
            raise WrongStep(f"Package {package_id}", package.status.value, allowed)
    elif status == DELIVERED:
        raise WrongStep(f"Package {package_id}", package.status.value, [SHIPPED])
    else:
        leave(unit, shipment, package)
    if wanted is not None:
        _bring(unit, shipment, package, wanted)
        shipment = load_shipment(unit, shipment_id)
        shipment.sub_status, shipment.reason = wanted, reason
        save_shipment(unit, shipment)


def leave(unit: UnitOfWork, shipment: ExternalShipment, package: Package) -> None:
    """Let a package at hand leave with its label, as a package of its order; raises `CannotFulfill`."""
    label = package.label
    package.move(ExternalShipmentShipped)
    if label is None:
        raise WrongStep(f"Package {package.package_id}", "without a label", [PackageStatus.SHIPLABEL_GENERATED.value])
    order = orders.load_order(unit, shipment.order_id)
    package.reference = order.next_reference
    is_last = shipment.follow(ExternalShipmentShipped, PackageStatus.SHIPPED)
    save_shipment(unit, shipment)
    try:
        orders.ship(unit, shipment.order_id, _parcel(unit, shipment, package, label))
    except InvalidInput as refused:  # regulated items that nobody has approved, say
        raise CannotFulfill(refused.reason) from None
    if is_last:
        tell(unit, shipment, ExternalShipmentShipped)


def _parcel(unit: UnitOfWork, shipment: ExternalShipment, package: Package, label: Label) -> Parcel:
    bought = None if label.bought_as is None else find_bought(unit, label.bought_as).bought
    return Parcel(
        reference=package.reference or "",
        shipped_at=unit.now,
        quantities=shipment.items_in(package),
        carrier_code=label.carrier_name if bought is None else bought.carrier_id,
        carrier_name=label.carrier_name,
        method=None if bought is None else bought.service_name,
        tracking_number=label.tracking_id,
        supply_source_id=shipment.supply_source_id,
    )


def _bring(unit: UnitOfWork, shipment: ExternalShipment, package: Package, wanted: str) -> None:
    """Have the seller's parcel be where the seller says it is; raises `CannotFulfill` where it cannot be."""
    parcel = _followed(unit, shipment, package)
    status = _MOVES.get(wanted)
    if status is None:
        raise WrongValue("subStatus", wanted, f"It can be {', '.join(_MOVES)}.")
    if parcel is None or status not in PARCEL[parcel.status]:
        where = "nowhere" if parcel is None else parcel.status.value
        raise CannotFulfill(f"Package {package.package_id} is {where} and cannot be {wanted}.")
    shipping.move(unit, parcel.parcel_id, status)


def _followed(unit: UnitOfWork, shipment: ExternalShipment, package: Package) -> Followed | None:
    found = parcels_of_order(unit, shipment.order_id)
    return next((one for one in found if one.package_reference == package.reference), None)
