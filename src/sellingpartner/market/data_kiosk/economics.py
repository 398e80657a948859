"""Economics of products: what was sold, what Amazon charged for it, and what is left.

Sales are the orders' own numbers, fees are the ledger's, so both agree with orders and finances. Nobody advertises in
this market, and sellers tell it no costs of theirs.

Assumed: a product of which nothing was sold, refunded or charged in a period has no row for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.data_kiosk.charges import Charge, charges_by_day, name_of
from sellingpartner.market.data_kiosk.datasets import Arguments, Fields, rows_of
from sellingpartner.market.data_kiosk.days import check_days, marketplaces_of, stretch_of
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.traffic.calendar import Period, Stretch, bounds_of, divided, indexes
from sellingpartner.market.traffic.counts import Counts
from sellingpartner.market.traffic.figures import amount, average
from sellingpartner.market.traffic.products import parents_of
from sellingpartner.market.traffic.questions import Key, counted, group_by
from sellingpartner.storage.unit import UnitOfWork

DATASET = "analytics_economics_2024_03_15"
_DEPTHS = {"PARENT_ASIN": 1, "CHILD_ASIN": 2, "MSKU": 3}
_KINDS = {1: "PARENT", 2: "CHILD", 3: "SKU"}


class Charged(msgspec.Struct):
    """A fee of a product in a period: what was charged for how many units."""

    minor: int = 0
    tax_minor: int = 0
    units: int = 0

    def add(self, charge: Charge) -> None:
        """Add a charge."""
        self.minor += charge.minor
        self.tax_minor += charge.tax_minor
        self.units += charge.units

    @property
    def total(self) -> int:
        """What was charged, with tax."""
        return self.minor + self.tax_minor


_Fees = Mapping[str, Charged]


@rows_of(DATASET, "economics", check=check_days)
def economics(unit: UnitOfWork, arguments: Arguments) -> Iterator[Fields]:
    """A row for each product of each marketplace and each period."""
    wanted = arguments.get("aggregateBy") or {}
    period = Period(wanted.get("date") or "DAY")
    depth = _DEPTHS[wanted.get("productId") or "MSKU"]
    parts_of = frozenset(one for one in arguments.get("includeComponentsForFeeTypes") or () if one is not None)
    for marketplace_id in marketplaces_of(arguments):
        stretch = stretch_of(unit, arguments, period, marketplace_id)
        if stretch is None:
            continue
        parts = divided(stretch, period)
        sums = counted(unit, marketplace_id, parts, group_by(_KINDS[depth]))
        fees = _fees(unit, marketplace_id, parts, depth)
        fnskus = _fnskus(unit, marketplace_id) if depth == _DEPTHS["MSKU"] else {}
        for key, part in sorted({*sums, *fees}, key=lambda one: (one[1], one[0])):
            counts, charged = sums.get((key, part)) or Counts(), fees.get((key, part)) or {}
            if not charged and not _is_traded(counts):
                continue
            told = Told(MARKETPLACES[marketplace_id].currency, parts[part], parts_of)
            yield {
                **named(key, fnskus),
                "startDate": parts[part].first,
                "endDate": parts[part].last,
                "marketplaceId": marketplace_id,
                "sales": sales_of(counts, told.currency),
                "fees": [told.summary(fee, of_fee) for fee, of_fee in sorted(charged.items())],
                "ads": [],
                "cost": None,
                "netProceeds": proceeds(counts, charged, told.currency),
            }


def _fees(
    unit: UnitOfWork, marketplace_id: str, parts: list[Stretch], depth: int
) -> dict[tuple[Key, int], dict[str, Charged]]:
    """What was charged for each product in each period, by fee."""
    part_of = indexes(parts)
    families: dict[str, str] = {}
    sums: dict[tuple[Key, int], dict[str, Charged]] = defaultdict(lambda: defaultdict(Charged))
    bounds = bounds_of(marketplace_id, Stretch(parts[0].first, parts[-1].last))
    for charge in charges_by_day(unit, marketplace_id, bounds):
        if charge.asin not in families:
            families |= parents_of(unit, [charge.asin])
        key = (families[charge.asin], charge.asin, charge.sku)[:depth]
        sums[key, part_of[charge.day]][charge.fee].add(charge)
    return sums


def _fnskus(unit: UnitOfWork, marketplace_id: str) -> dict[str, str]:
    """The labels of what lies in Amazon's network, by SKU."""
    offered = listings_of(unit, marketplace_id)
    return {one.sku: fnsku_of(unit, one.sku) for one in offered if one.fulfillment_channel is FulfillmentChannel.AFN}


def named(key: Key, fnskus: Mapping[str, str]) -> Fields:
    """What a row is about: family, item and SKU, as far as its key says them."""
    named = dict(zip(("parentAsin", "childAsin", "msku"), key, strict=False))
    return {**named, "fnsku": fnskus.get(named["msku"])} if "msku" in named else named


def _is_traded(counts: Counts) -> bool:
    every = counts.every
    return bool(every.placed or every.units_refunded or every.sales_refunded)


def sales_of(counts: Counts, currency: str) -> Fields:
    """What was sold, and what of it was refunded."""
    every = counts.every
    return {
        "orderedProductSales": amount(every.sales, currency),
        "refundedProductSales": amount(every.sales_refunded, currency),
        "netProductSales": amount(every.sales - every.sales_refunded, currency),
        "unitsOrdered": every.units,
        "unitsRefunded": every.units_refunded,
        "netUnitsSold": every.units - every.units_refunded,
        "averageSellingPrice": amount(average(every.sales, every.units), currency) if every.units else None,
    }


def proceeds(counts: Counts, charged: _Fees, currency: str) -> Fields:
    """What is left."""
    every = counts.every
    total = every.sales - every.sales_refunded - sum(one.total for one in charged.values())
    units = every.units - every.units_refunded
    return {
        "total": amount(total, currency),
        "perUnit": amount(average(total, units), currency) if units > 0 else None,
    }


class Told(msgspec.Struct, frozen=True):
    """How fees of a period are told."""

    currency: str
    stretch: Stretch
    parts_of: frozenset[str]

    def summary(self, fee: str, charged: Charged) -> Fields:
        """A fee's type and what was charged."""
        name, detail = name_of(fee), self._detail(charged)
        told = {
            "aggregatedDetail": detail,
            "components": [{"name": name.part, "aggregatedDetail": detail, "properties": None}]
            if name.type in self.parts_of
            else None,
            "startDate": self.stretch.first,
            "endDate": self.stretch.last,
            "identifier": fee,
            "properties": None,
        }
        return {"feeTypeName": name.name, "charge": told, "charges": [told]}

    def _detail(self, charged: Charged) -> Fields:
        units = charged.units
        return {
            "amount": amount(charged.minor, self.currency),
            "promotionAmount": amount(0, self.currency),
            "taxAmount": amount(charged.tax_minor, self.currency),
            "totalAmount": amount(charged.total, self.currency),
            "quantity": float(units) if units > 0 else None,
            "amountPerUnit": amount(average(charged.total, units), self.currency) if units > 0 else None,
            "amountPerUnitDelta": None,
        }
