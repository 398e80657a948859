"""What is held of a seller's money: a row for each line of each sale or refund that has not matured.

Assumed: the words and the form of dates are those of the date range reports that Seller Central makes; what Amazon
writes as the report's kind nobody has told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.finances.held import HeldEvent, held_events
from sellingpartner.market.money.ledger.components import TAX, Component, components, kind_names
from sellingpartner.market.money.ledger.model import EntryLine
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.time.business_days import calendars
from sellingpartner.storage.unit import UnitOfWork

_FIRST = (
    "ReportType",
    "date/time",
    "settlement-id",
    "type",
    "order-id",
    "sku",
    "description",
    "quantity",
    "store",
    "fulfillment",
    "order-city",
    "order-state",
    "order-post-code",
    "tax-collection-model",
)
_AMOUNTS = (
    "product-sales",
    "product-sales-tax",
    "shipping-credits",
    "shipping-credits-tax",
    "gift-wrap-credits",
    "gift-wrap-credits-tax",
    "regulatory-fee",
    "tax-on-regulatory-fee",
    "promotional-rebate",
    "promotional-rebate-tax",
    "marketplace-withheld-tax",
    "selling-fees",
    "fba-fees",
    "other-transaction-fees",
    "other",
)
_COLUMNS = (*_FIRST, *_AMOUNTS, "total", "Tax Amount", "Total Amount")
_OF_COMPONENTS = {
    "Principal": "product-sales",
    "Tax": "product-sales-tax",
    "ShippingCharge": "shipping-credits",
    "ShippingTax": "shipping-credits-tax",
    "GiftWrap": "gift-wrap-credits",
    "GiftWrapTax": "gift-wrap-credits-tax",
    "PromotionPrincipal": "promotional-rebate",
    "PromotionShipping": "promotional-rebate",
    "TaxDiscount": "promotional-rebate-tax",
    "FBAPerUnitFulfillmentFee": "fba-fees",
    "FBALowInventoryLevelFee": "fba-fees",
    "ShippingChargeback": "other-transaction-fees",
    "GiftwrapChargeback": "other-transaction-fees",
}
_OF_PLACES = {"withheld": "marketplace-withheld-tax", "fee": "selling-fees"}
_TAXES = ("product-sales-tax", "shipping-credits-tax", "gift-wrap-credits-tax", "promotional-rebate-tax")


@report("GET_DATE_RANGE_FINANCIAL_HOLDS_DATA")
def held_money(unit: UnitOfWork, asked: Asked) -> Rows:
    """What is held at the moment at which the report is made.

    Differs: the report of deferred transactions can be asked for at once; Amazon makes it by request only for whoever
    has ordered it in Seller Central before.
    """
    currencies = tuple(sorted({MARKETPLACES[one].currency for one in asked.marketplace_ids}))
    held = held_events(unit, currencies)
    return Rows(_COLUMNS, (row for one in held for row in _rows(unit, one) if _is_of(one, asked)))


def _is_of(one: HeldEvent, asked: Asked) -> bool:
    return one.event.entry.marketplace_id in asked.marketplace_ids


def _rows(unit: UnitOfWork, one: HeldEvent) -> Iterator[tuple[str, ...]]:
    entry = one.event.entry
    order = order_of(unit, entry.order_id) if entry.order_id else None
    for number, line in enumerate(entry.detail.lines, start=1):
        amounts: Counter[str] = Counter()
        for leg in one.event.legs:
            if leg.line == number:
                amounts[_column(components()[leg.component])] += leg.effect
        yield (*_told(one, order, line), *_amounts(amounts, entry.currency))


def _told(one: HeldEvent, order: Order | None, line: EntryLine) -> tuple[str, ...]:
    entry = one.event.entry
    market = MARKETPLACES[entry.marketplace_id or ""]
    address = order.address if order else None
    titles = {item.order_item_id: item.title for item in order.items} if order else {}
    is_withheld = any(components()[leg.component].place == "withheld" for leg in one.event.legs)
    return (
        "Deferred Transactions",
        _local(entry.posted_at, market.country_code),
        "",
        kind_names(entry.kind).settled_as,
        entry.order_id or "",
        line.sku,
        titles.get(line.order_item_id, ""),
        str(line.quantity),
        market.name.lower(),
        "Amazon" if entry.detail.fulfillment == "AFN" else "Seller",
        (address.city or "") if address else "",
        (address.state_or_region or "") if address else "",
        (address.postal_code or "") if address else "",
        "MarketplaceFacilitator" if is_withheld else "",
    )


def _amounts(amounts: Counter[str], currency: str) -> tuple[str, ...]:
    tax = sum(amounts[name] for name in _TAXES)
    whole = sum(amounts.values())
    return tuple(str(Money(minor, currency)) for minor in (*(amounts[name] for name in _AMOUNTS), whole, tax, whole))


def _column(component: Component) -> str:
    of_it = _OF_COMPONENTS.get(component.key.removesuffix(TAX))
    return of_it or _OF_PLACES.get(component.place, "other")


def _local(moment: datetime, country: str) -> str:
    zone: ZoneInfo = calendars()[country].zone
    there = moment.astimezone(zone)
    return f"{there:%b} {there.day}, {there.year} {there.hour % 12 or 12}:{there:%M:%S %p %Z}"
