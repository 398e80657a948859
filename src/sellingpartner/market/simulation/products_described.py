"""Products in the attributes of their product types, and as items of the catalog with their families."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from zlib import crc32

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.attributes import LANGUAGE, MARKETPLACE, Attributes, Entry
from sellingpartner.market.catalog.identifiers import ATTRIBUTE, kind_of_gtin
from sellingpartner.market.catalog.model import ItemClassification, NewCatalogItem, VendorDetails
from sellingpartner.market.product_types.library import attributes as known_attributes
from sellingpartner.market.product_types.questions import Requirements, example_of
from sellingpartner.market.simulation.people_names import names_of
from sellingpartner.market.simulation.product_lines import line_of
from sellingpartner.market.simulation.products import Product
from sellingpartner.market.simulation.products_prices import habits
from sellingpartner.market.simulation.products_words import Words, title_in, words_in

_US = BY_COUNTRY["US"].marketplace_id
_MILLIMETERS, _GRAMS = 25.4, 453.59237
_PADDING_MM, _BOX_GRAMS = 18, 35
_NOT_OF_ITEMS = ("supplier_declared_has_product_identifier_exemption", "main_product_image_locator")
_OF_CHILDREN = ("color", "size", ATTRIBUTE, "list_price", "item_weight", "item_dimensions", "item_package_weight")


class Placed(msgspec.Struct, frozen=True):
    """A product in the marketplaces that have it; popularity is about how many units are sold of it in a month."""

    product: Product
    marketplaces: tuple[str, ...]
    popularity: float


def parents_of(placed: Iterable[Placed]) -> dict[str, NewCatalogItem]:
    """The parents of all families among the products, by the families' keys."""
    families: dict[str, list[Placed]] = {}
    for one in placed:
        if one.product.parent_key is not None:
            families.setdefault(one.product.parent_key, []).append(one)
    return {key: _parent(children) for key, children in families.items()}


def item_of(placed: Placed, parents: dict[str, str]) -> NewCatalogItem:
    """A product as an item; `parents` are the ASINs of families by their keys."""
    product = placed.product
    return NewCatalogItem(
        product_type=product.product_type,
        attributes=attributes_of(product, placed.marketplaces),
        marketplaces=placed.marketplaces,
        classification_id=product.browse_node_id,
        parent_asin=None if product.parent_key is None else parents[product.parent_key],
        variation_theme=product.variation_theme,
        popularity=placed.popularity,
    )


def vendor_of(product: Product) -> VendorDetails:
    """What Amazon's buyers keep of a product that its maker supplies: codes made of the names."""
    code = "".join(letter for letter in product.brand.upper() if letter.isalpha())[:5]
    department, *below = product.browse_path
    return VendorDetails(
        brand_code=code,
        manufacturer_code=code,
        manufacturer_code_parent=code,
        product_category=(_digits(department), department),
        product_subcategory=(_digits(below[-1]), below[-1]) if below else None,
        product_group=department,
        replenishment_category="BASIC_REPLENISHMENT",
    )


def _digits(name: str) -> str:
    """A number of eight digits for a name, the same for the same name."""
    return str(10_000_000 + crc32(name.encode()) % 90_000_000)


def _parent(children: Sequence[Placed]) -> NewCatalogItem:
    eldest = children[0].product
    everywhere = tuple(dict.fromkeys(one for child in children for one in child.marketplaces))
    said = attributes_of(eldest, everywhere)
    attributes = {name: held for name, held in said.items() if name not in _OF_CHILDREN}
    attributes.pop("item_package_dimensions")
    title = eldest.parent_title or eldest.title
    attributes["item_name"] = _in_words(title, lambda words: title_in(eldest, words, whole=False), everywhere)
    return NewCatalogItem(
        product_type=eldest.product_type,
        attributes=attributes,
        marketplaces=everywhere,
        item_classification=ItemClassification.VARIATION_PARENT,
        classification_id=eldest.browse_node_id,
        variation_theme=eldest.variation_theme,
    )


