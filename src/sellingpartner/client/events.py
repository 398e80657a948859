"""What a client tells its hooks while it works; none of it holds a token, a secret or what an answer says.

def show(event: ClientEvent) -> None:
    match event:
        case Waiting(operation=name, seconds=seconds, reason=why):
            print(f"{name} waits {seconds:.1f} s: {why}")

client = SellingPartner(..., hooks=(show,))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """A request is about to leave."""

    operation: str
    method: str
    url: str
    """Without the query, which may hold personal data."""
    attempt: int


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt is over; `status` is None where nothing came back."""

    operation: str
    attempt: int
    status: int | None
    seconds: float
    request_id: str | None = None
    failure: str | None = None


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The call lets time go by."""

    operation: str
    seconds: float
    reason: str
    """`throttle`, `retry`, `token` or `processing`: its turn, the pause before a repetition, another's refresh, or
    the work on a report or a feed."""


class TokenFetched(msgspec.Struct, frozen=True, kw_only=True):
    """A token was made."""

    operation: str
    kind: str
    """`access`, `grantless` or `restricted`."""
    expires_in: float


class AuthorizationLost(msgspec.Struct, frozen=True, kw_only=True):
    """The seller's grant has ended: told once, whatever calls fail of it. Only the seller can give it again."""

    operation: str
    """The call that found out."""
    seller_id: str | None
    why: str
    authorize_url: str | None = None
    """Where to send the seller, as far as it is known."""


class Drifted(msgspec.Struct, frozen=True, kw_only=True):
    """An answer was not as the contract says; `client.drift` holds it."""

    operation: str
    surprise: str


ClientEvent: TypeAlias = Sending | Answered | Waiting | TokenFetched | Drifted | AuthorizationLost
Hook: TypeAlias = Callable[[ClientEvent], None]
