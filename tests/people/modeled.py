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
