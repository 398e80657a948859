"""Orders to be shipped, taxed or invoiced: what the seller ships itself, with whom and where it goes to.

A report of some time is about the orders that could be fulfilled since then, not about those that were placed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.lifecycle import SHIPPABLE, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, orders_like
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_lines import CELLS, lines_of
from sellingpartner.market.reports.families.orders.order_messages import order_messages
from sellingpartner.market.reports.families.orders.order_walks import changed_since
from sellingpartner.market.reports.kinds import Empty, Rows, Tree, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.storage.unit import UnitOfWork

_BY_SELLER = (FulfillmentChannel.MFN.value,)
_LOOKS_BACK = timedelta(days=38)
_PERIOD = Window(oldest_days=60, default_days=60)
_KEPT_DAYS = 30
_SHIPPING, _TAX, _INVOICING = (f"ORDER_REPORT_DATA_{purpose}" for purpose in ("SHIPPING", "TAX", "INVOICING"))
_AFTER = "ship-phone-number"


@report("GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING", empty=Empty.CANCELLED, days_kept=_KEPT_DAYS)
def unshipped(unit: UnitOfWork, asked: Asked) -> Rows:
    """What waits to be shipped, of the orders of the last 38 days; of services nothing does."""
    wanted = OrderFilter(
        after=asked.at - _LOOKS_BACK,
        marketplace_ids=asked.marketplace_ids,
        statuses=tuple(status.value for status in SHIPPABLE),
        channels=_BY_SELLER,
    )
    lines = lines_of(orders_like(unit, wanted), asked.at)
    return table(
        _columns("unshipped", asked),
        (line for line in lines if line.item.unshipped and not line.order.is_service),
        CELLS,
    )


@report(f"GET_FLAT_FILE_{_SHIPPING}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_SHIPPING)
def to_ship(unit: UnitOfWork, asked: Asked) -> Rows:
    """Orders that could be shipped since some time."""
    return table(_columns("order_report", asked), lines_of(_fulfillable(unit, asked), asked.at), CELLS)


@report(f"GET_FLAT_FILE_{_TAX}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_TAX)
@report(f"GET_FLAT_FILE_{_INVOICING}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_INVOICING)
def to_tax(unit: UnitOfWork, asked: Asked) -> Rows:
    """The same, with where bills go to.

    Assumed: the files for taxes and for invoices are that for shipping with a buyer's address for bills; what else
    they may have at their end nobody has written down.
    """
    base = list(_columns("order_report", asked))
    place = base.index(_AFTER) + 1
    columns = (*base[:place], *columns_of("orders/orders.toml", "billing"), *base[place:])
    return table(columns, lines_of(_fulfillable(unit, asked), asked.at), CELLS)


@report(f"GET_{_SHIPPING}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_SHIPPING)
def messages_to_ship(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as messages."""
    return order_messages(unit, _fulfillable(unit, asked), asked, with_bills=False)


@report(f"GET_{_TAX}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_TAX)
@report(f"GET_{_INVOICING}", window=_PERIOD, empty=Empty.CANCELLED, days_kept=_KEPT_DAYS, slot=_INVOICING)
def messages_to_tax(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as messages, with where bills go to."""
    return order_messages(unit, _fulfillable(unit, asked), asked, with_bills=True)


def _columns(name: str, asked: Asked) -> tuple[str, ...]:
    return columns_of("orders/orders.toml", name, MARKETPLACES[asked.marketplace_id].country_code)


def _fulfillable(unit: UnitOfWork, asked: Asked) -> Iterator[Order]:
    """The orders that were paid in a report's time.

    Assumed: one that was canceled since then is left out, as nothing shows where it was to go.
    """
    for order in changed_since(unit, asked, asked.start, channels=_BY_SELLER):
        if order.paid_at is None or order.status is OrderStatus.CANCELED:
            continue
        if asked.start <= order.paid_at < asked.end:
            yield order
