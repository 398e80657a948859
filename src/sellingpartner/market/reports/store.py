"""Reports and schedules to rows and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select

from sellingpartner.market.documents.job_pages import JobPages
from sellingpartner.market.documents.jobs import JobFilter, JobStatus, Key
from sellingpartner.market.reports.model import MadeBy, Report, Schedule, ScheduleStatus
from sellingpartner.market.reports.refusals import NoSuchReport, NoSuchSchedule
from sellingpartner.market.reports.tables import report_schedules, reports
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


def _report(**told: Any) -> Report:  # noqa: ANN401 - the columns of a row
    return Report(**{**told, "status": JobStatus(told["status"]), "made_by": MadeBy(told["made_by"])})


report_columns = [reports.c[name] for name in Report.__struct_fields__]
_schedule_columns = [report_schedules.c[name] for name in Schedule.__struct_fields__]
_this = and_(reports.c.seller_id == bindparam("of_seller"), reports.c.report_id == bindparam("of_report"))
_insert = Prepared(reports.insert())
_find = Question(select(*report_columns).where(_this), _report)
_pages = JobPages(
    reports,
    report_columns,
    _report,
    id_name="report_id",
    type_name="report_type",
    shown=(or_(reports.c.made_by == MadeBy.SELLER.value, reports.c.ended_at.is_not(None)),),
)
_FIRST_ID = 50_000_000_000
_LATEST = 200


def new_id(unit: UnitOfWork, name: str) -> str:
    """A number for a report or a schedule, as Amazon's are."""
    return str(_FIRST_ID + unit.next_number(name))


def insert_report(unit: UnitOfWork, report: Report) -> None:
    """Keep a report for the first time."""
    _insert.run(unit.connection, msgspec.structs.asdict(report) | {"seller_id": unit.seller_id})


def change_report(unit: UnitOfWork, report_id: str, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a report."""
    _changing(tuple(changed)).run(unit.connection, _key(unit, report_id) | changed)


def delete_report(unit: UnitOfWork, report_id: str) -> None:
    """Forget a report."""
    unit.execute(reports.delete().where(_this), _key(unit, report_id))


def find_report(unit: UnitOfWork, report_id: str) -> Report:
    """One of the seller's reports; raises `NoSuchReport`."""
    found = _find.first(unit.connection, _key(unit, report_id))
    if found is None:
        raise NoSuchReport(report_id)
    return found


def own_report(unit: UnitOfWork, report_type: str, name: str, value: str) -> Report | None:
    """The latest report that Amazon made by itself of which an option says so, or None; old ones are not looked at."""
    mine = and_(
        reports.c.seller_id == unit.seller_id,
        reports.c.report_type == report_type,
        reports.c.made_by == MadeBy.AMAZON.value,
    )
    newest = (reports.c.created_at.desc(), reports.c.report_id.desc())
    rows = unit.execute(select(*report_columns).where(mine).order_by(*newest).limit(_LATEST))
    return next((one for one in map(report_of_row, rows) if one.options.get(name) == value), None)


def page_of_reports(unit: UnitOfWork, wanted: JobFilter, after: Key | None, limit: int) -> list[Report]:
    """Reports, those first that were asked for last; those that Amazon makes by itself when they have ended."""
    return _pages.page(unit, wanted, after, limit)


def before_it(unit: UnitOfWork, report: Report, *, besides: Collection[str] = ()) -> bool:
    """Whether an earlier report of its type is not at its end, `besides` those that hold up nobody."""
    earlier = and_(
        reports.c.seller_id == unit.seller_id,
        reports.c.report_type == report.report_type,
        reports.c.ended_at.is_(None),
        reports.c.report_id.not_in(besides),
        _before(report.created_at, report.report_id),
    )
    return unit.execute(select(reports.c.report_id).where(earlier).limit(1)).first() is not None


def made_since(unit: UnitOfWork, report_type: str, since: datetime) -> list[Report]:
    """Reports of a type that were done since a moment, the latest first."""
    done = and_(
        reports.c.seller_id == unit.seller_id,
        reports.c.report_type == report_type,
        reports.c.status == JobStatus.DONE.value,
        reports.c.created_at >= since,
    )
    query = select(*report_columns).where(done).order_by(reports.c.created_at.desc(), reports.c.report_id.desc())
    return [report_of_row(row) for row in unit.execute(query)]


def insert_schedule(unit: UnitOfWork, schedule: Schedule) -> None:
    """Keep a schedule for the first time."""
    unit.execute(report_schedules.insert(), msgspec.structs.asdict(schedule) | {"seller_id": unit.seller_id})


def change_schedule(unit: UnitOfWork, report_schedule_id: str, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a schedule."""
    unit.execute(report_schedules.update().where(_that(unit, report_schedule_id)).values(**changed))


def find_schedule(unit: UnitOfWork, report_schedule_id: str) -> Schedule:
    """A schedule that goes on; raises `NoSuchSchedule`."""
    row = unit.execute(select(*_schedule_columns).where(_that(unit, report_schedule_id))).first()
    if row is None or row.status != ScheduleStatus.ACTIVE.value:
        raise NoSuchSchedule(report_schedule_id)
    return _schedule(row)


def active_schedules(
    unit: UnitOfWork, *, types: Sequence[str] | None = None, slot: str | None = None
) -> list[Schedule]:
    """The seller's schedules that go on, the oldest first."""
    conditions = [
        report_schedules.c.seller_id == unit.seller_id,
        report_schedules.c.status == ScheduleStatus.ACTIVE.value,
    ]
    if types is not None:
        conditions.append(report_schedules.c.report_type.in_(types))
    if slot is not None:
        conditions.append(report_schedules.c.slot == slot)
    query = select(*_schedule_columns).where(and_(*conditions)).order_by(report_schedules.c.report_schedule_id)
    return [_schedule(row) for row in unit.execute(query)]


def _before(moment: datetime, report_id: str) -> ColumnElement[bool]:
    return beyond((reports.c.created_at, reports.c.report_id), (moment, report_id), is_descending=True)


def _key(unit: UnitOfWork, report_id: str) -> dict[str, Any]:
    return {"of_seller": unit.seller_id, "of_report": report_id}


@cache
def _changing(names: tuple[str, ...]) -> Prepared:
    """What writes some columns of a report; few of its columns ever change together."""
    return Prepared(reports.update().where(_this).values({name: bindparam(name) for name in names}))


def _that(unit: UnitOfWork, report_schedule_id: str) -> ColumnElement[bool]:
    return and_(
        report_schedules.c.seller_id == unit.seller_id, report_schedules.c.report_schedule_id == report_schedule_id
    )


def report_of_row(row: Row[Any]) -> Report:
    """A report as its row tells it."""
    told = row._mapping
    return _report(**{name: told[name] for name in Report.__struct_fields__})


def _schedule(row: Row[Any]) -> Schedule:
    told = row._mapping
    return Schedule(**{**told, "status": ScheduleStatus(told["status"])})
