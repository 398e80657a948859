"""What others may ask of offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from sellingpartner.market.offers import store
from sellingpartner.market.offers.model import Contender, Contest, Merchant, Offer
from sellingpartner.market.offers.store import CONTENDERS, OFFER_COLUMNS, Position
from sellingpartner.market.offers.tables import featured_offers, merchants, offers, outside_prices
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork


class _Sku(NamedTuple):
    sku: str


class _Position(NamedTuple):
    asin: str
    condition: str
    seller_id: str | None
    sku: str | None
    since: datetime


class _Outside(NamedTuple):
    asin: str
    price: int


_in_marketplace: BindParameter[str] = bindparam("marketplace_id")
_contenders = Several(
    lambda asins: CONTENDERS.where(offers.c.marketplace_id == _in_marketplace, offers.c.asin.in_(asins)),
    store.contender_of,
)
_positions = Several(
    lambda asins: select(*(featured_offers.c[name] for name in _Position.__annotations__)).where(
        featured_offers.c.marketplace_id == _in_marketplace, featured_offers.c.asin.in_(asins)
    ),
    _Position,
)
_outside = Several(
    lambda asins: select(outside_prices.c.asin, outside_prices.c.price).where(
        outside_prices.c.marketplace_id == _in_marketplace, outside_prices.c.asin.in_(asins)
    ),
    _Outside,
)
_own = select(*OFFER_COLUMNS).where(
    offers.c.seller_id == bindparam("seller_id"),
    offers.c.marketplace_id == _in_marketplace,
    offers.c.sku.in_(bindparam("skus", expanding=True)),
)
_held = Question(
    select(offers.c.sku)
    .join(
        featured_offers,
        (featured_offers.c.marketplace_id == offers.c.marketplace_id)
        & (featured_offers.c.asin == offers.c.asin)
        & (featured_offers.c.condition == offers.c.condition)
        & (featured_offers.c.seller_id == offers.c.seller_id)
        & (featured_offers.c.sku == offers.c.sku),
    )
    .where(
        offers.c.seller_id == bindparam("seller_id"),
        offers.c.sku == bindparam("sku"),
        offers.c.marketplace_id == _in_marketplace,
    ),
    _Sku,
)
_competitors = select(merchants).where(merchants.c.strategy.is_not(None)).order_by(merchants.c.seller_id)


def contest_of(unit: UnitOfWork, marketplace_id: str, asin: str) -> Contest:
    """Who offers an item in a marketplace; nobody, if nobody does."""
    return store.contest_from(
        marketplace_id,
        asin,
        store.contenders_for(unit, marketplace_id, asin),
        store.positions_of(unit, marketplace_id, asin),
        store.outside_price_of(unit, marketplace_id, asin),
    )


def contests_of(unit: UnitOfWork, marketplace_id: str, asins: Collection[str]) -> dict[str, Contest]:
    """Who offers several items, by ASIN; every one that was asked for is there."""
    there, wanted = {"marketplace_id": marketplace_id}, list(asins)
    contenders: dict[str, list[Contender]] = defaultdict(list)
    for contender in _contenders.all(unit.connection, there, wanted):
        contenders[contender.offer.asin].append(contender)
    positions: dict[str, list[Position]] = defaultdict(list)
    for row in _positions.all(unit.connection, there, wanted):
        positions[row.asin].append(Position(row.condition, row.seller_id, row.sku, row.since))
    outside = {row.asin: row.price for row in _outside.all(unit.connection, there, wanted)}
    return {
        asin: store.contest_from(marketplace_id, asin, contenders[asin], positions[asin], outside.get(asin))
        for asin in asins
    }


def own_offers(unit: UnitOfWork, marketplace_id: str, skus: Collection[str]) -> dict[str, Offer]:
    """This unit's seller's offers under some SKUs; what is not on sale there is left out."""
    wanted = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "skus": list(skus)}
    return {row.sku: Offer(**row._mapping) for row in unit.execute(_own, wanted)}


def is_featured(unit: UnitOfWork, sku: str, marketplace_id: str) -> bool:
    """Whether this unit's seller's offer under a SKU is the featured one of its item."""
    named = {"seller_id": unit.seller_id, "sku": sku, "marketplace_id": marketplace_id}
    return _held.first(unit.connection, named) is not None


def competitors(unit: UnitOfWork) -> list[Merchant]:
    """The simulated competitors of this market's sellers, in the order of seller id."""
    return [store.merchant_of(**row._mapping) for row in unit.execute(_competitors)]
