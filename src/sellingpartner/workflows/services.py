"""Which orders are of services: of those no package leaves, and Orders shows them like orders of goods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from sellingpartner.batched import batched
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.orders_2026_01_01 import FulfilledBy, Order
from sellingpartner.contract.services_v1 import GetServiceJobs
from sellingpartner.workflows.orders import units_left
from sellingpartner.workflows.steps import Steps, ask

_AT_ONCE = 20
"""The most orders that `getServiceJobs` takes at once, and the most jobs of a page."""
_BEFORE = timedelta(minutes=1)


def orders_of_services(orders: Sequence[Order]) -> Steps[frozenset[str]]:
    """The ids of those that have a job at Services; none where the application may not ask, as without its role."""
    by_place: dict[str, list[Order]] = {}
    for one in orders:
        is_amazons = one.fulfillment is not None and one.fulfillment.fulfilled_by == FulfilledBy.AMAZON
        if not is_amazons and units_left(one) and (place := one.sales_channel.marketplace_id):
            by_place.setdefault(place, []).append(one)
    found: set[str] = set()
    try:
        for place, there in by_place.items():
            for some in batched(there, _AT_ONCE):
                found |= yield from _with_jobs(place, some)
    except SellingPartnerError:
        return frozenset(found)  # goods do not wait for an API that most sellers have no use for
    return frozenset(found)


def _with_jobs(marketplace_id: str, orders: Sequence[Order]) -> Steps[set[str]]:
    since = min(one.created_time for one in orders) - _BEFORE  # a job comes of its order
    request = GetServiceJobs(
        marketplace_ids=[marketplace_id],
        service_order_ids=[one.order_id for one in orders],
        created_after=f"{since:%Y-%m-%dT%H:%M:%SZ}",
        page_size=_AT_ONCE,
    )
    found: set[str] = set()
    while True:
        listing = (yield from ask(request)).payload
        found |= {job.service_order_id for job in listing.jobs or () if job.service_order_id}
        if not listing.next_page_token:
            return found
        request = msgspec.structs.replace(request, page_token=listing.next_page_token)
