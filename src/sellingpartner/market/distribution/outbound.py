"""Orders that take units out of AWD: drafted, held against what there is, confirmed.

An outbound order and a replenishment order are one thing, as both go to FBA; they differ in what may be said of them.
Assumed: an outbound order names no destination, so it goes where replenishment orders go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.distribution.checking import check_packages, check_quantities, check_skus
from sellingpartner.market.distribution.eligibility import HERE
from sellingpartner.market.distribution.identifiers import outbound_id
from sellingpartner.market.distribution.lifecycle import OutboundStatus
from sellingpartner.market.distribution.lots import lots_of
from sellingpartner.market.distribution.model import Kind, OutboundOrder, Shortfall, Wanted
from sellingpartner.market.distribution.packages import as_kept, products_of, units_by_sku
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.distribution.rules import some_hours, some_seconds
from sellingpartner.market.distribution.store import keep_outbound, outbound_to_change
from sellingpartner.market.events.distribution import (
    AwdOutboundChanged,
    AwdOutboundChecking,
    AwdOutboundConfirmed,
    AwdOutboundDrafted,
    AwdOutboundEligible,
    AwdOutboundIneligible,
)
from sellingpartner.market.inventory.commands import reserve
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stocks_of_skus
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

_MOST_PRODUCTS = 150
_SHORT = "INSUFFICIENT_INVENTORY"
_NO_CASES = "NO_SUCH_CASES"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of an order out of AWD."""

    products: tuple[Wanted, ...] = ()
    packages: Sequence[awd.DistributionPackageQuantity] = ()
    takes_part: bool = False
    confirms_itself: bool = False
    is_automatic: bool = False


class OutboundCheckBegins(Due):
    """A drafted order is held against what there is."""

    order_id: str
    kind: Kind
    check: int


class OutboundCheckEnds(Due):
    """It is known whether there is enough for an order."""

    order_id: str
    kind: Kind
    check: int


class OutboundIsExecuted(Due):
    """AWD begins to work on a confirmed order."""

    order_id: str
    kind: Kind


def draft_outbound(unit: UnitOfWork, kind: Kind, said: Order) -> OutboundOrder:
    """Draft an order; it is checked by itself then."""
    check_marketplaces(unit, unit.seller_id, [HERE])
    _check(unit, said)
    order = OutboundOrder(
        order_id=outbound_id(unit),
        kind=kind,
        products=said.products,
        packages=as_kept(said.packages),
        takes_part=said.takes_part,
        confirms_itself=said.confirms_itself,
        is_automatic=said.is_automatic,
        checks=1,
        created_at=unit.now,
        updated_at=unit.now,
    )
    keep_outbound(unit, order)
    luck = chance(unit, "awd outbound is drafted", order.order_id)
    begins = OutboundCheckBegins(order_id=order.order_id, kind=kind, check=1)
    later(unit, begins, at=unit.now + some_seconds(luck, "drafting"))
    unit.emit(AwdOutboundDrafted(order_id=order.order_id, kind=kind.value, is_automatic=said.is_automatic))
    return order


def change_outbound(unit: UnitOfWork, order_id: str, said: Order) -> OutboundOrder:
    """Say anew what an outbound order takes; it is checked once more."""
    order = outbound_to_change(unit, Kind.OUTBOUND, order_id)
    order.advance(AwdOutboundChanged)
    _check(unit, said)
    order.products, order.packages, order.takes_part = said.products, as_kept(said.packages), said.takes_part
    order.eligible, order.shortfalls = {}, ()
    order.checks += 1
    keep_outbound(unit, order)
    unit.emit(AwdOutboundChanged(order_id=order_id, kind=order.kind.value))
    _check_later(unit, order)
    return order


def confirm_outbound(unit: UnitOfWork, kind: Kind, order_id: str) -> OutboundOrder:
    """Commit to an eligible order: its units are reserved. Where less is left by then, it takes part, or is refused."""
    order = outbound_to_change(unit, kind, order_id)
    order.advance(AwdOutboundConfirmed)
    _reserve(unit, order)
    order.confirmed_at = unit.now
    keep_outbound(unit, order)
    unit.emit(AwdOutboundConfirmed(order_id=order_id, kind=kind.value))
    luck = chance(unit, "awd outbound is executed", order_id)
    later(unit, OutboundIsExecuted(order_id=order_id, kind=kind), at=unit.now + some_hours(luck, "until_executing"))
    return order


def wanted_by(order: OutboundOrder | Order) -> Counter[str]:
    """How many units of each SKU an order asks for, by the unit and by the case."""
    wanted = units_by_sku(order.packages)
    for product in order.products:
        wanted[product.sku] += product.quantity
    return wanted


@when(OutboundCheckBegins)
def begin_check(unit: UnitOfWork, due: OutboundCheckBegins) -> None:
    """Let a draft be looked at, unless it was changed meanwhile."""
    order = outbound_to_change(unit, due.kind, due.order_id)
    if order.checks != due.check or order.status is not OutboundStatus.DRAFT:
        return
    order.advance(AwdOutboundChecking)
    keep_outbound(unit, order)
    unit.emit(AwdOutboundChecking(order_id=order.order_id, kind=order.kind.value))
    _check_later(unit, order)


