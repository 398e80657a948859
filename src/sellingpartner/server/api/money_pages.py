"""Where lists of money go on: a token holds the whole question, and stands alone or with the same arguments again.

Its end is sealed with it, so that a walk stands still while money moves.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.storage.unit import UnitOfWork

Wanted = TypeVar("Wanted")


class Continuation(msgspec.Struct, Generic[Wanted], frozen=True, array_like=True):
    """A question, and after which key it goes on."""

    wanted: Wanted
    asked: bytes
    after: tuple[datetime, int]


class Pager(Generic[Wanted]):
    """The tokens of one operation; no other takes them."""

    def __init__(self, operation: str, kind: type[Wanted], name: str) -> None:
        self._purpose = f"finances {operation} ".encode()
        self._decoder = msgspec.msgpack.Decoder(Continuation[kind])  # type: ignore[valid-type]
        self._name = name

    def token(
        self, unit: UnitOfWork, wanted: Wanted, asked: tuple[object, ...], after: tuple[datetime, int] | None
    ) -> str | None:
        """The token of the next page; none after the last one."""
        if after is None:
            return None
        content = msgspec.msgpack.encode(Continuation(wanted, _digest(asked), after))
        return sealed(unit, content, purpose=self._purpose)

    def opened(self, unit: UnitOfWork, token: str, asked: tuple[object, ...]) -> Continuation[Wanted]:
        """What a token stands for; what is asked beside it is nothing, or what was asked at first."""
        content = unsealed(unit, token, purpose=self._purpose)
        try:
            found = None if content is None else self._decoder.decode(content)
        except msgspec.MsgspecError:
            found = None
        if found is None:
            message = f"{self._name} is not valid; pass the one that the page before returned, unaltered."
            raise InvalidInput(message)
        if any(one is not None for one in asked) and found.asked != _digest(asked):
            message = f"{self._name} belongs to other arguments; pass those of the first page again, or none."
            raise InvalidInput(message)
        return found


def _digest(asked: tuple[object, ...]) -> bytes:
    return sha256(msgspec.json.encode(asked)).digest()[:16]
