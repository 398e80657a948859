"""What lies at which source. The sources divide what the seller has; some of it may lie at none of them.

What buyers can order is one pool for all sources (`Place.SELLER`, in inventory): there an order reserves its units,
so that two buyers never get the same one. A source's share of the pool is what lies there if the source is active,
and what is reserved there for orders if it is not: so switching a source off takes its free units out of the pool.
The shares never sum to more than the pool holds; the rest is free of any source.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.inventory.commands import MOST, change_on_hand
from sellingpartner.market.inventory.errors import InvalidQuantity
from sellingpartner.market.inventory.model import Condition, Place, Reason, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.skus import checked_sku
from sellingpartner.market.supply.errors import SourceArchived
from sellingpartner.market.supply.locating import forget_located, located
from sellingpartner.market.supply.model import Status, SupplySource
from sellingpartner.market.supply.store import source_by_code, source_of, source_to_change
from sellingpartner.market.supply.tables import source_draws, source_stocks
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork, on
from sellingpartner.storage.upsert import upsert

_REFERENCE = "supply source "


class SourceStock(NamedTuple):
    """What lies at a source of a SKU."""

    supply_source_id: str
    sku: str
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """How many units can still be promised from there."""
        return self.on_hand - self.reserved


class _Draw(NamedTuple):
    supply_source_id: str
    quantity: int


_fields = [source_stocks.c[name] for name in ("supply_source_id", "sku", "on_hand", "reserved")]
_mine = source_stocks.c.seller_id == bindparam("of_seller")
_put = Prepared(upsert(source_stocks, lambda offered: {"on_hand": offered["on_hand"], "reserved": offered["reserved"]}))
_one = Question(
    select(*_fields)
    .where(_mine, source_stocks.c.supply_source_id == bindparam("of_source"), source_stocks.c.sku == bindparam("sku"))
    .with_for_update(),
    SourceStock,
)
_of_source = Question(
    select(*_fields)
    .where(_mine, source_stocks.c.supply_source_id == bindparam("of_source"))
    .order_by(source_stocks.c.sku),
    SourceStock,
)
_with_sku = select(*_fields).where(_mine, source_stocks.c.sku == bindparam("sku"))
_held_in_order = _with_sku.order_by(source_stocks.c.supply_source_id).with_for_update()
# Asked for in order, SQLite would walk through all that lies at the seller's sources. PostgreSQL holds them in order.
_of_sku = Question(lambda dialect: _with_sku if dialect == "sqlite" else _held_in_order, SourceStock)
_this_draw = and_(
    source_draws.c.seller_id == bindparam("of_seller"),
    source_draws.c.order_id == bindparam("of_order"),
    source_draws.c.sku == bindparam("of_sku"),
)
_draws = Question(
    select(source_draws.c.supply_source_id, source_draws.c.quantity)
    .where(_this_draw)
    .order_by(source_draws.c.supply_source_id),
    _Draw,
)

_put_draw = Prepared(upsert(source_draws, lambda offered: {"quantity": offered["quantity"]}))


def set_quantity(unit: UnitOfWork, supply_source_id: str, sku: str, quantity: int) -> int:
    """Say how many units of a SKU can be promised from a source; returns by how many the units there changed."""
    source = source_to_change(unit, supply_source_id)
    if source.status is Status.ARCHIVED:
        raise SourceArchived(supply_source_id)
    if not 0 <= quantity <= MOST:
        raise InvalidQuantity(quantity, 0, MOST)
    reference = f"{_REFERENCE}{source.code}"
    if source.is_active:
        _hold_pool(unit, checked_sku(sku), reference)
    before = stock_at(unit, supply_source_id, checked_sku(sku))
    change = quantity - before.available
    _keep(unit, before._replace(on_hand=before.on_hand + change))
    if change and source.is_active:
        change_on_hand(unit, sku, Place.SELLER, change, reference=reference)
    return change


def leave_at_most(unit: UnitOfWork, sku: str, quantity: int, *, besides: Collection[str]) -> None:
    """Let no more units of a SKU than these lie at active sources, some sources left aside; the oldest keep theirs."""
    for one in located(unit, sku):
        if one.available and one.code not in besides:
            source = source_by_code(unit, one.code)
            if source is not None and one.available > quantity:
                set_quantity(unit, source.supply_source_id, sku, quantity)
            quantity -= min(quantity, one.available)


def count_in(unit: UnitOfWork, source: SupplySource, *, is_in: bool) -> None:
    """Bring a source's free units into the pool, or take them out. Nobody else may change the source meanwhile."""
    reference = f"{_REFERENCE}{source.code}"
    for sku in [held.sku for held in stocks_at(unit, source.supply_source_id)]:
        _hold_pool(unit, sku, reference)
        available = stock_at(unit, source.supply_source_id, sku).available
        if available:
            change_on_hand(unit, sku, Place.SELLER, available if is_in else -available, reference=reference)


