"""POST_ORDER_ACKNOWLEDGEMENT_DATA and its flat twin: orders that the seller takes, or cancels.

Success gives an order the seller's own number. Failure cancels what has not left of it, or of the items that it names.
The flat file cancels only.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.market.feeds.families.order_messages import incomplete, order_meant, told
from sellingpartner.market.feeds.kinds import FeedFile, Form, Message, feed
from sellingpartner.market.feeds.reading import envelope, table
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.feeds.reading.table import Columns, Record
from sellingpartner.market.orders.commands import cancel, set_seller_order_id
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.storage.unit import UnitOfWork

NO_REASON = "GeneralAdjustment"
"""Assumed: an order that is canceled for no reason that is said is canceled for this one."""
_OF_TABLES = frozenset(
    {
        "BuyerCanceled",
        "CustomerExchange",
        "CustomerReturn",
        "GeneralAdjustment",
        "MerchandiseNotReceived",
        "NoInventory",
        "ShippingAddressUndeliverable",
    }
)
_OF_ENVELOPES = _OF_TABLES | {
    "CarrierCreditDecision",
    "RiskAssessmentInformationNotValid",
    "CarrierCoverageFailure",
}
_COLUMNS = Columns(("order-id",), ("cancellation-reason-code", "amazon-order-item-code"))


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of an order that came in."""

    order_id: str | None
    seller_order_id: str | None = None
    number: str | None = None
    """The seller's own number, to be kept."""
    cancels: bool
    item_ids: tuple[str, ...] = ()
    """The items that are canceled; none are all."""
    reason: str = NO_REASON


def _of_element(body: Element) -> Acknowledged:
    cancels = text_of(body, "StatusCode") == "Failure"
    items = body.findall("Item")
    reasons = {reason for item in items if (reason := text_of(item, "CancelReason"))}
    order_id = text_of(body, "AmazonOrderID") or ""
    if reasons and not cancels:
        raise incomplete("CancelReason takes the StatusCode Failure.", AmazonOrderID=order_id)
    for reason in reasons:
        _check(reason, _OF_ENVELOPES, "CancelReason", order_id)
    canceled = [item for item in items if text_of(item, "CancelReason")] or items
    return Acknowledged(
        order_id=order_id,
        number=None if cancels else text_of(body, "MerchantOrderID"),
        cancels=cancels,
        item_ids=tuple(text_of(item, "AmazonOrderItemCode") or "" for item in canceled) if cancels else (),
        reason=min(reasons) if reasons else NO_REASON,
    )


def _of_record(record: Record) -> Acknowledged:
    order_id, reason, item_id = (record[name] for name in (*_COLUMNS.required, *_COLUMNS.optional))
    if not order_id:
        raise incomplete("order-id is empty.")
    if bool(reason) != bool(item_id):
        raise incomplete(
            "Give both cancellation-reason-code and amazon-order-item-code, or neither to cancel the whole order.",
            AmazonOrderID=order_id,
        )
    if reason:
        _check(reason, _OF_TABLES, "cancellation-reason-code", order_id)
    return Acknowledged(
        order_id=order_id, cancels=True, item_ids=(item_id,) if item_id else (), reason=reason or NO_REASON
    )


def _check(reason: str, known: frozenset[str], name: str, order_id: str) -> None:
    if reason not in known:
        text = f"{name} is {reason[:40]!r}; it must be one of {', '.join(sorted(known))}."
        raise incomplete(text, AmazonOrderID=order_id)


def in_xml(file: FeedFile) -> Iterator[Message]:
    """The acknowledgements of an envelope."""
    return envelope.messages(file, "OrderAcknowledgement", _of_element)


def in_table(file: FeedFile) -> Iterator[Message]:
    """The cancellations of a flat file."""
    return table.parsed(file, _COLUMNS, _of_record)


@feed("POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", read=in_table, tell=told, form=Form.FLAT_OF_ORDERS)
@feed("POST_ORDER_ACKNOWLEDGEMENT_DATA", read=in_xml, tell=told, form=Form.XML)
def carry_out(unit: UnitOfWork, file: FeedFile, said: Acknowledged) -> None:
    """Keep the seller's number of an order, or cancel it."""
    order = order_meant(unit, file, said)
    if not said.cancels:
        if said.number is not None:
            set_seller_order_id(unit, order.order_id, said.number)
        return
    cancel(unit, order.order_id, by=Canceler.SELLER, reason=said.reason, quantities=_canceled(order, said))


def _canceled(order: Order, said: Acknowledged) -> dict[str, int] | None:
    """The units that are canceled; None are all that have not left."""
    if not said.item_ids:
        return None
    quantities = {item_id: order.item(item_id).unshipped for item_id in said.item_ids}
    for item_id, units in quantities.items():
        if not units:
            text = f"Of item {item_id} nothing is left that could be canceled."
            raise incomplete(text, AmazonOrderID=order.order_id, AmazonOrderItemCode=item_id)
    return quantities
