"""Which order goes to which source.

A source can take an order if it is active, ships (or, for an order that the buyer fetches, lets buyers fetch), and has
all the units. Of those, sources below their throughput come first, then the nearest, then the oldest. Where no source
has all the units, the order goes to none if what lies at none of them is enough, and else to as many as it takes,
the nearest first; it then belongs to the one that gives the most.

Assumed: Amazon does not say by what rule it chooses a supply source; this one takes what its settings speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec
from sqlalchemy import func, select

from sellingpartner.contract.supply_sources_2020_07_01 import OperationalConfiguration, ThroughputCap, TimeUnit
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.supply.model import SupplySource
from sellingpartner.market.supply.stock import SourceStock, draw, redraw, stocks_by_source
from sellingpartner.market.supply.store import active_sources, source_of
from sellingpartner.market.supply.tables import source_orders
from sellingpartner.storage.unit import UnitOfWork

_WINDOWS = {
    TimeUnit.MINUTES: timedelta(minutes=1),
    TimeUnit.HOURS: timedelta(hours=1),
    TimeUnit.DAYS: timedelta(days=1),
}


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order is to go, as far as that decides on its source."""

    country_code: str
    state_or_region: str | None
    postal_code: str
    is_fetched: bool = False
    """Whether the buyer fetches it from a store."""


def assign(
    unit: UnitOfWork,
    order_id: str,
    quantities: Mapping[str, int],
    destination: Destination,
    *,
    wanted: str | None = None,
) -> str | None:
    """Reserve the units of an order, which the pool has reserved already, at sources; returns the order's source.

    One that is wanted is taken if it can take the order.
    """
    sources = active_sources(unit)
    if not sources:
        return wanted
    held = {sku: {one.supply_source_id: one for one in stocks_by_source(unit, sku)} for sku in quantities}
    able = [source for source in sources if (source.picks_up if destination.is_fetched else source.delivers)]
    ranked = sorted(able, key=lambda source: (_is_busy(unit, source), *_distance(source, destination)))
    ranked.sort(key=lambda source: source.supply_source_id != wanted)
    whole = next((source for source in ranked if _has_all(source, quantities, held)), None)
    if whole is not None:
        parts = {sku: [(whole.supply_source_id, quantity)] for sku, quantity in quantities.items()}
    else:
        ranked += [source for source in sources if source not in able]
        parts = {sku: _parts(unit, sku, quantity, ranked, held[sku]) for sku, quantity in quantities.items()}
    for sku in sorted(parts):
        draw(unit, order_id, sku, parts[sku])
    given: dict[str, int] = {}
    for drawn in parts.values():
        for supply_source_id, quantity in drawn:
            given[supply_source_id] = given.get(supply_source_id, 0) + quantity
    if not given:
        return None
    chosen = max(given, key=lambda one: given[one])
    row = {"seller_id": unit.seller_id, "order_id": order_id, "supply_source_id": chosen, "assigned_at": unit.now}
    unit.execute(source_orders.insert(), row)
    return chosen


def reassign(
    unit: UnitOfWork, order_id: str, quantities: Mapping[str, int], destination: Destination, *, away_from: str
) -> str | None:
    """Reserve units of an order at another source than they lie at; returns which, or None where no other has all.

    Assumed: an order moves within the country that it was to leave from, so that its taxes stay what they are.
    """
    former = source_of(unit, away_from)
    held = {sku: {one.supply_source_id: one for one in stocks_by_source(unit, sku)} for sku in quantities}
    able = [
        source
        for source in active_sources(unit)
        if source.supply_source_id != away_from
        and source.address.country_code == former.address.country_code
        and (source.picks_up if destination.is_fetched else source.delivers)
        and _has_all(source, quantities, held)
    ]
    ranked = sorted(able, key=lambda source: (_is_busy(unit, source), *_distance(source, destination)))
    if not ranked:
        return None
    chosen = ranked[0].supply_source_id
    for sku in sorted(quantities):
        redraw(unit, order_id, sku, quantities[sku], at=chosen, instead_of=away_from)
    at = source_orders.c
    this = (at.seller_id == unit.seller_id, at.order_id == order_id, at.supply_source_id == away_from)
    moved = {"supply_source_id": chosen, "assigned_at": unit.now}
    unit.execute(source_orders.update().where(*this).values(moved))
    return chosen


def _has_all(
    source: SupplySource, quantities: Mapping[str, int], held: Mapping[str, Mapping[str, SourceStock]]
) -> bool:
    for sku, quantity in quantities.items():
        there = held[sku].get(source.supply_source_id)
        if there is None or there.available < quantity:
            return False
    return True


def _parts(
    unit: UnitOfWork, sku: str, quantity: int, ranked: list[SupplySource], held: Mapping[str, SourceStock]
) -> list[tuple[str, int]]:
    """How many units which sources must give, beyond those that lie at none."""
    there = [
        (source.supply_source_id, held[source.supply_source_id].available)
        for source in ranked
        if source.supply_source_id in held
    ]
    # The pool has reserved them already, so what it still has and they together are what there was.
    free = stock_of(unit, sku, Place.SELLER).available + quantity - sum(available for _, available in there)
    left, parts = quantity - max(free, 0), []
    for supply_source_id, available in there:
        units = min(available, left)
        if units > 0:
            parts.append((supply_source_id, units))
            left -= units
    return parts


def _is_busy(unit: UnitOfWork, source: SupplySource) -> bool:
    """Whether a source was given as many orders as it can do in its time.

    Assumed: a source that is at its throughput still takes orders that no other source can take.
    """
    cap = _throughput(source)
    if cap is None or cap.value is None or cap.time_unit not in _WINDOWS:
        return False
    at = source_orders.c
    lately = select(func.count()).where(
        at.seller_id == unit.seller_id,
        at.supply_source_id == source.supply_source_id,
        at.assigned_at > unit.now - _WINDOWS[cap.time_unit],
    )
    found: int = unit.execute(lately).scalar_one()
    return found >= cap.value


def _throughput(source: SupplySource) -> ThroughputCap | None:
    """The throughput of its outbound capability, or else its own."""
    outbound = None if source.capabilities is None else source.capabilities.outbound
    said: list[OperationalConfiguration | None] = [
        None if outbound is None else outbound.operational_configuration,
        None if source.configuration is None else source.configuration.operational_configuration,
    ]
    for one in said:
        if one is not None and one.throughput_config is not None:
            return one.throughput_config.throughput_cap
    return None


def _distance(source: SupplySource, destination: Destination) -> tuple[bool, bool, int]:
    """How far a source is, by its address: another country, another state, fewer digits of the postal code alike.

    Assumed: postal codes that begin alike are near each other.
    """
    address = source.address
    alike = 0
    for own, other in zip(_code(address.postal_code), _code(destination.postal_code), strict=False):
        if own != other:
            break
        alike += 1
    return (
        address.country_code != destination.country_code,
        address.state_or_region != destination.state_or_region,
        -alike,
    )


def _code(postal_code: str | None) -> str:
    return (postal_code or "").replace(" ", "").upper()
