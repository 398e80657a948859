"""Writes the definitions of a model: enumerations and records as classes, the rest as names for types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from tools.contract.expressions import annotation, field, on_success

from sellingpartner.contract.published.names import field_name, members, style_of
from sellingpartner.contract.published.shapes import Choice, Field, Kind, Record, Scalar, Shape, names_in

PAYLOAD = "payload"


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
            in_success = PAYLOAD if _wraps_payload(fields) else None
            lines = (
                on_success(python_name, item.shape, taken)
                if item.wire_name == in_success
                else field(python_name, item.wire_name, item.shape, style, required=item.required, taken=taken)
                for python_name, item in zip(names, fields, strict=True)
            )
            return block(f"class {name}(Message{rename}):", lines)
        case _:
            return f"{name} = {annotation(shape, taken)}"


def _wraps_payload(fields: Sequence[Field]) -> bool:
    """Whether a record is but the wrapper of what was asked for, or of a refusal, as those of the older APIs are."""
    found = {item.wire_name: item for item in fields}
    payload = found.get(PAYLOAD)
    is_typed = payload is not None and not payload.required and payload.shape != Scalar(Kind.ANYTHING)
    return is_typed and ("errors" in found or len(found) == 1)


def block(head: str, lines: Iterable[str]) -> str:
    """A class statement."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"{head}\n{body or '    pass'}"
