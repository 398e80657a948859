"""What happens to inbound plans."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class InboundPlanned(Event):
    """A plan was made: its items may be sent."""

    plan_id: str
    marketplace_id: str
    units: int


class InboundPlanErrored(Event):
    """A plan could not be made: something is wrong with its items."""

    plan_id: str
    marketplace_id: str


class InboundPlanVoided(Event):
    """A seller gave a plan up, with all shipments of it that had not arrived."""

    plan_id: str
    marketplace_id: str
    shipment_ids: tuple[str, ...]


class PackingConfirmed(Event):
    """A seller chose which items to pack together."""

    plan_id: str
    packing_option_id: str
    groups: int


class InboundPacked(Event):
    """A seller told which boxes are packed, and what is in them."""

    plan_id: str
    boxes: int
