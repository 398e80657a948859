"""The JSON Schema of scenario files, for editors: made of the model and of what its text says of each field."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from typing import Any

import msgspec

from sellingpartner.market.scenarios import model


def schema() -> dict[str, Any]:
    """The schema, with a description of each field."""
    (made,), parts = msgspec.json.schema_components([model.Scenario], ref_template="#/$defs/{name}")
    for name, fields in _descriptions().items():
        for field, description in fields.items():
            properties = parts.get(name, {}).get("properties", {})
            if field in properties:
                properties[field]["description"] = description
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of a market",
        **made,
        "$defs": _plain(parts),
    }


def text() -> str:
    """The schema as it is kept in a file."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same with numbers in one form: 100000.0 and 100000 are one bound, and it is chance which of them is met."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    """What the model's text says under each field, by class; a class says of a field what its base said."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(model)).body:
        if isinstance(node, ast.ClassDef):
            inherited = [found.get(base.id, {}) for base in node.bases if isinstance(base, ast.Name)]
            found[node.name] = {field: said for fields in inherited for field, said in fields.items()} | _said(node)
    return found


def _said(kind: ast.ClassDef) -> dict[str, str]:
    said = {}
    for field, below in zip(kind.body, kind.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            said[field.target.id] = " ".join(str(below.value.value).split())
    return said
