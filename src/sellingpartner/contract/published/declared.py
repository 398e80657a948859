"""Reads the contract's own classes back as shapes, so that they can be compared with a published model."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

import msgspec
from msgspec import inspect

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request
from sellingpartner.contract.published.shapes import (
    Array,
    Choice,
    Field,
    Kind,
    Limits,
    Map,
    Named,
    Record,
    Scalar,
    Shape,
)

SCALARS: dict[type[inspect.Type], Kind] = {
    inspect.AnyType: Kind.ANYTHING,
    inspect.BoolType: Kind.BOOLEAN,
    inspect.DateTimeType: Kind.INSTANT,
    inspect.DateType: Kind.DAY,
    inspect.DecimalType: Kind.NUMBER,
    inspect.FloatType: Kind.NUMBER,
    inspect.IntType: Kind.INTEGER,
    inspect.StrType: Kind.TEXT,
}

LIMITS = ("min_length", "max_length", "pattern", "ge", "le")


def requests_of(module: ModuleType) -> dict[str, type[Request[Any]]]:
    """The request classes of an API's module."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Request) and value is not Request
    }


def model_names(module: ModuleType) -> set[str]:
    """The records and enumerations of an API's module; a name for another type can't be told from an import."""
    return {
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Message | OpenEnum)
        and not issubclass(value, Request)
        and value.__module__.startswith(module.__name__)
    }


def shapes_of(types: Iterable[Any]) -> list[Shape]:
    """Each type as a shape, with its own parts spelled out and other classes left as names."""
    return [_definition(info) for info in inspect.multi_type_info(list(types))]


def shape_of_type(declared: Any) -> Shape:  # noqa: ANN401 - a class, or a type such as a list of something
    """How a type is spoken of elsewhere: a class by its name."""
    return _shape(inspect.type_info(declared))


def fields_of(message: type[Message]) -> dict[str, Field]:
    """The fields of one class by Python name."""
    info = inspect.type_info(message)
    if not isinstance(info, inspect.StructType):
        raise TypeError(message)
    return {field.name: _field(field) for field in info.fields}


def _definition(info: inspect.Type) -> Shape:
    match info:
        case inspect.StructType(fields=fields):
            return Record(tuple(_field(field) for field in fields))
        case inspect.EnumType(cls=cls):
            return Choice(tuple(member.value for member in cls))
        case _:
            return _shape(info)


def _field(field: inspect.Field) -> Field:
    return Field(field.encode_name, _shape(field.type), field.required)


def _shape(info: inspect.Type) -> Shape:
    match info:
        case inspect.Metadata(type=inner):
            return _shape(inner)
        case inspect.UnionType(types=types):
            return _shape(next(part for part in types if not isinstance(part, inspect.NoneType)))
        case inspect.StructType(cls=cls) | inspect.EnumType(cls=cls):
            return Named(cls.__name__)
        case inspect.ListType(item_type=items):
            return Array(_shape(items), _limits(info))
        case inspect.DictType(value_type=values):
            return Map(_shape(values))
        case _:
            return Scalar(SCALARS[type(info)], _limits(info))


def _limits(info: inspect.Type) -> Limits:
    found = ((name, getattr(info, name, None)) for name in LIMITS)
    return tuple((name, value) for name, value in found if value is not None and value is not msgspec.UNSET)
