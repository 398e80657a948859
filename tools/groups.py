"""The groups of operations that sellers' software is written by, each of which is told by one story of the tests."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sellingpartner.contract.registry import Entry, operations

LOGIN = "POST /auth/o2/token"
"""The login, which no model describes; it belongs to a group all the same."""

_FILE = Path(__file__).with_suffix(".toml")
_STORIES = "tests/stories/groups"


class Group(NamedTuple):
    """One group."""

    name: str
    story: str
    """The module that tells it, from the root of the repository."""
    entries: tuple[Entry, ...]
    holds_login: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Method and path of each of its operations."""
        return (*(entry.key for entry in self.entries), *([LOGIN] if self.holds_login else []))


@cache
def groups() -> tuple[Group, ...]:
    """All of them, in the order of the list; raises `ValueError` for an operation that no model has."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["group"]
    return tuple(
        Group(
            one["name"],
            f"{_STORIES}/{one['story']}.py",
            tuple(entry for api, names in one["holds"].items() for entry in _entries(api, names)),
            one.get("login", False),
        )
        for one in told
    )


def _entries(api: str, names: str | list[str]) -> list[Entry]:
    every = [entry for entry in operations() if f"{entry.api} {entry.version}" == api]
    found = every if names == "all" else [entry for entry in every if entry.name in names]
    if not found or (names != "all" and {entry.name for entry in found} != set(names)):
        message = f"{api} has not all of {names}."
        raise ValueError(message)
    return found
