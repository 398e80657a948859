"""What answers held that the contract does not know: kept, counted, and never a reason to fail.

An answer that cannot be read as the contract says is read again, field by field: an unknown field is left out, a
missing list is empty, another missing value is None, and a value of another type is converted or kept as it came. An
enumeration's new value is always kept. Each such surprise is noted here, once for each operation and field; values
are not noted, but for those of enumerations: an answer may hold personal data.

Answers that can be read are looked through as well, one in `drift_every`: new fields do not disturb reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import msgspec

_MOST = 500


class Surprise(msgspec.Struct, frozen=True, order=True):
    """One way in which an operation's answers differ from the contract."""

    operation: str
    field: str
    """Where, in wire names: `payload.Orders[].OrderStatus`."""
    what: str
    """`unknown field`, `missing`, `null`, `no time zone`, `text instead of int`, `new value PendingReview`..."""

    def __str__(self) -> str:
        return f"{self.operation}: {self.field or 'the answer'}: {self.what}"


class Drift:
    """All surprises that a client met, up to a bound."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._counts: dict[Surprise, int] = {}
        self.left_out = 0
        """How many did not fit any more."""

    def note(self, surprise: Surprise) -> bool:
        """Count a surprise; True if it is the first of its kind."""
        with self._lock:
            if surprise in self._counts:
                self._counts[surprise] += 1
                return False
            if len(self._counts) >= self._most:
                self.left_out += 1
                return False
            self._counts[surprise] = 1
            return True

    def __iter__(self) -> Iterator[Surprise]:
        return iter(sorted(self._counts))

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, surprise: Surprise) -> int:
        """How often one was met."""
        return self._counts.get(surprise, 0)

    def clear(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts.clear()
            self.left_out = 0

    def __str__(self) -> str:
        """A report, a line for each surprise."""
        lines = [f"{surprise} ({self._counts[surprise]}x)" for surprise in self]
        if self.left_out:
            lines.append(f"and {self.left_out} more")
        return "\n".join(lines) or "Every answer was as the contract says."
