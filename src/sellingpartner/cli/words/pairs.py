"""Options that are given as NAME=VALUE."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.cli.failures import CannotDo


def pairs(given: Sequence[str], option: str) -> dict[str, str] | None:
    """The values by name, or None if there are none."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            message = f"{option} is {pair!r}; write NAME=VALUE."
            raise CannotDo(message)
        found[name] = value
    return found or None
