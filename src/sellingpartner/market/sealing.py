"""Texts that callers carry from call to call: opaque, of no use when altered or in another seller's hands."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import msgspec

from sellingpartner.storage.unit import UnitOfWork

_SIGNATURE = 16

Content = TypeVar("Content")


def sealed(unit: UnitOfWork, content: bytes, *, purpose: bytes = b"") -> str:
    """Content as a text that this seller may bring back, for this purpose; content without one must tell its own."""
    content = purpose + content
    return urlsafe_b64encode(_signature(unit, content) + content).decode()


def unsealed(unit: UnitOfWork, text: str, *, purpose: bytes = b"") -> bytes | None:
    """The content of a text that was sealed for this seller and this purpose; None for any other text."""
    try:
        raw = urlsafe_b64decode(text)
    except (Error, ValueError):
        return None
    signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(unit, content)) or not content.startswith(purpose):
        return None
    return content.removeprefix(purpose)


def unsealed_as(
    unit: UnitOfWork,
    text: str,
    decoder: msgspec.json.Decoder[Content] | msgspec.msgpack.Decoder[Content],
    *,
    purpose: bytes = b"",
) -> Content | None:
    """What was sealed for this seller, read as what it was; None for any other text, and for what is something else."""
    content = unsealed(unit, text, purpose=purpose)
    try:
        return None if content is None else decoder.decode(content)
    except (ValueError, msgspec.MsgspecError):
        return None


def _signature(unit: UnitOfWork, content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIGNATURE, key=_key(unit.seed, unit.seller_id)).digest()


@lru_cache(maxsize=1024)
def _key(seed: int, seller_id: str) -> bytes:
    """Assumed: to sign page tokens the market's seed is secret enough; they open nothing else."""
    return blake2b(f"page tokens of {seller_id} in market {seed}".encode()).digest()
