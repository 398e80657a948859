"""What changed among an API's operations."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from sellingpartner.contract.operation import NoContent, Request, answer_type, places
from sellingpartner.contract.published.change import Change, How, compared, fields_compared
from sellingpartner.contract.published.classes import BODY, Api, RequestClass
from sellingpartner.contract.published.declared import fields_of, requests_of, shape_of_type
from sellingpartner.contract.published.definition_changes import expanded
from sellingpartner.contract.published.shapes import Field, Shape

Declared = type[Request[Any]]


def operation_changes(api: str, module: ModuleType, published: Api) -> Iterator[Change]:
    """Compare a module's requests with a model's operations."""
    old = {request.operation.key: request for request in requests_of(module).values()}
    new = {request.operation.key: request for request in published.requests}

    def compare(key: str, declared: Declared, newer: RequestClass) -> Iterator[Change]:
        for what, before, after in _facts(declared, newer, published):
            if before != after:
                yield Change(api, what, f"of {key}", How.CHANGED, str(before), str(after))
        yield from fields_compared(
            api, "parameter", _declared_parameters(key, declared), _parameters(key, newer, published)
        )

    return compared(api, "operation", old, new, compare)


def _facts(declared: Declared, newer: RequestClass, published: Api) -> Iterator[tuple[str, object, object]]:
    """What is said of an operation on both sides; where a model says nothing, the contract's word stands."""
    known, listed = declared.operation, newer.operation
    yield "name", known.name, listed.name
    yield "status", known.status, newer.status
    yield "statuses", known.statuses, tuple(listed.answers)
    yield "content type", known.produces, listed.produces
    yield "answer", _answer(declared), _shape(newer.answer, published)
    yield "body", _body(declared), _shape(newer.body, published)
    yield "sandbox-only mark", known.sandbox_only, listed.sandbox_only
    yield "repeated keys", set(known.repeated), {field.name for field in newer.fields if field.repeated}
    if listed.deprecated:
        yield "deprecation", known.deprecated, True
    if listed.rate:
        yield "rate", (known.rate.per_second, known.rate.burst) if known.rate else None, listed.rate


def _answer(declared: Declared) -> Shape | None:
    answer = answer_type(declared)
    return None if answer is NoContent else shape_of_type(answer)


def _body(declared: Declared) -> Shape | None:
    body = declared.operation.body
    return None if body is None else shape_of_type(body)


def _shape(shape: Shape | None, published: Api) -> Shape | None:
    return expanded(shape, published) if shape else None


def _declared_parameters(key: str, declared: Declared) -> dict[str, Field]:
    fields = fields_of(declared)
    found = places(declared)
    return {
        f"{place.wire_name} in the {where} of {key}": fields[place.field]
        for where, listed in (("path", found.path), ("query", found.query), ("header", found.headers))
        for place in listed
    }


def _parameters(key: str, newer: RequestClass, published: Api) -> dict[str, Field]:
    return {
        f"{field.wire_name} in the {field.where} of {key}": Field(
            field.wire_name, expanded(field.shape, published), field.required
        )
        for field in newer.fields
        if field.where != BODY
    }
