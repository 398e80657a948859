"""Catalog Items, 2020-12-01: search by words, and one item; the same catalog in older words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sellingpartner.contract import catalog_items_2020_12_01 as v2020
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.model import VendorDetails
from sellingpartner.market.catalog.pictures import pictures_of
from sellingpartner.market.catalog.questions import Query, classification_path, items_of
from sellingpartner.server.api.catalog_items.asking import (
    MOST_VALUES,
    InvalidCatalogRequest,
    asked_marketplaces,
    checked_locale,
    item_in,
    page_of,
)
from sellingpartner.server.api.catalog_items.family import ranked_in, related_in
from sellingpartner.server.api.catalog_items.said import Asked, Asking, attributes_in, numbers_in
from sellingpartner.server.api.catalog_items.searching import by_words
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.views import view
from sellingpartner.storage.unit import UnitOfWork

Data = v2020.GetCatalogItemIncludedData
_DEFAULT = frozenset({Data.SUMMARIES.value})
_OF_OTHERS = frozenset({Data.VARIATIONS.value, Data.SALES_RANKS.value})


@handles(v2020.GetCatalogItem)
def get_catalog_item(unit: UnitOfWork, request: v2020.GetCatalogItem, caller: Caller, origin: Origin) -> v2020.Item:
    """One item, as the marketplaces that are asked have it."""
    marketplaces = asked_marketplaces(unit, caller, request.marketplace_ids)
    locale = checked_locale("locale", request.locale)
    item = item_in(unit, request.asin, marketplaces)
    included = frozenset(one.value for one in request.included_data or ()) or _DEFAULT
    asking = Asking(tuple(marketplaces), locale, included, origin)
    if _OF_OTHERS.isdisjoint(included):
        return _own_view(asking.kept(item))
    return _shown(unit, asking.of(item.read()))


@handles(v2020.SearchCatalogItems)
def search_catalog_items(
    unit: UnitOfWork, request: v2020.SearchCatalogItems, caller: Caller, origin: Origin
) -> v2020.ItemSearchResults:
    """Items that have words."""
    marketplaces = asked_marketplaces(unit, caller, request.marketplace_ids)
    locale = checked_locale("locale", request.locale)
    checked_locale("keywordsLocale", request.keywords_locale)
    if len(request.keywords) > MOST_VALUES:
        raise InvalidCatalogRequest(
            f"keywords holds {counted(len(request.keywords), 'value')}; it must be at most {MOST_VALUES}."
        )
    query = Query(
        marketplace_id=marketplaces[0],
        keywords=tuple(request.keywords),
        brands=tuple(request.brand_names or ()),
        classification_ids=tuple(request.classification_ids or ()),
    )
    page = by_words(unit, query, locale=locale, size=page_of(request.page_size), token=request.page_token)
    found = items_of(unit, page.asins)
    included = frozenset(one.value for one in request.included_data or ()) or _DEFAULT
    asking = Asking(tuple(marketplaces), locale, included, origin)
    return v2020.ItemSearchResults(
        number_of_results=page.total,
        pagination=v2020.Pagination(next_token=page.next_token, previous_token=page.previous_token),
        refinements=v2020.Refinements(
            brands=[v2020.BrandRefinement(number_of_results=count, brand_name=brand) for brand, count in page.brands],
            classifications=[
                v2020.ClassificationRefinement(number_of_results=count, display_name=name, classification_id=node)
                for node, name, count in page.classifications
            ],
        ),
        items=[_shown(unit, asking.of(found[asin])) for asin in page.asins],
    )


def _shown(unit: UnitOfWork, asked: Asked) -> v2020.Item:
    return msgspec.structs.replace(
        _own_part(asked),
        variations=[*_variations(unit, asked)] if Data.VARIATIONS.value in asked.included else None,
        sales_ranks=[*_sales_ranks(unit, asked)] if Data.SALES_RANKS.value in asked.included else None,
    )


def _own_part(asked: Asked) -> v2020.Item:
    """What the item itself says of all that is asked for."""
    item, wanted = asked.item, asked.included
    types = [
        v2020.ItemProductTypeByMarketplace(marketplace_id=place, product_type=item.product_type)
        for place in asked.places
    ]
    return v2020.Item(
        asin=item.asin,
        attributes=attributes_in(item, asked.places) if Data.ATTRIBUTES.value in wanted else None,
        identifiers=[*_identifiers(asked)] if Data.IDENTIFIERS.value in wanted else None,
        images=[*_images(asked)] if Data.IMAGES.value in wanted else None,
        product_types=types if Data.PRODUCT_TYPES.value in wanted else None,
        summaries=[_summary(asked, place) for place in asked.places] if Data.SUMMARIES.value in wanted else None,
        vendor_details=[*_vendor_details(asked)] if Data.VENDOR_DETAILS.value in wanted else None,
    )


_own_view = view(_own_part)


def _identifiers(asked: Asked) -> Iterator[v2020.ItemIdentifiersByMarketplace]:
    for place in asked.places:
        numbers = [
            v2020.ItemIdentifier(identifier_type=kind.lower(), identifier=value)
            for kind, value in numbers_in(asked.item, place)
        ]
        yield v2020.ItemIdentifiersByMarketplace(marketplace_id=place, identifiers=numbers)


def _images(asked: Asked) -> Iterator[v2020.ItemImagesByMarketplace]:
    for place in asked.places:
        images = [
            v2020.ItemImage(variant=v2020.Variant(one.variant), link=one.link, height=one.size, width=one.size)
            for one in pictures_of(asked.item, place, asked.origin)
        ]
        yield v2020.ItemImagesByMarketplace(marketplace_id=place, images=images)


def _summary(asked: Asked, place: str) -> v2020.ItemSummaryByMarketplace:
    item, locale = asked.item, asked.locale
    path = classification_path(item.classification_id or "", locale or MARKETPLACES[place].language)
    said = {
        "brand_name": "brand",
        "color_name": "color",
        "item_name": "item_name",
        "manufacturer": "manufacturer",
        "model_number": "model_number",
        "size_name": "size",
        "style_name": "style",
    }
    texts: dict[str, Any] = {field: item.text(name, place, locale) for field, name in said.items()}
    # Assumed: what version 2020-12-01 calls the browse node of an item is the id of its classification.
    return v2020.ItemSummaryByMarketplace(
        marketplace_id=place, browse_node=path[0].classification_id if path else None, **texts
    )


def _vendor_details(asked: Asked) -> Iterator[v2020.ItemVendorDetailsByMarketplace]:
    if asked.item.vendor is not None:
        for place in asked.places:
            yield _vendor(asked.item.vendor, place)


def _vendor(vendor: VendorDetails, place: str) -> v2020.ItemVendorDetailsByMarketplace:
    category, below = vendor.product_category, vendor.product_subcategory
    replenished = vendor.replenishment_category
    return v2020.ItemVendorDetailsByMarketplace(
        marketplace_id=place,
        brand_code=vendor.brand_code,
        category_code=None if category is None else category[0],
        manufacturer_code=vendor.manufacturer_code,
        manufacturer_code_parent=vendor.manufacturer_code_parent,
        product_group=vendor.product_group,
        replenishment_category=None if replenished is None else v2020.ReplenishmentCategory(replenished),
        subcategory_code=None if below is None else below[0],
    )


def _variations(unit: UnitOfWork, asked: Asked) -> Iterator[v2020.ItemVariationsByMarketplace]:
    """The other side of the family: of a child its parent, of a parent its children."""
    for place in asked.places:
        family = related_in(unit, asked.item, place)
        if family is not None:
            yield v2020.ItemVariationsByMarketplace(
                marketplace_id=place,
                asins=family.parents or family.children,
                variation_type=v2020.VariationType.CHILD if family.parents else v2020.VariationType.PARENT,
            )


def _sales_ranks(unit: UnitOfWork, asked: Asked) -> Iterator[v2020.ItemSalesRanksByMarketplace]:
    for place in asked.places:
        ranked = ranked_in(unit, asked.item, place, asked.locale)
        if ranked is not None:
            ranks = [
                v2020.ItemSalesRank(title=one.title, link=one.link, rank=one.rank)
                for one in (ranked.in_group, *ranked.in_classification)
            ]
            yield v2020.ItemSalesRanksByMarketplace(marketplace_id=place, ranks=ranks)
