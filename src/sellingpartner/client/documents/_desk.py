"""What every job needs: calls with what is left of its time, pauses between two looks, links to documents, progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import msgspec

from sellingpartner.client._exchange.job import Job
from sellingpartner.client._shells.steps import Fetch, Outcome, Reply, Sleep, Steps, Upload
from sellingpartner.client.documents.progress import OnProgress, Progress
from sellingpartner.client.events import Answered, Sending, Waiting
from sellingpartner.contract.errors import DeadlineExceeded
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_GROWTH = 1.5
_JITTER = 0.2
_LAST_LOOK = 1.0
"""Seconds before the deadline at which the last wait ends, so that there is time for what comes after it."""
_ENDED = frozenset({"DONE", "CANCELLED", "FATAL"})


class Processed(Protocol):
    """A report, a feed or a query: something that Amazon works on."""

    @property
    def processing_status(self) -> str:
        """How far it is."""


Work = TypeVar("Work", bound=Processed)


class Desk:
    """The time, the calls and the progress of one job."""

    def __init__(self, job: Job[Any], deadline: float | None, on_progress: OnProgress | None) -> None:
        self.context = job.parts.context
        self.options = job.options
        self._exchange = job.parts.exchange
        self._name = job.name
        self._deadline = deadline
        self._until = None if deadline is None else self.context.clock() + deadline
        self._on_progress = on_progress
        self.job_id: str | None = None
        self.status: str | None = None
        self._attempt = 0

    @property
    def left(self) -> float | None:
        """Seconds until the job's deadline, if it has one."""
        return None if self._until is None else self._until - self.context.clock()

    def tell(self, progress: Progress) -> None:
        """Say how far the job is."""
        if self._on_progress is not None:
            self._on_progress(msgspec.structs.replace(progress, job_id=self.job_id, status=self.status))

    def call(self, request: Request[Answer], *, personal_data: tuple[str, ...] = ()) -> Steps[Answer]:
        """Make one of the job's calls, within what is left of its time."""
        limits = [limit for limit in (self.left, self.options.deadline) if limit is not None]
        options = msgspec.structs.replace(
            self.options, deadline=min(limits) if limits else None, personal_data=personal_data
        )
        return (yield from self._exchange.call(request, options))

    def pause(self, seconds: float, reason: str) -> Steps[None]:
        """Let time go by, though never so much that nothing could be done after it."""
        left = self._checked(_LAST_LOOK)
        wait = seconds if left is None else min(seconds, left - _LAST_LOOK)
        self.context.tell(Waiting(operation=self._name, seconds=wait, reason=reason))
        yield Sleep(wait)

    def wait(self, look: Callable[[], Request[Work]]) -> Steps[Work]:
        """Look again and again, at growing intervals, until Amazon is done with it."""
        pause = _FIRST_PAUSE
        while True:
            found = yield from self.call(look())
            self.status = str(found.processing_status)
            if self.status in _ENDED:
                return found
            self.tell(Progress(stage="waiting"))
            # Many that began together are not to ask together for ever.
            yield from self.pause(pause * self.context.random.uniform(1 - _JITTER, 1 + _JITTER), "processing")
            pause = min(pause * _GROWTH, _LONGEST_PAUSE)

    def carry(self, step: Fetch | Upload) -> Steps[Outcome]:
        """Fetch or upload once, telling the hooks before and after; a link's query is its key and stays out."""
        self._attempt += 1
        method = "GET" if isinstance(step, Fetch) else "PUT"
        url = step.url.partition("?")[0]
        self.context.tell(Sending(operation=self._name, method=method, url=url, attempt=self._attempt))
        began = self.context.clock()
        outcome: Outcome = yield step
        took = self.context.clock() - began
        status, failure = (outcome.status, None) if isinstance(outcome, Reply) else (None, outcome.reason)
        self.context.tell(
            Answered(operation=self._name, attempt=self._attempt, status=status, seconds=took, failure=failure)
        )
        return outcome

    def times(self) -> dict[str, Any]:
        """How long a document may take: between two pieces, and as a whole."""
        left = self._checked()
        timeout = self.options.timeout
        return {"timeout": timeout if left is None else min(timeout, left), "limit": left}

    def _checked(self, needed: float = 0.0) -> float | None:
        """What is left, if it is more than what is needed."""
        left = self.left
        if left is not None and left <= needed:
            state = f", and Amazon calls it {self.status}" if self.status else ""
            late = DeadlineExceeded(f"The {self._deadline:g} s of this job are over{state}.")
            late.operation, late.wait_seconds = self._name, needed
            raise late
        return left
