"""What storage of a month costs: the average units of each SKU in each center, by the volume of its package.

Assumed: what came first leaves first, so that what is there is what came last, whichever centers it lies in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.levels import Change, Lying, changes_between, latest_arrivals, on_hand_at
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.storage import Surcharge, space_of, surcharge_of
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.storage.unit import UnitOfWork


class Kept(StrEnum):
    """For what storage is charged."""

    SPACE = "SPACE"
    AGE = "AGE"


class StoredUnits(msgspec.Struct, frozen=True, kw_only=True):
    """Units of a SKU that were stored in a month, and what their space costs, or that they have been there long."""

    kind: Kept
    sku: str
    asin: str
    package: Package
    units: Decimal
    """How many there were: on average, or at the end."""
    pending: Decimal = Decimal(0)
    """How many of them, on average, waited to leave for a removal order: their space costs nothing."""
    rate: Decimal
    """What a unit of volume costs."""
    amount: Money
    center: str = ""
    """Where they lay; of what has been there for long, where most of it lies. Earlier versions kept none."""
    tier: str = ""
    """From which day to which they have been there."""


def stored_units(unit: UnitOfWork, marketplace_id: str, begins: datetime, ends: datetime) -> Iterator[StoredUnits]:
    """What the units cost that lay at Amazon from a moment to another one, SKU by SKU and center by center."""
    changes: dict[str, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes_between(unit, Place.FBA, begins, ends):
        changes[change.sku][change.center].append(change)
    there: dict[str, dict[str, Lying]] = defaultdict(dict)
    for one in on_hand_at(unit, Place.FBA, ends):
        there[one.sku][one.center] = one
    skus = sorted({*there, *changes})
    asins = asins_of_skus(unit, skus, marketplace_id)
    for sku in skus:
        asin = asins.get(sku)
        package = None if asin is None else basis_of(unit, asin, marketplace_id).package
        if asin is None or package is None:
            continue  # what was never measured takes no space that anybody knows of
        for center in sorted({*there[sku], *changes[sku]}):
            lying, moved = there[sku].get(center, Lying(sku, center, 0, 0)), changes[sku][center]
            average = average_of(lying.units, moved, begins, ends)
            pending = average_of(lying.aside, (one for one in moved if one.is_aside), begins, ends)
            if average > pending:
                space = space_of(marketplace_id, package, average - pending, begins.date())
                yield StoredUnits(
                    kind=Kept.SPACE,
                    sku=sku,
                    asin=asin,
                    package=package,
                    units=average,
                    pending=pending,
                    rate=space.rate,
                    amount=space.amount,
                    center=center,
                )
        kept = {center: one.units - one.aside for center, one in there[sku].items()}
        ages = ages_of(sum(kept.values()), latest_arrivals(unit, sku, Place.FBA), ends)
        main = max(kept, key=lambda code: (kept[code], code), default="")
        yield from _aged(marketplace_id, _Stored(sku, asin, package, main), ages, begins)


class _Stored(NamedTuple):
    """What is stored."""

    sku: str
    asin: str
    package: Package
    center: str


def _aged(marketplace_id: str, kept: _Stored, ages: list[tuple[int, int]], begins: datetime) -> Iterator[StoredUnits]:
    """A line for each tier of age."""
    sku, asin, package, center = kept
    units: Counter[Surcharge] = Counter()
    for days, count in ages:
        surcharge = surcharge_of(marketplace_id, package, days=days, on=begins.date())
        if surcharge is not None:
            units[surcharge] += count
    for surcharge, count in units.items():
        yield StoredUnits(
            kind=Kept.AGE,
            sku=sku,
            asin=asin,
            package=package,
            units=Decimal(count),
            rate=surcharge.rate,
            amount=surcharge.amount * count,
            center=center,
            tier=surcharge.tier,
        )


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
