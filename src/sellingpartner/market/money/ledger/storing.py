"""What storage of a month costs: the average units of each SKU at Amazon, by the volume of its package.

Assumed: what came first leaves first, so that what is there is what came last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.market.inventory.levels import Change, changes_between, latest_arrivals, on_hand_at
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.money.fees.storage import aged_surcharge, storage_fee
from sellingpartner.market.money.ledger.bases import basis_of
from sellingpartner.storage.unit import UnitOfWork


class StoredCost(msgspec.Struct, frozen=True):
    """What storage of a month costs, in minor units."""

    storage: int
    aged: int


def stored_cost(unit: UnitOfWork, marketplace_id: str, begins: datetime, ends: datetime) -> StoredCost:
    """What the units cost that lay at Amazon from a moment to another one."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in changes_between(unit, Place.FBA, begins, ends):
        changes[change.sku].append(change)
    there = on_hand_at(unit, Place.FBA, ends)
    skus = sorted({*there, *changes})
    asins = asins_of_skus(unit, skus, marketplace_id)
    storage = aged = 0
    for sku in skus:
        asin = asins.get(sku)
        package = None if asin is None else basis_of(unit, asin, marketplace_id).package
        if package is None:
            continue  # what was never measured takes no space that anybody knows of
        at_end = there.get(sku, 0)
        average = average_of(at_end, changes[sku], begins, ends)
        if average > 0:
            storage += storage_fee(marketplace_id, package, average, begins.date()).minor
        if at_end > 0:
            for days, units in ages_of(at_end, latest_arrivals(unit, sku, Place.FBA), ends):
                aged += units * aged_surcharge(marketplace_id, package, days=days, on=begins.date()).minor
    return StoredCost(storage, aged)


def average_of(units: int, changes: Iterable[Change], begins: datetime, ends: datetime) -> Decimal:
    """How many units there were on average, from how many there were at the end, back along what changed."""
    seconds, until = Decimal(0), ends
    for change in changes:
        seconds += units * Decimal((until - change.at).total_seconds())
        until = change.at
        units -= change.units
    seconds += units * Decimal((until - begins).total_seconds())
    return seconds / Decimal((ends - begins).total_seconds())


def ages_of(units: int, arrivals: Iterable[Change], at: datetime) -> list[tuple[int, int]]:
    """For how many days how many of the units have been there."""
    ages = []
    for arrival in arrivals:
        if arrival.at < at and units > 0:
            ages.append(((at - arrival.at).days, min(arrival.units, units)))
            units -= arrival.units
    return ages
