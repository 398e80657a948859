"""Where a document goes: to the path that the caller said, or to a temporary folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sellingpartner.contract.errors import InvalidInput


class Target:
    """A path that can be written to, as far as that can be seen before a report is asked for."""

    def __init__(self, to: str | os.PathLike[str] | None) -> None:
        self.is_temporary = to is None
        self.path = Path() if to is None else Path(to)
        if to is not None:
            _check(self.path)

    @contextmanager
    def kept_if_whole(self) -> Iterator[Path]:
        """The path, made for as long as it takes; a temporary one is removed again if what follows fails."""
        if not self.is_temporary:
            yield self.path
            return
        folder = Path(tempfile.mkdtemp(prefix="sellingpartner-"))  # its owner's alone: reports hold personal data
        self.path = folder / "document"
        try:
            yield self.path
        except BaseException:
            remove_temporary(self.path)
            raise


def remove_temporary(path: Path) -> None:
    """Remove a temporary document with the folder that was made for it."""
    shutil.rmtree(path.parent, ignore_errors=True)


def _check(path: Path) -> None:
    if path.is_dir():
        raise InvalidInput(f"to={str(path)!r} is a folder; say the file, as in {str(path / 'report.txt')!r}.")
    folder = path.parent
    if not folder.is_dir():
        raise InvalidInput(f"to={str(path)!r}: there is no folder {str(folder)!r}; make it first.")
    if not os.access(folder, os.W_OK):
        raise InvalidInput(f"to={str(path)!r}: the folder {str(folder)!r} cannot be written to.")
