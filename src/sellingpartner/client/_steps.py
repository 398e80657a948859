"""The steps of a call, which a shell carries out: all of the input and output that a call does.

A call is a generator. It yields a step, the shell carries it out and sends back what came of it. Nothing that a
call yields is an exception: a connection that broke is a `Broken`, and what to do about it is decided in the call.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeAlias, TypeVar

import msgspec

Result = TypeVar("Result")


class Send(msgspec.Struct, frozen=True):
    """Send this over HTTP and give me a `Reply`, or a `Broken`."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    timeout: float
    """Seconds for each part of the exchange: to connect, to send, between two pieces of the answer."""
    limit: float | None = None
    """Seconds for the whole of it, if there is a limit."""


class Sleep(msgspec.Struct, frozen=True):
    """Let this many seconds go by."""

    seconds: float


class Reply(msgspec.Struct, frozen=True):
    """What came back; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Broken(msgspec.Struct, frozen=True):
    """No answer came back."""

    reason: str
    may_have_arrived: bool


Outcome: TypeAlias = Reply | Broken
Step: TypeAlias = Send | Sleep
Steps: TypeAlias = Generator[Step, Any, Result]
"""A shell sends an `Outcome` after a `Send` and nothing after a `Sleep`."""
