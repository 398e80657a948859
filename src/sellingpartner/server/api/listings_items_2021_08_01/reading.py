"""One listing: getListingsItem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.catalog.questions import ItemAsKept, found_item, item_as_kept
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import FulfillmentChannel, RecordAsKept
from sellingpartner.market.listings.store import (
    children_of_sku,
    containers_of_sku,
    record_as_kept,
    record_from,
)
from sellingpartner.market.supply.questions import located
from sellingpartner.server.api.listings_items_2021_08_01.asking import SkuNotFound, marketplaces, own
from sellingpartner.server.api.listings_items_2021_08_01.views import Asked, Shown, item_view
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.kept import Kept
from sellingpartner.storage.unit import UnitOfWork

_USUAL = frozenset({"summaries"})
# Codes as JSON has them: one that JSON would escape is taken for none, and its units are shown with the rest.
_NAMES_SOURCE = re.compile(rb'"fulfillment_channel_code":"(?!DEFAULT"|AMAZON_)([^"\\]+)"')
_pack = msgspec.msgpack.Encoder().encode
_WITH_STOCK = frozenset({"attributes", "fulfillmentAvailability"})


@handles(api.GetListingsItem)
def get_listings_item(unit: UnitOfWork, request: api.GetListingsItem, caller: Caller, origin: Origin) -> api.Item:
    """Show a SKU in the marketplaces that are asked about, as far as it is listed there."""
    own(caller, request.seller_id)
    found = [
        record_as_kept(unit, request.sku, marketplace_id) for marketplace_id in dict.fromkeys(request.marketplace_ids)
    ]
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
    held: Sequence[RecordAsKept],
    included: frozenset[str],
    locale: str | None,
    origin: str,
) -> api.Item:
    """A SKU as it is shown. All that this is made of is one document, so that it is remembered (`gateway.views`).

    The moment is left out as long as nothing is due: what was made of a record holds until the clock changes it.
    """
    parts = [_parts(unit, one, included) for one in held]
    is_overdue = any(one.next_change_at is not None and unit.has_come(instant_of(one.next_change_at)) for one in held)
    now = unit.now if is_overdue else unit.now_for_what_holds
    key = _pack((sku, sorted(included), locale, origin, held, parts, microseconds(now) if is_overdue else 0))

    def read(_: bytes) -> Asked:
        shown = (_shown(unit, now, one, of_it) for one, of_it in zip(held, parts, strict=True))
        return Asked(sku, tuple(shown), included, locale, origin)

    return item_view(Kept(key, read))


class _Parts(NamedTuple):
    """What is shown beside a listing's own columns, as far as that is asked for."""

    item: ItemAsKept | None
    available: int
    at_sources: tuple[tuple[str, int], ...]
    children: tuple[str, ...]
    containers: tuple[str, ...]


def _parts(unit: UnitOfWork, held: RecordAsKept, included: frozenset[str]) -> _Parts:
    sku, here = held.sku, held.marketplace_id
    shows_family, shows_stock = "relationships" in included, not included.isdisjoint(_WITH_STOCK)
    return _Parts(
        item=item_as_kept(unit, held.asin) if held.asin is not None and "summaries" in included else None,
        available=stock_of(unit, sku, FulfillmentChannel(held.fulfillment_channel).place).available
        if shows_stock
        else 0,
        at_sources=_at_sources(unit, held) if shows_stock else (),
        children=tuple(child.sku for child in children_of_sku(unit, sku, here)) if shows_family else (),
        containers=tuple(one.sku for one in containers_of_sku(unit, sku, here)) if shows_family else (),
    )


def _at_sources(unit: UnitOfWork, held: RecordAsKept) -> tuple[tuple[str, int], ...]:
    """What lies at the supply sources that a listing names; most name none, and then nothing is asked."""
    named = {code.decode() for code in _NAMES_SOURCE.findall(held.attributes)}
    if not named:
        return ()
    there = {one.code: one.available for one in located(unit, held.sku)}
    return tuple((code, there.get(code, 0)) for code in sorted(named))


def _shown(unit: UnitOfWork, now: datetime, held: RecordAsKept, parts: _Parts) -> Shown:
    return Shown(
        record=record_from(held),
        now=now,
        item=None if parts.item is None else found_item(unit, parts.item.asin),
        available=parts.available,
        at_sources=parts.at_sources,
        children=parts.children,
        containers=parts.containers,
    )
