"""Records of what is available, to what the market keeps and back."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.appointments.hours import Day, Record, Recurrence
from sellingpartner.market.appointments.refusals import Against
from sellingpartner.server.api.services_v1.reading import bounded


def record_of(said: v1.AvailabilityRecord, name: str) -> Record:
    """What a record says; `name` is what it is called where it cannot be."""
    again = said.recurrence
    return Record(
        starts_at=bounded(said.start_time, f"{name}.startTime"),
        ends_at=bounded(said.end_time, f"{name}.endTime"),
        recurrence=None
        if again is None
        else Recurrence(
            ends_at=bounded(again.end_time, f"{name}.recurrence.endTime"),
            days_of_week=tuple(Day(one.value) for one in again.days_of_week or ()),
            days_of_month=tuple(again.days_of_month or ()),
        ),
        capacity=said.capacity if said.capacity is not None else 1,
    )


def shown_record(record: Record) -> v1.AvailabilityRecord:
    """A record as it is shown."""
    again = record.recurrence
    return v1.AvailabilityRecord(
        start_time=record.starts_at,
        end_time=record.ends_at,
        recurrence=None
        if again is None
        else v1.Recurrence(
            end_time=again.ends_at,
            days_of_week=[v1.DayOfWeek(one.value) for one in again.days_of_week] or None,
            days_of_month=list(again.days_of_month) or None,
        ),
        capacity=record.capacity,
    )


def errors_of(found: Iterable[Against]) -> list[v1.Error] | None:
    """Why something was not done, if it was not."""
    told = [v1.Error(code=one.code, message=one.message, error_level=v1.ErrorLevel.ERROR) for one in found]
    return told or None


def warnings_of(found: Iterable[Against]) -> list[v1.Warning] | None:
    """What it did besides, if anything."""
    return [v1.Warning(code=one.code, message=one.message) for one in found] or None
