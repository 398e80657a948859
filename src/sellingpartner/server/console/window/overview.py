"""The first page of the market: its time, what a shop sold lately, its latest orders, and what went wrong last."""

from __future__ import annotations

from sellingpartner.market.accounts.calls import Wanted, found
from sellingpartner.market.orders.questions import Browsed, newest_orders
from sellingpartner.market.time.clock import Mode
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import orders, requests
from sellingpartner.server.console.window.looking import SHOP, Look, looking
from sellingpartner.server.console.window.money import sales_of
from sellingpartner.server.console.window.tables import Table
from sellingpartner.server.control.watching.requests import all_shown
from sellingpartner.server.gateway.http import HttpAnswer

_ORDERS, _CALLS = 8, 8


def show(visit: Visit) -> HttpAnswer:
    """The market at a glance."""
    look = looking(visit)
    visit.journal.flush()
    return look.page(
        "overview.html",
        filters=look.shop_filter(),
        sales=None if look.shop is None else sales_of(look),
        latest=None if look.shop is None else _orders(look),
        refused=_refused(look),
        is_live=visit.market.clock.mode is Mode.LIVE,
        orders_href=places.with_query(places.ORDERS, **{SHOP: look.shop_said}) if look.shop else places.ORDERS,
        refused_href=places.with_query(places.REQUESTS, which="refused"),
    )


def _orders(look: Look) -> Table:
    with look.reading() as unit:
        page = newest_orders(unit, Browsed(), limit=_ORDERS)
    return orders.table_of(look, page.orders)


def _refused(look: Look) -> Table:
    wanted = Wanted(seller_id=None if look.is_operator else look.seller_id, is_refused=True, without_api="console")
    with look.visit.market.read() as unit:
        calls, _ = found(unit, wanted, _CALLS)
        return requests.table_of("refused", f"Refused calls, the latest {_CALLS}", all_shown(unit, calls))
