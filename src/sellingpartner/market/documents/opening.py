"""Documents as they are read again: unpacked, piece by piece, and never more of them than is wanted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sellingpartner.market.documents.documents import Document
from sellingpartner.market.documents.writer import GZIP
from sellingpartner.storage.document_store import DocumentStore, NoSuchBytes

_AS_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 256 * 1024
_MOST_PARTS = 1_000
_SHOWN = 256 * 1024
_LONGEST_LINE = 2000
_CODECS = {"shift_jis": "cp932"}


def content_of(store: DocumentStore, document: Document) -> Iterator[bytes]:
    """What a document says, unpacked; raises `NoSuchBytes`."""
    if document.store_key is None:
        raise NoSuchBytes(document.document_id)
    pieces = store.get(document.store_key)
    return _unpacked(pieces) if document.compression == GZIP else pieces


def first_lines(store: DocumentStore, document: Document, count: int) -> list[str] | None:
    """How a document of text begins; None for any other. Raises `NoSuchBytes`."""
    kind, _, charset = document.content_type.partition("charset=")
    if not kind.startswith(("text/", "application/json", "application/xml")):
        return None
    begun = bytearray()
    for piece in content_of(store, document):
        begun += piece
        if len(begun) >= _SHOWN or begun.count(b"\n") > count:
            break
    codec = _CODECS.get(charset.lower(), charset or "utf-8")
    return [line[:_LONGEST_LINE] for line in begun.decode(codec, errors="replace").splitlines()[:count]]


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What was packed, in one part or in several; raises `zlib.error` for what is no GZIP or breaks off.

    Many parts that hold nothing would be read for minutes.
    """
    packer, parts = zlib.decompressobj(_AS_GZIP), 1
    for piece in pieces:
        left = piece
        while left:
            if packer.eof:
                packer, parts = zlib.decompressobj(_AS_GZIP), parts + 1
                if parts > _MOST_PARTS:
                    message = f"It has more than {_MOST_PARTS:,} parts."
                    raise zlib.error(message)
            yield packer.decompress(left, _PIECE)
            left = packer.unused_data if packer.eof else packer.unconsumed_tail
    yield packer.flush()
    if not packer.eof:
        message = "It breaks off."
        raise zlib.error(message)
