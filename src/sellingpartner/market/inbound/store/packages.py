"""Boxes and pallets to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from sellingpartner.market.inbound.model import Box, Package, Pallet
from sellingpartner.market.inbound.tables import inbound_packages
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_at = inbound_packages.c
_insert = Prepared(inbound_packages.insert())
_BOX, _PALLET = "box", "pallet"


class Among(NamedTuple):
    """Which of a seller's packages are meant: those of a plan, of a packing group, or of a shipment."""

    plan_id: str
    group_id: str | None = None
    shipment_id: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The same, as a database is asked."""
        if self.shipment_id is not None:
            return [_at.shipment_id == self.shipment_id]
        if self.group_id is not None:
            return [_at.group_id == self.group_id]
        return [_at.plan_id == self.plan_id]


def next_number(unit: UnitOfWork, plan_id: str) -> int:
    """The first number that none of a plan's packages has; whoever takes it holds the plan."""
    mine = select(func.max(_at.number)).where(_at.seller_id == unit.seller_id, _at.plan_id == plan_id)
    last: int | None = unit.execute(mine).scalar_one()
    return 1 if last is None else last + 1


def insert_packages(unit: UnitOfWork, plan_id: str, packages: Iterable[Package]) -> None:
    """Keep packages for the first time."""
    rows = [
        {
            "seller_id": unit.seller_id,
            "plan_id": plan_id,
            "number": one.number,
            "package_id": one.package_id,
            "kind": _BOX if isinstance(one, Box) else _PALLET,
            "group_id": one.group_id if isinstance(one, Box) else None,
            "shipment_id": one.shipment_id,
            "document": one,
        }
        for one in packages
    ]
    _insert.run_many(unit.connection, rows)


def delete_packages(unit: UnitOfWork, among: Among) -> None:
    """Forget packages."""
    unit.execute(inbound_packages.delete().where(_at.seller_id == unit.seller_id, *among.conditions))


def boxes_of(unit: UnitOfWork, among: Among, *, after: int = 0, limit: int | None = None) -> Sequence[Box]:
    """Boxes in the order in which they were packed, so many after a number."""
    return [one for one in _found(unit, among, _BOX, after, limit) if isinstance(one, Box)]


def pallets_of(unit: UnitOfWork, among: Among, *, after: int = 0, limit: int | None = None) -> Sequence[Pallet]:
    """Pallets in the order in which they were told, so many after a number."""
    return [one for one in _found(unit, among, _PALLET, after, limit) if isinstance(one, Pallet)]


def _found(unit: UnitOfWork, among: Among, kind: str, after: int, limit: int | None) -> Iterable[Package]:
    wanted = select(_at.document).where(
        _at.seller_id == unit.seller_id, *among.conditions, _at.number > after, _at.kind == kind
    )
    return unit.execute(wanted.order_by(_at.number).limit(limit)).scalars()
