"""One order: getOrder."""

from __future__ import annotations

from sellingpartner.contract.orders_2026_01_01 import GetOrder, GetOrderResponse
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.orders.questions import kept_order
from sellingpartner.server.api.orders_2026_01_01.asking import Asking
from sellingpartner.server.api.orders_2026_01_01.views import order_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetOrder)
def get_order(unit: UnitOfWork, request: GetOrder, caller: Caller) -> GetOrderResponse:
    """Show one order, from the moment it was placed."""
    asking = Asking.by(caller, request.included_data)
    order = kept_order(unit, request.order_id)
    return GetOrderResponse(order=order_view(asking.of(order), now=lambda: unit.now))
