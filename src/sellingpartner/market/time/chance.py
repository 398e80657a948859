"""Seeded chance: the same market seed and the same purpose always give the same luck.

Each draw has its own generator, named by what it decides (`chance(unit, "payment", order_id)`), so that one more draw
somewhere never changes another one's outcome. Secrets are never drawn from here.
"""

from __future__ import annotations

from hashlib import blake2b
from random import Random
from uuid import UUID

from sellingpartner.storage.unit import UnitOfWork


def number_of(seed: int, *purpose: str | int) -> int:
    """A 64-bit number that a seed and a purpose always give."""
    text = "\x1f".join((str(seed), *map(str, purpose)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def wide_number_of(seed: int, *purpose: str | int) -> int:
    """A 128-bit number, for what must not be guessed to be another's: identifiers."""
    return number_of(seed, *purpose, "high") << 64 | number_of(seed, *purpose, "low")


def uuid_of(drawn: int) -> str:
    """The UUID of a number of 128 bits, in the form of those that are drawn by chance."""
    return str(UUID(int=drawn, version=4))


def chance(unit: UnitOfWork, *purpose: str | int) -> Random:
    """A generator for one decision, named by its purpose."""
    return Random(number_of(unit.seed, unit.seller_id, *purpose))  # noqa: S311 - a marketplace's luck, not a secret


def luck_of(seed: int, *purpose: str | int) -> Random:
    """A generator for what is the same for every seller of a market."""
    return Random(number_of(seed, *purpose))  # noqa: S311 - a marketplace's luck, not a secret
