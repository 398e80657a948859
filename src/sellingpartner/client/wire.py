"""A typed request as HTTP and HTTP as a typed answer, without any input or output of its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from sellingpartner.contract import errors
from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.operation import NoContent, Place, Request, answer_type, places

Answer = TypeVar("Answer")

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


def encode(request: Request[Any]) -> WireRequest:
    """Say a typed request in HTTP."""
    operation = request.operation
    where = places(type(request))
    path = operation.path
    for place in where.path:
        path = path.replace(f"{{{place.wire_name}}}", quote(_text(getattr(request, place.field)), safe=""))
    headers = {place.wire_name: _text(value) for place, value in _given(request, where.headers)}
    body = _body(request, where.body)
    if body is not None:
        headers["Content-Type"] = "application/json"
    query = urlencode(list(_query(request, where.query)), quote_via=quote)
    return WireRequest(operation.method, path, query, headers, body)


def decode(request: type[Request[Answer]], status: int, body: bytes) -> Answer:
    """Read an answer, or raise the error that it is."""
    if status >= errors.InvalidInput.status:
        raise error_of(status, body)
    kind: Any = answer_kind(request, status)
    decoded: Any = NoContent() if kind is NoContent else decoder(kind).decode(body)
    answer: Answer = decoded
    return answer


@cache
def answer_kind(request: type[Request[Any]], status: int) -> Any:  # noqa: ANN401 - a model's type
    """The model of an answer with this status: some operations have another one for 202."""
    return request.operation.extra.get("answers", {}).get(status) or answer_type(request)


def error_of(status: int, body: bytes) -> errors.SellingPartnerError:
    """The error that a refusal means: by its code, else by its status."""
    try:
        entry = msgspec.json.decode(body, type=errors.ErrorAnswer).errors[0]
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
        return _without_words(status, body)
    kind = _BY_CODE.get((status, entry.code)) or _BY_STATUS.get(status, errors.SellingPartnerError)
    return _made(kind, status, entry)


def _without_words(status: int, body: bytes) -> errors.SellingPartnerError:
    """A refusal that does not speak this API's language: by its status where that alone says what to do."""
    shown = body[:200].decode(errors="replace") or "nothing"
    said = f"The answer was {status} with {shown}"
    kind = _PLAIN.get(status)
    if kind is not None:
        return _made(kind, status, errors.ErrorEntry(code=kind.code, message=said))
    unreadable = errors.AnswerUnreadable(said)
    unreadable.status = status
    return unreadable


def _made(kind: type[errors.SellingPartnerError], status: int, entry: errors.ErrorEntry) -> errors.SellingPartnerError:
    error = kind.__new__(kind)  # each kind has a constructor of its own, for those who raise it
    errors.SellingPartnerError.__init__(error, entry.message, details=entry.details, code=entry.code)
    error.status = status
    return error


def _given(request: Request[Any], where: Iterable[Place]) -> Iterable[tuple[Place, Any]]:
    for place in where:
        value = getattr(request, place.field)
        if value is not None:
            yield place, value


def _query(request: Request[Any], where: Iterable[Place]) -> Iterable[tuple[str, str]]:
    for place, value in _given(request, where):
        if not isinstance(value, (list, tuple)):
            yield place.wire_name, _text(value)
        elif place.field in request.operation.repeated:
            yield from ((place.wire_name, _text(one)) for one in value)
        else:
            yield place.wire_name, ",".join(_text(one) for one in value)


def _body(request: Request[Any], where: tuple[Place, ...]) -> bytes | None:
    if request.operation.body is None:
        return None
    if request.operation.whole_body is not None:
        return _encoder.encode(getattr(request, request.operation.whole_body))
    return _encoder.encode({place.wire_name: value for place, value in _given(request, where)})


def _text(value: object) -> str:
    """A parameter's value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@cache
def decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    """Reads JSON as a type; making one costs more than using it."""
    return msgspec.json.Decoder(kind)


_KINDS: tuple[type[errors.SellingPartnerError], ...] = (
    errors.InvalidInput,
    errors.Unauthorized,
    errors.NotFound,
    errors.Conflict,
    errors.RequestTooLarge,
    errors.UnsupportedMediaType,
    errors.QuotaExceeded,
    errors.InternalFailure,
    errors.NotBuilt,
    errors.ServiceUnavailable,
)
_BY_STATUS = {kind.status: kind for kind in _KINDS} | {401: errors.Unauthorized}
_BY_CODE: dict[tuple[int, str], type[errors.SellingPartnerError]] = {
    (403, errors.MissingAuthenticationToken.code): errors.MissingAuthenticationToken,
}
_PLAIN: dict[int, type[errors.SellingPartnerError]] = {status: _BY_STATUS[status] for status in (413, 415, 429)}
