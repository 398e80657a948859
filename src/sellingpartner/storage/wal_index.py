"""SQLite's index of its write-ahead log, from which it can be seen at once whether anybody has committed.

The index is a file beside the database (`-shm`) that all processes share in memory. Its first 96 bytes are two copies
of a header, which every commit rewrites, whoever makes it; SQLite itself looks there to learn what a new transaction is
to see (https://sqlite.org/walformat.html, section 2.2). To compare 48 bytes takes no call of SQLite's or the system's.

Never close what is opened here: with the first descriptor of a file that a process closes, POSIX takes away all locks
that the process has on that file, and SQLite's are such. So each index is opened once and kept until the process ends.
"""

from __future__ import annotations

import mmap
import os
import sys
from threading import Lock

from sqlalchemy import Connection

from sellingpartner.storage.sqlite import driver_of

_HEADER = 48
_VERSION = (3007000).to_bytes(4, sys.byteorder)
_IS_MADE = 12
"""Where in the header it is said that there is one."""

_opened: dict[tuple[int, int], WalIndex] = {}
_opening = Lock()


class WalIndex:
    """The index of one database, for as long as a connection of this process holds it open."""

    __slots__ = ("_shared",)

    def __init__(self, descriptor: int) -> None:
        self._shared = mmap.mmap(descriptor, mmap.PAGESIZE, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)

    def header(self) -> bytes | None:
        """The header, another one after each commit; None while it is being written."""
        both = self._shared[: 2 * _HEADER]
        header = both[:_HEADER]
        return header if header == both[_HEADER:] and header[_IS_MADE] == 1 else None


def wal_index_of(connection: Connection) -> WalIndex | None:
    """The index of the database that a connection is open to; None where there is none that can be read."""
    driver = driver_of(connection)
    if os.name != "posix" or driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return None
    path = driver.execute("PRAGMA database_list").fetchone()[2]
    try:
        with _opening:
            index = _open(f"{path}-shm")
    except OSError:
        return None
    header = index.header()
    return None if header is None or not header.startswith(_VERSION) else index


def _open(path: str) -> WalIndex:
    status = os.stat(path)  # noqa: PTH116 - a Path is nothing but text here
    this = status.st_dev, status.st_ino
    if this not in _opened:
        _opened[this] = WalIndex(os.open(path, os.O_RDONLY))
    return _opened[this]
