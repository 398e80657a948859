"""From plain values to the attributes of an item, and which attributes of a listing tell of the product."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.attributes import LANGUAGE, MARKETPLACE, Attributes, Entry, entries
from sellingpartner.market.catalog.identifiers import ATTRIBUTE, kind_of_gtin
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.product_types.library import attributes as known_attributes
from sellingpartner.market.product_types.model import Scope

_OF_A_LISTING = frozenset(
    {
        "child_parent_sku_relationship",
        "merchant_suggested_asin",
        "package_contains_sku",
        "parentage_level",
        "supplier_declared_has_product_identifier_exemption",
        "variation_theme",
    }
)
"""What a seller says of a SKU and its place among the seller's other SKUs."""

_OF_THE_FIRST = frozenset({"brand", ATTRIBUTE})
"""What stays as whoever brought the item into the catalog had it."""


def attributes_of(new: NewItem, marketplaces: tuple[str, ...]) -> Attributes:
    """The attributes that say what a plain description says; without marketplace and language they hold everywhere."""
    said: Attributes = {"item_name": [{"value": new.title}], "brand": [{"value": new.brand}]}
    if new.bullet_points:
        said["bullet_point"] = [{"value": point} for point in new.bullet_points]
    texts = {
        "product_description": new.description,
        "color": new.color,
        "size": new.size,
        "material": new.material,
    }
    said |= {name: [{"value": text}] for name, text in texts.items() if text is not None}
    if new.gtin is not None:
        said[ATTRIBUTE] = [{"type": kind_of_gtin(new.gtin).value.lower(), "value": new.gtin}]
    if new.image_url is not None:
        said["main_product_image_locator"] = [{"media_location": new.image_url}]
    if new.list_price is not None:
        said["list_price"] = _priced(new.list_price, marketplaces)
    return said | _measured(new)


def _priced(price: Money, marketplaces: tuple[str, ...]) -> list[Entry]:
    value = Decimal(price.minor).scaleb(-exponent_of(price.currency))
    return [
        {"currency": price.currency, "value": value, MARKETPLACE: marketplace_id}
        for marketplace_id in marketplaces
        if MARKETPLACES[marketplace_id].currency == price.currency
    ]


def _measured(new: NewItem) -> Attributes:
    """Assumed: where only one weight and one size are known, they are the thing's and its package's alike."""
    said: Attributes = {}
    sides = {"length": new.length_mm, "width": new.width_mm, "height": new.height_mm}
    if None not in sides.values():
        box: Entry = {side: {"unit": "millimeters", "value": value} for side, value in sides.items()}
        said["item_dimensions"] = said["item_package_dimensions"] = [box]
    if new.weight_grams is not None:
        weight: Entry = {"unit": "grams", "value": new.weight_grams}
        said["item_weight"] = said["item_package_weight"] = [weight]
    return said


def of_product(attributes: Attributes) -> Attributes:
    """Those attributes of a listing that tell of the product, not of the seller's terms or of a SKU."""
    known = known_attributes()
    return {
        name: entries
        for name, entries in attributes.items()
        if name not in _OF_A_LISTING
        and (name == "list_price" or name not in known or known[name].scope is not Scope.OFFER)
    }


def in_one_marketplace(attributes: Attributes, marketplace_id: str) -> Attributes:
    """Attributes as they are said in a marketplace: each entry names it."""
    return {
        name: [entry | {MARKETPLACE: marketplace_id} for entry in held]
        for name in attributes
        if (held := list(entries(attributes, name, marketplace_id)))
    }


def filled_in(standing: Attributes, said: Attributes, marketplace_id: str) -> Attributes:
    """What the catalog has of an item, with what somebody else says of it where the catalog says nothing.

    A text in another language is something that the catalog does not say yet.
    Assumed: brand and identifiers stay as they were first given, whoever sells the item.
    """
    own = MARKETPLACES[marketplace_id].language
    filled = dict(standing)
    for name, offered in in_one_marketplace(said, marketplace_id).items():
        there = list(entries(standing, name, marketplace_id))
        if name in _OF_THE_FIRST and standing.get(name):
            continue
        languages = {entry.get(LANGUAGE, own) for entry in there}
        more = [entry for entry in offered if not there or (LANGUAGE in entry and entry[LANGUAGE] not in languages)]
        if more:
            filled[name] = [*standing.get(name, ()), *more]
    return filled
