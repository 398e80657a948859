"""What buyers send back, and what they get back for it."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.orders import commands
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of, refunds_of, returns_of
from sellingpartner.market.orders.returns import Refund, Return
from sellingpartner.server.control.amounts import minor_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import seller_of_order


def list_returns(desk: Desk, request: v1.ListReturns) -> v1.OrderReturns:
    """List what of an order was sent back, and what was refunded."""
    with desk.market.read(seller_of_order(desk.market, request.order_id)) as unit:
        order = order_of(unit, request.order_id)
        return v1.OrderReturns(
            returns=[_return(order, one) for one in returns_of(unit, request.order_id)],
            refunds=[_refund(order, one) for one in refunds_of(unit, request.order_id)],
        )


def ask_return(desk: Desk, request: v1.AskReturn) -> v1.OrderReturn:
    """Let a buyer ask to send units of an order back."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        order = order_of(unit, request.order_id)
        wanted = _quantities(order, request.lines)
        if wanted is None:
            at = None if request.is_late else unit.now
            earlier = returns_of(unit, request.order_id)
            wanted = commands.left_to_return(order, earlier, at=at) or commands.left_to_return(order, earlier)
        asked = commands.ask_return(
            unit, request.order_id, quantities=wanted, reason=request.reason, is_late=request.is_late
        )
        if request.comes_by_itself:
            commands.expect_return(unit, asked)
        return _return(order, asked)


def send_return(desk: Desk, request: v1.SendReturn) -> v1.OrderReturn:
    """Let a buyer hand a return over to a carrier."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        sent = commands.send_return(unit, request.order_id, request.return_id)
        return _return(order_of(unit, request.order_id), sent)


def receive_return(desk: Desk, request: v1.ReceiveReturn) -> v1.OrderReturn:
    """Let a return come."""
    condition = Condition(request.condition.value)
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        received = commands.receive_return(unit, request.order_id, request.return_id, condition=condition)
        return _return(order_of(unit, request.order_id), received)


def refund_order(desk: Desk, request: v1.RefundOrder) -> v1.OrderRefund:
    """Give a buyer money back."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        order = order_of(unit, request.order_id)
        if request.amount is not None:
            given = commands.refund_part(
                unit,
                request.order_id,
                _only_item(order, request),
                minor_of("amount", request.amount, order.currency, least=1),
                reason=request.reason,
            )
        else:
            given = commands.refund(
                unit,
                request.order_id,
                reason=request.reason,
                quantities=_quantities(order, request.lines),
                return_id=request.return_id,
            )
        return _refund(order, given)


def _quantities(order: Order, lines: Sequence[v1.UnitsOfSku] | None) -> dict[str, int] | None:
    """How many units of which order item some lines name; each SKU stands once in an order."""
    if lines is None:
        return None
    quantities: dict[str, int] = {}
    for line in lines:
        item_id = _item_id(order, line.sku)
        quantities[item_id] = quantities.get(item_id, 0) + line.quantity
    return quantities


def _item_id(order: Order, sku: str) -> str:
    known = {item.sku: item.order_item_id for item in order.items}
    if sku not in known:
        message = f"Order {order.order_id} has no SKU {sku!r}; it has {', '.join(map(repr, known))}."
        raise InvalidInput(message)
    return known[sku]


def _only_item(order: Order, request: v1.RefundOrder) -> str:
    lines = request.lines
    if (
        request.return_id is not None
        or (lines is not None and len(lines) != 1)
        or (lines is None and len(order.items) > 1)
    ):
        message = "An amount is a part of the price of one item; name its SKU in lines, and no return."
        raise InvalidArgument(message)
    return order.items[0].order_item_id if lines is None else _item_id(order, lines[0].sku)


def _return(order: Order, one: Return) -> v1.OrderReturn:
    return v1.OrderReturn(
        return_id=one.return_id,
        order_id=one.order_id,
        status=one.status.value,
        reason=one.reason,
        lines=[v1.PlacedLine(sku=order.item(item).sku, quantity=units) for item, units in one.quantities.items()],
        asked_at=one.asked_at,
        sent_at=one.sent_at,
        received_at=one.received_at,
        condition=None if one.condition is None else v1.ReturnCondition(one.condition.value),
    )


def _refund(order: Order, one: Refund) -> v1.OrderRefund:
    total = Money(one.total, order.currency)
    return v1.OrderRefund(
        refund_id=one.refund_id,
        order_id=one.order_id,
        reason=one.reason,
        lines=[v1.PlacedLine(sku=line.sku, quantity=line.quantity) for line in one.lines],
        total=v1.Money(currency_code=order.currency, amount=str(total)),
        refunded_at=one.refunded_at,
        return_id=one.return_id,
    )
