"""What is sent to Amazon shows in plans, shipments, v0, stock, money and labels, from the plan until it has left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forwarder import US, units
from sender import Ready, Sender, alike

from sellingpartner.contract import finances_v0
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.market.events.inbound import InboundShipped, InboundTransportVoided
from sellingpartner.testing import TestMarket


def fees(harbor: Sender) -> dict[str, Decimal]:
    """What was charged for sending units in, and given back, by fee."""
    asked = finances_v0.ListFinancialEvents(max_results_per_page=100)
    found: dict[str, Decimal] = {}
    events = harbor.asks(asked).payload.financial_events
    for event in events.service_fee_event_list or []:
        for fee in event.fee_list or []:
            amount = fee.fee_amount.currency_amount
            found[fee.fee_type] = found.get(fee.fee_type, Decimal(0)) + Decimal(str(amount))
    return {name: amount for name, amount in found.items() if name.startswith("FBAInbound")}


def test_from_a_plan_to_labels_to_shipped(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    harbor.sells("GUIDE")
    plan_id = harbor.plans(units("ATLAS", 40), units("GUIDE", 10))
    harbor.packs(plan_id, alike(4, ATLAS=10), alike(1, GUIDE=10))
    option = harbor.places(plan_id)
    (shipment_id,) = option.shipment_ids
    ups = next(one for one in harbor.transports(plan_id, option) if one.shipping_solution == "AMAZON_PARTNERED_CARRIER")
    harbor.does(harbor.confirmation(plan_id, [ups]))

    ready = harbor.shipment(plan_id, shipment_id)
    confirmed = str(ready.shipment_confirmation_id)
    assert harbor.labels(confirmed).startswith(b"%PDF")
    harbor.waits_for("SHIPPED", plan_id, shipment_id)

    assert harbor.plan(plan_id).status == "SHIPPED"
    (info,) = harbor.asks(
        v0.GetShipments(query_type=v0.GetShipmentsQueryType.SHIPMENT, marketplace_id=US, shipment_id_list=[confirmed])
    ).payload.shipment_data
    assert (info.shipment_status, info.destination_fulfillment_center_id) == (
        "SHIPPED",
        ready.destination.warehouse_id,
    )
    (fact,) = market.facts(InboundShipped)
    assert (fact.confirmation_id, fact.units) == (confirmed, 50)
    assert ups.quote is not None
    assert fees(harbor) == {"FBAInboundTransportationFee": -ups.quote.cost.amount}
    market.advance(days=45)
    assert fees(harbor) == {
        "FBAInboundTransportationFee": -ups.quote.cost.amount,
        "FBAInboundConvenienceFee": -option.fees[0].value.amount,
    }


@pytest.mark.parametrize(
    ("mode", "hours", "part"),
    [
        ("GROUND_SMALL_PARCEL", 23, 1),
        ("GROUND_SMALL_PARCEL", 25, 0),
        ("FREIGHT_LTL", 0.9, 1),
        ("FREIGHT_LTL", 1.1, 0),
    ],
)
def test_who_gives_a_plan_up_in_time_gets_its_transport_back(
    market: TestMarket, mode: str, hours: float, part: int
) -> None:
    pallet = {
        "quantity": 1,
        "dimensions": {"length": 48, "width": 40, "height": 50, "unitOfMeasurement": "IN"},
        "weight": {"value": 400, "unit": "LB"},
    }
    freight = {"pallets": [pallet], "freightInformation": {"freightClass": "FC_70"}}
    ready_to_ship = {"start": "2026-11-09T00:00:00Z"}
    harbor = Ready(market, mode=mode, more=freight | {"readyToShipWindow": ready_to_ship})
    market.advance(hours=hours)
    charged = fees(harbor)["FBAInboundTransportationFee"]

    harbor.does(api.CancelInboundPlan(inbound_plan_id=harbor.plan_id))

    (fact,) = market.facts(InboundTransportVoided)
    market.advance(minutes=5)
    assert Decimal(fact.refunded_minor) == -charged * 100 * part
    assert fees(harbor)["FBAInboundTransportationFee"] == charged * (1 - part)
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "CANCELLED"
    assert harbor.stock() == {"ATLAS": (0, 0), "GUIDE": (0, 0)}
    market.advance(days=60)
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "CANCELLED"
    assert "FBAInboundConvenienceFee" not in fees(harbor)
