"""Financial events, in three lists: of a time, of an order, of a group."""

from __future__ import annotations

import re
from datetime import timedelta

from sellingpartner.contract import finances_v0 as v0
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.finances_v0 import (
    ListFinancialEvents,
    ListFinancialEventsByGroupId,
    ListFinancialEventsByOrderId,
    ListFinancialEventsResponse,
)
from sellingpartner.market.money.finances.events import EventFilter, EventPage, page_of_events
from sellingpartner.market.money.ledger.questions import period_by_group
from sellingpartner.server.api.finances_v0.views import financial_events
from sellingpartner.server.api.money_pages import Pager
from sellingpartner.server.api.money_windows import LONGEST, TWO_MINUTES, Window, window_of
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST = 100
_KEPT_FOR = timedelta(days=2 * 365)
_ORDER_ID = re.compile(r"(?:[0-9]{3}|S01)-[0-9]{7}-[0-9]{7}")
_POSTED = ("PostedAfter", "PostedBefore")

_of_time = Pager("listFinancialEvents", EventFilter, "NextToken")
_of_order = Pager("listFinancialEventsByOrderId", EventFilter, "NextToken")
_of_group = Pager("listFinancialEventsByGroupId", EventFilter, "NextToken")


@handles(ListFinancialEvents)
def list_financial_events(unit: UnitOfWork, request: ListFinancialEvents) -> ListFinancialEventsResponse:
    """List what was posted in a time.

    Assumed: without PostedAfter, listFinancialEvents goes through the last 180 days.
    """
    asked = (request.posted_after, request.posted_before)
    if request.next_token is not None:
        return _next(unit, _of_time, request.next_token, asked, request.max_results_per_page)
    window = window_of(unit, _POSTED, *asked)
    if window.is_empty:
        return _answer(unit, EventPage(), None)
    after = window.after or window.before - LONGEST
    wanted = EventFilter(after=after, before=window.before)
    return _first(unit, _of_time, wanted, asked, request.max_results_per_page)


@handles(ListFinancialEventsByOrderId)
def list_financial_events_by_order_id(
    unit: UnitOfWork, request: ListFinancialEventsByOrderId
) -> ListFinancialEventsResponse:
    """List what one order caused; of an order that nobody knows, nothing.

    Assumed: of another seller's order, or of none, listFinancialEventsByOrderId finds no events.
    """
    if _ORDER_ID.fullmatch(request.order_id) is None:
        message = f"orderId is {request.order_id!r}; it must be an Amazon order id, such as 123-1234567-1234567."
        raise InvalidInput(message)
    asked = (request.order_id,)
    if request.next_token is not None:
        return _next(unit, _of_order, request.next_token, asked, request.max_results_per_page)
    wanted = EventFilter(order_id=request.order_id, before=unit.now - TWO_MINUTES)
    return _first(unit, _of_order, wanted, asked, request.max_results_per_page)


@handles(ListFinancialEventsByGroupId)
def list_financial_events_by_group_id(
    unit: UnitOfWork, request: ListFinancialEventsByGroupId
) -> ListFinancialEventsResponse:
    """List what settles together in one group; a group older than two years has nothing any more.

    Assumed: for a group that does not exist listFinancialEventsByGroupId answers 404.
    """
    period = period_by_group(unit, request.event_group_id)
    if period is None:
        message = f"There is no financial event group {request.event_group_id}."
        raise NotFound(message)
    times = (request.posted_after, request.posted_before)
    asked = (request.event_group_id, *times)
    if request.next_token is not None:
        return _next(unit, _of_group, request.next_token, asked, request.max_results_per_page)
    window: Window = window_of(unit, _POSTED, *times)
    if window.is_empty or period.ends_at < unit.now - _KEPT_FOR:
        return _answer(unit, EventPage(), None)
    wanted = EventFilter(period_id=period.period_id, after=window.after, before=window.before)
    return _first(unit, _of_group, wanted, asked, request.max_results_per_page)


def _first(
    unit: UnitOfWork, pager: Pager[EventFilter], wanted: EventFilter, asked: tuple[object, ...], limit: int | None
) -> ListFinancialEventsResponse:
    page = page_of_events(unit, wanted, None, limit or _MOST)
    return _answer(unit, page, pager.token(unit, wanted, asked, page.next_key))


def _next(
    unit: UnitOfWork, pager: Pager[EventFilter], token: str, asked: tuple[object, ...], limit: int | None
) -> ListFinancialEventsResponse:
    begun = pager.opened(unit, token, asked)
    page = page_of_events(unit, begun.wanted, begun.after, limit or _MOST)
    return _answer(unit, page, pager.token(unit, begun.wanted, asked, page.next_key))


def _answer(unit: UnitOfWork, page: EventPage, next_token: str | None) -> ListFinancialEventsResponse:
    return ListFinancialEventsResponse(
        payload=v0.ListFinancialEventsPayload(
            financial_events=financial_events(unit, page.events), next_token=next_token
        )
    )
