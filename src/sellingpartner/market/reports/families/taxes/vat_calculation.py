"""Europe's report on the VAT of each sale and each refund."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sellingpartner.market.money.ledger.questions import transaction_id_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.taxes.tax_cells import (
    EUROPE,
    Cell,
    buyer_country,
    buyer_number,
    day_utc,
    leaves_the_union,
    part_cells,
    scheme,
    seller_country,
    seller_number,
)
from sellingpartner.market.reports.families.taxes.taxed_lines import taxed_in_time
from sellingpartner.market.reports.kinds import Charset, Empty, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.reports.writing.values import true_false
from sellingpartner.storage.unit import UnitOfWork

_FORMS = (
    "Tax Inclusive Selling Price",
    "Tax Amount",
    "Tax Exclusive Selling Price",
    "Tax Inclusive Promo Amount",
    "Tax Amount Promo",
    "Tax Exclusive Promo Amount",
)
_PARTS = {
    "OUR_PRICE": part_cells(lambda line: line.price),
    "SHIPPING": part_cells(lambda line: line.shipping),
    "GIFTWRAP": part_cells(lambda line: line.gift_wrap),
}

# Assumed: the market writes no invoices of VAT by itself, so what is of invoices is empty; so are places that have
# codes of their own for taxes, and what Italy's exchange of invoices says.
_EMPTY = (
    "Product Tax Code", "Buyer E Invoice Account Id", "Invoice Level Currency Code", "Invoice Level Exchange Rate",
    "Invoice Level Exchange Rate Date", "Converted Tax Amount", "VAT Invoice Number", "Invoice Url",
    "Ship From Tax Location Code", "Ship To Location Code", "Original VAT Invoice Number",
    "Invoice Correction Details", "SDI Invoice Delivery Status", "SDI Invoice Error Code",
    "SDI Invoice Error Description", "SDI Invoice Status Last Updated Date", "EInvoice URL",
)  # fmt: skip

_CELLS: Final[Mapping[str, Cell]] = {
    **{f"{part} {form}": cell for part, cells in _PARTS.items() for form, cell in zip(_FORMS, cells, strict=True)},
    **dict.fromkeys(_EMPTY, lambda _: ""),
    "Marketplace ID": lambda line: line.order.marketplace_id,
    "Merchant ID": lambda line: line.seller.seller_id,
    "Order Date": lambda line: day_utc(line.order.purchased_at),
    "Transaction Type": lambda line: "REFUND" if line.is_back else "SHIPMENT",
    "Is Invoice Corrected": lambda _: "false",
    "Order ID": lambda line: line.order.order_id,
    "Shipment Date": lambda line: day_utc(line.shipped_at),
    "Shipment ID": lambda line: line.shipment_id,
    "ASIN": lambda line: line.item.asin,
    "SKU": lambda line: line.item.sku,
    "Quantity": lambda line: str(line.line.quantity),
    "Tax Calculation Date": lambda line: day_utc(line.entry.posted_at),
    "Tax Rate": lambda line: f"{line.rate:.4f}",
    "Currency": lambda line: line.order.currency,
    "Tax Type": lambda _: "VAT",
    "Tax Calculation Reason Code": lambda line: "Taxable" if line.rate else "NonTaxable",
    "Tax Reporting Scheme": scheme,
    "Tax Collection Responsibility": lambda line: "Marketplace" if line.is_collected else "Seller",
    "Tax Address Role": lambda _: "ShipTo",
    "Jurisdiction Level": lambda _: "Country",
    "Jurisdiction Name": lambda line: line.order.address.country_code,
    "Seller Tax Registration": seller_number,
    "Seller Tax Registration Jurisdiction": seller_country,
    "Buyer Tax Registration": buyer_number,
    "Buyer Tax Registration Jurisdiction": buyer_country,
    "Buyer Tax Registration Type": lambda line: "VAT" if buyer_number(line) else "",
    "Export Outside EU": lambda line: true_false(leaves_the_union(line)),
    "Ship From City": lambda line: line.origin.city,
    "Ship From State": lambda line: line.origin.state,
    "Ship From Country": lambda line: line.origin.country,
    "Ship From Postal Code": lambda line: line.origin.postal_code,
    "Ship To City": lambda line: line.order.address.city,
    "Ship To State": lambda line: line.order.address.state_or_region or "",
    "Ship To Country": lambda line: line.order.address.country_code,
    "Ship To Postal Code": lambda line: line.order.address.postal_code,
    "Return Fc Country": lambda line: line.origin.country if line.is_back and line.origin.code else "",
    "Is Amazon Invoiced": lambda _: "false",
}


@report(
    "SC_VAT_TAX_REPORT",
    window=Window(default_days=30),
    empty=Empty.CANCELLED,
    charset=Charset.UTF8,
    countries=EUROPE,
)
def calculation(unit: UnitOfWork, asked: Asked) -> Rows:
    """A row for each line of each sale or refund."""
    cells = {**_CELLS, "Transaction ID": lambda line: transaction_id_of(unit, line.entry.entry_id)}
    return table(columns_of("taxes/taxes.toml", "vat_calculation"), taxed_in_time(unit, asked), cells)
