"""From what arrived to the typed request, strictly: whatever is wrong is refused with its name, its fault and the cure.

Unknown parameters are ignored, as Amazon ignores them. Arrays come joined by commas, as repeated keys or as both; of a
scalar that comes twice the last one counts. A parameter without a value is as if it had not been sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import attrgetter
from typing import get_args
from urllib.parse import parse_qsl

import msgspec

from sellingpartner.contract.errors import InvalidInput, UnsupportedMediaType
from sellingpartner.contract.fields import bare
from sellingpartner.contract.message import closed_enums
from sellingpartner.contract.operation import Place, Request, places
from sellingpartner.server.gateway.faults import in_body, in_parameter, not_sound
from sellingpartner.server.gateway.http import HttpRequest
from sellingpartner.server.gateway.peculiar import (
    as_amazon_refuses,
    body_as_amazon_refuses,
    in_published_words,
    path_as_amazon_refuses,
)
from sellingpartner.server.gateway.peculiar_services import check_times
from sellingpartner.server.gateway.routes import as_meant, names_sku
from sellingpartner.server.gateway.shapes import is_array, words_for
from sellingpartner.server.gateway.sound import Unsound, sound

_READ_AS_TEXT = (int, float, bool, Decimal)
# What curl and some libraries call JSON if nobody tells them otherwise; Amazon reads it. A page in a browser may send
# these to any server without asking, so they are no JSON where a page's visitor would be taken for the sender.
_TAKEN_AS_JSON = frozenset({"application/x-www-form-urlencoded", "text/plain"})
_CURE = "send the header Content-Type: application/json."
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']*)")
_UTF8 = frozenset({"", "utf-8", "utf8"})
_LIKE_ASCII = frozenset({"us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252"})
_BOM = b"\xef\xbb\xbf"
_MOST_PARAMETERS = 1000
_LONGEST_TIME = 60
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 200, 256
_SHORT = 300
"""Query strings of so many characters at most are remembered as they were read."""
_NOT_UTF8 = "\ufffd"
_DAY_OR_MINUTE = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d([Zz]|[+-]\d\d:?\d\d)?)?")
_BEYOND_MICROSECONDS = re.compile(r"(?<=[Tt ]\d\d:\d\d:\d\d\.\d{6})\d+")
_TO_THE_MINUTE = re.compile(rb'("\d{4}-\d\d-\d\dT\d\d:\d\d)((?:Z|[+-]\d\d:\d\d)")')
"""A time without seconds, as Amazon's documents of inbound plans have it."""
_OFFSET_OF_HOURS = re.compile(rb'("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d)"')
"""A time whose offset has no minutes, as Amazon's examples of schedules have it."""

_END_OF_DOTNET = b"9999-12-31T23:59:59.9999999"  # DateTime.MaxValue; rounded to microseconds, it is in the year 10000
_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def _pairs_of_any(query: str) -> list[tuple[str, str]]:
    """What a query string says; raises `ValueError` if it says too much."""
    return parse_qsl(query, max_num_fields=_MOST_PARAMETERS)


_pairs = lru_cache(maxsize=512)(_pairs_of_any)
"""The same of short ones, remembered: most of a client's calls have the query of a call before. Nobody changes it."""


class Parameter:
    """One parameter of an operation: where it stands in the request class and how its text becomes a value."""

    __slots__ = (
        "field",
        "is_array",
        "is_plain",
        "is_time",
        "label",
        "lax",
        "may_be_escaped",
        "required",
        "type",
        "wire_name",
    )

    def __init__(self, place: Place, kind: str = "Parameter") -> None:
        self.field = place.field
        self.wire_name = place.wire_name
        self.label = f"{kind} {place.wire_name}"
        self.required = place.required
        self.type = place.type
        # Some clients encode twice. What that means of a SKU is decided by what there is (`skus.py`).
        self.may_be_escaped = kind == "Path parameter" and not names_sku(place.wire_name)
        kind_of_value = bare(place.type)
        self.is_array = is_array(kind_of_value)
        inner = bare(get_args(kind_of_value)[0]) if self.is_array else kind_of_value
        self.lax = inner in _READ_AS_TEXT
        self.is_time = inner is datetime
        self.is_plain = place.type in {str, str | None}

    def value_of(self, texts: list[str]) -> object:
        """The typed value of what was sent, None if that was empty; raises `InvalidInput`."""
        parts = [part for text in texts for part in (text.split(",") if self.is_array else (text,)) if part]
        if not parts:
            return None
        if self.may_be_escaped:
            parts = [as_meant(part) for part in parts]
        for part in parts:
            if _NOT_UTF8 in part or "\0" in part:
                raise not_sound(self.label, "It must be text in UTF-8, percent-encoded, without the character NUL.")
        if self.is_plain:
            return parts[-1]
        if self.is_time:
            parts = [_whole_time(part) for part in parts]
        return self._converted(parts if self.is_array else parts[-1])

    def _converted(self, sent: str | list[str]) -> object:
        try:
            return sound(msgspec.convert(sent, self.type, strict=not self.lax))
        except msgspec.ValidationError as fault:
            raise in_parameter(self.label, sent, self.type, str(fault)) from None
        except Unsound as fault:
            raise not_sound(self.label, fault.rule) from None

    def missing(self, operation: str) -> InvalidInput:
        """The error for a required parameter that was not sent."""
        return InvalidInput(f"{self.label} is missing; {operation} requires it. It must be {words_for(self.type)}.")


