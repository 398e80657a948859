"""What lies at Amazon: a row for each SKU, as getInventorySummaries tells it.

Assumed: these reports are made at most every 30 minutes, as all of FBA that Amazon calls near real-time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.questions import units_at_centers
from sellingpartner.market.listings.conditions import network_name
from sellingpartner.market.money.questions import package_of, volume_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, Stored, store
from sellingpartner.market.reports.kinds import Repeats, Rows, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, rounded, yes_no
from sellingpartner.storage.unit import UnitOfWork

NEAR_REAL_TIME = Repeats(minutes=30)
DAILY = Repeats(minutes=240)

_PAGE = 500
_SELLABLE, _UNSELLABLE = "SELLABLE", "UNSELLABLE"


class _Kept(NamedTuple):
    line: Stored
    can_be_sold: bool


def _condition_name(line: Listed) -> str:
    return network_name(line.record.condition, line.record.condition_subtype)


def words_of(line: Listed) -> str:
    """A condition in words. Assumed: as sellers see it in Seller Central, such as `Used - Very Good`."""
    record = line.record
    if record.condition == record.condition_subtype:
        return record.condition
    return f"{record.condition} - {record.condition_subtype.replace('Mint', 'Like New')}"


def _volume(line: Stored) -> str:
    """In cubic feet, as all of the world's reports have it."""
    package = None if line.item is None else package_of(line.item, line.record.marketplace_id)
    return "" if package is None else rounded(volume_of("cubic_foot", package), 2)


_AFN: Columns[_Kept] = {
    "seller-sku": lambda kept: kept.line.record.sku,
    "fulfillment-channel-sku": lambda kept: kept.line.record.fnsku or "",
    "asin": lambda kept: kept.line.record.asin or "",
    "condition-type": lambda kept: _condition_name(kept.line),
    "Warehouse-Condition-code": lambda kept: _SELLABLE if kept.can_be_sold else _UNSELLABLE,
    "Quantity Available": lambda kept: str(
        kept.line.position.fulfillable if kept.can_be_sold else kept.line.position.unsellable
    ),
}

_MYI: Columns[Stored] = {
    "sku": lambda line: line.record.sku,
    "fnsku": lambda line: line.record.fnsku or "",
    "asin": lambda line: line.record.asin or "",
    "product-name": lambda line: line.title,
    "condition": words_of,
    "your-price": lambda line: amount(line.terms.regular_price),
    "mfn-listing-exists": lambda line: yes_no(not line.is_amazons),
    "mfn-fulfillable-quantity": nothing,
    "afn-listing-exists": lambda line: yes_no(line.is_amazons),
    "afn-warehouse-quantity": lambda line: str(
        line.position.fulfillable + line.position.unsellable + line.position.set_aside
    ),
    "afn-fulfillable-quantity": lambda line: str(line.position.fulfillable),
    "afn-unsellable-quantity": lambda line: str(line.position.unsellable),
    "afn-reserved-quantity": lambda line: str(line.position.set_aside),
    "afn-total-quantity": lambda line: str(line.position.total),
    "per-unit-volume": _volume,
    "afn-inbound-working-quantity": lambda line: str(line.position.of(Condition.INBOUND_WORKING)),
    "afn-inbound-shipped-quantity": lambda line: str(line.position.of(Condition.INBOUND_SHIPPED)),
    "afn-inbound-receiving-quantity": lambda line: str(line.position.of(Condition.INBOUND_RECEIVING)),
    "afn-researching-quantity": lambda line: str(line.position.researched),
    # Differs: there is no supply to come that buyers could order before Amazon has it, so both are 0.
    "afn-reserved-future-supply": lambda _: "0",
    "afn-future-supply-buyable": lambda _: "0",
}

RESERVED: Columns[Stored] = {
    "sku": lambda line: line.record.sku,
    "fnsku": lambda line: line.record.fnsku or "",
    "asin": lambda line: line.record.asin or "",
    "product-name": lambda line: line.title,
    "reserved_qty": lambda line: str(line.position.set_aside),
    "reserved_customerorders": lambda line: str(line.position.reserved),
    "reserved_fc-transfers": lambda line: str(line.position.of(Condition.TRANSSHIPMENT)),
    "reserved_fc-processing": lambda line: str(line.position.of(Condition.FC_PROCESSING)),
}


@report("GET_AFN_INVENTORY_DATA", repeats=NEAR_REAL_TIME)
def afn_inventory(unit: UnitOfWork, asked: Asked) -> Rows:
    """What can be sold, and what cannot. Assumed: each SKU has a row for both, whatever there is."""
    return table(_AFN, (_Kept(line, can) for line in store(unit, asked) for can in (True, False)))


class _InCountry(NamedTuple):
    line: Stored
    country: str
    units: int


_BY_COUNTRY: Columns[_InCountry] = {
    "seller-sku": lambda one: one.line.record.sku,
    "fulfillment-channel-sku": lambda one: one.line.record.fnsku or "",
    "asin": lambda one: one.line.record.asin or "",
    "condition-type": lambda one: _condition_name(one.line),
    "country": lambda one: one.country,
    "quantity-for-local-fulfillment": lambda one: str(one.units),
}


@report("GET_AFN_INVENTORY_DATA_BY_COUNTRY", repeats=NEAR_REAL_TIME)
def afn_inventory_by_country(unit: UnitOfWork, asked: Asked) -> Rows:
    """What can be sold, by the country that it lies in.

    Assumed: what is promised to orders is taken off the country that has the most of the SKU.
    """
    return table(_BY_COUNTRY, _by_country(unit, store(unit, asked)))


def _by_country(unit: UnitOfWork, lines: Iterator[Stored]) -> Iterator[_InCountry]:
    while page := list(islice(lines, _PAGE)):
        there: dict[str, Counter[str]] = {}
        for one in units_at_centers(unit, [line.record.sku for line in page]):
            if one.condition is Condition.SELLABLE and one.place is Place.FBA:
                there.setdefault(one.sku, Counter())[center(one.center).country_code] += one.units
        for line in page:
            countries = there.get(line.record.sku, Counter())
            promised = line.position.reserved
            for country, units in countries.most_common():
                taken = min(promised, units)
                promised -= taken
                yield _InCountry(line, country, units - taken)


@report("GET_FBA_MYI_ALL_INVENTORY_DATA", repeats=NEAR_REAL_TIME)
def all_inventory(unit: UnitOfWork, asked: Asked) -> Rows:
    """All that the network has or had of the seller's SKUs."""
    return table(_MYI, store(unit, asked))


@report("GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA", repeats=NEAR_REAL_TIME)
def unsuppressed_inventory(unit: UnitOfWork, asked: Asked) -> Rows:
    """The same without what is hidden from buyers.

    Assumed: what is suppressed, so that it is left out of this report, are the listings that no buyer can find.
    """
    return table(_MYI, (line for line in store(unit, asked) if line.record.is_discoverable))


@report("GET_RESERVED_INVENTORY_DATA", repeats=NEAR_REAL_TIME)
def reserved_inventory(unit: UnitOfWork, asked: Asked) -> Rows:
    """What cannot be ordered, as it is promised, on its way, or looked at; SKUs of which something is."""
    return table(RESERVED, (line for line in store(unit, asked) if line.position.set_aside))
