"""An invoice is held against its own key, its own sums, and the order that it is for.

The codes of a rejection are the tax authority's where it has one for the case; those in words are the marketplace's.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.invoicing.access_key import MODEL, is_cnpj, parsed
from sellingpartner.market.invoicing.nfe import Nfe, Unreadable, read
from sellingpartner.market.invoicing.rules import rules
from sellingpartner.market.orders.model import Order

SCHEMA, CHECK_DIGIT, KEY, ISSUER, SUM, UNAUTHORIZED, DUPLICATE = "215", "253", "502", "207", "610", "999", "204"
ITEMS, TOTAL, BUYER = "ORDER_ITEMS_DIFFER", "ORDER_TOTAL_DIFFERS", "BUYER_DIFFERS"


class Finding(msgspec.Struct, frozen=True):
    """What is not in order."""

    code: str
    text: str


def rejected(code: str, more: str = "") -> Finding:
    """What the authority says."""
    said = rules().rejections[code]
    return Finding(code, f"{said} ({more})" if more else said)


def checked(content: bytes, order: Order) -> tuple[Nfe | None, Finding | None]:
    """What an invoice says, as far as it can be read, and the first thing that is not in order."""
    try:
        nfe = read(content)
    except Unreadable as reason:
        return None, rejected(SCHEMA, str(reason))
    return nfe, next(_findings(nfe, order), None)


def _findings(nfe: Nfe, order: Order) -> Iterator[Finding]:
    key = parsed(nfe.key)
    if key is None:
        yield rejected(KEY, "the Id has no 44 digits")
        return
    if not key.is_sound:
        yield rejected(CHECK_DIGIT)
    if not is_cnpj(nfe.issuer):
        yield rejected(ISSUER)
    said = (nfe.issuer, nfe.series.zfill(3), nfe.number.zfill(9), MODEL)
    if said != (key.cnpj, key.series, key.number, key.model):
        yield rejected(KEY)
    if nfe.goods + nfe.freight + nfe.other - nfe.discount != nfe.total or nfe.goods != sum(
        (item.price for item in nfe.items), Decimal(0)
    ):
        yield rejected(SUM)
    if not nfe.is_authorized:
        yield rejected(UNAUTHORIZED)
    yield from _against(nfe, order)


def _against(nfe: Nfe, order: Order) -> Iterator[Finding]:
    invoiced: dict[str, Decimal] = {}
    for item in nfe.items:
        invoiced[item.sku] = invoiced.get(item.sku, Decimal(0)) + item.units
    ordered = {item.sku: Decimal(item.held) for item in order.items if item.held}
    if invoiced != ordered:
        yield Finding(ITEMS, f"The invoice's products are not the units of order {order.order_id}, by SKU.")
    total = Money(order.total.minor, order.currency).decimal
    if nfe.total != total:
        yield Finding(TOTAL, f"The invoice is of {nfe.total}; order {order.order_id} is of {total} {order.currency}.")
    number = buyer_number(order)
    if number and nfe.buyer_number != number:
        yield Finding(BUYER, f"The invoice is for another buyer than that of order {order.order_id}.")


def buyer_number(order: Order) -> str:
    """The digits of the buyer's tax number; none of a buyer who is no business."""
    if order.buyer.tax is None or not order.buyer.tax.classifications:
        return ""
    return "".join(filter(str.isdigit, order.buyer.tax.classifications[0].value))
