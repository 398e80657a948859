"""Families of types, a module each: which types there are, which module knows one, and why others are not there.

In the package of the families, `families.toml` says which module knows which types, room by room where there are rooms,
and `unmade.toml` why others are not made. A module is imported when one of its types is first asked for; it adds what
it knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from importlib.resources import files
from typing import Any, Generic, TypeVar

Kind = TypeVar("Kind")

_NOT_YET = "it is not built yet"


class Families(Generic[Kind]):
    """The families of one package."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._kinds: dict[str, Kind] = {}

    def add(self, name: str, kind: Kind) -> None:
        """Have a type known; raises `TypeError` for one that is known already."""
        if name in self._kinds:
            message = f"Two functions are named for {name}."
            raise TypeError(message)
        self._kinds[name] = kind

    def made_types(self) -> list[str]:
        """The types that there are."""
        return sorted(self._modules)

    def why_not(self, name: str) -> str:
        """Why a type is not there."""
        return self._reasons.get(name, _NOT_YET)

    def kind_of(self, name: str) -> Kind | None:
        """A type by its name; None for one that is not there."""
        if name not in self._kinds and (module := self._modules.get(name)) is not None:
            import_module(f"{self._package}.{module}")
        return self._kinds.get(name)

    @cached_property
    def _modules(self) -> dict[str, str]:
        return self._turned("families.toml")

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return self._turned("unmade.toml")

    def _turned(self, name: str) -> dict[str, str]:
        told = tomllib.loads(files(self._package).joinpath(name).read_text(encoding="utf-8"))
        return {each: key for key, names in _flat(told) for each in names}


def _flat(told: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What is said of the modules of rooms is said as of `room.module`."""
    for key, said in told.items():
        if isinstance(said, dict):
            yield from ((f"{key}.{module}", names) for module, names in said.items())
        else:
            yield key, said
