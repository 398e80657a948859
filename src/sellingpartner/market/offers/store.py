"""How offers are read and written; every statement of the context but those of its questions to many items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.market.offers.model import Contender, Contest, Featured, Merchant, Offer, Strategy
from sellingpartner.market.offers.tables import featured_offers, merchants, offers, outside_prices
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

OFFER_COLUMNS = tuple(offers.c[name] for name in Offer.__struct_fields__)
MERCHANT_COLUMNS = tuple(merchants.c[name] for name in Merchant.__struct_fields__ if name != "seller_id")

Key = tuple[str, str, str]
"""Seller id, SKU and marketplace: an offer's own."""

_HELD: Recollection[Key, Offer] = Recollection()
"""The offers that a transaction holds, or has written: nobody else changes them before it ends."""


class _Holder(NamedTuple):
    seller_id: str | None
    sku: str | None


class Place(NamedTuple):
    """A position that offers compete for."""

    marketplace_id: str
    asin: str
    condition: str


class _Outside(NamedTuple):
    price: int


class Position(NamedTuple):
    """A condition of an item, and whose offer is featured in it."""

    condition: str
    seller_id: str | None
    sku: str | None
    since: datetime


_key = (
    (offers.c.seller_id == bindparam("of_seller"))
    & (offers.c.sku == bindparam("of_sku"))
    & (offers.c.marketplace_id == bindparam("of_marketplace"))
)
_of_item = (offers.c.marketplace_id == bindparam("of_marketplace")) & (offers.c.asin == bindparam("of_asin"))
_position = (
    (featured_offers.c.marketplace_id == bindparam("of_marketplace"))
    & (featured_offers.c.asin == bindparam("of_asin"))
    & (featured_offers.c.condition == bindparam("of_condition"))
)
_pool = (
    (offers.c.seller_id == bindparam("of_seller"))
    & (offers.c.sku == bindparam("of_sku"))
    & (offers.c.channel == bindparam("of_channel"))
)
_put = Prepared(
    upsert(offers, lambda new: {column.name: new[column.name] for column in offers.c if not column.primary_key})
)
_remove = Prepared(offers.delete().where(_key))
_set_available = Prepared(offers.update().where(_pool).values(is_available=bindparam("whether")))
# On PostgreSQL this also locks the position until the unit ends: of two who change offers of one item at once, the
# second reads what the first has written.
_hold = Question(
    upsert(
        featured_offers,
        lambda _: {"since": featured_offers.c.since},
        returning=(featured_offers.c.seller_id, featured_offers.c.sku),
    ),
    _Holder,
)
_feature = Prepared(
    featured_offers.update()
    .where(_position)
    .values(seller_id=bindparam("new_seller"), sku=bindparam("new_sku"), since=bindparam("since"))
)
_positions = Question(
    select(
        featured_offers.c.condition, featured_offers.c.seller_id, featured_offers.c.sku, featured_offers.c.since
    ).where(
        featured_offers.c.marketplace_id == bindparam("of_marketplace"), featured_offers.c.asin == bindparam("of_asin")
    ),
    Position,
)
_outside = Question(
    select(outside_prices.c.price).where(
        outside_prices.c.marketplace_id == bindparam("of_marketplace"), outside_prices.c.asin == bindparam("of_asin")
    ),
    _Outside,
)
_put_outside = Prepared(upsert(outside_prices, lambda new: {"price": new.price}))
_put_merchant = Prepared(
    upsert(merchants, lambda new: {column.name: new[column.name] for column in merchants.c if not column.primary_key})
)


def merchant_with(unit: UnitOfWork, seller_id: str) -> Merchant | None:
    """One merchant, or None."""
    return _merchant.first(unit.connection, {"of_seller": seller_id})


def offer_with(unit: UnitOfWork, key: Key) -> Offer | None:
    """One offer, or None."""
    return _HELD.of(unit.memory).get(key) or _one.first(unit.connection, _named(key))


def hold_offers(unit: UnitOfWork, skus: Collection[str]) -> None:
    """Hold the offers of many SKUs by one question, which need not be asked for each of them then."""
    known = _HELD.of(unit.memory)
    for offer in _of_skus.all(unit.connection, {"of_seller": unit.seller_id}, sorted(skus)):
        known[offer.seller_id, offer.sku, offer.marketplace_id] = offer


def offers_of_pool(unit: UnitOfWork, seller_id: str, sku: str, channel: str) -> list[Offer]:
    """The offers of a SKU that sell from the same units, in every marketplace, in order."""
    return _pooled.all(unit.connection, {"of_seller": seller_id, "of_sku": sku, "of_channel": channel})


def write_offers(unit: UnitOfWork, written: list[Offer]) -> None:
    """Insert or replace offers."""
    in_order = sorted(written, key=lambda offer: (offer.seller_id, offer.sku, offer.marketplace_id))
    _put.run_many(unit.connection, [_row(offer) for offer in in_order])
    _HELD.of(unit.memory).update({(one.seller_id, one.sku, one.marketplace_id): one for one in in_order})


def remove_offer(unit: UnitOfWork, key: Key) -> None:
    """Delete an offer."""
    _remove.run(unit.connection, _named(key))
    _HELD.of(unit.memory).pop(key, None)


def mark_available(unit: UnitOfWork, marked: Sequence[Offer], *, is_available: bool) -> None:
    """Say of all offers that sell from the same units, these, whether there are any."""
    pool = {"of_seller": marked[0].seller_id, "of_sku": marked[0].sku, "of_channel": marked[0].channel}
    _set_available.run(unit.connection, pool | {"whether": is_available})
    for offer in marked:
        _HELD.of(unit.memory).pop((offer.seller_id, offer.sku, offer.marketplace_id), None)


