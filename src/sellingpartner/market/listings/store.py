"""Reading listings to change them, and writing them back: what differs from before is what happened."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, and_, bindparam, select, type_coerce
from sqlalchemy.types import TypeEngine

from sellingpartner.market.events.listings import (
    ListingChange,
    ListingChanged,
    ListingIssuesChanged,
    ListingStatusChanged,
    PriceChanged,
)
from sellingpartner.market.listings.canceled import forget_canceled, keep_canceled
from sellingpartner.market.listings.deriving import actions_of, severities_of
from sellingpartner.market.listings.model import Issue, ListingStatus, Record, RecordAsKept
from sellingpartner.market.listings.tables import listings
from sellingpartner.market.time.schedule import Due, later
from sellingpartner.storage.columns import Instant, Json, instant_of
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import Row, UnitOfWork
from sellingpartner.storage.upsert import upsert

DELETED = "DELETED"

_HELD: Recollection[tuple[str, str, str], Record] = Recollection()
"""The listings that a transaction holds, or has written, by seller, SKU and marketplace: nobody else changes them."""


class OfferChanges(Due):
    """A sale begins or ends, or an offer, or an exemption from an issue does."""

    sku: str
    marketplace_id: str


_this = and_(
    listings.c.seller_id == bindparam("of_seller"),
    listings.c.sku == bindparam("of_sku"),
    listings.c.marketplace_id == bindparam("of_marketplace"),
)
_one = Question(select(listings).where(_this), Record)
_RAW: dict[type[TypeEngine[Any]], TypeEngine[Any]] = {Instant: BigInteger(), Json: LargeBinary(), Boolean: Integer()}
_READ: dict[type[TypeEngine[Any]], Callable[[Any], Any]] = {
    Instant: lambda kept: None if kept is None else instant_of(kept),
    Json: msgspec.json.Decoder(tuple[Issue, ...]).decode,
    Boolean: bool,
}
_columns = [listings.c[name] for name in Record.__struct_fields__]
_READERS = {column.name: _READ.get(type(column.type), lambda kept: kept) for column in _columns}
columns_as_kept = [
    type_coerce(column, _RAW.get(type(column.type), column.type)).label(column.name) for column in _columns
]
_as_kept = Question(select(*columns_as_kept).where(_this), RecordAsKept)
_to_change = Question(select(listings).where(_this).with_for_update(), Record)
_of_sku = Question(
    select(listings)
    .where(listings.c.seller_id == bindparam("of_seller"), listings.c.sku == bindparam("of_sku"))
    .order_by(listings.c.marketplace_id)
    .with_for_update(),
    Record,
)
_of_skus = Several(
    lambda skus: (
        select(listings)
        .where(listings.c.seller_id == bindparam("of_seller"), listings.c.sku.in_(skus))
        .order_by(listings.c.sku, listings.c.marketplace_id)
        .with_for_update()
    ),
    Record,
)
_of_parent = Question(
    select(listings)
    .where(
        listings.c.seller_id == bindparam("of_seller"),
        listings.c.parent_sku == bindparam("of_sku"),
        listings.c.marketplace_id == bindparam("of_marketplace"),
    )
    .order_by(listings.c.sku),
    Record,
)
_of_contained = Question(
    select(listings)
    .where(
        listings.c.seller_id == bindparam("of_seller"),
        listings.c.contains_sku == bindparam("of_sku"),
        listings.c.marketplace_id == bindparam("of_marketplace"),
    )
    .order_by(listings.c.sku),
    Record,
)
# A listing that is put again is replaced; only its age and its key stay.
_put = Prepared(
    upsert(
        listings,
        lambda offered: {
            column.name: offered[column.name]
            for column in listings.c
            if not column.primary_key and column is not listings.c.created_at
        },
    )
)
_delete = Prepared(listings.delete().where(_this))


def record_of(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record | None:
    """What is kept of a listing."""
    held = _HELD.of(unit.memory).get((unit.seller_id, sku, marketplace_id))
    return held or _one.first(unit.connection, _key(unit, sku, marketplace_id))


def record_as_kept(unit: UnitOfWork, sku: str, marketplace_id: str) -> RecordAsKept | None:
    """A listing's columns unread: by them who shows it knows whether anything changed."""
    return _as_kept.first(unit.connection, _key(unit, sku, marketplace_id))


def record_from(kept: RecordAsKept) -> Record:
    """A listing from its columns as they are kept."""
    said = {name: read(value) for (name, read), value in zip(_READERS.items(), kept, strict=True)}
    return Record(**said)


