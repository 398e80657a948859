"""Pieces of bytes as a file that is read once, and no further than its reader gets on with it."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 1 << 20
"""How many bytes of a file may say nothing: a text without an end, blanks, comments."""


class Endless(Exception):
    """The file goes on and on, and nothing in it comes to an end."""

    def __init__(self) -> None:
        super().__init__(f"For more than {LONGEST:,} bytes nothing in it comes to an end.")


class Stream:
    """What a parser reads from: never more than a piece beyond what it asked for is in memory.

    Whoever reads says when something came to its end (`went_on`); without that reading ends with `Endless`.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""
        self._unfinished = 0
        """How many bytes were read since something ended."""

    def went_on(self) -> None:
        """Note that something came to its end."""
        self._unfinished = 0

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; none are the end. Raises `Endless`."""
        if self._unfinished > LONGEST:
            raise Endless
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        self._unfinished += len(given)
        return given
