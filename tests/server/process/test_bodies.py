"""How a body is taken in, from pieces as granian gives them: one empty piece ends it well, one more if it broke."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from sellingpartner.contract.errors import RequestTooLarge, SellingPartnerError, ServiceUnavailable
from sellingpartner.server.gateway.http import LARGEST_BODY, BodyIncomplete, BodyLate, HttpRequest
from sellingpartner.server.process.bodies import (
    FREE_BYTES,
    ROOM_BYTES,
    SLOWEST_BYTES_PER_SECOND,
    Room,
    Share,
    allowed_seconds,
    receive,
)

MIB = 1024 * 1024
CHUNKED = {"transfer-encoding": "chunked"}


class Request(HttpRequest):
    """A request of nothing but a few headers."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__(None)
        self._headers = headers

    def header(self, name: str) -> str | None:
        return self._headers.get(name)


class Pieces:
    """What a sender sends, and how much of it was read."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            self.read += len(piece)
            yield piece


def taken(headers: dict[str, str], pieces: Pieces, share: Share | None = None) -> bytes:
    request = Request(headers)
    asyncio.run(receive(request, pieces, share or Share(Room()), 30))
    return request.body()


def length(size: int) -> dict[str, str]:
    return {"content-length": str(size)}


@pytest.mark.parametrize("pieces", [[b"{}"], [b"{", b"}"]])
def test_a_body_that_ends_well_is_all_of_its_pieces(pieces: list[bytes]) -> None:
    assert taken(CHUNKED, Pieces(*pieces, b"")) == b"{}"
    assert taken(length(2), Pieces(*pieces, b"")) == b"{}"


@pytest.mark.parametrize("end", [[], [b"", b""], [b"", b"", b""]])
@pytest.mark.parametrize("begun", [[], [b"{}"]])
def test_chunks_that_end_in_any_other_way_are_refused(begun: list[bytes], end: list[bytes]) -> None:
    with pytest.raises(BodyIncomplete, match="did not end as chunks do"):
        taken(CHUNKED, Pieces(*begun, *end))


def test_chunks_of_more_than_a_body_may_have_are_refused_and_read_on_up_to_a_bound() -> None:
    some, endless = Pieces(*[bytes(MIB)] * 11, b""), Pieces(*[bytes(MIB)] * 200)

    for pieces in (some, endless):
        with pytest.raises(RequestTooLarge):
            taken(CHUNKED, pieces)
    assert (some.read, endless.read) == (11 * MIB, 80 * MIB)


@pytest.mark.parametrize("headers", [CHUNKED, length(10 * MIB)])
def test_bodies_have_a_room_that_they_share(headers: dict[str, str]) -> None:
    room = Room(10 * MIB)
    pieces = Pieces(*[bytes(MIB)] * 10, b"")
    with Share(room) as first:
        assert len(taken(headers, pieces, first)) == LARGEST_BODY
        with pytest.raises(ServiceUnavailable, match="no room for more"), Share(room) as second:
            taken(headers, pieces, second)
        assert taken(length(FREE_BYTES), Pieces(bytes(FREE_BYTES), b""), Share(room))  # the usual ones always find it

    assert room.left == 10 * MIB
    assert taken(headers, pieces, Share(room))


@pytest.mark.parametrize(
    ("headers", "pieces"),
    [(CHUNKED, [bytes(MIB)]), (CHUNKED, [bytes(MIB)] * 11), (length(MIB), [bytes(9)]), (length(MIB), [bytes(MIB)])],
)
def test_whatever_becomes_of_a_body_its_room_is_given_back(headers: dict[str, str], pieces: list[bytes]) -> None:
    room = Room()
    with Share(room) as share, suppress(SellingPartnerError):
        taken(headers, Pieces(*pieces), share)

    assert room.left == ROOM_BYTES


@pytest.mark.parametrize(
    ("announced", "seconds"),
    [
        (None, 30),
        (0, 30),
        (SLOWEST_BYTES_PER_SECOND, 31),
        (LARGEST_BODY, 30 + 640),
        (LARGEST_BODY + 1, 30 + 640),
        (10**18, 30 + 640),
    ],
)
def test_a_body_has_time_by_its_length_but_no_more_than_the_largest(announced: int | None, seconds: float) -> None:
    assert allowed_seconds(30, announced) == seconds


def test_a_body_that_stays_away_is_late() -> None:
    class Silent:
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await asyncio.Event().wait()
            yield b""

    with pytest.raises(BodyLate, match=r"after 0\.001 seconds"):
        asyncio.run(receive(Request(CHUNKED), Silent(), Share(Room()), 0.001))
