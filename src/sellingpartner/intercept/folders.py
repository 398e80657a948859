"""The folder of a market's authority: its owner's alone, and files in it that are replaced at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

if sys.platform != "win32":
    import fcntl

from sellingpartner.intercept.failures import CannotIntercept

DEFAULT_FOLDER = Path(".spapi/tls")

_FOLDER_MODE = 0o700
_READABLE_MODE = 0o755
_SECRET_MODE = 0o600
_OPEN_MODE = 0o644


def make_folder(folder: Path) -> None:
    """Make the folder, out of version control's sight; raises `CannotIntercept`."""
    try:
        home = folder.parent
        if not home.is_dir():
            home.parent.mkdir(parents=True, exist_ok=True)
            home.mkdir(_FOLDER_MODE, exist_ok=True)
            (home / ".gitignore").write_text("*\n", encoding="utf-8")
        folder.mkdir(_FOLDER_MODE, exist_ok=True)
        folder.chmod(_FOLDER_MODE)
    except OSError as reason:
        message = f"The folder {folder} cannot be made: {reason.strerror}; go to a folder that you may write to."
        raise CannotIntercept(message) from reason


def make_readable_folder(folder: Path) -> Path:
    """Make a folder in it that others may read once they get there, as a container does; raises `CannotIntercept`."""
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(_READABLE_MODE)
    except OSError as reason:
        message = f"The folder {folder} cannot be made: {reason.strerror}; go to a folder that you may write to."
        raise CannotIntercept(message) from reason
    return folder


def write(path: Path, content: bytes, *, secret: bool = False) -> Path:
    """Replace a file, so that nobody ever reads half of it; raises `CannotIntercept`."""
    try:
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            temporary.chmod(_SECRET_MODE if secret else _OPEN_MODE)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as reason:
        message = f"{path} cannot be written: {reason.strerror}; go to a folder that you may write to."
        raise CannotIntercept(message) from reason
    return path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that makes what the folder holds; where the system has no such locks, hope so."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
