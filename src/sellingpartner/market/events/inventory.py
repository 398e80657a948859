"""What happens to a seller's stock."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class StockMoved(Event):
    """Units came, were promised to somebody, were set free, left, or were counted again."""

    sku: str
    condition: str
    place: str
    on_hand_change: int
    reserved_change: int
    available_after: int
    """How many units can be promised afterwards."""
    reason: str
    reference: str
    center: str | None = None
    """In which of Amazon's centers, if units moved at Amazon."""

    @property
    def crosses_zero(self) -> bool:
        """Whether units became available where there were none, or the last one was taken."""
        before = self.available_after - self.on_hand_change + self.reserved_change
        return (before > 0) != (self.available_after > 0)
