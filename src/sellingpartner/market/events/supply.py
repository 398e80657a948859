"""What happens to the places that a seller ships from."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class SupplySourceChanged(Event):
    """A supply source was created, changed, switched on or off, or archived."""

    supply_source_id: str
    supply_source_code: str
    status: str
