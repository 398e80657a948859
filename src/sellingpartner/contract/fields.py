"""What the contract's types say of themselves: a model's fields, and a type without what is written around it."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeAlias, TypeGuard, Union, get_args, get_origin, get_type_hints

import msgspec

Annotation: TypeAlias = object
"""A type as it is written down: a class, or what `typing` makes of several."""


class Field(NamedTuple):
    """A field of a model."""

    name: str
    wire_name: str
    type: Annotation
    required: bool
    default: Any


@cache
def fields_of(kind: type[msgspec.Struct]) -> dict[str, Field]:
    """A model's fields by their wire names."""
    hints = get_type_hints(kind, include_extras=True)
    found = {}
    for info in msgspec.structs.fields(kind):
        default = None if info.default is msgspec.NODEFAULT else info.default
        found[info.encode_name] = Field(info.name, info.encode_name, hints[info.name], info.required, default)
    return found


@cache
def bare(kind: Annotation) -> Annotation:
    """A type without its annotations and without `| None`; one that is a choice of several stays it."""
    origin = get_origin(kind)
    if origin is Annotated:
        return bare(get_args(kind)[0])
    if origin in {Union, UnionType}:
        rest = [one for one in get_args(kind) if one is not NoneType]
        return bare(rest[0]) if len(rest) == 1 else kind
    return kind


def is_model(kind: Annotation) -> TypeGuard[type[msgspec.Struct]]:
    """Whether it is an object with fields that the contract names."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)
