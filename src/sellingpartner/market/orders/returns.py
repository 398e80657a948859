"""What buyers send back, and what they get back for it. Nothing here reads or writes.

The quantities of an order stay as they are: what comes back is stock's, what is refunded is money's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

import msgspec

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.events.orders import Line, LineAmounts, ReturnOnItsWay, ReturnReceived
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.orders.items import AMOUNTS, OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package
from sellingpartner.market.orders.refusals import NoUnits, WrongState
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.lifecycle import Lifecycle, advance
from sellingpartner.storage.events import Event

RETURN_DAYS = 30
"""How many days after its delivery a package can be sent back."""

FUNDED_CLAIM = "GuaranteeClaimFunded"
"""The reason of a refund that Amazon pays in the seller's place: of the seller's money nothing moves."""

_NOVEMBER = 11

RECEIVABLE = frozenset({Condition.SELLABLE, Condition.CUSTOMER_DAMAGED, Condition.CARRIER_DAMAGED, Condition.DEFECTIVE})
"""In which condition units may come back; only sellable ones can be sold again."""


_TOLD = {"DEFECTIVE": Condition.DEFECTIVE, "TRANSIT": Condition.CARRIER_DAMAGED, "CARRIER": Condition.CARRIER_DAMAGED}
"""What a buyer's reason says of the condition, by words that stand in it."""
_AS_TOLD, _AS_GOOD = 0.75, 0.9


def condition_drawn(luck: Random, reason: str) -> Condition:
    """In which condition something comes back, by the reason that its buyer gave.

    Assumed: three of four buyers are right who say that it is broken; of the others' units nine of ten can be sold
    again. Amazon publishes no shares.
    """
    told = next((condition for word, condition in _TOLD.items() if word in reason.upper()), None)
    if told is not None and luck.random() < _AS_TOLD:
        return told
    return Condition.SELLABLE if luck.random() < _AS_GOOD else Condition.CUSTOMER_DAMAGED


class ReturnStatus(StrEnum):
    """Where a return stands."""

    ASKED = "Asked"
    ON_ITS_WAY = "OnItsWay"
    RECEIVED = "Received"


RETURN: Lifecycle[ReturnStatus] = {
    ReturnStatus.ASKED: {ReturnOnItsWay: ReturnStatus.ON_ITS_WAY, ReturnReceived: ReturnStatus.RECEIVED},
    ReturnStatus.ON_ITS_WAY: {ReturnReceived: ReturnStatus.RECEIVED},
    ReturnStatus.RECEIVED: {},
}
_DEEDS: dict[type[Event], str] = {ReturnOnItsWay: "be sent", ReturnReceived: "be received"}


class NoSuchReturn(NotFound):
    """The order has no such return."""

    def __init__(self, order_id: str, return_id: str) -> None:
        super().__init__(f"Order {order_id} has no return {return_id}.")


class ReturnTooLate(WrongState):
    """The time to send units of an item back is over."""

    def __init__(self, order: Order, item_id: str) -> None:
        ends = [
            returnable_until(order, package.delivered_at)
            for package in order.packages
            if package.delivered_at is not None and item_id in package.quantities
        ]
        super().__init__(
            f"Item {item_id} of order {order.order_id} could be sent back until {max(ends):%Y-%m-%dT%H:%M:%SZ}; "
            "say isLate to let the buyer send it back all the same."
        )


