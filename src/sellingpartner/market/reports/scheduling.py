"""Schedules: a report of a type, again and again, each of what came since the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sellingpartner.contract.report_types import Origin
from sellingpartner.market.events.reports import ReportScheduled, ReportScheduleEnded
from sellingpartner.market.reports.asking import check_options, check_where, made_kind
from sellingpartner.market.reports.model import Schedule, ScheduleStatus, Wish
from sellingpartner.market.reports.queue import ask_for
from sellingpartner.market.reports.refusals import NoSuchSchedule, UnknownReportType, WrongPeriod
from sellingpartner.market.reports.store import (
    active_schedules,
    change_schedule,
    find_schedule,
    insert_schedule,
    new_id,
)
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

FIRST_COVERS = timedelta(days=38)
"""How far back the first report of a schedule goes."""

_FURTHEST = timedelta(days=366)
_MONTHLY = "P1M"
_PERIODS = {
    **{f"PT{minutes}M": timedelta(minutes=minutes) for minutes in (5, 15, 30)},
    **{f"PT{hours}H": timedelta(hours=hours) for hours in (1, 2, 4, 8, 12, 84)},
    **{f"P{days}D": timedelta(days=days) for days in (1, 2, 3, 7, 14, 15, 18, 30)},
}


class ScheduleTicks(Due):
    """A schedule's next report is to be made."""

    report_schedule_id: str


def plan(
    unit: UnitOfWork,
    report_type: str,
    marketplace_ids: Sequence[str],
    options: Mapping[str, str],
    *,
    period: str,
    first_at: datetime | None,
    application_id: str,
) -> Schedule:
    """Begin a schedule; one of the same type and marketplaces, or of the other type of its pair, ends by it."""
    kind = made_kind(report_type)
    if Origin.SCHEDULED not in kind.said.origin:
        raise UnknownReportType(report_type).because(f"Reports of the type {report_type} are not scheduled.")
    check_where(unit, kind, marketplace_ids)
    slot = kind.slot or kind.name
    schedule = Schedule(
        report_schedule_id=new_id(unit, "report schedules"),
        report_type=report_type,
        slot=slot,
        marketplace_ids=tuple(dict.fromkeys(marketplace_ids)),
        options=check_options(kind, options),
        period=_known_period(period),
        next_at=_first(unit, first_at),
        last_end=None,
        status=ScheduleStatus.ACTIVE,
        created_at=unit.now,
        application_id=application_id,
    )
    for before in active_schedules(unit, slot=slot):
        if set(before.marketplace_ids) == set(schedule.marketplace_ids):
            _end(unit, before, replaced_by=schedule.report_schedule_id)
    insert_schedule(unit, schedule)
    started = ReportScheduled(
        report_schedule_id=schedule.report_schedule_id, report_type=report_type, period=schedule.period
    )
    unit.emit(started)
    later(unit, ScheduleTicks(report_schedule_id=schedule.report_schedule_id), at=schedule.next_at)
    return schedule


def end_schedule(unit: UnitOfWork, report_schedule_id: str) -> None:
    """Make no more reports by a schedule; raises `NoSuchSchedule`."""
    _end(unit, find_schedule(unit, report_schedule_id), replaced_by=None)


@when(ScheduleTicks)
def tick(unit: UnitOfWork, due: ScheduleTicks) -> None:
    """Have a schedule's next report made, and plan the one after."""
    try:
        schedule = find_schedule(unit, due.report_schedule_id)
    except NoSuchSchedule:
        return
    ask_for(
        unit,
        Wish(
            report_type=schedule.report_type,
            marketplace_ids=schedule.marketplace_ids,
            options=schedule.options,
            start=schedule.last_end or unit.now - FIRST_COVERS,
            end=unit.now,
            application_id=schedule.application_id,
            report_schedule_id=schedule.report_schedule_id,
        ),
    )
    following = _after(schedule.next_at, schedule.period)
    change_schedule(unit, schedule.report_schedule_id, next_at=following, last_end=unit.now)
    later(unit, due, at=following)


def _end(unit: UnitOfWork, schedule: Schedule, *, replaced_by: str | None) -> None:
    change_schedule(unit, schedule.report_schedule_id, status=ScheduleStatus.CANCELLED.value)
    unit.emit(
        ReportScheduleEnded(
            report_schedule_id=schedule.report_schedule_id,
            report_type=schedule.report_type,
            replaced_by=replaced_by,
        )
    )


def _known_period(period: str) -> str:
    if period not in _PERIODS and period != _MONTHLY:
        raise WrongPeriod(f"period is {period[:20]!r}; it must be one of {', '.join([*_PERIODS, _MONTHLY])}.")
    return period


def _first(unit: UnitOfWork, moment: datetime | None) -> datetime:
    """When a schedule begins. Assumed: one that is to begin in the past begins at once."""
    if moment is None:
        return unit.now
    try:
        first = in_utc(moment)
    except OutOfBounds as reason:
        raise WrongPeriod(str(reason)) from reason
    if first > unit.now + _FURTHEST:
        raise WrongPeriod("nextReportCreationTime is more than a year ahead; it must not be.")
    return max(first, unit.now)


def _after(moment: datetime, period: str) -> datetime:
    if period != _MONTHLY:
        return moment + _PERIODS[period]
    year, month = divmod(moment.year * 12 + moment.month, 12)
    following = moment.replace(year=year, month=month + 1, day=1)
    last = ((following + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
    return following.replace(day=min(moment.day, last))
