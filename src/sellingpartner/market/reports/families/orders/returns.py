"""What buyers send back to the seller itself, by the day on which they asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.returned_lines import Returned, reason_of, returned_since, rma_id_of
from sellingpartner.market.reports.kinds import Empty, Rows, Tree, Window, report
from sellingpartner.market.reports.writing.cells import table
from sellingpartner.market.reports.writing.envelope import amazon_envelope
from sellingpartner.market.reports.writing.values import moment_z, named_day, y_n, zone_of
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_PERIOD = Window(most_days=60, default_days=60)
# Assumed: a buyer prints a label that is not paid, and pays for it; nothing is known of how the parcel travels.
_LABEL, _PAYER, _TYPE, _RESOLUTION = "AmazonUnPaidLabel", "Customer", "C-Returns", "StandardRefund"


def _order_amount(one: Returned) -> str:
    return str(one.order.total)


def _order_quantity(one: Returned) -> str:
    return str(sum(item.held for item in one.order.items))


def _refunded(one: Returned) -> str:
    return str(Money(one.refunded_minor, one.order.currency))


_CELLS: Final[Mapping[str, Callable[[Returned], str]]] = {
    "Order ID": lambda one: one.order.order_id,
    "Order date": lambda one: named_day(one.order.purchased_at, zone_of(one.order.marketplace_id)),
    "Return request date": lambda one: named_day(one.asked.asked_at, zone_of(one.order.marketplace_id)),
    "Return request status": lambda one: one.status,
    "Amazon RMA ID": lambda _: "",
    "Merchant RMA ID": lambda _: "",
    "Label type": lambda _: _LABEL,
    "Label cost": lambda _: "",
    "Currency code": lambda one: one.order.currency,
    "Return carrier": lambda _: "",
    "Tracking ID": lambda _: "",
    "Label to be paid by": lambda _: _PAYER,
    "A-to-Z Claim": lambda one: y_n(one.is_claimed),
    "Is prime": lambda one: y_n(one.order.is_prime),
    "ASIN": lambda one: one.item.asin,
    "Merchant SKU": lambda one: one.item.sku,
    "Item Name": lambda one: one.item.title,
    "Return quantity": lambda one: str(one.units),
    "Return Reason": lambda one: f"CR-{reason_of(one.asked)}",
    "In policy": lambda one: y_n(one.is_in_policy),
    "Return type": lambda _: _TYPE,
    "Resolution": lambda _: _RESOLUTION,
    "Invoice number": lambda _: "",
    "Return delivery date": lambda one: named_day(one.asked.received_at, zone_of(one.order.marketplace_id)),
    "Order Amount": _order_amount,
    "Order quantity": _order_quantity,
    "SafeT Action reason": lambda _: "",
    "SafeT claim id": lambda _: "",
    "SafeT claim state": lambda _: "",
    "SafeT claim creation time": lambda _: "",
    "SafeT claim reimbursement amount": lambda _: "",
    "Refunded Amount": _refunded,
}
"""What each column says, in the order of the file.

Assumed: the report on returns leaves the columns on SAFE-T claims empty.
"""


@report("GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE", window=_PERIOD, empty=Empty.CANCELLED)
def flat(unit: UnitOfWork, asked: Asked) -> Rows:
    """A row for each item of each return."""
    cells = {**_CELLS, "Amazon RMA ID": lambda one: rma_id_of(unit, one.asked)}
    return table(tuple(_CELLS), _returned(unit, asked), cells)


@report("GET_XML_RETURNS_DATA_BY_RETURN_DATE", window=_PERIOD, empty=Empty.CANCELLED)
def in_xml(unit: UnitOfWork, asked: Asked) -> Tree:
    """The same as elements, one for each return.

    Assumed: in returns in XML each return stands in a message of its own, and the message type is Returns.
    """
    return _tree(unit, _returned(unit, asked))


@report("GET_CSV_MFN_PRIME_RETURNS_REPORT", window=_PERIOD, empty=Empty.CANCELLED)
def of_prime_flat(unit: UnitOfWork, asked: Asked) -> Rows:
    """Returns of Prime's orders alone, between commas.

    Assumed: the columns are those of the flat file of all returns.
    """
    cells = {**_CELLS, "Amazon RMA ID": lambda one: rma_id_of(unit, one.asked)}
    return table(tuple(_CELLS), (one for one in _returned(unit, asked) if one.order.is_prime), cells)


@report("GET_XML_MFN_PRIME_RETURNS_REPORT", window=_PERIOD, empty=Empty.CANCELLED)
def of_prime(unit: UnitOfWork, asked: Asked) -> Tree:
    """Returns of Prime's orders alone."""
    return _tree(unit, (one for one in _returned(unit, asked) if one.order.is_prime), status_first=True)


def _returned(unit: UnitOfWork, asked: Asked) -> Iterator[Returned]:
    return returned_since(unit, asked, FulfillmentChannel.MFN, start=asked.start)


def _tree(unit: UnitOfWork, returned: Iterable[Returned], *, status_first: bool = False) -> Tree:
    grouped = (list(lines) for _, lines in groupby(returned, key=lambda one: (one.order.order_id, one.asked.return_id)))
    messages = (element("Message", _details(unit, lines, status_first=status_first)) for lines in grouped)
    return amazon_envelope("Returns", messages)


def _details(unit: UnitOfWork, lines: list[Returned], *, status_first: bool) -> Any:  # noqa: ANN401 - an element
    first = lines[0]
    status = element("return_request_status", first.status)
    return element(
        "return_details",
        status if status_first else None,
        *(_item(one) for one in lines),
        element("order_id", first.order.order_id),
        element("order_date", moment_z(first.order.purchased_at)),
        element("amazon_rma_id", rma_id_of(unit, first.asked)),
        element("return_request_date", moment_z(first.asked.asked_at)),
        None if status_first else status,
        element("a_to_z_claim", "true" if first.is_claimed else "false"),
        element("is_prime", y_n(first.order.is_prime)),
        element("label_details", element("currency_code", first.order.currency), element("label_type", _LABEL)),
        element("label_to_be_paid_by", _PAYER),
        element("return_type", _TYPE),
        element("order_amount", _order_amount(first)),
        element("order_quantity", _order_quantity(first)),
    )


def _item(one: Returned) -> Any:  # noqa: ANN401 - an element of lxml
    return element(
        "item_details",
        element("item_name", one.item.title),
        element("asin", one.item.asin),
        element("return_reason_code", f"CR-{reason_of(one.asked)}"),
        element("merchant_sku", one.item.sku),
        element("in_policy", y_n(one.is_in_policy)),
        element("return_quantity", str(one.units)),
        element("resolution", _RESOLUTION),
        element("refund_amount", _refunded(one)),
    )
