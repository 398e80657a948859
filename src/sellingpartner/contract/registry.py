"""Finds an operation, and loads its API only then: an API's module costs milliseconds, all of them half a second."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from sellingpartner.contract.index import APIS
from sellingpartner.contract.operation import Request


class Entry(NamedTuple):
    """Where an operation is declared."""

    method: str
    path: str
    name: str
    """Amazon's name of the operation; several APIs may have one of this name."""
    api: str
    version: str
    module: str
    class_name: str

    @property
    def key(self) -> str:
        """Method and path, the identity of an operation."""
        return f"{self.method} {self.path}"


@cache
def operations() -> tuple[Entry, ...]:
    """Every operation, API by API."""
    return tuple(
        Entry(method, path, name, api, version, module, class_name)
        for module, api, version, _, rows in APIS
        for method, path, name, class_name in rows
    )


@cache
def modules() -> tuple[str, ...]:
    """The module of each API version."""
    return tuple(module for module, *_ in APIS)


@cache
def load(entry: Entry) -> type[Request[Any]]:
    """The request class of an operation; imports its API."""
    found: type[Request[Any]] = getattr(import_module(f"sellingpartner.contract.{entry.module}"), entry.class_name)
    return found


def find(name_or_key: str) -> list[Entry]:
    """The operations of this name, class name, or method and path; more than one where versions share a name."""
    return [entry for entry in operations() if name_or_key in {entry.name, entry.class_name, entry.key}]
