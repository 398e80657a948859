"""Who carries a shipment to a fulfillment center, and for how much: the transport options.

Carriers are data (`carriers.toml`). Amazon's partners carry within a country only, and tell a price: for boxes of which
size and weight are known, and for pallets if their freight class is. Carriers of the seller's own tell none, and want a
delivery window first.

Assumed: a partner takes boxes of up to 50 pounds; pallets must be ready within two weeks, and are fetched on the first
working day from then on. A quote holds for three days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import ceil

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound.sizes import Size, Weight
from sellingpartner.market.shipping.carriers.services import find_service
from sellingpartner.market.shipping.carriers.zones import Spot, zone_between
from sellingpartner.market.shipping.rating.quoting import price_of, steps_begun

_QUOTE_HOLDS = timedelta(days=3)
_READY_WITHIN = timedelta(days=14)
_MOST_KILOGRAMS = 22.7
_OPENS, _OPEN_FOR = time(8), timedelta(hours=9)
_SATURDAY = 5


class Mode(StrEnum):
    """How something travels."""

    PARCEL = "GROUND_SMALL_PARCEL"
    FREIGHT = "FREIGHT_LTL"


VOIDS_WITHIN = {Mode.PARCEL: timedelta(hours=24), Mode.FREIGHT: timedelta(hours=1)}
"""For how long after it was confirmed a partner's transport costs nothing if it is called off, by its mode."""


class Solution(StrEnum):
    """Whose carrier it is."""

    PARTNERED = "AMAZON_PARTNERED_CARRIER"
    OWN = "USE_YOUR_OWN_CARRIER"


CONFIRMED_WINDOW = "CONFIRMED_DELIVERY_WINDOW"
"""What a carrier of the seller's own wants first."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A box or pallet, or so many that are alike; without what its seller has not said."""

    size: Size | None
    weight: Weight | None
    quantity: int


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be carried, from where to where and from when on."""

    start: Spot
    end: Spot
    ready_at: datetime
    boxes: tuple[Piece, ...]
    pallets: tuple[Piece, ...] = ()
    freight_class: str | None = None


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A way to carry it."""

    name: str
    alpha_code: str | None
    mode: Mode
    solution: Solution
    cost: Money | None = None
    holds_until: datetime | None = None
    picked_up_from: datetime | None = None
    picked_up_until: datetime | None = None


class _Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    modes: tuple[Mode, ...]
    alpha_code: str | None = None


class _Parcel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    alpha_code: str
    service_id: str
    percent: int


class _Freight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    alpha_code: str
    pallet: int
    hundred_kilograms: int
    zone: int


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    own: tuple[_Own, ...] = ()
    parcel: _Parcel | None = None
    freight: tuple[_Freight, ...] = ()


class _Table(msgspec.Struct, frozen=True):
    classes: dict[str, int]
    countries: dict[str, _Country]


@cache
def _table() -> _Table:
    path = files("sellingpartner.market.inbound.transport") / "carriers.toml"
    said: dict[str, object] = msgspec.toml.decode(path.read_bytes())
    classes = msgspec.convert(said.pop("freight_classes"), dict[str, int])
    return _Table(classes, msgspec.convert(said, dict[str, _Country]))


def freight_classes() -> frozenset[str]:
    """Every freight class that has a price."""
    return frozenset(_table().classes)


def country_of(code: str) -> tuple[_Country, _Country]:
    """What a country has, and what all have."""
    countries = _table().countries
    return countries.get(code, _Country()), countries["everywhere"]


def offers(load: Load, currency: str, now: datetime) -> list[Offer]:
    """The ways to carry a load: Amazon's partners first, then the carriers that a seller may book by itself."""
    there, everywhere = country_of(load.end.country)
    partnered = [*_parcel(load, there, currency, now), *_freight(load, there, currency, now)]
    own = [
        Offer(name=one.name, alpha_code=one.alpha_code, mode=mode, solution=Solution.OWN)
        for one in (*there.own, *everywhere.own)
        for mode in one.modes
    ]
    return [*partnered, *own]


def parcel_cost(load: Load) -> int | None:
    """What Amazon's partner takes for the boxes of a load, in minor units; None where it does not carry them."""
    partner = country_of(load.end.country)[0].parcel
    offered = None if partner is None else find_service(load.end.country, partner.service_id)
    if partner is None or offered is None or load.start.country != load.end.country or not load.boxes:
        return None
    zone, total = zone_between(load.start, load.end), 0
    for box in load.boxes:
        if box.size is None or box.weight is None or not 0 < box.weight.kilograms <= _MOST_KILOGRAMS:
            return None
        long, middle, short = box.size.centimeters
        steps = steps_begun(offered, box.weight.kilograms * 1000, long * middle * short)
        total += box.quantity * price_of(offered, steps, zone) * partner.percent // 100
    return total


def freight_cost(load: Load, partner: _Freight) -> int | None:
    """What a partner takes for the pallets of a load, in minor units; None where it does not carry them."""
    percent = _table().classes.get(load.freight_class or "")
    if percent is None or not load.pallets or load.start.country != load.end.country:
        return None
    kilograms, count = 0.0, 0
    for pallet in load.pallets:
        if pallet.size is None or pallet.weight is None or pallet.weight.kilograms <= 0:
            return None
        kilograms += pallet.quantity * pallet.weight.kilograms
        count += pallet.quantity
    price = count * partner.pallet + ceil(kilograms / 100) * partner.hundred_kilograms
    return (price + partner.zone * (zone_between(load.start, load.end) - 1)) * percent // 100


def partnered_tracking(country: str) -> str:
    """The form of the tracking numbers of the partner that carries boxes in a country."""
    partner = country_of(country)[0].parcel
    offered = None if partner is None else find_service(country, partner.service_id)
    return "##########" if offered is None else offered.carrier.tracking


def fetched(ready_at: datetime) -> tuple[datetime, datetime]:
    """When pallets are fetched that are ready at a moment: on the next working day, between eight and five."""
    day = ready_at.astimezone(UTC).date()
    if ready_at.astimezone(UTC).time() > _OPENS:
        day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    starts_at = datetime.combine(day, _OPENS, UTC)
    return starts_at, starts_at + _OPEN_FOR


def _parcel(load: Load, there: _Country, currency: str, now: datetime) -> Iterator[Offer]:
    cost = parcel_cost(load)
    if there.parcel is not None and cost is not None:
        yield Offer(
            name=there.parcel.name,
            alpha_code=there.parcel.alpha_code,
            mode=Mode.PARCEL,
            solution=Solution.PARTNERED,
            cost=Money(cost, currency),
            holds_until=now + _QUOTE_HOLDS,
        )


def _freight(load: Load, there: _Country, currency: str, now: datetime) -> Iterator[Offer]:
    if load.ready_at > now + _READY_WITHIN:
        return
    for partner in there.freight:
        cost = freight_cost(load, partner)
        if cost is None:
            continue
        starts_at, ends_at = fetched(max(load.ready_at, now))
        yield Offer(
            name=partner.name,
            alpha_code=partner.alpha_code,
            mode=Mode.FREIGHT,
            solution=Solution.PARTNERED,
            cost=Money(cost, currency),
            holds_until=now + _QUOTE_HOLDS,
            picked_up_from=starts_at,
            picked_up_until=ends_at,
        )
