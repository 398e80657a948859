"""Scenario files, read: those that come with the package by name, others by their path."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.scenarios.checking import BadScenario, check
from sellingpartner.market.scenarios.hints import hint_for
from sellingpartner.market.scenarios.lines import with_line
from sellingpartner.market.scenarios.model import Scenario
from sellingpartner.market.scenarios.words import in_words

_READY = files("sellingpartner.market.scenarios") / "ready"


def names() -> tuple[str, ...]:
    """The scenarios that come with the package."""
    return tuple(sorted(each.name.removesuffix(".toml") for each in _READY.iterdir() if each.name.endswith(".toml")))


def text_of(name: str) -> str:
    """The file of one of them; raises `NotFound` with the names that there are."""
    if name not in names():
        near = get_close_matches(name, names(), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names())}."
        message = f"There is no scenario {name[:100]!r}. {hint} A file of yours ends with .toml."
        raise NotFound(message)
    return (_READY / f"{name}.toml").read_text(encoding="utf-8")


@cache
def ready(name: str) -> Scenario:
    """One of them."""
    return _read(text_of(name).encode(), name)


def read(path: Path) -> Scenario:
    """A scenario in a file; raises `BadScenario` with the place of what is wrong."""
    try:
        return _read(path.read_bytes(), str(path))
    except OSError as reason:
        message = f"The scenario {path} cannot be read: {reason.strerror}."
        raise BadScenario(message) from reason


def named(name_or_path: str | Path) -> Scenario:
    """A scenario by its name, or by a path: one with a slash or an ending."""
    if isinstance(name_or_path, Path):
        return read(name_or_path)
    is_path = "/" in name_or_path or "." in name_or_path
    return read(Path(name_or_path)) if is_path else ready(name_or_path)


def _read(content: bytes, shown: str) -> Scenario:
    try:
        scenario = msgspec.toml.decode(content, type=Scenario)
        check(scenario)
    except (msgspec.ValidationError, msgspec.DecodeError, InvalidInput, ValueError) as reason:
        said = reason.message if isinstance(reason, InvalidInput) else str(reason)
        said = in_words(reason) if isinstance(reason, msgspec.DecodeError) else said
        hint = hint_for(reason) if isinstance(reason, msgspec.ValidationError) else ""
        told = with_line(said.removesuffix("."), content.decode(errors="replace"))
        message = f"The scenario {shown} cannot be used: {told}.{hint}"
        raise BadScenario(message) from reason
    return scenario
