"""What Amazon shows of an order and what it hides, by the order's state and marketplace: the same in every view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.taxes.collecting import Collection, collection_of, sale_of

Now = Callable[[], datetime]
"""Asks for the time, where a view depends on it."""

ADDRESSED = frozenset(
    {OrderStatus.UNSHIPPED, OrderStatus.PARTIALLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.INVOICE_UNCONFIRMED}
)
"""The states that show where an order goes."""

_UNPROMISED = frozenset({OrderStatus.PENDING_AVAILABILITY, OrderStatus.PENDING, OrderStatus.CANCELED})
_FOR_INVOICES = frozenset({OrderStatus.PENDING, OrderStatus.UNSHIPPED})
BRAZIL: Final = BY_COUNTRY["BR"].marketplace_id
TURKEY: Final = BY_COUNTRY["TR"].marketplace_id
_TAXED_BUYERS = frozenset(BY_COUNTRY[code].marketplace_id for code in ("BR", "MX", "IN"))

# Assumed: the number under which the marketplace pays European import tax (IOSS) is invented; only its form is real.
MARKETPLACE_IOSS: Final = "IM0000000001"
# Assumed: the marketplace's CNPJ, its tax registration in Brazil, is invented; only its form is real.
MARKETPLACE_CNPJ: Final = "00.000.000/0001-91"


def shows_total(order: Order) -> bool:
    """Whether the total is shown.

    Assumed: an order's total is hidden while it is unpaid (an example of a Pending order has none) and when it is
    canceled.
    """
    return not order.is_unpaid and order.status is not OrderStatus.CANCELED


def shown_amounts(order: Order, item: OrderItem) -> LineAmounts | None:
    """What an item costs; hidden while nobody has paid and of what was canceled."""
    return item.held_amounts if not order.is_unpaid and item.held else None


def promises_delivery(order: Order) -> bool:
    """Whether the end of the time of delivery is shown: of what the seller ships, once it is paid."""
    return order.channel is FulfillmentChannel.MFN and order.status not in _UNPROMISED


def may_be_called(order: Order, now: Now) -> bool:
    """No phone for what Amazon delivers, nor for what has shipped and should long be there."""
    if order.channel is not FulfillmentChannel.MFN:
        return False
    return order.status is not OrderStatus.SHIPPED or now() <= order.latest_delivery_at


def names_the_marketplaces_tax(order: Order) -> bool:
    """Whether an invoice must name the marketplace's tax registration: in Brazil, until the order has shipped."""
    return order.marketplace_id == BRAZIL and order.status in _FOR_INVOICES


def has_taxed_buyer(order: Order) -> bool:
    """Whether a business buyer's tax registrations belong to the order."""
    return order.is_business and order.buyer.tax is not None and order.marketplace_id in _TAXED_BUYERS


def collected(order: Order) -> Collection | None:
    """By which rule the marketplace collects the tax of an order, so that the seller need not."""
    return collection_of(sale_of(order))
