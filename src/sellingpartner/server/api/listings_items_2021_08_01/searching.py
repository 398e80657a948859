"""A seller's listings: searchListingsItems."""

from __future__ import annotations

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.identifiers import InvalidIdentifier, Kind
from sellingpartner.market.catalog.questions import items_by_identifier
from sellingpartner.market.listings.page_tokens import Place, opened, sealed
from sellingpartner.market.listings.searching import MOST_REACHED, Found, SortedBy, Wanted, records_of, search
from sellingpartner.server.api.listings_items_2021_08_01.asking import InvalidListingsRequest, marketplaces, own
from sellingpartner.server.api.listings_items_2021_08_01.reading import item_of
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 10
_USUAL = frozenset({"summaries"})
_OWN = {api.IdentifiersType.SKU: "skus", api.IdentifiersType.FNSKU: "fnskus", api.IdentifiersType.ASIN: "asins"}


@handles(api.SearchListingsItems)
def search_listings_items(
    unit: UnitOfWork, request: api.SearchListingsItems, caller: Caller, origin: Origin
) -> api.ItemSearchResults:
    """Go through listings, a page at a time, forward and back."""
    own(caller, request.seller_id)
    wanted = _wanted(unit, request, tuple(marketplaces(unit, caller, request.marketplace_ids)))
    size = _PAGE if request.page_size is None else request.page_size
    if size < 1:
        raise InvalidListingsRequest("pageSize must be from 1 to 20.")
    found, pagination = _page(unit, wanted, size, request.page_token)
    included = frozenset(one.value for one in request.included_data or ()) or _USUAL
    records = records_of(unit, found.skus, wanted.marketplace_ids)
    items = [item_of(unit, sku, records[sku], included, request.issue_locale, origin) for sku in found.skus]
    return api.ItemSearchResults(number_of_results=found.count, pagination=pagination, items=items)


def _page(unit: UnitOfWork, wanted: Wanted, size: int, token: str | None) -> tuple[Found, api.Pagination | None]:
    """A page, and the ways on and back. Only the first thousand results are reached."""
    if token is None:
        found = search(unit, wanted, size)
        return found, _pagination(unit, wanted, found, 0, goes_on=found.has_more, goes_back=False)
    place = opened(unit, wanted, token)
    if place.is_backward:
        found = search(unit, wanted, size, place.edge, backward=True)
        before = max(0, place.passed - len(found.skus))
        return found, _pagination(unit, wanted, found, before, goes_on=True, goes_back=found.has_more)
    found = search(unit, wanted, min(size, MOST_REACHED - place.passed), place.edge)
    return found, _pagination(unit, wanted, found, place.passed, goes_on=found.has_more, goes_back=True)


def _pagination(
    unit: UnitOfWork, wanted: Wanted, found: Found, passed: int, *, goes_on: bool, goes_back: bool
) -> api.Pagination | None:
    """The tokens of the pages that there are beside this one; `passed` results lie before it."""
    if found.first is None or found.last is None:
        return None
    following = previous = None
    if goes_on and (reached := passed + len(found.skus)) < MOST_REACHED:
        following = sealed(unit, wanted, Place(found.last, is_backward=False, passed=reached))
    if goes_back:
        previous = sealed(unit, wanted, Place(found.first, is_backward=True, passed=passed))
    if following is None and previous is None:
        return None
    return api.Pagination(next_token=following, previous_token=previous)


def _wanted(unit: UnitOfWork, request: api.SearchListingsItems, here: tuple[str, ...]) -> Wanted:
    ways = {
        "identifiers": request.identifiers,
        "variationParentSku": request.variation_parent_sku,
        "packageHierarchySku": request.package_hierarchy_sku,
    }
    given = [name for name, value in ways.items() if value is not None]
    if len(given) > 1:
        raise InvalidListingsRequest(f"{' and '.join(given)} exclude each other; give one of them.")
    if (request.identifiers is None) != (request.identifiers_type is None):
        raise InvalidListingsRequest("identifiers and identifiersType belong together; give both or neither.")
    return Wanted(
        marketplace_ids=here,
        **_identified(unit, request, here),
        variation_parent_sku=request.variation_parent_sku,
        package_hierarchy_sku=request.package_hierarchy_sku,
        created_after=request.created_after,
        created_before=request.created_before,
        updated_after=request.last_updated_after,
        updated_before=request.last_updated_before,
        severities=tuple(one.value for one in request.with_issue_severity or ()),
        with_status=tuple(one.value for one in request.with_status or ()),
        without_status=tuple(one.value for one in request.without_status or ()),
        sorted_by=SortedBy(request.sort_by or SortedBy.UPDATED),
        is_descending=request.sort_order is not api.SortOrder.ASC,
    )


def _identified(
    unit: UnitOfWork, request: api.SearchListingsItems, here: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """By what the identifiers are looked for: the numbers of makers lead to ASINs."""
    kind, given = request.identifiers_type, request.identifiers
    if kind is None or given is None:
        return {}
    if kind in _OWN:
        return {_OWN[kind]: tuple(given)}
    try:
        found = {asin for one in given for place in here for asin in items_by_identifier(unit, Kind(kind), one, place)}
    except InvalidIdentifier as fault:
        raise InvalidListingsRequest(fault.message) from None
    return {"asins": tuple(sorted(found))}
