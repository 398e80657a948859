"""Jobs end: done, canceled by the seller, the buyer or the market, declined with a payment, or given up.

A job is done once its appointment has begun: then its order ships, and with that it is paid out. A job that ends
otherwise cancels its order, and an order that is canceled ends its jobs.
"""

from __future__ import annotations

from sellingpartner.market.appointments.capacity import unbook
from sellingpartner.market.appointments.lifecycle import JobStatus
from sellingpartner.market.appointments.model import Job
from sellingpartner.market.appointments.refusals import (
    JobNotFound,
    NoSuchJob,
    NotCancelable,
    WrongJobState,
    WrongReason,
)
from sellingpartner.market.appointments.rules import rules
from sellingpartner.market.appointments.store import job_of, job_to_change, jobs_of_order, keep_job
from sellingpartner.market.events.appointments import JobCanceled, JobCompleted, JobDeclined, JobGivenUp
from sellingpartner.market.events.orders import ItemsCanceled, OrderCanceled
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork, on

NOT_FOUND = "Job not found for jobId {}"
PAYMENT_DECLINED = "PaymentDeclined"


def complete(unit: UnitOfWork, job_id: str) -> None:
    """Have a job be done, and its order with it once all of its jobs are."""
    job = _held(unit, job_id, NOT_FOUND)
    active = job.active
    if job.status is not JobStatus.NOT_SERVICED or active is None:
        raise WrongJobState(job_id, job.status)
    # Assumed: a job cannot be done before its appointment begins.
    if active.window.starts_at > unit.now:
        begins = f"Its appointment begins at {active.window.starts_at:%Y-%m-%dT%H:%M:%SZ}."
        raise WrongJobState(job_id, job.status, begins)
    active.move(JobCompleted)
    job.move(JobCompleted)
    keep_job(unit, job)
    unit.emit(JobCompleted(job_id=job_id, order_id=job.order_id, appointment_id=active.appointment_id))
    orders.perform(unit, job.order_id, job.order_item_id)


def cancel(unit: UnitOfWork, job_id: str, *, by: Canceler, reason: str) -> None:
    """Cancel a job and what was ordered of it; raises if it is over, or its appointment has begun.

    Assumed: a job can be canceled until its appointment begins; what Amazon's limits are is not documented.
    """
    job = _held(unit, job_id, NOT_FOUND)
    if job.is_over:
        raise NotCancelable(job_id, job.status)
    known = rules().reasons.cancel
    if by is Canceler.SELLER and reason not in known:
        raise WrongReason(job_id, reason, known)
    if job.active is not None and job.active.window.starts_at <= unit.now:
        began = f"Its appointment began at {job.active.window.starts_at:%Y-%m-%dT%H:%M:%SZ}."
        raise NotCancelable(job_id, job.status, began)
    _end(unit, job, JobCanceled, reason)
    unit.emit(JobCanceled(job_id=job_id, order_id=job.order_id, canceled_by=by.value, reason=reason))
    _cancel_ordered(unit, job, by, reason)


def decline(unit: UnitOfWork, job_id: str) -> None:
    """Let the buyer's payment be declined before the job is done."""
    job = _held(unit, job_id)
    if job.is_over:
        raise WrongJobState(job_id, job.status)
    _end(unit, job, JobDeclined, PAYMENT_DECLINED)
    unit.emit(JobDeclined(job_id=job_id, order_id=job.order_id))
    _cancel_ordered(unit, job, Canceler.MARKET, PAYMENT_DECLINED)


def give_up(unit: UnitOfWork, job_id: str, reason: str) -> None:
    """Let a job be one about which nothing can be done."""
    job = _held(unit, job_id)
    if job.is_over:
        raise WrongJobState(job_id, job.status)
    _end(unit, job, JobGivenUp, reason)
    unit.emit(JobGivenUp(job_id=job_id, order_id=job.order_id, reason=reason))
    _cancel_ordered(unit, job, Canceler.MARKET, reason)


@on(OrderCanceled)
def end_with_the_order(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Cancel the jobs of an order that was canceled by other means."""
    if not order_of(unit, fact.order_id).is_service:
        return
    for job in jobs_of_order(unit, fact.order_id):
        if not job.is_over:
            _end_canceled(unit, job, fact)


@on(ItemsCanceled)
def end_with_the_item(unit: UnitOfWork, fact: ItemsCanceled) -> None:
    """Cancel the jobs of items of which nothing is left to do, and let others be of as many as are left."""
    order = order_of(unit, fact.order_id)
    if not order.is_service:
        return
    canceled = {line.order_item_id for line in fact.lines}
    for job in jobs_of_order(unit, fact.order_id):
        if job.is_over or job.order_item_id not in canceled:
            continue
        if left := order.item(job.order_item_id).held:
            job.quantity = left
            keep_job(unit, job)
        else:
            _end_canceled(unit, job, fact)


def _end_canceled(unit: UnitOfWork, job: Job, fact: OrderCanceled | ItemsCanceled) -> None:
    _end(unit, job, JobCanceled, fact.reason)
    unit.emit(JobCanceled(job_id=job.job_id, order_id=job.order_id, canceled_by=fact.canceled_by, reason=fact.reason))


def _held(unit: UnitOfWork, job_id: str, words: str = "No job exist with jobId : {}") -> Job:
    """A job to end. Its order is held first, as by whoever cancels the order: else two would wait for each other."""
    try:
        orders.load_order(unit, job_of(unit, job_id).order_id)
    except JobNotFound:
        raise NoSuchJob(job_id, words) from None
    return job_to_change(unit, job_id, words)


def _end(unit: UnitOfWork, job: Job, fact: type[JobCanceled | JobDeclined | JobGivenUp], reason: str) -> None:
    active = job.active
    if active is not None:
        active.move(fact)
        active.called_off_at = unit.now
        unbook(unit, active.appointment_id, (job.store_id, *active.technicians))
    job.move(fact)
    job.ended_because = reason
    keep_job(unit, job)


def _cancel_ordered(unit: UnitOfWork, job: Job, by: Canceler, reason: str) -> None:
    item = next(one for one in order_of(unit, job.order_id).items if one.order_item_id == job.order_item_id)
    orders.cancel(unit, job.order_id, by=by, reason=reason, quantities={job.order_item_id: item.unshipped})
