"""Time slots: when a package may be fetched or brought, and their ids.

An id says when, how, and how large and heavy the package is that it was given for, and it is signed: so nothing is kept
of slots that nobody takes.

Assumed: slots are offered for five days from two hours on, Sundays left out: two pick-ups a day of three hours, and one
time for bringing packages. Ten packages of a seller fit into one.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from math import ceil
from struct import error as StructError  # noqa: N812 - an exception by the name of a module's function
from struct import pack, unpack
from zoneinfo import ZoneInfo

import msgspec

from sellingpartner.market.shipping.easy_ship.refusals import InvalidSlot
from sellingpartner.market.shipping.easy_ship.rules import Rules
from sellingpartner.storage.unit import UnitOfWork

_DAYS = 6
_NOTICE = timedelta(hours=2)
_SUNDAY = 6
_FORM = ">BBIHHHI"
_VERSION = 1
_SEAL = 8
_END = b"\0\0"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MOST_PACKAGES = 10
_LARGEST = 65535
_HEAVIEST = 2**32 - 1


class Method(StrEnum):
    """How a package is handed over."""

    PICKUP = "PICKUP"
    DROPOFF = "DROPOFF"


_HOURS = {Method.PICKUP: ((time(10), time(13)), (time(14), time(17))), Method.DROPOFF: ((time(9), time(20)),)}
_METHODS = tuple(Method)


class Measures(msgspec.Struct, frozen=True):
    """How large a package is, in millimeters, and how heavy, in grams: whole numbers, as an id has room for."""

    length: int
    width: int
    height: int
    grams: int


class Slot(msgspec.Struct, frozen=True):
    """A time for handing over."""

    slot_id: str
    method: Method
    starts_at: datetime
    ends_at: datetime
    measures: Measures


def slots(unit: UnitOfWork, rules: Rules, order_id: str, measures: Measures) -> list[Slot]:
    """The slots that are open for a package, the soonest first."""
    zone = ZoneInfo(rules.time_zone)
    today = unit.now.astimezone(zone).date()
    methods = (Method.PICKUP, Method.DROPOFF) if rules.drop_off else (Method.PICKUP,)
    found = [
        _slot(unit, zone, order_id, day, method, place, measures)
        for day in (today + timedelta(days=ahead) for ahead in range(_DAYS))
        if day.weekday() != _SUNDAY
        for method in methods
        for place in range(len(_HOURS[method]))
    ]
    return sorted(
        (slot for slot in found if slot.starts_at >= unit.now + _NOTICE),
        key=lambda slot: (slot.starts_at, slot.method is Method.DROPOFF),
    )


def slot_of(unit: UnitOfWork, rules: Rules, order_id: str, slot_id: str) -> Slot:
    """The slot that an id stands for; raises `InvalidSlot`."""
    zone = ZoneInfo(rules.time_zone)
    try:
        raw = b64decode(slot_id, validate=True)
        said, seal = raw[: -_SEAL - len(_END)], raw[-_SEAL - len(_END) : -len(_END)]
        version, method, minutes, length, width, height, grams = unpack(_FORM, said)
    except (Error, ValueError, StructError):
        raise InvalidSlot(f"{slot_id[:60]!r} is no slot's id.") from None
    if version != _VERSION or not hmac.compare_digest(seal, _seal(unit, order_id, said)):
        raise InvalidSlot("The slot was given for another order, or its id was changed.")
    starts = (_EPOCH + timedelta(minutes=minutes)).astimezone(zone)
    kind = _METHODS[method]
    hours = next((hours for hours in _HOURS[kind] if hours[0] == starts.time()), _HOURS[kind][0])
    return Slot(
        slot_id, kind, starts, datetime.combine(starts.date(), hours[1], zone), Measures(length, width, height, grams)
    )


def _slot(
    unit: UnitOfWork, zone: ZoneInfo, order_id: str, day: date, method: Method, place: int, measures: Measures
) -> Slot:
    begins, ends = _HOURS[method][place]
    starts_at = datetime.combine(day, begins, zone)
    minutes = int((starts_at - _EPOCH).total_seconds()) // 60
    sides = (min(side, _LARGEST) for side in (measures.length, measures.width, measures.height))
    said = pack(_FORM, _VERSION, _METHODS.index(method), minutes, *sides, min(measures.grams, _HEAVIEST))
    slot_id = b64encode(said + _seal(unit, order_id, said) + _END).decode()
    return Slot(slot_id, method, starts_at, datetime.combine(day, ends, zone), measures)


def _seal(unit: UnitOfWork, order_id: str, said: bytes) -> bytes:
    """Assumed: to sign time slots the market's seed is secret enough, as with page tokens."""
    key = f"time slots of {unit.seller_id} in market {unit.seed}".encode()
    return hmac.digest(key, order_id.encode() + said, sha256)[:_SEAL]


def measured(length_cm: float, width_cm: float, height_cm: float, grams: float) -> Measures:
    """A package's measures as ids say them, rounded up."""
    length, width, height = (ceil(round(side * 10, 6)) for side in (length_cm, width_cm, height_cm))
    return Measures(length, width, height, ceil(grams))
