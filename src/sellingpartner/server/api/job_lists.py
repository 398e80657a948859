"""Lists of what ends in a document, page after page: what getReports and getFeeds share, and getQueries in part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.documents.jobs import Continuation, JobFilter, Key, continuation_of, token_of
from sellingpartner.market.time.bounds import LATEST, OutOfBounds, in_utc
from sellingpartner.storage.unit import UnitOfWork

LISTED_FOR = timedelta(days=90)
PAGE = 10


class Asks(Protocol):
    """What a list of either kind is asked with, besides its types."""

    @property
    def next_token(self) -> str | None: ...  # noqa: D102
    @property
    def page_size(self) -> int | None: ...  # noqa: D102
    @property
    def processing_statuses(self) -> Sequence[str] | None: ...  # noqa: D102
    @property
    def marketplace_ids(self) -> Sequence[str] | None: ...  # noqa: D102
    @property
    def created_since(self) -> datetime | None: ...  # noqa: D102
    @property
    def created_until(self) -> datetime | None: ...  # noqa: D102


class _Listed(Protocol):
    @property
    def created_at(self) -> datetime: ...


Job = TypeVar("Job", bound=_Listed)


class JobList(msgspec.Struct, Generic[Job], frozen=True, kw_only=True):
    """A list of jobs, those first that were asked for last."""

    operation: str
    types: str
    """What the operation calls the types that are wanted."""
    purpose: bytes
    """What tells its page tokens from those of other lists."""
    page: Callable[[UnitOfWork, JobFilter, Key | None, int], list[Job]]
    id_of: Callable[[Job], str]

    def read(self, unit: UnitOfWork, asked: Asks, types: Sequence[str] | None) -> tuple[list[Job], str | None]:
        """One page, and the token of the next if there is one."""
        here = self._where(unit, asked, types)
        found = self.page(unit, here.wanted, here.after, here.limit + 1)
        page = found[: here.limit]
        if len(found) <= here.limit:
            return page, None
        last = (page[-1].created_at, self.id_of(page[-1]))
        following = Continuation(wanted=here.wanted, after=last, limit=here.limit)
        return page, token_of(unit, following, self.purpose)

    def _where(self, unit: UnitOfWork, asked: Asks, types: Sequence[str] | None) -> Continuation:
        if asked.next_token is None:
            return Continuation(
                wanted=self._wanted(unit, asked, types), after=(LATEST, ""), limit=asked.page_size or PAGE
            )
        besides = (asked.processing_statuses, asked.marketplace_ids, asked.page_size)
        if any(one is not None for one in (types, *besides, asked.created_since, asked.created_until)):
            raise InvalidInput("nextToken stands alone: it holds the filters of the first page. Leave the others out.")
        return continuation_of(unit, asked.next_token, self.purpose)

    def _wanted(self, unit: UnitOfWork, asked: Asks, types: Sequence[str] | None) -> JobFilter:
        if types is None:
            message = f"{self.types} is missing; {self.operation} needs it, unless nextToken is given."
            raise InvalidInput(message)
        if asked.marketplace_ids is not None:
            check_marketplaces(unit, unit.seller_id, asked.marketplace_ids)
        since, until = created_between(unit, asked.created_since, asked.created_until)
        return JobFilter(
            types=tuple(types),
            statuses=tuple(asked.processing_statuses or ()),
            marketplace_ids=tuple(asked.marketplace_ids or ()),
            since=max(since, unit.now - LISTED_FOR),
            until=until,
        )


def created_between(
    unit: UnitOfWork, created_since: datetime | None, created_until: datetime | None
) -> tuple[datetime, datetime]:
    """Since when and until when jobs of a list were asked for; raises `InvalidInput`."""
    now = unit.now
    try:
        since = now - LISTED_FOR if created_since is None else in_utc(created_since)
        until = now if created_until is None else in_utc(created_until)
    except OutOfBounds as reason:
        raise InvalidInput(str(reason)) from reason
    if since > until:
        raise InvalidInput("createdSince is after createdUntil; it must not be.")
    return since, until
