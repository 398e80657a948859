r"""Half a character in JSON, such as `\ud800` alone, which no text can hold.

The parser would read a question mark in its place, so that a message changed the listing of another SKU. It is read as
`\u0000` instead, which is refused wherever it stands, as the operations refuse both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ESCAPE = re.compile(
    rb"""\\(?:
      (?P<open>(?:u(?:[0-9a-f]{0,3} | d[89ab][0-9a-f]{2}(?:\\(?:u[0-9a-f]{0,3})?)?))?\Z)  # goes on in the next piece
    | (?P<whole>u d[89ab][0-9a-f]{2} \\u d[c-f][0-9a-f]{2})
    | (?P<half>u d[89a-f][0-9a-f]{2})
    | .)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NOTHING = rb"\u0000"


def without_halves(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A file of JSON piece by piece, each half of a character in it told as none."""
    waiting = b""
    for piece in pieces:
        told: list[bytes] = []
        whole, waiting, begins = waiting + piece, b"", 0
        for found in _ESCAPE.finditer(whole):
            if found["half"]:
                told += (whole[begins : found.start()], _NOTHING)
                begins = found.end()
            elif found["open"] is not None:
                told.append(whole[begins : found.start()])
                begins, waiting = len(whole), found[0]
        yield b"".join((*told, whole[begins:]))
    yield waiting
