from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
SCHEMAS = Path(
    os.environ.get("SELLINGPARTNER_SCHEMAS", ROOT.parent / "shared" / "models" / "schemas" / "notifications")
)


@pytest.fixture(scope="session")
def schemas() -> Path:
    """Amazon's published schemas, which are no part of this repository."""
    if not SCHEMAS.is_dir():
        pytest.skip(f"no schemas at {SCHEMAS}; clone Amazon's models and set SELLINGPARTNER_SCHEMAS to the folder")
    return SCHEMAS


@pytest.fixture(scope="session")
def published(schemas: Path) -> dict[str, dict[str, Any]]:
    """Every schema by file name."""
    return {path.name: json.loads(path.read_bytes()) for path in sorted(schemas.glob("*.json"))}
