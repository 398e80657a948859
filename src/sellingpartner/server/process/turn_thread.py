"""The thread on which calls that take turns are answered, one after the other, and who waits for it.

Writes that wait together are kept by one commit (`server/one_commit.py`), and their answers leave together. A call that
waits alone is answered as if there were no such thing.

Whoever waits is told that the market is busy where no call has ended for a while. A look at all of them now and then is
enough; a timer for each call costs more than many a call.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic

from sellingpartner.server.app import Server
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.seats import PATIENCE_SECONDS

_Outcome = HttpAnswer | Exception | None
_MOST_IN_ONE = 16
_LONGEST_SECONDS = 0.005
"""How long calls are taken into a commit: less than a read waits for its turn."""


class _Call:
    """A call that waits for its turn, and the future that waits for its answer."""

    __slots__ = ("answered", "came_at", "request")

    def __init__(self, request: HttpRequest, answered: asyncio.Future[HttpAnswer]) -> None:
        self.request = request
        self.answered = answered
        self.came_at = monotonic()


class TurnThread:
    """Answers calls in the order in which they came; all but the answering is done on the event loop's thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turn")
        self._waiting: deque[_Call] = deque()
        self._well_at = 0.0
        """When a call was last done, or the first of those that wait for their turn came."""
        self._is_at_work = False
        self._is_watched = False

    async def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to a call, when its turn has come; or that the market is busy."""
        loop = asyncio.get_running_loop()
        call = _Call(request, loop.create_future())
        if not self._waiting and not self._is_at_work:
            self._well_at = call.came_at
        self._waiting.append(call)
        self._set_to_work(loop)
        self._watch(loop)
        return await call.answered

    def end(self) -> None:
        """Begin no call any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _set_to_work(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._waiting and not self._is_at_work:
            self._is_at_work = True
            self._thread.submit(self._work, loop)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer all that wait, on the thread; to wake the loop costs as much as a read."""
        is_last = False
        while not is_last:
            done = self._some()
            is_last = not self._waiting
            loop.call_soon_threadsafe(self._done, done, is_last)

    def _some(self) -> list[tuple[_Call, _Outcome]]:
        """Answer the next call; and with it those behind it that can be kept by the same commit."""
        call = self._following()
        if call is None:
            return []
        if not self._server.shares_a_commit(call.request) or not self._is_next_sharing():
            return [(call, self._outcome_of(call))]
        calls: list[_Call] = []
        until = monotonic() + _LONGEST_SECONDS
        with self._server.one_commit() as commit:
            while call is not None:
                if not call.answered.done():  # whoever asked is still there
                    commit.answer(self._server.respond_among_others, call.request)
                    calls.append(call)
                has_room = len(calls) < _MOST_IN_ONE and monotonic() < until
                call = self._following() if has_room and commit.may_go_on and self._is_next_sharing() else None
        return list(zip(calls, commit.outcomes, strict=True))

    def _is_next_sharing(self) -> bool:
        try:
            return self._server.shares_a_commit(self._waiting[0].request)
        except IndexError:
            return False

    def _following(self) -> _Call | None:
        try:
            return self._waiting.popleft()
        except IndexError:  # whoever waited has just been refused
            return None

    def _outcome_of(self, call: _Call) -> _Outcome:
        if call.answered.done():  # whoever asked has gone
            return None
        try:
            return self._server.respond_in_turn(call.request)
        except Exception as failure:  # noqa: BLE001 - whoever waits for the answer is to have it
            return failure

    def _done(self, done: list[tuple[_Call, _Outcome]], is_last: bool) -> None:  # noqa: FBT001
        self._well_at = monotonic()
        for call, outcome in done:
            if call.answered.done():
                continue
            if isinstance(outcome, HttpAnswer):
                call.answered.set_result(outcome)
            elif outcome is not None:
                call.answered.set_exception(outcome)
        if is_last:  # but for what came since
            self._is_at_work = False
            self._set_to_work(asyncio.get_running_loop())

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._is_watched and self._waiting:
            self._is_watched = True
            loop.call_later(PATIENCE_SECONDS / 4, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Refuse who has waited for long, if no call has ended for as long."""
        self._is_watched = False
        now = monotonic()
        if now - self._well_at > PATIENCE_SECONDS:
            with suppress(IndexError):  # nobody waits any more
                while now - self._waiting[0].came_at > PATIENCE_SECONDS:
                    self._refuse(self._waiting.popleft())
        self._watch(loop)

    def _refuse(self, call: _Call) -> None:
        if not call.answered.done():
            call.answered.set_result(self._server.refuse_busy())