def _hold_pool(unit: UnitOfWork, sku: str, reference: str) -> None:
    """Keep everybody else from the pool of a SKU until this unit ends.

    Orders take the pool first and then what lies at sources; who comes the other way round would wait for them while
    they wait for it, or go by what they are about to change.
    """
    change_on_hand(unit, sku, Place.SELLER, 0, reference=reference)


def draw(unit: UnitOfWork, order_id: str, sku: str, parts: Sequence[tuple[str, int]]) -> None:
    """Reserve units of an order at sources, which have them."""
    for supply_source_id, quantity in parts:
        held = stock_at(unit, supply_source_id, sku)
        _keep(unit, held._replace(reserved=held.reserved + quantity))
        row = {"seller_id": unit.seller_id, "order_id": order_id, "sku": sku}
        unit.execute(source_draws.insert(), row | {"supply_source_id": supply_source_id, "quantity": quantity})


def redraw(unit: UnitOfWork, order_id: str, sku: str, quantity: int, *, at: str, instead_of: str) -> None:
    """Reserve units of an order at one source, which has them, that were reserved at another."""
    _hold_pool(unit, sku, order_id)
    former = source_of(unit, instead_of)
    left = stock_at(unit, instead_of, sku)
    _keep(unit, left._replace(reserved=left.reserved - quantity))
    drawn = {one.supply_source_id: one.quantity for one in _draws_of(unit, order_id, sku)}
    _set_draw(unit, order_id, sku, _Draw(instead_of, drawn[instead_of] - quantity))
    held = stock_at(unit, at, sku)
    _keep(unit, held._replace(reserved=held.reserved + quantity))
    _set_draw(unit, order_id, sku, _Draw(at, drawn.get(at, 0) + quantity))
    if not former.is_active:
        change_on_hand(unit, sku, Place.SELLER, -quantity, reference=f"{_REFERENCE}{former.code}")


def drawn_by_source(unit: UnitOfWork, order_id: str) -> dict[str, dict[str, int]]:
    """How many units of which SKU an order has reserved at which source."""
    at = source_draws.c
    mine = select(at.supply_source_id, at.sku, at.quantity).where(
        at.seller_id == unit.seller_id, at.order_id == order_id
    )
    found: dict[str, dict[str, int]] = {}
    for row in unit.execute(mine.order_by(at.supply_source_id, at.sku)).all():
        found.setdefault(row.supply_source_id, {})[row.sku] = row.quantity
    return found


def take_in(unit: UnitOfWork, supply_source_id: str, sku: str, units: int) -> None:
    """Have units lie at a source that have come into the pool, as what a buyer has sent back to it."""
    source = source_of(unit, supply_source_id)
    _hold_pool(unit, sku, f"{_REFERENCE}{source.code}")
    held = stock_at(unit, supply_source_id, sku)
    _keep(unit, held._replace(on_hand=held.on_hand + units))
    if not source.is_active:
        change_on_hand(unit, sku, Place.SELLER, -units, reference=f"{_REFERENCE}{source.code}")


def unplaced(unit: UnitOfWork, sku: str) -> Stock:
    """What there is of a SKU at no source."""
    pool = stock_of(unit, sku, Place.SELLER)
    held = stocks_by_source(unit, sku)
    active = [one for one in held if source_of(unit, one.supply_source_id).is_active]
    reserved = pool.reserved - sum(one.reserved for one in held)
    available = pool.available - sum(one.available for one in active)
    return Stock(on_hand=max(available, 0) + max(reserved, 0), reserved=max(reserved, 0))


