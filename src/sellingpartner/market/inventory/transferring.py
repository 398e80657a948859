"""Units go from one fulfillment center to another: nobody can order them until they are there.

Assumed: units that are sent from one center to another are there two to six days later.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.centers.model import CenterKind
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.inventory.questions import units_by_center
from sellingpartner.market.inventory.relocating import move
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork


class UnitsAreTransferred(Due):
    """Units that were sent from one center to another are there."""

    sku: str
    units: int
    to: str
    reference: str


def transfer(unit: UnitOfWork, sku: str, units: int, *, to: str, from_: str | None = None) -> datetime:
    """Send sellable units to another center, out of the one that has the most unless said; returns when they are there.

    Raises `TooFewUnits`, `NotThere` or `NoSuchCenter`.
    """
    if to == from_ or center(to).kind is not CenterKind.FULFILLMENT:
        message = f"Units are sent to another fulfillment center, not from {from_ or 'one'} to {to}."
        raise InvalidInput(message)
    reference = f"T{10_000_000 + unit.next_number('stock transfers')}"
    start, end = Spot(Condition.SELLABLE, from_), Spot(Condition.TRANSSHIPMENT, to)
    move(unit, sku, units, from_=start, to=end, reason=Reason.TRANSFERRED, reference=reference)
    arrives_at = unit.now + timedelta(hours=chance(unit, "transfer", reference).uniform(48, 144))
    later(unit, UnitsAreTransferred(sku=sku, units=units, to=to, reference=reference), at=arrives_at)
    return arrives_at


@when(UnitsAreTransferred)
def arrive(unit: UnitOfWork, due: UnitsAreTransferred) -> None:
    """Let buyers order again what is there; what somebody counted away meanwhile is not."""
    on_its_way = units_by_center(unit, due.sku, Condition.TRANSSHIPMENT, Place.FBA).get(due.to, 0)
    units = min(due.units, on_its_way)
    if units:
        start, end = Spot(Condition.TRANSSHIPMENT, due.to), Spot(Condition.SELLABLE, due.to)
        move(unit, due.sku, units, from_=start, to=end, reason=Reason.TRANSFERRED, reference=due.reference)
