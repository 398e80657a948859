"""Where the entries of an answer are, and which columns they have, as the contract says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, get_args, get_origin

from sellingpartner.client.operations import ListOperation
from sellingpartner.contract.fields import Annotation, bare, fields_of, is_model
from sellingpartner.contract.json_values import Json
from sellingpartner.contract.operation import NoContent, Request, answer_type
from sellingpartner.contract.registry import Entry, load

_DEEPEST = 5


@dataclass(frozen=True)
class Shape:
    """What an operation answers: one record, or entries of a list; `way` leads there, in wire names."""

    way: tuple[str, ...]
    kind: Annotation
    """The type of an entry."""
    is_list: bool

    def entries(self, answer: Json) -> list[Json]:
        """What a page holds; a single record is a list of one."""
        for name in self.way:
            answer = answer.get(name) if isinstance(answer, dict) else None
        if answer is None:
            return []
        return answer if self.is_list and isinstance(answer, list) else [answer]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of an entry, in the contract's order: nested objects as dotted names, lists in one cell."""
        return tuple(_columns(self.kind, "", ())) or ("value",)

    def has(self, name: str) -> bool:
        """Whether there is such a column; what is within a list, such as `packages[0].carrier`, is one, too."""
        listed, bracket, _ = name.partition("[")
        return name in self.columns or (bool(bracket) and listed in self.columns)


def shape_of(entry: Entry) -> Shape:
    """The shape of an operation's answer."""
    request = load(entry)
    answer: Annotation = answer_type(request)
    if answer is NoContent:
        return Shape((), dict, is_list=False)
    listed = _list_operation(entry, request)
    if listed is not None:
        return Shape(_wire_way(answer, listed.path), listed.item, is_list=True)
    way: tuple[str, ...] = ()
    answer = bare(answer)
    if is_model(answer):
        payload = fields_of(answer).get("payload")
        if payload is not None:
            way, answer = ("payload",), payload.type
    answer = bare(answer)
    if get_origin(answer) is list:
        return Shape(way, bare(get_args(answer)[0]), is_list=True)
    return Shape(way, answer, is_list=False)


def flat(entry: Json, shape: Shape | None = None, name: str = "") -> Iterator[tuple[str, Json]]:
    """The values of an entry by their dotted names; lists are values, and what the shape has a column for."""
    if not isinstance(entry, Mapping) or (shape is not None and name in shape.columns):
        yield name or "value", entry
        return
    for key, value in entry.items():
        yield from flat(value, shape, f"{name}.{key}" if name else key)


def flat_whole(entry: Json, name: str = "") -> Iterator[tuple[str, Json]]:
    """The same with the entries of lists, for one record that is read by people: `lines[0].sku`."""
    for key, value in flat(entry, None, name):
        if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
            for position, one in enumerate(value):
                yield from flat_whole(one, f"{key}[{position}]")
        else:
            yield key, value


def _list_operation(entry: Entry, request: type[Request[object]]) -> ListOperation[..., Any, Any] | None:
    module = import_module(f"sellingpartner.client.resources.{entry.module}")
    resource = getattr(module, "".join(part.capitalize() for part in entry.module.split("_")))
    found = (one for one in vars(resource).values() if isinstance(one, ListOperation) and one.request is request)
    return next(found, None)


def _wire_way(kind: Annotation, path: str) -> tuple[str, ...]:
    way = []
    for name in path.split("."):
        field = next(one for one in fields_of(bare(kind)).values() if one.name == name)
        way.append(field.wire_name)
        kind = field.type
    return tuple(way)


def _columns(kind: Annotation, name: str, above: tuple[Annotation, ...]) -> Iterator[str]:
    kind = bare(kind)
    if not is_model(kind) or kind in above or len(above) == _DEEPEST:
        if name:
            yield name
        return
    for wire_name, field in fields_of(kind).items():
        yield from _columns(field.type, f"{name}.{wire_name}" if name else wire_name, (*above, kind))
