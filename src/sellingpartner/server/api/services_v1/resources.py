"""What stores and technicians can do: their schedules, and what of it is scheduled, taken and still to be had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.model import Resource
from sellingpartner.market.appointments.questions import (
    Capacity,
    CapacityKind,
    capacity_of,
    resource_if_there,
    rules,
)
from sellingpartner.market.appointments.refusals import InvalidCapacityQuery
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.server.api.services_v1.availability import errors_of, record_of, shown_record, warnings_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"services capacity "
_STEP = 5


class _Asked(msgspec.Struct, frozen=True, array_like=True):
    """A question about capacity, without the place where its answer goes on."""

    resource_id: str
    begin: datetime
    end: datetime
    kinds: tuple[str, ...]
    minutes: int | None


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    asked: _Asked
    begin: datetime


class _Page(msgspec.Struct, frozen=True):
    """A part of the time that was asked about, and what there is of it."""

    resource: Resource
    begin: datetime
    end: datetime
    there: Capacity
    kinds: Sequence[CapacityKind]
    next_token: str | None


_decoder = msgspec.msgpack.Decoder(_Continuation)


@handles(v1.UpdateSchedule)
def update_schedule(unit: UnitOfWork, request: v1.UpdateSchedule) -> v1.UpdateScheduleResponse:
    """Keep when a resource works, and tell of records that were refused or override others."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    records = [record_of(one, "schedule") for one in request.schedules]
    told = commands.update_schedule(unit, request.resource_id, records)
    return v1.UpdateScheduleResponse(
        payload=[
            v1.UpdateScheduleRecord(
                availability=shown_record(one.record), errors=errors_of(one.errors), warnings=warnings_of(one.warnings)
            )
            for one in told
        ]
    )


@handles(v1.GetRangeSlotCapacity, reads=True)
def get_range_slot_capacity(unit: UnitOfWork, request: v1.GetRangeSlotCapacity) -> v1.RangeSlotCapacity:
    """Show capacity in ranges that are as long as it stays the same."""
    page = _page(unit, request, None)
    return v1.RangeSlotCapacity(
        resource_id=page.resource.resource_id,
        capacities=[
            v1.RangeCapacity(
                capacity_type=v1.CapacityType(kind.value),
                slots=[
                    v1.RangeSlot(start_date_time=one.starts_at, end_date_time=one.ends_at, capacity=one.units)
                    for one in page.there.of(kind).levels()
                ],
            )
            for kind in page.kinds
        ],
        next_page_token=page.next_token,
    )


@handles(v1.GetFixedSlotCapacity, reads=True)
def get_fixed_slot_capacity(unit: UnitOfWork, request: v1.GetFixedSlotCapacity) -> v1.FixedSlotCapacity:
    """Show capacity in slots of one length; a slot has what there is throughout.

    Assumed: slots are of an hour unless said, and one that would end after the time that was asked about is left out.
    """
    minutes = _minutes(request.slot_duration)
    page = _page(unit, request, minutes)
    length, slots, begin = timedelta(minutes=minutes), [], page.begin
    steps = {kind: page.there.of(kind) for kind in page.kinds}
    while begin + length <= page.end:
        counts = {
            kind: one.most(begin, begin + length)
            if kind in {CapacityKind.ENCUMBERED, CapacityKind.RESERVED}
            else one.least(begin, begin + length)
            for kind, one in steps.items()
        }
        slots.append(
            v1.FixedSlot(
                start_date_time=begin,
                scheduled_capacity=counts.get(CapacityKind.SCHEDULED),
                available_capacity=counts.get(CapacityKind.AVAILABLE),
                encumbered_capacity=counts.get(CapacityKind.ENCUMBERED),
                reserved_capacity=counts.get(CapacityKind.RESERVED),
            )
        )
        begin += length
    return v1.FixedSlotCapacity(
        resource_id=page.resource.resource_id,
        slot_duration=Decimal(minutes),
        capacities=slots,
        next_page_token=page.next_token,
    )


def _minutes(said: Decimal | None) -> int:
    slots = rules().slots
    if said is None:
        return slots.usual_minutes
    if said % _STEP or not slots.shortest_minutes <= said <= slots.longest_minutes:
        words = "Slot duration is not valid, it should be a multiple of 5 and within allowed range."
        raise InvalidCapacityQuery(words)
    return int(said)


def _page(unit: UnitOfWork, request: v1.GetRangeSlotCapacity | v1.GetFixedSlotCapacity, minutes: int | None) -> _Page:
    """As much of the time that was asked about as a page holds: whole slots, if it is to be shown in some."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    resource = resource_if_there(unit, request.resource_id)
    if resource is None or resource.marketplace_id != request.marketplace_ids[0]:
        raise InvalidCapacityQuery("Missing or invalid request parameters: [resourceId]")
    begin = _bounded("startDateTime", request.start_date_time)
    end = _bounded("endDateTime", request.end_date_time)
    if end <= begin:
        raise InvalidCapacityQuery("endDateTime should be after Start Time")
    kinds = [CapacityKind(one.value) for one in dict.fromkeys(request.capacity_types or ())] or [CapacityKind.SCHEDULED]
    asked = _Asked(request.resource_id, begin, end, tuple(one.value for one in kinds), minutes)
    if request.next_page_token is not None:
        found = unsealed_as(unit, request.next_page_token, _decoder, purpose=_PURPOSE)
        if found is None or found.asked != asked:
            raise InvalidCapacityQuery("nextPageToken is not that of the page before, with the same arguments")
        begin = found.begin
    longest = timedelta(days=rules().days.page_of_capacity)
    if minutes is not None:
        longest -= longest % timedelta(minutes=minutes)
    until = min(end, begin + longest)
    token = None
    if until < end:
        token = sealed(unit, msgspec.msgpack.encode(_Continuation(asked, until)), purpose=_PURPOSE)
    return _Page(resource, begin, until, capacity_of(unit, resource, begin, until), kinds, token)


def _bounded(name: str, moment: datetime) -> datetime:
    try:
        return in_utc(moment)
    except OutOfBounds:
        raise InvalidCapacityQuery(f"{name} is not a valid ISO date/time object") from None