class Return(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Units of an order that its buyer sends back."""

    return_id: str
    order_id: str
    reason: str
    quantities: dict[str, int]
    """How many units of which order item."""
    asked_at: datetime
    status: ReturnStatus = ReturnStatus.ASKED
    sent_at: datetime | None = None
    received_at: datetime | None = None
    condition: Condition | None = None
    center: str | None = None
    """The fulfillment center to which it came back, where that is Amazon's."""

    def move(self, fact: type[Event]) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        subject = f"Return {self.return_id}"
        self.status = advance(RETURN, self.status, fact, subject=subject, deed=_DEEDS[fact])


class Refund(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a buyer got back. The amounts are as in the fact: below zero."""

    refund_id: str
    order_id: str
    reason: str
    refunded_at: datetime
    currency: str
    lines: tuple[Line, ...]
    return_id: str | None = None

    @property
    def total(self) -> int:
        """What the buyer got back in all, as a positive amount in minor units."""
        return -sum(line.amounts.total for line in self.lines)


def returned_lines(order: Order, quantities: Mapping[str, int]) -> tuple[Line, ...]:
    """Units of an order's items as lines, with what was paid for as many of them."""
    return tuple(order.item(item_id).some(units) for item_id, units in quantities.items())


def returnable_until(order: Order, delivered_at: datetime) -> datetime:
    """When the time to send a package back is over: 30 days after it came, or January for what the holidays bring.

    Assumed: every marketplace and every item has these days, by the marketplace's clock; what was bought in November
    or December can be returned until the end of January.
    """
    calendar = calendars()[MARKETPLACES[order.marketplace_id].country_code]
    last = calendar.day_of(delivered_at) + timedelta(days=RETURN_DAYS)
    bought = calendar.day_of(order.purchased_at)
    if bought.month >= _NOVEMBER:
        last = max(last, date(bought.year + 1, 1, 31))
    return calendar.ends(last, delivered_at)


def left_to_return(order: Order, earlier: Iterable[Return], *, at: datetime | None = None) -> dict[str, int]:
    """The units that have arrived and of which nobody has asked to send them back; those that still may at a moment.

    Of units of one item the earlier to come are taken for the earlier to go back. Of a service nothing goes back.
    """
    if order.is_service:
        return {}
    come = [package for package in order.packages if package.delivered_at is not None]
    arrived, back = _sum(package.quantities for package in come), _sum(one.quantities for one in earlier)
    in_time = _sum(package.quantities for package in come if at is None or _may_return(order, package, at))
    left = {item_id: min(in_time[item_id], arrived[item_id] - back.get(item_id, 0)) for item_id in in_time}
    return {item_id: units for item_id, units in left.items() if units > 0}


def _may_return(order: Order, package: Package, at: datetime) -> bool:
    return package.delivered_at is not None and at <= returnable_until(order, package.delivered_at)


def check_returnable(
    order: Order, quantities: Mapping[str, int], earlier: Iterable[Return], *, at: datetime | None = None
) -> None:
    """Hold a return against what has arrived and what is on its way back already; raises `InvalidInput`.

    `at` is the moment at which it is asked for, where it must be in time.
    """
    earlier = list(earlier)
    if not quantities:
        message = f"Of order {order.order_id} nothing can come back: nothing has arrived that was not returned."
        raise InvalidInput(message)
    returnable = left_to_return(order, earlier, at=at)
    for item_id, units in quantities.items():
        order.item(item_id)
        left = returnable.get(item_id, 0)
        if units < 1:
            raise NoUnits(item_id, units)
        if units > left:
            if at is not None and units <= left_to_return(order, earlier).get(item_id, 0):
                raise ReturnTooLate(order, item_id)
            said = counted(left, "unit")
            message = f"Of item {item_id} {said} can come back, not {units}: what has arrived, and was not returned."
            raise WrongState(message)


def refund_of_units(order: Order, quantities: Mapping[str, int], earlier: Iterable[Refund]) -> tuple[Line, ...]:
    """The lines of a refund of whole units; raises `InvalidInput` where fewer have shipped and are not refunded yet."""
    known = list(earlier)
    lines = []
    for item_id, units in quantities.items():
        item, before = order.item(item_id), lines_of(known, item_id)
        refunded = sum(line.quantity for line in before)
        if units < 1:
            raise NoUnits(item_id, units)
        if units > item.shipped - refunded:
            said = counted(item.shipped - refunded, "unit")
            message = f"Of item {item_id} {said} can be refunded, not {units}: what has shipped, and was not refunded."
            raise WrongState(message)
        lines.append(refund_line(item, units, left_of(item, before, refunded + units)))
    return tuple(lines)


def refund_of_part(order: Order, item_id: str, price: int, earlier: Iterable[Refund]) -> tuple[Line, ...]:
    """The line of a refund of a part of an item's price, with the tax on it; raises `InvalidInput`."""
    item, before = order.item(item_id), lines_of(earlier, item_id)
    left = left_of(item, before, item.shipped)
    paid = left.price - left.promotion_discount
    if not 1 <= price <= paid:
        message = f"Of item {item_id} 1 to {paid} minor units of {order.currency} can be refunded, not {price}."
        raise WrongState(message) if paid < 1 else InvalidInput(message)
    tax_left = left.tax - left.promotion_discount_tax
    tax = tax_left if price == paid else tax_left * price // paid
    return (refund_line(item, 0, LineAmounts(price=price, tax=tax, tax_included=left.tax_included)),)


def left_of(item: OrderItem, before: Iterable[Line], units: int) -> LineAmounts:
    """What was paid for so many units, less what was given back of it; each part at least nothing.

    A part of the price that was given back before is taken off the price; the discount of what it was part of stays.
    """
    paid = item.amounts_between(0, units)
    back = {name: -sum(getattr(line.amounts, name) for line in before) for name in AMOUNTS}
    parts = {name: max(getattr(paid, name) - back[name], 0) for name in AMOUNTS}
    left = LineAmounts(tax_included=paid.tax_included, **parts)
    return left if left.total >= 0 else LineAmounts(tax_included=paid.tax_included)


def refund_line(item: OrderItem, units: int, amounts: LineAmounts) -> Line:
    """The line of a refund: amounts that are given back are below zero in it."""
    return Line(
        order_item_id=item.order_item_id, sku=item.sku, asin=item.asin, quantity=units, amounts=amounts.negated()
    )


def left_to_refund(order: Order, refunds: Iterable[Refund]) -> dict[str, int]:
    """How many units of each item were shipped and not refunded; items of which none are left are not named."""
    known = list(refunds)
    refunded = {item.order_item_id: lines_of(known, item.order_item_id) for item in order.items}
    left = {
        item.order_item_id: item.shipped - sum(line.quantity for line in refunded[item.order_item_id])
        for item in order.items
    }
    return {item_id: units for item_id, units in left.items() if units > 0}


def lines_of(refunds: Iterable[Refund], item_id: str) -> list[Line]:
    """What of an item was refunded."""
    return [line for refund in refunds for line in refund.lines if line.order_item_id == item_id]


def _sum(quantities: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for each in quantities:
        for item_id, units in each.items():
            sums[item_id] = sums.get(item_id, 0) + units
    return sums
