"""Buyers send units back and get their money: asked for, on its way, received, refunded.

Assumed: what Amazon fulfills is refunded when it has come back. Of what the seller ships, the seller has two
business days to refund after it has come; then the market does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import (
    Line,
    LineAmounts,
    RefundIssued,
    ReturnAsked,
    ReturnOnItsWay,
    ReturnReceived,
)
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.refusals import PaidElsewhere
from sellingpartner.market.orders.returning.adjusting import refund_of_amounts
from sellingpartner.market.orders.returns import (
    RECEIVABLE,
    NoSuchReturn,
    Refund,
    Return,
    ReturnStatus,
    check_returnable,
    condition_drawn,
    left_to_refund,
    refund_of_part,
    refund_of_units,
    returned_lines,
)
from sellingpartner.market.orders.store import find_order, load_order
from sellingpartner.market.orders.tables import order_refunds, order_returns
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

CUSTOMER_RETURN = "CustomerReturn"
NO_LONGER_NEEDED = "NoLongerNeeded"
_REFUND_WITHIN_DAYS = 2

_insert = Prepared(order_returns.insert())
_insert_refund = Prepared(order_refunds.insert())
_save = Prepared(
    order_returns.update()
    .where(
        order_returns.c.seller_id == bindparam("of_seller"),
        order_returns.c.order_id == bindparam("of_order"),
        order_returns.c.return_id == bindparam("of_return"),
    )
    .values(status=bindparam("status"), document=bindparam("document"))
)


class ReturnIsSent(Due):
    """A buyer hands a return over to a carrier."""

    order_id: str
    return_id: str


class ReturnArrives(Due):
    """A return reaches who is to have it, in some condition."""

    order_id: str
    return_id: str
    condition: str


class RefundFallsDue(Due):
    """The seller's time to refund a return is over."""

    order_id: str
    return_id: str


def ask_return(
    unit: UnitOfWork, order_id: str, *, quantities: Mapping[str, int], reason: str, is_late: bool = False
) -> Return:
    """Let the buyer ask to send units of an order back: what has arrived, for some time, or however late it is."""
    order = load_order(unit, order_id)
    earlier = returns_of(unit, order_id)
    check_returnable(order, quantities, earlier, at=None if is_late else unit.now)
    asked = Return(
        return_id=_id(unit, "R", order_id, len(earlier)),
        order_id=order_id,
        reason=reason,
        quantities=dict(quantities),
        asked_at=unit.now,
    )
    _insert_return(unit, asked)
    unit.emit(
        ReturnAsked(
            order_id=order_id,
            return_id=asked.return_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            reason=reason,
            currency=order.currency,
            lines=returned_lines(order, quantities),
        )
    )
    return asked


def send_return(unit: UnitOfWork, order_id: str, return_id: str) -> Return:
    """Let the buyer hand a return over to a carrier."""
    order = load_order(unit, order_id)
    sent = return_of(unit, order_id, return_id)
    sent.move(ReturnOnItsWay)
    sent.sent_at = unit.now
    _save_return(unit, sent)
    unit.emit(
        ReturnOnItsWay(
            order_id=order_id,
            return_id=return_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
        )
    )
    return sent


def receive_return(
    unit: UnitOfWork, order_id: str, return_id: str, *, condition: Condition = Condition.SELLABLE
) -> Return:
    """Let a return come: its units are in stock again, and for sale if they are in order."""
    if condition not in RECEIVABLE:
        message = f"A return comes back {', '.join(sorted(RECEIVABLE))}, not {condition.value}."
        raise InvalidInput(message)
    order = load_order(unit, order_id)
    received = return_of(unit, order_id, return_id)
    received.move(ReturnReceived)
    received.received_at, received.condition = unit.now, condition
    lines = returned_lines(order, received.quantities)
    _take_back(unit, order, received, lines, condition)
    _save_return(unit, received)
    unit.emit(
        ReturnReceived(
            order_id=order_id,
            return_id=return_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            condition=condition.value,
            currency=order.currency,
            lines=lines,
        )
    )
    if order.sales_channel != NON_AMAZON:  # else nobody paid for it here
        later(unit, RefundFallsDue(order_id=order_id, return_id=return_id), at=_refund_by(unit, order))
    return received


