"""Scenario files, read: those that come with the package by name, others by their path."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import msgspec

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.scenarios.model import Scenario

_READY = files("sellingpartner.market.scenarios") / "ready"


class BadScenario(InvalidInput):
    """A file that is no scenario; the message says where it is wrong."""


def names() -> tuple[str, ...]:
    """The scenarios that come with the package."""
    return tuple(sorted(each.name.removesuffix(".toml") for each in _READY.iterdir() if each.name.endswith(".toml")))


def ready(name: str) -> Scenario:
    """One of them."""
    if name not in names():
        message = (
            f"There is no scenario {name[:100]!r}; there are {', '.join(names())}. A file of yours ends with .toml."
        )
        raise NotFound(message)
    return _read((_READY / f"{name}.toml").read_bytes(), name)


def read(path: Path) -> Scenario:
    """A scenario in a file."""
    try:
        return _read(path.read_bytes(), str(path))
    except OSError as reason:
        message = f"The scenario {path} cannot be read: {reason.strerror}."
        raise BadScenario(message) from reason


def named(name_or_path: str) -> Scenario:
    """A scenario by its name, or by a path: one with a slash or an ending."""
    is_path = "/" in name_or_path or "." in name_or_path
    return read(Path(name_or_path)) if is_path else ready(name_or_path)


def _read(content: bytes, shown: str) -> Scenario:
    try:
        return msgspec.toml.decode(content, type=Scenario)
    except (msgspec.ValidationError, msgspec.DecodeError, ValueError) as reason:
        message = f"The scenario {shown} cannot be used: {reason}."
        raise BadScenario(message) from reason
