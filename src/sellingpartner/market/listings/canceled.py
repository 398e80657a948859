"""Listings that were deleted: kept as they were last, until their SKU is listed anew."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.tables import canceled_listings
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_at = canceled_listings.c


class _Kept(NamedTuple):
    record: Record


_keep = Prepared(upsert(canceled_listings, lambda offered: {name: offered[name] for name in ("canceled_at", "record")}))
_forget = Prepared(
    canceled_listings.delete().where(
        _at.seller_id == bindparam("of_seller"),
        _at.marketplace_id == bindparam("of_marketplace"),
        _at.sku == bindparam("of_sku"),
    )
)
_page = Question(
    select(_at.record)
    .where(
        _at.seller_id == bindparam("of_seller"),
        _at.marketplace_id == bindparam("of_marketplace"),
        _at.sku > bindparam("after_sku"),
    )
    .order_by(_at.sku)
    .limit(bindparam("most")),
    _Kept,
)


def keep_canceled(unit: UnitOfWork, record: Record) -> None:
    """Keep a listing that is deleted."""
    row = {
        "seller_id": unit.seller_id,
        "marketplace_id": record.marketplace_id,
        "sku": record.sku,
        "canceled_at": unit.now,
        "record": record,
    }
    _keep.run(unit.connection, row)


def forget_canceled(unit: UnitOfWork, sku: str, marketplace_id: str) -> None:
    """Let a SKU be canceled no more that is listed anew."""
    _forget.run(unit.connection, {"of_seller": unit.seller_id, "of_marketplace": marketplace_id, "of_sku": sku})


def page_of_canceled(unit: UnitOfWork, marketplace_id: str, *, after: str, limit: int) -> list[Record]:
    """Listings of a marketplace that were deleted, as they were last, in the order of SKU."""
    key = {"of_seller": unit.seller_id, "of_marketplace": marketplace_id, "after_sku": after, "most": limit}
    return [row.record for row in _page.all(unit.connection, key)]
