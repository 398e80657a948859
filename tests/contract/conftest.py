from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin

import msgspec
import pytest

from sellingpartner.contract.message import OpenEnum

ROOT = Path(__file__).parents[2]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))

Json = dict[str, Any]
Mismatches = Callable[[Any, Json, Json], list[str]]

RENAMED = {  # an operation of the same API has the definition's own name
    "CreateServiceDocumentUploadDestination": "CreateServiceDocumentUploadDestinationModel",
    "GetShipmentLabels": "GetShipmentLabelsModel",
    "SubmitShipments": "SubmitShipmentsModel",
}
TEXT_LIMITS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}
NUMBER_LIMITS = {"minimum": "ge", "maximum": "le"}
LIST_LIMITS = {"minItems": "min_length", "maxItems": "max_length"}


@pytest.fixture(scope="session")
def models() -> Path:
    """Amazon's published models, which are no part of this repository."""
    if not any(MODELS.glob("*/*.json")):
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    return MODELS


@pytest.fixture(scope="session")
def published(models: Path) -> dict[str, Json]:
    """Every model as its JSON, by file name."""
    return {path.name: json.loads(path.read_bytes()) for path in sorted(models.glob("*/*.json"))}


@pytest.fixture(scope="session")
def class_name() -> Callable[[str], str]:
    """The class that a definition should have become."""
    return class_name_of


@pytest.fixture(scope="session")
def mismatches() -> Mismatches:
    """Compares an annotation with a schema, as another pair of eyes than the generator's."""
    return lambda hint, schema, model: list(compared(hint, schema, model))


@pytest.fixture(scope="session")
def properties() -> Callable[[Json, Json], dict[str, tuple[Json, bool]]]:
    """The properties of a schema and whether each is required, those of `allOf` among them."""
    return properties_of


def class_name_of(definition: str) -> str:
    return RENAMED.get(definition, definition[0].upper() + definition[1:])


def properties_of(schema: Json, model: Json) -> dict[str, tuple[Json, bool]]:
    if "$ref" in schema:
        return properties_of(model["definitions"][schema["$ref"].split("/")[-1]], model)
    found: dict[str, tuple[Json, bool]] = {}
    for part in schema.get("allOf", ()):
        found |= properties_of(part, model)
    required = schema.get("required", ())
    return found | {name: (value, name in required) for name, value in schema.get("properties", {}).items()}


def compared(hint: object, schema: Json, model: Json) -> Iterator[str]:
    """What is wrong with an annotation, given the schema of the value."""
    inner, limits = bare(hint)
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if not is_class(inner):
            yield from compared(hint, model["definitions"][name], model)
        elif inner.__name__ != class_name_of(name):
            yield f"{inner.__name__} stands where {name} should"
        return
    if schema.get("type") == "string" and "items" in schema:
        schema = schema["items"]  # customerFeedback lists one text's values as if they were a list's
    wanted, wanted_limits = expected(schema)
    if "enum" in schema:
        if not is_class(inner) or {member.value for member in inner} != set(schema["enum"]):
            yield f"{inner} is not the enumeration"
    elif wanted is list and get_origin(inner) is list:
        yield from compared(get_args(inner)[0], schema["items"], model)
    elif wanted is not (None if is_class(inner) else get_origin(inner) or inner):
        yield f"{inner} is not {wanted}"
    if limits != wanted_limits:
        yield f"{limits} are not the limits {wanted_limits}"


def is_class(hint: object) -> TypeGuard[Any]:
    """A record's class or an enumeration's."""
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct | OpenEnum)


def bare(hint: object) -> tuple[object, Json]:
    """A type without None beside it, and its limits."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is not Annotated:
        return hint, {}
    inner, *metas = get_args(hint)
    limits: Json = {}
    for meta in metas:
        names = ("min_length", "max_length", "pattern", "ge", "le")
        limits |= {name: getattr(meta, name) for name in names if getattr(meta, name) is not None}
    return inner, limits


TYPES = {
    ("string", "date-time"): datetime,
    ("string", "dateTime"): datetime,
    ("string", "date"): date,
    ("string", None): str,
    ("integer", None): int,
    ("number", None): Decimal,
    ("boolean", None): bool,
    ("array", None): list,
    ("object", None): dict,
}
LIMITS = {str: TEXT_LIMITS, int: NUMBER_LIMITS, Decimal: NUMBER_LIMITS, list: LIST_LIMITS}


def expected(schema: Json) -> tuple[object, Json]:
    """The Python type and limits that a schema asks for; a number with limits is a float."""
    if {"enum", "properties", "allOf"} & schema.keys():
        return None, {}
    name = schema.get("type")
    if name is None:
        return (dict if "additionalProperties" in schema else Any), {}
    wanted = TYPES.get((name, schema.get("format"))) or TYPES[name, None]
    limits = {limit: schema[key] for key, limit in LIMITS.get(wanted, {}).items() if key in schema}
    return (float if wanted is Decimal and limits else wanted), limits
