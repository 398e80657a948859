"""Orders that are carried out: picked in AWD, carried to a fulfillment center, received there.

What leaves AWD is at once on its way to FBA, so that each unit is in one place: first INBOUND_SHIPPED, then
INBOUND_RECEIVING, then SELLABLE. What the carrier loses is Amazon's to pay for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

from sellingpartner.market.centers.questions import center, kilometers, nearest
from sellingpartner.market.distribution.identifiers import transfer_id
from sellingpartner.market.distribution.lifecycle import TransferStatus
from sellingpartner.market.distribution.lots import begin_transit, end_transit, pick, take_out
from sellingpartner.market.distribution.model import Kind, OutboundOrder, Shortfall, Transfer
from sellingpartner.market.distribution.outbound import OutboundIsExecuted
from sellingpartner.market.distribution.rules import days_of_way, rules, some_hours, strikes
from sellingpartner.market.distribution.store import keep_outbound, outbound_to_change
from sellingpartner.market.events.distribution import (
    AwdOutboundExecuting,
    AwdOutboundFailed,
    AwdOutboundPlanned,
    AwdOutboundSucceeded,
    AwdTransferClosed,
    AwdTransferDelivered,
    AwdTransferLeft,
    AwdTransferLost,
    AwdTransferReceiving,
    ReplenishmentArrived,
)
from sellingpartner.market.inventory.commands import loads_of, move_all, release
from sellingpartner.market.inventory.errors import NotThere, TooFewUnits
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_LOST = "SHIPMENT_LOST"


class OutboundIsPicked(Due):
    """AWD has picked an order; its shipments wait for their carrier."""

    order_id: str
    kind: Kind


class TransferMoves(Due):
    """A shipment to FBA is a step further, if it is still where it was."""

    order_id: str
    kind: Kind
    shipment_id: str
    from_status: str


@when(OutboundIsExecuted)
def execute(unit: UnitOfWork, due: OutboundIsExecuted) -> None:
    """Begin to work on an order."""
    order = outbound_to_change(unit, due.kind, due.order_id)
    order.advance(AwdOutboundExecuting)
    keep_outbound(unit, order)
    unit.emit(AwdOutboundExecuting(order_id=order.order_id, kind=order.kind.value))
    luck = chance(unit, "awd picking", order.order_id)
    picked = OutboundIsPicked(order_id=order.order_id, kind=order.kind)
    later(unit, picked, at=unit.now + some_hours(luck, "picking"))


@when(OutboundIsPicked)
def plan_transfers(unit: UnitOfWork, due: OutboundIsPicked) -> None:
    """Make a shipment for each distribution center that units are taken from, to the nearest fulfillment center."""
    order = outbound_to_change(unit, due.kind, due.order_id)
    order.advance(AwdOutboundPlanned)
    order.transfers = tuple(
        Transfer(
            shipment_id=transfer_id(unit),
            start=code,
            end=_destination(code),
            picks=tuple(picks),
            created_at=unit.now,
            updated_at=unit.now,
        )
        for code, picks in sorted(pick(unit, order.reserved).items())
    )
    keep_outbound(unit, order)
    unit.emit(AwdOutboundPlanned(order_id=order.order_id, kind=order.kind.value))
    for transfer in order.transfers:
        _goes_on(unit, order, transfer, lambda luck: some_hours(luck, "loading"))


def leave(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let the carrier take the units: they are FBA's to receive from then on."""
    _advance(unit, order, transfer, AwdTransferLeft)
    take_out(unit, transfer.picks)
    units = dict(transfer.units)
    begin_transit(unit, transfer.shipment_id, units)
    # Released and taken in one transaction: nobody can promise them to somebody else in between.
    for sku in sorted(units):
        release(unit, sku, Place.AWD, units[sku], reference=order.order_id)
    start, end = Spot(Condition.SELLABLE, transfer.start), Spot(Condition.INBOUND_SHIPPED, transfer.end)
    move_all(unit, loads_of(units, start, end, Reason.TRANSFERRED, transfer.shipment_id))
    unit.emit(AwdTransferLeft(order_id=order.order_id, shipment_id=transfer.shipment_id))
    far = kilometers(center(transfer.start).point, center(transfer.end).point)
    _goes_on(unit, order, transfer, lambda luck: days_of_way(luck, far, is_abroad=False))


