"""Carriers weigh what they are handed, and ask for the difference where a label was bought for less.

Assumed: of a hundred and fifty labels one is found too light, and costs a tenth to a third more.
"""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.shipping import LabelAdjusted, ParcelMoved
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.store import find_shipment
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork, on

_FOUND_ONE_IN = 150


def adjust(unit: UnitOfWork, shipment_id: str, added_minor: int) -> None:
    """Let the carrier ask for more than a label cost, in minor units of what it cost."""
    shipment = find_shipment(unit, shipment_id)
    if added_minor <= 0:
        message = f"A label's price is adjusted by 1 minor unit or more, not by {added_minor}."
        raise InvalidInput(message)
    if shipment.bought.account_id is not None:
        message = f"The label of shipment {shipment_id} was paid to its carrier, which asks its seller and not Amazon."
        raise InvalidInput(message)
    unit.emit(
        LabelAdjusted(
            order_id=shipment.order_id,
            shipment_id=shipment_id,
            carrier=shipment.bought.carrier_id,
            added_minor=added_minor,
            currency=shipment.bought.total.currency,
            tracking_id=shipment.tracking_id,
        )
    )


@on(ParcelMoved)
def weigh(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """Weigh a parcel that is handed over with a label of this market."""
    if fact.shipment_id is None or fact.status != ParcelStatus.ACCEPTED:
        return
    luck = chance(unit, "weighed", fact.shipment_id)
    if luck.randrange(_FOUND_ONE_IN) == 0:
        bought = find_shipment(unit, fact.shipment_id).bought
        if bought.account_id is None:
            adjust(unit, fact.shipment_id, max(int(bought.total.minor * luck.uniform(0.1, 0.33)), 1))
