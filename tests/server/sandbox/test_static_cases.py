"""Every static case of Amazon's published models is answered by the sandbox exactly as the model says.

The replay builds each call from what its case lists, and fills in required parameters that the case leaves open, which
may have any value. It reads the models by its own means.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sellingpartner.testing.caller import Caller
from sellingpartner.testing.world import TestMarket

ROOT = Path(__file__).parents[3]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))
FILES = sorted(MODELS.glob("*/*.json"))
STATIC_CASES = 913

Json = dict[str, Any]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Caller]:
    made = TestMarket(models=MODELS)
    yield made.in_sandbox()
    made.close()


needs_models = pytest.mark.skipif(
    not FILES, reason=f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them"
)


def cases(model: Json) -> Iterator[tuple[str, str, list[Json], int, Json]]:
    """Method, path, parameters, status and case of every static case in a model."""
    for path, item in model["paths"].items():
        for method in {"get", "put", "post", "patch", "delete"} & item.keys():
            operation = item[method]
            declared = [resolved(one, model) for one in (*item.get("parameters", ()), *operation["parameters"])]
            for status, answer in operation["responses"].items():
                for case in resolved(answer, model).get("x-amzn-api-sandbox", {}).get("static", ()):
                    yield method.upper(), path, declared, int(status), case


def resolved(found: Json, model: Json) -> Json:
    if "$ref" not in found:
        return found
    _, kind, name = found["$ref"].split("/")
    return model[kind][name]  # type: ignore[no-any-return] # JSON


def value(said: Json) -> Any:  # noqa: ANN401 - JSON
    return said.get("value", said)


def text(given: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(given, bool):
        return str(given).lower()
    return ",".join(map(text, given)) if isinstance(given, list) else str(given)


def play(sandbox: Caller, method: str, path: str, declared: list[Json], case: Json) -> Any:  # noqa: ANN401 - a reply
    """Make the call that a case asks for."""
    listed = case.get("request", {}).get("parameters", {})
    query: dict[str, str] = {}
    body: bytes | None = None
    headers: dict[str, str] = {}
    for parameter in declared:
        name = parameter["name"]
        if parameter["in"] == "body":
            body = b"{}" if parameter.get("required") else None
        elif parameter["in"] == "path":
            said = text(value(listed[name])) if name in listed else "any"
            path = path.replace(f"{{{name}}}", quote(said, safe=""))
        elif parameter["in"] == "query" and (name in listed or parameter.get("required")):
            query[name] = text(value(listed[name])) if name in listed else "any"
        elif parameter["in"] == "header" and (name in listed or parameter.get("required")):
            headers[name] = text(value(listed[name])) if name in listed else "any"
    if "body" in listed and method != "GET":
        body = json.dumps(value(listed["body"])).encode()
    return sandbox.call(method, f"{path}?{urlencode(query)}" if query else path, headers=headers, body=body)


@needs_models
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_is_answered_as_the_model_says(file: Path, sandbox: Caller) -> None:
    model = json.loads(file.read_bytes())
    wrong: list[str] = []
    seen: dict[tuple[str, str, str], tuple[int, Any, Json]] = {}

    for method, path, declared, status, case in cases(model):
        key = method, path, json.dumps(case.get("request", {}).get("parameters", {}), sort_keys=True)
        expected_status, answer, headers = seen.setdefault(  # two cases that ask for the same: the first answers
            key, (status, case.get("response"), case.get("responseHeaders", {}))
        )
        reply = play(sandbox, method, path, declared, case)
        expected = b"" if answer is None or expected_status == 204 else json.dumps(answer).encode()
        said = {name.lower(): text(value(one)) for name, one in headers.items()}
        if (reply.status, reply.body) != (expected_status, expected) or not said.items() <= reply.headers.items():
            wrong.append(f"{status} {method} {path} {key[2][:300]}: {reply.status} {reply.body[:200]!r}")

    assert wrong == []


@needs_models
def test_there_are_as_many_as_are_known() -> None:
    assert sum(1 for file in FILES for _ in cases(json.loads(file.read_bytes()))) == STATIC_CASES
