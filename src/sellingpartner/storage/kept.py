"""A document as it is kept: its bytes, read only by whoever needs what is in them.

Two documents with the same bytes are the same document. So what was made of one holds for as long as its bytes come
back, and nobody has to say that it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Dialect, LargeBinary, type_coerce
from sqlalchemy.types import TypeDecorator

Document = TypeVar("Document")


class Kept(Generic[Document]):
    """A document of a row."""

    __slots__ = ("_decode", "stored")

    def __init__(self, stored: bytes, decode: Callable[[bytes], Document]) -> None:
        self.stored = stored
        """Its bytes."""
        self._decode = decode

    def read(self) -> Document:
        """What is in it; each reader gets one of its own, to change as it likes."""
        return self._decode(self.stored)


class _AsKept(TypeDecorator[Kept[Any]]):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind
        self._decode = msgspec.json.Decoder(kind).decode

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes], Kept[Any]]:  # noqa: ARG002
        decode = self._decode
        return lambda stored: Kept(stored, decode)


def as_kept(column: ColumnElement[Any], kind: type[Document]) -> ColumnElement[Kept[Document]]:
    """A column of documents (`columns.Json`), to be selected as they are kept."""
    return type_coerce(column, _AsKept(kind))
