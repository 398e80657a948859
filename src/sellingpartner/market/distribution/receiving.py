"""Shipments that AWD receives: boxes are opened in some batches, and now and then units are missing or broken.

What came is either sellable, and a lot from then on, or damaged, and lies there in that condition. What has not come
when the shipment is closed is lost.

Assumed: Amazon pays nothing for what is short or damaged then, as the seller's own carrier had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sellingpartner.market.distribution.lifecycle import ShipmentStatus
from sellingpartner.market.distribution.lots import put_lot
from sellingpartner.market.distribution.model import InboundShipment, Lot, Received
from sellingpartner.market.distribution.packages import Content, case_count, contents_of
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.distribution.rules import rules, some_hours, strikes
from sellingpartner.market.distribution.store import (
    inbound_to_change,
    keep_inbound,
    keep_shipment,
    shipment_to_change,
)
from sellingpartner.market.distribution.traveling import AwdBoxesAreOpened, bring
from sellingpartner.market.events.distribution import AwdInboundClosed, AwdShipmentClosed, AwdUnitsReceived
from sellingpartner.market.inventory.commands import Load, move_all, share, unpacked
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_MOST_BATCHES = 3
_MOST_STRUCK = 5
_TO_RECEIVE = frozenset({ShipmentStatus.DELIVERED, ShipmentStatus.RECEIVING})


class Harm(NamedTuple):
    """What of a SKU does not come, and what comes broken."""

    short: int = 0
    damaged: int = 0


class AwdReceivingEnds(Due):
    """No more of a shipment is received."""

    shipment_id: str


@when(AwdBoxesAreOpened)
def open_boxes(unit: UnitOfWork, due: AwdBoxesAreOpened) -> None:
    """Receive a part of a shipment; with the last one, see to its end."""
    shipment = shipment_to_change(unit, due.shipment_id)
    if shipment.status not in _TO_RECEIVE or shipment.batches != due.batch:
        return  # somebody received it by hand
    luck = chance(unit, "awd batches", due.shipment_id)
    batches, contents = luck.randint(1, _MOST_BATCHES), list(contents_of(shipment.packages))
    is_last = due.batch + 1 >= batches
    opened = [share(one.units, due.batch, batches) for one in contents]
    harms = _drawn(unit, due.shipment_id, opened) if is_last else [Harm()] * len(contents)
    _receive(unit, shipment, contents, opened, harms)
    pause = chance(unit, "awd batch", due.shipment_id, due.batch)
    if is_last:
        ends = AwdReceivingEnds(shipment_id=due.shipment_id)
        later(unit, ends, at=unit.now + some_hours(pause, "until_closed"))
    else:
        following = AwdBoxesAreOpened(shipment_id=due.shipment_id, batch=due.batch + 1)
        later(unit, following, at=unit.now + some_hours(pause, "between_batches"))


@when(AwdReceivingEnds)
def end_receiving(unit: UnitOfWork, due: AwdReceivingEnds) -> None:
    """Close a shipment, unless somebody has done so by hand."""
    shipment = shipment_to_change(unit, due.shipment_id)
    if shipment.status is ShipmentStatus.RECEIVING:
        _close(unit, shipment)


def receive_by_hand(unit: UnitOfWork, shipment_id: str, harms: dict[str, Harm]) -> InboundShipment:
    """Receive at once all that is left of a shipment, but for what is said to be short or damaged, and close it.

    It is brought to its distribution center first, wherever it is.
    """
    bring(unit, shipment_id)
    shipment = shipment_to_change(unit, shipment_id)
    contents = list(contents_of(shipment.packages))
    left = [one.units - came.units for one, came in zip(contents, _so_far(shipment, contents), strict=True)]
    _receive(unit, shipment, contents, left, _said(contents, left, harms))
    _close(unit, shipment)
    return shipment


def _receive(
    unit: UnitOfWork,
    shipment: InboundShipment,
    contents: Sequence[Content],
    opened: Sequence[int],
    harms: Sequence[Harm],
) -> None:
    """Take in units of each of the shipment's contents; of those opened some may be missing, or broken."""
    shipment.advance(AwdUnitsReceived)
    came = [
        Received(units - harm.short - harm.damaged, harm.damaged) for units, harm in zip(opened, harms, strict=True)
    ]
    before = _so_far(shipment, contents)
    shipment.received = tuple(old + one for old, one in zip(before, came, strict=True))
    shipment.batches += 1
    keep_shipment(unit, shipment)
    pairs = list(zip(contents, came, strict=True))
    move_all(unit, [load for content, one in pairs for load in _loads(shipment, content, one)])
    for content, one in sorted(pairs, key=lambda pair: pair[0].sku):
        if one.sellable:
            put_lot(unit, _lot(shipment, content, one.sellable))
    fact = AwdUnitsReceived(
        shipment_id=shipment.shipment_id,
        sellable=sum(one.sellable for one in came),
        damaged=sum(one.damaged for one in came),
    )
    unit.emit(fact)


