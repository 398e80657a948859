from __future__ import annotations

import csv
import keyword
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_origin

import msgspec
import pytest

from sellingpartner.contract import scopes
from sellingpartner.contract.index import APIS
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import NoContent, Request, answer_type, places
from sellingpartner.contract.registry import Entry, load, operations

Json = dict[str, Any]
Mismatches = Callable[[Any, Json, Json], list[str]]

ROOT = Path(__file__).parents[2]
REMOVED = {"GET /catalog/v0/items", "GET /catalog/v0/items/{asin}"}
METHODS = ("get", "post", "put", "patch", "delete")
MODULES = [module for module, *_ in APIS]

each_module = pytest.mark.parametrize("module", MODULES)


def entries(module: str, *, published: bool = False) -> Iterator[Entry]:
    """The operations of an API; with `published`, those that are still in Amazon's models."""
    for entry in operations():
        if entry.module == module and not (published and entry.key in REMOVED):
            yield entry


def published_operations(published: dict[str, Json]) -> Iterator[tuple[str, Json, Json]]:
    for document in published.values():
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield f"{method.upper()} {path}", {"shared": item.get("parameters", []), **item[method]}, document


def parameters(operation: Json, document: Json) -> list[Json]:
    listed = [*operation["shared"], *operation["parameters"]]
    return [
        document["parameters"][parameter["$ref"].split("/")[-1]] if "$ref" in parameter else parameter
        for parameter in listed
    ]


@pytest.fixture(scope="module")
def by_key(published: dict[str, Json]) -> dict[str, tuple[Json, Json]]:
    return {key: (operation, document) for key, operation, document in published_operations(published)}


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, str]]:
    with (ROOT / "tools" / "contract" / "operations.csv").open(newline="", encoding="utf-8") as file:
        return {f"{row['method']} {row['path']}": row for row in csv.DictReader(file)}


def test_all_372_operations_are_declared(by_key: dict[str, tuple[Json, Json]], facts: dict[str, Any]) -> None:
    keys = [entry.key for entry in operations()]

    assert len(keys) == 372
    assert set(keys) == by_key.keys() | REMOVED == facts.keys()


def test_no_two_operations_of_a_module_share_a_class() -> None:
    names = [(entry.module, entry.class_name) for entry in operations()]

    assert len(set(names)) == len(names)


@each_module
def test_a_request_says_what_the_index_says(module: str) -> None:
    for entry in entries(module):
        request = load(entry)

        assert request.operation.key == entry.key
        assert request.operation.name == entry.name
        assert (request.__doc__ or "").endswith(".")


@each_module
def test_parameters_travel_where_they_are_published(
    module: str, by_key: dict[str, tuple[Json, Json]], mismatches: Mismatches
) -> None:
    for entry in entries(module, published=True):
        operation, document = by_key[entry.key]
        found = places(load(entry))

        for where, listed in (("path", found.path), ("query", found.query), ("header", found.headers)):
            wanted = {item["name"]: item for item in parameters(operation, document) if item["in"] == where}
            assert {place.wire_name: place.required for place in listed} == {
                name: item.get("required", False) for name, item in wanted.items()
            }
            problems = [mismatches(place.type, wanted[place.wire_name], document) for place in listed]
            assert problems == [[]] * len(listed)


@each_module
def test_a_body_is_the_published_one(
    module: str, by_key: dict[str, tuple[Json, Json]], class_name: Callable[[str], str]
) -> None:
    for entry in entries(module, published=True):
        bodies = [item for item in parameters(*by_key[entry.key]) if item["in"] == "body"]
        request = load(entry)
        body = request.operation.body
        in_body = places(request).body

        if not bodies:
            assert body is None
            assert in_body == ()
        elif get_origin(body) is list:
            assert request.operation.whole_body == in_body[0].field
        else:
            assert body.__name__ == class_name(bodies[0]["schema"]["$ref"].split("/")[-1])
            if request.operation.whole_body:
                assert [place.field for place in in_body] == [request.operation.whole_body]
            else:
                assert {place.wire_name: place.required for place in in_body} == {
                    field.encode_name: field.required for field in msgspec.structs.fields(body)
                }


