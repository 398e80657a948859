"""What happens to orders: they are placed, paid, shipped, delivered, picked up, judged, canceled and returned."""

from __future__ import annotations

from sellingpartner.market.orders.canceling import cancel, declare_unfulfillable, request_cancellation
from sellingpartner.market.orders.fulfilling.pickups import update_pickup
from sellingpartner.market.orders.fulfilling.shipping import (
    confirm_invoice,
    confirm_shipment,
    deliver,
    hold_for_invoice,
    perform,
    release_invoiced,
    ship,
    track,
)
from sellingpartner.market.orders.placing.moving import move_to_source
from sellingpartner.market.orders.placing.paying import fail_payment, pay, release_preorder
from sellingpartner.market.orders.placing.placing import place
from sellingpartner.market.orders.placing.reviewing import judge
from sellingpartner.market.orders.purchase import InvoiceStatus
from sellingpartner.market.orders.returning.returning import (
    ask_return,
    expect_return,
    receive_return,
    refund,
    refund_amounts,
    refund_part,
    send_return,
)
from sellingpartner.market.orders.returns import left_to_return
from sellingpartner.market.orders.store import load_order, save_order, save_seller_order_id
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "ask_return",
    "cancel",
    "confirm_invoice",
    "confirm_shipment",
    "declare_unfulfillable",
    "deliver",
    "expect_return",
    "fail_payment",
    "hold_for_invoice",
    "judge",
    "left_to_return",
    "load_order",
    "move_to_source",
    "pay",
    "perform",
    "place",
    "receive_return",
    "refund",
    "refund_amounts",
    "refund_part",
    "release_invoiced",
    "release_preorder",
    "request_cancellation",
    "send_return",
    "set_easy_ship_status",
    "set_invoice_status",
    "set_seller_order_id",
    "ship",
    "track",
    "update_pickup",
]


def set_seller_order_id(unit: UnitOfWork, order_id: str, seller_order_id: str) -> None:
    """Give an order the seller's own number, as an order acknowledgement does."""
    order = load_order(unit, order_id)
    order.seller_order_id = seller_order_id
    save_seller_order_id(unit, order)


def set_easy_ship_status(unit: UnitOfWork, order_id: str, status: str | None) -> None:
    """Show where the Easy Ship package of an order is, or that it has none; what is possible is decided above."""
    order = load_order(unit, order_id)
    order.easy_ship_status = status
    save_order(unit, order)


def set_invoice_status(unit: UnitOfWork, order_id: str, status: InvoiceStatus) -> None:
    """Show where the electronic invoice of an order stands; the invoicing context decides what is possible."""
    order = load_order(unit, order_id)
    order.invoice_status = status
    save_order(unit, order)
