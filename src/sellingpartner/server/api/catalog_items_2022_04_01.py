"""Catalog Items, 2022-04-01: search by words or numbers, and one item, with the data that is asked for."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import catalog_items_2022_04_01 as v2022
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import Query, items_of
from sellingpartner.server.api.catalog_items.asking import (
    InvalidCatalogRequest,
    asked_marketplaces,
    checked_locale,
    item_in,
    own_seller,
    page_of,
)
from sellingpartner.server.api.catalog_items.said import Asked, Asking
from sellingpartner.server.api.catalog_items.searching import Shown, by_identifiers, by_words
from sellingpartner.server.api.catalog_items.views_2022_04_01 import own_part, own_view, relationships, sales_ranks
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

Data = v2022.IncludedData
_DEFAULT = frozenset({Data.SUMMARIES.value})
_OF_OTHERS = frozenset({Data.RELATIONSHIPS.value, Data.SALES_RANKS.value})
"""What depends on other items and on sales: it is looked up for each answer."""


@handles(v2022.GetCatalogItem)
def get_catalog_item(unit: UnitOfWork, request: v2022.GetCatalogItem, caller: Caller, origin: Origin) -> v2022.Item:
    """One item, as the marketplaces that are asked have it."""
    marketplaces = asked_marketplaces(unit, caller, request.marketplace_ids)
    locale = checked_locale("locale", request.locale)
    item = item_in(unit, request.asin, marketplaces)
    asking = Asking(tuple(marketplaces), locale, _included(request.included_data), origin)
    if _OF_OTHERS.isdisjoint(asking.included):
        return own_view(asking.kept(item))
    return _shown(unit, asking.of(item.read()))


@handles(v2022.SearchCatalogItems)
def search_catalog_items(
    unit: UnitOfWork, request: v2022.SearchCatalogItems, caller: Caller, origin: Origin
) -> v2022.ItemSearchResults:
    """Items that have words, or that identifiers name."""
    marketplaces = asked_marketplaces(unit, caller, request.marketplace_ids)
    locale = checked_locale("locale", request.locale)
    page = _page(unit, request, caller, marketplaces[0], locale)
    found = items_of(unit, page.asins)
    asking = Asking(tuple(marketplaces), locale, _included(request.included_data), origin)
    has_pages = page.next_token or page.previous_token
    return v2022.ItemSearchResults(
        number_of_results=page.total,
        pagination=v2022.Pagination(next_token=page.next_token, previous_token=page.previous_token)
        if has_pages
        else None,
        refinements=None if request.keywords is None else _refinements(page),
        items=[_shown(unit, asking.of(found[asin])) for asin in page.asins],
    )


def _page(
    unit: UnitOfWork, request: v2022.SearchCatalogItems, caller: Caller, marketplace_id: str, locale: str | None
) -> Shown:
    size = page_of(request.page_size)
    if request.keywords is not None and request.identifiers is not None:
        raise InvalidCatalogRequest("identifiers and keywords exclude each other; give one of them.")
    if request.keywords is not None:
        query = Query(
            marketplace_id=marketplace_id,
            keywords=tuple(request.keywords),
            brands=tuple(request.brand_names or ()),
            classification_ids=tuple(request.classification_ids or ()),
        )
        checked_locale("keywordsLocale", request.keywords_locale)
        return by_words(unit, query, locale=locale, size=size, token=request.page_token)
    if request.identifiers is None:
        message = "Missing required 'identifiers' or 'keywords'."
        raise InvalidCatalogRequest("Give identifiers with identifiersType, or keywords.", message)
    _check_identifiers(request, caller)
    kind = str(request.identifiers_type.value) if request.identifiers_type else ""
    return by_identifiers(unit, kind, request.identifiers, marketplace_id, size=size, token=request.page_token)


def _check_identifiers(request: v2022.SearchCatalogItems, caller: Caller) -> None:
    if request.identifiers_type is None:
        kinds = ", ".join(kind.value for kind in v2022.IdentifiersType)
        raise InvalidCatalogRequest(f"identifiersType is missing; identifiers require it. It is one of {kinds}.")
    for name in ("brand_names", "classification_ids", "keywords_locale"):
        if getattr(request, name) is not None:
            wire = name.split("_")[0] + name.split("_")[1].title()
            raise InvalidCatalogRequest(f"{wire} narrows keywords; it cannot be given with identifiers.")
    if request.identifiers_type is v2022.IdentifiersType.SKU:
        own_seller(caller, request.seller_id)


def _included(asked: list[Data] | None) -> frozenset[str]:
    return frozenset(one.value for one in asked) if asked else _DEFAULT


def _refinements(page: Shown) -> v2022.Refinements:
    return v2022.Refinements(
        brands=[v2022.BrandRefinement(number_of_results=count, brand_name=brand) for brand, count in page.brands],
        classifications=[
            v2022.ClassificationRefinement(number_of_results=count, display_name=name, classification_id=node)
            for node, name, count in page.classifications
        ],
    )


def _shown(unit: UnitOfWork, asked: Asked) -> v2022.Item:
    shown = own_part(asked)
    return msgspec.structs.replace(
        shown,
        relationships=relationships(unit, asked) if Data.RELATIONSHIPS.value in asked.included else None,
        sales_ranks=sales_ranks(unit, asked) if Data.SALES_RANKS.value in asked.included else None,
    )