def set_unplaced(unit: UnitOfWork, sku: str, quantity: int) -> None:
    """Say how many units of a SKU can be promised that lie at no source."""
    _hold_pool(unit, checked_sku(sku), _REFERENCE)
    change = quantity - unplaced(unit, sku).available
    if change:
        change_on_hand(unit, sku, Place.SELLER, change, reference=f"{_REFERENCE}none")


def stock_at(unit: UnitOfWork, supply_source_id: str, sku: str) -> SourceStock:
    """What there is of a SKU at a source."""
    key = {"of_seller": unit.seller_id, "of_source": supply_source_id, "sku": sku}
    return _one.first(unit.connection, key) or SourceStock(supply_source_id, sku, 0, 0)


def stocks_at(unit: UnitOfWork, supply_source_id: str) -> list[SourceStock]:
    """What lies at a source, in the order of SKU."""
    return _of_source.all(unit.connection, {"of_seller": unit.seller_id, "of_source": supply_source_id})


def stocks_by_source(unit: UnitOfWork, sku: str) -> list[SourceStock]:
    """Where a SKU lies."""
    found = _of_sku.all(unit.connection, {"of_seller": unit.seller_id, "sku": sku})
    return sorted(found, key=attrgetter("supply_source_id"))


@on(StockMoved)
def follow_stock(unit: UnitOfWork, fact: StockMoved) -> None:
    """What leaves or is set free again does so at its source, and what is counted away must have lain somewhere."""
    if fact.place != Place.SELLER.value or fact.condition != Condition.SELLABLE.value:
        return
    if fact.reserved_change < 0:
        _give_back(unit, fact)
    elif fact.reason == Reason.ADJUSTED.value and fact.on_hand_change < 0 and not fact.reference.startswith(_REFERENCE):
        _count_away(unit, fact.sku)


def _give_back(unit: UnitOfWork, fact: StockMoved) -> None:
    left = -fact.reserved_change
    for drawn in _draws_of(unit, fact.reference, fact.sku):
        units = min(drawn.quantity, left)
        if not units:
            break
        left -= units
        held = stock_at(unit, drawn.supply_source_id, fact.sku)
        leaves = fact.on_hand_change < 0
        _keep(unit, held._replace(on_hand=held.on_hand - (units if leaves else 0), reserved=held.reserved - units))
        _set_draw(unit, fact.reference, fact.sku, drawn._replace(quantity=drawn.quantity - units))
        source = source_of(unit, drawn.supply_source_id)
        if not leaves and not source.is_active:
            change_on_hand(unit, fact.sku, Place.SELLER, -units, reference=f"{_REFERENCE}{source.code}")


def _draws_of(unit: UnitOfWork, order_id: str, sku: str) -> list[_Draw]:
    return _draws.all(unit.connection, {"of_seller": unit.seller_id, "of_order": order_id, "of_sku": sku})


def _set_draw(unit: UnitOfWork, order_id: str, sku: str, drawn: _Draw) -> None:
    """Keep how many units of an order are reserved at a source; of none nothing is kept."""
    key = {"seller_id": unit.seller_id, "order_id": order_id, "sku": sku, "supply_source_id": drawn.supply_source_id}
    if drawn.quantity:
        _put_draw.run(unit.connection, {**key, "quantity": drawn.quantity})
    else:
        unit.execute(source_draws.delete().where(*(source_draws.c[name] == value for name, value in key.items())))


def _count_away(unit: UnitOfWork, sku: str) -> None:
    """Take units off sources whose shares are more than the pool holds.

    Assumed: units that a count of the whole did not find were missing where no source has them first, then at the
    sources, one after the other.
    """
    if not located(unit, sku):
        return
    held = [one for one in stocks_by_source(unit, sku) if source_of(unit, one.supply_source_id).is_active]
    missing = sum(one.available for one in held) - stock_of(unit, sku, Place.SELLER).available
    for one in held:
        units = min(one.available, max(missing, 0))
        if units:
            _keep(unit, one._replace(on_hand=one.on_hand - units))
            missing -= units


def _keep(unit: UnitOfWork, held: SourceStock) -> None:
    _put.run(unit.connection, {"seller_id": unit.seller_id, **held._asdict()})
    forget_located(unit, held.sku)
