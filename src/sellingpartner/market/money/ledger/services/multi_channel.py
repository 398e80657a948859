"""Multi-channel fulfillment: a shipment leaves, and its fees are posted at once, with what is collected for it.

Assumed: nothing of it is held; what recipients pay on delivery counts as the shipment leaves; tax on these fees is not
told apart. A parcel that is lost is looked into and paid for as units are that Amazon loses.
"""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.outbound import FulfillmentParcelLost, FulfillmentShipped
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.fees.multi_channel import (
    Terms,
    on_delivery_fee,
    order_fee,
    shipment_fee,
    unit_fee,
)
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, Leg, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.reimbursing.cases import open_case
from sellingpartner.market.money.ledger.reimbursing.units import worth_of_stock
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.storage.unit import UnitOfWork, on

_LOST = "MULTICHANNEL_ORDER_LOST"


@on(FulfillmentShipped)
def post_shipment(unit: UnitOfWork, fact: FulfillmentShipped) -> None:
    """Charge a shipment, and credit what is collected on delivery."""
    legs = tuple(leg for leg in (*_of_lines(unit, fact), *_of_order(fact)) if leg.minor)
    if not legs:
        return
    post(
        unit,
        NewEntry(
            kind=EntryKind.MULTI_CHANNEL,
            source=f"multi-channel:{fact.order_id}:{fact.shipment_id}",
            marketplace_id=fact.marketplace_id,
            currency=MARKETPLACES[fact.marketplace_id].currency,
            legs=legs,
            detail=EntryDetail(
                lines=tuple(
                    EntryLine(order_item_id=line.order_item_id, sku=line.sku, asin=line.asin, quantity=line.quantity)
                    for line in fact.lines
                ),
                shipment_id=fact.shipment_id,
                fulfillment=FulfillmentChannel.AFN.value,
            ),
            order_id=fact.order_id,
        ),
    )


@on(FulfillmentParcelLost)
def pay_for_loss(unit: UnitOfWork, fact: FulfillmentParcelLost) -> None:
    """Look into a parcel that was lost, and pay for its units."""
    for sku, units in sorted(fact.quantities.items()):
        worth = worth_of_stock(unit, sku)
        if worth is not None:
            open_case(unit, _LOST, worth, units, reference=fact.shipment_id, order_id=fact.order_id)


def _of_lines(unit: UnitOfWork, fact: FulfillmentShipped) -> list[Leg]:
    """What the units cost, line by line, and the shipment; what is collected for the goods."""
    terms = Terms(fact.marketplace_id, Speed(fact.speed), fact.units_ordered, fact.blocks_amazons_carrier)
    legs, fees = [], []
    for number, line in enumerate(fact.lines, start=1):
        fee = unit_fee(terms, basis_of(unit, line.asin, fact.marketplace_id), unit.now.date())
        if fee is not None:
            fees.append(fee * line.quantity)
            legs.append(to_seller("FBAPerUnitFulfillmentFee", -(fee * line.quantity).minor, number))
        legs.append(to_seller("CODItemCharge", line.collected, number))
        legs.append(to_seller("CODItemTaxCharge", line.collected_tax, number))
    return [*legs, to_seller("FBATransportationFee", -shipment_fee(terms, fees).minor)]


def _of_order(fact: FulfillmentShipped) -> list[Leg]:
    """What comes once for an order, with its first shipment."""
    legs = [to_seller("OrderFulfillmentFee", -order_fee(fact.marketplace_id).minor)] if fact.is_first else []
    if fact.collected is None:
        return legs
    return [
        *legs,
        to_seller("FBAFulfillmentCODFee", -on_delivery_fee(fact.marketplace_id).minor),
        to_seller("CODOrderCharge", fact.collected.charge),
        to_seller("CODOrderTaxCharge", fact.collected.charge_tax),
        to_seller("CODShippingCharge", fact.collected.shipping),
        to_seller("CODShippingTaxCharge", fact.collected.shipping_tax),
    ]