def attributes_of(product: Product, marketplaces: tuple[str, ...]) -> Attributes:
    """What is said of a product in these marketplaces; what names no marketplace holds in all of them."""
    said = dict(_required(product.product_type))
    said["item_name"] = _in_words(product.title, lambda words: title_in(product, words), marketplaces)
    said["brand"] = said["manufacturer"] = [{"value": product.brand}]
    said["model_number"] = said["part_number"] = [{"value": product.model_number}]
    said["model_name"] = [{"value": product.series}]
    said["bullet_point"] = [{"value": point} for point in product.bullet_points]
    said["product_description"] = [{"value": product.description}]
    said["country_of_origin"] = [{"value": product.country_of_origin}]
    said["item_type_name"] = _translated(product.noun, marketplaces)
    for name in ("color", "size", "material", "style"):
        value = getattr(product, name)
        if value is not None:
            said[name] = _translated(value, marketplaces)
    said[ATTRIBUTE] = [{"type": kind_of_gtin(product.gtin).value.lower(), "value": product.gtin}]
    said["list_price"] = [_price(product, marketplace_id) for marketplace_id in marketplaces]
    if product.is_hazmat:
        said["supplier_declared_dg_hz_regulation"] = [{"value": "other"}]
    if product.is_book:
        _as_a_book(said, product)
    return said | _measured(product)


@cache
def _required(product_type: str) -> Attributes:
    """What products of a type have to say besides what is drawn, in words that hold everywhere."""
    example = example_of(product_type, _US, Requirements.PRODUCT_ONLY)
    said: Attributes = {
        name: [{key: value for key, value in entry.items() if key not in {MARKETPLACE, LANGUAGE}} for entry in held]
        for name, held in example.items()
        if name not in _NOT_OF_ITEMS
    }
    for name in said:
        if known_attributes()[name].only:
            said[name] = [entry | {MARKETPLACE: _US} for entry in said[name]]  # other countries have no such attribute
    line = line_of(product_type)
    return said | {name: [{"value": value}] for name, value in line.attributes.items()}


def _translated(english: str, marketplaces: tuple[str, ...]) -> list[Entry]:
    return _in_words(english, lambda words: words.said(english), marketplaces)


def _in_words(english: str, other: Callable[[Words], str], marketplaces: tuple[str, ...]) -> list[Entry]:
    """A text in each marketplace's words; a single entry where all are the same."""
    words = [words_in(marketplace_id) for marketplace_id in marketplaces]
    texts = [english if own is None else other(own) for own in words]
    if len(set(texts)) == 1:
        return [{"value": texts[0]}]
    return [
        {"value": text, MARKETPLACE: marketplace_id} for marketplace_id, text in zip(marketplaces, texts, strict=True)
    ]


def _price(product: Product, marketplace_id: str) -> Entry:
    """The list price, which is the same number of dollars everywhere."""
    currency = MARKETPLACES[marketplace_id].currency
    minor = round(product.list_price_minor * habits()[currency].per_cent)
    return {"currency": currency, "value": _in_major_units(minor, currency), MARKETPLACE: marketplace_id}


@cache
def _in_major_units(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-exponent_of(currency))


def _measured(product: Product) -> Attributes:
    """Measures in inches and pounds, of the thing and of the package around it."""
    sides = {"length": product.length_mm, "width": product.width_mm, "height": product.height_mm}
    box: Entry = {side: _measure(mm / _MILLIMETERS, "inches") for side, mm in sides.items()}
    package: Entry = {side: _measure((mm + _PADDING_MM) / _MILLIMETERS, "inches") for side, mm in sides.items()}
    return {
        "item_dimensions": [box],
        "item_package_dimensions": [package],
        "item_weight": [_measure(product.weight_grams / _GRAMS, "pounds")],
        "item_package_weight": [_measure((product.weight_grams + _BOX_GRAMS) / _GRAMS, "pounds")],
    }


def _measure(value: float, unit: str) -> Entry:
    return {"unit": unit, "value": max(round(value, 2), 0.01)}


def _as_a_book(said: Attributes, product: Product) -> None:
    """Who wrote it, and how it is bound. The author follows from the ISBN."""
    number = int(product.gtin[4:12])
    names = names_of("en")
    given, family = names.given[number % len(names.given)], names.family[number // 100 % len(names.family)]
    said["contributor"] = [{"role": "author", "value": f"{given} {family}"}]
    said["publisher"] = [{"value": product.brand}]
    said["language"] = [{"type": "published", "value": "english"}]
    said["pages"] = [{"value": 96 + number % 480}]
    said["publication_date"] = [{"value": f"{2005 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"}]
    said["binding"] = [{"value": (product.size or "paperback").lower()}]
    for name in ("size", "style", "model_name", "model_number", "part_number", "item_type_name"):
        said.pop(name, None)
