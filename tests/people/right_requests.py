"""Requests that are right, made from what an operation's types and names say, with room for one thing that is not.

A way leads to a place in a body: names of fields, `[]` into a list, and a dot where it ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin
from urllib.parse import quote

from msgspec import Struct

from sellingpartner.contract.fields import bare, fields_of, is_model
from sellingpartner.contract.message import OpenEnum
from sellingpartner.contract.operation import Request, places

Way = tuple[str, ...]
Known = Mapping[str, object]
"""What is right by its name."""

_DEEPEST = 4
_HERE: Way = (".",)
_ROOM = "\ue000"
_BY_TYPE: dict[Any, object] = {
    int: 1,
    float: 1.5,
    bool: True,
    Decimal: "12.50",
    datetime: "2026-11-02T08:30:00Z",
    date: "2026-11-02",
}


class RightRequest:
    """How to call an operation rightly, or wrongly in one place."""

    def __init__(self, request: type[Request[Any]], known: Known) -> None:
        where = places(request)
        self._operation = request.operation
        self._known = known
        self.path_names = [place.wire_name for place in where.path]
        self.query_names = [place.wire_name for place in where.query]
        self._types = {place.wire_name: place.type for place in (*where.path, *where.query)}
        self._needed = [place.wire_name for place in where.query if place.required or place.wire_name in known]
        self.ways = () if self._operation.body is None else ways(self._operation.body)

    def target(self, name: str = "", value: str = "") -> str:
        """Path and query, with something else for one parameter."""
        said = {each: _text(_right(self._known, each, self._types[each], ())) for each in self._types} | {name: value}
        path = self._operation.path
        for each in self.path_names:
            path = path.replace(f"{{{each}}}", quote(said[each], safe=""))
        shown = [each for each in self.query_names if each in {name, *self._needed}]
        return f"{path}?{'&'.join(f'{each}={quote(said[each])}' for each in shown)}"

    def body(self, way: Way = (), odd: bytes = b"") -> bytes:
        """The body, with anything at all in one place."""
        if self._operation.body is None:
            return b""
        said = json.dumps(_right(self._known, "", self._operation.body, way), ensure_ascii=False)
        return said.encode().replace(f'"{_ROOM}"'.encode(), odd)


@cache
def ways(kind: Any, depth: int = _DEEPEST) -> tuple[Way, ...]:  # noqa: ANN401 - an annotation
    """The ways to every place in a value of a type."""
    kind = bare(kind)
    found: list[Way] = [_HERE]
    if depth and is_model(kind):
        found += [(name, *way) for name, field in fields_of(kind).items() for way in ways(field.type, depth - 1)]
    elif get_origin(kind) is list:
        found += [("[]", *way) for way in ways(get_args(kind)[0], depth)]
    return tuple(found)


def _right(known: Known, name: str, kind: Any, way: Way) -> object:  # noqa: ANN401 - an annotation
    kind = bare(kind)
    if way == _HERE:
        return _ROOM
    if is_model(kind):
        return dict(_fields(known, kind, way))
    if get_origin(kind) is list:
        return [_right(known, name.removesuffix("s"), get_args(kind)[0], way[1:])]
    if name in known:
        return known[name]
    if isinstance(kind, type) and issubclass(kind, OpenEnum):
        return next(iter(kind)).value
    return {} if get_origin(kind) is dict else _BY_TYPE.get(kind, "1")


def _fields(known: Known, kind: type[Struct], way: Way) -> Iterator[tuple[str, object]]:
    for wire_name, field in fields_of(kind).items():
        is_on_the_way = way[:1] == (wire_name,)
        if field.required or is_on_the_way or known.keys() & {wire_name, wire_name.removesuffix("s")}:
            yield wire_name, _right(known, wire_name, field.type, way[1:] if is_on_the_way else ())


def _text(value: object) -> str:
    return (
        ",".join(map(_text, value)) if isinstance(value, list) else str(value).lower() if value is True else str(value)
    )
