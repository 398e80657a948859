"""Holds documents against Amazon's published schemas of them, where they are at hand."""

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
SCHEMAS = MODELS.parent / "schemas"


@cache
def _schema(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def check_report(document: object, name: str) -> None:
    """Fail unless a report has the form of its published schema."""
    path = SCHEMAS / "reports" / name
    if not path.exists():
        pytest.skip(f"no schemas at {SCHEMAS}; clone Amazon's models and set SELLINGPARTNER_MODELS")
    jsonschema_rs.Draft7Validator(_schema(path), validate_formats=True).validate(document)
