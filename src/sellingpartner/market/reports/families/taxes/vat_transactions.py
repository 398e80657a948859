"""Europe's report on what a seller sold and gave back in a month, for whoever files its VAT.

Differs: stock that comes in or moves between countries, and goods that come back, are transactions at Amazon too; here
there are sales and refunds alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.money.ledger.questions import transaction_id_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.taxes.tax_cells import (
    EUROPE,
    Cell,
    amount,
    buyer_country,
    buyer_number,
    day_numbers,
    leaves_the_union,
    month_of,
    scheme,
    seller_country,
    seller_number,
)
from sellingpartner.market.reports.families.taxes.taxed_lines import Part, TaxedLine, taxed_between
from sellingpartner.market.reports.kinds import UNAVAILABLE, Charset, Empty, ReportUnavailable, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.storage.unit import UnitOfWork

_READY_AFTER = timedelta(days=2)

_PARTS: Final[Mapping[str, Callable[[TaxedLine], Part]]] = {
    "PRICE_OF_ITEMS": lambda line: line.price,
    "SHIP_CHARGE": lambda line: line.shipping,
    "GIFT_WRAP": lambda line: line.gift_wrap,
}


def _amounts(name: str, of: Callable[[TaxedLine], Part]) -> dict[str, Cell]:
    """A part without VAT, its VAT and with it: itself, what a promotion took off, and both."""
    return {
        f"{name}_AMT_VAT_EXCL": amount(lambda line: of(line).net),
        f"PROMO_{name}_AMT_VAT_EXCL": amount(lambda line: of(line).promo_net),
        f"TOTAL_{name}_AMT_VAT_EXCL": amount(lambda line: of(line).net + of(line).promo_net),
        f"{name}_VAT_RATE_PERCENT": lambda line: f"{line.rate:.2f}",
        f"{name}_VAT_AMT": amount(lambda line: of(line).tax),
        f"PROMO_{name}_VAT_AMT": amount(lambda line: of(line).promo_tax),
        f"TOTAL_{name}_VAT_AMT": amount(lambda line: of(line).due),
        f"{name}_AMT_VAT_INCL": amount(lambda line: of(line).net + of(line).tax),
        f"PROMO_{name}_AMT_VAT_INCL": amount(lambda line: of(line).promo_net + of(line).promo_tax),
        f"TOTAL_{name}_AMT_VAT_INCL": amount(lambda line: of(line).net + of(line).promo_net + of(line).due),
    }


def _net(line: TaxedLine) -> int:
    return sum(part.net + part.promo_net for _, part in line.parts)


def _due(line: TaxedLine) -> int:
    return sum(part.due for _, part in line.parts)


# Assumed: the market knows neither codes of customs and statistics, weights of single sales, costs nor invoices.
_EMPTY = (
    "ITEM_MANUFACTURE_COUNTRY", "ITEM_WEIGHT", "TOTAL_ACTIVITY_WEIGHT", "COST_PRICE_OF_ITEMS", "COMMODITY_CODE",
    "STATISTICAL_CODE_DEPART", "STATISTICAL_CODE_ARRIVAL", "COMMODITY_CODE_SUPPLEMENTARY_UNIT",
    "ITEM_QTY_SUPPLEMENTARY_UNIT", "TOTAL_ACTIVITY_SUPPLEMENTARY_UNIT", "PRODUCT_TAX_CODE", "TRANSPORTATION_MODE",
    "DELIVERY_CONDITIONS", "VAT_INV_NUMBER", "VAT_INV_CONVERTED_AMT", "VAT_INV_CURRENCY_CODE",
    "VAT_INV_EXCHANGE_RATE", "VAT_INV_EXCHANGE_RATE_DATE", "INVOICE_URL",
)  # fmt: skip

_CELLS: Final[Mapping[str, Cell]] = {
    **{column: cell for name, of in _PARTS.items() for column, cell in _amounts(name, of).items()},
    **dict.fromkeys(_EMPTY, lambda _: ""),
    "TOTAL_ACTIVITY_VALUE_AMT_VAT_EXCL": amount(_net),
    "TOTAL_ACTIVITY_VALUE_VAT_AMT": amount(_due),
    "TOTAL_ACTIVITY_VALUE_AMT_VAT_INCL": amount(lambda line: _net(line) + _due(line)),
    "UNIQUE_ACCOUNT_IDENTIFIER": lambda line: line.seller.seller_id,
    "ACTIVITY_PERIOD": lambda line: month_of(line.entry.posted_at),
    "SALES_CHANNEL": lambda line: line.order.channel.value,
    "MARKETPLACE": lambda line: MARKETPLACES[line.order.marketplace_id].name.lower(),
    "PROGRAM_TYPE": lambda _: "Regular",
    "TRANSACTION_TYPE": lambda line: "REFUND" if line.is_back else "SALE",
    "TRANSACTION_EVENT_ID": lambda line: line.order.order_id,
    "TAX_CALCULATION_DATE": lambda line: day_numbers(line.entry.posted_at),
    "TRANSACTION_DEPART_DATE": lambda line: day_numbers(line.shipped_at),
    "TRANSACTION_ARRIVAL_DATE": lambda line: day_numbers(_arrived(line)),
    "TRANSACTION_COMPLETE_DATE": lambda line: day_numbers(line.entry.posted_at),
    "SELLER_SKU": lambda line: line.item.sku,
    "ASIN": lambda line: line.item.asin,
    "ITEM_DESCRIPTION": lambda line: line.item.title,
    "QTY": lambda line: str(line.line.quantity),
    "TRANSACTION_CURRENCY_CODE": lambda line: line.order.currency,
    "DEPATURE_CITY": lambda line: line.origin.city,
    "DEPARTURE_COUNTRY": lambda line: line.origin.country,
    "DEPARTURE_POST_CODE": lambda line: line.origin.postal_code,
    "ARRIVAL_CITY": lambda line: line.order.address.city,
    "ARRIVAL_COUNTRY": lambda line: line.order.address.country_code,
    "ARRIVAL_POST_CODE": lambda line: line.order.address.postal_code,
    "SALE_DEPART_COUNTRY": lambda line: line.origin.country,
    "SALE_ARRIVAL_COUNTRY": lambda line: line.order.address.country_code,
    "SELLER_DEPART_VAT_NUMBER_COUNTRY": seller_country,
    "SELLER_DEPART_COUNTRY_VAT_NUMBER": seller_number,
    "SELLER_ARRIVAL_VAT_NUMBER_COUNTRY": lambda _: "",
    "SELLER_ARRIVAL_COUNTRY_VAT_NUMBER": lambda _: "",
    "TRANSACTION_SELLER_VAT_NUMBER_COUNTRY": seller_country,
    "TRANSACTION_SELLER_VAT_NUMBER": seller_number,
    "BUYER_VAT_NUMBER_COUNTRY": buyer_country,
    "BUYER_VAT_NUMBER": buyer_number,
    "VAT_CALCULATION_IMPUTATION_COUNTRY": lambda line: line.order.address.country_code,
    "TAXABLE_JURISDICTION": lambda line: line.order.address.country_code,
    "TAXABLE_JURISDICTION_LEVEL": lambda _: "Country",
    "EXPORT_OUTSIDE_EU": lambda line: "YES" if leaves_the_union(line) else "NO",
    "BUYER_NAME": lambda line: line.order.buyer.name,
    "ARRIVAL_ADDRESS": lambda line: line.order.address.line_1,
    "TAX_REPORTING_SCHEME": lambda line: scheme(line) or "REGULAR",
    "TAX_COLLECTION_RESPONSIBILITY": lambda line: "MARKETPLACE" if line.is_collected else "SELLER",
}


def _arrived(line: TaxedLine) -> datetime | None:
    reference = line.entry.detail.shipment_id
    package = None if reference is None else line.order.package(reference)
    return None if package is None else package.delivered_at


@report(
    "GET_VAT_TRANSACTION_DATA",
    window=Window(required=True),
    empty=Empty.CANCELLED,
    charset=Charset.UTF8,
    countries=EUROPE,
)
def transactions(unit: UnitOfWork, asked: Asked) -> Rows:
    """The transactions of months that are over, in all of the seller's European marketplaces.

    Assumed: whole months are told, from that in which the report begins to that in which it ends; the last of them must
    have been over for two days.
    """
    start = asked.start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = max(asked.end - timedelta(microseconds=1), start)
    end = (last.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=32)).replace(day=1)
    if asked.at < end + _READY_AFTER:
        raise ReportUnavailable(UNAVAILABLE)
    everywhere = (one.marketplace_id for one in participations_of(unit, unit.seller_id))
    ids = tuple(one for one in everywhere if MARKETPLACES[one].country_code in EUROPE)
    cells = {**_CELLS, "ACTIVITY_TRANSACTION_ID": lambda line: transaction_id_of(unit, line.entry.entry_id)}
    return table(columns_of("taxes/taxes.toml", "vat_transactions"), taxed_between(unit, start, end, ids), cells)