@each_module
def test_statuses_and_answer_are_the_published_ones(
    module: str, by_key: dict[str, tuple[Json, Json]], class_name: Callable[[str], str]
) -> None:
    for entry in entries(module, published=True):
        responses = by_key[entry.key][0]["responses"]
        request = load(entry)
        answer = answer_type(request)
        schema = responses[str(request.operation.status)].get("schema", {})

        assert request.operation.statuses == tuple(sorted(int(status) for status in responses))
        assert 200 <= request.operation.status < 300
        if "$ref" in schema and request.operation.status != 204:
            assert getattr(answer, "__name__", "") in {class_name(schema["$ref"].split("/")[-1]), "list"}
        else:
            assert answer is NoContent


@each_module
def test_every_operation_may_be_refused_for_the_usual_reasons(module: str) -> None:
    for entry in entries(module):
        assert {400, 403, 429, 500, 503} <= set(load(entry).operation.statuses)


@each_module
def test_limits_and_permissions_are_those_of_the_table(module: str, facts: dict[str, dict[str, str]]) -> None:
    for entry in entries(module):
        row = facts[entry.key]
        operation = load(entry).operation

        rate = (operation.rate.per_second, operation.rate.burst) if operation.rate else None
        assert rate == ((float(row["rate"]), int(row["burst"])) if row["rate"] else None)
        assert operation.scope == row["scope"]
        assert operation.scope in {*scopes.SCOPES, scopes.ANY, scopes.NONE}
        assert operation.grantless == (row["grantless"] or None)
        assert operation.roles == tuple(role for role in row["roles"].split("|") if role)
        assert operation.deprecated == (row["deprecated"] == "yes")
        assert operation.sandbox_only == (row["sandbox_only"] == "yes")
        restricted = operation.restricted
        assert (restricted is not None) == bool(row["restricted"])
        if restricted:
            assert restricted.required == (row["restricted"] == "required")
            elements = row["restricted"].partition(":")[2]
            assert restricted.elements == (tuple(elements.split("|")) if elements else ())


@each_module
def test_where_an_operation_pages_its_tokens_are_in_request_and_answer(
    module: str, facts: dict[str, dict[str, str]]
) -> None:
    for entry in entries(module):
        request = load(entry)
        pages = request.operation.pages
        if facts[entry.key]["pages"] in {"", "body.pagination.offset"}:
            assert pages is None
            continue
        assert pages is not None

        holder: Any = answer_type(request)
        *way, last = pages.next_token.split(".")
        for wire_name in way:
            holder = class_of(holder, wire_name)

        assert pages.token in {field.encode_name for field in msgspec.structs.fields(request)}
        assert last in {field.encode_name for field in msgspec.structs.fields(holder)}


def class_of(holder: type[Message], wire_name: str) -> type[object]:
    info = msgspec.inspect.type_info(holder)
    assert isinstance(info, msgspec.inspect.StructType)
    found = next(field.type for field in info.fields if field.encode_name == wire_name)
    kinds = found.types if isinstance(found, msgspec.inspect.UnionType) else (found,)
    return next(kind.cls for kind in kinds if isinstance(kind, msgspec.inspect.StructType))


@each_module
def test_arrays_are_joined_by_commas_unless_published_as_repeated_keys(
    module: str, by_key: dict[str, tuple[Json, Json]]
) -> None:
    for entry in entries(module, published=True):
        request = load(entry)
        repeated = {item["name"] for item in parameters(*by_key[entry.key]) if item.get("collectionFormat") == "multi"}

        assert {
            place.wire_name for place in places(request).query if place.field in request.operation.repeated
        } == repeated


@each_module
def test_fields_have_python_names(module: str) -> None:
    for entry in entries(module):
        request: type[Request[Any]] = load(entry)

        names = [field.name for field in msgspec.structs.fields(request)]

        assert all(name.isidentifier() and name == name.lower() and not keyword.iskeyword(name) for name in names)


def test_two_ways_to_link_a_carrier_account_are_two_classes() -> None:
    found = {entry.class_name: entry.method for entry in operations() if entry.name == "linkCarrierAccount"}

    assert found == {"LinkCarrierAccount": "PUT", "LinkCarrierAccountByPost": "POST"}
