"""Orders as the two versions of Amazon's API ask for them and answer them.

v0 is served by Amazon until 2027-03-27, and by the market; 2026-01-01 takes over from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cyclopts.completion import CompletionContext

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract import orders_2026_01_01 as newer
from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.message import Message
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.operation import Request


@dataclass(frozen=True)
class Search:
    """Which orders are wanted, in neither version's words."""

    marketplace_ids: list[str]
    since: datetime
    until: datetime | None
    by_update: bool
    statuses: Sequence[str]
    page_size: int


@dataclass(frozen=True)
class Version:
    """How one version asks, and what people want to see of its answers."""

    search: Callable[[Search], Request[object]]
    order: Callable[[str, Sequence[str]], Request[object]]
    lines: Callable[[str], Request[object]] | None
    """The request for an order's lines; None where the order brings them."""
    order_name: str
    """Where the order is in the answer."""
    kind: type[Message]
    line: type[Message]
    asks_to_cancel: str
    """The column of a line that says why the buyer asks for a cancellation."""
    columns: tuple[str, ...]
    line_columns: tuple[str, ...]


def _search_v0(wanted: Search) -> Request[object]:
    since, until = wanted.since.isoformat(), wanted.until.isoformat() if wanted.until else None
    return v0.GetOrders(
        marketplace_ids=wanted.marketplace_ids,
        created_after=None if wanted.by_update else since,
        created_before=None if wanted.by_update else until,
        last_updated_after=since if wanted.by_update else None,
        last_updated_before=until if wanted.by_update else None,
        order_statuses=[_status_of(name, v0.OrderStatus) for name in wanted.statuses] or None,
        max_results_per_page=wanted.page_size,
    )


def _order_v0(order_id: str, _: Sequence[str]) -> Request[object]:
    return v0.GetOrder(order_id=order_id)  # personal data comes by the client's token


def _lines_v0(order_id: str) -> Request[object]:
    return v0.GetOrderItems(order_id=order_id)


V0 = Version(
    search=_search_v0,
    order=_order_v0,
    lines=_lines_v0,
    order_name="payload",
    kind=v0.Order,
    line=v0.OrderItem,
    asks_to_cancel="BuyerRequestedCancel.BuyerCancelReason",
    columns=(
        "AmazonOrderId",
        "PurchaseDate",
        "OrderStatus",
        "FulfillmentChannel",
        "NumberOfItemsShipped",
        "NumberOfItemsUnshipped",
        "OrderTotal.Amount",
        "OrderTotal.CurrencyCode",
    ),
    line_columns=(
        "OrderItemId",
        "SellerSKU",
        "Title",
        "QuantityOrdered",
        "QuantityShipped",
        "ItemPrice.Amount",
        "ItemPrice.CurrencyCode",
    ),
)

_PARTS = (newer.IncludedData.PROCEEDS, newer.IncludedData.FULFILLMENT)
_PERSONAL = {
    "buyerInfo": newer.IncludedData.BUYER,
    "shippingAddress": newer.IncludedData.RECIPIENT,
    "buyerTaxInformation": newer.IncludedData.TAX,
}


def _search_newer(wanted: Search) -> Request[object]:
    statuses = [newer.FulfillmentStatus(_status_of(name, newer.FulfillmentStatus)) for name in wanted.statuses]
    return newer.SearchOrders(
        marketplace_ids=wanted.marketplace_ids,
        created_after=None if wanted.by_update else wanted.since,
        created_before=None if wanted.by_update else wanted.until,
        last_updated_after=wanted.since if wanted.by_update else None,
        last_updated_before=wanted.until if wanted.by_update else None,
        fulfillment_statuses=statuses or None,
        max_results_per_page=wanted.page_size,
        included_data=list(_PARTS),
    )


def _order_newer(order_id: str, personal_data: Sequence[str]) -> Request[object]:
    personal = [_PERSONAL[element] for element in personal_data]
    return newer.GetOrder(order_id=order_id, included_data=[*_PARTS, newer.IncludedData.PACKAGES, *personal])


NEWER = Version(
    search=_search_newer,
    order=_order_newer,
    lines=None,
    order_name="order",
    kind=newer.Order,
    line=newer.OrderItem,
    asks_to_cancel="cancellation.cancellationRequest.cancelReason",
    columns=(
        "orderId",
        "createdTime",
        "fulfillment.fulfillmentStatus",
        "fulfillment.fulfilledBy",
        "salesChannel.marketplaceName",
        "proceeds.grandTotal.amount",
        "proceeds.grandTotal.currencyCode",
    ),
    line_columns=(
        "orderItemId",
        "product.sellerSku",
        "product.title",
        "quantityOrdered",
        "fulfillment.quantityFulfilled",
        "proceeds.proceedsTotal.amount",
        "proceeds.proceedsTotal.currencyCode",
    ),
)

VERSIONS = {"v0": V0, "2026-01-01": NEWER}


def status_words(context: CompletionContext) -> list[str]:
    """What a shell may put behind --status: the statuses of the version that is asked."""
    api = context.get("api")
    kind = newer.FulfillmentStatus if api is not None and api.raw == "2026-01-01" else v0.OrderStatus
    return [str(one.value) for one in kind]


def _status_of(name: str, kind: type[Enum]) -> str:
    """A status however it is written (`partially-shipped`, `CANCELED`); raises `CannotDo` for one that is none."""
    known = {_folded(str(one.value)): str(one.value) for one in kind}
    if _folded(name) not in known:
        hint = did_you_mean(name, list(known.values()))
        message = f"--status is {name!r}; it takes {', '.join(known.values())}.{hint}"
        raise CannotDo(message)
    return known[_folded(name)]


def _folded(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace("cancelled", "canceled")
