"""Orders by the time of their purchase or of their last update: searchOrders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_2026_01_01 import SearchOrders, SearchOrdersResponse
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.orders.questions import Key, OrderFilter, Sorted, page_of_orders
from sellingpartner.market.orders.reading.page_tokens import Continuation, opened, sealed
from sellingpartner.server.api.order_windows import end_of_list
from sellingpartner.server.api.orders_2026_01_01.asking import Asking
from sellingpartner.server.api.orders_2026_01_01.views import FULFILLED_BY, STATUSES, order_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

TOKEN_LIVES: Final = timedelta(hours=24)
_PURPOSE: Final = "searchOrders"
_MOST: Final = 100
_CREATED, _UPDATED = ("createdAfter", "createdBefore"), ("lastUpdatedAfter", "lastUpdatedBefore")


@handles(SearchOrders)
def search_orders(unit: UnitOfWork, request: SearchOrders, caller: Caller) -> SearchOrdersResponse:
    """List orders, a page at a time, with the parts that are asked for."""
    check_marketplaces(unit, unit.seller_id, request.marketplace_ids or ())
    wanted, after_key, limit = _asked_for(unit, request)
    page = page_of_orders(unit, wanted, after_key, limit)
    asking, now = Asking.by(caller, request.included_data), lambda: unit.now
    token = _next_token(unit, wanted, page.next_key, limit)
    return SearchOrdersResponse(
        orders=[order_view(asking.of(order), now=now) for order in page.kept],
        pagination=None if token is None else v2026.Pagination(next_token=token),
        created_before=wanted.before if wanted.by is Sorted.BY_PURCHASE else None,
        last_updated_before=wanted.before if wanted.by is Sorted.BY_UPDATE else None,
    )


def _asked_for(unit: UnitOfWork, request: SearchOrders) -> tuple[OrderFilter, Key | None, int]:
    """The list, where it goes on, and the size of a page."""
    limit = _limit_of(request)
    if request.pagination_token is None:
        return _filter_of(unit, request), None, limit or _MOST
    begun = opened(unit, request.pagination_token, purpose=_PURPOSE, name="paginationToken")
    if begun.sealed_at is None or unit.now >= begun.sealed_at + TOKEN_LIVES:
        message = "paginationToken is older than 24 hours; begin the list anew."
        raise InvalidInput(message)
    _check_unchanged(request, begun.wanted)
    return begun.wanted, (begun.after_date, begun.after_order_id), limit or begun.limit


def _next_token(unit: UnitOfWork, wanted: OrderFilter, next_key: Key | None, limit: int) -> str | None:
    if next_key is None:
        return None
    after_date, after_order_id = next_key
    continuation = Continuation(
        purpose=_PURPOSE,
        wanted=wanted,
        after_date=after_date,
        after_order_id=after_order_id,
        limit=limit,
        sealed_at=unit.now,
    )
    return sealed(unit, continuation)


def _limit_of(request: SearchOrders) -> int | None:
    limit = request.max_results_per_page
    if limit is not None and not 1 <= limit <= _MOST:
        message = f"maxResultsPerPage is {limit}; it must be 1 to {_MOST}."
        raise InvalidInput(message)
    return limit


def _filter_of(unit: UnitOfWork, request: SearchOrders) -> OrderFilter:
    """The orders that a request asks for, with the end of the list fixed."""
    by_purchase = request.created_after is not None
    if by_purchase == (request.last_updated_after is not None):
        message = "Exactly one of createdAfter and lastUpdatedAfter must be given."
        raise InvalidInput(message)
    if by_purchase:
        _refuse(request.last_updated_before, "lastUpdatedBefore cannot be given with createdAfter.")
        by, names, begins, ends = Sorted.BY_PURCHASE, _CREATED, request.created_after, request.created_before
    else:
        _refuse(request.created_before, "createdBefore cannot be given with lastUpdatedAfter.")
        by, names = Sorted.BY_UPDATE, _UPDATED
        begins, ends = request.last_updated_after, request.last_updated_before
    return OrderFilter(
        by=by,
        after=begins,
        before=end_of_list(unit, names, begins, ends),
        marketplace_ids=_sorted(request.marketplace_ids),
        statuses=_statuses(request),
        channels=_channels(request),
    )


def _refuse(given: object, message: str) -> None:
    if given is not None:
        raise InvalidInput(message)


def _check_unchanged(request: SearchOrders, begun: OrderFilter) -> None:
    """A token goes on with the list that it is of.

    Assumed: a parameter of searchOrders that differs from that of the page before is refused; one that is left out is
    as it was.
    """
    is_created = begun.by is Sorted.BY_PURCHASE
    same: dict[str, tuple[object, object]] = {
        "createdAfter": (request.created_after, begun.after if is_created else None),
        "createdBefore": (request.created_before, begun.before if is_created else None),
        "lastUpdatedAfter": (request.last_updated_after, None if is_created else begun.after),
        "lastUpdatedBefore": (request.last_updated_before, None if is_created else begun.before),
        "marketplaceIds": (_sorted(request.marketplace_ids) or None, begun.marketplace_ids),
        "fulfillmentStatuses": (_statuses(request) or None, begun.statuses),
        "fulfilledBy": (_channels(request) or None, begun.channels),
    }
    for name, (given, before) in same.items():
        if given is not None and given != before:
            message = f"{name} is not that of the page before; only maxResultsPerPage and includedData may change."
            raise InvalidInput(message)


def _statuses(request: SearchOrders) -> tuple[str, ...]:
    wanted = set(request.fulfillment_statuses or ())
    return tuple(ours.value for ours, theirs in STATUSES.items() if theirs in wanted)


def _channels(request: SearchOrders) -> tuple[str, ...]:
    wanted = set(request.fulfilled_by or ())
    return tuple(ours.value for ours, theirs in FULFILLED_BY.items() if theirs in wanted)


def _sorted(names: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(set(names or ())))
