"""Taking a request's body in from granian: whole, in time, and never more of all bodies than there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Protocol, Self

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined] # it is there for applications

from sellingpartner.contract.errors import SellingPartnerError, ServiceUnavailable
from sellingpartner.server.gateway.http import (
    LARGEST_BODY,
    LARGEST_UPLOAD,
    BodyIncomplete,
    BodyLate,
    HttpRequest,
    check_upload,
    file_too_large,
    too_large,
)

SLOWEST_BYTES_PER_SECOND = 16 * 1024
"""Whoever sends a body more slowly than this, beyond the first patience, is not waited for."""

ROOM_BYTES = 8 * LARGEST_BODY
"""How many bytes of all bodies together are held at once."""

FREE_BYTES = 64 * 1024
"""The beginning of every body, for which there is always room: so large bodies never keep out the usual ones."""

MOST_FILES = 8
"""How many files are uploaded at a time."""

_IN_MEMORY = 256 * 1024
_MOST_DRAINED = 8 * LARGEST_BODY


class Pieces(Protocol):
    """What gives a body piece by piece, as granian's exchange does."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Its pieces."""
        ...


class Room:
    """What all bodies together may hold of the memory."""

    def __init__(self, size: int = ROOM_BYTES) -> None:
        self.left = size


class Share:
    """What one body holds of the room; it is given back at the end of its request."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.give_back()

    def reaches(self, size: int) -> bool:
        """Whether there is room for so many bytes of this body; they are its own then."""
        wanted = max(0, size - FREE_BYTES) - self._taken
        if wanted > self._room.left:
            return False
        self._room.left -= wanted
        self._taken += wanted
        return True

    def give_back(self) -> None:
        """Leave the room to others."""
        self._room.left += self._taken
        self._taken = 0


def allowed_seconds(patience_seconds: float, length: int | None) -> float:
    """How long a body may take: more for a large one, but no more than for the largest that is taken."""
    return patience_seconds + min(length or 0, LARGEST_BODY) / SLOWEST_BYTES_PER_SECOND


async def receive(request: HttpRequest, pieces: Pieces, share: Share, patience_seconds: float) -> None:
    """Take a body in; raises for one that does not come whole, or not in time, or that there is no room for."""
    length = request.declared_length
    if length is None and not request.is_chunked:
        return
    allowed = allowed_seconds(patience_seconds, length)
    try:
        async with asyncio.timeout(allowed):  # `wait_for` would have a task of its own for it
            body = await _received(request, pieces, share)
    except TimeoutError:
        message = f"The body was not there after {allowed:g} seconds; send it at once, and whole."
        raise BodyLate(message) from None
    except ProtocolClosed:
        raise _broken() from None
    request.take(body)


async def _received(request: HttpRequest, pieces: Pieces, share: Share) -> bytes:
    taken = _Taken(None if request.is_chunked else request.declared_length, share)
    async for piece in pieces:
        taken.add(piece)
        if taken.is_enough:
            break
    return taken.whole()


class _Taken:
    """What came of a body so far; of one that is refused nothing is kept, but it is read on, up to a bound.

    Whoever is cut off while sending sees a broken connection and not the answer; some clients then repeat for ever.
    """

    def __init__(self, length: int | None, share: Share) -> None:
        self._length = length
        self._share = share
        self._kept: list[bytes] = []
        self._seen = 0
        self._empty = 0
        self._refusal: SellingPartnerError | None = (
            too_large() if length is not None and length > LARGEST_BODY else None
        )

    def add(self, piece: bytes) -> None:
        """Take in one more piece, if there is room for it."""
        self._seen += len(piece)
        self._empty += not piece
        if self._refusal is None:
            self._refusal = self._check()
        if self._refusal is None:
            self._kept.append(piece)
        else:
            self._kept.clear()
            self._share.give_back()

    def _check(self) -> SellingPartnerError | None:
        if self._seen > LARGEST_BODY:
            return too_large()
        return None if self._share.reaches(self._seen) else _no_room()

    @property
    def is_enough(self) -> bool:
        """Whether to read no further: all is there that was announced, or it is refused anyway."""
        if self._refusal is None:
            return self._length is not None and self._seen >= self._length
        most = _MOST_DRAINED if self._length is None else min(self._length, _MOST_DRAINED)
        return self._seen >= most

    def whole(self) -> bytes:
        """The body; raises for one that was refused, or did not end well."""
        if self._length is not None and self._length > LARGEST_BODY:
            return b""  # whoever asks for it is told so, in the words of the path
        if self._refusal is not None:
            raise self._refusal
        # granian gives one empty piece behind chunks that ended well, and one more behind those that broke.
        # Differs: it does so behind trailers, too, so a body in chunks with trailers is refused.
        if self._length is None and self._empty != 1:
            raise _broken()
        return b"".join(self._kept)


def _broken() -> BodyIncomplete:
    return BodyIncomplete("The body's chunks did not end as chunks do, or trailers followed them, which are not taken.")


def _no_room() -> ServiceUnavailable:
    return ServiceUnavailable(
        f"Others are sending large bodies at the moment, {ROOM_BYTES} bytes together, and there is no room for more;"
        " try again."
    )


class Files:
    """How many bodies may be received into files at a time."""

    def __init__(self, most: int = MOST_FILES) -> None:
        self._left = most

    def __enter__(self) -> Self:
        if not self._left:
            raise ServiceUnavailable(f"Others are uploading {MOST_FILES} files at the moment; try again.")
        self._left -= 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._left += 1


async def receive_file(request: HttpRequest, pieces: Pieces, files: Files, patience_seconds: float) -> None:
    """Take the body of an upload in, into a file that is gone when it is closed; raises as `receive` does."""
    check_upload(request)
    length = request.declared_length
    allowed = patience_seconds + min(length or LARGEST_UPLOAD, LARGEST_UPLOAD) / SLOWEST_BYTES_PER_SECOND
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it was read, or below
    try:
        with files:
            async with asyncio.timeout(allowed):
                await _fill(file, request, pieces)
    except TimeoutError:
        file.close()
        raise BodyLate(f"The body was not there after {allowed:g} seconds; send it at once, and whole.") from None
    except ProtocolClosed:
        file.close()
        raise _broken() from None
    except BaseException:
        file.close()
        raise
    request.take_file(file)


async def _fill(file: IO[bytes], request: HttpRequest, pieces: Pieces) -> None:
    length = None if request.is_chunked else request.declared_length
    seen = empty = 0
    async for piece in pieces:
        seen += len(piece)
        empty += not piece
        if seen > LARGEST_UPLOAD:
            raise file_too_large()
        file.write(piece)
        if length is not None and seen >= length:
            return
    if length is None and empty != 1:
        raise _broken()
    if length is not None and seen < length:
        raise BodyIncomplete(f"The body ended after {seen} of the {length} bytes that its Content-Length promised.")
