"""What a resource needs of its client: the synchronous one and the asynchronous one have these in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from sellingpartner.client._exchange.job import Job
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")


class SyncSender(ABC):
    """Makes typed calls and waits for them."""

    @abstractmethod
    def send(self, request: Request[Answer]) -> Answer:
        """Make a call; the typed answer comes back, or the error is raised."""

    @abstractmethod
    def pages(self, request: Request[Answer]) -> Iterator[Answer]:
        """Every page, from the one that the request asks for to the last."""

    @abstractmethod
    def finish(self, job: Job[Answer]) -> Answer:
        """Carry out several calls that belong together."""


class AsyncSender(ABC):
    """Makes typed calls that are awaited."""

    @abstractmethod
    async def send(self, request: Request[Answer]) -> Answer:
        """Make a call; the typed answer comes back, or the error is raised."""

    @abstractmethod
    def pages(self, request: Request[Answer]) -> AsyncIterator[Answer]:
        """Every page, from the one that the request asks for to the last."""

    @abstractmethod
    async def finish(self, job: Job[Answer]) -> Answer:
        """Carry out several calls that belong together."""
