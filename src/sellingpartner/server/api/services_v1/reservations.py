"""Reservations of a resource's time."""

from __future__ import annotations

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.model import ReservationType
from sellingpartner.market.appointments.refusals import InvalidParameters
from sellingpartner.market.appointments.reserving import Reserved
from sellingpartner.server.api.services_v1.availability import errors_of, record_of, shown_record
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.CreateReservation)
def create_reservation(unit: UnitOfWork, request: v1.CreateReservation) -> v1.CreateReservationResponse:
    """Reserve time, or change the reservation that is named; where it is not to be had, the answer says so."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    named = request.reservation.reservation_id
    made = (
        _reserve(unit, request.resource_id, request.reservation)
        if named is None
        else _change(unit, named, request.resource_id, request.reservation)
    )
    return v1.CreateReservationResponse(
        payload=v1.CreateReservationRecord(reservation=_shown(made), errors=errors_of(made.errors))
    )


@handles(v1.UpdateReservation)
def update_reservation(unit: UnitOfWork, request: v1.UpdateReservation) -> v1.UpdateReservationResponse:
    """Change a reservation; where what it is to be is not to be had, it stays, and the answer says so."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    named = request.reservation.reservation_id
    if named is not None and named != request.reservation_id:
        why = f"The path names {request.reservation_id}, and the reservation {named[:100]}."
        raise InvalidParameters("reservationId", is_missing=True, why=why)
    made = _change(unit, request.reservation_id, request.resource_id, request.reservation)
    return v1.UpdateReservationResponse(
        payload=v1.UpdateReservationRecord(reservation=_shown(made), errors=errors_of(made.errors))
    )


@handles(v1.CancelReservation)
def cancel_reservation(unit: UnitOfWork, request: v1.CancelReservation) -> NoContent:
    """Let time be to be had again."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    commands.cancel_reservation(unit, request.reservation_id)
    return NoContent()


def _reserve(unit: UnitOfWork, resource_id: str, said: v1.Reservation) -> Reserved:
    record = record_of(said.availability, "reservation.availability")
    return commands.reserve(unit, resource_id, ReservationType(said.type.value), record)


def _change(unit: UnitOfWork, reservation_id: str, resource_id: str, said: v1.Reservation) -> Reserved:
    record = record_of(said.availability, "reservation.availability")
    return commands.change_reservation(unit, reservation_id, resource_id, ReservationType(said.type.value), record)


def _shown(made: Reserved) -> v1.Reservation:
    """Assumed: what was reserved is shown whole, as in Amazon's examples; its document speaks of the id alone."""
    one = made.reservation
    return v1.Reservation(
        reservation_id=one.reservation_id or None,
        type=v1.Type(one.type.value),
        availability=shown_record(one.record),
    )
