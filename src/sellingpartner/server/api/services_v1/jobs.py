"""Jobs: read, listed, done and canceled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sellingpartner.contract import services_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.questions import JobFilter, Key, job_of, page_of_jobs
from sellingpartner.market.appointments.refusals import InvalidParameters
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.api.services_v1.reading import bound_of, day_of
from sellingpartner.server.api.services_v1.views import shown
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"services getServiceJobs "
_PAGE = 20


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    """Which list goes on, after which key, and whether back."""

    wanted: JobFilter
    created_at: datetime | None
    status: str
    job_id: str
    is_back: bool


_decoder = msgspec.json.Decoder(_Continuation)


@handles(v1.GetServiceJobByServiceJobId)
def get_service_job_by_service_job_id(
    unit: UnitOfWork, request: v1.GetServiceJobByServiceJobId
) -> v1.GetServiceJobByServiceJobIdResponse:
    """Show a job."""
    (found,) = shown(unit, [job_of(unit, request.service_job_id)])
    return v1.GetServiceJobByServiceJobIdResponse(payload=found)


@handles(v1.CancelServiceJobByServiceJobId)
def cancel_service_job_by_service_job_id(
    unit: UnitOfWork, request: v1.CancelServiceJobByServiceJobId
) -> v1.CancelServiceJobByServiceJobIdResponse:
    """Let the seller cancel a job."""
    commands.cancel(unit, request.service_job_id, by=Canceler.SELLER, reason=request.cancellation_reason_code)
    return v1.CancelServiceJobByServiceJobIdResponse()


@handles(v1.CompleteServiceJobByServiceJobId)
def complete_service_job_by_service_job_id(
    unit: UnitOfWork, request: v1.CompleteServiceJobByServiceJobId
) -> v1.CompleteServiceJobByServiceJobIdResponse:
    """Let a job be done."""
    commands.complete(unit, request.service_job_id)
    return v1.CompleteServiceJobByServiceJobIdResponse()


@handles(v1.GetServiceJobs)
def get_service_jobs(unit: UnitOfWork, request: v1.GetServiceJobs) -> v1.GetServiceJobsResponse:
    """Go through jobs, the latest first unless said.

    Assumed: JOB_DATE is when a job came of its order; a bare date as the bound of a schedule is a day by the clocks of
    each job's store. With a page token come the same arguments, or the marketplace alone.
    """
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids)
    here = _opened(unit, request)
    wanted = _wanted(request) if here is None else here.wanted
    key = None if here is None else _key_of(here)
    page = page_of_jobs(unit, wanted, request.page_size or _PAGE, key, is_back=here is not None and here.is_back)
    return v1.GetServiceJobsResponse(
        payload=v1.JobListing(
            total_result_size=page.total,
            next_page_token=_token(unit, wanted, page.next_key, is_back=False),
            previous_page_token=_token(unit, wanted, page.previous_key, is_back=True),
            jobs=shown(unit, page.jobs),
        )
    )


def _wanted(request: v1.GetServiceJobs) -> JobFilter:
    if (request.created_after is None) is (request.last_updated_after is None):
        either = "exactly one of createdAfter and lastUpdatedAfter is required."
        raise InvalidParameters("createdAfter", "lastUpdatedAfter", is_missing=True, why=either)
    first, last = day_of(request.schedule_start_date), day_of(request.schedule_end_date)
    starts_after = bound_of("scheduleStartDate", request.schedule_start_date)
    starts_before = bound_of("scheduleEndDate", request.schedule_end_date)
    if starts_after is not None and starts_before is not None and starts_before < starts_after:
        message = "scheduleEndDate should not be earlier than scheduleStartDate"
        raise InvalidInput(message)
    return JobFilter(
        marketplace_id=request.marketplace_ids[0],
        order_ids=_texts(request.service_order_ids),
        product_order_ids=_texts(request.product_order_ids),
        tracking_ids=_texts(request.tracking_ids),
        statuses=_texts(request.service_job_status),
        created_after=bound_of("createdAfter", request.created_after),
        created_before=bound_of("createdBefore", request.created_before),
        updated_after=bound_of("lastUpdatedAfter", request.last_updated_after),
        updated_before=bound_of("lastUpdatedBefore", request.last_updated_before),
        starts_after=None if first else starts_after,
        starts_before=None if last else starts_before,
        first_day=first,
        last_day=last,
        asins=_texts(request.asins),
        skills=_texts(request.required_skills),
        store_ids=_texts(request.store_ids),
        by_status=request.sort_field is v1.SortField.JOB_STATUS,
        is_ascending=request.sort_order is v1.SortOrder.ASC,
    )


def _texts(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(str(one) for one in values or ())


def _opened(unit: UnitOfWork, request: v1.GetServiceJobs) -> _Continuation | None:
    if request.page_token is None:
        return None
    found = unsealed_as(unit, request.page_token, _decoder, purpose=_PURPOSE)
    says_more = request.created_after is not None or request.last_updated_after is not None
    if (
        found is None
        or found.wanted.marketplace_id != request.marketplace_ids[0]
        or (says_more and found.wanted != _wanted(request))
    ):
        why = "Pass the token of the page beside it, with the same arguments."
        raise InvalidParameters("pageToken", is_missing=True, why=why)
    return found


def _key_of(here: _Continuation) -> Key:
    return (here.status if here.created_at is None else here.created_at, here.job_id)


def _token(unit: UnitOfWork, wanted: JobFilter, key: Key | None, *, is_back: bool) -> str | None:
    if key is None:
        return None
    place, job_id = key
    created_at, status = (None, place) if isinstance(place, str) else (place, "")
    content = msgspec.json.encode(_Continuation(wanted, created_at, status, job_id, is_back))
    return sealed(unit, content, purpose=_PURPOSE)
