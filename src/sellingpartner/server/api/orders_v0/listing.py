"""The list of a seller's orders: getOrders."""

from __future__ import annotations

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrders, GetOrdersResponse
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.orders.questions import Key, OrderFilter, Sorted, page_of_orders
from sellingpartner.market.orders.reading.page_tokens import Continuation, opened, sealed
from sellingpartner.server.api.orders_v0.filters import filter_of, limit_of
from sellingpartner.server.api.orders_v0.reading import opened_by, store_names
from sellingpartner.server.api.orders_v0.views import date_text, order_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = "getOrders"
_MOST = 100


@handles(GetOrders)
def get_orders(unit: UnitOfWork, request: GetOrders, caller: Caller) -> GetOrdersResponse:
    """List orders by the time of their purchase or of their last update, a page at a time."""
    if not request.marketplace_ids:
        message = "MarketplaceIds is empty; name at least one marketplace."
        raise InvalidInput(message)
    entered = store_names(unit, including=request.marketplace_ids)
    wanted, after_key, limit = _asked_for(unit, request)
    page = page_of_orders(unit, wanted, after_key, limit)
    elements, now, names = opened_by(caller), lambda: unit.now, lambda: entered
    end = None if wanted.before is None else date_text(wanted.before)
    return GetOrdersResponse(
        payload=v0.OrdersList(
            orders=[order_view(order, elements, now=now, store_names=names) for order in page.kept],
            next_token=_next_token(unit, wanted, page.next_key, limit),
            created_before=end if wanted.by is Sorted.BY_PURCHASE else None,
            last_updated_before=end if wanted.by is Sorted.BY_UPDATE else None,
        )
    )


def _asked_for(unit: UnitOfWork, request: GetOrders) -> tuple[OrderFilter, Key | None, int]:
    """The list, where it goes on, and the size of a page. A token brings its filters; those beside it do not count."""
    if request.next_token is None:
        return filter_of(unit, request), None, limit_of(request, default=_MOST)
    begun = opened(unit, request.next_token, purpose=_PURPOSE, name="NextToken")
    return begun.wanted, (begun.after_date, begun.after_order_id), limit_of(request, default=begun.limit)


def _next_token(unit: UnitOfWork, wanted: OrderFilter, next_key: Key | None, limit: int) -> str | None:
    if next_key is None:
        return None
    after_date, after_order_id = next_key
    continuation = Continuation(
        purpose=_PURPOSE, wanted=wanted, after_date=after_date, after_order_id=after_order_id, limit=limit
    )
    return sealed(unit, continuation)
