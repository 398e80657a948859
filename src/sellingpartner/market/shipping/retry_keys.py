"""Keys by which a request that is sent again is known: what was made for it the first time is its answer."""

from __future__ import annotations

from hashlib import blake2b


def kept(key: str | None, *, of: str) -> str | None:
    """A caller's key as it is kept, however long it is, apart for each kind of request; None where none came."""
    return blake2b(f"{of}:{key}".encode(), digest_size=32).hexdigest() if key else None
