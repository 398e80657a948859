"""Access points: counters and lockers where parcels wait for their buyers. The same seed gives the same ones.

Assumed: those within some kilometers of the middle of a postal code are found, the nearest first; how far it is from
there, and by car, is reckoned as a bird flies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from math import cos, radians
from random import Random

import msgspec

from sellingpartner.market.centers.model import Point
from sellingpartner.market.centers.questions import kilometers
from sellingpartner.market.shipping.access_points.places import Country, Kind, Span, Town, places, plain
from sellingpartner.market.shipping.refusals import InvalidRequest, NoSuchResource
from sellingpartner.market.time.chance import luck_of, uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_WEEKDAYS = 5
_KILOMETERS_A_DEGREE = 111.2
_SPREAD = 5.0
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_AHEAD = timedelta(days=60)


class AccessPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A counter, or a locker."""

    access_point_id: str
    kind: str
    name: str
    line_1: str
    city: str
    state: str
    postal_code: str
    country_code: str
    place: Point
    time_zone: str
    is_staffed: bool
    hours: dict[str, Span]
    """When it is open, by the day of the week; on days that are left out it is closed."""
    noon: Span | None
    """When it is closed around noon."""


class Nearby(msgspec.Struct, frozen=True, kw_only=True):
    """An access point, and how far it is."""

    point: AccessPoint
    kilometers: float
    minutes: int
    score: float
    """From 0 to 1; the nearer, the higher."""


def access_points(unit: UnitOfWork, country: str, postal_code: str, kinds: Sequence[str]) -> dict[str, list[Nearby]]:
    """The access points of some kinds near a postal code; raises `InvalidRequest` for what is none of the country's."""
    settled = places()
    there = settled.countries.get(country)
    if there is None:
        return {kind: [] for kind in kinds}
    if not there.has_code(postal_code):
        raise InvalidRequest(f"postalCode {postal_code[:20]!r} is no postal code of {country}.")
    town = _town_of(there, plain(postal_code))
    if town is None:
        return {kind: [] for kind in kinds}
    middle = _middle(unit.seed, town, plain(postal_code))
    found: dict[str, list[Nearby]] = {kind: [] for kind in kinds}
    for point in all_points(unit.seed, country):
        if point.kind in found and (near := _nearby(point, middle)).kilometers <= settled.within_kilometers:
            found[point.kind].append(near)
    for points in found.values():
        points.sort(key=lambda one: (one.kilometers, one.point.access_point_id))
        del points[settled.most :]
    return found


def find_access_point(unit: UnitOfWork, access_point_id: str) -> AccessPoint:
    """An access point; raises `NoSuchResource`."""
    for country in places().countries:
        for point in all_points(unit.seed, country):
            if point.access_point_id == access_point_id:
                return point
    raise NoSuchResource(f"There is no access point {access_point_id[:60]!r}.")


def closed_days(point: AccessPoint, today: date) -> list[date]:
    """The days of the next weeks on which a staffed access point is closed although it is usually open."""
    if not point.is_staffed:
        return []
    closed = places().countries[point.country_code].closed
    ahead = (today + timedelta(days=days) for days in range(_AHEAD.days))
    return [day for day in ahead if f"{day:%m-%d}" in closed and _DAYS[day.weekday()] in point.hours]


@lru_cache(maxsize=64)
def all_points(seed: int, country: str) -> tuple[AccessPoint, ...]:
    """Every access point of a country."""
    there = places().countries[country]
    return tuple(point for town in there.towns for point in _of_town(seed, country, there, town))


def _of_town(seed: int, country: str, there: Country, town: Town) -> Iterator[AccessPoint]:
    for kind_name, count in there.counts.items():
        kind = places().kinds[kind_name]
        for place in range(count):
            purpose = ("access point", country, town.city, kind_name, place)
            luck = luck_of(seed, *purpose)
            code = _code(luck, town.codes)
            yield AccessPoint(
                access_point_id=uuid_of(wide_number_of(seed, *purpose)),
                kind=kind_name,
                name=kind.name.format(shop=luck.choice(there.shops), word=luck.choice(there.words)),
                line_1=there.line.format(number=luck.randint(1, 240), street=luck.choice(there.streets)),
                city=town.city,
                state=town.state,
                postal_code=code,
                country_code=country,
                place=_beside(luck, _middle(seed, town, plain(code)), 0.4),
                time_zone=town.time_zone,
                is_staffed=kind.is_staffed,
                hours=_hours(kind),
                noon=there.noon if kind.is_staffed else None,
            )


def _hours(kind: Kind) -> dict[str, Span]:
    """The hours of each day on which it is open."""
    found = dict.fromkeys(_DAYS[:_WEEKDAYS], kind.week[0])
    return found | dict(zip(_DAYS[_WEEKDAYS:], kind.week[1:], strict=False))


def _town_of(there: Country, code: str) -> Town | None:
    return next((town for town in there.towns if town.holds(code)), None)


def _middle(seed: int, town: Town, code: str) -> Point:
    """The middle of a postal code: somewhere in its town, and always there."""
    return _beside(luck_of(seed, "postal code", town.city, code), town.place, _SPREAD)


def _beside(luck: Random, place: Point, spread: float) -> Point:
    """A place at most so many kilometers north or south, east or west, of another."""
    north, east = (luck.uniform(-spread, spread) / _KILOMETERS_A_DEGREE for _ in range(2))
    return Point(place[0] + north, place[1] + east / cos(radians(place[0])))


def _nearby(point: AccessPoint, middle: Point) -> Nearby:
    settled = places()
    away = kilometers(point.place, middle)
    return Nearby(
        point=point,
        kilometers=away,
        minutes=round(away / settled.kilometers_an_hour * 60),
        score=1 / (1 + away / settled.within_kilometers),
    )


def _code(luck: Random, form: str) -> str:
    """A postal code of a form; none of it begins a group of digits with 0."""
    signs = {"#": "123456789", "?": _LETTERS}
    return "".join(luck.choice(signs[sign]) if sign in signs else sign for sign in form)
