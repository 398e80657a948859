"""Writes the definitions of a model: enumerations and records as classes, the rest as names for types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from tools.contract.expressions import annotation, field

from sellingpartner.contract.published.names import field_name, members, style_of
from sellingpartner.contract.published.shapes import Choice, Record, Shape, names_in


def in_order(definitions: Mapping[str, Shape]) -> list[str]:
    """Enumerations, then records, then names for types, each after what it is made of.

    A record may speak of what comes later, because its annotations are read when they are first used.
    """
    choices = [name for name, shape in definitions.items() if isinstance(shape, Choice)]
    records = [name for name, shape in definitions.items() if isinstance(shape, Record)]
    others = [name for name, shape in definitions.items() if not isinstance(shape, Choice | Record)]
    needs = {name: sorted(set(names_in(definitions[name])) & set(others)) for name in others}
    return [*choices, *records, *TopologicalSorter(needs).static_order()]


def text_of(name: str, shape: Shape, taken: frozenset[str]) -> str:
    """The Python text of one definition."""
    match shape:
        case Choice(values=values):
            lines = (f"{member} = {value!r}" for member, value in members(values).items())
            return block(f"class {name}(OpenEnum):", lines)
        case Record(fields=fields):
            names = {field_name(item.wire_name): item.wire_name for item in fields}
            style = style_of(names)
            rename = f', rename="{style}"' if style else ""
            lines = (
                field(python_name, item.wire_name, item.shape, style, required=item.required, taken=taken)
                for python_name, item in zip(names, fields, strict=True)
            )
            return block(f"class {name}(Message{rename}):", lines)
        case _:
            return f"{name} = {annotation(shape, taken)}"


def block(head: str, lines: Iterable[str]) -> str:
    """A class statement."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"{head}\n{body or '    pass'}"
