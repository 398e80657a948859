"""The steps of a call, which a shell carries out: all of the input and output that a call does.

A call is a generator. It yields a step, the shell carries it out and sends back what came of it. Nothing that a
call yields is an exception: a connection that broke is a `Broken`, and what to do about it is decided in the call.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

import msgspec

from sellingpartner.contract.discretion import Discreet

Result = TypeVar("Result")

PIECE = 65536
"""Bytes of a document that are held at a time."""
LONGEST_REASON = 65536
"""Bytes of a document's refusal that are read; it is shown, not stored."""
LARGEST_ANSWER = 100 * 2**20
"""Bytes of an answer that are taken in, unless the caller says otherwise."""


class Send(Discreet, msgspec.Struct, frozen=True):
    """Send this over HTTP and give me a `Reply`, or a `Broken`."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"headers", "body"})

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    timeout: float
    """Seconds for each part of the exchange: to connect, to send, between two pieces of the answer."""
    limit: float | None = None
    """Seconds for the whole of it, if there is a limit."""
    most: int = LARGEST_ANSWER
    """Bytes of the answer, unpacked, that are taken in; what comes after them is left."""


class Sink(Protocol):
    """Takes a document as it comes; what it raises ends the job."""

    def opens(self, status: int, headers: dict[str, str]) -> bool:
        """See how the answer begins; False leaves its body, the short reason of a refusal, to the `Reply`."""

    def write(self, piece: bytes) -> None:
        """Take the next bytes, as they were sent; an asynchronous shell calls this from a thread of its own."""

    def wrote(self) -> None:
        """A piece has been written; called where the job's caller is."""


class Fetch(msgspec.Struct, frozen=True):
    """Get this and let the sink have it piece by piece, undecoded; give me a `Reply` without it, or a `Broken`."""

    url: str
    headers: dict[str, str]
    sink: Sink
    timeout: float
    """Seconds between two pieces."""
    limit: float | None = None
    """Seconds for the whole of it, if there is a limit."""


class Upload(msgspec.Struct, frozen=True):
    """Put this under a URL, a file piece by piece, with exactly these headers; give me a `Reply`, or a `Broken`."""

    url: str
    headers: dict[str, str]
    content: bytes | Path
    timeout: float
    sent: Callable[[int], None]
    """Is told of each piece how long it was."""
    limit: float | None = None


class Sleep(msgspec.Struct, frozen=True):
    """Let this many seconds go by."""

    seconds: float


class Aside(msgspec.Struct, frozen=True):
    """Do this where it holds up nobody else, and give me what it returns; what it raises ends the call."""

    work: Callable[[], Any]


class Reply(Discreet, msgspec.Struct, frozen=True):
    """What came back; header names are in lower case."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"body"})

    status: int
    headers: dict[str, str]
    body: bytes
    is_cut: bool = False
    """Whether there was more than was to be taken in."""


class Broken(msgspec.Struct, frozen=True):
    """No answer came back."""

    reason: str
    may_have_arrived: bool
    received: int = 0
    """How many bytes of a document the sink got before that."""
    is_hopeless: bool = False
    """Whether it would break again, for what is wrong is on this side: an address that is none, a closed client."""


Outcome: TypeAlias = Reply | Broken
Step: TypeAlias = Send | Fetch | Upload | Sleep | Aside
Steps: TypeAlias = Generator[Step, Any, Result]
"""A shell sends an `Outcome` after a `Send`, a `Fetch` and an `Upload`, what came of an `Aside`, or nothing."""
