"""Builds a typed answer from whatever came, noting each surprise; the slow way, taken when the fast one fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin

import msgspec

from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.message import OpenEnum

Note = Callable[[str, str], None]
"""Takes where the surprise is and what it is."""

_NAMES: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    Decimal: "a fraction",
    list: "a list",
    dict: "an object",
}
_DIGITS = 40


def _exact(number: str) -> Decimal | str:
    try:
        return Decimal(number)
    except ArithmeticError:  # an exponent that nobody can hold
        return number


_reader = msgspec.json.Decoder(float_hook=_exact)


def read(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """What a body holds, with its numbers exact."""
    return _reader.decode(body)


def value(kind: Annotation, found: object, where: str, note: Note) -> Any:  # noqa: ANN401 - of that type, or as it came
    """Read what JSON held as a type, as well as it can be."""
    return _value(kind, found, where, note)


def _value(kind: Annotation, value: object, where: str, note: Note) -> object:
    wanted = bare(kind)
    if value is None or wanted is Any:
        return value
    if isinstance(wanted, type):
        return _typed(wanted, value, where, note)
    origin = get_origin(wanted)
    if origin is list and isinstance(value, list):
        (inner,) = get_args(wanted)
        return [_value(inner, one, f"{where}[]", note) for one in value]
    if origin is dict and isinstance(value, dict):
        _, inner = get_args(wanted)
        return {key: _value(inner, one, f"{where}{{}}", note) for key, one in value.items()}
    note(where, f"{_name(value)} instead of {_name(origin)}")
    return value


def _typed(kind: type, value: object, where: str, note: Note) -> object:
    if is_model(kind):
        return _struct(kind, value, where, note)
    if issubclass(kind, Enum):
        return _member(kind, value, where, note)
    if kind in {datetime, date}:
        return _moment(kind, value, where, note)
    return value if type(value) is kind else _scalar(kind, value, where, note)


def _struct(kind: type[msgspec.Struct], value: object, where: str, note: Note) -> object:
    if not isinstance(value, Mapping):
        note(where, f"{_name(value)} instead of an object")
        return value
    prefix = f"{where}." if where else ""
    known = fields_of(kind)
    built = {}
    for field in known.values():
        path = prefix + field.wire_name
        given = value.get(field.wire_name)
        if given is not None:
            built[field.name] = _value(field.type, given, path, note)
        elif field.required:
            if field.wire_name not in value or type(None) not in get_args(field.type):
                note(path, "null" if field.wire_name in value else "missing")
            built[field.name] = _empty(field.type)
        else:
            built[field.name] = None if field.wire_name in value else field.default
    for name in sorted(value.keys() - known.keys()):
        note(prefix + name, "unknown field")
    return kind(**built)


def _member(kind: type[Enum], value: object, where: str, note: Note) -> object:
    try:
        member = kind(value)
    except ValueError:
        note(where, f"{_name(value)} instead of one of the values of {kind.__name__}")
        return value
    if isinstance(member, OpenEnum) and not member.is_known:
        note(where, f"new value {member[:80]}")
    return member


def _scalar(kind: type, value: object, where: str, note: Note) -> object:
    """A value in another form than the contract says; what converts without loss is converted."""
    number = value if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
    if number is not None and kind in {Decimal, float}:
        return _number(kind, number)
    note(where, f"{_name(value)} instead of {_name(kind)}")
    if kind is str and number is not None:
        return str(number)
    if kind is bool and isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return _number(kind, value) if kind in {int, float, Decimal} and isinstance(value, (str, Decimal)) else value


def _number(kind: type, value: str | int | Decimal) -> object:
    try:
        exact = Decimal(value)
        if kind is not int:
            return kind(exact)
        # A few letters can name a number that takes hours to write out.
        return int(exact) if abs(exact.adjusted()) < _DIGITS and exact == int(exact) else value
    except (ValueError, ArithmeticError):
        return value


def _moment(kind: type, value: object, where: str, note: Note) -> object:
    try:
        moment: object = msgspec.convert(value, kind)
    except msgspec.ValidationError:
        note(where, f"{_name(value)} that is no {kind.__name__}")
        return value
    if isinstance(moment, datetime) and moment.tzinfo is None:
        note(where, "no time zone")
        return moment.replace(tzinfo=UTC)  # Assumed: a time in Amazon's answers that names no zone is in UTC
    return moment


def has_naive_time(kind: Annotation, value: object) -> bool:
    """Whether a time lacks its zone. An API writes a field one way: of a list, the first entry is looked at."""
    return naive_time(kind, value, entries=1) is not None


def naive_time(kind: Annotation, value: object, *, entries: int | None = None) -> str | None:
    """Where a time lacks its zone, as a dotted name; of each list so many entries are looked at, or all."""
    if value is None or not _holds_time(kind):
        return None
    if isinstance(value, datetime):
        return "" if value.tzinfo is None else None
    if isinstance(value, msgspec.Struct):
        parts = [(name, of, getattr(value, name)) for name, of in _times_of(type(value))]
    elif isinstance(value, (list, tuple)):
        parts = [(str(index), get_args(bare(kind))[0], one) for index, one in enumerate(value[:entries])]
    else:
        return None
    for name, of, part in parts:
        below = naive_time(of, part, entries=entries)
        if below is not None:
            return f"{name}.{below}" if below else name
    return None


@cache
def _times_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, Annotation], ...]:
    return tuple((field.name, field.type) for field in fields_of(kind).values() if _holds_time(field.type))


@cache
def _holds_time(kind: Annotation) -> bool:
    return _reaches_time(kind, frozenset())


def _reaches_time(kind: Annotation, above: frozenset[Annotation]) -> bool:
    wanted = bare(kind)
    if wanted is datetime:
        return True
    if is_model(wanted):
        return wanted not in above and any(
            _reaches_time(field.type, above | {wanted}) for field in fields_of(wanted).values()
        )
    return get_origin(wanted) is list and _reaches_time(get_args(wanted)[0], above)


def _empty(kind: Annotation) -> object:
    origin = get_origin(bare(kind))
    return origin() if origin in {list, dict} else None


def _name(thing: object) -> str:
    kind = thing if isinstance(thing, type) else type(thing)
    return _NAMES.get(kind, kind.__name__)
