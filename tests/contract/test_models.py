from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints

import msgspec
import pytest

from sellingpartner.contract.index import APIS
from sellingpartner.contract.message import OpenEnum

Json = dict[str, Any]
Properties = Callable[[Json, Json], dict[str, tuple[Json, bool]]]
Mismatches = Callable[[Any, Json, Json], list[str]]

MODULES = [pytest.param(module, model, id=module) for module, _, _, model, _ in APIS]

LIMITS_THAT_MEAN_NOTHING = {
    # a text's limit on a list
    ("messaging.json", "InvoiceRequest.attachments", "minLength"),
    ("messaging.json", "InvoiceRequest.attachments", "maxLength"),
    ("messaging.json", "CreateConfirmCustomizationDetailsRequest.attachments", "maxLength"),
    ("messaging.json", "CreateLegalDisclosureRequest.attachments", "maxLength"),
    ("messaging.json", "CreateWarrantyRequest.attachments", "minLength"),
    ("messaging.json", "CreateWarrantyRequest.attachments", "maxLength"),
    ("messaging.json", "CreateDigitalAccessKeyRequest.attachments", "maxLength"),
    # a text's limit on a number
    ("vehicles_2024-11-01.json", "Month", "pattern"),
    ("vehicles_2024-11-01.json", "Year", "pattern"),
    # msgspec knows no multiple of a Decimal
    ("services.json", "FixedSlotCapacity.slotDuration", "multipleOf"),
    ("services.json", "FixedSlotCapacityQuery.slotDuration", "multipleOf"),
}
MEANINGFUL = {
    "minLength": {"string"},
    "maxLength": {"string"},
    "pattern": {"string"},
    "minimum": {"integer", "number"},
    "maximum": {"integer", "number"},
    "multipleOf": set(),
    "minItems": {"array"},
    "maxItems": {"array"},
}


def record_names(model: Json, properties: Properties) -> Iterator[str]:
    for name, schema in model["definitions"].items():
        bare = schema.get("type") == "object" and not {"properties", "additionalProperties"} & schema.keys()
        if properties(schema, model) or bare:
            yield name


@pytest.mark.parametrize(("module", "model"), MODULES)
def test_every_definition_is_in_its_module(
    module: str, model: str, published: dict[str, Json], class_name: Callable[[str], str]
) -> None:
    contract = import_module(f"sellingpartner.contract.{module}")

    missing = [name for name in published[model]["definitions"] if not hasattr(contract, class_name(name))]

    assert missing == []


def test_all_2457_definitions_are_compared(published: dict[str, Json]) -> None:
    known = {model for _, _, _, model, _ in APIS}

    assert known == published.keys()
    assert sum(len(model["definitions"]) for model in published.values()) == 2457


@pytest.mark.parametrize(("module", "model"), MODULES)
def test_every_record_has_the_published_fields(
    module: str,
    model: str,
    published: dict[str, Json],
    class_name: Callable[[str], str],
    properties: Properties,
) -> None:
    contract = import_module(f"sellingpartner.contract.{module}")
    document = published[model]

    for name in record_names(document, properties):
        fields = msgspec.structs.fields(getattr(contract, class_name(name)))
        wanted = properties(document["definitions"][name], document)
        assert {field.encode_name: field.required for field in fields} == {
            wire_name: required for wire_name, (_, required) in wanted.items()
        }, name


@pytest.mark.parametrize(("module", "model"), MODULES)
def test_every_field_has_the_published_type_and_limits(
    module: str,
    model: str,
    published: dict[str, Json],
    class_name: Callable[[str], str],
    properties: Properties,
    mismatches: Mismatches,
) -> None:
    contract = import_module(f"sellingpartner.contract.{module}")
    document = published[model]

    found = []
    for name in record_names(document, properties):
        declared = getattr(contract, class_name(name))
        hints = get_type_hints(declared, include_extras=True)
        wire_names = {field.encode_name: field.name for field in msgspec.structs.fields(declared)}
        for wire_name, (schema, _) in properties(document["definitions"][name], document).items():
            found += [
                f"{name}.{wire_name}: {problem}"
                for problem in mismatches(hints[wire_names[wire_name]], schema, document)
            ]

    assert found == []


@pytest.mark.parametrize(("module", "model"), MODULES)
def test_every_other_definition_is_the_published_type(
    module: str,
    model: str,
    published: dict[str, Json],
    class_name: Callable[[str], str],
    properties: Properties,
    mismatches: Mismatches,
) -> None:
    contract = import_module(f"sellingpartner.contract.{module}")
    document = published[model]
    records = set(record_names(document, properties))

    found = [
        f"{name}: {problem}"
        for name, schema in document["definitions"].items()
        if name not in records
        for problem in mismatches(getattr(contract, class_name(name)), schema, document)
    ]

    assert found == []


def test_limits_that_mean_nothing_for_their_type_are_known(published: dict[str, Json]) -> None:
    found = set()
    for file_name, document in published.items():
        for name, schema in document["definitions"].items():
            for where, part in spelled_out(name, schema):
                found |= {
                    (file_name, where, limit)
                    for limit, types in MEANINGFUL.items()
                    if limit in part and part.get("type") not in types
                }

    assert found == LIMITS_THAT_MEAN_NOTHING


def spelled_out(name: str, schema: Json) -> Iterator[tuple[str, Json]]:
    yield name, schema
    for wire_name, value in schema.get("properties", {}).items():
        yield from spelled_out(f"{name}.{wire_name}", value)
    for part in (*schema.get("allOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from spelled_out(name, part)


def test_every_pattern_is_a_pattern_for_python_too(published: dict[str, Json]) -> None:
    patterns = {
        part["pattern"]
        for document in published.values()
        for name, schema in document["definitions"].items()
        for _, part in spelled_out(name, schema)
        if "pattern" in part
    }

    assert all(re.compile(pattern) for pattern in patterns)


@pytest.mark.parametrize(("module", "model"), MODULES)
def test_no_enumeration_was_made_up(module: str, model: str, published: dict[str, Json]) -> None:
    contract = import_module(f"sellingpartner.contract.{module}")
    document = published[model]
    listed = {frozenset(values) for values in enumerations(document)}

    declared = [
        value
        for value in vars(contract).values()
        if isinstance(value, type) and issubclass(value, OpenEnum) and value is not OpenEnum
    ]

    assert {frozenset(member.value for member in enumeration) for enumeration in declared} == listed


def enumerations(part: object) -> Iterator[list[str]]:
    if isinstance(part, dict):
        if isinstance(part.get("enum"), list):
            yield part["enum"]
        for key, value in part.items():
            if key not in {"example", "examples", "x-example", "x-amzn-api-sandbox"}:
                yield from enumerations(value)
    elif isinstance(part, list):
        for item in part:
            yield from enumerations(item)
