# ruff: noqa: ANN401 - annotations are the values that are compared here
"""The generated classes against the schemas, by other eyes than the generator's."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from sellingpartner.contract.message import OpenEnum
from sellingpartner.contract.notifications.registry import Entry, entries, load

Json = dict[str, Any]

TOOL = Path(__file__).parents[3] / "tools" / "notifications"
CORRECTIONS = tomllib.loads((TOOL / "corrections.toml").read_text(encoding="utf-8"))
EMPTY = "ShipmentTrackingMilestoneChangedNotification.json"  # refers to a definition that it does not have
with (TOOL / "types.csv").open(newline="", encoding="utf-8") as _file:
    FILES = {(row["notification_type"], row["payload_version"]): row["schema"] for row in csv.DictReader(_file)}
PUBLISHED = [entry for entry in entries() if FILES[entry[:2]] not in {"", EMPTY}]

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
TYPES = {"string": str, "integer": int, "number": Decimal, "boolean": bool}

WITHOUT_EXAMPLE = {  # instants by their siblings in other schemas
    "B2B_ANY_OFFER_CHANGED": {"OfferChangeTrigger.TimeOfOfferChange", "Offers.ShippingTime.AvailableDate"},
    "PRICING_HEALTH": {"offerChangeTrigger.timeOfOfferChange"},
}


class Comparison:
    """What differs between a class and a schema."""

    def __init__(self, entry: Entry, root: Json) -> None:
        self.root = root
        corrected = CORRECTIONS.get(entry.notification_type, {})
        self.optional = set(corrected.get("optional", ()))
        self.added = set(corrected.get("added", ()))
        self.instants = WITHOUT_EXAMPLE.get(entry.notification_type, set())

    def resolved(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self.root["definitions"][schema["$ref"].rpartition("/")[2]]
        return schema

    def content(self, entry: Entry) -> Json:
        top = self.resolved({"$ref": self.root["#ref"]} if "#ref" in self.root else self.root)
        payload = self.resolved(top["properties"]["payload" if entry.envelope == "camel" else "Payload"])
        return self.resolved(payload["properties"][entry.wrapper]) if entry.wrapper else payload

    def record(self, kind: Any, schema: Json, above: str) -> Iterator[str]:
        hints = get_type_hints(kind, include_extras=True)
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        ways = {name: f"{above}.{name}".lstrip(".") for name in fields}
        if set(fields) - {name for name in fields if ways[name] in self.added} != set(schema["properties"]):
            yield f"{kind.__name__} has {sorted(fields)}"
        for name, value in schema["properties"].items():
            way, hint = ways[name], hints[fields[name].name]
            required = name in schema.get("required", ()) and way not in self.optional
            if fields[name].required != required:
                yield f"{way} is required: {fields[name].required}"
            nullable = isinstance(self.resolved(value).get("type"), list)
            if (NoneType in get_args(hint)) != (nullable or not required):
                yield f"{way} is {hint}"
            yield from self.value(hint, self.resolved(value), way)

    def value(self, hint: Any, schema: Json, way: str) -> Iterator[str]:
        hint = bare(hint)
        if "enum" in schema:
            if not issubclass(hint, OpenEnum) or [member.value for member in hint] != schema["enum"]:
                yield f"{way} is {hint}"
        elif schema.get("type") == "array":
            if get_origin(hint) is not list:
                yield f"{way} is {hint}"
            else:
                yield from self.items(get_args(hint)[0], schema, way)
        elif "properties" in schema:
            yield from self.record(hint, schema, way)
        elif hint is not self.scalar(schema, way):
            yield f"{way} is {hint}"

    def items(self, hint: Any, schema: Json, way: str) -> Iterator[str]:
        items = schema.get("items", {"type": "string"})
        items = self.resolved(items[0] if isinstance(items, list) else items)
        forms = items.get("anyOf", [items])
        merged = dict(forms[0])
        for form in forms[1:]:
            merged["properties"] = merged["properties"] | form["properties"]
            merged["required"] = [name for name in merged["required"] if name in form["required"]]
        yield from self.value(hint, merged, way)

    def scalar(self, schema: Json, way: str) -> type:
        kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
        examples = [text for text in schema.get("examples", ()) if isinstance(text, str)]
        if kind == "string" and (schema.get("format") == "date-time" or any(map(ISO.match, examples))):
            return datetime
        if way.rpartition(".")[2] == "Amount":
            return Decimal
        return datetime if way in self.instants else TYPES[kind]


def bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    return bare(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.module)
def test_names_types_requiredness_and_enumerations_are_the_schemas(entry: Entry, published: dict[str, Json]) -> None:
    comparison = Comparison(entry, published[FILES[entry[:2]]])

    assert list(comparison.record(load(entry), comparison.content(entry), "")) == []


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.module)
def test_the_envelope_is_the_one_that_all_have(entry: Entry, published: dict[str, Json]) -> None:
    root = published[FILES[entry[:2]]]
    comparison = Comparison(entry, root)
    top = comparison.resolved({"$ref": root["#ref"]} if "#ref" in root else root)
    names = {name.lower() for name in top["properties"]}
    stated = top["properties"]["NotificationType" if entry.envelope == "pascal" else "notificationType"]

    assert {"notificationversion", "notificationtype", "payloadversion", "eventtime", "payload"} <= names
    assert names <= {
        *("notificationversion", "notificationtype", "payloadversion", "eventtime", "payload"),
        "notificationmetadata",
    }
    assert stated.get("enum", [entry.notification_type])[0].removesuffix("D") == entry.notification_type.removesuffix(
        "D"
    )


def test_every_correction_is_of_something_that_is_there(published: dict[str, Json]) -> None:
    wrong = []
    for entry in PUBLISHED:
        comparison = Comparison(entry, published[FILES[entry[:2]]])
        ways = set(all_ways(comparison, comparison.content(entry), ""))
        wrong += sorted((comparison.optional | comparison.instants) - ways)
        wrong += sorted(comparison.added & ways)

    assert wrong == []


def all_ways(comparison: Comparison, schema: Json, above: str) -> Iterator[str]:
    schema = comparison.resolved(schema)
    items = schema.get("items", ())
    for form in items if isinstance(items, list) else [items] if items else ():
        for one in form.get("anyOf", [form]):
            yield from all_ways(comparison, one, above)
    if schema.get("type") != "array":
        for name, value in schema.get("properties", {}).items():
            way = f"{above}.{name}".lstrip(".")
            yield way
            yield from all_ways(comparison, value, way)
