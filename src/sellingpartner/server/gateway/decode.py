"""From what arrived to the typed request, strictly: whatever is wrong is refused with its name, its fault and the cure.

Unknown parameters are ignored, as Amazon ignores them. Arrays come joined by commas or as repeated keys.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec

from sellingpartner.contract.errors import InvalidInput, UnsupportedMediaType
from sellingpartner.contract.message import closed_enums
from sellingpartner.contract.operation import Place, Request, places
from sellingpartner.server.gateway.faults import in_body, in_parameter
from sellingpartner.server.gateway.http import HttpRequest
from sellingpartner.server.gateway.routes import as_meant

_READ_AS_TEXT = (int, float, bool, Decimal)
_MOST_PARAMETERS = 1000


class Parameter:
    """One parameter of an operation: where it stands in the request class and how its text becomes a value."""

    __slots__ = ("field", "is_array", "is_time", "lax", "required", "type", "wire_name")

    def __init__(self, place: Place) -> None:
        self.field = place.field
        self.wire_name = place.wire_name
        self.required = place.required
        self.type = place.type
        bare = _without_none(place.type)
        self.is_array = get_origin(bare) in {list, tuple, set, frozenset}
        inner = _without_none(get_args(bare)[0]) if self.is_array else bare
        self.lax = inner in _READ_AS_TEXT
        self.is_time = inner is datetime

    def value_of(self, texts: list[str]) -> Any:  # noqa: ANN401 - whatever the contract says
        """The typed value of what was sent; raises `InvalidInput`."""
        sent: Any = [part for text in texts for part in text.split(",") if part] if self.is_array else texts[-1]
        try:
            value = msgspec.convert(sent, self.type, strict=not self.lax)
        except msgspec.ValidationError as fault:
            raise InvalidInput(in_parameter(self.wire_name, sent, self.type, str(fault))) from None
        return _in_utc(value) if self.is_time else value


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - an annotation
    """An annotation without `| None` and without its limits."""
    while True:
        if get_origin(annotation) is typing.Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in {typing.Union, types.UnionType}:
            rest = [one for one in get_args(annotation) if one is not types.NoneType]
            if len(rest) != 1:
                return annotation
            annotation = rest[0]
        else:
            return annotation


def _in_utc(value: Any) -> Any:  # noqa: ANN401 - a time or a list of them
    """Times without an offset are taken as UTC, as clients mean them."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return [_in_utc(one) for one in value] if isinstance(value, list) else value


class Decoder:
    """How one operation's requests are read; made once from its request class."""

    def __init__(self, request: type[Request[Any]]) -> None:
        self.request = request
        where = places(request)
        by_wire_name = {place.wire_name: Parameter(place) for place in where.path}
        self.path = [by_wire_name[name] for name in request.operation.path_names]
        self.query = {place.wire_name: Parameter(place) for place in where.query}
        self.headers = [Parameter(place) for place in where.headers]
        self.body_fields = [place.field for place in where.body]
        self.whole_body = request.operation.whole_body
        self._required = [name for name, parameter in self.query.items() if parameter.required]
        self._body: Callable[[bytes], Any] | None = None
        if request.operation.body is not None:
            self._body = msgspec.json.Decoder(request.operation.body).decode

    def decode(self, http: HttpRequest, path_values: list[str]) -> Request[Any]:
        """The typed request; raises `InvalidInput` for the first thing that is wrong."""
        with closed_enums():
            fields = {
                parameter.field: parameter.value_of([as_meant(text)])
                for parameter, text in zip(self.path, path_values, strict=True)
            }
            self._read_query(http.query, fields)
            self._read_headers(http, fields)
            self._read_body(http, fields)
        return self.request(**fields)

    def _read_query(self, query: str, fields: dict[str, Any]) -> None:
        if query:
            try:
                pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
            except ValueError as fault:
                message = f"The query string cannot be read: {fault}."
                raise InvalidInput(message) from None
            sent: dict[str, list[str]] = {}
            for name, text in pairs:
                if name in self.query:
                    sent.setdefault(name, []).append(text)
            for name, texts in sent.items():
                parameter = self.query[name]
                if any(texts):
                    fields[parameter.field] = parameter.value_of(texts)
        for name in self._required:
            if self.query[name].field not in fields:
                message = f"Parameter {name} is missing; {self.request.operation.name} requires it."
                raise InvalidInput(message)

    def _read_headers(self, http: HttpRequest, fields: dict[str, Any]) -> None:
        for parameter in self.headers:
            text = http.header(parameter.wire_name.lower())
            if text:
                fields[parameter.field] = parameter.value_of([text])
            elif parameter.required:
                message = f"Header {parameter.wire_name} is missing; {self.request.operation.name} requires it."
                raise InvalidInput(message)

    def _read_body(self, http: HttpRequest, fields: dict[str, Any]) -> None:
        if self._body is None:
            return
        media_type = (http.header("content-type") or "application/json").partition(";")[0].strip().lower()
        if "json" not in media_type:
            message = f"The body is {media_type}; send application/json."
            raise UnsupportedMediaType(message)
        sent = http.body()
        if not sent:
            message = f"The body is missing; {self.request.operation.name} requires one."
            raise InvalidInput(message)
        try:
            body = self._body(sent)
        except msgspec.ValidationError as fault:
            raise InvalidInput(in_body(str(fault), self.request.operation.body)) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
            message = f"The body is not JSON: {fault}."
            raise InvalidInput(message) from None
        if self.whole_body is not None:
            fields[self.whole_body] = body
        else:
            fields.update((name, getattr(body, name)) for name in self.body_fields)
