"""Automatic replenishment: once a day AWD looks at what FBA has of each SKU, and sends more where it runs low.

FBA's position is what it has, what is on its way there, and what an order that is not shipped yet will bring. Where the
seller sets no bounds, they are so many days of what FBA shipped in the last thirty; of a SKU that is sold from FBA, of
which FBA has nothing and shipped nothing, one case is sent.

Assumed: a SKU is replenished automatically unless its seller says otherwise, as for a seller who enrolls at Amazon.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sellingpartner.batched import batched
from sellingpartner.market.distribution.checking import check_skus
from sellingpartner.market.distribution.eligibility import HERE
from sellingpartner.market.distribution.lifecycle import OutboundStatus
from sellingpartner.market.distribution.lots import lots_of
from sellingpartner.market.distribution.model import Kind, OutboundOrder, Policy, Wanted
from sellingpartner.market.distribution.outbound import Order, draft_outbound, wanted_by
from sellingpartner.market.distribution.refusals import BadRequest, BoundsCrossed
from sellingpartner.market.distribution.rules import rules
from sellingpartner.market.distribution.store import keep_policy, open_outbounds, policies_of
from sellingpartner.market.events.distribution import AwdUnitsStored
from sellingpartner.market.inventory.model import Place, Position, Reason, Stock
from sellingpartner.market.inventory.questions import positions_at, steps_backwards, stocks_of
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.questions import records_of_skus
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_DAY = timedelta(days=1)
_LOOKED_BACK_DAYS = 30
_MOST_SKUS = 150
_MOST = 10**6


class FbaIsLookedThrough(Due):
    """A day has gone since FBA's stock was looked through."""


def set_policy(unit: UnitOfWork, policy: Policy) -> None:
    """Say whether AWD keeps FBA filled with a SKU, and between which bounds; raises `BadRequest`."""
    check_skus(unit, [policy.sku])
    for name, bound in (("minimum", policy.least), ("maximum", policy.most)):
        if bound is not None and not 0 <= bound <= _MOST:
            raise BadRequest(f"The {name} is {bound}; it must be from 0 to {_MOST}.")
    if policy.least is not None and policy.most is not None and policy.least > policy.most:
        raise BoundsCrossed(f"The minimum of {policy.least} is more than the maximum of {policy.most}.")
    keep_policy(unit, policy)


@on(AwdUnitsStored)
def begin_looking(unit: UnitOfWork, _fact: AwdUnitsStored) -> None:
    """Look through FBA's stock once a day from the first units on that come to AWD."""
    if unit.next_number("awd stores") == 1:
        later(unit, FbaIsLookedThrough(), at=unit.now + _DAY)


@when(FbaIsLookedThrough)
def look_through(unit: UnitOfWork, due: FbaIsLookedThrough) -> None:
    """Order what FBA lacks, as far as AWD has it."""
    later(unit, due, at=unit.now + _DAY)
    there = {sku: stock for sku, stock in stocks_of(unit, Place.AWD).items() if stock.available}
    wanted = _wanted(unit, there)
    for skus in batched(sorted(wanted), _MOST_SKUS):
        products = tuple(Wanted(sku=sku, quantity=wanted[sku]) for sku in skus)
        order = Order(products=products, takes_part=True, confirms_itself=True, is_automatic=True)
        draft_outbound(unit, Kind.REPLENISHMENT, order)


def _wanted(unit: UnitOfWork, there: dict[str, Stock]) -> dict[str, int]:
    """How many units of what FBA lacks, in whole cases."""
    said = policies_of(unit)
    skus = [sku for sku in there if said.get(sku, Policy(sku=sku)).is_automatic]
    if not skus:
        return {}
    coming, sold = _coming(unit), _sold(unit)
    positions = {one.sku: one for one in positions_at(unit, Place.FBA, limit=len(skus), skus=skus)}
    listed = records_of_skus(unit, skus, HERE)
    wanted: dict[str, int] = {}
    for sku in skus:
        has = _position(positions.get(sku)) + coming[sku]
        least, most = _bounds(said.get(sku, Policy(sku=sku)), sold[sku])
        is_new = not has and not sold[sku] and sku not in said and _is_fbas(listed.get(sku))
        if has < least or is_new:
            wanted[sku] = _in_cases(unit, sku, max(most - has, 1), there[sku].available)
    return wanted


def _is_fbas(record: Record | None) -> bool:
    return record is not None and record.fulfillment_channel == FulfillmentChannel.AFN.value


def _bounds(policy: Policy, sold: int) -> tuple[int, int]:
    days = rules().automatic
    least = policy.least if policy.least is not None else _of_days(sold, days.least_days)
    most = policy.most if policy.most is not None else max(least, _of_days(sold, days.most_days))
    return least, max(least, most)


def _of_days(sold: int, days: int) -> int:
    return -(-sold * days // _LOOKED_BACK_DAYS)


def _position(position: Position | None) -> int:
    return 0 if position is None else position.fulfillable + position.to_come


def _in_cases(unit: UnitOfWork, sku: str, units: int, available: int) -> int:
    """So many units, rounded up to whole cases of the lot that leaves first, or all there are."""
    (first, *_) = lots_of(unit, [sku])[sku]
    return min(-(-units // first.units_of_case) * first.units_of_case, available)


def _coming(unit: UnitOfWork) -> Counter[str]:
    """What orders that have not shipped yet will bring."""
    units: Counter[str] = Counter()
    for order in open_outbounds(unit):
        units.update(_to_bring(order))
    return units


def _to_bring(order: OutboundOrder) -> Counter[str]:
    if order.status in {OutboundStatus.CONFIRMED, OutboundStatus.EXECUTING}:
        return Counter(order.reserved)
    if order.status is OutboundStatus.INVENTORY_OUTBOUND:
        return Counter(order.reserved) - order.shipped
    return wanted_by(order) if order.confirms_itself else Counter()


def _sold(unit: UnitOfWork) -> Counter[str]:
    """What FBA shipped in the last thirty days."""
    units: Counter[str] = Counter()
    for step in steps_backwards(unit, Place.FBA, unit.now - timedelta(days=_LOOKED_BACK_DAYS), unit.now):
        if step.reason == Reason.SHIPPED:
            units[step.sku] -= step.units
    return units
