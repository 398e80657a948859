"""What lies in AWD, lot by lot: units that came together, in cases of one kind, and expire together.

A pick holds units of lots, those first that expire first and then those that came first; what is picked leaves later.
Each change is a conditional UPDATE: what somebody else was quicker to pick is not picked twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, func, select

from sellingpartner.counted import counted
from sellingpartner.market.distribution.model import Lot, Pick
from sellingpartner.market.distribution.tables import lots, transit
from sellingpartner.market.events.distribution import AwdUnitsStored
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_units = bindparam("quantity", type_=BigInteger)
_this = (lots.c.seller_id == bindparam("of_seller")) & (lots.c.lot == bindparam("of_lot"))
_insert = Prepared(lots.insert())
_hold = Prepared(lots.update().where(_this, lots.c.units - lots.c.held >= _units).values(held=lots.c.held + _units))
_leave = Prepared(
    lots.update().where(_this, lots.c.held >= _units).values(held=lots.c.held - _units, units=lots.c.units - _units)
)
_insert_transit = Prepared(transit.insert())
_COLUMNS = [lots.c[name] for name in Lot.__annotations__]


class Dated(NamedTuple):
    """How many units expire when."""

    expires_at: datetime | None
    units: int


class PickedElsewhere(RuntimeError):
    """Units that are reserved lie in no lot: a defect, as lots and stock are moved together."""


def put_lot(unit: UnitOfWork, lot: Lot) -> None:
    """Let units lie in AWD as a lot of their own; its number is the next one whatever it says."""
    number = unit.next_number("awd lots")
    _insert.run(unit.connection, lot._asdict() | {"lot": number, "seller_id": unit.seller_id})
    unit.emit(AwdUnitsStored(sku=lot.sku, center=lot.center, units=lot.units))


def lots_of(unit: UnitOfWork, skus: Collection[str]) -> dict[str, list[Lot]]:
    """What lies there of some SKUs, in the order in which it is picked."""
    at = lots.c
    wanted = select(*_COLUMNS).where(at.seller_id == unit.seller_id, at.sku.in_(sorted(skus)), at.units > 0)
    return _by_sku(unit, wanted)


def latest_lots(unit: UnitOfWork) -> dict[tuple[str, str], Lot]:
    """The lot that came last of each SKU to each center, though it may have left again."""
    at = lots.c
    last = select(func.max(at.lot)).where(at.seller_id == unit.seller_id).group_by(at.sku, at.center)
    wanted = select(*_COLUMNS).where(at.seller_id == unit.seller_id, at.lot.in_(last))
    return {(row.sku, row.center): Lot(**row._mapping) for row in unit.execute(wanted)}


def dates_of(found: Iterable[Lot]) -> Iterator[Dated]:
    """How many units expire when, of those that expire."""
    dated = sorted((one for one in found if one.expires_at is not None), key=_expiry)
    for expires_at, alike in groupby(dated, key=lambda one: one.expires_at):
        yield Dated(expires_at, sum(one.units for one in alike))


def pick(unit: UnitOfWork, quantities: dict[str, int]) -> dict[str, list[Pick]]:
    """Hold so many units of each SKU; returns what is taken from which center, those that give most first."""
    found = lots_of(unit, quantities)
    picked: dict[str, list[Pick]] = {}
    for sku in sorted(quantities):
        left = quantities[sku]
        for lot in found.get(sku, ()):
            units = min(lot.free, left)
            if units and _hold.run(unit.connection, _key(unit, lot.lot, units)):
                one = Pick(lot.lot, sku, units, lot.units_of_case, units * lot.unit_volume)
                picked.setdefault(lot.center, []).append(one)
                left -= units
        if left:
            message = f"{counted(left, 'unit')} of {sku!r} reserved at AWD lie in no lot."
            raise PickedElsewhere(message)
    return picked


def take_out(unit: UnitOfWork, picks: Iterable[Pick]) -> None:
    """Let what was picked leave."""
    for one in picks:
        if not _leave.run(unit.connection, _key(unit, one.lot, one.units)):
            message = f"Lot {one.lot} holds fewer than the {one.units} units that were picked of it."
            raise PickedElsewhere(message)


def begin_transit(unit: UnitOfWork, shipment_id: str, units: dict[str, int]) -> None:
    """Note what is on its way to FBA."""
    row = {"seller_id": unit.seller_id, "shipment_id": shipment_id}
    _insert_transit.run_many(unit.connection, [row | {"sku": sku, "units": units[sku]} for sku in sorted(units)])


def end_transit(unit: UnitOfWork, shipment_id: str) -> None:
    """Note that it is not any more."""
    at = transit.c
    unit.execute(transit.delete().where(at.seller_id == unit.seller_id, at.shipment_id == shipment_id))


def in_transit(unit: UnitOfWork, skus: Collection[str]) -> dict[str, int]:
    """How many units of some SKUs are on their way to FBA."""
    at = transit.c
    wanted = (
        select(at.sku, func.sum(at.units).label("units"))
        .where(at.seller_id == unit.seller_id, at.sku.in_(sorted(skus)))
        .group_by(at.sku)
    )
    return {row.sku: int(row.units) for row in unit.execute(wanted)}


def _by_sku(unit: UnitOfWork, wanted: Select[Any]) -> dict[str, list[Lot]]:
    found: dict[str, list[Lot]] = {}
    for lot in sorted((Lot(**row._mapping) for row in unit.execute(wanted)), key=_expiry):
        found.setdefault(lot.sku, []).append(lot)
    return found


def _expiry(lot: Lot) -> tuple[bool, float, int]:
    """What expires first comes first, and what never does comes last."""
    never = lot.expires_at is None
    return never, 0.0 if lot.expires_at is None else lot.expires_at.timestamp(), lot.lot


def _key(unit: UnitOfWork, lot: int, quantity: int) -> dict[str, Any]:
    return {"of_seller": unit.seller_id, "of_lot": lot, "quantity": quantity}
