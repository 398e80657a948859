"""What the calls of one client share, and what one call knows of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sellingpartner.client._answers.answers import Answers
from sellingpartner.client._shells.steps import Outcome, Reply, Send, Sleep, Steps
from sellingpartner.client.credentials import Credentials
from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.client.events import Answered, ClientEvent, Hook, Sending, Waiting
from sellingpartner.client.options import Options
from sellingpartner.client.throttle import Throttle
from sellingpartner.client.tokens import TokenStore
from sellingpartner.client.tokens.standing import Standing
from sellingpartner.contract.errors import DeadlineExceeded


@dataclass(frozen=True, kw_only=True)
class Context:
    """One seller's credentials and the parts that all clients may share."""

    credentials: Credentials
    """Those that the client began with; `standing` has those that it calls with."""
    endpoint: Endpoint
    tokens: TokenStore
    throttle: Throttle
    answers: Answers
    user_agent: str
    standing: Standing
    hooks: tuple[Hook, ...] = ()
    clock: Callable[[], float] = time.monotonic
    """For how long things take."""
    wall: Callable[[], float] = time.time
    """For when tokens end."""
    random: Random = field(default_factory=Random)

    def tell(self, event: ClientEvent) -> None:
        """Let every hook know."""
        for hook in self.hooks:
            hook(event)


class Call:
    """One call: its name, how it is to be made, and how much of its time is left."""

    def __init__(self, context: Context, operation: str, options: Options) -> None:
        self.operation = operation
        self.options = options
        self.attempt = 0
        self.ticket: int | None = None
        """Its place in the queue, which it keeps when it has to stand there again."""
        self._context = context
        self._until = None if options.deadline is None else context.clock() + options.deadline

    @property
    def left(self) -> float | None:
        """Seconds until the deadline, if there is one."""
        return None if self._until is None else self._until - self._context.clock()

    def check(self, seconds: float, reason: str) -> None:
        """Raise `DeadlineExceeded` at once if a wait would end too late."""
        left = self.left
        if left is not None and seconds >= left:
            late = DeadlineExceeded(
                f"The wait ({reason}) would take {seconds:.1f} s; {max(left, 0.0):.1f} s of the call's time are left."
            )
            late.operation, late.wait_seconds = self.operation, seconds
            raise late

    def sleep(self, seconds: float, reason: str) -> Steps[None]:
        """Let time go by, unless it would be in vain."""
        self.check(seconds, reason)
        context = self._context
        if context.hooks:
            context.tell(Waiting(operation=self.operation, seconds=seconds, reason=reason))
        yield Sleep(seconds)

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Steps[Outcome]:
        """Send once, telling the hooks before and after."""
        context = self._context
        step = Send(method, url, headers, body, self.options.timeout, self.left, self.options.max_answer_bytes)
        if not context.hooks:
            silent: Outcome = yield step
            return silent
        shown = url.partition("?")[0]
        context.tell(Sending(operation=self.operation, method=method, url=shown, attempt=self.attempt))
        began = context.clock()
        outcome: Outcome = yield step
        took = context.clock() - began
        if isinstance(outcome, Reply):
            request_id = outcome.headers.get("x-amzn-requestid")
            answered = Answered(
                operation=self.operation,
                attempt=self.attempt,
                status=outcome.status,
                seconds=took,
                request_id=request_id,
            )
        else:
            answered = Answered(
                operation=self.operation, attempt=self.attempt, status=None, seconds=took, failure=outcome.reason
            )
        context.tell(answered)
        return outcome
