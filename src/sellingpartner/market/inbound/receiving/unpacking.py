"""Shipments that fulfillment centers receive: boxes are opened in some batches, and what is missing is looked for.

What comes is sellable, or was broken on its way or in the center; units beside those that were sent are received as
they are found. A shipment is closed some days after its last batch. By hand the same is done at once (`by_hand.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sellingpartner.market.events.inbound import InboundClosed, UnitsReceived
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.receiving.defect_kinds import Flaw, flaws_of
from sellingpartner.market.inbound.receiving.defects import note, note_contents, note_quantities
from sellingpartner.market.inbound.receiving.expiring import expect_expiry
from sellingpartner.market.inbound.receiving.missing import look_for
from sellingpartner.market.inbound.receiving.rules import Harm, harm_of, is_flawed, some_hours
from sellingpartner.market.inbound.receiving.traveling import InboundIsUnpacked
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment
from sellingpartner.market.inventory.commands import Load, loads_of, move_all, share, unpacked
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_MOST_BATCHES = 4
_OPEN = frozenset({ShipmentStatus.CHECKED_IN, ShipmentStatus.RECEIVING})


class InboundCloses(Due):
    """No more of a shipment is received."""

    plan_id: str
    shipment_id: str


@when(InboundIsUnpacked)
def unpack(unit: UnitOfWork, due: InboundIsUnpacked) -> None:
    """Receive a part of a shipment; with the last one, see to its end."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    if shipment.status not in _OPEN or shipment.batches != due.batch:
        return  # somebody received it by hand
    batches = chance(unit, "inbound batches", due.shipment_id).randint(1, _MOST_BATCHES)
    is_last = due.batch + 1 >= batches
    opened = {sku: share(units, due.batch, batches) for sku, units in sorted(shipment.sent.items())}
    harms, flaws = (_drawn(unit, shipment, opened), _flaws(unit, shipment, opened)) if is_last else ({}, [])
    receive(unit, shipment, opened, harms, flaws)
    pause = chance(unit, "inbound batch", due.shipment_id, due.batch)
    if is_last:
        closes = InboundCloses(plan_id=due.plan_id, shipment_id=due.shipment_id)
        later(unit, closes, at=unit.now + some_hours(pause, "until_closed"))
    else:
        following = InboundIsUnpacked(plan_id=due.plan_id, shipment_id=due.shipment_id, batch=due.batch + 1)
        later(unit, following, at=unit.now + some_hours(pause, "between_batches"))


@when(InboundCloses)
def end(unit: UnitOfWork, due: InboundCloses) -> None:
    """Close a shipment, unless somebody has done so by hand."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    if shipment.status is ShipmentStatus.RECEIVING:
        close(unit, shipment)


def receive(
    unit: UnitOfWork,
    shipment: Shipment,
    opened: Mapping[str, int],
    harms: Mapping[str, Harm],
    flaws: Sequence[Flaw],
) -> None:
    """Take in so many units of each SKU; of those some may be missing, or broken, or more come than were sent."""
    if shipment.status is not ShipmentStatus.RECEIVING:
        shipment.move(ShipmentStatus.RECEIVING)
        start, end = (Spot(one, shipment.center) for one in (Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING))
        note_contents(unit, shipment)
        move_all(unit, loads_of(shipment.sent, start, end, Reason.SENT, shipment.shipment_id))
    came = {sku: units - _harm(harms, sku).short + _harm(harms, sku).over for sku, units in opened.items()}
    taken_in = [sku for sku in sorted(came) if came[sku]]
    move_all(unit, [load for sku in taken_in for load in _loads(shipment, sku, opened[sku], _harm(harms, sku))])
    shipment.received = shipment.received | {sku: shipment.received.get(sku, 0) + came[sku] for sku in taken_in}
    broken = {sku: harms[sku].broken for sku in taken_in if sku in harms and harms[sku].broken}
    shipment.broken = shipment.broken | {sku: shipment.broken.get(sku, 0) + units for sku, units in broken.items()}
    for sku in taken_in:
        _tell(unit, shipment, sku, opened[sku], _harm(harms, sku))
    shipment.batches += 1
    note(unit, shipment, flaws)
    save_shipment(unit, shipment)


def _loads(shipment: Shipment, sku: str, opened: int, harm: Harm) -> Iterator[Load]:
    """What becomes of the units of a SKU in the boxes that were opened, and of those that came beside them."""
    came = {
        Condition.SELLABLE: opened - harm.kept_off_the_shelf,
        Condition.CARRIER_DAMAGED: harm.broken_by_carrier,
        Condition.WAREHOUSE_DAMAGED: harm.broken_by_amazon,
        Condition.DISTRIBUTOR_DAMAGED: harm.broken_before,
    }
    yield from unpacked(sku, came, center=shipment.center, reference=shipment.shipment_id)
    if harm.over:
        to = Spot(Condition.SELLABLE, shipment.center)
        yield Load(sku, harm.over, None, to, Reason.RECEIVED, shipment.shipment_id)


def _tell(unit: UnitOfWork, shipment: Shipment, sku: str, opened: int, harm: Harm) -> None:
    unit.emit(
        UnitsReceived(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id or "",
            marketplace_id=shipment.marketplace_id,
            center=shipment.center,
            sku=sku,
            sellable=opened - harm.kept_off_the_shelf + harm.over,
            broken_by_carrier=harm.broken_by_carrier,
            broken_by_amazon=harm.broken_by_amazon,
            broken_before=harm.broken_before,
        )
    )


def close(unit: UnitOfWork, shipment: Shipment) -> None:
    """Receive no more of a shipment, and look for what has not come."""
    shipment.move(ShipmentStatus.CLOSED)
    note_quantities(unit, shipment)
    save_shipment(unit, shipment)
    expect_expiry(unit, shipment)
    sent = shipment.sent
    missing = {sku: units - shipment.received.get(sku, 0) for sku, units in sorted(sent.items())}
    look_for(unit, shipment, {sku: units for sku, units in missing.items() if units > 0})
    unit.emit(
        InboundClosed(
            plan_id=shipment.plan_id,
            shipment_id=shipment.shipment_id,
            confirmation_id=shipment.confirmation_id or "",
            marketplace_id=shipment.marketplace_id,
            units=sent.total(),
            received=sum(shipment.received.values()),
            missing=sum(units for units in missing.values() if units > 0),
        )
    )


def _harm(harms: Mapping[str, Harm], sku: str) -> Harm:
    return harms.get(sku, Harm())


def _drawn(unit: UnitOfWork, shipment: Shipment, opened: Mapping[str, int]) -> dict[str, Harm]:
    """What happens to the last batch of a shipment, to one of its SKUs."""
    luck = chance(unit, "inbound harm", shipment.shipment_id)
    sku = luck.choice(sorted(opened))
    return {sku: harm_of(luck, opened[sku])}


def _flaws(unit: UnitOfWork, shipment: Shipment, opened: Mapping[str, int]) -> list[Flaw]:
    """What its seller should have done to units of the last batch, and did not."""
    luck = chance(unit, "inbound flaws", shipment.shipment_id)
    return flaws_of(luck, shipment.items, opened) if is_flawed(luck) else []
