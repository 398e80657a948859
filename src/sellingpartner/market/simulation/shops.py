"""Which sellers have simulated buyers, and how many."""

from __future__ import annotations

import msgspec
from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, String, Table, bindparam, select

from sellingpartner.market.simulation.goods import Goods, goods_of
from sellingpartner.storage.columns import Json, metadata
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

shops = Table(
    "simulated_shops",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("marketplaces", Json(dict[str, float]), nullable=False),
    Column("orders_per_day", Float, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("opening", Integer, nullable=False),
    Column("goods", String(64), nullable=False),
)


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """A simulated shop: how many articles it has, where its buyers are (shares by marketplace), how many come."""

    seller_id: str
    size: int
    marketplaces: dict[str, float]
    orders_per_day: float
    is_open: bool = False
    opening: int = 0
    """How often it was opened: buyers on their way to an earlier opening turn back."""
    goods: str
    """The digest of what it sells."""

    def goods_of(self, unit: UnitOfWork) -> Goods:
        """What it sells."""
        return goods_of(unit, self.goods)


_one_shop = Question(select(shops).where(shops.c.seller_id == bindparam("seller_id")), Shop)

_SHOPS: Recollection[str, Shop | None] = Recollection()


def found_shop(unit: UnitOfWork, shop: Shop) -> None:
    """Keep a new shop."""
    unit.execute(shops.insert(), msgspec.structs.asdict(shop))
    _SHOPS.forget(unit.memory)


def shop_of(unit: UnitOfWork) -> Shop | None:
    """The shop of this unit's seller, if it is a simulated one."""
    known = _SHOPS.of(unit.memory)
    if unit.seller_id in known:
        return known[unit.seller_id]
    shop = _one_shop.first(unit.connection, {"seller_id": unit.seller_id})
    if unit.is_alone:
        known[unit.seller_id] = shop
    return shop


def all_shops(unit: UnitOfWork) -> list[Shop]:
    """Every simulated shop."""
    return [Shop(**row._mapping) for row in unit.execute(select(shops).order_by(shops.c.seller_id))]


def set_open(unit: UnitOfWork, shop: Shop, *, is_open: bool) -> Shop:
    """Open a shop to buyers, or close it; returns it as it is then."""
    changed = msgspec.structs.replace(shop, is_open=is_open, opening=shop.opening + 1)
    unit.execute(
        shops.update()
        .where(shops.c.seller_id == shop.seller_id)
        .values(is_open=changed.is_open, opening=changed.opening)
    )
    _SHOPS.forget(unit.memory)
    return changed