def _loads(shipment: InboundShipment, content: Content, came: Received) -> Iterator[Load]:
    found = {Condition.SELLABLE: came.sellable, Condition.CARRIER_DAMAGED: came.damaged}
    return unpacked(content.sku, found, center=shipment.center, reference=shipment.shipment_id)


def _lot(shipment: InboundShipment, content: Content, units: int) -> Lot:
    return Lot(
        lot=0,
        sku=content.sku,
        center=shipment.center,
        expires_at=content.expires_at,
        units=units,
        held=0,
        units_of_case=content.units_of_case,
        unit_volume=content.unit_volume,
    )


def _close(unit: UnitOfWork, shipment: InboundShipment) -> None:
    """Give up what has not come, and close the order with the shipment."""
    shipment.advance(AwdShipmentClosed)
    keep_shipment(unit, shipment)
    contents = list(contents_of(shipment.packages))
    missing = [one.units - came.units for one, came in zip(contents, _so_far(shipment, contents), strict=True)]
    gone, reference = Spot(Condition.INBOUND_RECEIVING, shipment.center), shipment.shipment_id
    pairs = zip(contents, missing, strict=True)
    move_all(unit, [Load(one.sku, units, gone, None, Reason.LOST, reference) for one, units in pairs if units])
    has_come = any(came.units for came in shipment.received)
    fact = AwdShipmentClosed(
        shipment_id=shipment.shipment_id,
        center=shipment.center,
        boxes=case_count(shipment.packages) if has_come else 0,
        missing=sum(missing),
    )
    unit.emit(fact)
    order = inbound_to_change(unit, shipment.shipment_id)
    order.advance(AwdInboundClosed)
    keep_inbound(unit, order)
    unit.emit(AwdInboundClosed(order_id=order.order_id))


def _so_far(shipment: InboundShipment, contents: Sequence[Content]) -> Sequence[Received]:
    return shipment.received or [Received()] * len(contents)


def _drawn(unit: UnitOfWork, shipment_id: str, opened: Sequence[int]) -> list[Harm]:
    """What is missing and what is broken in the last boxes: as a rule, nothing."""
    luck, harms = chance(unit, "awd harm", shipment_id), [Harm()] * len(opened)
    place = luck.randrange(len(opened))
    most = min(opened[place], _MOST_STRUCK)
    short = luck.randint(0, most) if strikes(luck, rules().luck.short) else 0
    damaged = luck.randint(0, most - short) if strikes(luck, rules().luck.damaged) else 0
    harms[place] = Harm(short, damaged)
    return harms


def _said(contents: Sequence[Content], left: Sequence[int], harms: dict[str, Harm]) -> list[Harm]:
    """What somebody said of SKUs, spread over the contents of each; raises `BadRequest`."""
    still, spread = dict(harms), []
    for content, units in zip(contents, left, strict=True):
        wanted = still.get(content.sku, Harm())
        short = min(wanted.short, units)
        damaged = min(wanted.damaged, units - short)
        still[content.sku] = Harm(wanted.short - short, wanted.damaged - damaged)
        spread.append(Harm(short, damaged))
    for sku, rest in still.items():
        if any(rest):
            known = ", ".join(sorted({one.sku for one in contents}))
            raise BadRequest(f"Of SKU {sku[:60]!r} not so many are still to be received; the shipment holds {known}.")
    return spread
