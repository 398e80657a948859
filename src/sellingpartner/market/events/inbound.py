"""What happens to inbound plans."""

from __future__ import annotations

from datetime import datetime

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


class PlacementConfirmed(Event):
    """A seller chose how its units are spread over fulfillment centers."""

    plan_id: str
    placement_option_id: str
    marketplace_id: str
    shipment_ids: tuple[str, ...]
    fee_minor: int
    currency: str


class InboundTransportConfirmed(Event):
    """A seller chose who carries a shipment; of a carrier of its own the cost is not known."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    carrier: str
    is_partnered: bool
    cost_minor: int
    currency: str


class InboundTransportVoided(Event):
    """Transport by Amazon's partner was called off; after its time for that nothing is given back."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    refunded_minor: int
    currency: str


class InboundTransportRepriced(Event):
    """The contents of a shipment changed after its carrier was fixed, and with them what Amazon's partner takes."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    added_minor: int
    """Below zero where it costs less than before."""
    currency: str


class InboundShipped(Event):
    """A shipment left its seller: it has a tracking number, or its carrier has fetched it."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    center: str
    shipped_at: datetime
    units: int
    placement_minor: int
    """What its units cost to be sent to so few centers."""
    prep_minor: int
    """What Amazon takes for preparing them."""
    label_minor: int
    """What Amazon takes for labeling them."""
    currency: str


class UnitsReceived(Event):
    """Units of a shipment came onto the shelf of its center, or were found broken there."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    center: str
    sku: str
    sellable: int
    broken_by_carrier: int
    broken_by_amazon: int
    broken_before: int = 0


class InboundDefectFound(Event):
    """A center found something wrong with units of a shipment, or that they never came."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    number: int
    """Its place among what was wrong with the shipment."""
    problem: str
    sku: str
    units: int
    fee: str
    """What the fee for it is called; empty where it costs nothing."""
    fee_minor: int
    currency: str


class InboundClosed(Event):
    """No more of a shipment is received; what is missing is looked for."""

    plan_id: str
    shipment_id: str
    confirmation_id: str
    marketplace_id: str
    units: int
    """How many were sent."""
    received: int
    missing: int