def refund(
    unit: UnitOfWork,
    order_id: str,
    *,
    reason: str = CUSTOMER_RETURN,
    quantities: Mapping[str, int] | None = None,
    return_id: str | None = None,
) -> Refund:
    """Give back what was paid for units that have shipped: those named, those of a return, or all that are left.

    Raises `PaidElsewhere` for a multi-channel order, as the other refunds do.

    Assumed: a refund of units gives all back that was paid for them, with shipping, gift wrap and tax.
    """
    order = _paid_here(unit, order_id)
    earlier = refunds_of(unit, order_id)
    if quantities is None:
        quantities = return_of(unit, order_id, return_id).quantities if return_id else left_to_refund(order, earlier)
    elif return_id is not None:
        return_of(unit, order_id, return_id)
    if not quantities:
        message = f"Of order {order_id} nothing can be refunded: nothing has shipped that was not refunded."
        raise InvalidInput(message)
    return _give_back(unit, order, refund_of_units(order, quantities, earlier), reason, return_id)


def refund_part(unit: UnitOfWork, order_id: str, order_item_id: str, price: int, *, reason: str) -> Refund:
    """Give back a part of an item's price, in minor units, and the tax on it; no unit is refunded by it."""
    order = _paid_here(unit, order_id)
    lines = refund_of_part(order, order_item_id, price, refunds_of(unit, order_id))
    return _give_back(unit, order, lines, reason, None)


def refund_amounts(unit: UnitOfWork, order_id: str, given: Mapping[str, LineAmounts], *, reason: str) -> Refund:
    """Give back amounts of items, part by part, as a seller names them; one refund for all of them."""
    order, earlier = _paid_here(unit, order_id), refunds_of(unit, order_id)
    lines = tuple(refund_of_amounts(order, item_id, amounts, earlier) for item_id, amounts in given.items())
    return _give_back(unit, order, lines, reason, None)


class _KeptReturn(NamedTuple):
    document: Return


class _KeptRefund(NamedTuple):
    document: Refund


# Sorted once they are read: asked for the oldest first, SQLite would walk along the dates of all that a seller has.
_returns = Question(
    select(order_returns.c.document).where(
        order_returns.c.seller_id == bindparam("seller_id"), order_returns.c.order_id == bindparam("order_id")
    ),
    _KeptReturn,
)
_refunds = Question(
    select(order_refunds.c.document).where(
        order_refunds.c.seller_id == bindparam("seller_id"), order_refunds.c.order_id == bindparam("order_id")
    ),
    _KeptRefund,
)


def returns_of(unit: UnitOfWork, order_id: str) -> list[Return]:
    """The returns of an order, the oldest first."""
    found = [row.document for row in _returns.all(unit.connection, _key(unit, order_id))]
    return sorted(found, key=lambda one: (one.asked_at, one.return_id))


def refunds_of(unit: UnitOfWork, order_id: str) -> list[Refund]:
    """The refunds of an order, the oldest first."""
    found = [row.document for row in _refunds.all(unit.connection, _key(unit, order_id))]
    return sorted(found, key=lambda one: (one.refunded_at, one.refund_id))


def return_of(unit: UnitOfWork, order_id: str, return_id: str) -> Return:
    """One return of an order; raises `NoSuchReturn`."""
    found = next((one for one in returns_of(unit, order_id) if one.return_id == return_id), None)
    if found is None:
        raise NoSuchReturn(order_id, return_id)
    return found


def expect_return(unit: UnitOfWork, asked: Return) -> None:
    """Let a return come by itself: the buyer sends it within days, and it arrives days later in some condition."""
    luck = chance(unit, "return", asked.order_id, asked.return_id)
    sent_at = unit.now + timedelta(hours=luck.uniform(4, 96))
    arrives_at = sent_at + timedelta(days=luck.randint(2, 6), hours=luck.uniform(0, 9))
    condition = condition_drawn(luck, asked.reason)
    key = {"order_id": asked.order_id, "return_id": asked.return_id}
    later(unit, ReturnIsSent(**key), at=sent_at)
    later(unit, ReturnArrives(**key, condition=condition.value), at=arrives_at)


@when(ReturnIsSent)
def send_when_due(unit: UnitOfWork, due: ReturnIsSent) -> None:
    """Send the return, unless it was sent by hand meanwhile."""
    if return_of(unit, due.order_id, due.return_id).status is ReturnStatus.ASKED:
        send_return(unit, due.order_id, due.return_id)


