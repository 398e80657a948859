"""What is sent to Amazon comes onto its shelves: plans, v0, stock, reports, notifications, sales and money agree."""

from __future__ import annotations

from random import Random

import pytest
from receiver import SENT, Receiver, shown
from stock_keeper import unquoted
from stock_taker import faults_of_shipments

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.fba_inventory_v1 import Name
from sellingpartner.contract.finances_v0 import ListFinancialEvents
from sellingpartner.contract.market_v1 import AddStockIncident, Incident
from sellingpartner.market.events.inbound import InboundClosed, UnitsReceived
from sellingpartner.market.inbound.commands import Harm
from sellingpartner.market.inbound.receiving import unpacking
from sellingpartner.testing import TestMarket
from soak import examples

NOTICED = "FBA_INVENTORY_AVAILABILITY_CHANGES"


def paid(market: TestMarket) -> list[str]:
    """As what Amazon paid for units."""
    payload = market.seller.send(ListFinancialEvents(max_results_per_page=100)).payload
    assert payload is not None
    assert payload.financial_events is not None
    found = [str(one.adjustment_type) for one in payload.financial_events.adjustment_event_list or []]
    return [one for one in found if one != "Debt Adjustment"]


def test_from_the_carrier_onto_the_shelf_and_to_a_buyer(market: TestMarket) -> None:
    harbor = Receiver(market)
    market.subscribe(NOTICED)
    seen: list[str | None] = ["READY_TO_SHIP"]
    units: list[int] = []
    for _ in range(60 * 24):
        status = harbor.shipment(harbor.plan_id, harbor.shipment_id).status
        if status != seen[-1]:
            seen.append(status)
            assert harbor.status_in_v0() == status
        if status == "CLOSED":
            break
        market.advance(hours=1)
        came = sum(received for _, received in harbor.counted_in_v0().values())
        if not units or units[-1] != came:
            units.append(came)

    assert seen[1:] == ["SHIPPED", "IN_TRANSIT", "DELIVERED", "CHECKED_IN", "RECEIVING", "CLOSED"]
    assert units == sorted(units)
    assert harbor.faults() == []
    counted = harbor.counted_in_v0()
    assert {sku: sent for sku, (sent, _) in counted.items()} == SENT
    (closed,) = market.facts(InboundClosed)
    assert (closed.units, closed.received) == (50, units[-1])
    facts = market.facts(UnitsReceived, sku="ATLAS")
    assert sum(one.sellable + one.broken_by_amazon + one.broken_by_carrier for one in facts) == counted["ATLAS"][1]
    assert {"ATLAS", "GUIDE"} <= {one.payload.sku for one in market.notifications(NOTICED)}

    order_id = market.buys("ATLAS", 2)
    market.advance(days=5)
    assert market.seller.stock("ATLAS") == sum(one.sellable for one in facts) - 2
    assert order_id
    assert harbor.faults() == []


def test_units_that_come_beside_those_sent_are_no_debt_of_the_way_while_the_shipment_is_open(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "harm_of", lambda *_: Harm(over=2))
    harbor = Receiver(market)
    while sum(came for _, came in harbor.counted_in_v0().values()) <= sum(SENT.values()):
        market.advance(hours=1)

    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "RECEIVING"
    with market.market.read(market.seller.seller_id) as unit:
        assert faults_of_shipments(unit) == []


