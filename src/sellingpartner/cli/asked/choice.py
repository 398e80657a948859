"""Which operation a name means: Amazon's name, snake_case, with its API or version before it, or method and path."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.registry import Entry, operations

Served = frozenset[str] | None
"""The operations that are served where a command calls, by method and path; None where that is not known."""


def choose(
    name: str, api: str | None = None, version: str | None = None, *, served: Callable[[], Served] = lambda: None
) -> tuple[Entry, tuple[Entry, ...]]:
    """The operation of this name, and those of older or newer versions that were not chosen.

    Of the versions that have it the newest is taken; at a market, the newest that it serves. What is served is asked
    only where there is a choice. Raises `CannotDo` if there is none, or if several APIs have one.
    """
    before, dot, last = ("", "", name) if "/" in name else name.rpartition(".")
    if dot:
        api, name = before, last
    named = [entry for entry in operations() if _is_called(entry, name)]
    if not named:
        raise CannotDo(_unknown(name))
    found = [entry for entry in named if _fits(entry, api, version)]
    if not found:
        places = ", ".join(f"{entry.api} {entry.version}" for entry in newest_first(named))
        wanted = " ".join(part for part in (api, version) if part)
        message = f"{wanted} has no operation {name}; {places} {'has' if len(named) == 1 else 'have'} it."
        raise CannotDo(message)
    if len({entry.api for entry in found}) > 1:
        raise CannotDo(_several(name, found, served()))
    exact = [entry for entry in found if entry.class_name == name]  # tells twins within a version apart
    newest, *others = newest_first(exact or found)
    if others:
        newest, *others = _served_first((newest, *others), served())
    twins = [entry for entry in others if entry.module == newest.module]
    if twins:
        choices = " or ".join(entry.class_name for entry in (newest, *twins))
        message = f"{newest.api} {newest.version} has {len(twins) + 1} operations {name}; write {choices}."
        raise CannotDo(message)
    return newest, tuple(others)


def matching(word: str) -> list[Entry]:
    """The operations in whose name, API or path a word occurs, API by API."""
    wanted = re.sub(r"[_\s-]", "", word).lower()
    return [
        entry
        for entry in operations()
        if wanted in re.sub(r"[_-]", "", f"{entry.api} {entry.key} {entry.name}").lower()
    ]


def snake(name: str) -> str:
    """`getMyFeesEstimates` as Python writes it."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _is_called(entry: Entry, name: str) -> bool:
    folded = name.lower()
    return folded in {entry.name.lower(), entry.class_name.lower(), snake(entry.name), snake(entry.class_name)} or (
        name == entry.key
    )


def _fits(entry: Entry, api: str | None, version: str | None) -> bool:
    return (api is None or api in {entry.api, entry.module}) and (version is None or version == entry.version)


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Versions that are dates are newer than numbered ones."""
    return sorted(entries, key=lambda entry: (not entry.version.startswith("v"), entry.version), reverse=True)


def _served_first(entries: Sequence[Entry], served: Served) -> list[Entry]:
    """The same entries, those that are served before the others."""
    return sorted(entries, key=lambda entry: served is not None and entry.key not in served)


def _several(name: str, found: Sequence[Entry], served: Served) -> str:
    """That a name is no choice yet, with those choices first that this market serves."""
    apis = dict.fromkeys(entry.api for entry in _served_first(found, served))
    here = {entry.api for entry in found if served is not None and entry.key in served}
    choices = " or ".join(f"{api}.{found[0].name}{' (served here)' if api in here else ''}" for api in apis)
    return f"Several APIs have an operation {name}; write {choices}."


def _unknown(name: str) -> str:
    hint = did_you_mean(name, [entry.name for entry in operations()])
    return f"There is no operation {name!r}.{hint or ' `spapi operations WORD` looks for one.'}"
