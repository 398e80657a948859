"""From the parameters of getOrders to the list that they mean; whatever contradicts itself is refused by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.orders.questions import OrderFilter, Sorted, buyer_key
from sellingpartner.market.orders.refusals import MalformedOrderId
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.server.api.order_windows import end_of_list
from sellingpartner.storage.unit import UnitOfWork

_BESIDE_SELLER_ORDER_ID = (
    "FulfillmentChannels",
    "OrderStatuses",
    "PaymentMethods",
    "LastUpdatedAfter",
    "LastUpdatedBefore",
    "BuyerEmail",
)


def filter_of(unit: UnitOfWork, request: GetOrders) -> OrderFilter:
    """The orders that a request asks for, with the end of the list fixed."""
    _check_seller_order_id(request)
    by, after, before = _window(unit, request)
    for order_id in request.amazon_order_ids or ():
        if not is_order_id(order_id):
            raise MalformedOrderId(order_id)
    return OrderFilter(
        by=by,
        after=after,
        before=before,
        marketplace_ids=tuple(request.marketplace_ids),
        statuses=_known("OrderStatuses", request.order_statuses, v0.OrderStatus),
        channels=_known("FulfillmentChannels", request.fulfillment_channels, v0.FulfillmentChannel),
        payment_methods=_known("PaymentMethods", request.payment_methods, v0.PaymentMethod),
        buyer_key=None if request.buyer_email is None else buyer_key(unit, request.buyer_email),
        seller_order_id=request.seller_order_id,
        easy_ship_statuses=_known(
            "EasyShipShipmentStatuses", request.easy_ship_shipment_statuses, v0.EasyShipShipmentStatus
        ),
        invoice_statuses=_known(
            "ElectronicInvoiceStatuses", request.electronic_invoice_statuses, v0.ElectronicInvoiceStatus
        ),
        order_ids=tuple(request.amazon_order_ids or ()),
        supply_source_id=request.actual_fulfillment_supply_source_id,
        is_store_pickup=request.is_ispu,
        store_chain_store_id=request.store_chain_store_id,
        earliest_delivery_after=_moment("EarliestDeliveryDateAfter", request.earliest_delivery_date_after),
        earliest_delivery_before=_moment("EarliestDeliveryDateBefore", request.earliest_delivery_date_before),
        latest_delivery_after=_moment("LatestDeliveryDateAfter", request.latest_delivery_date_after),
        latest_delivery_before=_moment("LatestDeliveryDateBefore", request.latest_delivery_date_before),
    )


def limit_of(request: GetOrders, *, default: int) -> int:
    """How many orders a page holds at most."""
    limit = request.max_results_per_page
    if limit is None:
        return default
    if not 1 <= limit <= 100:  # noqa: PLR2004 - the documented bounds
        message = f"MaxResultsPerPage is {limit}; it must be 1 to 100."
        raise InvalidInput(message)
    return limit


def _window(unit: UnitOfWork, request: GetOrders) -> tuple[Sorted, datetime | None, datetime | None]:
    """Which date the list goes by, from when and until when. The end is fixed here, at a whole second.

    Orders that are asked for by their ids alone are found at once: no date is needed then, and none is assumed.
    """
    created = request.created_after is not None
    updated = request.last_updated_after is not None
    if created and updated:
        message = "CreatedAfter and LastUpdatedAfter exclude each other; give one of them."
        raise InvalidInput(message)
    if not created and not updated:
        if not request.amazon_order_ids:
            message = "Either CreatedAfter or LastUpdatedAfter must be given (or AmazonOrderIds, or NextToken)."
            raise InvalidInput(message)
        _refuse_given(request, ("CreatedBefore", "LastUpdatedBefore"), "needs its ..After")
        return Sorted.BY_PURCHASE, None, None
    if created:
        _refuse_given(request, ("LastUpdatedBefore",), "cannot be given with CreatedAfter")
        by, name, after, before = Sorted.BY_PURCHASE, "Created", request.created_after, request.created_before
    else:
        _refuse_given(request, ("CreatedBefore",), "cannot be given with LastUpdatedAfter")
        by, name = Sorted.BY_UPDATE, "LastUpdated"
        after, before = request.last_updated_after, request.last_updated_before
    begins = _moment(f"{name}After", after)
    ends = _moment(f"{name}Before", before)
    return by, begins, end_of_list(unit, (f"{name}After", f"{name}Before"), begins, ends)


def _check_seller_order_id(request: GetOrders) -> None:
    if request.seller_order_id is not None:
        _refuse_given(request, _BESIDE_SELLER_ORDER_ID, "cannot be given with SellerOrderId")


def _refuse_given(request: GetOrders, names: Iterable[str], reason: str) -> None:
    given = {
        "CreatedBefore": request.created_before,
        "LastUpdatedAfter": request.last_updated_after,
        "LastUpdatedBefore": request.last_updated_before,
        "FulfillmentChannels": request.fulfillment_channels,
        "OrderStatuses": request.order_statuses,
        "PaymentMethods": request.payment_methods,
        "BuyerEmail": request.buyer_email,
    }
    for name in names:
        if given[name] is not None:
            message = f"{name} {reason}."
            raise InvalidInput(message)


def _known(name: str, values: list[str] | None, kind: type[StrEnum]) -> tuple[str, ...]:
    allowed = {member.value for member in kind}
    for value in values or ():
        if value not in allowed:
            message = f"{name} holds {value!r}; the values are {', '.join(member.value for member in kind)}."
            raise InvalidInput(message)
    return tuple(values or ())


def _moment(name: str, text: str | None) -> datetime | None:
    """A date as clients write them: with Z, with an offset or, taken as UTC, without either."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput("timestamp must follow ISO8601", details=f"{name} is {text!r}.") from None
    try:
        return in_utc(moment)
    except OutOfBounds as fault:
        message = f"{name} is invalid. {fault}"
        raise InvalidInput(message) from None
