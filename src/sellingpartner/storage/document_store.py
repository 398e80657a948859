"""Where the bytes of documents are kept: a folder, a bucket of S3 or its kind, or memory.

Rows of the database say which documents there are; here are bytes by keys. Nothing is written inside of a transaction,
so a document may be there of which no row tells (its writer was killed), and never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import URL

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ObjectStore

IN_MEMORY = "memory://"
_PIECE = 256 * 1024
_PART = 5 * 1024 * 1024  # the least that S3 takes
_OWNER_ONLY = 0o700
_UNFINISHED = re.compile(r".+#[0-9]+")
"""How obstore names a file that is being written."""


class StoreUnusable(Exception):
    """Documents cannot be kept there; the message says why."""


class NoSuchBytes(LookupError):
    """Nothing is kept under a key."""


def failures_of_stores() -> tuple[type[Exception], ...]:
    """What a store raises that cannot be reached, read or written."""
    from obstore.exceptions import BaseError  # noqa: PLC0415 - a library of its own weight, for who keeps documents

    return (BaseError, OSError)


class DocumentStore:
    """Bytes by keys, below one URL: `memory://`, `file:///folder`, a plain folder, `s3://bucket/prefix`.

    It is opened when it is first used: a market that keeps no document needs no store.
    """

    def __init__(self, url: str = IN_MEMORY, *, prefix: str = "") -> None:
        self.url = url
        self._prefix = prefix
        self._folder = _folder_of(url)
        self._opening = Lock()
        self._store: ObjectStore | None = None

    def below(self, prefix: str) -> DocumentStore:
        """The same store, with keys that begin with a prefix: another world's documents."""
        return DocumentStore(self.url, prefix=self._prefix + prefix)

    def put(self, key: str, pieces: Iterator[bytes]) -> int:
        """Keep bytes as they come; returns how many. Nothing is there before all are."""
        import obstore  # noqa: PLC0415 - a library of its own weight, for who keeps documents

        counted = _Counted(pieces)
        obstore.put(self._opened(), self._prefix + key, counted, chunk_size=_PART, max_concurrency=2)
        return counted.size

    def get(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, piece by piece; raises `NoSuchBytes`."""
        import obstore  # noqa: PLC0415 - see above

        if end is not None and end <= start:
            return iter(())
        wanted: GetOptions = {"range": {"offset": start} if end is None else (start, end)}
        try:
            found = obstore.get(self._opened(), self._prefix + key, options=wanted if start or end else None)
        except FileNotFoundError:
            raise NoSuchBytes(key) from None
        return (bytes(piece) for piece in found.stream(min_chunk_size=_PIECE))

    def path(self, key: str) -> Path | None:
        """The file in which the bytes are, where the store is a folder."""
        return None if self._folder is None else self._folder / (self._prefix + key)

    def size(self, key: str) -> int:
        """How many bytes are kept under a key; raises `NoSuchBytes`."""
        import obstore  # noqa: PLC0415 - see above

        try:
            return obstore.head(self._opened(), self._prefix + key)["size"]
        except FileNotFoundError:
            raise NoSuchBytes(key) from None

    def delete(self, keys: Sequence[str]) -> None:
        """Forget bytes; those that are not there are no matter."""
        import obstore  # noqa: PLC0415 - see above

        for key in keys:
            with suppress(FileNotFoundError):
                obstore.delete(self._opened(), self._prefix + key)

    def clear(self) -> None:
        """Forget everything."""
        if self.is_empty:
            return
        self.delete(list(self.kept_before(datetime.max.replace(tzinfo=UTC))))

    def copy_to(self, other: DocumentStore) -> None:
        """Have another store keep what is kept here, too."""
        if self.is_empty:
            return
        for key in self.kept_before(datetime.max.replace(tzinfo=UTC)):
            # obstore cannot read from one store while it writes to another: what is read lies in between.
            with SpooledTemporaryFile(_PART) as between:
                between.writelines(self.get(key))
                between.seek(0)
                other.put(key, iter(partial(between.read, _PIECE), b""))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever kept there, as far as that can be told without opening it."""
        if self._store is not None:
            return False
        return self.url == IN_MEMORY if self._folder is None else not (self._folder / self._prefix).is_dir()

    def check(self) -> None:
        """Raise `StoreUnusable` if nothing can be kept there: found out by keeping something."""
        key = f"check/{id(self):x}"
        try:
            self.put(key, iter([b"kept"]))
            self.delete([key])
        except Exception as reason:
            message = f"{self.shown_url}: {reason}"
            raise StoreUnusable(message) from reason

    @property
    def shown_url(self) -> str:
        """Its URL as it may be shown: without a secret that its query may hold."""
        return self.url.partition("?")[0]

    def kept_before(self, moment: datetime, below: str = "") -> Iterator[str]:
        """The keys below a prefix that were written before a real moment."""
        import obstore  # noqa: PLC0415 - see above

        for found in obstore.list(self._opened(), prefix=self._prefix + below):
            for one in found:
                if one["last_modified"].astimezone(UTC) < moment:
                    yield str(one["path"]).removeprefix(self._prefix)

    def forget_unfinished(self, moment: datetime) -> int:
        """Delete files that a writer had begun, and has not written to since a real moment; returns how many.

        In a folder bytes are written beside their place and then moved there: whoever is killed meanwhile leaves them.
        A bucket keeps nothing of what was not sent whole, but for parts that its own rules let go.
        """
        if self._folder is None or not self._folder.is_dir():
            return 0
        gone = 0
        for path in self._folder.rglob("*#*"):
            with suppress(FileNotFoundError):  # its writer has finished just now
                if _UNFINISHED.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
                    path.unlink()
                    gone += 1
        return gone

    def _opened(self) -> ObjectStore:
        with self._opening:
            if self._store is None:
                self._store = _opened(self.url, self._folder)
            return self._store


def store_beside(database: URL) -> DocumentStore:
    """The store of a market's documents: a folder beside its file; in memory where it has none."""
    file = database.database if database.get_backend_name() == "sqlite" else None
    if not file or file == ":memory:" or file.startswith("file:"):
        return DocumentStore()
    return DocumentStore(str(Path(file).with_suffix(".documents")))


class _Counted:
    """Pieces that are counted as they go by."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.size = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        self.size += len(piece)
        return piece


def _opened(url: str, folder: Path | None) -> ObjectStore:
    from obstore.store import LocalStore, MemoryStore, from_url  # noqa: PLC0415 - see above

    if url == IN_MEMORY:
        return MemoryStore()
    if folder is not None:
        if not folder.is_dir():
            folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        return LocalStore(folder)
    return from_url(url)


def _folder_of(url: str) -> Path | None:
    if url == IN_MEMORY:
        return None
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Path(parts.path)
    return Path(url) if not parts.scheme else None