def test_the_ledger_report_shows_what_was_received_under_the_shipment(market: TestMarket) -> None:
    harbor = Receiver(market)
    began = market.now
    harbor.receives(ATLAS=Harm(short=3, broken_by_carrier=2, broken_by_amazon=1), GUIDE=Harm(over=4))

    rows = unquoted(market.report("GET_LEDGER_DETAIL_VIEW_DATA", start=began))

    receipts = sorted(
        (row["MSKU"], row["Disposition"], row["Quantity"])
        for row in rows
        if (row["Event Type"], row["Reference ID"]) == ("Receipts", harbor.shipment_id)
    )
    assert receipts == [
        ("ATLAS", "CARRIER_DAMAGED", "2"),
        ("ATLAS", "SELLABLE", "34"),
        ("ATLAS", "WAREHOUSE_DAMAGED", "1"),
        ("GUIDE", "SELLABLE", "10"),
        ("GUIDE", "SELLABLE", "4"),
    ]
    assert harbor.counted_in_v0() == {"ATLAS": (40, 37), "GUIDE": (10, 14)}
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == harbor.status_in_v0() == "CLOSED"
    assert shown(harbor.details("ATLAS")) == {"fulfillable": 34, "damaged": 3, "researched": 3}
    assert shown(harbor.details("GUIDE")) == {"fulfillable": 14}
    assert harbor.faults() == []


def falls_short(harbor: Receiver) -> dict[str, list[str]]:
    """Have a unit of each SKU of each shipment missing; returns the SKUs of each."""
    lots = {one: [sku for sku, (sent, _) in harbor.counted_in_v0(one).items() if sent] for one in harbor.shipment_ids}
    for shipment_id, skus in lots.items():
        harbor.receives(shipment_id, **{sku: Harm(short=1) for sku in skus})
    return lots


def test_what_is_missing_is_looked_for_and_then_found_or_paid_for(market: TestMarket) -> None:
    harbor = Receiver(market, shipments=4)
    lots = falls_short(harbor)
    assert paid(market) == []
    terms = set()

    for _ in range(31):
        looked_for = harbor.details("ATLAS").researching_quantity
        assert looked_for is not None
        breakdown = looked_for.researching_quantity_breakdown or []
        terms |= {one.name for one in breakdown if one.quantity}
        market.advance(days=1)
        assert harbor.faults() == []

    counts = [count for one in lots for count in harbor.counted_in_v0(one).values()]
    missing = sum(sent - came for sent, came in counts)
    assert 0 < missing <= sum(map(len, lots.values()))
    assert paid(market) == ["MISSING_FROM_INBOUND"] * missing
    assert terms == set(Name)
    assert "researched" not in shown(harbor.details("ATLAS"))
    market.anybody().send(AddStockIncident(sku="ATLAS", incident=Incident.FOUND, quantity=1))
    market.advance(days=1)
    assert sorted(paid(market)) == ["COMPENSATED_CLAWBACK", *["MISSING_FROM_INBOUND"] * missing]


def test_what_is_found_while_it_is_looked_for_is_received_and_not_paid_for(market: TestMarket) -> None:
    sent = missing = 0
    found: set[bool] = set()
    for _ in range(4):
        harbor = Receiver(market, shipments=4)
        lots = falls_short(harbor)
        market.advance(days=31)
        counts = [count for one in lots for count in harbor.counted_in_v0(one).values()]
        sent += sum(of for of, _ in counts)
        missing += sum(of - came for of, came in counts)
        found |= {of == came for of, came in counts}

    assert found == {True, False}
    on_the_shelf = [harbor.details(sku).fulfillable_quantity or 0 for sku in SENT]
    assert sum(on_the_shelf) == sent - missing
    assert paid(market) == ["MISSING_FROM_INBOUND"] * missing


def test_amazon_pays_for_what_it_broke_and_not_for_what_came_broken(market: TestMarket) -> None:
    harbor = Receiver(market)
    harbor.receives(ATLAS=Harm(broken_by_amazon=2), GUIDE=Harm(broken_by_carrier=2))
    assert paid(market) == []

    market.advance(days=40)

    assert paid(market) == ["WAREHOUSE_DAMAGE"]
    assert [shown(harbor.details(sku))["damaged"] for sku in SENT] == [2, 2]


