"""What others may ask of jobs, and of those who do them."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.market.appointments.areas import area_of_skus, is_in
from sellingpartner.market.appointments.capacity import Capacity, CapacityKind, capacity_of
from sellingpartner.market.appointments.listing import JobFilter, JobPage, Key, page_of_jobs
from sellingpartner.market.appointments.model import Job, ResourceKind
from sellingpartner.market.appointments.refusals import InvalidParameters
from sellingpartner.market.appointments.resources import resource_if_there, resource_of, resources_in
from sellingpartner.market.appointments.rules import rules
from sellingpartner.market.appointments.slots import Slot, slots_of
from sellingpartner.market.appointments.steps import Level, Steps
from sellingpartner.market.appointments.store import job_of, jobs_of_order
from sellingpartner.market.services.questions import offering_of_asin, offerings_in
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "Capacity",
    "CapacityKind",
    "Job",
    "JobFilter",
    "JobPage",
    "Key",
    "Level",
    "Slot",
    "Steps",
    "area_of_skus",
    "capacity_of",
    "is_in",
    "job_of",
    "jobs_of_order",
    "offerings_in",
    "page_of_jobs",
    "resource_if_there",
    "resource_of",
    "resources_in",
    "rules",
    "slots_for_job",
    "slots_for_product",
]


def slots_for_job(unit: UnitOfWork, job: Job, begin: datetime, end: datetime) -> list[Slot]:
    """When a job could have an appointment."""
    return slots_of(unit, resource_of(unit, job.store_id), job.minutes, job.scheduling, begin, end)


def slots_for_product(
    unit: UnitOfWork, asin: str, store_id: str, marketplace_id: str, begin: datetime, end: datetime
) -> tuple[str, list[Slot]]:
    """How slots of a service in a store's area are made, and when it could have one; raises `InvalidParameters`."""
    offering = offering_of_asin(unit, asin, marketplace_id)
    if offering is None:
        raise InvalidParameters("asin", is_missing=True, why=f"The seller offers no service {asin[:20]!r} there.")
    store = resource_if_there(unit, store_id) if store_id in offering.store_ids else None
    if store is None or store.kind is not ResourceKind.STORE:
        why = f"The service is offered by {', '.join(offering.store_ids)}."
        raise InvalidParameters("storeId", is_missing=True, why=why)
    return offering.scheduling.value, slots_of(unit, store, offering.minutes, offering.scheduling, begin, end)
