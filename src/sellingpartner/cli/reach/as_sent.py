"""Keeps an answer as it came, for `--json`: what the contract does not know of it is in there, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import msgspec

from sellingpartner.contract.json_values import Json


class AsSent:
    """The body of the answer that came last; `hook` is a response hook of an HTTP client."""

    def __init__(self) -> None:
        self._answer: httpx2.Response | None = None
        self._pieces: list[bytes] = []
        self._came_whole = False

    def hook(self, response: httpx2.Response) -> None:
        """Listen to an answer that is about to be read."""
        self._answer, self._pieces = response, []
        self._came_whole = response.is_stream_consumed
        if not self._came_whole:
            response.stream = _Overheard(response.stream, self._pieces)

    @property
    def body(self) -> bytes:
        """What was read, unpacked."""
        if self._answer is None:
            return b""
        if self._came_whole:
            return self._answer.content  # as from a server in this process
        packed = b"".join(self._pieces)
        return httpx2.Response(200, headers=self._answer.headers, content=packed).content

    @property
    def json(self) -> Json:
        """The same as values; None for an empty body."""
        return msgspec.json.decode(self.body) if self.body.strip() else None


class _Overheard(httpx2.SyncByteStream):
    """A stream that notes what is read from it."""

    def __init__(self, stream: Any, pieces: list[bytes]) -> None:  # noqa: ANN401 - an answer of a synchronous client has a synchronous one
        self._stream = stream
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._pieces.append(piece)
            yield piece

    def close(self) -> None:
        self._stream.close()
