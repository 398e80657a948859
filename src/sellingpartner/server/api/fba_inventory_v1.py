"""FBA Inventory, v1: what Amazon's fulfillment network holds of a seller's SKUs; in a sandbox, also to be made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from sellingpartner.contract import fba_inventory_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.inventory.model import Condition, Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.conditions import network_name
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.listings.virtual_items import Added, add_units, create_virtual_item, delete_virtual_item
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

PAGE = 50
"""Assumed: a page holds up to 50 SKUs; Amazon does not say how many."""
TOKEN_LIFE = timedelta(seconds=30)
_OLDEST = timedelta(days=548)
_DAMAGES = (
    Condition.CUSTOMER_DAMAGED,
    Condition.WAREHOUSE_DAMAGED,
    Condition.DISTRIBUTOR_DAMAGED,
    Condition.CARRIER_DAMAGED,
    Condition.DEFECTIVE,
    Condition.EXPIRED,
)
_RESEARCHED = {
    Condition.RESEARCHING_SHORT: v1.Name.RESEARCHING_QUANTITY_IN_SHORT_TERM,
    Condition.RESEARCHING_MID: v1.Name.RESEARCHING_QUANTITY_IN_MID_TERM,
    Condition.RESEARCHING_LONG: v1.Name.RESEARCHING_QUANTITY_IN_LONG_TERM,
}


class _Wanted(msgspec.Struct, frozen=True, array_like=True):
    """Which summaries a list holds: of what moved, else of the SKUs named, else all."""

    marketplace_id: str
    moved_after: datetime | None = None
    skus: tuple[str, ...] | None = None


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    """Where a list goes on, and until when it may."""

    wanted: _Wanted
    after: str
    until: datetime


_decoder = msgspec.json.Decoder(_Continuation)


class _Found(NamedTuple):
    position: Position
    record: Record


@handles(v1.GetInventorySummaries)
def get_inventory_summaries(unit: UnitOfWork, request: v1.GetInventorySummaries) -> v1.GetInventorySummariesResponse:
    """The stock at Amazon of every SKU, of those named, or of those that moved since a time."""
    wanted = _wanted(unit, request)
    after = "" if request.next_token is None else _opened(unit, wanted, request.next_token)
    found, next_token = _page(unit, wanted, after)
    if not found and wanted == _Wanted(wanted.marketplace_id) and not after:
        # Amazon answers so to a seller who has nothing with it.
        message = "Invalid request, please check your input."
        raise InvalidInput(message).because("The seller has no SKU at Amazon in this marketplace.")
    return v1.GetInventorySummariesResponse(
        payload=v1.GetInventorySummariesResult(
            granularity=v1.Granularity(
                granularity_type=request.granularity_type.value, granularity_id=wanted.marketplace_id
            ),
            inventory_summaries=[_summary(unit, one, is_detailed=bool(request.details)) for one in found],
        ),
        pagination=None if next_token is None else v1.Pagination(next_token=next_token),
    )


@handles(v1.CreateInventoryItem)
def create_inventory_item(unit: UnitOfWork, request: v1.CreateInventoryItem) -> v1.CreateInventoryItemResponse:
    """Make up an item, in a sandbox."""
    create_virtual_item(unit, request.seller_sku, request.marketplace_id, request.product_name)
    return v1.CreateInventoryItemResponse()


@handles(v1.DeleteInventoryItem)
def delete_inventory_item(unit: UnitOfWork, request: v1.DeleteInventoryItem) -> v1.DeleteInventoryItemResponse:
    """Delete an item again, in a sandbox."""
    delete_virtual_item(unit, request.seller_sku, request.marketplace_id)
    return v1.DeleteInventoryItemResponse()


@handles(v1.AddInventory)
def add_inventory(unit: UnitOfWork, request: v1.AddInventory) -> v1.AddInventoryResponse:
    """Let units come to items, in a sandbox."""
    if not request.inventory_items:
        message = "inventoryItems is empty; name at least one item."
        raise InvalidInput(message)
    added = [Added(one.seller_sku, one.marketplace_id, one.quantity) for one in request.inventory_items]
    add_units(unit, added, request.idempotency_token)
    return v1.AddInventoryResponse()


def _wanted(unit: UnitOfWork, request: v1.GetInventorySummaries) -> _Wanted:
    """What is asked for; what Amazon ignores beside something else is ignored here, too."""
    if len(request.marketplace_ids) != 1:
        message = "marketplaceIds must be one marketplace."
        raise InvalidInput(message)
    (marketplace_id,) = request.marketplace_ids
    participations_of(unit, unit.seller_id, including=[marketplace_id])
    if request.granularity_id != marketplace_id:
        message = f"granularityId is {request.granularity_id!r}; it must be the marketplace, {marketplace_id}."
        raise InvalidInput(message)
    if request.start_date_time is not None:
        oldest = unit.now - _OLDEST
        if request.start_date_time < oldest:
            message = f"startDateTime must not be earlier than 18 months ago, {oldest:%Y-%m-%dT%H:%M:%SZ}."
            raise InvalidInput(message)
        return _Wanted(marketplace_id, moved_after=request.start_date_time)
    if request.seller_skus:
        return _Wanted(marketplace_id, skus=tuple(sorted(set(request.seller_skus))))
    return _Wanted(marketplace_id, skus=None if request.seller_sku is None else (request.seller_sku,))


def _page(unit: UnitOfWork, wanted: _Wanted, after: str) -> tuple[list[_Found], str | None]:
    """A page of SKUs that are listed in the marketplace, and the token of the next page.

    Assumed: units of a SKU that its seller lists in other marketplaces alone are not shown.
    """
    found: list[_Found] = []
    while True:
        batch = positions_at(
            unit, Place.FBA, after=after, limit=PAGE + 1, skus=wanted.skus, moved_after=wanted.moved_after
        )
        for position in batch:
            record = record_of(unit, position.sku, wanted.marketplace_id)
            if record is not None:
                found.append(_Found(position, record))
        if len(found) > PAGE:
            page = found[:PAGE]
            until = unit.now + TOKEN_LIFE
            continuation = _Continuation(wanted, page[-1].position.sku, until)
            return page, sealed(unit, msgspec.json.encode(continuation))
        if len(batch) <= PAGE:
            return found, None
        after = batch[-1].sku


def _opened(unit: UnitOfWork, wanted: _Wanted, token: str) -> str:
    """The SKU after which the next page begins."""
    continuation = unsealed_as(unit, token, _decoder)
    if continuation is None or continuation.wanted != wanted:
        message = "nextToken is not valid; pass the one that the page before returned, with the same filters."
        raise InvalidInput(message)
    if continuation.until < unit.now:
        message = "nextToken has expired; a token is valid for 30 seconds. Begin with the first page again."
        raise InvalidInput(message)
    return continuation.after


def _summary(unit: UnitOfWork, found: _Found, *, is_detailed: bool) -> v1.InventorySummary:
    position, record = found
    return v1.InventorySummary(
        asin=record.asin,
        fn_sku=record.fnsku,
        seller_sku=position.sku,
        condition=network_name(record.condition, record.condition_subtype),
        inventory_details=_details(position) if is_detailed else None,
        last_updated_time=position.moved_at,
        product_name=None if record.asin is None else title_of(unit, record.asin, record.marketplace_id),
        total_quantity=position.total,
        stores=[],
    )


def _details(position: Position) -> v1.InventoryDetails:
    damaged = [position.of(one) for one in _DAMAGES]
    researched = {name: position.of(one) for one, name in _RESEARCHED.items()}
    moving, aside = position.of(Condition.TRANSSHIPMENT), position.of(Condition.FC_PROCESSING)
    return v1.InventoryDetails(
        fulfillable_quantity=position.fulfillable,
        inbound_working_quantity=position.of(Condition.INBOUND_WORKING),
        inbound_shipped_quantity=position.of(Condition.INBOUND_SHIPPED),
        inbound_receiving_quantity=position.of(Condition.INBOUND_RECEIVING),
        reserved_quantity=v1.ReservedQuantity(
            total_reserved_quantity=position.set_aside,
            pending_customer_order_quantity=position.reserved,
            pending_transshipment_quantity=moving,
            fc_processing_quantity=aside,
        ),
        researching_quantity=v1.ResearchingQuantity(
            total_researching_quantity=sum(researched.values()),
            researching_quantity_breakdown=[
                v1.ResearchingQuantityEntry(name=name, quantity=quantity) for name, quantity in researched.items()
            ],
        ),
        unfulfillable_quantity=v1.UnfulfillableQuantity(
            total_unfulfillable_quantity=sum(damaged),
            customer_damaged_quantity=damaged[0],
            warehouse_damaged_quantity=damaged[1],
            distributor_damaged_quantity=damaged[2],
            carrier_damaged_quantity=damaged[3],
            defective_quantity=damaged[4],
            expired_quantity=damaged[5],
        ),
    )
