"""The market's control API, v1: what buyers send back, and what they get back for it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.orders import Count, Money, PlacedLine
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)
Reason = Annotated[str, Meta(min_length=1, max_length=100)]


class UnitsOfSku(Message):
    """So many units of what was ordered under a SKU."""

    sku: str
    quantity: Count = 1


Lines = Annotated[list[UnitsOfSku], Meta(min_length=1)]


class ReturnCondition(OpenEnum):
    """In which condition units come back; only sellable ones are sold again."""

    SELLABLE = "SELLABLE"
    CUSTOMER_DAMAGED = "CUSTOMER_DAMAGED"
    CARRIER_DAMAGED = "CARRIER_DAMAGED"
    DEFECTIVE = "DEFECTIVE"


class OrderReturn(Message, rename="camel"):
    """Units of an order that its buyer sends back."""

    return_id: str
    order_id: str
    status: str
    """Asked, OnItsWay or Received."""
    reason: str
    lines: list[PlacedLine]
    asked_at: datetime
    sent_at: datetime | None = None
    received_at: datetime | None = None
    condition: ReturnCondition | None = None


class OrderRefund(Message, rename="camel"):
    """What a buyer got back."""

    refund_id: str
    order_id: str
    reason: str
    lines: list[PlacedLine]
    """The units that were refunded; 0 of an item of whose price a part was given back."""
    total: Money
    refunded_at: datetime
    return_id: str | None = None


class OrderReturns(Message):
    """The returns and the refunds of an order."""

    returns: list[OrderReturn]
    refunds: list[OrderRefund]


class ListReturns(Request[OrderReturns], rename="camel"):
    """List what of an order was sent back, and what was refunded."""

    operation = get("/market/v1/orders/{orderId}/returns", "listReturns", statuses=_READS, scope=NONE)

    order_id: str


class AskReturnSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What the buyer wants to send back."""

    lines: Lines | None = None
    reason: Reason = "NoLongerNeeded"
    comes_by_itself: bool = False
    is_late: bool = False


class AskReturn(Request[OrderReturn], rename="camel"):
    """Let a buyer ask to send units of an order back."""

    operation = post(
        "/market/v1/orders/{orderId}/returns",
        "askReturn",
        status=201,
        statuses=_CREATES,
        body=AskReturnSpecification,
        scope=NONE,
    )

    order_id: str
    lines: Lines | None = None
    """All that has arrived and was not returned unless said."""
    reason: Reason = "NoLongerNeeded"
    comes_by_itself: bool = False
    """Whether the buyer sends it within days of market time, and it arrives; else somebody says so."""
    is_late: bool = False
    """Whether it is allowed though the time to send it back is over."""


class SendReturn(Request[OrderReturn], rename="camel"):
    """Let a buyer hand a return over to a carrier."""

    operation = post(
        "/market/v1/orders/{orderId}/returns/{returnId}/dispatch", "sendReturn", statuses=_COMMANDS, scope=NONE
    )

    order_id: str
    return_id: str


class ReceiveReturnSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How what was sent back has come."""

    condition: ReturnCondition = ReturnCondition.SELLABLE


class ReceiveReturn(Request[OrderReturn], rename="camel"):
    """Let a return come: its units are in stock again."""

    operation = post(
        "/market/v1/orders/{orderId}/returns/{returnId}/receipt",
        "receiveReturn",
        statuses=_COMMANDS,
        body=ReceiveReturnSpecification,
        scope=NONE,
    )

    order_id: str
    return_id: str
    condition: ReturnCondition = ReturnCondition.SELLABLE


class RefundOrderSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is given back."""

    return_id: str | None = None
    lines: Lines | None = None
    amount: Decimal | None = None
    reason: Reason = "CustomerReturn"


class RefundOrder(Request[OrderRefund], rename="camel"):
    """Give a buyer money back: for a return, for units, or a part of the price of one item."""

    operation = post(
        "/market/v1/orders/{orderId}/refunds",
        "refundOrder",
        status=201,
        statuses=_CREATES,
        body=RefundOrderSpecification,
        scope=NONE,
    )

    order_id: str
    return_id: str | None = None
    """The return that it is for: its units are refunded unless others are said."""
    lines: Lines | None = None
    """The units; all that have shipped and were not refunded unless said, or those of the return."""
    amount: Decimal | None = None
    """A part of the price of the one item that `lines` names, in its currency; no unit is refunded then."""
    reason: Reason = "CustomerReturn"
