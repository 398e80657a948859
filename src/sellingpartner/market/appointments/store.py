"""Jobs to rows and back."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from sellingpartner.market.appointments.model import Job
from sellingpartner.market.appointments.refusals import JobNotFound, NoSuchJob
from sellingpartner.market.appointments.resources import resource_of
from sellingpartner.market.appointments.tables import service_job_links, service_jobs
from sellingpartner.storage.document_rows import DocumentRows
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

SKILL, GOODS, PARCEL = "skill", "goods", "parcel"
"""By what jobs are found of which each may have several."""


_links = service_job_links.c
_jobs = DocumentRows(service_jobs, "job_id", Job, changes=("status", "updated_at", "starts_at", "day", "document"))
_for_goods = Question(
    select(_links.job_id).where(
        _links.seller_id == bindparam("of_seller"), _links.kind == GOODS, _links.value == bindparam("of_order")
    ),
    lambda job_id: job_id,
)
_link = Prepared(upsert(service_job_links, lambda offered: {"job_id": offered.job_id}))


def job_of(unit: UnitOfWork, job_id: str) -> Job:
    """A job to look at; raises `JobNotFound`."""
    found = _jobs.find(unit, job_id)
    if found is None:
        raise JobNotFound(job_id)
    return found


def job_to_change(unit: UnitOfWork, job_id: str, words: str = "No job exist with jobId : {}") -> Job:
    """A job that nobody else changes until the unit ends; raises `NoSuchJob`, in the words of the operation."""
    found = _jobs.hold(unit, job_id)
    if found is None:
        raise NoSuchJob(job_id, words)
    return found


def jobs_of_order(unit: UnitOfWork, order_id: str) -> list[Job]:
    """The jobs of an order, which nobody else changes until the unit ends."""
    return _jobs.alike(unit, "order_id", order_id, to_change=True)


def jobs_for_goods(unit: UnitOfWork, order_id: str) -> list[str]:
    """The ids of the jobs that something of an order of goods is for."""
    return _for_goods.all(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id})


def keep_job(unit: UnitOfWork, job: Job) -> None:
    """Keep a job, as updated now."""
    job.updated_at = unit.now
    if unit.now not in job.changed_at:
        job.changed_at = (*job.changed_at, unit.now)
    planned = job.planned
    starts_at = None if planned is None else planned.window.starts_at
    day = None if starts_at is None else f"{starts_at.astimezone(resource_of(unit, job.store_id).zone):%Y-%m-%d}"
    _jobs.put(
        unit,
        job_id=job.job_id,
        marketplace_id=job.marketplace_id,
        store_id=job.store_id,
        order_id=job.order_id,
        asin=job.asin,
        status=job.status.value,
        created_at=job.created_at,
        updated_at=job.updated_at,
        starts_at=starts_at,
        day=day,
        document=job,
    )


def link_job(unit: UnitOfWork, job_id: str, kind: str, *values: str) -> None:
    """Let a job be found by something."""
    rows = [{"seller_id": unit.seller_id, "kind": kind, "value": one, "job_id": job_id} for one in values]
    _link.run_many(unit.connection, rows)
