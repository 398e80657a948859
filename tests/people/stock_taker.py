"""Somebody who counts what a seller has at Amazon, center by center, and says what does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import RowMapping, Table, select

from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.tables import inbound_shipments
from sellingpartner.market.inventory.holding import place_of
from sellingpartner.market.inventory.model import AMAZONS, INBOUND, RESEARCHED, Reason
from sellingpartner.market.inventory.tables import center_stocks, movements, stocks
from sellingpartner.storage.unit import UnitOfWork

_OF_POOL = ("sku", "condition", "place")
_ON_THE_WAY = {one.value for one in (*INBOUND, *RESEARCHED)}
_NEVER_SENT = {ShipmentStatus.CANCELED, ShipmentStatus.DELETED, ShipmentStatus.ABANDONED}


def faults_of_stock(unit: UnitOfWork, sku: str | None = None) -> list[str]:
    """What lies in the centers is what the pool has, and what movements brought there; nothing is in two places."""
    pool: Counter[tuple[str, ...]] = Counter()
    moved: Counter[tuple[str, ...]] = Counter()
    moved_there: Counter[tuple[str, ...]] = Counter()
    lies: Counter[tuple[str, ...]] = Counter()
    there: Counter[tuple[str, ...]] = Counter()
    faults = []
    for row in _rows(unit, stocks, sku):
        pool[tuple(row[name] for name in _OF_POOL)] += row["on_hand"]
    for row in _rows(unit, movements, sku):
        key = tuple(row[name] for name in _OF_POOL)
        moved[key] += row["on_hand_change"]
        if bool(row["center"]) != (row["place"] in AMAZONS and row["on_hand_change"] != 0):
            faults.append(f"movement {row['movement_id']} at {row['place']} names {row['center']}")
        if row["center"]:
            moved_there[(*key, row["center"])] += row["on_hand_change"]
    for row in _rows(unit, center_stocks, sku):
        key = (row["sku"], row["condition"], place_of(row["center"]).value)
        lies[key] += row["units"]
        there[(*key, row["center"])] += row["units"]
        if row["units"] < 0:
            faults.append(f"{row['center']} has {row['units']} of {row['sku']}")
    at_amazon = Counter({key: units for key, units in pool.items() if key[2] in AMAZONS})
    faults += [f"the pool has {pool[key]}, {moved[key]} moved: {key}" for key in _apart(pool, moved)]
    faults += [f"the pool has {pool[key]}, the centers {lies[key]}: {key}" for key in _apart(at_amazon, lies)]
    faults += [f"it has {there[key]}, {moved_there[key]} moved: {key}" for key in _apart(there, moved_there)]
    return faults


def _rows(unit: UnitOfWork, table: Table, sku: str | None) -> Iterable[RowMapping]:
    wanted = select(table).where(table.c.seller_id == unit.seller_id)
    return unit.execute(wanted if sku is None else wanted.where(table.c.sku == sku)).mappings()


def _apart(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(key for key in {*one, *other} if one[key] != other[key])


def faults_of_shipments(unit: UnitOfWork) -> list[str]:
    """Of each shipment to Amazon: what was sent was received, is lost, looked for or on its way, and nothing beside."""
    moved: Counter[tuple[str, str, str]] = Counter()
    for row in _rows(unit, movements, None):
        kind = "way" if row["condition"] in _ON_THE_WAY else "shelf" if row["reason"] == Reason.RECEIVED else ""
        moved[row["reference"], row["sku"], kind] += row["on_hand_change"]
        if row["reason"] == Reason.LOST:
            moved[row["reference"], row["sku"], "lost"] -= row["on_hand_change"]
    faults = []
    for shipment in unit.execute(select(inbound_shipments.c.document)).scalars():
        is_sent = shipment.status not in {ShipmentStatus.UNCONFIRMED, *_NEVER_SENT}
        for item in shipment.items:
            came = shipment.received.get(item.msku, 0)
            way, shelf, lost = (moved[shipment.shipment_id, item.msku, kind] for kind in ("way", "shelf", "lost"))
            missing = max(item.quantity - came, 0) if is_sent else 0  # more may come than was sent
            if (way + lost, shelf) != (missing, came):
                here = f"{shipment.shipment_id} ({shipment.status.value}), {item.msku}"
                faults.append(f"{here}: {item.quantity} sent, {came} came, {way=} {shelf=} {lost=}")
    return faults
