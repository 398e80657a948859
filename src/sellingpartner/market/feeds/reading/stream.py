"""Pieces of bytes as a file that is read once."""

from __future__ import annotations

from collections.abc import Iterator


class Stream:
    """What a parser reads from: never more than a piece beyond what it asked for is in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; none are the end."""
        if size < 0:
            whole = self._left + b"".join(self._pieces)
            self._left = b""
            return whole
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        given, self._left = self._left[:size], self._left[size:]
        return given
