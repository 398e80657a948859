"""What the database sets back for another transaction's sake, after it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.storage.away import DatabaseAway


class SetBack:
    """Stands in a function's place: does what it does, and so many times it was for nothing."""

    def __init__(self, does: Callable[..., Any], times: int = 1) -> None:
        self._does, self._times = does, times
        self.tries = 0

    def __call__(self, *given: Any) -> Any:  # noqa: ANN401 - what the function is given and returns
        self.tries += 1
        result = self._does(*given)
        if self.tries <= self._times:
            raise DatabaseAway("deadlock detected", was_set_back=True)
        return result
