"""Units of closed shipments that did not come: they are looked for, longer and longer, and found or lost in the end.

What is found is received as the rest was. What is lost leaves the stock, and money sees to what Amazon pays for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.receiving.rules import found_after, rules
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment
from sellingpartner.market.inventory.commands import loads_of, move, move_all
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork


class InboundIsLookedFor(Due):
    """Missing units are found, looked for in another way, or lost."""

    plan_id: str
    shipment_id: str
    sku: str
    units: int
    since: str
    """The condition in which they are."""
    to: str
    """The condition in which they are then; empty if they are lost."""


def look_for(unit: UnitOfWork, shipment: Shipment, missing: Mapping[str, int]) -> None:
    """Look for units of a shipment that is closed."""
    start, end = (Spot(one, shipment.center) for one in (Condition.INBOUND_RECEIVING, Condition.RESEARCHING_SHORT))
    move_all(unit, loads_of(missing, start, end, Reason.RESEARCHED, shipment.shipment_id))
    for sku, units in missing.items():
        _expect(unit, shipment, sku, units)


def _expect(unit: UnitOfWork, shipment: Shipment, sku: str, units: int) -> None:
    """What will become of units that are looked for."""
    said = rules().research
    steps: list[tuple[timedelta, Condition | None]] = [
        (timedelta(days=said.mid), Condition.RESEARCHING_MID),
        (timedelta(days=said.long), Condition.RESEARCHING_LONG),
        (timedelta(days=said.over), None),
    ]
    found = found_after(chance(unit, "inbound is found", shipment.shipment_id, sku))
    if found is not None:
        steps = [*(step for step in steps if step[0] < found), (found, Condition.SELLABLE)]
    where = Condition.RESEARCHING_SHORT
    for after, to in steps:
        due = InboundIsLookedFor(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            sku=sku,
            units=units,
            since=where.value,
            to="" if to is None else to.value,
        )
        later(unit, due, at=unit.now + after)
        where = to or where


@when(InboundIsLookedFor)
def look(unit: UnitOfWork, due: InboundIsLookedFor) -> None:
    """Find missing units, look for them in another way, or give them up."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    to = Condition(due.to) if due.to else None
    if to is Condition.SELLABLE:
        shipment.received = shipment.received | {due.sku: shipment.received.get(due.sku, 0) + due.units}
        save_shipment(unit, shipment)
    _move(unit, shipment, due.sku, due.units, Condition(due.since), to)


def _move(unit: UnitOfWork, shipment: Shipment, sku: str, units: int, since: Condition, to: Condition | None) -> None:
    reason = {None: Reason.LOST, Condition.SELLABLE: Reason.RECEIVED}.get(to, Reason.RESEARCHED)
    end = None if to is None else Spot(to, shipment.center)
    start = Spot(since, shipment.center)
    move(unit, sku, units, from_=start, to=end, reason=reason, reference=shipment.shipment_id)
