"""Reads what describes the simulated world: files of TOML in the folder `data`, each as a typed value.

Whoever needs a file asks for it when it is first used, and keeps it. What the values mean is said by the types into
which they are read; a key that a type does not know is an error.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

import msgspec

T = TypeVar("T")

_FOLDER = files("sellingpartner.market.simulation") / "data"


def read(name: str, kind: type[T]) -> T:
    """One file as a typed value."""
    return msgspec.toml.decode((_FOLDER / name).read_bytes(), type=kind)


def names_in(folder: str) -> tuple[str, ...]:
    """The files in a folder, without their ending, in the order of their names."""
    found = (path.name for path in (_FOLDER / folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))
