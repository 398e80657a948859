"""Where tokens are kept between calls, so that each is made once for all who may use it.

`MemoryTokens` serves the threads and tasks of a process, `SQLiteTokens` all processes that open one file. A key is a
digest of all that a token is good for (application, seller, scope or resources, address), so a store that is shared
by many sellers cannot mix them up.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import ClassVar, Protocol

import msgspec

from sellingpartner.client._shared_file import SharedFile
from sellingpartner.contract.discretion import Discreet


class Token(Discreet, msgspec.Struct, frozen=True, array_like=True):
    """A token, when it ends (in seconds since 1970), and what it allows; its repr hides it."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"value"})

    value: str
    expires_at: float
    scopes: tuple[str, ...] | None = None
    """None where whoever made it did not say, as Amazon does not."""


class Sealing(Protocol):
    """Encrypts what is kept; `sellingpartner.client.vault.Keyring` does."""

    def seal(self, plain: bytes, *bound_to: str) -> str:
        """Encrypt; the text opens only with the same `bound_to`."""
        ...

    def open(self, sealed: str, *bound_to: str) -> bytes:
        """Decrypt, or raise what is wrong."""
        ...


class TokenStore(Protocol):
    """Keeps tokens, and says who may make one: the right lapses, so whoever dies with it holds up nobody."""

    def get(self, key: str) -> Token | None:
        """The token kept under a key."""
        ...

    def put(self, key: str, token: Token) -> None:
        """Keep a token in place of what was there."""
        ...

    def drop(self, key: str, value: str) -> None:
        """Forget a token that was refused, unless another has taken its place."""
        ...

    def claim(self, key: str, holder: str, seconds: float) -> bool:
        """Take the right to make this token for so long; False while somebody else has it."""
        ...

    def release(self, key: str, holder: str) -> None:
        """Give that right back."""
        ...


class MemoryTokens:
    """For the threads and tasks of one process."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tokens: dict[str, Token] = {}
        self._claims: dict[str, tuple[str, float]] = {}

    def get(self, key: str) -> Token | None:
        """See `TokenStore`."""
        return self._tokens.get(key)

    def put(self, key: str, token: Token) -> None:
        """See `TokenStore`."""
        with self._lock:
            now = self._clock()
            self._tokens = {old: kept for old, kept in self._tokens.items() if kept.expires_at > now}
            self._tokens[key] = token

    def drop(self, key: str, value: str) -> None:
        """See `TokenStore`."""
        with self._lock:
            kept = self._tokens.get(key)
            if kept is not None and kept.value == value:
                del self._tokens[key]

    def claim(self, key: str, holder: str, seconds: float) -> bool:
        """See `TokenStore`."""
        with self._lock:
            now = self._clock()
            other, until = self._claims.get(key, (holder, 0.0))
            if other != holder and until > now:
                return False
            self._claims[key] = (holder, now + seconds)
            return True

    def release(self, key: str, holder: str) -> None:
        """See `TokenStore`."""
        with self._lock:
            if self._claims.get(key, ("", 0.0))[0] == holder:
                del self._claims[key]


_SCHEMA = """
CREATE TABLE IF NOT EXISTS tokens (
    key TEXT PRIMARY KEY,
    value TEXT,
    expires_at REAL,
    holder TEXT,
    held_until REAL
) WITHOUT ROWID
"""


def token_text(key: str, token: Token, keyring: Sealing | None) -> str:
    """A token as it is kept under a key, sealed if there is something to seal it with."""
    plain = msgspec.json.encode(token)
    return plain.decode() if keyring is None else keyring.seal(plain, "token", key)


def token_of(key: str, text: str, keyring: Sealing | None) -> Token | None:
    """The token in what is kept; None for what is kept in another way, which is then made anew."""
    is_plain = text.startswith("[")
    if is_plain is (keyring is not None):
        return None
    plain = text.encode() if keyring is None else keyring.open(text, "token", key)
    try:
        return msgspec.json.decode(plain, type=Token)
    except msgspec.DecodeError:
        return None


class SQLiteTokens:
    """For all processes that open one file, on one machine; only the file's owner may read it.

    With a keyring (`sellingpartner.client.vault`) no token in it can be read by who has the file and not the key.
    """

    def __init__(
        self, path: str | Path, clock: Callable[[], float] = time.time, *, keyring: Sealing | None = None
    ) -> None:
        self._clock = clock
        self._keyring = keyring
        self._file = SharedFile(path, _SCHEMA)

    def get(self, key: str) -> Token | None:
        """See `TokenStore`."""
        row = self._file.row("SELECT value FROM tokens WHERE key = ? AND value IS NOT NULL", (key,))
        return None if row is None else token_of(key, str(row[0]), self._keyring)

    def put(self, key: str, token: Token) -> None:
        """See `TokenStore`."""
        with self._file.alone() as connection:
            now = self._clock()
            connection.execute(
                "DELETE FROM tokens WHERE coalesce(expires_at, 0) < ? AND coalesce(held_until, 0) < ?", (now, now)
            )
            connection.execute(
                "INSERT INTO tokens (key, value, expires_at) VALUES (?, ?, ?) ON CONFLICT (key)"
                " DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
                (key, token_text(key, token, self._keyring), token.expires_at),
            )

    def drop(self, key: str, value: str) -> None:
        """See `TokenStore`."""
        with self._file.alone() as connection:
            row = connection.execute("SELECT value FROM tokens WHERE key = ? AND value IS NOT NULL", (key,)).fetchone()
            kept = None if row is None else token_of(key, str(row[0]), self._keyring)
            if kept is not None and kept.value == value:
                connection.execute("UPDATE tokens SET value = NULL, expires_at = NULL WHERE key = ?", (key,))

    def claim(self, key: str, holder: str, seconds: float) -> bool:
        """See `TokenStore`."""
        with self._file.alone() as connection:
            now = self._clock()
            changed = connection.execute(
                "INSERT INTO tokens (key, holder, held_until) VALUES (?, ?, ?) ON CONFLICT (key)"
                " DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until"
                " WHERE holder IS NULL OR holder = excluded.holder OR held_until <= ?",
                (key, holder, now + seconds, now),
            )
            return changed.rowcount == 1

    def release(self, key: str, holder: str) -> None:
        """See `TokenStore`."""
        with self._file.alone() as connection:
            connection.execute(
                "UPDATE tokens SET holder = NULL, held_until = NULL WHERE key = ? AND holder = ?", (key, holder)
            )

    def close(self) -> None:
        """Close the file."""
        self._file.close()
