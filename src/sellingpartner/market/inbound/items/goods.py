"""The SKUs that a plan, or a word on how to prepare them, is about: whether they may be named, and what they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from sellingpartner.market.accounts.questions import NotTheSellersMarketplace, check_marketplaces
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.inbound.items.prep import Prep, preps_of
from sellingpartner.market.inbound.refusals import BadRequest, InvalidMskus, NotInboundable
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.questions import records_of_skus
from sellingpartner.storage.unit import UnitOfWork


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """A SKU, what it is for, and how it is prepared."""

    record: Record
    asin: str
    fnsku: str
    item: Item
    prep: Prep


def check_destination(unit: UnitOfWork, marketplace_id: str) -> None:
    """Raise `BadRequest` unless the seller takes part in a marketplace."""
    try:
        check_marketplaces(unit, unit.seller_id, [marketplace_id])
    except NotTheSellersMarketplace as refused:
        raise BadRequest("Invalid destinationMarketplace provided.").because(refused.reason) from refused


def check_marketplace(unit: UnitOfWork, marketplace_id: str) -> None:
    """Raise `BadRequest` unless the seller takes part in a marketplace whose items are asked about."""
    try:
        check_marketplaces(unit, unit.seller_id, [marketplace_id])
    except NotTheSellersMarketplace as refused:
        # Assumed: in which words a marketplace is refused where the seller takes no part in it.
        raise BadRequest("The requested marketplaceId is not valid.").because(refused.reason) from refused


def records_named(unit: UnitOfWork, mskus: Collection[str], marketplace_id: str) -> dict[str, Record]:
    """The listings under some SKUs in their order; raises `InvalidMskus` for those that there are not."""
    named = list(dict.fromkeys(mskus))
    records = records_of_skus(unit, named, marketplace_id)
    if unknown := [msku for msku in named if msku not in records]:
        raise InvalidMskus(unknown)
    return {msku: records[msku] for msku in named}


def goods_of(unit: UnitOfWork, mskus: Collection[str], marketplace_id: str) -> dict[str, Goods]:
    """What some SKUs are, in their order; raises `InvalidMskus`, `NotInboundable`.

    A SKU can be sent once it has an ASIN and an FNSKU, which one that Amazon does not fulfill has not.
    """
    records = records_named(unit, mskus, marketplace_id)
    items = items_of(unit, {record.asin for record in records.values() if record.asin is not None})
    missing = [msku for msku, one in records.items() if one.asin not in items or one.fnsku is None]
    if missing:
        raise NotInboundable(missing)
    wanted = {msku: items[str(record.asin)] for msku, record in records.items()}
    preps = preps_of(unit, wanted, marketplace_id)
    return {msku: _goods(record, wanted[msku], preps) for msku, record in records.items()}


def _goods(record: Record, item: Item, preps: Mapping[str, Prep]) -> Goods:
    return Goods(record=record, asin=item.asin, fnsku=str(record.fnsku), item=item, prep=preps[record.sku])