def record_to_change(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record | None:
    """What is kept of a listing, and nobody else changes it until this unit ends.

    A SKU that is not there yet cannot be locked; who makes one takes a number of the seller's first, and so waits for
    whoever is making one at the same time, and finds what that one made.
    """
    held = _HELD.of(unit.memory).get((unit.seller_id, sku, marketplace_id))
    if held is not None:
        return held
    found = _to_change.first(unit.connection, _key(unit, sku, marketplace_id))
    if found is None:
        unit.next_number("listings")
        found = _to_change.first(unit.connection, _key(unit, sku, marketplace_id))
    if found is not None:
        _hold(unit, found)
    return found


def hold_records(unit: UnitOfWork, skus: Collection[str]) -> None:
    """Hold the listings of many SKUs by one question, which `record_to_change` need not ask for each of them then."""
    for found in _of_skus.all(unit.connection, {"of_seller": unit.seller_id}, sorted(skus)):
        _hold(unit, found)


def records_of_sku(unit: UnitOfWork, sku: str) -> list[Record]:
    """A SKU's listings in all marketplaces, to be changed."""
    found = _of_sku.all(unit.connection, {"of_seller": unit.seller_id, "of_sku": sku})
    for one in found:
        _hold(unit, one)
    return found


def forget_held(unit: UnitOfWork, sku: str, marketplace_id: str) -> None:
    """Say that a listing was written by another statement than those here: whoever wants it reads it anew."""
    _HELD.of(unit.memory).pop((unit.seller_id, sku, marketplace_id), None)


def _hold(unit: UnitOfWork, record: Record) -> None:
    """Remember a listing as it is now, which is held or was written."""
    _HELD.of(unit.memory)[record.seller_id, record.sku, record.marketplace_id] = record


def children_of_sku(unit: UnitOfWork, sku: str, marketplace_id: str) -> list[Record]:
    """The listings that name a SKU as their parent, in the order of SKU."""
    return _of_parent.all(unit.connection, _key(unit, sku, marketplace_id))


def containers_of_sku(unit: UnitOfWork, sku: str, marketplace_id: str) -> list[Record]:
    """The listings of cases and pallets that hold a SKU, in the order of SKU."""
    return _of_contained.all(unit.connection, _key(unit, sku, marketplace_id))


def save(unit: UnitOfWork, before: Record | None, after: Record) -> None:
    """Write a listing whole, and say what changed; nothing happens if nothing did."""
    if after == before:
        return
    _put.run(unit.connection, row_of(after))
    _hold(unit, after)
    if before is None:
        forget_canceled(unit, after.sku, after.marketplace_id)
    if after.next_change_at is not None and (before is None or after.next_change_at != before.next_change_at):
        later(unit, OfferChanges(sku=after.sku, marketplace_id=after.marketplace_id), at=after.next_change_at)
    say_changes(unit, before, after)


def write_all(unit: UnitOfWork, records: list[Record]) -> None:
    """Write many listings whole. Whoever does says what changed."""
    # Two such units that take the same rows in the same order never wait for one another in a circle.
    in_order = sorted(records, key=lambda record: (record.sku, record.marketplace_id))
    _put.run_many(unit.connection, [row_of(record) for record in in_order])
    for record in in_order:
        _hold(unit, record)


def remove(unit: UnitOfWork, record: Record) -> None:
    """Delete a listing for good."""
    _delete.run(unit.connection, _key(unit, record.sku, record.marketplace_id))
    keep_canceled(unit, record)
    forget_held(unit, record.sku, record.marketplace_id)
    _say(unit, record, ListingChange.DELETED)
    unit.emit(_status(record, (DELETED,)))


def say_changes(unit: UnitOfWork, before: Record | None, after: Record) -> None:
    """The facts that lead from one state of a listing to another."""
    price_before = None if before is None else before.price
    if after.price != price_before:
        unit.emit(_priced(before, after))
    if (change := _change(before, after)) is not None:
        _say(unit, after, change)
    if after.shown != (() if before is None else before.shown):
        unit.emit(_status(after, after.shown))
    if after.issues != (() if before is None else before.issues):
        actions = dict.fromkeys(action for issue in after.issues for action in actions_of(issue, unit.now))
        unit.emit(
            ListingIssuesChanged(
                sku=after.sku,
                marketplace_id=after.marketplace_id,
                asin=after.asin,
                severities=severities_of(after.issues),
                enforcement_actions=tuple(actions),
            )
        )


def _change(before: Record | None, after: Record) -> ListingChange | None:
    """What others must know of an offer; None if it is to them as it was."""
    if before is None:
        return ListingChange.LISTED
    if before.status == ListingStatus.ACTIVE.value != after.status:
        return ListingChange.CLOSED
    told = msgspec.structs.replace(
        after, updated_at=before.updated_at, submission_id=before.submission_id, is_settled=before.is_settled
    )
    if told == before:
        return None
    priced = msgspec.structs.replace(
        told,
        price_minor=before.price_minor,
        price_currency=before.price_currency,
        next_change_at=before.next_change_at,
        attributes=before.attributes,
    )
    return ListingChange.PRICED if priced == before and after.price != before.price else ListingChange.LISTED


def _say(unit: UnitOfWork, record: Record, change: ListingChange) -> None:
    unit.emit(ListingChanged(sku=record.sku, marketplace_id=record.marketplace_id, asin=record.asin, change=change))


def _status(record: Record, status: tuple[str, ...]) -> ListingStatusChanged:
    return ListingStatusChanged(
        sku=record.sku,
        marketplace_id=record.marketplace_id,
        asin=record.asin,
        created_at=record.created_at,
        status=status,
    )


def _priced(before: Record | None, after: Record) -> PriceChanged:
    currency = after.price_currency or (before.price_currency if before is not None else None)
    return PriceChanged(
        sku=after.sku,
        marketplace_id=after.marketplace_id,
        asin=after.asin,
        currency=currency or "",
        before_minor=None if before is None else before.price_minor,
        after_minor=after.price_minor,
    )


def row_of(record: Record) -> Row:
    """A listing as its table has it."""
    return {name: getattr(record, name) for name in Record.__struct_fields__}


def _key(unit: UnitOfWork, sku: str, marketplace_id: str) -> Row:
    return {"of_seller": unit.seller_id, "of_sku": sku, "of_marketplace": marketplace_id}