@pytest.mark.parametrize("status", ["SHIPPED", "IN_TRANSIT", "DELIVERED", "CHECKED_IN", "RECEIVING"])
def test_who_received_a_shipment_by_hand_has_it_received_once(market: TestMarket, status: str) -> None:
    harbor = Receiver(market)
    harbor.waits_for(status, harbor.plan_id, harbor.shipment_id)
    before = harbor.counted_in_v0()

    harbor.receives()

    with pytest.raises(InvalidInput, match="is CLOSED; to be received it must be one of READY_TO_SHIP"):
        harbor.receives()
    counted = harbor.counted_in_v0()
    assert all(came >= before[sku][1] for sku, (_, came) in counted.items())
    market.advance(days=10)
    assert harbor.counted_in_v0() == counted
    assert len(market.facts(InboundClosed)) == 1


@pytest.mark.parametrize(
    ("sku", "harm", "said"),
    [
        ("ATLAS", Harm(short=41), "40 units are still to be received"),
        ("ATLAS", Harm(short=39, broken_by_amazon=1, broken_by_carrier=1), "name no more"),
        ("ATLAS", Harm(short=1, over=1), "not both"),
        ("MAP", Harm(short=1), "is not in shipment"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_received(market: TestMarket, sku: str, harm: Harm, said: str) -> None:
    harbor = Receiver(market)

    with pytest.raises(InvalidInput, match=said):
        harbor.receives(**{sku: harm})

    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "READY_TO_SHIP"
    assert harbor.counted_in_v0() == {"ATLAS": (40, 0), "GUIDE": (10, 0)}
    assert market.facts(UnitsReceived) == []


def test_what_is_canceled_on_its_way_is_not_received(market: TestMarket) -> None:
    harbor = Receiver(market, carrier="FEDEX", shipments=2)
    harbor.does(harbor.numbers("770000000001"))
    harbor.does(api.CancelInboundPlan(inbound_plan_id=harbor.plan_id))
    market.advance(days=60)

    for shipment_id in harbor.shipment_ids:
        assert harbor.shipment(harbor.plan_id, shipment_id).status == "CANCELLED"
        with pytest.raises(InvalidInput, match="is CANCELLED"):
            harbor.receives(shipment_id)
    assert (market.facts(UnitsReceived), harbor.stock()) == ([], {"ATLAS": (0, 0), "GUIDE": (0, 0)})
    assert harbor.faults() == []


@pytest.mark.parametrize("seed", range(examples(2)))
def test_what_is_sent_is_received_lost_or_on_its_way_whatever_happens(market: TestMarket, seed: int) -> None:
    luck = Random(seed)
    harbor = Receiver(market, carrier="FEDEX", shipments=luck.choice((1, 2, 4)))
    left = list(harbor.shipment_ids)
    for _ in range(25):
        shipment_id = luck.choice(harbor.shipment_ids)
        deed = luck.randrange(8)
        try:
            if left and deed < 3:
                sent = left.pop()
                (box, *_) = harbor.boxes(harbor.plan_id, sent)
                items = [{"boxId": box.box_id, "trackingId": "770000000001"}]
                harbor.does(harbor.told(sent, spdTrackingDetail={"spdTrackingItems": items}))
            elif deed == 3:
                drawn = Harm(*(luck.choice((0, 0, luck.randint(0, 4))) for _ in range(4)))
                harbor.receives(shipment_id, **{luck.choice(["ATLAS", "GUIDE"]): drawn})
            elif deed == 4 and luck.random() < 0.4:
                harbor.loses(shipment_id)
            elif deed == 5:
                market.buys("ATLAS", luck.randint(1, 3))
            elif deed == 6 and luck.random() < 0.2:
                harbor.done(harbor.asks(api.CancelInboundPlan(inbound_plan_id=harbor.plan_id)).operation_id)
        except SellingPartnerError:
            pass
        market.advance(hours=luck.choice((0, 6, 30, 90)))
        assert harbor.faults() == []

    market.advance(days=70)
    assert harbor.faults() == []
    details = shown(harbor.details("ATLAS"))
    assert not {"shipped", "receiving", "researched"} & details.keys()
