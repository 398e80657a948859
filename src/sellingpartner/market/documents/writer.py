"""Documents on their way into the store: small ones stay as they are, larger ones are compressed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import uuid4

import msgspec

from sellingpartner.market.time.clock import real_now
from sellingpartner.storage.document_store import DocumentStore

PLAIN_BYTES = 64 * 1024
"""Assumed: a document of up to 64 KiB is given out as it is, a larger one is compressed."""

GZIP = "GZIP"
_AS_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 256 * 1024
_ABANDONED_AFTER = timedelta(minutes=15)
_LEVEL = 1  # a million rows take seconds less, and a tenth more room


class Written(msgspec.Struct, frozen=True):
    """What was written."""

    store_key: str
    size: int
    """How many bytes are kept."""
    compression: str | None


def write_document(store: DocumentStore, seller_id: str, chunks: Iterable[bytes]) -> Written:
    """Keep bytes as they come, in constant memory; not inside of a transaction."""
    key = new_key(seller_id)
    pieces = iter(chunks)
    beginning, is_whole = _beginning(pieces)
    if is_whole:
        return Written(key, store.put(key, iter([beginning])), None)
    return Written(key, store.put(key, _compressed(beginning, pieces)), GZIP)


def new_key(seller_id: str) -> str:
    """A key that nothing is kept under."""
    return f"{seller_id}/{real_now():%Y-%m}/{uuid4()}"


def forget_unfinished(store: DocumentStore) -> int:
    """Delete what writers had begun who were killed; returns how many files.

    Another process may write at this very moment, so that what was written to lately stays.
    """
    return store.forget_unfinished(real_now() - _ABANDONED_AFTER)


def _beginning(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """As much as a small document holds, and whether that is all."""
    beginning = bytearray()
    for piece in pieces:
        beginning += piece
        if len(beginning) > PLAIN_BYTES:
            return bytes(beginning), False
    return bytes(beginning), True


def _compressed(beginning: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _AS_GZIP)
    packed = bytearray(packer.compress(beginning))
    for piece in pieces:
        packed += packer.compress(piece)
        if len(packed) >= _PIECE:
            yield bytes(packed)
            packed.clear()
    packed += packer.flush()
    yield bytes(packed)
