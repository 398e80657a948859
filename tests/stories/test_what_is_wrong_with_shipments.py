"""What a center finds wrong with a shipment is kept, reported and charged for, and never twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forwarder import box, units
from receiver import Receiver
from sender import OWN, Sender, alike
from settlement_auditor import disagreements

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.finances_v0 import ListFinancialEvents
from sellingpartner.contract.market_v1 import CarryInboundShipment, GetInboundShipment, InboundDeed, InboundProblem
from sellingpartner.market.events.inbound import InboundDefectFound
from sellingpartner.market.inbound.commands import Flaw, Harm, receive_by_hand
from sellingpartner.testing import TestMarket

REPORT = "GET_FBA_FULFILLMENT_INBOUND_NONCOMPLIANCE_DATA"


def charged(market: TestMarket, *fees: str) -> list[tuple[str, Decimal]]:
    """What was charged of some fees, as v0 says it."""
    market.advance(minutes=3)  # what was posted just now is not listed yet
    payload = market.seller.send(ListFinancialEvents(max_results_per_page=100)).payload
    assert payload is not None
    assert payload.financial_events is not None
    return [
        (str(fee.fee_type), fee.fee_amount.currency_amount)
        for event in payload.financial_events.service_fee_event_list or []
        for fee in event.fee_list or []
        if fee.fee_type in fees and fee.fee_amount is not None and fee.fee_amount.currency_amount is not None
    ]


def receives(harbor: Receiver, *flaws: Flaw, **harms: Harm) -> None:
    confirmed = harbor.confirmed()
    with harbor.market.market.write(harbor.seller.seller_id) as unit:
        receive_by_hand(unit, confirmed, harms, flaws)


def test_a_missing_label_is_put_right_charged_and_reported(market: TestMarket) -> None:
    harbor = Receiver(market)
    began = market.now

    receives(harbor, Flaw("ATLAS", "BARCODE_MISSING", 3), GUIDE=Harm(short=2))

    report = market.report(REPORT, start=began)
    rows = {(row["problem-type"], row["sku"]): row for row in report.rows}
    assert {*rows} == {("Amazon barcode missing", "ATLAS"), ("Fewer units than expected", "GUIDE")}
    label = rows["Amazon barcode missing", "ATLAS"]
    assert label["fba-shipment-id"] == harbor.confirmed()
    assert label["fba-carton-id"].startswith(harbor.confirmed())
    assert (label["problem-quantity"], label["expected-quantity"], label["received-quantity"]) == ("3", "40", "40")
    assert (label["fee-type"], label["fee-total"], label["currency"]) == ("LabelingFee", "0.60", "USD")
    assert (label["coaching-level"], label["problem-level"]) == ("Standard", "Units")
    missing = rows["Fewer units than expected", "GUIDE"]
    assert (missing["problem-quantity"], missing["received-quantity"], missing["fee-total"]) == ("2", "8", "")
    assert charged(market, "LabelingFee") == [("LabelingFee", Decimal("-0.6"))]
    assert harbor.faults() == []

    market.advance(days=40)
    assert disagreements(market) == []


def test_who_does_not_learn_pays_more(market: TestMarket) -> None:
    for _ in range(3):
        receives(Receiver(market), Flaw("ATLAS", "BARCODE_UNREADABLE", 2))
        market.advance(days=1)

    rows = market.report(REPORT, start=market.now.replace(month=1)).rows

    told = [(row["coaching-level"], row["fee-total"]) for row in rows]
    assert told == [("Standard", "0.40"), ("Elevated", "0.80"), ("Critical", "0.80")]


def test_what_never_came_is_charged_once_by_the_size_of_its_units(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    harbor.packs(plan_id, alike(4, ATLAS=10))
    harbor.places(plan_id)

    market.advance(days=44)
    assert market.facts(InboundDefectFound) == []
    market.advance(days=40)

    (found,) = market.facts(InboundDefectFound)
    assert (found.problem, found.units, found.fee_minor) == ("SHIPMENT_ABANDONED", 40, 40 * 42)
    assert charged(market, "FBAInboundDefectFee") == [("FBAInboundDefectFee", Decimal("-16.8"))]


def test_the_others_of_a_plan_must_come_within_thirty_days_of_the_first(market: TestMarket) -> None:
    harbor = Receiver(market, carrier="FEDEX", shipments=2)
    first, *others = harbor.shipment_ids
    harbor.receives(first)

    market.advance(days=29)
    assert market.facts(InboundDefectFound, problem="SHIPMENT_ABANDONED") == []
    market.advance(days=2)

    late = {one.shipment_id for one in market.facts(InboundDefectFound, problem="SHIPMENT_ABANDONED")}
    assert late == {*others}


def test_boxes_of_which_nobody_told_what_they_hold_are_opened_by_hand_for_a_fee(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    harbor.packs(plan_id, box(quantity=4, contentInformationSource="MANUAL_PROCESS"))
    option = harbor.places(plan_id)
    offered = next(one for one in harbor.transports(plan_id, option) if one.shipping_solution != OWN)
    harbor.does(harbor.confirmation(plan_id, [offered]))
    confirmed = str(harbor.shipment(plan_id, option.shipment_ids[0]).shipment_confirmation_id)

    with market.market.write(market.seller_account.seller_id) as unit:
        receive_by_hand(unit, confirmed, {})

    assert charged(market, "ManualProcessingFee") == [("ManualProcessingFee", Decimal(-6))]
    (row,) = market.report(REPORT, start=market.now.replace(month=1)).rows
    assert (row["problem-type"], row["problem-level"]) == ("Box content information missing", "Shipment")
    assert row["fba-carton-id"].startswith(confirmed)


@pytest.mark.parametrize(
    ("flaw", "said"),
    [
        (Flaw("ATLAS", "BARCODE_MISSING", 41), "40 units are still to be received"),
        (Flaw("ATLAS", "BARCODE_MISSING", 0), "name 1 to so many"),
        (Flaw("MAP", "BARCODE_MISSING", 1), "is not in the shipment"),
        (Flaw("ATLAS", "UNITS_MISSING", 1), "nothing that units can have"),
    ],
)
def test_a_flaw_that_cannot_be_is_refused_and_nothing_is_received(market: TestMarket, flaw: Flaw, said: str) -> None:
    harbor = Receiver(market)

    with pytest.raises(InvalidInput, match=said):
        receives(harbor, flaw)

    assert market.facts(InboundDefectFound) == []
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "READY_TO_SHIP"


def test_by_hand_the_control_api_says_what_is_wrong_and_shows_it(market: TestMarket) -> None:
    harbor = Receiver(market)
    deed = CarryInboundShipment(
        confirmation_id=harbor.confirmed(),
        deed=InboundDeed.RECEIVE,
        sku="ATLAS",
        problem=InboundProblem.UNIT_MISLABELED,
        problem_units=2,
    )

    market.anybody().send(deed)

    (defect,) = market.anybody().send(GetInboundShipment(confirmation_id=harbor.confirmed())).defects
    assert (defect.problem, defect.sku, defect.units, defect.fee) == ("UNIT_MISLABELED", "ATLAS", 2, "0.40 USD")


def test_a_problem_without_its_units_is_refused(market: TestMarket) -> None:
    harbor = Receiver(market)
    deed = CarryInboundShipment(
        confirmation_id=harbor.confirmed(), deed=InboundDeed.RECEIVE, problem=InboundProblem.UNIT_MISLABELED
    )

    with pytest.raises(InvalidInput, match="belong together"):
        market.anybody().send(deed)
    assert harbor.shipment(harbor.plan_id, harbor.shipment_id).status == "READY_TO_SHIP"
