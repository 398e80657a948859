"""Sellers tell when a store, or a technician, works; what was told later counts where two records overlap.

Assumed: a record overrides the times that it names and no others; less than that is said by reservations. A record that
would leave less time than appointments and reservations have taken is refused, and the others that came with it are
kept: what a resource can do is never less than what it has to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from sellingpartner.counted import counted
from sellingpartner.market.appointments.capacity import capacity_of, numbered_schedule, painted_schedule
from sellingpartner.market.appointments.hours import Record, is_within, ranges_of
from sellingpartner.market.appointments.model import Resource
from sellingpartner.market.appointments.refusals import Against, InvalidParameters
from sellingpartner.market.appointments.resources import resource_to_book
from sellingpartner.market.appointments.steps import Level, Steps, added
from sellingpartner.market.appointments.tables import service_schedules
from sellingpartner.market.events.appointments import ScheduleUpdated
from sellingpartner.storage.unit import UnitOfWork

MOST_CAPACITY, MOST_RECORDS, MOST_KEPT = 10_000, 1_000, 5_000
HORIZON = timedelta(days=2 * 366)
"""Assumed: how far ahead a record of a reservation may come again; appointments begin within a year."""

_DAY = timedelta(days=1)
_OVERRIDES = Against(
    "This AvailabilityRecord will override the current schedule as the time-ranges overlap", code="ScheduleOverride"
)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told of a record: why it was refused, or what it does besides."""

    record: Record
    errors: tuple[Against, ...] = ()
    warnings: tuple[Against, ...] = ()


def update_schedule(unit: UnitOfWork, resource_id: str, records: Sequence[Record]) -> list[Outcome]:
    """Have a resource work as records say, besides what was told before; returns those of which there is to tell."""
    if not records:
        raise InvalidParameters("schedule", is_missing=True, why="schedules is empty; it must hold a record at least.")
    if len(records) > MOST_RECORDS:
        why = f"schedules holds {counted(len(records), 'record')}; it may hold {MOST_RECORDS}."
        raise InvalidParameters("schedule", is_missing=True, why=why)
    resource = resource_to_book(unit, resource_id)
    if resource is None:
        # Assumed: a resource that there is not is answered 400, though Amazon's examples show that under 200.
        raise InvalidParameters("resourceId", why=f"The seller has no store and no technician {resource_id[:100]!r}.")
    found = [_told(unit, resource, one) for one in records]
    unit.emit(ScheduleUpdated(resource_id=resource_id, records=sum(not one.errors for one in found)))
    return [one for one in found if one.errors or one.warnings]


def wrong_with(record: Record) -> list[Against]:
    """What no record may say."""
    wrong, again = [], record.recurrence
    if record.ends_at <= record.starts_at:
        wrong.append(Against("endTime must be after startTime."))
    elif again is not None and record.ends_at - record.starts_at > _DAY:
        wrong.append(Against("A range that comes again is a part of a day: at most 24 hours."))
    if again is not None and again.ends_at < record.starts_at:
        wrong.append(Against("recurrence.endTime must not be before startTime."))
    if not 1 <= record.capacity <= MOST_CAPACITY:
        wrong.append(Against(f"capacity is {record.capacity}; it must be 1 to {MOST_CAPACITY}."))
    return wrong


def _told(unit: UnitOfWork, resource: Resource, record: Record) -> Outcome:
    if wrong := wrong_with(record):
        return Outcome(record=record, errors=tuple(wrong))
    known = numbered_schedule(unit, resource.resource_id)
    before = list(known.values())
    if len(known) >= MOST_KEPT:
        message = f"The schedule of {resource.resource_id} has {MOST_KEPT} records; override some of them as a whole."
        return Outcome(record=record, errors=(Against(message),))
    if not _leaves_enough(unit, resource, [*before, record], record):
        message = "Appointments and reservations have taken more of this time than the record leaves; move them first."
        return Outcome(record=record, errors=(Against(message, code="CapacityInUse"),))
    overrides = _overlaps(resource, before, record)
    _keep(unit, resource, known, record)
    return Outcome(record=record, warnings=(_OVERRIDES,) if overrides else ())


def _overlaps(resource: Resource, known: list[Record], record: Record) -> bool:
    begin, end = record.starts_at, min(record.last_at, record.starts_at + HORIZON)
    before = painted_schedule(known, resource.zone, begin, end)
    mine = ranges_of(record, resource.zone, begin, end)
    return any(before.most(max(one.starts_at, begin), min(one.ends_at, end)) > 0 for one in mine)


def _leaves_enough(unit: UnitOfWork, resource: Resource, records: list[Record], record: Record) -> bool:
    """Whether what is taken of a resource's time from here on could still be done."""
    begin = max(unit.now, record.starts_at)
    end = min(record.last_at, begin + HORIZON)
    if begin >= end:
        return True
    taken, after = capacity_of(unit, resource, begin, end), painted_schedule(records, resource.zone, begin, end)
    busy = added(taken.encumbered, taken.reserved)
    return all(
        after.least(one.starts_at, one.ends_at) >= one.units or _was_short(taken.scheduled, one)
        for one in busy.levels()
        if one.units
    )


def _was_short(scheduled: Steps, level: Level) -> bool:
    """Whether less was scheduled already than is taken: of technicians, who may be overbooked."""
    return scheduled.least(level.starts_at, level.ends_at) < level.units


def _keep(unit: UnitOfWork, resource: Resource, known: dict[int, Record], record: Record) -> None:
    """Keep a record, and forget those of which nothing is left."""
    at = service_schedules.c
    gone = [number for number, one in known.items() if is_within(one, record, resource.zone)]
    if gone:
        this = (at.seller_id == unit.seller_id) & (at.resource_id == resource.resource_id) & at.number.in_(gone)
        unit.execute(service_schedules.delete().where(this))
    unit.execute(
        service_schedules.insert(),
        {
            "seller_id": unit.seller_id,
            "resource_id": resource.resource_id,
            "number": unit.next_number("service schedules"),
            "document": record,
        },
    )
