"""What is sent to Amazon costs money: its transport by Amazon's partner, its placement, labels and preparation.

Transport is charged when it is confirmed, given back when it is called off in time, and what changes with the contents
of a shipment is charged or given back as the difference. The rest follows once a shipment has left its seller, and
what its center must put right when that is found.

Assumed: what Amazon takes for placing units is charged 45 days after they were sent, as sellers were told of the days
after they are received; labels and preparation are charged when they are sent.
"""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.inbound import (
    InboundDefectFound,
    InboundShipped,
    InboundTransportConfirmed,
    InboundTransportRepriced,
    InboundTransportVoided,
)
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_PLACED_AFTER = timedelta(days=45)
_TRANSPORT, _PLACEMENT = "FBAInboundTransportationFee", "FBAInboundConvenienceFee"
_PREP, _LABEL = "FBAPrepServiceFee", "FBALabelServiceFee"


class PlacementIsCharged(Due):
    """The placement of a shipment's units is charged."""

    confirmation_id: str
    marketplace_id: str
    minor: int
    currency: str


@on(InboundTransportConfirmed)
def charge_transport(unit: UnitOfWork, fact: InboundTransportConfirmed) -> None:
    """Charge what Amazon's partner takes."""
    if fact.is_partnered:
        source = f"inbound-transport:{fact.confirmation_id}"
        _charge(unit, _TRANSPORT, fact.cost_minor, fact.currency, fact.marketplace_id, source)


@on(InboundTransportVoided)
def give_transport_back(unit: UnitOfWork, fact: InboundTransportVoided) -> None:
    """Give back what was charged for transport that was called off in time."""
    source = f"inbound-transport-void:{fact.confirmation_id}"
    _charge(unit, _TRANSPORT, -fact.refunded_minor, fact.currency, fact.marketplace_id, source)


@on(InboundTransportRepriced)
def charge_difference(unit: UnitOfWork, fact: InboundTransportRepriced) -> None:
    """Charge what a change of contents costs more, or give back what it costs less."""
    number = unit.next_number("inbound repricings")
    source = f"inbound-transport-change:{fact.confirmation_id}:{number}"
    _charge(unit, _TRANSPORT, fact.added_minor, fact.currency, fact.marketplace_id, source)


@on(InboundShipped)
def charge_services(unit: UnitOfWork, fact: InboundShipped) -> None:
    """Charge labels and preparation, and have the placement charged later."""
    _charge(unit, _PREP, fact.prep_minor, fact.currency, fact.marketplace_id, f"inbound-prep:{fact.confirmation_id}")
    _charge(unit, _LABEL, fact.label_minor, fact.currency, fact.marketplace_id, f"inbound-label:{fact.confirmation_id}")
    if fact.placement_minor:
        due = PlacementIsCharged(
            confirmation_id=fact.confirmation_id,
            marketplace_id=fact.marketplace_id,
            minor=fact.placement_minor,
            currency=fact.currency,
        )
        later(unit, due, at=unit.now + _PLACED_AFTER)


@on(InboundDefectFound)
def charge_defect(unit: UnitOfWork, fact: InboundDefectFound) -> None:
    """Charge what a center had to put right, or what never came."""
    if fact.fee_minor:
        asins = asins_of_skus(unit, [fact.sku], fact.marketplace_id)
        charge(
            unit,
            ServiceCharge(
                component=fact.fee,
                minor=fact.fee_minor,
                currency=fact.currency,
                marketplace_id=fact.marketplace_id,
                source=f"inbound-defect:{fact.shipment_id}:{fact.number}",
                sku=fact.sku,
                asin=asins.get(fact.sku, ""),
                quantity=fact.units,
                reason=fact.problem,
            ),
        )


@when(PlacementIsCharged)
def charge_placement(unit: UnitOfWork, due: PlacementIsCharged) -> None:
    """Charge the placement of a shipment's units."""
    _charge(unit, _PLACEMENT, due.minor, due.currency, due.marketplace_id, f"inbound-placement:{due.confirmation_id}")


def _charge(unit: UnitOfWork, component: str, minor: int, currency: str, marketplace_id: str, source: str) -> None:
    if minor:
        charge(
            unit,
            ServiceCharge(
                component=component, minor=minor, currency=currency, marketplace_id=marketplace_id, source=source
            ),
        )
