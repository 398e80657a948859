"""Units that Amazon has go from one condition, or one of its centers, to another: both sides in one go."""

from __future__ import annotations

from typing import NamedTuple

from sellingpartner.market.inventory.errors import TooFewUnits
from sellingpartner.market.inventory.holding import (
    Parts,
    center_meant,
    located,
    most_first,
    put,
    take,
    take_at,
    units_by_center,
)
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.market.inventory.moving import (
    AVAILABLE,
    QUANTITY,
    Held,
    change_of,
    checked,
    moved,
    movement,
    note,
    opening,
    remember,
)
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.inventory.tables import stocks
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_leave = movement(AVAILABLE >= QUANTITY, on_hand=stocks.c.on_hand - QUANTITY)
_arrive = Question(
    upsert(
        stocks,
        lambda offered: {"on_hand": stocks.c.on_hand + offered.on_hand},
        returning=(stocks.c.on_hand, stocks.c.reserved),
    ),
    Held,
)

At = Spot | tuple[Condition, str | None]
"""A condition, and the center if one is named."""


class _Move(NamedTuple):
    """How many units of what are moved, and why."""

    sku: str
    units: int
    reason: Reason
    reference: str


def move(
    unit: UnitOfWork, sku: str, units: int, *, from_: At | None, to: At | None, reason: Reason, reference: str
) -> Parts:
    """Let units that Amazon has go from one spot to another; returns which centers they left, or else came to.

    Without `from_` they come to Amazon, without `to` they leave it. Where no center is named, they leave those that
    have the most, and stay in those that they left. Raises `TooFewUnits`, or `NotThere` if the center has not so many.
    """
    what = _Move(checked_sku(sku), checked(units), reason, reference)
    start, end = _spot(from_), _spot(to)
    if start is None:
        return () if end is None else _come(unit, what, end, [(center_meant(unit, end.place, end.center), units)])
    if end is not None and end.condition < start.condition and not unit.is_alone:
        # Two movers that go opposite ways hold the rows in the same order, or they would wait for each other.
        _arrived(unit, sku, 0, end)
    left = _leave_from(unit, what, start)
    if end is not None:
        stays = end.center is None and end.place is start.place
        _come(unit, what, end, left if stays else [(center_meant(unit, end.place, end.center), units)])
    return left


def _spot(at: At | None) -> Spot | None:
    return None if at is None else located(Spot(*at))


def _leave_from(unit: UnitOfWork, what: _Move, start: Spot) -> Parts:
    condition, center, place = start
    held = moved(unit, _leave, what.sku, place, what.units, condition)
    if held is None:
        free = stock_of(unit, what.sku, place, condition=condition).available
        raise TooFewUnits(what.sku, condition, asked=what.units, available=free)
    if center is None:
        there = units_by_center(unit, what.sku, condition, place)
        parts = take(unit, what.sku, condition, what.units, most_first(there), there)
    else:
        parts = take_at(unit, what.sku, condition, center, what.units)
    _note(unit, what, start, [(code, -units) for code, units in parts], held.available)
    return parts


def _arrived(unit: UnitOfWork, sku: str, units: int, end: Spot) -> Held:
    """What there is once units have come to a pool, which is held from then on."""
    found = _arrive.one(unit.connection, opening(unit, sku, end.condition, end.place, units))
    return remember(unit, sku, end.condition, end.place, found)


def _come(unit: UnitOfWork, what: _Move, end: Spot, parts: Parts) -> Parts:
    held = _arrived(unit, what.sku, what.units, end)
    put(unit, {(what.sku, end.condition, code): units for code, units in parts})
    _note(unit, what, end, parts, held.available)
    return parts


def _note(unit: UnitOfWork, what: _Move, spot: Spot, changes: Parts, available: int) -> None:
    """An entry for each center; each says what could be promised after it."""
    later = sum(units for _, units in changes)
    for code, units in changes:
        later -= units
        fact = change_of(
            what.sku,
            spot.place,
            what.reason,
            what.reference,
            available - later,
            condition=spot.condition,
            on_hand=units,
            center=code,
        )
        note(unit, fact)
