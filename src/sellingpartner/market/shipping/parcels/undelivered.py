"""What could not be delivered: its seller says whether it is tried again, when, or brought back.

Amazon calls this the answer to a non-delivery report (NDR), and has it in India alone.
Assumed: a parcel may be answered for once after each attempt, until it is tried again or goes back; another day is one
of the next seven; of five parcels that are tried again four arrive.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.market.events.shipping import NonDeliveryAnswered
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Answer, Parcel, Scan
from sellingpartner.market.shipping.parcels.journeys import back
from sellingpartner.market.shipping.parcels.tracking import go_otherwise, turn_back
from sellingpartner.market.shipping.refusals import InvalidRequest
from sellingpartner.market.shipping.store import bought_parcel, find_shipment, load_parcel
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

RESCHEDULE, REATTEMPT, RETURN = "RESCHEDULE", "REATTEMPT", "RTO"
_COUNTRY = "IN"
_FARTHEST = timedelta(days=7)
_FAILS_ONE_IN = 5


def answer(
    unit: UnitOfWork, tracking_id: str, action: str, *, on: datetime | None = None, notes: str | None = None
) -> None:
    """Say what is to become of a parcel; raises `InvalidRequest`, or `NoSuchResource` for a number of nothing."""
    parcel = load_parcel(unit, bought_parcel(unit, tracking_id).parcel_id)
    shipment = find_shipment(unit, parcel.shipment_id or "")
    if shipment.bought.country != _COUNTRY:
        raise InvalidRequest("Non-delivery reports are answered for shipments in India alone.")
    _check(parcel)
    wanted = _wanted(unit, action, on, notes)
    parcel.answers = [*parcel.answers, wanted]
    if action == RETURN:
        go_otherwise(unit, parcel, [])
        turn_back(unit, parcel.parcel_id)
    else:
        go_otherwise(unit, parcel, _tried_again(unit, parcel, wanted))
    unit.emit(
        NonDeliveryAnswered(
            shipment_id=shipment.shipment_id, order_id=shipment.order_id, tracking_id=tracking_id, action=action
        )
    )


def _check(parcel: Parcel) -> None:
    if parcel.status is not ParcelStatus.ATTEMPTED:
        raise InvalidRequest(
            f"The shipment is {parcel.status.value}; feedback is for one whose delivery was attempted and failed."
        )
    if parcel.answers and parcel.answers[-1].at >= parcel.scans[-1].at:
        raise InvalidRequest(f"Feedback was given for this attempt: {parcel.answers[-1].action}.")


def _wanted(unit: UnitOfWork, action: str, on: datetime | None, notes: str | None) -> Answer:
    if action == RESCHEDULE:
        if on is None:
            raise InvalidRequest("RescheduleDate is missing in the request")
        if not unit.now < on <= unit.now + _FARTHEST:
            raise InvalidRequest(f"rescheduleDate {on:%Y-%m-%d} is not within the next {_FARTHEST.days} days.")
        return Answer(at=unit.now, action=action, on=on)
    if action == REATTEMPT:
        if not notes or not notes.strip():
            raise InvalidRequest("AdditionalAddressNotes is missing in the request")
        return Answer(at=unit.now, action=action, notes=notes)
    return Answer(at=unit.now, action=action)


def _tried_again(unit: UnitOfWork, parcel: Parcel, wanted: Answer) -> list[Scan]:
    luck = chance(unit, "tried again", parcel.parcel_id, len(parcel.answers))
    place, start = parcel.scans[-1].place, parcel.home or parcel.scans[0].place
    leaves = wanted.on or unit.now + timedelta(hours=luck.uniform(16, 24))
    arrives = leaves + timedelta(hours=luck.uniform(1, 5))
    way = [Scan(at=leaves, status=ParcelStatus.OUT_FOR_DELIVERY, place=place)]
    if luck.randrange(_FAILS_ONE_IN):
        detail = "DeliveredToReceptionist"
        return [*way, Scan(at=arrives, status=ParcelStatus.DELIVERED, place=place, detail=detail)]
    missed = Scan(at=arrives, status=ParcelStatus.ATTEMPTED, place=place, detail="CustomerUnavailable")
    return [*way, missed, *back(arrives + timedelta(days=2), arrives + timedelta(days=5), start, place)]