@when(OutboundCheckEnds)
def end_check(unit: UnitOfWork, due: OutboundCheckEnds) -> None:
    """Hold an order against what there is; one that is to confirm itself does so."""
    order = outbound_to_change(unit, due.kind, due.order_id)
    if order.checks != due.check:
        return
    order.eligible, order.shortfalls = _found(unit, order)
    is_enough = bool(order.eligible) and (order.takes_part or not order.shortfalls)
    fact = AwdOutboundEligible if is_enough else AwdOutboundIneligible
    order.advance(fact)
    keep_outbound(unit, order)
    unit.emit(fact(order_id=order.order_id, kind=order.kind.value))
    if is_enough and order.confirms_itself:
        confirm_outbound(unit, order.kind, order.order_id)


def _check_later(unit: UnitOfWork, order: OutboundOrder) -> None:
    luck = chance(unit, "awd outbound is checked", order.order_id, order.checks)
    ends = OutboundCheckEnds(order_id=order.order_id, kind=order.kind, check=order.checks)
    later(unit, ends, at=unit.now + some_seconds(luck, "checking"))


def _check(unit: UnitOfWork, said: Order) -> None:
    """The form of an order; raises `BadRequest`."""
    if not said.products and not said.packages:
        raise BadRequest("The order holds no products and no packages; name at least one.")
    if said.packages:
        check_packages(said.packages, "packagesToOutbound")
    check_quantities([(one.sku, one.quantity) for one in said.products], "products")
    wanted = wanted_by(said)
    if len(wanted) > _MOST_PRODUCTS:
        raise BadRequest(f"An order holds {_MOST_PRODUCTS} unique SKUs at most; {len(wanted)} were sent.")
    check_skus(unit, wanted)


def _found(unit: UnitOfWork, order: OutboundOrder) -> tuple[dict[str, int], tuple[Shortfall, ...]]:
    """What of an order there is, and what is missing."""
    wanted, eligible, shortfalls = wanted_by(order), {}, []
    there = stocks_of_skus(unit, wanted, Place.AWD)
    for sku in sorted(wanted):
        available = there[sku].available if sku in there else 0
        if available < wanted[sku]:
            shortfalls.append(_short(sku, wanted[sku], available))
        if available:
            eligible[sku] = min(available, wanted[sku])
    shortfalls += _without_cases(unit, order)
    return eligible, tuple(shortfalls)


def _without_cases(unit: UnitOfWork, order: OutboundOrder) -> list[Shortfall]:
    """Cases that are asked for and of which there are none of that size.

    Assumed: cases leave as they came, so one that holds another number of units than any lot's is not there.
    """
    found: list[Shortfall] = []
    for one in order.packages:
        inside = products_of(one.distribution_package)
        held = sum(product.quantity for product in inside)
        sizes = {lot.units_of_case for lots in lots_of(unit, [p.sku for p in inside]).values() for lot in lots}
        if held not in sizes:
            reason = f"There are no cases of {held} units; AWD holds cases of {sorted(sizes)}."
            found.append(Shortfall(code=_NO_CASES, reasons=(reason,), sku=inside[0].sku))
    return found


def _reserve(unit: UnitOfWork, order: OutboundOrder) -> None:
    """Reserve what is eligible, or what is left of it."""
    reserved: dict[str, int] = {}
    shortfalls = list(order.shortfalls)
    for sku, quantity in sorted(order.eligible.items()):
        units = _reserved(unit, order, sku, quantity)
        if units < quantity:
            if not order.takes_part:
                raise BadRequest(f"Of SKU {sku} {units} of {quantity} eligible units are left; update the order.")
            shortfalls.append(_short(sku, quantity, units))
        if units:
            reserved[sku] = units
    if not reserved:
        raise BadRequest(f"Nothing is left of what was eligible in order {order.order_id}.")
    order.reserved, order.shortfalls = reserved, tuple(shortfalls)


def _reserved(unit: UnitOfWork, order: OutboundOrder, sku: str, quantity: int) -> int:
    """How many units could be reserved: all, or those that are left."""
    while quantity:
        try:
            reserve(unit, sku, Place.AWD, quantity, reference=order.order_id)
        except OutOfStock as short:
            quantity = min(short.available, quantity - 1) if order.takes_part else 0
            if not order.takes_part:
                return short.available
        else:
            return quantity
    return 0


def _short(sku: str, wanted: int, available: int) -> Shortfall:
    reason = f"{wanted} units were requested and {available} are available."
    return Shortfall(code=_SHORT, reasons=(reason,), sku=sku)


def eligible_products(order: OutboundOrder, quantities: Mapping[str, int]) -> list[Wanted]:
    """Units by SKU, with the attributes that were sent of them."""
    said = {one.sku: one.attributes for one in order.products}
    return [Wanted(sku=sku, quantity=quantities[sku], attributes=said.get(sku, ())) for sku in sorted(quantities)]