@when(ReturnArrives)
def receive_when_due(unit: UnitOfWork, due: ReturnArrives) -> None:
    """Receive the return, unless it was received by hand meanwhile."""
    if return_of(unit, due.order_id, due.return_id).status is not ReturnStatus.RECEIVED:
        receive_return(unit, due.order_id, due.return_id, condition=Condition(due.condition))


@when(RefundFallsDue)
def refund_when_due(unit: UnitOfWork, due: RefundFallsDue) -> None:
    """Refund what of a return nobody has refunded yet."""
    order = find_order(unit, due.order_id)
    earlier = refunds_of(unit, due.order_id)
    left = left_to_refund(order, earlier)
    back = return_of(unit, due.order_id, due.return_id).quantities
    done = sum(line.quantity for one in earlier if one.return_id == due.return_id for line in one.lines)
    quantities = {item: min(units, left.get(item, 0)) for item, units in back.items() if left.get(item, 0)}
    if quantities and not done:
        refund(unit, due.order_id, quantities=quantities, return_id=due.return_id)


def _take_back(unit: UnitOfWork, order: Order, received: Return, lines: tuple[Line, ...], condition: Condition) -> None:
    """Put what came back into stock. Assumed: with Amazon it comes to the center that it had left."""
    why: dict[str, Any] = {"reference": received.return_id, "reason": Reason.RETURNED}
    for line in sorted(lines, key=lambda one: one.sku):
        if order.place is Place.SELLER:
            inventory.receive(unit, line.sku, order.place, line.quantity, condition=condition, **why)
            continue
        left = [one.center for one in order.packages if line.order_item_id in one.quantities and one.center]
        to = Spot(condition, left[-1] if left else None)
        ((received.center, _),) = inventory.move(unit, line.sku, line.quantity, from_=None, to=to, **why)


def _refund_by(unit: UnitOfWork, order: Order) -> datetime:
    if order.channel is not FulfillmentChannel.MFN:
        return unit.now
    calendar = calendars()[MARKETPLACES[order.marketplace_id].country_code]
    return calendar.ends(calendar.after(calendar.day_of(unit.now), _REFUND_WITHIN_DAYS), unit.now)


def _paid_here(unit: UnitOfWork, order_id: str) -> Order:
    order = load_order(unit, order_id)
    if order.sales_channel == NON_AMAZON:
        raise PaidElsewhere(order_id)
    return order


def _give_back(unit: UnitOfWork, order: Order, lines: tuple[Line, ...], reason: str, return_id: str | None) -> Refund:
    given = Refund(
        refund_id=_id(unit, "F", order.order_id, len(refunds_of(unit, order.order_id))),
        order_id=order.order_id,
        reason=reason,
        refunded_at=unit.now,
        currency=order.currency,
        lines=lines,
        return_id=return_id,
    )
    row = {"refund_id": given.refund_id, "refunded_at": given.refunded_at, "document": given}
    _insert_refund.run(unit.connection, _key(unit, order.order_id) | row)
    unit.emit(
        RefundIssued(
            order_id=order.order_id,
            refund_id=given.refund_id,
            return_id=return_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            reason=reason,
            currency=order.currency,
            lines=lines,
        )
    )
    return given


def _insert_return(unit: UnitOfWork, asked: Return) -> None:
    row = {"return_id": asked.return_id, "asked_at": asked.asked_at, "status": asked.status.value, "document": asked}
    _insert.run(unit.connection, _key(unit, asked.order_id) | row)


def _save_return(unit: UnitOfWork, changed: Return) -> None:
    this = {"of_seller": unit.seller_id, "of_order": changed.order_id, "of_return": changed.return_id}
    _save.run(unit.connection, this | {"status": changed.status.value, "document": changed})


def _key(unit: UnitOfWork, order_id: str) -> dict[str, Any]:
    return {"seller_id": unit.seller_id, "order_id": order_id}


def _id(unit: UnitOfWork, letter: str, order_id: str, number: int) -> str:
    """The id of an order's n-th return or refund, the same for the same seed; those of an order ascend."""
    return f"{letter}{number_of(unit.seed, unit.seller_id, letter, order_id) % 10**11:011d}{number:03d}"
