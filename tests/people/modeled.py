"""Holds an answer against Amazon's published models, where they are at hand."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

ROOT = Path(__file__).parents[2]
MODELS = Path(os.environ.get("SELLINGPARTNER_MODELS", ROOT.parent / "shared" / "models" / "openapi"))


@cache
def _definitions(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())["definitions"]
    return found


def check_form(answer: object, document: str, definition: str) -> None:
    """Fail unless an answer has the form of a definition in one of Amazon's documents."""
    paths = list(MODELS.glob(f"*/{document}"))
    if not paths:
        pytest.skip(f"no models at {MODELS}; clone Amazon's and set SELLINGPARTNER_MODELS to the folder of them")
    schema = {"$ref": f"#/definitions/{definition}", "definitions": _definitions(paths[0])}
    jsonschema_rs.Draft7Validator(schema).validate(answer)


def faults_of_answer(key: str, status: int, answer: object) -> list[str]:
    """Where the answer to an operation, named by its method and path, is not as Amazon's document has it."""
    found = _operations().get(key)
    schema = None if found is None else found[1].get(str(status))
    if found is None or schema is None:
        return []
    path, _ = found
    errors = jsonschema_rs.Draft7Validator({**schema, "definitions": _definitions(path)}).iter_errors(answer)
    return [f"{key} answers {status}: {error.message}" for error in errors]


@cache
def _operations() -> dict[str, tuple[Path, dict[str, Any]]]:
    """The document of each operation, and the form of its answers by their status; none where no models are."""
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path in sorted(MODELS.glob("*/*.json")):
        for route, methods in json.loads(path.read_bytes()).get("paths", {}).items():
            for method, operation in methods.items():
                if method in _METHODS:
                    forms = {
                        code: answer["schema"]
                        for code, answer in operation["responses"].items()
                        if answer.get("schema") and code.isdigit() and int(code) < _REFUSED
                    }
                    found.setdefault(f"{method.upper()} {route}", (path, forms))
    return found


_METHODS, _REFUSED = frozenset({"get", "put", "post", "patch", "delete"}), 300
