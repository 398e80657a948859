"""One difference between the contract and a newer model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sellingpartner.contract.published.shapes import Field

Old = TypeVar("Old")
New = TypeVar("New")


class How(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `before` is the contract's, `after` the newer model's."""

    api: str
    """The module, or for an API that the contract does not have, the model's file name."""
    what: str
    """`api`, `operation`, a fact of one (`rate`, `parameter`...), `definition`, `field` or `value`."""
    where: str
    how: How
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        said = " -> ".join(text for text in (self.before, self.after) if text)
        return f"{self.api}: {self.what} {self.where} {self.how}" + (f": {said}" if said else "")


def compared(
    api: str,
    what: str,
    old: Mapping[str, Old],
    new: Mapping[str, New],
    compare: Callable[[str, Old, New], Iterator[Change]],
) -> Iterator[Change]:
    """The things of one kind that came or went, and what `compare` finds in those that stayed."""
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield Change(api, what, name, How.REMOVED)
        elif name not in old:
            yield Change(api, what, name, How.ADDED)
        else:
            yield from compare(name, old[name], new[name])


def fields_compared(api: str, what: str, old: Mapping[str, Field], new: Mapping[str, Field]) -> Iterator[Change]:
    """The properties or parameters that came, went or are of another type."""

    def compare(name: str, before: Field, after: Field) -> Iterator[Change]:
        if before != after:
            yield Change(api, what, name, How.CHANGED, _said(before), _said(after))

    return compared(api, what, old, new, compare)


def _said(field: Field) -> str:
    return f"{field.shape}, {'required' if field.required else 'optional'}"
