"""Services on an order's page: how the work that was ordered stands, and what became of its appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sellingpartner.market.appointments.model import Appointment, Job
from sellingpartner.market.appointments.questions import JobFilter, page_of_jobs
from sellingpartner.market.orders.model import Order
from sellingpartner.server.console.window.tables import Cell, code, moment
from sellingpartner.storage.unit import UnitOfWork

_OF_JOBS = ("Job", "Appointment", "Technicians")


class Visited(NamedTuple):
    """An appointment at the moment for which it was made."""

    at: datetime
    more: str


def jobs_of(unit: UnitOfWork, order: Order) -> list[Job]:
    """What is to be done for an order; nothing for goods."""
    if not order.is_service:
        return []
    wanted = JobFilter(marketplace_id=order.marketplace_id, order_ids=(order.order_id,))
    return page_of_jobs(unit, wanted, len(order.items)).jobs


def moments_of(jobs: Iterable[Job]) -> Iterator[datetime | None]:
    """When something may have happened to jobs."""
    for job in jobs:
        yield from (job.created_at, job.updated_at, *job.changed_at)
        yield from (one.called_off_at for one in job.appointments)


def is_of_jobs(kind: str) -> bool:
    """Whether a kind of fact is about jobs."""
    return kind.startswith(_OF_JOBS)


def said_of(values: Mapping[str, Any]) -> list[str]:
    """What a fact about a job says besides its kind, and besides what facts about orders say as well."""
    said = []
    if "starts_at" in values:
        starts_at = datetime.fromisoformat(values["starts_at"])
        said.append(
            f"for {starts_at:%Y-%m-%d %H:%M} UTC, {values['minutes']} minutes, by the {values['said_by'].lower()}"
        )
    if "resource_ids" in values:
        said.append(", ".join(values["resource_ids"]) or "nobody")
    if values.get("documents"):
        said.append(f"{values['documents']} proofs")
    return said


def visits(jobs: Iterable[Job]) -> Iterator[Visited]:
    """The appointments whose time came, or is to come: not those that were moved or called off before."""
    for job in jobs:
        for one in job.appointments:
            if one.called_off_at is None or one.called_off_at >= one.window.starts_at:
                yield Visited(one.window.starts_at, f"{_how(one)}, store {job.store_id}")


def facts_of(job: Job) -> Iterator[tuple[str, Cell]]:
    """How a job stands."""
    because = f": {job.ended_because}" if job.ended_because else ""
    yield "Job", code(job.job_id, below=f"{job.status.value.replace('_', ' ').capitalize()}{because}")
    yield "Done by", Cell(f"store {job.store_id}")
    planned = job.planned
    if planned is None:
        yield "Appointment", Cell("none", below="" if job.is_over else "The seller sets one, or the buyer books.")
    else:
        at = moment(planned.window.starts_at)
        yield "Appointment", Cell(at=at.at, below=_how(planned))


def _how(appointment: Appointment) -> str:
    return ", ".join((f"{appointment.window.minutes} minutes", *appointment.technicians))
