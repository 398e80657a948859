"""What lies in AWD, SKU by SKU."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.distribution.eligibility import HERE
from sellingpartner.market.distribution.questions import Holding, holdings
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.api.awd_2024_05_09.reading import PAGE
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"awd listInventory "


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    """Where the list goes on, and with which arguments."""

    sku: str | None
    is_ascending: bool
    after: str


_decoder = msgspec.msgpack.Decoder(_Continuation)


@handles(awd.ListInventory)
def list_inventory(unit: UnitOfWork, request: awd.ListInventory) -> awd.InventoryListing:
    """Go through what lies there, or is on its way there.

    Assumed: the list goes by SKU, from the first to the last unless said.
    """
    check_marketplaces(unit, unit.seller_id, [HERE])
    is_ascending = request.sort_order is not awd.SortOrder.DESCENDING
    limit = request.max_results or PAGE
    found = holdings(
        unit,
        after=_after(unit, request, is_ascending=is_ascending),
        limit=limit + 1,
        skus=None if request.sku is None else [request.sku],
        is_ascending=is_ascending,
    )
    page = found[:limit]
    token = None
    if len(found) > limit:
        content = msgspec.msgpack.encode(_Continuation(request.sku, is_ascending, page[-1].sku))
        token = sealed(unit, content, purpose=_PURPOSE)
    is_detailed = request.details is awd.Details.SHOW
    return awd.InventoryListing(inventory=[_summary(one, is_detailed=is_detailed) for one in page], next_token=token)


def _after(unit: UnitOfWork, request: awd.ListInventory, *, is_ascending: bool) -> str | None:
    if request.next_token is None:
        return None
    found = unsealed_as(unit, request.next_token, _decoder, purpose=_PURPOSE)
    if found is None or (found.sku, found.is_ascending) != (request.sku, is_ascending):
        raise BadRequest("Invalid nextToken received; pass the one of the page before, with the same arguments.")
    return found.after


def _summary(one: Holding, *, is_detailed: bool) -> awd.InventorySummary:
    return awd.InventorySummary(
        sku=one.sku,
        total_inbound_quantity=one.coming,
        total_onhand_quantity=one.on_hand,
        inventory_details=awd.InventoryDetails(
            available_distributable_quantity=one.available,
            reserved_distributable_quantity=one.reserved,
            replenishment_quantity=one.going,
        )
        if is_detailed
        else None,
        expiration_details=[
            awd.ExpirationDetails(expiration=dated.expires_at, onhand_quantity=dated.units) for dated in one.dates
        ]
        if is_detailed
        else None,
    )
