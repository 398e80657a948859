"""Passwords, kept as argon2id hashes (argon2-cffi): what a guess costs is a fact of the market.

Checking one takes tens of milliseconds and megabytes on purpose. So it is done outside any unit of work, in which it
would hold up every other writer.
"""

from __future__ import annotations

import secrets
import unicodedata

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.storage.remembered import known
from sellingpartner.storage.unit import UnitOfWork

SHORTEST, LONGEST = 12, 256

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are taken for another

COST_NAME = "password cost"
"""The market's fact that holds another cost, as JSON: `market.remember(COST_NAME, cost.told())`."""


class PasswordImpossible(InvalidInput):
    """A password that is too short, or too long to be one."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What it costs to check one password; as a rule what RFC 9106 (4.) recommends where memory is scarce."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def told(self) -> str:
        """The cost as the market remembers it."""
        return msgspec.json.encode(self).decode()

    def hasher(self) -> PasswordHasher:
        """What hashes at this cost; hashes made at another one are checked at theirs."""
        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=self.lanes)

    def decoy(self) -> str:
        """A hash that no password is known for: with it, whoever does not exist costs as much as who does."""
        return f"$argon2id$v=19$m={self.memory_kib},t={self.passes},p={self.lanes}${'A' * 22}${'A' * 43}"


def cost_of(unit: UnitOfWork) -> Cost:
    """What a password costs in this market."""
    told = known(unit.connection, COST_NAME)
    return Cost() if told is None else msgspec.json.decode(told, type=Cost)


def check_new_password(password: str) -> None:
    """Raise `PasswordImpossible` for one that is too short, or too long to be one."""
    length = len(_normal(password))
    if not SHORTEST <= length <= LONGEST:
        message = (
            f"The password has {counted(length, 'character')}; it must have {SHORTEST} to {LONGEST}. "
            "Several words do well."
        )
        raise PasswordImpossible(message)


def chosen_password() -> str:
    """A password for whoever has none of their own: random, and fit to be typed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def hash_password(password: str, cost: Cost) -> str:
    """The hash to keep of a password."""
    return cost.hasher().hash(_bytes(password))


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one that a hash was made of."""
    try:
        return PasswordHasher().verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str, cost: Cost) -> bool:
    """Whether a hash was made at another cost than today's."""
    return cost.hasher().check_needs_rehash(kept)


def _bytes(password: str) -> bytes:
    # One more than the longest, so that what is longer matches nothing, and costs nothing to be cut.
    return _normal(password)[: LONGEST + 1].encode("utf-8", "surrogatepass")


def _normal(password: str) -> str:
    """A password as it is compared: keyboards compose the same letter in different ways (RFC 8265)."""
    return unicodedata.normalize("NFC", password)
