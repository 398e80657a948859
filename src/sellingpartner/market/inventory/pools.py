"""What there is of many SKUs, read and changed in a few statements; of one SKU `moving.py` does so in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, select, tuple_

from sellingpartner.batched import batched
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.inventory.moving import AVAILABLE, Held, forget, key_of, opening, remember
from sellingpartner.market.inventory.tables import stocks
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

AT_ONCE = 1000
"""As many SKUs as one statement may name."""
"""How many SKUs one statement names at most: databases have a limit."""


class Pool(NamedTuple):
    """Of what there are units: a SKU in a condition, at a place."""

    sku: str
    condition: Condition
    place: Place


_raise = Prepared(upsert(stocks, lambda offered: {"on_hand": stocks.c.on_hand + offered.on_hand}))
# Whoever lowers has held the rows; that nothing falls below what is promised the table itself sees to as well.
_lower = Prepared(
    stocks.update()
    .where(
        stocks.c.seller_id == bindparam("of_seller"),
        stocks.c.sku == bindparam("of_sku"),
        stocks.c.condition == bindparam("of_condition"),
        stocks.c.place == bindparam("of_place"),
    )
    .values(on_hand=stocks.c.on_hand - bindparam("quantity", type_=BigInteger))
)
_several = (
    select(stocks.c.sku, stocks.c.condition, stocks.c.place, AVAILABLE.label("available"))
    .where(
        stocks.c.seller_id == bindparam("seller_id"),
        stocks.c.sku.in_(bindparam("skus", expanding=True)),
        tuple_(stocks.c.condition, stocks.c.place).in_(bindparam("kinds", expanding=True)),
    )
    .order_by(stocks.c.sku, stocks.c.condition, stocks.c.place)
)
_held = _several.with_for_update()


class _Stock(NamedTuple):
    sku: str
    on_hand: int
    reserved: int


_of_skus = Several(
    lambda skus: (
        select(stocks.c.sku, stocks.c.on_hand, stocks.c.reserved)
        .where(
            stocks.c.seller_id == bindparam("of_seller"),
            stocks.c.sku.in_(skus),
            stocks.c.condition == bindparam("of_condition"),
            stocks.c.place == bindparam("of_place"),
        )
        .order_by(stocks.c.sku)
        .with_for_update()
    ),
    _Stock,
)


def hold_all(unit: UnitOfWork, skus: Collection[str], condition: Condition, place: Place) -> None:
    """Hold what there is of many SKUs by one question, which need not be asked for each of them then."""
    key = {"of_seller": unit.seller_id, "of_condition": condition.value, "of_place": place.value}
    for one in _of_skus.all(unit.connection, key, sorted(skus)):
        remember(unit, one.sku, condition, place, Held(one.on_hand, one.reserved))


def raise_all(unit: UnitOfWork, quantities: Mapping[Pool, int]) -> None:
    """Let there be more of some pools, each of which may be there for the first time."""
    rows = [opening(unit, pool.sku, pool.condition, pool.place, quantities[pool]) for pool in sorted(quantities)]
    _raise.run_many(unit.connection, rows)
    _forget(unit, quantities)


def lower_all(unit: UnitOfWork, quantities: Mapping[Pool, int]) -> None:
    """Let there be less of some pools, which are held."""
    rows = [
        key_of(unit, pool.sku, pool.condition, pool.place) | {"quantity": quantities[pool]}
        for pool in sorted(quantities)
    ]
    _lower.run_many(unit.connection, rows)
    _forget(unit, quantities)


def _forget(unit: UnitOfWork, pools: Iterable[Pool]) -> None:
    for pool in pools:
        forget(unit, *pool)


def available_in(unit: UnitOfWork, pools: Collection[Pool], *, is_held: bool = False) -> dict[Pool, int]:
    """How many units of each can be promised; nobody else changes what is held until the unit ends.

    A pool of which nothing ever came is left out. Those that are held are so in their order, whoever asks.
    """
    kinds = sorted({(pool.condition.value, pool.place.value) for pool in pools})
    found: dict[Pool, int] = {}
    for skus in batched(sorted({pool.sku for pool in pools}), AT_ONCE):
        named = {"seller_id": unit.seller_id, "skus": skus, "kinds": kinds}
        for row in unit.execute(_held if is_held else _several, named):
            found[Pool(row.sku, Condition(row.condition), Place(row.place))] = row.available
    return found
