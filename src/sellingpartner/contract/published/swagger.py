"""Reads a published model, a Swagger 2.0 document: what it defines and which operations it has, as shapes.

Only facts are read. Of the prose, the usage plan's table is looked at for its two numbers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sellingpartner.contract.operation import JSON
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

Json = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")

KINDS = {
    ("string", "date-time"): Kind.INSTANT,
    ("string", "dateTime"): Kind.INSTANT,
    ("string", "date"): Kind.DAY,
}
"""Formats that change the type; of the others (`int64`, `byte`, `uri`) the type alone counts."""

PLAIN_KINDS = {
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
}

TEXT_LIMITS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}
NUMBER_LIMITS = {"minimum": "ge", "maximum": "le"}
LIST_LIMITS = {"minItems": "min_length", "maxItems": "max_length"}
LIMITS = {Kind.TEXT: TEXT_LIMITS, Kind.INTEGER: NUMBER_LIMITS, Kind.NUMBER: NUMBER_LIMITS}
"""The limits that mean something for a kind; a `pattern` on a number, as `vehicles` has one, means nothing."""

USAGE_PLAN = re.compile(r"^\|\s*([\d.]+)\s*\|\s*([\d.]+)\s*\|\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What travels in the path, the query or a header."""

    where: str
    wire_name: str
    shape: Shape
    required: bool
    repeated: bool
    """An array sent as repeated keys instead of joined by commas."""


@dataclass(frozen=True, slots=True)
class PublishedOperation:
    """One operation, as a model describes it."""

    method: str
    path: str
    name: str
    parameters: tuple[Parameter, ...]
    body: Field | None
    answers: dict[int, Shape | None]
    """The model of the answer by documented status; None where the answer has no body."""
    produces: str
    """The content type of its answers."""
    rate: tuple[float, int] | None
    deprecated: bool
    sandbox_only: bool

    @property
    def key(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Document:
    """One published model."""

    file_name: str
    definitions: dict[str, Shape]
    operations: tuple[PublishedOperation, ...]


ADDITIONS = Path(__file__).parent / "additions"
"""Operations that Amazon no longer publishes and callers still know, written by hand in the same form."""


def read(path: Path) -> Document:
    """Read one model, completed by what we add to it."""
    model: Json = json.loads(path.read_bytes())
    addition = ADDITIONS / path.name
    if addition.exists():
        added: Json = json.loads(addition.read_bytes())
        model["paths"] = added["paths"] | model["paths"]
        model["definitions"] = added["definitions"] | model["definitions"]
    definitions = {name: _definition(schema, model) for name, schema in model["definitions"].items()}
    operations = tuple(
        _operation(path, method, item, model)
        for path, item in model["paths"].items()
        for method in METHODS
        if method in item
    )
    return Document(path.name, definitions, operations)


def models(folder: Path) -> list[Path]:
    """The models in a folder of them, one folder an API, in a fixed order."""
    return sorted(folder.glob("*/*.json"))


def _definition(schema: Json, model: Json) -> Shape:
    """A definition that says `object` and no more is an empty answer; anywhere else it is a free object."""
    bare = schema.get("type") == "object" and not {"properties", "additionalProperties"} & schema.keys()
    return Record(()) if bare else shape_of(schema, model)


def shape_of(schema: Json, model: Json) -> Shape:  # noqa: PLR0911 - a case a form of schema
    """The shape that a schema describes; `allOf` becomes one record with the properties of all."""
    if "$ref" in schema:
        return Named(_name(schema["$ref"]))
    if "allOf" in schema:
        return _merged(schema["allOf"], model)
    if "enum" in schema:
        return Choice(tuple(dict.fromkeys(schema["enum"])))
    match schema.get("type"):
        case "string" if "enum" in schema.get("items", {}):
            return Choice(tuple(schema["items"]["enum"]))  # customerFeedback: one text, listed as if a list's items
        case "array":
            return Array(shape_of(schema["items"], model), _limits(schema, LIST_LIMITS))
        case "object" | None if "properties" in schema:
            return _record(schema, model)
        case "object" | None if "additionalProperties" in schema:
            values = schema["additionalProperties"]
            return Map(shape_of(values, model) if isinstance(values, dict) else Scalar(Kind.ANYTHING))
        case "object":
            return Map(Scalar(Kind.ANYTHING))
        case None:
            return Scalar(Kind.ANYTHING)
        case type_name:
            kind = KINDS.get((type_name, schema.get("format", ""))) or PLAIN_KINDS[type_name]
            return Scalar(kind, _limits(schema, LIMITS.get(kind, {})))


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]


def _limits(schema: Json, known: dict[str, str]) -> Limits:
    return tuple((name, schema[key]) for key, name in known.items() if key in schema)


def _record(schema: Json, model: Json) -> Record:
    required = schema.get("required", ())
    fields = (Field(name, shape_of(value, model), name in required) for name, value in schema["properties"].items())
    return Record(tuple(fields))


def _merged(schemas: list[Json], model: Json) -> Record:
    fields: dict[str, Field] = {}
    for schema in schemas:
        resolved = model["definitions"][_name(schema["$ref"])] if "$ref" in schema else schema
        part = shape_of(resolved, model)
        if isinstance(part, Record):
            fields |= {field.wire_name: field for field in part.fields}
    return Record(tuple(fields.values()))


def _operation(path: str, method: str, item: Json, model: Json) -> PublishedOperation:
    found: Json = item[method]
    declared = [
        model["parameters"][_name(parameter["$ref"])] if "$ref" in parameter else parameter
        for parameter in [*item.get("parameters", ()), *found["parameters"]]
    ]
    bodies = [
        Field(parameter["name"], shape_of(parameter["schema"], model), parameter.get("required", False))
        for parameter in declared
        if parameter["in"] == "body"
    ]
    return PublishedOperation(
        method=method.upper(),
        path=path,
        name=found["operationId"],
        parameters=tuple(_parameter(parameter, model) for parameter in declared if parameter["in"] != "body"),
        body=bodies[0] if bodies else None,
        answers={int(status): _answer(answer, model) for status, answer in sorted(found["responses"].items())},
        produces=(found.get("produces") or model.get("produces") or [JSON])[0],
        rate=_rate(found.get("description", "")),
        deprecated=found.get("deprecated", False),
        sandbox_only="x-amzn-api-sandbox-only" in item or "x-amzn-api-sandbox-only" in found,
    )


def _parameter(parameter: Json, model: Json) -> Parameter:
    return Parameter(
        where=parameter["in"],
        wire_name=parameter["name"],
        shape=shape_of(parameter, model),
        required=parameter.get("required", False),
        repeated=parameter.get("collectionFormat") == "multi",
    )


def _answer(answer: Json, model: Json) -> Shape | None:
    return shape_of(answer["schema"], model) if "schema" in answer else None


def _rate(description: str) -> tuple[float, int] | None:
    """The usage plan, where the operation has one for everybody."""
    plans = USAGE_PLAN.findall(description)
    return (float(plans[0][0]), int(plans[0][1])) if len(plans) == 1 else None
