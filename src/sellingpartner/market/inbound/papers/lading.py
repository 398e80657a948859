"""The papers that go with a load: the bill of lading of what Amazon's partner carries on pallets; India's challan."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.packing.boxing import pallets_going
from sellingpartner.market.inbound.papers.documents import Kept, draws, keep_document
from sellingpartner.market.inbound.papers.freight import Challan, Freight, bill_of_lading, delivery_challan
from sellingpartner.market.inbound.papers.parties import recipient_lines, sender_lines
from sellingpartner.market.inbound.papers.printing import confirmed_shipment
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.storage.unit import UnitOfWork

_LADING, _CHALLAN = "bill of lading", "delivery challan"
_INDIA = "IN"


def order_lading(unit: UnitOfWork, confirmation_id: str) -> Kept:
    """Have a bill of lading drawn; raises `InvalidInput` where Amazon's partner carries no pallets.

    Assumed: in which words Amazon refuses a bill that there is not.
    """
    option = confirmed_shipment(unit, confirmation_id).carriage.option
    if option is None or not option.is_partnered or not option.is_freight:
        raise InvalidInput("A bill of lading is available for Amazon-partnered LTL shipments with a confirmed carrier.")
    return keep_document(unit, _LADING, confirmation_id)


def order_challan(unit: UnitOfWork, shipment: Shipment) -> Kept:
    """Have a delivery challan drawn; raises `BadRequest` but within India, for what Amazon's partner carries.

    Assumed: in which words Amazon refuses one that there is not.
    """
    if MARKETPLACES[shipment.marketplace_id].country_code != _INDIA:
        raise BadRequest("ERROR: Delivery challan documents are supported in the IN marketplace alone.")
    option = shipment.carriage.option
    if option is None or not option.is_partnered:
        raise BadRequest("ERROR: No Amazon-partnered transportation option is confirmed for the shipment.")
    return keep_document(unit, _CHALLAN, shipment.confirmation_id)


@draws(_LADING, str)
def lading(unit: UnitOfWork, confirmation_id: str) -> Document:
    """The bill of lading."""
    shipment = confirmed_shipment(unit, confirmation_id)
    carriage, pallets = shipment.carriage, pallets_going(unit, shipment)
    kilograms = sum(one.quantity * one.weight.kilograms for one in pallets if one.weight is not None)
    return bill_of_lading(
        Freight(
            shipment_id=confirmation_id,
            reference=carriage.reference or "",
            number=f"BOL{carriage.reference}",
            carrier="" if carriage.option is None else carriage.option.name,
            sender=sender_lines(shipment),
            recipient=recipient_lines(unit, shipment),
            pallets=sum(one.quantity for one in pallets),
            boxes=carriage.boxes,
            kilograms=Decimal(str(round(kilograms, 1))),
            freight_class=carriage.freight_class or "",
            ready_on=f"{carriage.ready_at:%Y-%m-%d}" if carriage.ready_at is not None else "",
        )
    )


@draws(_CHALLAN, str)
def challan(unit: UnitOfWork, confirmation_id: str) -> Document:
    """The delivery challan."""
    shipment = confirmed_shipment(unit, confirmation_id)
    option = shipment.carriage.option
    return delivery_challan(
        Challan(
            shipment_id=confirmation_id,
            number=f"DC{confirmation_id}",
            issued_on=f"{shipment.created_at:%Y-%m-%d}",
            carrier="" if option is None else option.name,
            sender=sender_lines(shipment),
            recipient=recipient_lines(unit, shipment),
            lines=tuple((item.msku, item.fnsku, item.quantity) for item in shipment.items),
        )
    )
