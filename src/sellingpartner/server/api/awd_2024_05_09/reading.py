"""What the operations of AWD have in common: ids that must not be blank, times, and pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

from sellingpartner.market.distribution.questions import Key, Listed
from sellingpartner.market.distribution.refusals import BadRequest
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

PAGE = 25

Thing = TypeVar("Thing")


def named(value: str, name: str, *, says: str = "Required parameter '{name}' is missing in the request") -> str:
    """An id from the path; one of spaces alone is as if it were missing, in the words of its operation."""
    if not value.strip():
        raise BadRequest(says.format(name=name))
    return value


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    """Where a list goes on: with the same arguments, after a key, and no further than where it ended at first."""

    asked: Listed
    before: datetime
    after: Key


_decoder = msgspec.msgpack.Decoder(_Continuation)


class Pages(Generic[Thing]):
    """The pages of one list; its tokens are of no use for another."""

    def __init__(
        self,
        operation: str,
        page: Callable[[UnitOfWork, Listed, Key | None, int], list[Thing]],
        key_of: Callable[[Thing], tuple[datetime, datetime, str]],
    ) -> None:
        self._purpose = f"awd {operation} ".encode()
        self._page, self._key_of = page, key_of

    def read(
        self, unit: UnitOfWork, wanted: Listed, limit: int | None, token: str | None
    ) -> tuple[Sequence[Thing], str | None]:
        """A page, and the token of the next one; the same arguments come with it again."""
        asked = wanted._replace(
            after=_bound("updatedAfter", wanted.after), before=_bound("updatedBefore", wanted.before)
        )
        size, here = limit or PAGE, self._opened(unit, asked, token)
        before = here.before if here is not None else min(asked.before or unit.now, unit.now)
        found = self._page(unit, asked._replace(before=before), None if here is None else here.after, size + 1)
        page = found[:size]
        if len(found) <= size:
            return page, None
        updated, created, name = self._key_of(page[-1])
        last = (created if asked.is_by_creation else updated, name)
        content = msgspec.msgpack.encode(_Continuation(asked, before, last))
        return page, sealed(unit, content, purpose=self._purpose)

    def _opened(self, unit: UnitOfWork, asked: Listed, token: str | None) -> _Continuation | None:
        if token is None:
            return None
        found = unsealed_as(unit, token, _decoder, purpose=self._purpose)
        if found is None or found.asked != asked:
            raise BadRequest("Invalid nextToken received; pass the one of the page before, with the same arguments.")
        return found


def _bound(name: str, moment: datetime | None) -> datetime | None:
    try:
        return None if moment is None else in_utc(moment)
    except OutOfBounds as reason:
        raise BadRequest(f"{name} is no time that there is. {reason}") from reason
