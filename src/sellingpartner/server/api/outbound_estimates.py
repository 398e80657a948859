"""What a previewed fulfillment order weighs and costs: put together from the preview, the catalog and the fee tables.

Assumed: a parcel weighs what its units do, or what its volume counts for: a kilogram for 5,000 cubic centimeters.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.model import NotEstimated
from sellingpartner.market.money.fees.multi_channel import Terms, on_delivery_fee, order_fee, shipment_fee, unit_fee
from sellingpartner.market.money.fees.products import Product, product_by_asin
from sellingpartner.market.money.fees.table import EVERYTHING_ELSE
from sellingpartner.market.outbound.previewing import Preview
from sellingpartner.storage.unit import UnitOfWork

_POUND = Decimal("453.59237")
_IN_POUNDS = frozenset({"US"})
_CUBIC_MILLIMETERS_A_GRAM = 5_000
_CENT = Decimal("0.01")
_NO_FEES = "IN"


class Weight(msgspec.Struct, frozen=True):
    """What something weighs, in the unit of a marketplace."""

    unit: str
    value: str
    is_dimensional: bool


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a preview would weigh and cost; of what has no known size neither is known."""

    country: str
    whole: Weight | None
    by_item: dict[str, tuple[Decimal, bool]]
    """What a unit of each line counts for in grams, and whether that is by its volume."""
    fees: tuple[tuple[str, Money], ...]

    def of(self, item_id: str, units: int) -> Weight | None:
        """What units of a line weigh."""
        found = self.by_item.get(item_id)
        return None if found is None else _in_units(found[0] * units, self.country, is_dimensional=found[1])

    @property
    def total(self) -> Money | None:
        """The sum of the fees."""
        amounts = [fee for _, fee in self.fees]
        return sum(amounts[1:], start=amounts[0]) if amounts else None


def estimate_of(
    unit: UnitOfWork, preview: Preview, marketplace_id: str, *, is_blocked: bool, is_on_delivery: bool
) -> Estimate:
    """What the units of a preview that would ship weigh and cost."""
    country = MARKETPLACES[marketplace_id].country_code
    products = {one.item.item_id: _product(unit, one.asin, marketplace_id) for one in preview.shippable}
    by_item: dict[str, tuple[Decimal, bool]] = {}
    grams, is_known = Decimal(0), bool(preview.shippable)
    for one in preview.shippable:
        counted = _counted(products[one.item.item_id])
        if counted is None:
            is_known = False
            continue
        grams += counted[0] * one.units
        by_item[one.item.item_id] = counted
    return Estimate(
        country=country,
        whole=_in_units(grams, country, is_dimensional=False) if is_known else None,
        by_item=by_item,
        fees=()
        if country == _NO_FEES
        else _fees(unit, preview, marketplace_id, products, is_blocked=is_blocked, is_on_delivery=is_on_delivery),
    )


def _fees(
    unit: UnitOfWork,
    preview: Preview,
    marketplace_id: str,
    products: dict[str, Product | None],
    *,
    is_blocked: bool,
    is_on_delivery: bool,
) -> tuple[tuple[str, Money], ...]:
    ordered = sum(one.units for one in preview.shippable)
    terms = Terms(marketplace_id, preview.speed, ordered, is_blocked)
    each: dict[str, Money] = {}
    for one in preview.shippable:
        product = products[one.item.item_id]
        fee = unit_fee(terms, product or Product(EVERYTHING_ELSE, None), unit.now.date())
        if fee is None:
            return ()
        each[one.item.item_id] = fee
    if not each or not preview.parcels:
        return ()
    of_parcels = [[each[one.item.item_id] * one.units for one in parcel.shippable] for parcel in preview.parcels]
    nothing = Money.zero(MARKETPLACES[marketplace_id].currency)
    named = [
        ("FBAPerUnitFulfillmentFee", sum((fee for fees in of_parcels for fee in fees), start=nothing)),
        ("FBAPerOrderFulfillmentFee", order_fee(marketplace_id)),
        ("FBATransportationFee", sum((shipment_fee(terms, fees) for fees in of_parcels), start=nothing)),
    ]
    if is_on_delivery:
        named.append(("FBAFulfillmentCODFee", on_delivery_fee(marketplace_id)))
    return tuple(named)


def _product(unit: UnitOfWork, asin: str, marketplace_id: str) -> Product | None:
    try:
        return product_by_asin(unit, asin, marketplace_id)
    except NotEstimated:
        return None


def _counted(product: Product | None) -> tuple[Decimal, bool] | None:
    """What a unit counts for in grams, and whether that is by its volume."""
    if product is None or product.package is None:
        return None
    length, width, height = product.package.sides
    by_volume = length * width * height / _CUBIC_MILLIMETERS_A_GRAM
    return max(by_volume, product.package.grams), by_volume > product.package.grams


def _in_units(grams: Decimal, country: str, *, is_dimensional: bool) -> Weight:
    name, in_one = ("POUNDS", _POUND) if country in _IN_POUNDS else ("KILOGRAMS", Decimal(1000))
    value = (grams / in_one).quantize(_CENT, ROUND_HALF_UP)
    return Weight(name, f"{max(value, _CENT):f}", is_dimensional)
