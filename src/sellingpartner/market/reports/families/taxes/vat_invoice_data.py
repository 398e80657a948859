"""What sellers in Europe write invoices and credit notes from: shipments and refunds, with their VAT part by part.

Assumed: reports on VAT invoices take no restricted data token, so that names, streets and telephones are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from sellingpartner.market.money.invoices.vat_invoices import InvoiceKind, VatInvoice, vat_invoices_of
from sellingpartner.market.money.ledger.questions import transaction_id_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_lines import CELLS, PERSONAL, Line
from sellingpartner.market.reports.families.taxes.tax_cells import (
    EUROPE,
    buyer_number,
    leaves_the_union,
    money,
    seller_number,
)
from sellingpartner.market.reports.families.taxes.taxed_lines import Part, TaxedLine, taxed_in_time
from sellingpartner.market.reports.kinds import Charset, Empty, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import moment, true_false
from sellingpartner.storage.unit import UnitOfWork

_ALL, _PENDING = "all", "pendingInvoices"
_FLAGS = ("true", "false")
_AT_ONCE = 500


class _Invoiced(NamedTuple):
    """A line, and the invoice or the credit note that was handed in for it."""

    line: TaxedLine
    invoice: VatInvoice | None


Cell = Callable[[_Invoiced], str]


def _amounts(name: str, of: Callable[[TaxedLine], Part]) -> dict[str, Cell]:
    """A part and what a promotion took off it, with VAT, without it, and the VAT."""

    def amount(minor: Callable[[Part], int]) -> Cell:
        return lambda one: money(one.line, minor(of(one.line)))

    def rate(one: _Invoiced) -> str:
        return f"{one.line.rate:.2f}"

    promo = {"item": "item-promo", "gift-wrap": "gift-promo", "shipping": "shipping-promo"}[name]
    return {
        f"{name}-vat-incl-amount": amount(lambda part: part.net + part.tax),
        f"{name}-vat-amount": amount(lambda part: part.tax),
        f"{name}-vat-excl-amount": amount(lambda part: part.net),
        f"{name}-vat-rate": rate,
        f"{promo}-vat-incl-amount": amount(lambda part: part.promo_net + part.promo_tax),
        f"{promo}-vat-excl-amount": amount(lambda part: part.promo_net),
        f"{promo}-vat-amount": amount(lambda part: part.promo_tax),
        f"{promo}-vat-rate": rate,
    }


def _of_order(name: str) -> Cell:
    """What the reports on orders say under the same name."""
    cell = CELLS[name]

    def told(one: _Invoiced) -> str:
        order = one.line.order
        return cell(Line(order, one.line.item, one.line.item.held_amounts, order.address, one.line.entry.posted_at))

    return told


def _promotions(of: Callable[[TaxedLine], Part]) -> Cell:
    return lambda one: ",".join(one.line.line.promotion_ids) if of(one.line).promo_net else ""


_SHARED = (
    "asin", "sku", "product-name", "currency", "is-business-order", "price-designation", "purchase-order-number",
    "ship-service-level", "fulfilled-by", "ship-city", "ship-state", "ship-postal-code", "ship-country",
)  # fmt: skip
_HIDDEN: Final = PERSONAL | {"billing-name", "billing-phone-number"}

# Assumed: the market recommends no form of an invoice, cites no law in it, and knows no accounts for electronic ones.
_EMPTY = (
    "invoice-status-description", "gift-promotion-id", "legacy-customer-order-item-id", "recommended-invoice-format",
    "buyer-e-invoice-account-id", "is-buyer-physically-present", "is-seller-physically-present", "citation-es",
    "citation-it", "citation-fr", "citation-de", "citation-en", "original-vat-invoice-number",
    "invoice-correction-details",
)  # fmt: skip

_CELLS: Final[Mapping[str, Cell]] = {
    **dict.fromkeys(_EMPTY, lambda _: ""),
    **{name: _of_order(name) for name in _SHARED},
    **_amounts("item", lambda line: line.price),
    **_amounts("gift-wrap", lambda line: line.gift_wrap),
    **_amounts("shipping", lambda line: line.shipping),
    "marketplace-id": lambda one: one.line.order.marketplace_id,
    "order-id": lambda one: one.line.order.order_id,
    "order-item-id": lambda one: one.line.item.order_item_id,
    "shipping-id": lambda one: one.line.shipment_id,
    "transaction-type": lambda one: "REFUND" if one.line.is_back else "SHIPMENT",
    "invoice-number": lambda one: "" if one.invoice is None else one.invoice.number,
    # Assumed: an invoice that was taken in is Accepted, and one that is still to come Pending.
    "invoice-status": lambda one: "Pending" if one.invoice is None else "Accepted",
    "is-amazon-invoiced": lambda _: "false",
    "order-date": lambda one: moment(one.line.order.purchased_at),
    "shipment-date": lambda one: moment(one.line.shipped_at),
    "buyer-vat-number": lambda one: buyer_number(one.line),
    "seller-vat-number": lambda one: seller_number(one.line),
    "quantity-purchased": lambda one: str(one.line.line.quantity),
    "item-promotion-id": _promotions(lambda line: line.price),
    "ship-promotion-id": _promotions(lambda line: line.shipping),
    "ship-from-country": lambda one: one.line.origin.country,
    "ship-from-state": lambda one: one.line.origin.state,
    "ship-from-city": lambda one: one.line.origin.city,
    "ship-from-postal-code": lambda one: one.line.origin.postal_code,
    "buyer-tax-registration-type": lambda one: "VAT" if buyer_number(one.line) else "",
    "export-outside-eu": lambda one: true_false(leaves_the_union(one.line)),
    "is-invoice-corrected": lambda _: "false",
}


@report(
    "GET_FLAT_FILE_VAT_INVOICE_DATA_REPORT",
    window=Window(default_days=90),
    option_windows={_ALL: Window(most_days=30, default_days=30)},
    empty=Empty.CANCELLED,
    charset=Charset.UTF8,
    options={_ALL: _FLAGS, _PENDING: _FLAGS},
    countries=EUROPE,
)
def invoice_data(unit: UnitOfWork, asked: Asked) -> Rows:
    """Shipments that wait for their invoices; all shipments and refunds, if that is asked for."""
    wants_all = asked.options.get(_ALL) == "true"
    lines = (one for one in _invoiced(unit, asked) if wants_all or (one.invoice is None and not one.line.is_back))
    cells = {**_CELLS, "transaction-id": lambda one: transaction_id_of(unit, one.line.entry.entry_id)}
    return table(columns_of("taxes/taxes.toml", "vat_invoices"), lines, cells, hidden=_HIDDEN)


def _invoiced(unit: UnitOfWork, asked: Asked) -> Iterator[_Invoiced]:
    lines = taxed_in_time(unit, asked)
    while batch := list(islice(lines, _AT_ONCE)):
        invoices = vat_invoices_of(unit, {line.order.order_id for line in batch})
        for line in batch:
            transaction_id = transaction_id_of(unit, line.entry.entry_id)
            yield _Invoiced(line, _paper_for(line, transaction_id, invoices.get(line.order.order_id, ())))


def _paper_for(line: TaxedLine, transaction_id: str, papers: Sequence[VatInvoice]) -> VatInvoice | None:
    """The last invoice for a shipment, or for its whole order; of a refund the last credit note that names it."""
    meant = [
        one
        for one in papers
        if (
            one.kind is InvoiceKind.CREDIT_NOTE and one.transaction_id == transaction_id
            if line.is_back
            else one.kind is InvoiceKind.INVOICE and one.shipping_id in {None, line.shipment_id}
        )
    ]
    return meant[-1] if meant else None
