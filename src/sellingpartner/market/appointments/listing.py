"""Lists of jobs: filtered, sorted, forward and back page by page along a key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from sellingpartner.market.appointments.model import Job
from sellingpartner.market.appointments.store import GOODS, PARCEL, SKILL
from sellingpartner.market.appointments.tables import service_job_links, service_jobs
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime | str, str]
"""Where in a list a job stands: what it is sorted by, and its id."""


class JobFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which jobs a list holds, and in which order. Bounds are inclusive; what is not said does not matter."""

    marketplace_id: str
    order_ids: tuple[str, ...] = ()
    product_order_ids: tuple[str, ...] = ()
    tracking_ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    starts_after: datetime | None = None
    starts_before: datetime | None = None
    first_day: str | None = None
    """By the clocks of each job's store, as a date."""
    last_day: str | None = None
    asins: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    store_ids: tuple[str, ...] = ()
    by_status: bool = False
    """Sorted by status, and not by when the job came."""
    is_ascending: bool = False


class JobPage(NamedTuple):
    """Some jobs of a list, how many there are in all, and the keys that the pages beside it go on from."""

    jobs: list[Job]
    total: int
    next_key: Key | None
    previous_key: Key | None


def page_of_jobs(
    unit: UnitOfWork, wanted: JobFilter, limit: int, after: Key | None = None, *, is_back: bool = False
) -> JobPage:
    """The page after a key, or with `is_back` the one before it; the first one without a key."""
    at = service_jobs.c
    conditions = _conditions(unit, wanted)
    columns: tuple[ColumnElement[Any], ...] = (at.status if wanted.by_status else _came_at(wanted), at.job_id)
    descends = wanted.is_ascending is is_back
    statement: Select[Any] = select(at.document).where(*conditions)
    statement = statement.order_by(*(one.desc() if descends else one for one in columns)).limit(limit + 1)
    if after is not None:
        statement = statement.where(beyond(columns, after, is_descending=descends))
    found: list[Job] = list(unit.execute(statement).scalars())
    total: int = unit.execute(select(func.count()).select_from(service_jobs).where(*conditions)).scalar_one()
    goes_on, page = len(found) > limit, found[:limit]
    if is_back:
        page.reverse()
    has_next, has_previous = (True, goes_on) if is_back else (goes_on, after is not None)
    return JobPage(
        page,
        total,
        _key(wanted, page[-1]) if page and has_next else None,
        _key(wanted, page[0]) if page and has_previous else None,
    )


def _key(wanted: JobFilter, job: Job) -> Key:
    return (job.status.value if wanted.by_status else job.created_at, job.job_id)


def _came_at(wanted: JobFilter) -> ColumnElement[Any]:
    """When a job came. Of those that are asked for by their orders it is said so that no index has it.

    SQLite finds them by their orders then, and would walk along all jobs that came in that time else.
    """
    at = service_jobs.c
    return func.coalesce(at.created_at, at.created_at) if wanted.order_ids else at.created_at


def _conditions(unit: UnitOfWork, wanted: JobFilter) -> list[ColumnElement[bool]]:
    at = service_jobs.c
    found = [at.seller_id == unit.seller_id, at.marketplace_id == wanted.marketplace_id]
    sets: tuple[tuple[ColumnElement[Any], Sequence[str]], ...] = (
        (at.order_id, wanted.order_ids),
        (at.status, wanted.statuses),
        (at.asin, wanted.asins),
        (at.store_id, wanted.store_ids),
    )
    found += [column.in_(values) for column, values in sets if values]
    bounds: tuple[tuple[ColumnElement[Any], Any, Any], ...] = (
        (_came_at(wanted), wanted.created_after, wanted.created_before),
        (at.updated_at, wanted.updated_after, wanted.updated_before),
        (at.starts_at, wanted.starts_after, wanted.starts_before),
        (at.day, wanted.first_day, wanted.last_day),
    )
    for column, low, high in bounds:
        found += [column >= low] if low is not None else []
        found += [column <= high] if high is not None else []
    links = ((SKILL, wanted.skills), (GOODS, wanted.product_order_ids), (PARCEL, wanted.tracking_ids))
    return found + [at.job_id.in_(_linked(unit, kind, values)) for kind, values in links if values]


def _linked(unit: UnitOfWork, kind: str, values: Sequence[str]) -> Select[Any]:
    links = service_job_links.c
    return select(links.job_id).where(links.seller_id == unit.seller_id, links.kind == kind, links.value.in_(values))
