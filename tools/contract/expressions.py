"""Writes a shape as a Python annotation, and a property as a field."""

from __future__ import annotations

from sellingpartner.contract.published.names import renamed
from sellingpartner.contract.published.shapes import Array, Kind, Limits, Map, Named, Scalar, Shape

TYPES = {
    Kind.TEXT: "str",
    Kind.INTEGER: "int",
    Kind.NUMBER: "Decimal",
    Kind.BOOLEAN: "bool",
    Kind.INSTANT: "datetime",
    Kind.DAY: "date",
    Kind.ANYTHING: "Any",
}

STAND_INS = {"Decimal": "Number", "Rate": "UsagePlan"}
"""What we call an imported name in a module where a definition of Amazon's has it."""


def annotation(shape: Shape, taken: frozenset[str]) -> str:
    """The type of a value; `taken` are the module's own names."""
    match shape:
        case Named(name=name):
            return name
        case Array(items=items, limits=limits):
            return _limited(f"list[{annotation(items, taken)}]", limits)
        case Map(values=values):
            return f"dict[str, {annotation(values, taken)}]"
        case Scalar(kind=Kind.NUMBER, limits=limits) if limits:
            return _limited("float", limits)  # msgspec has no limits on a Decimal
        case Scalar(kind=kind, limits=limits):
            return _limited(imported(TYPES[kind], taken), limits)
        case _:
            message = f"{shape} has no name."
            raise TypeError(message)


def field(name: str, wire_name: str, shape: Shape, style: str | None, *, required: bool, taken: frozenset[str]) -> str:
    """One line of a class."""
    kind = annotation(shape, taken) if required else f"{annotation(shape, taken)} | None"
    if kind == "Any | None":
        kind = "Any"
    if renamed(name, style) != wire_name:
        default = "" if required else ", default=None"
        return f'{name}: {kind} = named("{wire_name}"{default})'
    return f"{name}: {kind}" if required else f"{name}: {kind} = None"


def on_success(name: str, shape: Shape, taken: frozenset[str]) -> str:
    """The line of a field that is in every answer but a refusal."""
    return f"{name}: OnSuccess[{annotation(shape, taken)}] = ABSENT"


def imported(name: str, taken: frozenset[str]) -> str:
    """What an imported name is called in a module with these names of its own."""
    return STAND_INS[name] if name in taken else name


def _limited(text: str, limits: Limits) -> str:
    if not limits:
        return text
    return f"Annotated[{text}, Meta({', '.join(f'{name}={_literal(value)}' for name, value in limits)})]"


def _literal(value: float | str) -> str:
    if isinstance(value, str):
        return f'r"{value}"' if "\\" in value else f'"{value}"'
    return repr(int(value) if value == int(value) else value)
