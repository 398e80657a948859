"""What a resource can do, and what of it is still to be had, from one moment to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from sellingpartner.market.appointments.hours import Record, ranges_of
from sellingpartner.market.appointments.model import Reservation, Resource
from sellingpartner.market.appointments.steps import Level, Steps, painted, summed
from sellingpartner.market.appointments.tables import service_bookings, service_reservations, service_schedules
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


class CapacityKind(StrEnum):
    """Of what one asks how much there is."""

    SCHEDULED = "SCHEDULED_CAPACITY"
    AVAILABLE = "AVAILABLE_CAPACITY"
    ENCUMBERED = "ENCUMBERED_CAPACITY"
    RESERVED = "RESERVED_CAPACITY"


class _Told(NamedTuple):
    number: int
    document: Record


class _Reserved(NamedTuple):
    document: Reservation


class _Booked(NamedTuple):
    starts_at: datetime
    ends_at: datetime
    units: int


_at, _kept, _held = service_bookings.c, service_reservations.c, service_schedules.c
_records = Question(
    select(_held.number, _held.document)
    .where(_held.seller_id == bindparam("seller_id"), _held.resource_id == bindparam("resource_id"))
    .order_by(_held.number),
    _Told,
)
_reserved = Question(
    select(_kept.document)
    .where(
        _kept.seller_id == bindparam("seller_id"),
        _kept.resource_id == bindparam("resource_id"),
        _kept.last_at > bindparam("begin"),
    )
    .order_by(_kept.reservation_id),
    _Reserved,
)
_booked = Question(
    select(_at.starts_at, _at.ends_at, _at.units).where(
        _at.seller_id == bindparam("seller_id"),
        _at.resource_id == bindparam("resource_id"),
        _at.ends_at > bindparam("begin"),
        _at.starts_at < bindparam("end"),
    ),
    _Booked,
)
_insert = Prepared(service_bookings.insert())


class Capacity(NamedTuple):
    """What a resource can do between two moments."""

    scheduled: Steps
    encumbered: Steps
    """Taken by appointments."""
    reserved: Steps

    @property
    def available(self) -> Steps:
        """What is still to be had."""
        return self.scheduled.without(self.encumbered, self.reserved)

    def of(self, kind: CapacityKind) -> Steps:
        """How much there is of a kind."""
        match kind:
            case CapacityKind.SCHEDULED:
                return self.scheduled
            case CapacityKind.ENCUMBERED:
                return self.encumbered
            case CapacityKind.RESERVED:
                return self.reserved
            case CapacityKind.AVAILABLE:
                return self.available


def capacity_of(unit: UnitOfWork, resource: Resource, begin: datetime, end: datetime) -> Capacity:
    """What a resource can do from one moment to a later one."""
    return Capacity(
        painted_schedule(schedule_of(unit, resource.resource_id), resource.zone, begin, end),
        summed((Level(*one) for one in _booked.all(unit.connection, _asked(unit, resource, begin, end))), begin, end),
        summed(
            (
                level
                for one in _reserved.all(unit.connection, _asked(unit, resource, begin))
                for level in _levels(one.document.record, resource.zone, begin, end)
            ),
            begin,
            end,
        ),
    )


def schedule_of(unit: UnitOfWork, resource_id: str) -> list[Record]:
    """The records of a resource's schedule, in the order in which they were told."""
    return list(numbered_schedule(unit, resource_id).values())


def numbered_schedule(unit: UnitOfWork, resource_id: str) -> dict[int, Record]:
    """The same, by the numbers under which they are kept."""
    key = {"seller_id": unit.seller_id, "resource_id": resource_id}
    return dict(_records.all(unit.connection, key))


def painted_schedule(records: list[Record], zone: ZoneInfo, begin: datetime, end: datetime) -> Steps:
    """What a schedule says of a time: of records that overlap, the one that was told later."""
    return painted([_levels(one, zone, begin, end) for one in records], begin, end)


def fits(unit: UnitOfWork, resource: Resource, record: Record) -> bool:
    """Whether a resource can spare what a record says, at every time at which that says it."""
    begin, end = record.starts_at, record.last_at
    left = capacity_of(unit, resource, begin, end).available
    ranges = list(ranges_of(record, resource.zone, begin, end))
    return bool(ranges) and all(left.least(*one) >= record.capacity for one in ranges)


def book(unit: UnitOfWork, resource_id: str, appointment_id: str, begin: datetime, end: datetime) -> None:
    """Have a resource be busy; whoever must know whether it can be has asked."""
    row: dict[str, Any] = {"seller_id": unit.seller_id, "resource_id": resource_id, "appointment_id": appointment_id}
    _insert.run(unit.connection, row | {"starts_at": begin, "ends_at": end, "units": 1})


def unbook(unit: UnitOfWork, appointment_id: str, resource_ids: tuple[str, ...]) -> None:
    """Have resources have the time of an appointment again."""
    this = (_at.seller_id == unit.seller_id) & (_at.appointment_id == appointment_id)
    unit.execute(service_bookings.delete().where(this, _at.resource_id.in_(sorted(resource_ids))))


def _levels(record: Record, zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Level]:
    return (Level(*one, record.capacity) for one in ranges_of(record, zone, begin, end))


def _asked(unit: UnitOfWork, resource: Resource, begin: datetime, end: datetime | None = None) -> dict[str, Any]:
    asked: dict[str, Any] = {"seller_id": unit.seller_id, "resource_id": resource.resource_id, "begin": begin}
    return asked if end is None else asked | {"end": end}
