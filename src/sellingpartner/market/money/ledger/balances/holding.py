"""Held money matures: days after its delivery it is released, by an entry of its own, into the period that is open."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.orders import PackageDelivered
from sellingpartner.market.events.shipping import ParcelLost, ParcelReturned
from sellingpartner.market.money.ledger import store
from sellingpartner.market.money.ledger.components import kind_names
from sellingpartner.market.money.ledger.holds import (
    Hold,
    HoldMatures,
    hold_until,
    let_go,
    look_when_matured,
    on_the_hour,
    open_holds,
)
from sellingpartner.market.money.ledger.model import Entry, EntryDetail, EntryKind, Leg, NewEntry
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.statement import count_in
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.unit import UnitOfWork, on


@on(PackageDelivered)
def count_from_delivery(unit: UnitOfWork, fact: PackageDelivered) -> None:
    """Hold an order's money until so many days after what was delivered, rather than after what was promised."""
    held = next(iter(open_holds(unit, fact.order_id)), None)
    if held is None:
        return
    until = held.matures_at
    if held.reason == "DD7":
        days = policy_of(unit, held.currency).deferral_days
        until = on_the_hour(fact.delivered_at + timedelta(days=days))
        hold_until(unit, fact.order_id, until)
    look_when_matured(unit, fact.order_id, until)


@on(ParcelLost)
def hold_what_is_lost(unit: UnitOfWork, fact: ParcelLost) -> None:
    """Hold the money of what never arrives until so many days after it was to arrive."""
    _hold_as_promised(unit, fact.order_id)


@on(ParcelReturned)
def hold_what_came_back(unit: UnitOfWork, fact: ParcelReturned) -> None:
    """Hold the money of what came back undelivered until so many days after it was to arrive."""
    _hold_as_promised(unit, fact.order_id)


def _hold_as_promised(unit: UnitOfWork, order_id: str | None) -> None:
    held = None if order_id is None else next(iter(open_holds(unit, order_id)), None)
    if order_id is not None and held is not None:
        look_when_matured(unit, order_id, max(held.matures_at, unit.now))


@when(HoldMatures)
def release_when_due(unit: UnitOfWork, due: HoldMatures) -> None:
    """Release what of an order's money has matured by now; what was put off meanwhile has a due thing of its own."""
    for hold in open_holds(unit, due.order_id):
        if hold.matures_at <= unit.now:
            release(unit, hold)


def release(unit: UnitOfWork, hold: Hold) -> Entry:
    """Make an entry's money available."""
    held = store.entry_of(unit, hold.entry_id)
    assert held is not None  # noqa: S101 - a hold is kept with its entry
    let_go(unit, hold.entry_id)
    entry = post(
        unit,
        NewEntry(
            kind=EntryKind.RELEASE,
            source=f"release:{held.entry_id}",
            marketplace_id=held.marketplace_id,
            currency=held.currency,
            legs=(Leg("HeldReleased", -hold.amount_minor),),
            detail=EntryDetail(fulfillment=held.detail.fulfillment),
            order_id=held.order_id,
            of_entry_id=held.entry_id,
        ),
        transaction_type=kind_names(held.kind).transaction,
    )
    assert entry.period_id is not None  # noqa: S101 - a release counts
    count_in(unit, entry.period_id, held.kind, store.legs_of(unit, [held.entry_id])[held.entry_id])
    return entry
