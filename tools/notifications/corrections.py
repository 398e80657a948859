"""Where the schemas are known to be wrong: our own table beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CORRECTIONS = Path(__file__).parent / "corrections.toml"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What to read otherwise in one type's schema."""

    optional: frozenset[str] = frozenset()
    """The ways to properties that may be left out, whatever the schema says."""
    added: tuple[tuple[str, str], ...] = ()
    """The ways to properties that the schema forgot, with their types; all optional."""

    def added_to(self, way: str) -> dict[str, dict[str, str]]:
        """The properties that the object at this way has besides the schema's."""
        found = {}
        for whole, kind in self.added:
            owner, _, name = whole.rpartition(".")
            if owner == way:
                found[name] = {"type": kind}
        return found


@cache
def corrections() -> dict[str, Corrections]:
    """All of them, by notification type."""
    tables = tomllib.loads(CORRECTIONS.read_text(encoding="utf-8"))
    return {
        name: Corrections(frozenset(table.get("optional", ())), tuple(table.get("added", {}).items()))
        for name, table in tables.items()
    }