def deliver(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let the carrier bring the units; one of many shipments is lost instead."""
    luck = chance(unit, "awd transfer is lost", transfer.shipment_id)
    if strikes(luck, rules().luck.lost_on_the_way_to_fba):
        lose(unit, order, transfer)
        return
    _advance(unit, order, transfer, AwdTransferDelivered)
    unit.emit(AwdTransferDelivered(order_id=order.order_id, shipment_id=transfer.shipment_id))
    _goes_on(unit, order, transfer, lambda one: some_hours(one, "taking_in"))


def take_in(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let the fulfillment center begin to receive the units."""
    _advance(unit, order, transfer, AwdTransferReceiving)
    _moves_at_fba(unit, transfer, Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING, Reason.SENT)
    unit.emit(AwdTransferReceiving(order_id=order.order_id, shipment_id=transfer.shipment_id))
    _goes_on(unit, order, transfer, lambda luck: some_hours(luck, "stowing"))


def arrive(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let the units be sold from FBA."""
    _advance(unit, order, transfer, ReplenishmentArrived)
    _moves_at_fba(unit, transfer, Condition.INBOUND_RECEIVING, Condition.SELLABLE, Reason.RECEIVED)
    end_transit(unit, transfer.shipment_id)
    fact = ReplenishmentArrived(
        order_id=order.order_id,
        shipment_id=transfer.shipment_id,
        units=sum(one.units for one in transfer.picks),
        boxes=transfer.boxes,
        volume_mm3=sum(one.volume_mm3 for one in transfer.picks),
        is_automatic=order.is_automatic,
    )
    unit.emit(fact)
    _goes_on(unit, order, transfer, lambda luck: some_hours(luck, "until_transfer_closed"))
    _end_if_all_ended(unit, order)


def close(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let nothing more be to do about a shipment."""
    _advance(unit, order, transfer, AwdTransferClosed)
    unit.emit(AwdTransferClosed(order_id=order.order_id, shipment_id=transfer.shipment_id))


def lose(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer) -> None:
    """Let the carrier lose a shipment: its order fails, and Amazon pays for the units."""
    _advance(unit, order, transfer, AwdTransferLost)
    _moves_at_fba(unit, transfer, Condition.INBOUND_SHIPPED, None, Reason.LOST)
    end_transit(unit, transfer.shipment_id)
    reason = f"Shipment {transfer.shipment_id} was lost on its way."
    order.shortfalls = (*order.shortfalls, Shortfall(code=_LOST, reasons=(reason,)))
    keep_outbound(unit, order)
    unit.emit(AwdTransferLost(order_id=order.order_id, shipment_id=transfer.shipment_id))
    _end_if_all_ended(unit, order)


_Step = Callable[[UnitOfWork, OutboundOrder, Transfer], None]
_STEPS: dict[TransferStatus, _Step] = {
    TransferStatus.CREATED: leave,
    TransferStatus.IN_TRANSIT: deliver,
    TransferStatus.DELIVERED: take_in,
    TransferStatus.RECEIVING: arrive,
    TransferStatus.RECEIVED: close,
}


@when(TransferMoves)
def go_on(unit: UnitOfWork, due: TransferMoves) -> None:
    """Let a shipment be a step further."""
    order = outbound_to_change(unit, due.kind, due.order_id)
    transfer = order.transfer(due.shipment_id)
    if transfer.status == due.from_status:
        _STEPS[transfer.status](unit, order, transfer)


def lose_by_hand(unit: UnitOfWork, kind: Kind, order_id: str, shipment_id: str) -> OutboundOrder:
    """Let the carrier lose a shipment that is on its way; raises `WrongState` for one that is not."""
    order = outbound_to_change(unit, kind, order_id)
    lose(unit, order, order.transfer(shipment_id))
    return order


def _destination(start: str) -> str:
    """The fulfillment center that is nearest to a distribution center."""
    there = center(start)
    return nearest(there.country_code, there.postal_code, state=there.state)[0].code


def _moves_at_fba(
    unit: UnitOfWork, transfer: Transfer, start: Condition, end: Condition | None, reason: Reason
) -> None:
    from_, to = Spot(start, transfer.end), None if end is None else Spot(end, transfer.end)
    loads = loads_of(transfer.units, from_, to, reason, transfer.shipment_id)
    try:
        with unit.attempt():
            move_all(unit, loads)
    except (TooFewUnits, NotThere):  # what somebody counted anew meanwhile is not there to be moved
        for load in loads:
            with suppress(TooFewUnits, NotThere), unit.attempt():
                move_all(unit, [load])


def _advance(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer, fact: type) -> None:
    transfer.advance(fact)
    transfer.updated_at = unit.now
    keep_outbound(unit, order)


def _goes_on(unit: UnitOfWork, order: OutboundOrder, transfer: Transfer, drawn: Callable[[Random], timedelta]) -> None:
    luck = chance(unit, "awd transfer", transfer.status.value, transfer.shipment_id)
    due = TransferMoves(
        order_id=order.order_id,
        kind=order.kind,
        shipment_id=transfer.shipment_id,
        from_status=transfer.status.value,
    )
    later(unit, due, at=unit.now + drawn(luck))


def _end_if_all_ended(unit: UnitOfWork, order: OutboundOrder) -> None:
    """An order ends with the last of its shipments: well if all were received."""
    ended = {TransferStatus.RECEIVED, TransferStatus.CLOSED, TransferStatus.FAILED}
    if any(one.status not in ended for one in order.transfers):
        return
    has_failed = any(one.status is TransferStatus.FAILED for one in order.transfers)
    fact = AwdOutboundFailed if has_failed else AwdOutboundSucceeded
    order.advance(fact)
    keep_outbound(unit, order)
    unit.emit(fact(order_id=order.order_id, kind=order.kind.value))
