"""How parcels travel: what will happen to one, drawn when it sets out.

Assumed: of 300 parcels one is lost and of 150 one comes back undelivered; of those with a label of the market one in 16
arrives a day or two after its promise, in one of 20 nobody is there at the first attempt, and half of those that come
back were refused. Those that travel by other labels take the days of the order's service.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import msgspec

from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.model import Bought, Scan

_LOST, _RETURNED = 1 / 300, 1 / 150
_LATE = 1 / 16
_MISSED, _REFUSED = 1 / 20, 1 / 2
_LEFT_AT = ("DeliveredToPorch", "DeliveredToMailRoom", "DeliveredToReceptionist", "DeliveredToNeighbor")
_SIGNED = "Signed"
_SEARCHED_FOR = timedelta(days=9)
_KEPT_FOR = timedelta(days=1)


def with_label(luck: Random, bought: Bought, start: str, end: str, *, home: str, is_signed: bool) -> list[Scan]:
    """The way of a parcel with a label of the market, from the hand-over on; signed for where that was bought."""
    accepted = bought.leaves_at + timedelta(hours=luck.uniform(1, 5))
    departed = accepted + timedelta(hours=luck.uniform(2, 8))
    soonest = max(bought.earliest_at - timedelta(hours=7), departed + timedelta(hours=1))
    arrives = soonest + (max(bought.latest_at, soonest) - soonest) * luck.random()
    if luck.random() < _LATE:
        arrives += timedelta(days=luck.randint(1, 2))
    leaves_depot = max(departed, arrives - timedelta(hours=luck.uniform(2, 6)))
    way = [
        Scan(at=accepted, status=ParcelStatus.ACCEPTED, place=start),
        Scan(at=departed, status=ParcelStatus.IN_TRANSIT, place=start),
        Scan(at=leaves_depot, status=ParcelStatus.OUT_FOR_DELIVERY, place=end),
    ]
    return _at_the_door(luck, _ended(luck, way, arrives, start=home, end=end), end, is_signed=is_signed)


def place_of(city: str, state: str | None, country: str) -> str:
    """A place as carriers write it."""
    return ", ".join(filter(None, (city, state, country)))


def with_other_label(luck: Random, arrives: datetime) -> list[Scan]:
    """The way of a parcel that is on it already, by a label of somebody else's."""
    return _ended(luck, [], arrives, start="", end="")


def from_center(luck: Random, leaves: datetime, latest: datetime) -> list[Scan]:
    """The way of a parcel that leaves a fulfillment center and is to arrive by a moment."""
    travels = max(latest - leaves, timedelta(hours=12))
    arrives = leaves + travels * luck.uniform(0.5, 0.95)
    if luck.random() < _LATE:
        arrives = leaves + travels + timedelta(days=luck.randint(1, 2))
    station = leaves + (arrives - leaves) * 0.6
    way = [
        Scan(at=station, status=ParcelStatus.IN_TRANSIT),
        Scan(at=arrives - (arrives - station) * 0.25, status=ParcelStatus.OUT_FOR_DELIVERY),
    ]
    return _ended(luck, way, arrives, start="", end="")


def by_easy_ship(luck: Random, begins: datetime, ends: datetime, latest: datetime) -> list[Scan]:
    """The way of a package of Easy Ship: handed over in its slot, by way of two fulfillment centers to its buyer."""
    handed = begins + (ends - begins) * luck.random()
    origin = handed + timedelta(hours=luck.uniform(3, 8))
    arrives = max(origin + timedelta(days=1), origin + (latest - origin) * luck.uniform(0.4, 0.95))
    destination = origin + (arrives - origin) * 0.6
    way = [
        Scan(at=handed, status=ParcelStatus.ACCEPTED),
        Scan(at=origin, status=ParcelStatus.IN_TRANSIT, place="origin fulfillment center"),
        Scan(at=destination, status=ParcelStatus.IN_TRANSIT, place="destination fulfillment center"),
        Scan(at=arrives - (arrives - destination) * 0.3, status=ParcelStatus.OUT_FOR_DELIVERY),
    ]
    return _ended(luck, way, arrives, start="", end="")


def _ended(luck: Random, way: list[Scan], arrives: datetime, *, start: str, end: str) -> list[Scan]:
    """The last part of a way: mostly to the buyer."""
    fate = luck.random()
    if fate < _LOST:
        lost = arrives + _SEARCHED_FOR
        return [*(one for one in way if one.status is not ParcelStatus.OUT_FOR_DELIVERY), lost_at(lost)]
    if fate < _LOST + _RETURNED:
        return [*way, *back(arrives + _KEPT_FOR, arrives + _KEPT_FOR + timedelta(days=luck.uniform(2, 6)), start, end)]
    return [*way, Scan(at=arrives, status=ParcelStatus.DELIVERED, place=end)]


def _at_the_door(luck: Random, way: list[Scan], end: str, *, is_signed: bool) -> list[Scan]:
    """What happens at the recipient's door besides: nobody is there, or the parcel is refused."""
    last = way[-1]
    if last.status is ParcelStatus.DELIVERED:
        is_missed = luck.random() < _MISSED
        left_at = luck.choice(_LEFT_AT)
        left = Scan(at=last.at, status=last.status, place=end, detail=_SIGNED if is_signed else left_at)
        if not is_missed:
            return [*way[:-1], left]
        again = last.at + timedelta(hours=luck.uniform(18, 24))
        return [
            *way[:-1],
            Scan(at=last.at, status=ParcelStatus.ATTEMPTED, place=end, detail="CustomerUnavailable"),
            Scan(at=again, status=ParcelStatus.OUT_FOR_DELIVERY, place=end),
            msgspec.structs.replace(left, at=again + timedelta(hours=luck.uniform(1, 5))),
        ]
    if last.status is ParcelStatus.RETURNED:
        back_at = way[-2].at - _KEPT_FOR
        is_refused = luck.random() < _REFUSED
        status = ParcelStatus.REFUSED if is_refused else ParcelStatus.ATTEMPTED
        why = "Rejected" if is_refused else luck.choice(("AddressNotFound", "UnableToAccess"))
        return [*way[:-2], Scan(at=back_at, status=status, place=end, detail=why), *way[-2:]]
    return way


def lost_at(moment: datetime) -> Scan:
    """That a parcel is given up."""
    return Scan(at=moment, status=ParcelStatus.LOST)


def back(turns_at: datetime, returns_at: datetime, start: str, end: str) -> list[Scan]:
    """The way back to the sender."""
    return [
        Scan(at=turns_at, status=ParcelStatus.RETURNING, place=end),
        Scan(at=returns_at, status=ParcelStatus.RETURNED, place=start),
    ]
