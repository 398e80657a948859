"""Worlds that took long to build, kept on this machine: whoever wants one like it copies it.

They are under $XDG_CACHE_HOME/sellingpartner/worlds, their owner's alone, at most ten; the one that was used longest
ago goes. They may be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from sellingpartner.storage.copied import whole_file

_MOST = 10
_OWNER_ONLY = 0o700
_ENDING = ".db"


def kept(key: str, build: Callable[[Path], None]) -> Path:
    """The file of a world that is known by a key; built, in an empty file, by whoever wants it first.

    Raises `OSError` where nothing can be kept.
    """
    folder = _folder()
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    path = folder / f"{sha256(key.encode()).hexdigest()[:32]}{_ENDING}"
    with _alone(path.with_suffix(".lock")):
        if not path.exists():
            with whole_file(path) as draft:
                build(draft)
            _forget_the_oldest(folder)
        path.touch()
    return path


def _folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "sellingpartner" / "worlds"


def _forget_the_oldest(folder: Path) -> None:
    by_age = sorted(folder.glob(f"*{_ENDING}"), key=lambda one: one.stat().st_mtime)
    for path in by_age[:-_MOST]:
        path.unlink(missing_ok=True)
        path.with_suffix(".lock").unlink(missing_ok=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process at a time build a world; the others wait, and find it."""
    with lock.open("a") as held:
        with suppress(ImportError):  # not everywhere
            from fcntl import LOCK_EX, flock  # noqa: PLC0415

            flock(held, LOCK_EX)
        yield
