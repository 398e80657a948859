"""How texts leave a command that nothing lays out: asides, JSON, data, files.

Much of it was written by strangers: what buyers are called, why a call was refused, what a server answered. Nothing of
it reaches a terminal as more than text (`sellingpartner.terminal`). JSON has escapes for that, and programs read them
back; other data is left as it is where a program reads it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sellingpartner.terminal import harmless


def print_aside(text: str) -> None:
    """Tell the person at the terminal, on stderr, what is no part of the answer."""
    sys.stderr.write(f"{harmless(text, lines=True)}\n")
    sys.stderr.flush()


def write_json(text: bytes) -> None:
    """JSON as it was sent, a line or more."""
    sys.stdout.write(f"{harmless(text.decode(), lines=True)}\n")


class Data:
    """Where data for programs is written, such as CSV: exactly as it is, unless a person looks on."""

    def write(self, text: str) -> int:
        """Write a piece of it."""
        return sys.stdout.write(harmless(text, lines=True) if sys.stdout.isatty() else text)


def print_file(path: Path, charset: str) -> None:
    """A file's bytes as they are: whoever reads them may want the charset that they are in."""
    sys.stdout.flush()
    if sys.stdout.isatty():
        Data().write(_decoded(path.read_bytes(), charset))
        return
    with path.open("rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:  # a charset that only its sender knows
        return data.decode(errors="replace")
