"""What a value may look like, without saying in which language: the words that models and classes are compared in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

Limits = tuple[tuple[str, int | float | str], ...]
"""What a value is held to, by the names that `msgspec.Meta` gives it: `max_length`, `pattern`, `ge`..."""


class Kind(StrEnum):
    """The values that have no parts."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DAY = "day"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts."""

    kind: Kind
    limits: Limits = ()

    def __str__(self) -> str:
        return str(self.kind) + said(self.limits)


@dataclass(frozen=True, slots=True)
class Choice:
    """An enumeration of texts."""

    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"one of {', '.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Array:
    """A list."""

    items: Shape
    limits: Limits = ()

    def __str__(self) -> str:
        return f"list of {self.items}" + said(self.limits)


@dataclass(frozen=True, slots=True)
class Map:
    """An object with keys of the sender's choice."""

    values: Shape

    def __str__(self) -> str:
        return f"map of {self.values}"


@dataclass(frozen=True, slots=True)
class Named:
    """What stands under this name among the definitions."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a record."""

    wire_name: str
    shape: Shape
    required: bool


@dataclass(frozen=True, slots=True)
class Record:
    """An object with properties that have names."""

    fields: tuple[Field, ...]

    def __str__(self) -> str:
        return f"object of {', '.join(field.wire_name for field in self.fields)}"


Shape = Scalar | Choice | Array | Map | Named | Record


def said(limits: Limits) -> str:
    """The limits in brackets, for people."""
    return f" ({', '.join(f'{name}={value}' for name, value in limits)})" if limits else ""


def parts(shape: Shape) -> Iterator[Shape]:
    """The shapes that one is directly made of."""
    match shape:
        case Array(items=items):
            yield items
        case Map(values=values):
            yield values
        case Record(fields=fields):
            yield from (field.shape for field in fields)


def names_in(shape: Shape) -> Iterator[str]:
    """The definitions that a shape speaks of."""
    if isinstance(shape, Named):
        yield shape.name
    for part in parts(shape):
        yield from names_in(part)


def rewritten(shape: Shape, rewrite: Callable[[Shape], Shape]) -> Shape:
    """The shape with each part, then the whole, put through `rewrite`."""
    match shape:
        case Array(items=items):
            shape = replace(shape, items=rewritten(items, rewrite))
        case Map(values=values):
            shape = replace(shape, values=rewritten(values, rewrite))
        case Record(fields=fields):
            shape = Record(tuple(replace(field, shape=rewritten(field.shape, rewrite)) for field in fields))
    return rewrite(shape)