def _getter(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """What reads some attributes of an object, all at once."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda body: tuple(getattr(body, name) for name in names)


def _whole_time(text: str) -> str:
    """A day or a minute as a time to the second; of a fraction, no more than microseconds.

    Assumed: Amazon takes a bare date as its first moment in UTC, as its own examples for orders have it.
    """
    if _DAY_OR_MINUTE.fullmatch(text) is None:
        return text if "." not in text else _BEYOND_MICROSECONDS.sub("", text[:_LONGEST_TIME]) + text[_LONGEST_TIME:]
    day, clock, offset = text[:10], text[11:16] or "00:00", text[16:]
    return f"{day}T{clock}:00{offset}"


def _whole_times(body: bytes) -> bytes:
    """A body whose times say seconds, and minutes of their offsets."""
    return _OFFSET_OF_HOURS.sub(rb'\1:00"', _TO_THE_MINUTE.sub(rb"\1:00\2", body))


def _check_charset(parameters: str, body: bytes) -> None:
    """JSON is UTF-8 and has no charset (RFC 8259); one that says the same bytes in other words is let pass."""
    found = _CHARSET.search(parameters)
    charset = found[1] if found else ""
    if charset in _UTF8 or (charset in _LIKE_ASCII and body.isascii()):
        return
    raise UnsupportedMediaType(f"The body's charset is {charset[:60]!r}; send JSON in UTF-8.").because(
        "The body's charset is not UTF-8, which JSON must be in."
    )


class Decoder:
    """How one operation's requests are read; made once from its request class."""

    def __init__(self, request: type[Request[object]], *, is_lenient: bool = True) -> None:
        self.request = request
        self._is_lenient = is_lenient
        where = places(request)
        by_wire_name = {place.wire_name: Parameter(place, "Path parameter") for place in where.path}
        self.path = [by_wire_name[name] for name in request.operation.path_names]
        self.query = {place.wire_name: Parameter(place) for place in where.query}
        self.headers = [Parameter(place, "Header") for place in where.headers]
        self.body_fields = [place.field for place in where.body]
        self._of_body = _getter(self.body_fields)
        self.whole_body = request.operation.whole_body
        self._queries: dict[str, dict[str, object]] = {}
        self._required = [parameter for parameter in self.query.values() if parameter.required]
        # Assumed: a request may have no body where every field of the body is optional.
        is_needed = any(place.required for place in where.body)
        self._may_lack = self.whole_body is not None and not is_needed
        self._nothing = b"" if self.whole_body or is_needed else b"{}"
        self._body: Callable[[bytes], object] | None = None
        if request.operation.body is not None:
            # What the contract leaves open (a listing's attributes) keeps its digits: 19.990 is not 19.99.
            self._body = msgspec.json.Decoder(request.operation.body, float_hook=Decimal).decode

    def decode(self, http: HttpRequest, path_values: list[str]) -> Request[object]:
        """The typed request; raises `InvalidInput` for the first thing that is wrong."""
        fields: dict[str, object] = {}
        with closed_enums():
            for parameter, text in zip(self.path, path_values, strict=True):
                try:
                    fields[parameter.field] = parameter.value_of([text])
                except InvalidInput as fault:
                    raise path_as_amazon_refuses(self.request.operation, parameter.wire_name, text, fault) from None
            self._read_query(http.query, fields)
            self._read_headers(http, fields)
            self._read_body(http, fields)
        return self.request(**fields)

    def _read_query(self, query: str, fields: dict[str, object]) -> None:
        """Programs send the same query again and again: what one says is read once, as long as there is room for it."""
        said = self._queries.get(query)
        if said is None:
            said = self._said(query)
            if len(query) <= _LONGEST_REMEMBERED:
                if len(self._queries) >= _MOST_REMEMBERED:
                    self._queries.clear()
                self._queries[query] = said
        for name, value in said.items():
            fields[name] = [*value] if isinstance(value, list) else value  # a handler may change a list of its own

    def _said(self, query: str) -> dict[str, object]:
        """The fields that a query holds; raises `InvalidInput`."""
        fields: dict[str, object] = {}
        if query:
            for name, sent in self._sent(query).items():
                parameter, texts = self.query[name], in_published_words(self.request.operation.name, name, sent)
                try:
                    value = parameter.value_of(texts)
                except InvalidInput as fault:
                    raise as_amazon_refuses(self.request.operation, name, texts[-1], fault) from None
                if value is not None:
                    fields[parameter.field] = value
        for parameter in self._required:
            if parameter.field not in fields:
                raise parameter.missing(self.request.operation.name)
        return fields

    def _sent(self, query: str) -> dict[str, list[str]]:
        """What came for each parameter that the operation has."""
        try:
            pairs = _pairs(query) if len(query) <= _SHORT else _pairs_of_any(query)
        except ValueError:
            raise InvalidInput(f"The query string holds more than {_MOST_PARAMETERS} parameters.") from None
        sent: dict[str, list[str]] = {}
        for name, text in pairs:
            if name in self.query:
                sent.setdefault(name, []).append(text)
        return sent

    def _read_headers(self, http: HttpRequest, fields: dict[str, object]) -> None:
        for parameter in self.headers:
            text = http.header(parameter.wire_name.lower())
            if text:
                fields[parameter.field] = parameter.value_of([text])
            elif parameter.required:
                raise parameter.missing(self.request.operation.name)

    def _read_body(self, http: HttpRequest, fields: dict[str, object]) -> None:
        if self._body is None:
            return
        media_type, _, parameters = (http.header("content-type") or "").lower().partition(";")
        self._check_type(media_type.strip(), http)
        if "charset" in parameters:
            _check_charset(parameters, http.body())
        sent = http.body().removeprefix(_BOM).strip() or self._nothing
        if not sent and self._may_lack:
            return
        if not sent:
            message = f"The body is missing; {self.request.operation.name} requires one, in JSON."
            raise InvalidInput(message)
        body = self._decoded(sent, self._body)
        if self.whole_body is not None:
            fields[self.whole_body] = body
        else:
            fields.update(zip(self.body_fields, self._of_body(body), strict=True))

    def _check_type(self, media_type: str, http: HttpRequest) -> None:
        if media_type:
            if "json" not in media_type and not (self._is_lenient and media_type in _TAKEN_AS_JSON):
                raise UnsupportedMediaType(f"The body's Content-Type is {media_type[:60]!r}; {_CURE}").because(
                    f"The body's Content-Type is not JSON; {_CURE}"
                )
        elif http.has_body and not self._is_lenient:
            raise UnsupportedMediaType(f"The body has no Content-Type; {_CURE}")

    def _decoded(self, sent: bytes, decoder: Callable[[bytes], object]) -> object:
        try:
            body = sound(decoder(sent))
        except msgspec.ValidationError as fault:
            if _END_OF_DOTNET in sent:
                return self._decoded(sent.replace(_END_OF_DOTNET, _END_OF_DOTNET[:-1]), decoder)
            if "RFC3339" in str(fault) and (whole := _whole_times(sent)) != sent:
                return self._decoded(whole, decoder)
            usual = in_body(str(fault), self.request.operation.body, sent)
            raise body_as_amazon_refuses(self.request.operation, str(fault), sent, usual) from None
        except Unsound as fault:
            raise not_sound(f"Body field {fault.place}", fault.rule) from None
        except msgspec.DecodeError as fault:
            raise InvalidInput(f"The body is not JSON: {str(fault).removeprefix('JSON is malformed: ')}.") from None
        except UnicodeDecodeError:
            raise InvalidInput("The body is not JSON: it holds bytes that are not UTF-8.") from None
        except InvalidOperation:  # of a number that the contract leaves open
            raise InvalidInput("The body holds a number that is too large to be read.") from None
        except RecursionError:
            raise InvalidInput("The body is nested too deeply.") from None
        check_times(self.request.operation, sent)
        if b"\\u0000" in sent and _ESCAPED_NUL.search(sent):
            raise InvalidInput("The body holds the character NUL, which no text may hold.")
        return body
