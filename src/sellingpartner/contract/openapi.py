"""Describes an API in OpenAPI 3.1, from nothing but its request classes.

    document("orders_v0")

A parameter's limits, an answer's shape and a plan's rate are what the classes say; `x-rate-limit`, `x-scope` and their
like say what OpenAPI has no word for. Who serves a document says which of its operations are served; the others are
marked with `x-served: false`, and answer 501.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

import msgspec

from sellingpartner.contract.errors import ErrorAnswer
from sellingpartner.contract.operation import NoContent, Operation, Place, Request, answer_type, places
from sellingpartner.contract.registry import MARKET, Entry, load, operations_of

Json = dict[str, Any]

TEMPLATE = "#/components/schemas/{name}"
SECURITY = "accessToken"
TOKEN_HEADER = "x-amz-access-token"  # noqa: S105 - a header's name
ACCESS_TOKEN: Json = {"type": "apiKey", "in": "header", "name": TOKEN_HEADER}
CONTROL_KEY: Json = {"type": "http", "scheme": "bearer"}


def document(module: str, server_url: str = "/", *, is_served: Callable[[Entry], bool] = lambda _: True) -> Json:
    """The document of one API, named after its module, as one server serves it at a URL."""
    entries = operations_of(module)
    if not entries:
        message = f"No API has the module {module}; `orders_v0` is one that exists."
        raise LookupError(message)
    requests = {entry: load(entry) for entry in entries}
    schemas = _Schemas(requests.values())
    paths: dict[str, Json] = {}
    for entry, request in requests.items():
        described = _operation(entry, request, schemas)
        paths.setdefault(entry.path, {})[entry.method.lower()] = (
            described if is_served(entry) else _unserved(described, schemas)
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": _title(module), "version": entries[0].version},
        "servers": [{"url": server_url}],
        "security": [{SECURITY: []}, {}] if module == MARKET else [{SECURITY: []}],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {SECURITY: CONTROL_KEY if module == MARKET else ACCESS_TOKEN},
        },
    }


def _title(module: str) -> str:
    first_line = (import_module(f"sellingpartner.contract.{module}").__doc__ or module).splitlines()[0]
    return first_line.rstrip(".")


class _Schemas:
    """The schemas of all types that an API's requests speak of."""

    def __init__(self, requests: Iterable[type[Request[Any]]]) -> None:
        self._types: list[Any] = [ErrorAnswer]
        for request in requests:
            self._types += _types_of(request)
        schemas, components = msgspec.json.schema_components(self._types, ref_template=TEMPLATE)
        self._schemas: list[Json] = [_exact(schema) for schema in schemas]
        self.components: dict[str, Json] = {name: _exact(schema) for name, schema in components.items()}

    def of(self, wanted: Any) -> Json:  # noqa: ANN401 - any type that a field can have
        """The schema of a type, which refers to components for classes."""
        position = next(index for index, known in enumerate(self._types) if known is wanted)
        return self._schemas[position]


def _types_of(request: type[Request[Any]]) -> Iterator[Any]:
    found = places(request)
    yield from (place.type for place in (*found.path, *found.query, *found.headers))
    yield from _answers(request).values()
    if request.operation.body is not None:
        yield request.operation.body


def _answers(request: type[Request[Any]]) -> dict[int, Any]:
    """The models of the successful answers by status."""
    operation = request.operation
    others: dict[int, Any] = operation.extra.get("answers", {})
    answer = answer_type(request)
    return others if answer is NoContent else {operation.status: answer, **others}


def _exact(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """The schema with numbers as they travel: msgspec takes a Decimal for text, our encoder writes a number."""
    if isinstance(schema, list):
        return [_exact(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": "number"}
    return {key: _exact(value) for key, value in schema.items() if not (key == "default" and value is None)}


def _operation(entry: Entry, request: type[Request[Any]], schemas: _Schemas) -> Json:
    operation = request.operation
    described: Json = {
        "operationId": entry.class_name,
        "summary": (request.__doc__ or "").strip(),
        "tags": [entry.api],
        "parameters": _parameters(request, schemas),
    }
    if operation.body is not None:
        described["requestBody"] = {
            "required": any(place.required for place in places(request).body),
            "content": _json(schemas.of(operation.body)),
        }
    described["responses"] = {str(status): _response(status, request, schemas) for status in operation.statuses}
    if operation.deprecated:
        described["deprecated"] = True
    return described | _facts(operation)


def _unserved(described: Json, schemas: _Schemas) -> Json:
    """An operation that the server knows and does not serve: every call that it lets in is answered so."""
    status = HTTPStatus.NOT_IMPLEMENTED
    refusal = {"description": status.phrase, "content": _json(schemas.of(ErrorAnswer))}
    return described | {
        "description": f"Not served here: the answer is {status.value} {status.phrase}.",
        "responses": described["responses"] | {str(status.value): refusal},
        "x-served": False,
    }


def _parameters(request: type[Request[Any]], schemas: _Schemas) -> list[Json]:
    found = places(request)
    return [
        *(_parameter("path", place, request, schemas) for place in found.path),
        *(_parameter("query", place, request, schemas) for place in found.query),
        *(_parameter("header", place, request, schemas) for place in found.headers),
    ]


def _parameter(where: str, place: Place, request: type[Request[Any]], schemas: _Schemas) -> Json:
    schema = _given(schemas.of(place.type))
    described: Json = {"name": place.wire_name, "in": where, "required": place.required, "schema": schema}
    if where == "query" and schema.get("type") == "array":
        described |= {"style": "form", "explode": place.field in request.operation.repeated}
    return described


def _given(schema: Json) -> Json:
    """The schema of a parameter that is there: what is None is left out and never sent as null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


def _response(status: int, request: type[Request[Any]], schemas: _Schemas) -> Json:
    described: Json = {"description": HTTPStatus(status).phrase}
    model = _answers(request).get(status)
    if status >= HTTPStatus.BAD_REQUEST:
        described["content"] = _json(schemas.of(ErrorAnswer))
    elif model is not None:
        described["content"] = {request.operation.produces: {"schema": schemas.of(model)}}
    return described


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _facts(operation: Operation) -> Json:
    facts: Json = {
        "x-operation": operation.name,
        "x-scope": operation.scope,
        "x-grantless-scope": operation.grantless,
        "x-roles": list(operation.roles),
        "x-sandbox-only": operation.sandbox_only,
    }
    if operation.rate:
        facts["x-rate-limit"] = {"rate": operation.rate.per_second, "burst": operation.rate.burst}
    if operation.restricted:
        facts["x-restricted"] = {
            "required": operation.restricted.required,
            "elements": list(operation.restricted.elements),
        }
    return {name: value for name, value in facts.items() if value}
