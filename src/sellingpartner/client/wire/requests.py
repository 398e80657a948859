"""A typed request as HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import ClassVar
from urllib.parse import quote, urlencode

import msgspec

from sellingpartner.contract import errors
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.operation import Place, Request, places

UNWRITABLE: tuple[type[Exception], ...] = (ValueError, TypeError, ArithmeticError, RecursionError)
"""What writing a caller's values may raise: half a letter, a value of no known kind, a time before all time."""

_NOWHERE = frozenset({"", ".", ".."})
"""What in a path is no name, but a way to another place."""
NO_ZONE = "has no time zone; write datetime(..., tzinfo=UTC) if UTC is meant"

_encoder = msgspec.json.Encoder(decimal_format="number")


class WireRequest(Discreet, msgspec.Struct, frozen=True):
    """What goes out: the path is percent-encoded, the query string ready to append."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"body"})

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes | None

    @property
    def target(self) -> str:
        """Path and query together."""
        return f"{self.path}?{self.query}" if self.query else self.path


def encode(request: Request[object]) -> WireRequest:
    """Say a typed request in HTTP; raises `InvalidInput` that names the field which cannot be said."""
    try:
        return _encoded(request)
    except UNWRITABLE as reason:
        raise _unwritable(request, reason) from None


def _encoded(request: Request[object]) -> WireRequest:
    operation = request.operation
    where = places(type(request))
    path = operation.path
    for place in where.path:
        path = path.replace(f"{{{place.wire_name}}}", _in_path(getattr(request, place.field)))
    headers = {place.wire_name: in_header(_text(value)) for place, value in _given(request, where.headers)}
    body = _body(request, where.body)
    if body is not None:
        headers["Content-Type"] = "application/json"
    query = urlencode(list(_query(request, where.query)), quote_via=quote)
    return WireRequest(operation.method, path, query, headers, body)


def _in_path(value: object) -> str:
    text = "" if value is None else _text(value)
    if text in _NOWHERE:
        message = f"{text!r} would lead to another address"
        raise ValueError(message)
    return quote(text, safe="")


def in_header(text: str) -> str:
    """The text, if it can stand in a header; else a `ValueError` that says why not."""
    if text.isascii() and text.isprintable():
        return text
    message = "a header holds printable ASCII alone"
    raise ValueError(message)


def _unwritable(request: Request[object], reason: Exception) -> errors.InvalidInput:
    """Says which field it is, by trying one after the other."""
    where = places(type(request))
    tries: list[tuple[tuple[Place, ...], Callable[[object], object]]] = [
        (where.path, _in_path),
        (
            where.query,
            lambda value: [quote(_text(one)) for one in (value if isinstance(value, (list, tuple)) else [value])],
        ),
        (where.headers, lambda value: in_header(_text(value))),
        (where.body, _in_body),
    ]
    for fields, write in tries:
        for place in fields:
            try:
                write(getattr(request, place.field))
            except UNWRITABLE as why:
                return errors.InvalidArgument(f"{place.field} {_why(why)}.")
    return errors.InvalidArgument(f"The request {_why(reason)}.")


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else [value]


def _why(reason: Exception) -> str:
    if isinstance(reason, UnicodeEncodeError):
        half = reason.object[reason.start : reason.end]
        return f"cannot be sent: {half!r} at position {reason.start} is half a letter"
    said = str(reason) or type(reason).__name__
    return said if said == NO_ZONE else f"cannot be sent: {said}"


def _given(request: Request[object], where: Iterable[Place]) -> Iterable[tuple[Place, object]]:
    for place in where:
        value = getattr(request, place.field)
        if value is not None:
            yield place, value


def _query(request: Request[object], where: Iterable[Place]) -> Iterable[tuple[str, str]]:
    for place, value in _given(request, where):
        if not isinstance(value, (list, tuple)):
            yield place.wire_name, _text(value)
        elif place.field in request.operation.repeated:
            yield from ((place.wire_name, _text(one)) for one in value)
        else:
            yield place.wire_name, ",".join(_text(one) for one in value)


def _body(request: Request[object], where: tuple[Place, ...]) -> bytes | None:
    if request.operation.body is None:
        return None
    if request.operation.whole_body is not None:
        whole = getattr(request, request.operation.whole_body)
        return None if whole is None else _in_body(whole)
    fields = dict(_given(request, where))
    if any(isinstance(value, datetime) and value.tzinfo is None for value in fields.values()):
        raise ValueError(NO_ZONE)
    return _encoder.encode({place.wire_name: value for place, value in fields.items()})


def _in_body(value: object) -> bytes:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(NO_ZONE)
    return _encoder.encode(value)


def _text(value: object) -> str:
    """A parameter's value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(NO_ZONE)
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
