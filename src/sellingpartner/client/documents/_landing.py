"""Takes a document as it comes, unpacks it, and lays it into a file that gets its name when it is whole.

What is not whole is at `<name>.part` and is removed when the job fails, so that nothing half poses as a result. The
state of unpacking outlives a broken connection: the next one goes on at the byte that this one came to, if the server
can do that (Range and If-Range), or all begins anew.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sellingpartner.client._shells.steps import PIECE
from sellingpartner.client.documents.failures import DocumentDamaged
from sellingpartner.client.options import LARGEST_DOCUMENT
from sellingpartner.contract.errors import AnswerTooLarge
from sellingpartner.counted import counted

_OK = 200
_PARTIAL = 206
_GZIP = zlib.MAX_WBITS | 16
_SIZE = re.compile(r"[0-9]{1,18}")
_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]+/([0-9]{1,18}|\*)")


class Landing:
    """The sink of one document, over as many connections as it takes."""

    def __init__(self, path: Path, wrote: Callable[[int, int | None], None], most: int = LARGEST_DOCUMENT) -> None:
        self.path = path
        self._most = most
        """Bytes, unpacked, that may be laid down: a packed megabyte may unfold to a gigabyte."""
        self._laid = 0
        self.is_packed = False
        """Whether the link says that what comes is GZIP."""
        self.received = 0
        self.total: int | None = None
        self.content_type = ""
        self._is_taken = False
        """Whether the last connection's answer was the document, or the rest of it."""
        self._part = path.with_name(path.name + ".part")
        self._file: BinaryIO | None = None
        self._wrote = wrote
        self._etag = ""
        self._unpacking: zlib._Decompress | None = None

    @property
    def range_headers(self) -> dict[str, str]:
        """What asks for the rest, of the same document or not at all; nothing where that cannot be asked."""
        if not self.received or not self._etag:
            return {}
        return {"Range": f"bytes={self.received}-", "If-Range": self._etag}

    @property
    def is_whole(self) -> bool:
        """Whether all has come; a packed document that ended too soon is damaged, and not to be had by asking again."""
        if not self._is_taken:
            return False
        if self.total is None:
            return self._unpacking is None or self._unpacking.eof
        if self.received < self.total:
            return False
        if self._unpacking is not None and not self._unpacking.eof:
            raise DocumentDamaged(
                f"The document is GZIP that ends too soon: after {counted(self.received, 'byte')}, and no more."
            )
        return True

    def opens(self, status: int, headers: dict[str, str]) -> bool:
        """Go on where the last connection broke, or begin anew."""
        if status == _OK:
            self._begin(headers)
        self._is_taken = status == _OK or (status == _PARTIAL and self._goes_on(headers))
        return self._is_taken

    def _begin(self, headers: dict[str, str]) -> None:
        self.begin_anew()
        self.total = int(headers["content-length"]) if _SIZE.fullmatch(headers.get("content-length", "")) else None
        etag = headers.get("etag", "")
        self._etag = "" if etag.startswith("W/") else etag  # a weak one does not vouch for bytes
        self.content_type = headers.get("content-type", "")
        if self.is_packed or headers.get("content-encoding", "").lower() == "gzip":
            self._unpacking = zlib.decompressobj(_GZIP)

    def _goes_on(self, headers: dict[str, str]) -> bool:
        """Whether these bytes are the ones that were asked for."""
        found = _RANGE.match(headers.get("content-range", ""))
        if found is None or not self.received or int(found[1]) != self.received:
            return False
        self.total = None if found[2] == "*" else int(found[2])
        return True

    def begin_anew(self) -> None:
        """Forget what has come so far."""
        if self._file is None:
            self._file = self._part.open("wb")
        self._file.seek(0)
        self._file.truncate()
        self.received, self._laid, self._unpacking = 0, 0, None

    def write(self, piece: bytes) -> None:
        """Unpack and lay down the next bytes."""
        self.received += len(piece)
        if self._unpacking is None:
            self._lay(piece)
        else:
            self._unpack(piece)

    def wrote(self) -> None:
        """Say how far it is."""
        self._wrote(self.received, self.total)

    def settle(self) -> None:
        """Give the whole file its name."""
        if self._file is None:
            self.begin_anew()
        self._close()
        self._part.replace(self.path)

    def discard(self) -> None:
        """Remove what has no name yet; nothing happens where all is settled."""
        if self._file is not None:
            self._close()
            with suppress(OSError):
                self._part.unlink()

    def _unpack(self, piece: bytes) -> None:
        """In bounded pieces: a packed megabyte may unfold to a gigabyte."""
        unpacking = self._unpacking
        while unpacking is not None and piece:
            if unpacking.eof:  # several GZIP files behind each other are one; zeros may fill up the last block
                piece = piece.lstrip(b"\0")
                if not piece:
                    return
                unpacking = self._unpacking = zlib.decompressobj(_GZIP)
            try:
                self._lay(unpacking.decompress(piece, PIECE * 4))
            except zlib.error as reason:
                raise DocumentDamaged(
                    f"The document is said to be GZIP and is not, before byte {self.received}: {reason}."
                ) from None
            piece = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail

    def _lay(self, piece: bytes) -> None:
        if self._file is None:
            return
        self._laid += len(piece)
        if self._laid > self._most:
            raise AnswerTooLarge(
                f"The document is larger than max_document_bytes, {self._most} bytes unpacked;"
                " set it higher if it is to be had all the same."
            )
        try:
            self._file.write(piece)
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, str(self._part)) from failure

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.close()
        except OSError as failure:  # the last bytes found no room
            with suppress(OSError):
                self._part.unlink()
            raise OSError(failure.errno, failure.strerror, str(self._part)) from failure
