"""Decides which classes the content of a notification becomes, and what each is called.

- The content itself is called as the payload's key above it, otherwise as the schema's file, otherwise as the type.
- An object or enumeration below it is called as its definition, otherwise as its property (in a list: one of it).
- Objects with the same fields are one class. `NAMED` says what those are called that stand under many names.
- Where a name is taken by something else, the owner's name goes before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.notifications.corrections import Corrections, corrections
from tools.notifications.schemas import Document, Json, Row

from sellingpartner.contract.published.names import pascal, singular
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

NAMED = {
    frozenset({"amount", "currencycode"}): "Money",
    frozenset({"condition", "fulfillmentchannel", "offercount"}): "OfferCount",
    frozenset({"feetype", "feeamount", "taxamount", "feepromotion", "finalfee"}): "IncludedFee",
}

KINDS = {"string": Kind.TEXT, "integer": Kind.INTEGER, "number": Kind.NUMBER, "boolean": Kind.BOOLEAN}
LIMITS = {"minimum": "ge", "maximum": "le"}

INSTANT = re.compile(r"^timeOf|(Date|Time)$", re.IGNORECASE)
"""Names of texts that are instants: few schemas say so by a format, all examples have one."""

AMOUNT = re.compile(r"^amount$", re.IGNORECASE)
"""Of money; Assumed: where a schema has an integer, it was inferred from an example without cents."""


@dataclass(frozen=True, slots=True)
class Nullable(Field):
    """A property that must be there and may be null."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one version of a type becomes."""

    document: Document
    name: str
    """Of the content's class."""
    definitions: dict[str, Shape]
    """By class name, the content first."""
    imported: dict[str, str]
    """The modules of classes that the API's own contract has, by class name."""


def notice_of(document: Document) -> Notice:
    """Name everything in a schema."""
    name = content_name(document.row, document.wrapper)
    naming = _Naming(document, corrections().get(document.row.notification_type, Corrections()))
    content, _ = document.resolved(document.content)
    naming.found[name] = naming.record(content, name, "")
    names = [name, *(found for found in naming.found if found != name)]
    return Notice(document, name, {found: naming.found[found] for found in names}, naming.imported)


def content_name(row: Row, wrapper: str) -> str:
    """What the content's class is called."""
    stem = pascal(wrapper) or row.schema.removesuffix(".json").partition("_")[0]
    stem = stem or pascal(row.notification_type.title())
    return stem if stem.endswith("Notification") else f"{stem}Notification"


class _Naming:
    """Gives each object and enumeration a name, and leaves the name where it stood."""

    def __init__(self, document: Document, corrected: Corrections) -> None:
        self._document = document
        self._corrected = corrected
        self.found: dict[str, Shape] = {}
        self.imported: dict[str, str] = {}

    def record(self, schema: Json, owner: str, way: str) -> Record:
        properties: Json = schema["properties"] | self._corrected.added_to(way)
        required = frozenset(schema.get("required", ()))
        return Record(tuple(self._field(name, value, required, owner, way) for name, value in properties.items()))

    def _field(self, name: str, schema: Json, required: frozenset[str], owner: str, above: str) -> Field:
        way = f"{above}.{name}" if above else name
        resolved, defined = self._document.resolved(schema)
        shape = self._shape(resolved, owner, defined or name, way)
        if name not in required or way in self._corrected.optional:
            return Field(name, shape, required=False)
        nullable = isinstance(resolved.get("type"), list)
        return Nullable(name, shape, required=True) if nullable else Field(name, shape, required=True)

    def _shape(self, schema: Json, owner: str, name: str, way: str) -> Shape:
        if "$ref" in schema:
            module, _, published = schema["$ref"].partition("#")
            self.imported[published] = module
            return Named(published)
        if "enum" in schema:
            return self._named(Choice(tuple(schema["enum"])), pascal(name), owner)
        if "properties" in schema and schema.get("type") != "array":
            class_name = pascal(name)
            return self._named(self.record(schema, class_name, way), class_name, owner)
        match schema["type"]:
            case "array":
                return Array(self._item(schema, owner, name, way))
            case "object":
                return Map(Scalar(Kind.ANYTHING))
            case [kind, "null"] | kind:
                return Scalar(_kind(kind, name, schema), _limits(schema))

    def _item(self, schema: Json, owner: str, name: str, way: str) -> Shape:
        """What a list holds; one whose items nobody describes holds texts in every example."""
        items = schema.get("items", {"type": "string"})
        if isinstance(items, list):
            (items,) = items
        resolved, defined = self._document.resolved(items)
        if "anyOf" in resolved:
            resolved = _merged(resolved["anyOf"])
        return self._shape(resolved, owner, defined or singular(name), way)

    def _named(self, shape: Record | Choice, name: str, owner: str) -> Named:
        if isinstance(shape, Record):
            name = NAMED.get(frozenset(field.wire_name.lower() for field in shape.fields), name)
        for known, found in self.found.items():
            if found == shape:
                return Named(known)
        if name in self.found:
            name = f"{owner}{name}"
        if name in self.found:
            message = f"{self._document.row.schema}: the name {name} is taken; give classes.py a rule for it."
            raise ValueError(message)
        self.found[name] = shape
        return Named(name)


def _merged(forms: list[Json]) -> Json:
    """One object with the properties of all forms; what all require is required."""
    properties: Json = {}
    for form in forms:
        properties = form["properties"] | properties
    required = set.intersection(*(set(form["required"]) for form in forms))
    return {"type": "object", "properties": properties, "required": sorted(required)}


def _kind(name: str, property_name: str, schema: Json) -> Kind:
    if name == "string" and (schema.get("format") == "date-time" or INSTANT.search(property_name)):
        return Kind.INSTANT
    if AMOUNT.match(property_name):
        return Kind.NUMBER
    return KINDS[name]


def _limits(schema: Json) -> Limits:
    return tuple((limit, schema[key]) for key, limit in LIMITS.items() if key in schema)
