"""Catalog Items, v0: up to ten items by words or a number, one item, and the categories that an item stands in.

Differs: Amazon took listCatalogItems and getCatalogItem away; here they answer, for programs that still call them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sellingpartner.contract import catalog_items_v0 as v0
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.attributes import Measure, texts, whole
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.pictures import MAIN, pictures_of
from sellingpartner.market.catalog.questions import (
    Category,
    Query,
    asins_of,
    classification_path,
    display_group_of,
    group_name,
    items_of,
    search,
)
from sellingpartner.server.api.catalog_items.asking import (
    InvalidCatalogRequest,
    asins_named,
    asked_marketplaces,
    item_in,
)
from sellingpartner.server.api.catalog_items.family import ranked_in, related_in
from sellingpartner.server.api.catalog_items.said import pounds, sides
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

MOST_ITEMS = 10
_NUMBERS = {"seller_sku": "SKU", "upc": "UPC", "ean": "EAN", "isbn": "ISBN", "jan": "JAN"}
_SMALL = 75


@handles(v0.ListCatalogItems)
def list_catalog_items(
    unit: UnitOfWork, request: v0.ListCatalogItems, caller: Caller, origin: Origin
) -> v0.ListCatalogItemsResponse:
    """The first items that have words, or that one number names."""
    (place,) = asked_marketplaces(unit, caller, [request.marketplace_id])
    given = {kind: value for field, kind in _NUMBERS.items() if (value := getattr(request, field)) is not None}
    if (request.query is not None) + len(given) != 1:
        raise InvalidCatalogRequest("Give exactly one of Query, SellerSKU, UPC, EAN, ISBN and JAN.")
    if request.query is not None:
        numbers = search(unit, Query(marketplace_id=place, keywords=(request.query,))).numbers[:MOST_ITEMS]
        known = asins_of(unit, numbers)
        asins = [known[number] for number in numbers if number in known]
    else:
        ((kind, value),) = given.items()
        asins = asins_named(unit, kind, [value], place)[:MOST_ITEMS]
    found = items_of(unit, asins)
    shown = [_item(unit, found[asin], place, origin) for asin in asins]
    return v0.ListCatalogItemsResponse(payload=v0.ListMatchingItemsResponse(items=shown))


@handles(v0.GetCatalogItem)
def get_catalog_item(
    unit: UnitOfWork, request: v0.GetCatalogItem, caller: Caller, origin: Origin
) -> v0.GetCatalogItemResponse:
    """One item as a marketplace has it."""
    (place,) = asked_marketplaces(unit, caller, [request.marketplace_id])
    item = item_in(unit, request.asin, [place]).read()
    return v0.GetCatalogItemResponse(payload=_item(unit, item, place, origin))


@handles(v0.ListCatalogCategories)
def list_catalog_categories(
    unit: UnitOfWork, request: v0.ListCatalogCategories, caller: Caller
) -> v0.ListCatalogCategoriesResponse:
    """The place of an item in the browse tree, with those above it."""
    (place,) = asked_marketplaces(unit, caller, [request.marketplace_id])
    if (request.asin is None) == (request.seller_sku is None):
        raise InvalidCatalogRequest("Give exactly one of ASIN and SellerSKU.")
    if request.asin is not None:
        item = item_in(unit, request.asin, [place]).read()
    else:
        asins = asins_named(unit, "SKU", [request.seller_sku or ""], place)
        if not asins:
            raise InvalidCatalogRequest(f"There is no listing with SKU {request.seller_sku!r} in marketplace {place}.")
        item = item_in(unit, asins[0], [place]).read()
    path = classification_path(item.classification_id or "", MARKETPLACES[place].language)
    found = [_categories(path)] if path else []
    return v0.ListCatalogCategoriesResponse(payload=found)


def _categories(path: tuple[Category, ...]) -> v0.Categories:
    above: dict[str, Any] | None = None
    for category in reversed(path[1:]):
        said = {"ProductCategoryId": category.classification_id, "ProductCategoryName": category.name}
        above = said if above is None else {**said, "parent": above}
    return v0.Categories(
        product_category_id=path[0].classification_id, product_category_name=path[0].name, parent=above
    )


def _item(unit: UnitOfWork, item: Item, place: str, origin: str) -> v0.Item:
    ranked = ranked_in(unit, item, place, None)
    ranks = [] if ranked is None else [ranked.in_group, *ranked.in_classification]
    family = related_in(unit, item, place)
    relations = [] if family is None else [*family.parents, *family.children]
    return v0.Item(
        identifiers=_named(item.asin, place),
        attribute_sets=[_attribute_set(item, place, origin)],
        relationships=[v0.RelationshipType(identifiers=_named(asin, place)) for asin in relations],
        sales_rankings=[v0.SalesRankType(product_category_id=one.place, rank=one.rank) for one in ranks],
    )


def _named(asin: str, place: str) -> v0.IdentifierType:
    return v0.IdentifierType(marketplace_asin=v0.ASINIdentifier(marketplace_id=place, asin=asin))


def _attribute_set(item: Item, place: str, origin: str) -> v0.AttributeSetListType:
    group = display_group_of(item.classification_id)
    currency = MARKETPLACES[place].currency
    price = item.list_price(place, currency)
    said = {
        "title": "item_name",
        "brand": "brand",
        "color": "color",
        "size": "size",
        "manufacturer": "manufacturer",
        "label": "manufacturer",
        "publisher": "manufacturer",
        "studio": "manufacturer",
        "model": "model_number",
        "part_number": "part_number",
        "flavor": "flavor",
        "scent": "scent",
        "department": "department",
        "binding": "binding",
        "warranty": "warranty_description",
    }
    named: dict[str, Any] = {field: item.text(name, place) for field, name in said.items()}
    small = next((one for one in pictures_of(item, place, origin) if one.variant == MAIN and one.size == _SMALL), None)
    return v0.AttributeSetListType(
        **named,
        feature=item.texts("bullet_point", place) or None,
        material_type=texts(item.attributes, "material", place) or None,
        package_quantity=whole(item.attributes, "item_package_quantity", place) or 1,
        number_of_items=whole(item.attributes, "number_of_items", place),
        number_of_pages=whole(item.attributes, "pages", place),
        is_adult_product=False,
        is_autographed=False,
        is_memorabilia=False,
        item_dimensions=_box(sides(item.item_dimensions(place)), item.item_weight(place)),
        package_dimensions=_box(sides(item.package_dimensions(place)), item.package_weight(place)),
        list_price=None if price is None else v0.Price(amount=price.decimal, currency_code=currency),
        product_group=None if group is None else group_name(group),
        product_type_name=item.product_type,
        small_image=None if small is None else _picture(small.link),
    )


def _box(lengths: dict[str, Decimal], weight: Measure | None) -> v0.DimensionType | None:
    if not lengths and weight is None:
        return None
    measured = dict(_measured(lengths))
    heavy = None if weight is None else v0.DecimalWithUnits(value=pounds(weight), units="pounds")
    return v0.DimensionType(**measured, weight=heavy)


def _measured(lengths: dict[str, Decimal]) -> Iterator[tuple[str, v0.DecimalWithUnits]]:
    for side, value in lengths.items():
        yield side, v0.DecimalWithUnits(value=value, units="inches")


def _picture(link: str) -> v0.Image:
    size = v0.DecimalWithUnits(value=Decimal(_SMALL), units="pixels")
    return v0.Image(url=link, height=size, width=size)
