"""`spapi order return`, `receive`, `refund`: what buyers send back, and what they get back for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line
from sellingpartner.cli.words.quantities import quantities_of
from sellingpartner.contract.market_v1 import (
    AskReturn,
    ListReturns,
    OrderRefund,
    OrderReturn,
    ReceiveReturn,
    RefundOrder,
    ReturnCondition,
    SendReturn,
    UnitsOfSku,
)

Condition = Literal["SELLABLE", "CUSTOMER_DAMAGED", "CARRIER_DAMAGED", "DEFECTIVE"]


def add_to(app: App) -> None:
    """Put the commands into the group of orders."""
    app.command(ask, name="return")
    app.command(send, name="send-return")
    app.command(receive, name="receive-return")
    app.command(refund)
    app.command(show, name="returns")


def ask(
    order: str,
    *,
    sku: Annotated[tuple[str, ...], SEVERAL] = (),
    quantity: Annotated[tuple[int, ...], SEVERAL] = (),
    reason: str = "NoLongerNeeded",
    by_itself: Annotated[bool, FLAG] = False,
    late: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Let a buyer ask to send back what has arrived.

    Args:
        order: The order's id.
        sku: A SKU; repeat it for more. All that has arrived unless said.
        quantity: How many, in the order of the SKUs; 1 unless said.
        reason: Why.
        by_itself: The buyer sends it and it arrives, within days of market time.
        late: Allow it though the time to send it back is over.
        to: Which market.
    """
    to = to or Connection()
    wanted = _lines(sku, quantity)
    asked = AskReturn(order_id=order, lines=wanted, reason=reason, comes_by_itself=by_itself, is_late=late)
    _show_return(to, to.send(asked))


def send(order: str, return_id: str, *, to: Connection | None = None) -> None:
    """Let a buyer hand a return over to a carrier.

    Args:
        order: The order's id.
        return_id: The return's id.
        to: Which market.
    """
    to = to or Connection()
    _show_return(to, to.send(SendReturn(order_id=order, return_id=return_id)))


def receive(order: str, return_id: str, *, condition: Condition = "SELLABLE", to: Connection | None = None) -> None:
    """Let a return come, so that its units are in stock again.

    Args:
        order: The order's id.
        return_id: The return's id.
        condition: In which condition it comes; only sellable units are for sale again.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ReceiveReturn(order_id=order, return_id=return_id, condition=ReturnCondition(condition)))
    _show_return(to, answer)


def refund(
    order: str,
    *,
    return_id: str | None = None,
    sku: Annotated[tuple[str, ...], SEVERAL] = (),
    quantity: Annotated[tuple[int, ...], SEVERAL] = (),
    amount: Decimal | None = None,
    reason: str = "CustomerReturn",
    to: Connection | None = None,
) -> None:
    """Give a buyer money back: all that has shipped, a return, some units, or a part of a price.

    Args:
        order: The order's id.
        return_id: The return that it is for.
        sku: A SKU; repeat it for more.
        quantity: How many, in the order of the SKUs; 1 unless said.
        amount: A part of the price of one SKU, such as 3.50.
        reason: Why.
        to: Which market.
    """
    to = to or Connection()
    request = RefundOrder(
        order_id=order, return_id=return_id, lines=_lines(sku, quantity), amount=amount, reason=reason
    )
    _show_refund(to, to.send(request))


def show(order: str, *, to: Connection | None = None) -> None:
    """Show the returns and the refunds of an order.

    Args:
        order: The order's id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListReturns(order_id=order))
    if to.json:
        print_json(answer)
        return
    if not answer.returns and not answer.refunds:
        print_line("Nothing was sent back or refunded.")
    for sent_back in answer.returns:
        _show_return(to, sent_back)
    for given in answer.refunds:
        _show_refund(to, given)


def _lines(skus: tuple[str, ...], quantities: tuple[int, ...]) -> list[UnitsOfSku] | None:
    return [UnitsOfSku(sku=sku, quantity=units) for sku, units in quantities_of(skus, quantities)] or None


def _show_return(to: Connection, answer: OrderReturn) -> None:
    if to.json:
        print_json(answer)
        return
    condition = answer.condition
    print_facts(
        [
            ("Return", answer.return_id),
            ("Status", answer.status if condition is None else f"{answer.status}, {condition.value}"),
            ("Lines", [f"{line.quantity} x {line.sku}" for line in answer.lines]),
            ("Reason", answer.reason),
            ("Order", answer.order_id),
        ]
    )


def _show_refund(to: Connection, answer: OrderRefund) -> None:
    if to.json:
        print_json(answer)
        return
    print_facts(
        [
            ("Refund", answer.refund_id),
            ("Total", f"{answer.total.amount} {answer.total.currency_code}"),
            ("Lines", [f"{line.quantity} x {line.sku}" for line in answer.lines]),
            ("Reason", answer.reason),
            ("Order", answer.order_id),
            *([("Return", answer.return_id)] if answer.return_id else []),
        ]
    )
