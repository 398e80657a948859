"""What sellers gave to an application, and where it is kept: refresh tokens outlive processes, access tokens need not.

`MemoryGrants` serves tests and one process; what lasts is in `sellingpartner.client.vault`: an encrypted SQLite file,
any SQL database, AWS Secrets Manager. A store has one primitive for change besides `put`: `swap`, which changes a grant
only if it still is what the caller saw. So two processes that learn things about one grant at once lose neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import NamedTuple, Protocol, runtime_checkable

import msgspec

from sellingpartner.contract.discretion import Discreet


class GrantKey(NamedTuple):
    """Which grant: a seller gives one to an application in each region (empty where all is one market)."""

    client_id: str
    seller_id: str
    region: str = ""


class SellerGrant(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """What a seller gave to an application, until it ended; its repr hides the token."""

    client_id: str
    seller_id: str
    refresh_token: str
    given_at: datetime
    region: str = ""
    """NA, EU or FE: at Amazon a seller authorizes for a region. Empty where all is one market."""
    scopes: tuple[str, ...] | None = None
    """None where nobody says, as at Amazon."""
    ended_at: datetime | None = None
    why_ended: str = ""

    @property
    def key(self) -> GrantKey:
        """Under which it is kept."""
        return GrantKey(self.client_id, self.seller_id, self.region)

    @property
    def is_standing(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self.ended_at is None

    def ended(self, at: datetime, why: str) -> SellerGrant:
        """The same grant, ended; the token is of no more use to anybody, and is not kept."""
        return msgspec.structs.replace(self, refresh_token="", ended_at=at, why_ended=why)

    def __repr__(self) -> str:
        scopes = "unknown" if self.scopes is None else " ".join(self.scopes)
        state = "standing" if self.is_standing else f"ended {self.ended_at:%Y-%m-%d}: {self.why_ended}"
        return f"SellerGrant({self.seller_id} {self.region or '-'}, scopes: {scopes}, {state})"


class GrantStore(Protocol):
    """Keeps what sellers gave. Threads and processes may use one at once."""

    def get(self, key: GrantKey) -> SellerGrant | None:
        """What is kept of a grant, standing or ended."""
        ...

    def all(self, client_id: str) -> list[SellerGrant]:
        """Every grant of an application, ended ones too, in the order of sellers and regions."""
        ...

    def put(self, grant: SellerGrant) -> None:
        """Keep a grant in place of an older one of the same key; a newer one that is there stays."""
        ...

    def swap(self, old: SellerGrant, new: SellerGrant) -> bool:
        """Keep `new` if what is kept still is `old`; whether it was."""
        ...

    def forget(self, key: GrantKey) -> bool:
        """Remove all that is kept of a grant; whether there was anything."""
        ...


@runtime_checkable
class UsedStates(Protocol):
    """Remembers which states came back, for as long as they would be good; the stores of this project can do it."""

    def first_use(self, state_id: str, until: float) -> bool:
        """Whether this is the first time; `until` is when it may be forgotten, in seconds since 1970."""
        ...


class MemoryGrants:
    """For one process, and for tests; nothing outlives it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._grants: dict[GrantKey, SellerGrant] = {}
        self._used: dict[str, float] = {}

    def get(self, key: GrantKey) -> SellerGrant | None:
        """See `GrantStore`."""
        return self._grants.get(key)

    def all(self, client_id: str) -> list[SellerGrant]:
        """See `GrantStore`."""
        with self._lock:
            return [grant for key, grant in sorted(self._grants.items()) if key.client_id == client_id]

    def put(self, grant: SellerGrant) -> None:
        """See `GrantStore`."""
        with self._lock:
            kept = self._grants.get(grant.key)
            if kept is None or kept.given_at <= grant.given_at:
                self._grants[grant.key] = grant

    def swap(self, old: SellerGrant, new: SellerGrant) -> bool:
        """See `GrantStore`."""
        with self._lock:
            if self._grants.get(old.key) != old:
                return False
            self._grants[old.key] = new
            return True

    def forget(self, key: GrantKey) -> bool:
        """See `GrantStore`."""
        with self._lock:
            return self._grants.pop(key, None) is not None

    def first_use(self, state_id: str, until: float) -> bool:
        """See `UsedStates`."""
        with self._lock:
            now = self._clock()
            self._used = {used: end for used, end in self._used.items() if end > now}
            is_first = state_id not in self._used
            self._used.setdefault(state_id, until)
            return is_first

    def __repr__(self) -> str:
        return f"MemoryGrants({len(self._grants)})"
