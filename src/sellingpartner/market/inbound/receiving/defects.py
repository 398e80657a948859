"""Problems that a fulfillment center meets with shipments: kept with the shipment, coached about, and charged for.

Assumed: the first problem of a group in four months is told of at the standard level, the second at the elevated one,
and any more at the critical one. Amazon compares the rate of problems with one that it publishes for each seller.

Assumed: a shipment is abandoned that has not come 45 days after it was planned, 75 days from another country, or 30
days after the first of the same plan came; a plan that is given up as a whole costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.inbound import InboundDefectFound
from sellingpartner.market.inbound.items.unit_sizes import abandoned_fee, charges_in, size_of
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Coaching, ContentSource, Defect, Shipment
from sellingpartner.market.inbound.receiving.defect_kinds import (
    ABANDONED,
    CONTENTS,
    MISSING,
    UNEXPECTED,
    Flaw,
    defect_kinds,
)
from sellingpartner.market.inbound.store.plans import load_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, save_shipment, shipments_of, shipments_since
from sellingpartner.market.inbound.transport.carriage import Carriage
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_REMEMBERED = timedelta(days=120)
_FROM_HOME, _FROM_ABROAD, _AFTER_THE_FIRST = timedelta(days=45), timedelta(days=75), timedelta(days=30)
_NOT_COME = frozenset(
    {
        ShipmentStatus.WORKING,
        ShipmentStatus.READY_TO_SHIP,
        ShipmentStatus.SHIPPED,
        ShipmentStatus.IN_TRANSIT,
        ShipmentStatus.MIXED,
    }
)


class InboundIsAwaited(Due):
    """A shipment should have come by now."""

    plan_id: str
    shipment_id: str


def await_shipment(unit: UnitOfWork, shipment: Shipment) -> None:
    """Have it looked in time whether a shipment that was planned has come, where it costs something if not."""
    country = MARKETPLACES[shipment.marketplace_id].country_code
    if charges_in(country):
        within = _FROM_HOME if shipment.ship_from.country_code == country else _FROM_ABROAD
        _await(unit, shipment, within)


def await_others(unit: UnitOfWork, shipment: Shipment) -> None:
    """Have it looked in time whether the others of a plan have come, of which this shipment came first."""
    if not charges_in(MARKETPLACES[shipment.marketplace_id].country_code):
        return
    others = [one for one in shipments_of(unit, shipment.plan_id) if one.shipment_id != shipment.shipment_id]
    placed = [one for one in others if one.placement_option_id == shipment.placement_option_id]
    if all(one.status in _NOT_COME for one in placed):
        for one in placed:
            _await(unit, one, _AFTER_THE_FIRST)


@when(InboundIsAwaited)
def look_whether_it_came(unit: UnitOfWork, due: InboundIsAwaited) -> None:
    """Keep that a shipment was abandoned, once, if it has neither come nor been given up."""
    load_plan(unit, due.plan_id)
    shipment = load_shipment(unit, due.plan_id, due.shipment_id)
    if shipment.status not in _NOT_COME or any(one.kind == ABANDONED for one in shipment.defects):
        return
    note(unit, shipment, [Flaw(item.msku, ABANDONED, item.quantity) for item in shipment.items])
    save_shipment(unit, shipment)


def note_contents(unit: UnitOfWork, shipment: Shipment) -> None:
    """Note, when the first boxes of a shipment are opened, that nobody has told what is in them.

    Where that is so of one box, it concerns all units.
    """
    if is_unknown(shipment.carriage):
        note(unit, shipment, [Flaw(item.msku, CONTENTS, item.quantity) for item in shipment.items])


def note_quantities(unit: UnitOfWork, shipment: Shipment) -> None:
    """Note, when a shipment is closed, of which SKUs fewer or more units came than were sent."""
    flaws = []
    for sku, sent in shipment.sent.items():
        came = shipment.received.get(sku, 0)
        if came != sent:
            flaws.append(Flaw(sku, MISSING if came < sent else UNEXPECTED, abs(came - sent)))
    note(unit, shipment, flaws)


def note(unit: UnitOfWork, shipment: Shipment, flaws: Iterable[Flaw]) -> None:
    """Keep problems in a shipment, and tell of them. Whoever calls this keeps the shipment."""
    country = MARKETPLACES[shipment.marketplace_id].country_code
    fresh = len(shipment.defects)
    numbers = count(fresh + 1)
    for flaw in flaws:
        coaching = _coaching(unit, shipment, flaw.kind, fresh)
        defect = Defect(
            number=next(numbers),
            kind=flaw.kind,
            sku=flaw.sku,
            units=flaw.units,
            coaching=coaching,
            fee_minor=_cost_of_one(unit, shipment, flaw, country, coaching) * flaw.units,
            found_at=unit.now,
        )
        shipment.defects = (*shipment.defects, defect)
        unit.emit(
            InboundDefectFound(
                plan_id=shipment.plan_id,
                shipment_id=shipment.shipment_id,
                confirmation_id=shipment.confirmation_id or "",
                marketplace_id=shipment.marketplace_id,
                number=defect.number,
                problem=defect.kind,
                sku=defect.sku,
                units=defect.units,
                fee=defect_kinds()[defect.kind].fee_name,
                fee_minor=defect.fee_minor,
                currency=MARKETPLACES[shipment.marketplace_id].currency,
            )
        )


def is_unknown(carriage: Carriage) -> bool:
    """Whether nobody has told what is in some of a shipment's boxes."""
    return carriage.contents == ContentSource.MANUAL.value


def defects_between(
    unit: UnitOfWork, marketplace_id: str, start: datetime, end: datetime
) -> Iterable[tuple[Shipment, Defect]]:
    """What was found in some time, shipment by shipment in the order in which they changed."""
    for shipment in shipments_since(unit, start, marketplace_id):
        for defect in shipment.defects:
            if start <= defect.found_at < end:
                yield shipment, defect


def _await(unit: UnitOfWork, shipment: Shipment, within: timedelta) -> None:
    later(unit, InboundIsAwaited(plan_id=shipment.plan_id, shipment_id=shipment.shipment_id), at=unit.now + within)


def _cost_of_one(unit: UnitOfWork, shipment: Shipment, flaw: Flaw, country: str, coaching: Coaching) -> int:
    if flaw.kind != ABANDONED:
        return defect_kinds()[flaw.kind].cost_in(country, coaching)
    asin = next((item.asin for item in shipment.items if item.msku == flaw.sku), "")
    return abandoned_fee(country, size_of(unit, asin, shipment.marketplace_id))


def _coaching(unit: UnitOfWork, shipment: Shipment, kind: str, fresh: int) -> Coaching:
    """At which level a seller is told of a problem: by how many of its group there were before, at other times."""
    group, since = defect_kinds()[kind].group, unit.now - _REMEMBERED
    before = {(shipment.shipment_id, one.found_at) for one in shipment.defects[:fresh] if _is_of(group, one, since)}
    for other in shipments_since(unit, since, shipment.marketplace_id):
        if other.shipment_id != shipment.shipment_id:
            before |= {(other.shipment_id, one.found_at) for one in other.defects if _is_of(group, one, since)}
    return list(Coaching)[min(len(before), len(Coaching) - 1)]


def _is_of(group: str, defect: Defect, since: datetime) -> bool:
    return defect_kinds()[defect.kind].group == group and defect.found_at >= since
