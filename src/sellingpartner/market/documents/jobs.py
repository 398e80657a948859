"""Jobs that end in a document, as reports, feeds and queries do: where one stands, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime, str]
"""Where in a list a job stands: when it was asked for, and its id."""


class JobStatus(StrEnum):
    """Where a job stands."""

    IN_QUEUE = "IN_QUEUE"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    FATAL = "FATAL"


LIFECYCLE: Mapping[JobStatus, frozenset[JobStatus]] = {
    JobStatus.IN_QUEUE: frozenset({JobStatus.IN_PROGRESS, JobStatus.CANCELLED}),
    JobStatus.IN_PROGRESS: frozenset({JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FATAL}),
    JobStatus.DONE: frozenset(),
    JobStatus.CANCELLED: frozenset(),
    JobStatus.FATAL: frozenset(),
}


class JobFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which jobs are wanted."""

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    marketplace_ids: tuple[str, ...] = ()
    since: datetime
    until: datetime


class Continuation(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Where a list of jobs goes on: its filter, and the key after which the next page begins."""

    wanted: JobFilter
    after: Key
    limit: int


_decoder = msgspec.json.Decoder(Continuation)


def token_of(unit: UnitOfWork, continuation: Continuation, purpose: bytes) -> str:
    """The token that stands for a continuation, signed for the seller; `purpose` tells one list from another."""
    return sealed(unit, msgspec.json.encode(continuation), purpose=purpose)


def continuation_of(unit: UnitOfWork, token: str, purpose: bytes) -> Continuation:
    """The continuation that a token stands for; raises `InvalidInput`."""
    found = unsealed_as(unit, token, _decoder, purpose=purpose)
    if found is not None:
        return found
    raise InvalidInput("nextToken is not valid; pass the one that the page before returned, unaltered.")
