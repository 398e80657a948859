"""What storage at Amazon was charged for, by SKU and center: it comes to what the ledger has posted, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.questions import main_centers
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.money.ledger.questions import Kept, StorageCharge, storage_charges_of
from sellingpartner.market.money.questions import Sized, sized, volume_of, volume_unit
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.families.stock.fba_stock import DAILY, words_of
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment, rounded
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
_VOLUMES = {"cubic_foot": "cubic feet", "cubic_meter": "cubic meters"}
_MONTH = Window(default_days=62)


class _Charged(NamedTuple):
    charge: StorageCharge
    sized: Sized
    center: Center
    """Of months that earlier versions charged, the one that has the most of it now."""
    fnsku: str
    listed: Listed | None

    @property
    def title(self) -> str:
        """What it is called, as long as it is listed."""
        return "" if self.listed is None else self.listed.title

    @property
    def volume_unit(self) -> str:
        """In what volumes are measured."""
        return volume_unit(self.charge.marketplace_id, _first_day(self.charge.month))


def _volume(charged: _Charged) -> str:
    return rounded(volume_of(charged.volume_unit, charged.charge.package), 4)


def _whole_volume(charged: _Charged) -> str:
    units = charged.charge.units - charged.charge.pending
    return rounded(volume_of(charged.volume_unit, charged.charge.package) * units, 4)


_SPACE: Columns[_Charged] = {
    "asin": lambda charged: charged.charge.asin,
    "fnsku": lambda charged: charged.fnsku,
    "product_name": lambda charged: charged.title,
    "fulfillment_center": lambda charged: charged.center.code,
    "country_code": lambda charged: charged.center.country_code,
    "longest_side": lambda charged: rounded(charged.sized.measured.longest, 2),
    "median_side": lambda charged: rounded(charged.sized.measured.median, 2),
    "shortest_side": lambda charged: rounded(charged.sized.measured.shortest, 2),
    "measurement_units": lambda charged: charged.sized.length_unit,
    "weight": lambda charged: rounded(charged.sized.measured.weight, 2),
    "weight_units": lambda charged: charged.sized.weight_unit,
    "item_volume": _volume,
    "volume_units": lambda charged: _VOLUMES[charged.volume_unit],
    "product_size_tier": lambda charged: charged.sized.tier,
    "average_quantity_on_hand": lambda charged: rounded(charged.charge.units, 2),
    # Differs: of what cannot be sold nobody knows which units wait to be removed; those that can are told.
    "average_quantity_pending_removal": lambda charged: rounded(charged.charge.pending, 2),
    "estimated_total_item_volume": _whole_volume,
    "month_of_charge": lambda charged: charged.charge.month,
    "storage_rate": lambda charged: f"{charged.charge.rate:f}",
    "currency": lambda charged: charged.charge.amount.currency,
    "estimated_monthly_storage_fee": lambda charged: amount(charged.charge.amount),
    # Differs: there are no dangerous goods, and no discounts or incentives on storage.
    "dangerous_goods_storage_type": lambda _: "--",
    "eligible_for_inventory_discount": lambda _: "No",
    "qualifies_for_inventory_discount": lambda _: "No",
    "total_incentive_fee_amount": lambda _: "0.00",
    "breakdown_incentive_fee_amount": nothing,
    "average_quantity_customer_orders": nothing,
}

_AGE: Columns[_Charged] = {
    "snapshot-date": lambda charged: moment(charged.charge.charged_at),
    "sku": lambda charged: charged.charge.sku,
    "fnsku": lambda charged: charged.fnsku,
    "asin": lambda charged: charged.charge.asin,
    "product-name": lambda charged: charged.title,
    "condition": lambda charged: "" if charged.listed is None else words_of(charged.listed),
    "per-unit-volume": _volume,
    "currency": lambda charged: charged.charge.amount.currency,
    "volume-unit": lambda charged: _VOLUMES[charged.volume_unit],
    "country": lambda charged: charged.center.country_code,
    "qty-charged": lambda charged: f"{charged.charge.units:f}",
    "amount-charged": lambda charged: amount(charged.charge.amount),
    # Assumed: the tier of a surcharge is said by its first and its last day, such as `181-210 days`.
    "surcharge-age-tier": lambda charged: f"{charged.charge.tier} days",
    "rate-surcharge": lambda charged: f"{charged.charge.rate:f}",
}


@report("GET_FBA_STORAGE_FEE_CHARGES_DATA", window=_MONTH, empty=Empty.CANCELLED, repeats=DAILY)
def storage_fees(unit: UnitOfWork, asked: Asked) -> Rows:
    """What the space of each SKU in each center cost in the months of a period, as far as they have been charged.

    Assumed: a report on storage fees is about all months that its period touches.
    """
    return table(_SPACE, _charged(unit, asked, Kept.SPACE))


@report(
    "GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA",
    window=Window(most_days=31),
    empty=Empty.CANCELLED,
    repeats=DAILY,
)
def aged_surcharges(unit: UnitOfWork, asked: Asked) -> Rows:
    """What was charged on top for units that had been there for long, by how long."""
    return table(_AGE, _charged(unit, asked, Kept.AGE))


def _charged(unit: UnitOfWork, asked: Asked, kind: Kept) -> Iterator[_Charged]:
    charges = storage_charges_of(unit, kind, f"{asked.start:%Y-%m}", f"{asked.end:%Y-%m}")
    while page := list(islice(charges, _PAGE)):
        skus = {charge.sku for charge in page}
        known, centers = listed(unit, asked, skus), main_centers(unit, skus)
        for charge in page:
            measured = sized(charge.marketplace_id, charge.package, _first_day(charge.month))
            here = center(charge.center) if charge.center else centers[charge.sku]
            fnsku = fnsku_of(unit, charge.sku)
            yield _Charged(charge, measured, here, fnsku, known.get(charge.sku))


def _first_day(month: str) -> date:
    return datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a day has no zone
