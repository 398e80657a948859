"""What happened to a shipment is told."""

from __future__ import annotations

from sellingpartner.market.events.external import ExternalShipmentFact
from sellingpartner.market.external.model import ExternalShipment
from sellingpartner.storage.unit import UnitOfWork


def tell(unit: UnitOfWork, shipment: ExternalShipment, fact: type[ExternalShipmentFact], **more: str | None) -> None:
    """Tell of a shipment; `more` are what the fact says beside."""
    unit.emit(
        fact(
            shipment_id=shipment.shipment_id,
            order_id=shipment.order_id,
            supply_source_id=shipment.supply_source_id,
            **more,
        )
    )
