"""One listing: getListingsItem."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.store import children_of_sku, containers_of_sku, record_of
from sellingpartner.server.api.listings_items_2021_08_01.asking import SkuNotFound, marketplaces, own
from sellingpartner.server.api.listings_items_2021_08_01.views import Asked, Shown, item_view, kept
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_USUAL = frozenset({"summaries"})
_WITH_STOCK = frozenset({"attributes", "fulfillmentAvailability"})


@handles(api.GetListingsItem)
def get_listings_item(unit: UnitOfWork, request: api.GetListingsItem, caller: Caller, origin: Origin) -> api.Item:
    """Show a SKU in the marketplaces that are asked about, as far as it is listed there."""
    own(caller, request.seller_id)
    found = [record_of(unit, request.sku, marketplace_id) for marketplace_id in dict.fromkeys(request.marketplace_ids)]
    records = [record for record in found if record is not None]
    if len(records) < len(found) or not found:
        named = marketplaces(unit, caller, request.marketplace_ids)
        if not records:
            raise SkuNotFound(request.sku, named)
    included = frozenset(one.value for one in request.included_data or ()) or _USUAL
    return item_of(unit, request.sku, records, included, request.issue_locale, origin)


def item_of(
    unit: UnitOfWork,
    sku: str,
    records: Sequence[Record],
    included: frozenset[str],
    locale: str | None,
    origin: str,
) -> api.Item:
    """A SKU as it is shown."""
    shown = tuple(_shown(unit, record, included) for record in records)
    return item_view(kept(Asked(sku, shown, included, locale, origin)))


def _shown(unit: UnitOfWork, record: Record, included: frozenset[str]) -> Shown:
    """A listing, and nothing else that is not asked for."""
    sku, here = record.sku, record.marketplace_id
    shows_family, shows_stock = "relationships" in included, not included.isdisjoint(_WITH_STOCK)
    return Shown(
        record=record,
        now=unit.now,
        item=found_item(unit, record.asin) if record.asin is not None and "summaries" in included else None,
        available=stock_of(unit, sku, record.place).available if shows_stock else 0,
        children=tuple(child.sku for child in children_of_sku(unit, sku, here)) if shows_family else (),
        containers=tuple(one.sku for one in containers_of_sku(unit, sku, here)) if shows_family else (),
    )
