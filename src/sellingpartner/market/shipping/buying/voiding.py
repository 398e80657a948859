"""Labels are given back: the carrier decides later whether their price is."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.orders import OrderCanceled
from sellingpartner.market.events.shipping import LabelRefunded, LabelVoided
from sellingpartner.market.shipping.carriers.services import find_service
from sellingpartner.market.shipping.lifecycle import LabelStatus, ParcelStatus
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.parcels.tracking import call_off, turn_back
from sellingpartner.market.shipping.refusals import Unfit
from sellingpartner.market.shipping.store import find_parcel, load_shipment, save_shipment, shipments_of_order
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_DEFAULT_DAYS = (14, 7)


class RefundIsDecided(Due):
    """A carrier decides about a label that was given back."""

    shipment_id: str


def void(unit: UnitOfWork, shipment_id: str) -> Shipment:
    """Give a label back. The order that it confirmed stays as it is; another label may take its package's place."""
    shipment = load_shipment(unit, shipment_id)
    _void(unit, shipment)
    return shipment


def cancel(unit: UnitOfWork, shipment_id: str) -> Shipment:
    """Cancel a shipment as Shipping has it: as long as nobody has the parcel; raises `Unfit`.

    In India a parcel on its way is called back as well; what its label cost is not given back then.
    """
    shipment = load_shipment(unit, shipment_id)
    if shipment.is_voided:
        raise Unfit("The shipment was cancelled before.")
    parcel = find_parcel(unit, shipment_id)
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    if not parcel.is_handed_over:
        _void(unit, shipment)
    elif offered is not None and offered.carrier.turns_back and parcel.status is ParcelStatus.IN_TRANSIT:
        turn_back(unit, parcel.parcel_id)
    else:
        raise Unfit(
            f"The package is {parcel.status.value}; it can be cancelled as long as its carrier does not have it."
        )
    return shipment


@on(OrderCanceled)
def void_labels(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Give the labels of a canceled order back."""
    for shipment in shipments_of_order(unit, fact.order_id):
        if not shipment.is_voided:
            _void(unit, shipment)


@when(RefundIsDecided)
def decide(unit: UnitOfWork, due: RefundIsDecided) -> None:
    """Refund a label that was not used and was given back in time; refuse the rest."""
    shipment = load_shipment(unit, due.shipment_id)
    days, _ = _days(shipment)
    voided_at = shipment.voided_at or unit.now
    is_refused = shipment.is_spent or voided_at > shipment.created_at + timedelta(days=days)
    shipment.move(LabelStatus.REFUND_REJECTED if is_refused else LabelStatus.REFUND_APPLIED)
    save_shipment(unit, shipment)
    total = shipment.bought.total
    unit.emit(
        LabelRefunded(
            order_id=shipment.order_id,
            shipment_id=shipment.shipment_id,
            carrier=shipment.bought.carrier_id,
            refunded_minor=0 if is_refused or shipment.bought.account_id else total.minor,
            currency=total.currency,
            is_refused=is_refused,
        )
    )


def _void(unit: UnitOfWork, shipment: Shipment) -> None:
    shipment.move(LabelStatus.REFUND_PENDING)
    shipment.voided_at = unit.now
    shipment.is_spent = find_parcel(unit, shipment.shipment_id).is_handed_over
    save_shipment(unit, shipment)
    call_off(unit, shipment.shipment_id)
    unit.emit(
        LabelVoided(
            order_id=shipment.order_id,
            shipment_id=shipment.shipment_id,
            carrier=shipment.bought.carrier_id,
            tracking_id=shipment.tracking_id,
        )
    )
    _, takes = _days(shipment)
    later(unit, RefundIsDecided(shipment_id=shipment.shipment_id), at=unit.now + timedelta(days=takes))


def _days(shipment: Shipment) -> tuple[int, int]:
    """Within how many days a label can be given back, and how long its carrier takes to decide."""
    offered = find_service(shipment.bought.country, shipment.bought.service_id)
    return _DEFAULT_DAYS if offered is None else (offered.carrier.void_days, offered.carrier.refund_days)
