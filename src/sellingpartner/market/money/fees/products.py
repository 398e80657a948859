"""What fees must know of what is sold: its category, and how large and heavy its package is."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.sellers_v1 import SellingPlan
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.attributes import Measure
from sellingpartner.market.catalog.model import Item, ItemClassification
from sellingpartner.market.catalog.questions import classification_path, found_item
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.money.fees.library import categories_by_department
from sellingpartner.market.money.fees.model import NotEstimated, Package
from sellingpartner.market.money.fees.table import EVERYTHING_ELSE
from sellingpartner.market.product_types.questions import product_type
from sellingpartner.storage.unit import UnitOfWork


class Product(msgspec.Struct, frozen=True):
    """What of a product decides on its fees."""

    category: str
    package: Package | None


class ProductUnknown(NotEstimated):
    """There is no such thing to sell in the marketplace."""


class NotSold(NotEstimated):
    """The catalog has the item, and nobody can buy it under this ASIN."""

    def __init__(self, asin: str) -> None:
        super().__init__(f"{asin} is the parent of variations, which nobody buys; ask for one of its children.")


def product_by_asin(unit: UnitOfWork, asin: str, marketplace_id: str) -> Product:
    """What an ASIN's fees depend on; raises `NotEstimated`."""
    item = found_item(unit, asin)
    if item is None or not item.is_in(marketplace_id):
        message = f"The catalog of marketplace {marketplace_id} has no item {asin!r}."
        raise ProductUnknown(message)
    if item.item_classification is ItemClassification.VARIATION_PARENT:
        raise NotSold(asin)
    return Product(category_of(item), package_of(item, marketplace_id))


def product_by_sku(unit: UnitOfWork, sku: str, marketplace_id: str) -> Product:
    """What the fees of the seller's SKU depend on; raises `NotEstimated`."""
    asin = asins_of_skus(unit, [sku], marketplace_id).get(sku)
    if asin is None:
        message = f"There is no SKU {sku!r} in marketplace {marketplace_id}, or the catalog does not have its item yet."
        raise ProductUnknown(message)
    return product_by_asin(unit, asin, marketplace_id)


def is_individual(unit: UnitOfWork) -> bool:
    """Whether the seller pays for each item it sells in place of a monthly fee."""
    return seller_of(unit, unit.seller_id).profile.selling_plan is SellingPlan.INDIVIDUAL


def category_of(item: Item) -> str:
    """The fee category of the product type; where that is everything else, of the department it is shelved in."""
    kind = product_type(item.product_type)
    if kind is not None and kind.fee_category != EVERYTHING_ELSE:
        return kind.fee_category
    path = classification_path(item.classification_id or "")
    return categories_by_department().get(path[-1].name, EVERYTHING_ELSE) if path else EVERYTHING_ELSE


def package_of(item: Item, marketplace_id: str) -> Package | None:
    """The package that the catalog knows; None unless it has both dimensions and a weight that mean something.

    Assumed: what the catalog was told is believed; Amazon measures what arrives and charges by that.
    """
    dimensions, weight = item.package_dimensions(marketplace_id), item.package_weight(marketplace_id)
    if dimensions is None or weight is None:
        return None
    sides = (dimensions.length, dimensions.width, dimensions.height)
    if not all(_is_real(measure) for measure in (*sides, weight)):
        return None
    try:
        length, width, height = (side.millimeters for side in sides)
        return Package(grams=weight.grams, sides=(length, width, height))
    except KeyError:  # a unit that nobody knows
        return None


def _is_real(measure: Measure) -> bool:
    return measure.value > 0
