"""Work that is done anew where the database set it back for another one's sake.

PostgreSQL ends one of two transactions that wait for each other, or that cannot both have been the first. Nobody did
anything wrong, so whoever opens transactions for a request does its work once more from the beginning. Only what was
not kept at all may be: if a transaction of the work was committed before, doing it again would do that twice.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from sellingpartner.storage.away import DatabaseAway

TRIES = 3

Result = TypeVar("Result")


class _Try:
    """One try of some work."""

    __slots__ = ("has_kept",)

    def __init__(self) -> None:
        self.has_kept = False


_TRYING: ContextVar[_Try | None] = ContextVar("trying", default=None)


def anew(work: Callable[[], Result]) -> Result:
    """Do work, and do it anew, a few times at most, if it was set back before any of it was kept."""
    for _ in range(TRIES - 1):
        trying, around = _Try(), _TRYING.get()
        token = _TRYING.set(trying)
        try:
            return work()
        except DatabaseAway as away:
            if not away.was_set_back or trying.has_kept:
                raise
        finally:
            _TRYING.reset(token)
            if around is not None and trying.has_kept:
                around.has_kept = True
    return work()


def note_kept() -> None:
    """Say that a transaction was committed that may have changed something."""
    trying = _TRYING.get()
    if trying is not None:
        trying.has_kept = True
