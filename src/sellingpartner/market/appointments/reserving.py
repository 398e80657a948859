"""Sellers take time of a resource out of what buyers may have: breaks, vacations, work elsewhere.

Assumed: more than is still to be had cannot be reserved; Amazon shows refusals in the record, and no example of this.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, select

from sellingpartner.market.appointments.capacity import fits
from sellingpartner.market.appointments.hours import Record
from sellingpartner.market.appointments.model import Reservation, ReservationType, Resource
from sellingpartner.market.appointments.refusals import Against, InvalidParameters, NoSuchReservation
from sellingpartner.market.appointments.resources import resource_to_book
from sellingpartner.market.appointments.scheduling import HORIZON, wrong_with
from sellingpartner.market.appointments.tables import service_reservations
from sellingpartner.market.events.appointments import CapacityReserved, ReservationCanceled, ReservationMoved
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork


class _Kept(NamedTuple):
    document: Reservation


class Reserved(NamedTuple):
    """A reservation as it is, or as it was asked for and why it is not."""

    reservation: Reservation
    errors: tuple[Against, ...] = ()


_at = service_reservations.c
_hold = Question(
    select(_at.document)
    .where(_at.seller_id == bindparam("of_seller"), _at.reservation_id == bindparam("of_id"))
    .with_for_update(),
    _Kept,
)


def reserve(unit: UnitOfWork, resource_id: str, kind: ReservationType, record: Record) -> Reserved:
    """Take time out of what is to be had; of what is not to be had any more, nothing is taken."""
    resource = _resource(unit, resource_id)
    asked = Reservation(reservation_id="", resource_id=resource_id, type=kind, record=record)
    if against := _against(unit, resource, record):
        return Reserved(asked, against)
    number = unit.next_number("service reservations")
    made = msgspec.structs.replace(
        asked, reservation_id=uuid_of(wide_number_of(unit.seed, "service reservation", unit.seller_id, number))
    )
    unit.execute(service_reservations.insert(), _row(unit, made))
    unit.emit(CapacityReserved(reservation_id=made.reservation_id, resource_id=resource_id))
    return Reserved(made)


def change_reservation(
    unit: UnitOfWork, reservation_id: str, resource_id: str, kind: ReservationType, record: Record
) -> Reserved:
    """Let a reservation be of another time, or of another resource; where that is not to be had, it stays as it was."""
    before = _reservation(unit, reservation_id, f"Could not find reservation with ID: [{reservation_id[:100]}]")
    resource = _resource(unit, resource_id)
    asked = Reservation(reservation_id=reservation_id, resource_id=resource_id, type=kind, record=record)
    this = _this(unit, reservation_id)
    unit.execute(service_reservations.delete().where(this))  # what it has is to be had for what it becomes
    against = _against(unit, resource, record)
    unit.execute(service_reservations.insert(), _row(unit, before if against else asked))
    if against:
        return Reserved(asked, against)
    unit.emit(ReservationMoved(reservation_id=reservation_id, resource_id=resource_id))
    return Reserved(asked)


def cancel_reservation(unit: UnitOfWork, reservation_id: str) -> None:
    """Have what was reserved be to be had again; raises `NoSuchReservation`."""
    known = _reservation(unit, reservation_id, "Reservation does not exist")
    unit.execute(service_reservations.delete().where(_this(unit, reservation_id)))
    unit.emit(ReservationCanceled(reservation_id=reservation_id, resource_id=known.resource_id))


def _against(unit: UnitOfWork, resource: Resource, record: Record) -> tuple[Against, ...]:
    if wrong := wrong_with(record):
        return tuple(wrong)
    if record.last_at > max(unit.now, record.starts_at) + HORIZON:
        return (Against(f"A reservation ends within {HORIZON.days} days; this one ends at {record.last_at:%Y-%m-%d}."),)
    if record.starts_at < unit.now - HORIZON:
        return (Against(f"A reservation begins at most {HORIZON.days} days ago, not at {record.starts_at:%Y-%m-%d}."),)
    if not fits(unit, resource, record):
        message = f"{resource.resource_id} has not that much available capacity in this time."
        return (Against(message, code="InsufficientCapacity"),)
    return ()


def _resource(unit: UnitOfWork, resource_id: str) -> Resource:
    found = resource_to_book(unit, resource_id)
    if found is None:
        raise InvalidParameters("resourceId", why=f"The seller has no store and no technician {resource_id[:100]!r}.")
    return found


def _reservation(unit: UnitOfWork, reservation_id: str, words: str) -> Reservation:
    found = _hold.first(unit.connection, {"of_seller": unit.seller_id, "of_id": reservation_id})
    if found is None:
        raise NoSuchReservation(words)
    return found.document


def _this(unit: UnitOfWork, reservation_id: str) -> ColumnElement[bool]:
    return and_(_at.seller_id == unit.seller_id, _at.reservation_id == reservation_id)


def _row(unit: UnitOfWork, reservation: Reservation) -> dict[str, object]:
    return {
        "seller_id": unit.seller_id,
        "reservation_id": reservation.reservation_id,
        "resource_id": reservation.resource_id,
        "last_at": reservation.record.last_at,
        "document": reservation,
    }
