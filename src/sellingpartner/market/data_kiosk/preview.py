"""Economics that are to be expected: what is offered now, sold as it was sold of late, at the fees in force.

Assumed: as many units are expected for each day as were sold a day, on average, in the 90 days before, at the price of
now. Fees that time brings, such as those of storage, are not foreseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.data_kiosk.datasets import Arguments, Fields, rows_of
from sellingpartner.market.data_kiosk.days import marketplaces_of
from sellingpartner.market.data_kiosk.economics import DATASET, Charged, Told, named, proceeds, sales_of
from sellingpartner.market.data_kiosk.refusals import QueryInvalid
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import FulfillmentChannel, Listing
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.money.ledger.components import TAX
from sellingpartner.market.money.ledger.selling.charging import Sold, fees_of
from sellingpartner.market.money.questions import NotEstimated, is_individual, product_by_asin
from sellingpartner.market.orders.metrics.by_day import lines_by_day
from sellingpartner.market.traffic.calendar import Stretch, bounds_of, today_in
from sellingpartner.market.traffic.counts import Counts, Side
from sellingpartner.market.traffic.products import parents_of
from sellingpartner.storage.unit import UnitOfWork

_FURTHEST = timedelta(days=120)
_LOOKED_BACK = timedelta(days=90)
_DAY = timedelta(days=1)
_FEES = {
    "REFERRAL_FEES": "Commission",
    "BASE_FBA_FULFILLMENT_FEE": "FBAPerUnitFulfillmentFee",
    "FBA_FULFILLMENT_FEES": "FBAPerUnitFulfillmentFee",
    "CLOSING_FEES": "VariableClosingFee",
    "PER_ITEM_SELLING_FEES": "FixedClosingFee",
    "DIGITAL_SERVICES_FEE_FBA": "DigitalServicesFee",
    "DIGITAL_SERVICES_FEE_SOA": "DigitalServicesFee",
}
"""The types of fees that can be foreseen, and what the ledger calls them."""


def _check(unit: UnitOfWork, arguments: Arguments) -> None:
    start, end = arguments["startDate"], arguments["endDate"]
    today = unit.now.date()
    if start > end:
        raise QueryInvalid(f"startDate {start} is after endDate {end}; it must not be.")
    if start < today - _DAY or end > today + _FURTHEST:
        raise QueryInvalid(f"startDate must not be before today, nor endDate after {today + _FURTHEST}.")
    if not arguments["feeTypes"]:
        raise QueryInvalid("feeTypes is empty; name one type or more.")
    wanted = marketplaces_of(arguments)
    if not wanted:
        raise QueryInvalid("marketplaceIds is empty; name one marketplace or more.")
    check_marketplaces(unit, unit.seller_id, wanted)


@rows_of(DATASET, "economicsPreview", check=_check)
def preview(unit: UnitOfWork, arguments: Arguments) -> Iterator[Fields]:
    """A row for each SKU that is offered and of which any is expected to be sold."""
    stretch = Stretch(arguments["startDate"], arguments["endDate"])
    foreseen = {_FEES[one] for one in arguments["feeTypes"] if one in _FEES}
    for marketplace_id in marketplaces_of(arguments):
        currency = MARKETPLACES[marketplace_id].currency
        expected = _expected(unit, marketplace_id, stretch.days)
        offered = [one for one in listings_of(unit, marketplace_id) if expected.get(one.sku)]
        families = parents_of(unit, {one.asin for one in offered})
        told = Told(currency, stretch, frozenset())
        for listing in offered:
            units = expected[listing.sku]
            counts = Counts(every=Side(items=units, units=units, sales=units * listing.price.minor))
            charged = {fee: one for fee, one in _charged(unit, listing, units).items() if fee in foreseen}
            by_amazon = listing.fulfillment_channel is FulfillmentChannel.AFN
            label = {listing.sku: fnsku_of(unit, listing.sku)} if by_amazon else {}
            yield {
                **named((families[listing.asin], listing.asin, listing.sku), label),
                "startDate": stretch.first,
                "endDate": stretch.last,
                "marketplaceId": marketplace_id,
                "sales": sales_of(counts, currency),
                "fees": [told.summary(fee, one) for fee, one in sorted(charged.items())],
                "ads": [],
                "cost": None,
                "netProceeds": proceeds(counts, charged, currency),
            }


def _expected(unit: UnitOfWork, marketplace_id: str, days: int) -> dict[str, int]:
    """How many units of each SKU are expected to be sold in so many days, rounded half up."""
    today = today_in(marketplace_id, unit.now)
    before = Stretch(today - _LOOKED_BACK, today - _DAY)
    sold: dict[str, int] = defaultdict(int)
    for line in lines_by_day(unit, marketplace_id, bounds_of(marketplace_id, before)):
        sold[line.sku] += line.units
    return {sku: (2 * units * days + before.days) // (2 * before.days) for sku, units in sold.items()}


def _charged(unit: UnitOfWork, listing: Listing, units: int) -> Mapping[str, Charged]:
    """What units that are sold at the price of now are charged; nothing for an item whose fees nobody can tell."""
    try:
        basis = product_by_asin(unit, listing.asin, listing.marketplace_id)
    except NotEstimated:
        return {}
    sold = Sold(
        marketplace_id=listing.marketplace_id,
        currency=listing.price.currency,
        quantity=units,
        amounts=LineAmounts(price=listing.price.minor * units),
        points=0,
        basis=basis,
        is_amazon_fulfilled=listing.fulfillment_channel is FulfillmentChannel.AFN,
        is_individual=is_individual(unit),
    )
    charged: dict[str, Charged] = defaultdict(lambda: Charged(units=units))
    for component, effect in fees_of(sold, unit.now.date()):
        of_fee = charged[component.removesuffix(TAX)]
        if component.endswith(TAX):
            of_fee.tax_minor -= effect
        else:
            of_fee.minor -= effect
    return charged
