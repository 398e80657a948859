"""The file of an SQLite database: its owner's alone, and still the one that was opened.

SQLite itself gives a file to whoever the umask lets in, and writes on into one that was deleted under it: what is
committed then is gone with the last process that has it open.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sellingpartner.storage.away import DatabaseAway

_OWNER_ONLY = 0o600
_BESIDE = ("", "-wal", "-shm", "-journal")


class MarketFile:
    """One database file, by its path."""

    def __init__(self, path: str) -> None:
        self._path = path
        # Where it cannot be made, SQLite says why better than we could. The files beside it take their mode from it.
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        self._opened = self._identity()

    def check(self) -> None:
        """Raise `DatabaseAway` for a file that was deleted or replaced since it was opened."""
        if self._opened is not None and self._identity() != self._opened:
            message = f"the file {self._path} was removed or replaced; put it back, or restart the server"
            raise DatabaseAway(message)

    def keep_private(self) -> None:
        """Let nobody but the owner read the market, whatever let others in before."""
        for ending in _BESIDE:
            with suppress(OSError):  # not there, or not ours to change
                file = Path(self._path + ending)
                if file.stat().st_mode & 0o077:
                    file.chmod(_OWNER_ONLY)

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - each write asks this, and a Path costs twice as much
        except OSError:
            return None
        return found.st_dev, found.st_ino
