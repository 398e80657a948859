"""Values that have the right type and would yet break whoever calculates with them or stores them.

Times without an offset are taken as UTC, as clients mean them, and all times become UTC, within the market's bounds. A
time outside the calendar, a number that no column holds, one that is none (NaN) and a decimal of a million digits are
refused here, so that no handler has to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from sellingpartner.market.time.bounds import OutOfBounds, in_utc, within

_LARGEST = 2**63 - 1
_MOST_DIGITS = 15
_FINEST = -100
_SHORT = 50


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
    way = _ways[type(value)]
    return value if way is None else way(value)


Way = Callable[[Any], object]


class _Ways(dict[type, Way | None]):
    """How a value of a type is made sound; None where each is, whatever it says, as texts are."""

    def __missing__(self, kind: type) -> Way | None:
        known: dict[type, Way | None] = {
            bool: None,
            datetime: _in_utc,
            date: within,
            int: _checked_integer,
            float: _checked_float,
            Decimal: _checked_decimal,
            msgspec.Struct: _settled_model,
            list: _settled_elements,
            dict: _settled_elements,
        }
        way = self[kind] = next((way for base, way in known.items() if issubclass(kind, base)), None)
        return way


_ways = _Ways()


def _in_utc(value: datetime) -> datetime:
    try:
        return in_utc(value)
    except OutOfBounds as fault:
        raise Unsound(str(fault)) from None


def _checked_integer(value: int) -> int:
    if not -_LARGEST <= value <= _LARGEST:
        raise Unsound(f"It must be a whole number of at most {_LARGEST}.")
    return value


def _checked_float(value: float) -> float:
    if not isfinite(value):
        raise Unsound("It must be a number; NaN and Infinity are none.")
    return value


def _checked_decimal(value: Decimal) -> Decimal:
    if value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS and len(str(value)) < _SHORT:
        return value  # as nearly all are: to ask for the exponent takes ten times as long
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() >= _MOST_DIGITS or exponent < _FINEST:
        raise Unsound(f"It must be a number of at most {_MOST_DIGITS} digits before the point.")
    return value


def _settled_model(model: msgspec.Struct) -> msgspec.Struct:
    for name in _looked_at(type(model)):
        old = getattr(model, name)
        way = _ways[type(old)]
        if way is None:
            continue
        try:
            new = way(old)
        except Unsound as fault:
            fault.steps.append(f".{wire_name(type(model), name)}")
            raise
        if new is not old:
            msgspec.structs.force_setattr(model, name, new)
    return model


@cache
def _looked_at(model: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a model in which there may be something unsound: most are texts, and what is made of texts."""
    return tuple(name for name, kind in _kinds(model).items() if not _is_of_texts(kind, set()))


@cache
def _kinds(model: type[msgspec.Struct]) -> dict[str, Any]:
    kinds = get_type_hints(model)
    return {name: kinds[name] for name in model.__struct_fields__}


def _is_of_texts(kind: Any, within: set[type]) -> bool:  # noqa: ANN401 - whatever stands in an annotation
    """Whether all that a type holds are texts and truths; `within` are the models that are being asked already."""
    if get_origin(kind) in {Union, UnionType, list}:
        return all(_is_of_texts(each, within) for each in get_args(kind))
    if not isinstance(kind, type):
        return False
    if issubclass(kind, msgspec.Struct):
        return kind in within or all(_is_of_texts(each, within | {kind}) for each in _kinds(kind).values())
    return issubclass(kind, (str, bool, NoneType))


def _settled_elements(values: list[Any] | dict[Any, Any]) -> list[Any] | dict[Any, Any]:
    for key, old in values.items() if isinstance(values, dict) else enumerate(values):
        try:
            new = sound(old)
        except Unsound as fault:
            fault.steps.append(f"[{key}]")
            raise
        if new is not old:
            values[key] = new
    return values


def wire_name(model: type[msgspec.Struct], field: str) -> str:
    """What a field is called on the wire."""
    return model.__struct_encode_fields__[model.__struct_fields__.index(field)]
