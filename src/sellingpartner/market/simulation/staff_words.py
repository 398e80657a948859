"""What the staff of a shop and its buyers name in passing: carriers, and pets with a prescription."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from sellingpartner.market.simulation.reading import read


class Carrier(Struct, frozen=True, forbid_unknown_fields=True):
    """A carrier, and its service that a shop uses."""

    code: str
    method: str


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says."""

    pets: tuple[str, ...]
    carrier: tuple[Carrier, ...]


@cache
def words() -> Words:
    """The words, read once."""
    return read("staff.toml", Words)
