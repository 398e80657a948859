"""One listing: getListingsItem."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.store import children_of_sku, containers_of_sku, record_of
from sellingpartner.server.api.listings_items_2021_08_01.asking import SkuNotFound, marketplaces, own
from sellingpartner.server.api.listings_items_2021_08_01.views import Shown, item_view
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_USUAL = frozenset({"summaries"})


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
    return item_view(sku, [_shown(unit, record, origin) for record in records], included, locale)


def _shown(unit: UnitOfWork, record: Record, origin: str) -> Shown:
    here = record.marketplace_id
    return Shown(
        record=record,
        now=unit.now,
        available=lambda: stock_of(unit, record.sku, record.place).available,
        item=partial(found_item, unit, record.asin or ""),
        origin=origin,
        children=lambda: [child.sku for child in children_of_sku(unit, record.sku, here)],
        containers=lambda: [one.sku for one in containers_of_sku(unit, record.sku, here)],
    )
