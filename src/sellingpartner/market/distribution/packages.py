"""Packages as AWD knows them: cases of products, counted, weighed and measured.

Lengths are kept in centimeters and weights in kilograms, in whatever units they came: so Amazon shows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.time.bounds import in_utc

Packages = tuple[awd.DistributionPackageQuantity, ...]

_CENTIMETERS = {
    awd.DimensionUnitOfMeasurement.CENTIMETERS: Decimal(1),
    awd.DimensionUnitOfMeasurement.INCHES: Decimal("2.54"),
}
_KILOGRAMS = {
    awd.WeightUnitOfMeasurement.KILOGRAMS: Decimal(1),
    awd.WeightUnitOfMeasurement.POUNDS: Decimal("0.45359237"),
}
_SMALLEST = Decimal("0.000001")
_CUBIC_MILLIMETERS = 1000

# Assumed: what is done to products of a category, in the words of FBA's preparations.
PREPARATIONS = {
    awd.PrepCategory.ADULT: ("ITEM_BLACK_SHRINKWRAP",),
    awd.PrepCategory.BABY: ("ITEM_POLYBAGGING",),
    awd.PrepCategory.FRAGILE: ("ITEM_BUBBLEWRAP",),
    awd.PrepCategory.GRANULAR: ("ITEM_POLYBAGGING",),
    awd.PrepCategory.HANGER: ("ITEM_REMOVE_FROM_HANGER",),
    awd.PrepCategory.LIQUID: ("ITEM_POLYBAGGING",),
    awd.PrepCategory.PERFORATED: ("ITEM_POLYBAGGING",),
    awd.PrepCategory.SET: ("ITEM_SETCREAT",),
    awd.PrepCategory.SHARP: ("ITEM_BUBBLEWRAP",),
    awd.PrepCategory.SMALL: ("ITEM_POLYBAGGING",),
    awd.PrepCategory.TEXTILE: ("ITEM_POLYBAGGING",),
}


class Content(NamedTuple):
    """Units of a product in all cases of a kind."""

    sku: str
    units: int
    expires_at: datetime | None
    units_of_case: int
    """How many units of whatever product a case holds."""
    unit_volume: int
    """The space of a unit, its share of the case, in cubic millimeters."""


def expiry_of(product: awd.ProductQuantity) -> datetime | None:
    """When a product expires, in UTC; raises `OutOfBounds`."""
    return None if product.expiration is None else in_utc(product.expiration)


def products_of(case: awd.DistributionPackage) -> list[awd.ProductQuantity]:
    """What is in a case."""
    return case.contents.products or []


def all_products(packages: Iterable[awd.DistributionPackageQuantity]) -> Iterator[awd.ProductQuantity]:
    """What is in any of the cases, once for each kind of case."""
    for one in packages:
        yield from products_of(one.distribution_package)


def case_count(packages: Iterable[awd.DistributionPackageQuantity]) -> int:
    """How many cases there are."""
    return sum(one.count for one in packages)


def units_by_sku(packages: Iterable[awd.DistributionPackageQuantity]) -> Counter[str]:
    """How many units of each SKU the cases hold."""
    units: Counter[str] = Counter()
    for one in packages:
        for product in products_of(one.distribution_package):
            units[product.sku] += one.count * product.quantity
    return units


def contents_of(packages: Iterable[awd.DistributionPackageQuantity]) -> Iterator[Content]:
    """What the cases hold, product by product."""
    for one in packages:
        case = one.distribution_package
        held = sum(product.quantity for product in products_of(case))
        for product in products_of(case):
            yield Content(
                sku=product.sku,
                units=one.count * product.quantity,
                expires_at=product.expiration,
                units_of_case=held,
                unit_volume=max(int(volume_of(case) / held), 1),
            )


def sides_of(case: awd.DistributionPackage) -> tuple[Decimal, Decimal, Decimal]:
    """Length, width and height of a case in centimeters."""
    said = case.measurements.dimensions
    assert said is not None  # noqa: S101 - a case without them is refused when it comes in
    factor = _CENTIMETERS[said.unit_of_measurement]
    return said.length * factor, said.width * factor, said.height * factor


def weight_of(case: awd.DistributionPackage) -> Decimal:
    """What a case weighs, in kilograms."""
    said = case.measurements.weight
    return said.weight * _KILOGRAMS[said.unit_of_measurement]


def volume_of(case: awd.DistributionPackage) -> Decimal:
    """The space of a case in cubic millimeters."""
    length, width, height = sides_of(case)
    return length * width * height * _CUBIC_MILLIMETERS


def as_kept(packages: Iterable[awd.DistributionPackageQuantity]) -> Packages:
    """Packages in centimeters and kilograms, with what is done to their products."""
    return tuple(msgspec.structs.replace(one, distribution_package=_kept(one.distribution_package)) for one in packages)


def _kept(case: awd.DistributionPackage) -> awd.DistributionPackage:
    length, width, height = (_rounded(side) for side in sides_of(case))
    return awd.DistributionPackage(
        contents=awd.DistributionPackageContents(
            packages=[],
            products=[
                msgspec.structs.replace(one, prep_details=_prep(one), expiration=expiry_of(one))
                for one in products_of(case)
            ],
        ),
        measurements=awd.MeasurementData(
            dimensions=awd.PackageDimensions(
                length=length,
                width=width,
                height=height,
                unit_of_measurement=awd.DimensionUnitOfMeasurement.CENTIMETERS,
            ),
            weight=awd.PackageWeight(
                weight=_rounded(weight_of(case)), unit_of_measurement=awd.WeightUnitOfMeasurement.KILOGRAMS
            ),
        ),
        type=case.type,
    )


def _prep(product: awd.ProductQuantity) -> awd.PrepDetails:
    """What is said of a product's preparation; the instructions follow from its category, whatever was sent."""
    said = product.prep_details or awd.PrepDetails()
    category = said.prep_category or awd.PrepCategory.NO_PREP
    owner = said.prep_owner or awd.PrepOwner.SELF
    instructions = [awd.PrepInstruction(prep_type=kind, prep_owner=owner) for kind in PREPARATIONS.get(category, ())]
    return awd.PrepDetails(
        prep_category=category,
        prep_owner=owner,
        label_owner=said.label_owner or awd.LabelOwner.SELF,
        prep_instructions=instructions or None,
    )


def _rounded(value: Decimal) -> Decimal:
    return Decimal(f"{value.quantize(_SMALLEST, ROUND_HALF_UP):f}".rstrip("0").rstrip("."))