def hold_position(unit: UnitOfWork, place: Place) -> tuple[str | None, str | None]:
    """Seller id and SKU of the featured offer, kept from others until this unit ends."""
    row = {**place._asdict(), "seller_id": None, "sku": None, "since": unit.now}
    return _hold.one(unit.connection, row)


def feature(unit: UnitOfWork, place: Place, offer: Offer | None) -> None:
    """Write down whose offer is featured."""
    values = {
        "of_marketplace": place.marketplace_id,
        "of_asin": place.asin,
        "of_condition": place.condition,
        "new_seller": None if offer is None else offer.seller_id,
        "new_sku": None if offer is None else offer.sku,
        "since": unit.now,
    }
    _feature.run(unit.connection, values)


def contenders_for(unit: UnitOfWork, marketplace_id: str, asin: str) -> list[Contender]:
    """All offers of an item in a marketplace."""
    return _contenders.all(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})


def rivalry_for(unit: UnitOfWork, marketplace_id: str, asin: str) -> tuple[list[Contender], int | None]:
    """All offers of an item, with what it costs at other retailers if that is known and anybody offers it here."""
    rivals = _rivals.all(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})
    return [rival.contender for rival in rivals], rivals[0].outside_price if rivals else None


def positions_of(unit: UnitOfWork, marketplace_id: str, asin: str) -> list[Position]:
    """Whose offers of an item are featured."""
    return _positions.all(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})


def outside_price_of(unit: UnitOfWork, marketplace_id: str, asin: str) -> int | None:
    """What an item costs at other retailers, if that is known."""
    found = _outside.first(unit.connection, {"of_marketplace": marketplace_id, "of_asin": asin})
    return None if found is None else found.price


def write_outside_prices(unit: UnitOfWork, prices: list[tuple[str, str, int]]) -> None:
    """Keep what items cost at other retailers: marketplace, ASIN and minor units."""
    rows = [{"marketplace_id": place, "asin": asin, "price": price} for place, asin, price in sorted(prices)]
    _put_outside.run_many(unit.connection, rows)


def write_merchants(unit: UnitOfWork, written: list[Merchant]) -> None:
    """Insert or replace merchants."""
    rows = [msgspec.structs.asdict(each) for each in sorted(written, key=lambda each: each.seller_id)]
    _put_merchant.run_many(unit.connection, rows)


def contest_from(
    marketplace_id: str, asin: str, contenders: list[Contender], positions: list[Position], outside_price: int | None
) -> Contest:
    """A contest from its rows."""
    featured = {
        position.condition: Featured(position.seller_id, position.sku, position.since)
        for position in positions
        if position.seller_id is not None and position.sku is not None
    }
    return Contest(
        marketplace_id=marketplace_id,
        asin=asin,
        contenders=tuple(contenders),
        featured=featured,
        outside_price=outside_price,
    )


def merchant_of(*, strategy: str | None, **columns: Any) -> Merchant:  # noqa: ANN401 - a row's
    """A merchant from its row."""
    return Merchant(strategy=None if strategy is None else Strategy(strategy), **columns)


def contender_of(
    *,
    name: str,
    feedback_count: int,
    positive_rating: int,
    country: str,
    state: str | None,
    strategy: str | None,
    **columns: Any,  # noqa: ANN401 - a row's
) -> Contender:
    """A contender from a row of `OFFER_COLUMNS` and `MERCHANT_COLUMNS`."""
    merchant = merchant_of(
        seller_id=columns["seller_id"],
        name=name,
        feedback_count=feedback_count,
        positive_rating=positive_rating,
        country=country,
        state=state,
        strategy=strategy,
    )
    return Contender(Offer(**columns), merchant)


class _Rival(NamedTuple):
    contender: Contender
    outside_price: int | None


def _rival(*, outside_price: int | None, **columns: Any) -> _Rival:  # noqa: ANN401 - a row's
    return _Rival(contender_of(**columns), outside_price)


def _named(key: Key) -> dict[str, str]:
    return {"of_seller": key[0], "of_sku": key[1], "of_marketplace": key[2]}


def _row(offer: Offer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in Offer.__struct_fields__}


_merchant = Question(select(merchants).where(merchants.c.seller_id == bindparam("of_seller")), merchant_of)
_one = Question(select(*OFFER_COLUMNS).where(_key), Offer)
_of_skus = Several(
    lambda skus: (
        select(*OFFER_COLUMNS)
        .where(offers.c.seller_id == bindparam("of_seller"), offers.c.sku.in_(skus))
        .order_by(offers.c.sku, offers.c.marketplace_id)
        .with_for_update()
    ),
    Offer,
)
_pooled = Question(select(*OFFER_COLUMNS).where(_pool).order_by(offers.c.marketplace_id), Offer)
CONTENDERS = select(*OFFER_COLUMNS, *MERCHANT_COLUMNS).join(merchants, merchants.c.seller_id == offers.c.seller_id)
_contenders = Question(CONTENDERS.where(_of_item), contender_of)
_rivals = Question(
    CONTENDERS.add_columns(outside_prices.c.price.label("outside_price"))
    .outerjoin(
        outside_prices,
        (outside_prices.c.marketplace_id == offers.c.marketplace_id) & (outside_prices.c.asin == offers.c.asin),
    )
    .where(_of_item),
    _rival,
)
