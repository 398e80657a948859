"""Grants under a keyring: who stole the store sees neither tokens nor who sells, only how many rows there are.

A row's name is an HMAC of application, seller and region, under a key that the store holds itself, sealed. So names
stay as they are when the keyring changes, and a list of Amazon's sellers, which is public, cannot be tried against
them. A row's text is sealed to its name, and so to its application and seller: in another row it does not open.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable
from hashlib import sha256
from threading import Lock
from typing import Protocol

import msgspec

from sellingpartner.client.grants import GrantKey, SellerGrant
from sellingpartner.client.vault._rows import KeptGrants, Rows
from sellingpartner.client.vault.keys import KEY_BYTES, Keyring, SealBroken

_NAMING = "naming-key"
"""The one row that is no grant."""


class Marks(Protocol):
    """Rows that can also tell a first time from a second."""

    def mark(self, name: str, until: float, now: float) -> bool:
        """Whether this name is marked for the first time; marks whose time is over go."""
        ...


class SealedRows(Rows, Marks, Protocol):
    """What a sealed store is built on."""


class KeyringSeal:
    """Names and texts of grants under a keyring."""

    def __init__(self, rows: Rows, keyring: Keyring) -> None:
        self._rows = rows
        self._keyring = keyring
        self._lock = Lock()
        self._naming_key = b""

    def name_of(self, key: GrantKey) -> str:
        """See `Seal`."""
        return hmac.new(self._key(), msgspec.json.encode(key), sha256).hexdigest()

    def close(self, name: str, grant: SellerGrant) -> str:
        """See `Seal`."""
        return self._keyring.seal(msgspec.json.encode(grant), "grant", name)

    def open(self, name: str, text: str) -> SellerGrant:
        """See `Seal`."""
        grant = msgspec.json.decode(self._keyring.open(text, "grant", name), type=SellerGrant)
        if self.name_of(grant.key) != name:
            message = (
                f"The row {name[:12]}... holds a grant that is kept under another name: the store was put together."
            )
            raise SealBroken(message)
        return grant

    def resealed(self, name: str, text: str) -> str:
        """The same under the newest key, whatever is in it."""
        bound_to = (_NAMING,) if name == _NAMING else ("grant", name)
        return self._keyring.seal(self._keyring.open(text, *bound_to), *bound_to)

    def is_newest(self, text: str) -> bool:
        """Whether the key that seals has sealed this."""
        return self._keyring.is_sealed_by_newest(text)

    def _key(self) -> bytes:
        with self._lock:
            if not self._naming_key:
                text = self._rows.read(_NAMING)
                if text is None:
                    self._rows.add(_NAMING, self._keyring.seal(secrets.token_bytes(KEY_BYTES), _NAMING))
                    text = self._rows.read(_NAMING)  # another process may have been first
                self._naming_key = self._keyring.open(text or "", _NAMING)
            return self._naming_key


class SealedGrants(KeptGrants):
    """A `GrantStore` that seals what it keeps, and can seal it anew."""

    def __init__(self, rows: SealedRows, keyring: Keyring, clock: Callable[[], float]) -> None:
        self._sealing = KeyringSeal(rows, keyring)
        super().__init__(rows, self._sealing)
        self._marks: Marks = rows
        self._clock = clock

    def first_use(self, state_id: str, until: float) -> bool:
        """See `UsedStates`."""
        return self._marks.mark(sha256(state_id.encode()).hexdigest(), until, self._clock())

    def rotate(self) -> int:
        """Seal all with the newest key, while others go on; how many rows that took.

        Whoever shares the store must hold the newest key by then. Afterwards the older keys can go.
        """
        changed = 0
        while True:
            old = [(name, text) for name, text in self._rows.all() if not self._sealing.is_newest(text)]
            if not old:
                return changed
            changed += sum(self._rows.swap(name, text, self._sealing.resealed(name, text)) for name, text in old)

    def _grants(self) -> Iterable[tuple[str, str]]:
        return ((name, text) for name, text in self._rows.all() if name != _NAMING)
