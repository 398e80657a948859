"""What AWD charges for keeping boxes, for handling them, and for carrying them to FBA."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.referral import money_of

CURRENCY = "USD"
_CUBIC_FOOT = Decimal("304.8") ** 3


class _Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    since: date
    storage: dict[str, Decimal]
    smart_storage: dict[str, Decimal]
    box_in: Decimal
    box_out: Decimal
    transport: Decimal


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    periods: tuple[_Period, ...]


@cache
def _periods() -> tuple[_Period, ...]:
    place = files("sellingpartner.market.money.fees") / "distribution.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Table).periods


def _in_force(on: date) -> _Period:
    return next((one for one in reversed(_periods()) if one.since <= on), _periods()[0])


def awd_storage_fee(region: str, volume_mm3: Decimal, month: date, *, is_smart: bool) -> Money:
    """What the average space of a month costs; the amount is rounded once."""
    period = _in_force(month)
    rates = period.smart_storage if is_smart else period.storage
    return money_of(rates[region] * volume_mm3 / _CUBIC_FOOT, CURRENCY)


def awd_inbound_fee(boxes: int, on: date) -> Money:
    """What it costs to receive boxes."""
    return money_of(_in_force(on).box_in * boxes, CURRENCY)


def awd_outbound_fee(boxes: int, on: date) -> Money:
    """What it costs to send boxes out."""
    return money_of(_in_force(on).box_out * boxes, CURRENCY)


def awd_transport_fee(volume_mm3: int, on: date) -> Money:
    """What it costs to carry boxes to FBA."""
    return money_of(_in_force(on).transport * Decimal(volume_mm3) / _CUBIC_FOOT, CURRENCY)
