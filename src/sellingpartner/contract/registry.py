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


MARKET = "market_v1"
"""The module of the market's own control API, which is written by hand and is none of Amazon's."""


@cache
def operations_of(module: str) -> tuple[Entry, ...]:
    """The operations of one API version, or of the control API; none if there is no such module."""
    if module != MARKET:
        return tuple(entry for entry in operations() if entry.module == module)
    found = vars(import_module(f"sellingpartner.contract.{MARKET}")).values()
    requests = [each for each in found if isinstance(each, type) and issubclass(each, Request)]
    described = [(request.operation, request.__name__) for request in requests]
    return tuple(Entry(one.method, one.path, one.name, "market", "v1", MARKET, name) for one, name in described)


@cache
def load(entry: Entry) -> type[Request[Any]]:
    """The request class of an operation; imports its API."""
    found: type[Request[Any]] = getattr(import_module(f"sellingpartner.contract.{entry.module}"), entry.class_name)
    return found


def find(name_or_key: str) -> list[Entry]:
    """The operations of this name, class name, or method and path; more than one where versions share a name."""
    return [entry for entry in operations() if name_or_key in {entry.name, entry.class_name, entry.key}]
