"""Values that have the right type and would yet break whoever calculates with them or stores them.

Times without an offset are taken as UTC, as clients mean them, and all times become UTC, within the market's bounds. A
time outside the calendar, a number that no column holds, one that is none (NaN) and a decimal of a million digits are
refused here, so that no handler has to.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

import msgspec

from sellingpartner.market.time.bounds import OutOfBounds, in_utc, within

_LARGEST = 2**63 - 1
_MOST_DIGITS = 15
_FINEST = -100


class Unsound(Exception):
    """A value that cannot be worked with; `place` is filled in on the way out."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.steps: list[str] = []

    @property
    def place(self) -> str:
        """Where it stands, such as `items[0].price`."""
        return "".join(reversed(self.steps)).removeprefix(".")


def sound(value: object) -> object:
    """The value with its times in UTC; raises `Unsound`. Models are changed in place: nobody has seen them yet."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, (int, float, Decimal)):
        _check_number(value)
    elif isinstance(value, msgspec.Struct):
        _settle_model(value)
    elif isinstance(value, (list, dict)):
        _settle_elements(value)
    elif isinstance(value, date):
        return within(value)
    return value


def _in_utc(value: datetime) -> datetime:
    try:
        return in_utc(value)
    except OutOfBounds as fault:
        raise Unsound(str(fault)) from None


def _check_number(value: float | Decimal) -> None:
    if isinstance(value, int):
        if not -_LARGEST <= value <= _LARGEST:
            raise Unsound(f"It must be a whole number of at most {_LARGEST}.")
    elif isinstance(value, Decimal):
        _check_decimal(value)
    elif not isfinite(value):
        raise Unsound("It must be a number; NaN and Infinity are none.")


def _check_decimal(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() >= _MOST_DIGITS or exponent < _FINEST:
        raise Unsound(f"It must be a number of at most {_MOST_DIGITS} digits before the point.")


def _settle_model(model: msgspec.Struct) -> None:
    for name in model.__struct_fields__:
        old = getattr(model, name)
        try:
            new = sound(old)
        except Unsound as fault:
            fault.steps.append(f".{wire_name(type(model), name)}")
            raise
        if new is not old:
            msgspec.structs.force_setattr(model, name, new)


def _settle_elements(values: list[Any] | dict[Any, Any]) -> None:
    for key, old in values.items() if isinstance(values, dict) else enumerate(values):
        try:
            new = sound(old)
        except Unsound as fault:
            fault.steps.append(f"[{key}]")
            raise
        if new is not old:
            values[key] = new


def wire_name(model: type[msgspec.Struct], field: str) -> str:
    """What a field is called on the wire."""
    return model.__struct_encode_fields__[model.__struct_fields__.index(field)]
