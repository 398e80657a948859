"""Placement: ways to split a plan, of which one is chosen, and what follows for stock and money."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, US, Forwarder, refused, units
from modeled import check_form
from sender import Sender, alike

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fba_inventory_v1 import GetInventorySummaries, GranularityType
from sellingpartner.market.centers.model import Capability
from sellingpartner.market.centers.questions import center
from sellingpartner.market.events.inbound import PlacementConfirmed
from sellingpartner.testing import TestMarket

NOTHING = "pl00000000-0000-4000-8000-000000000000"


@pytest.fixture
def harbor(market: TestMarket) -> Sender:
    made = Sender(market)
    made.sells("ATLAS")
    made.sells("GUIDE")
    return made


def generated(plan_id: str, **more: object) -> api.GeneratePlacementOptions:
    return msgspec.convert({"inboundPlanId": plan_id} | more, api.GeneratePlacementOptions)


def confirmed(plan_id: str, option_id: str) -> api.ConfirmPlacementOption:
    return api.ConfirmPlacementOption(inbound_plan_id=plan_id, placement_option_id=option_id)


def working(harbor: Sender) -> dict[str, int]:
    """How many units of each SKU are announced."""
    asked = GetInventorySummaries(
        granularity_type=GranularityType.MARKETPLACE, granularity_id=US, marketplace_ids=[US], details=True
    )
    found = harbor.asks(asked).payload.inventory_summaries
    announced = {one.seller_sku: one.inventory_details.inbound_working_quantity for one in found}
    return {sku: count for sku, count in announced.items() if count}


def contents(harbor: Sender, plan_id: str, option: api.PlacementOption) -> list[dict[str, int]]:
    """What each shipment of an option holds."""
    found = []
    for one in option.shipment_ids:
        items = harbor.asks(api.ListShipmentItems(inbound_plan_id=plan_id, shipment_id=one)).items
        found.append({item.msku: item.quantity for item in items})
    return found


def test_one_center_costs_a_fee_a_few_cost_less_and_many_nothing(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80), units("GUIDE", 20))

    one, few, many = harbor.placements(plan_id)

    assert [len(one.shipment_ids), one.fees[0].target, one.fees[0].type] == [1, "Placement Services", "FEE"]
    assert len(few.shipment_ids) in {2, 3}
    assert len(many.shipment_ids) in {4, 5}
    assert one.fees[0].value.amount == Decimal("34.00")  # a pound each
    assert one.fees[0].value.amount > few.fees[0].value.amount > 0
    assert many.fees == []
    for option in (one, few, many):
        whole = contents(harbor, plan_id, option)
        assert {msku: sum(part.get(msku, 0) for part in whole) for msku in ("ATLAS", "GUIDE")} == {
            "ATLAS": 80,
            "GUIDE": 20,
        }


def test_the_shipments_of_an_option_go_to_different_centers_and_wait(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    *_, many = harbor.placements(plan_id)

    shipments = [harbor.shipment(plan_id, one) for one in many.shipment_ids]

    assert len({one.destination.warehouse_id for one in shipments}) == len(shipments)
    assert {one.status for one in shipments} == {"UNCONFIRMED"}
    assert working(harbor) == {}
    assert harbor.plan(plan_id).shipments == []


def test_a_confirmed_option_stays_and_the_others_are_over(harbor: Sender, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS", 80), units("GUIDE", 20))
    one, few, many = harbor.placements(plan_id)

    harbor.does(confirmed(plan_id, few.placement_option_id))

    listed = harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options
    assert [option.status for option in listed] == ["EXPIRED", "ACCEPTED", "EXPIRED"]
    shown = harbor.plan(plan_id)
    assert [option.placement_option_id for option in shown.placement_options or []] == [few.placement_option_id]
    assert {(shipment.shipment_id, shipment.status) for shipment in shown.shipments or []} == {
        (shipment_id, "WORKING") for shipment_id in few.shipment_ids
    }
    assert {harbor.shipment(plan_id, left).status for left in (*one.shipment_ids, *many.shipment_ids)} == {"DELETED"}
    assert working(harbor) == {"ATLAS": 80, "GUIDE": 20}
    (fact,) = market.facts(PlacementConfirmed)
    assert (Decimal(fact.fee_minor), fact.currency) == (few.fees[0].value.amount * 100, "USD")


def test_what_is_packed_is_split_by_whole_boxes(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 60), units("GUIDE", 8))
    harbor.packs(plan_id, alike(6, ATLAS=10), alike(1, GUIDE=8))

    *_, many = harbor.placements(plan_id)

    parts = contents(harbor, plan_id, many)
    assert len(parts) in {4, 5}
    assert {count for part in parts for msku, count in part.items() if msku == "ATLAS"} <= {10, 20}
    boxes = [harbor.boxes(plan_id, one) for one in many.shipment_ids]
    assert sum(each.quantity or 0 for given in boxes for each in given) == 7
    harbor.does(confirmed(plan_id, many.placement_option_id))
    assert [harbor.boxes(plan_id, one) != [] for one in many.shipment_ids] == [True] * len(parts)
    again = [harbor.boxes(plan_id, one) for one in many.shipment_ids]
    assert [sum(each.quantity or 0 for each in given) for given in again] == [
        sum(each.quantity or 0 for each in given) for given in boxes
    ]


def test_a_plan_whose_boxes_are_not_told_yet_is_not_placed(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 60))
    harbor.groups(plan_id)

    found = harbor.done(harbor.asks(generated(plan_id)).operation_id)

    assert [(one.code, one.severity) for one in found.operation_problems] == [("FBA_INB_0313", "ERROR")]
    assert harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options == []


def test_dangerous_goods_go_where_they_are_taken(harbor: Sender) -> None:
    battery = {"lithium_battery": [{"packaging": "batteries_contained_in_equipment"}]}
    harbor.sells("TORCH", **battery)
    plan_id = harbor.plans(units("ATLAS", 40), units("TORCH", 40))

    options = harbor.placements(plan_id)

    centers = {
        harbor.shipment(plan_id, one).destination.warehouse_id
        for option in options
        for one, part in zip(option.shipment_ids, contents(harbor, plan_id, option), strict=True)
        if "TORCH" in part
    }
    assert centers
    assert all(Capability.DANGEROUS_GOODS in center(str(one)).takes for one in centers)


def test_options_are_over_after_three_days_and_others_may_be_generated(harbor: Sender, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    one, *_ = harbor.placements(plan_id)

    market.advance(hours=73)

    listed = harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options
    assert {option.status for option in listed} == {"EXPIRED"}
    assert harbor.shipment(plan_id, one.shipment_ids[0]).status == "ABANDONED"
    code, words = refused(harbor.seller, confirmed(plan_id, one.placement_option_id))
    assert code == "BadRequest"
    assert words == "ERROR: Operation cannot be processed because the requested placement option is expired."
    assert working(harbor) == {}
    assert len(harbor.placements(plan_id)) == 3


def test_generating_again_ends_what_was_offered(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    before = harbor.placements(plan_id)

    after = harbor.placements(plan_id)

    assert not {one.placement_option_id for one in before} & {one.placement_option_id for one in after}
    assert harbor.shipment(plan_id, before[0].shipment_ids[0]).status == "ABANDONED"


def test_a_placement_is_confirmed_once(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    option = harbor.places(plan_id, shipments=1)

    again = refused(harbor.seller, confirmed(plan_id, option.placement_option_id))
    anew = refused(harbor.seller, generated(plan_id))

    because = "cannot be processed because a placement option is already confirmed."
    assert again == ("BadRequest", f"ERROR: Operation ConfirmPlacementOption {because}")
    assert anew == ("BadRequest", f"ERROR: Operation GeneratePlacementOptions {because}")
    assert working(harbor) == {"ATLAS": 80}


def test_two_operations_of_a_plan_are_never_at_work_at_once(harbor: Sender, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    harbor.asks(generated(plan_id))

    code, words = refused(harbor.seller, generated(plan_id))

    assert code == "BadRequest"
    assert "while operation GeneratePlacementOptions is in progress" in words
    market.advance(minutes=1)
    assert len(harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options) == 3


def test_a_canceled_plan_is_not_placed_and_what_was_announced_will_not_come(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    option = harbor.places(plan_id, shipments=1)
    harbor.does(api.CancelInboundPlan(inbound_plan_id=plan_id))

    code, words = refused(harbor.seller, generated(plan_id))

    assert code == "BadRequest"
    assert words == "ERROR: Operation GeneratePlacementOptions can not be processed on a cancelled inbound plan."
    assert harbor.shipment(plan_id, option.shipment_ids[0]).status == "CANCELLED"
    assert working(harbor) == {}


def test_another_sellers_plan_is_none(harbor: Sender, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    option = harbor.placements(plan_id)[0]
    other = Forwarder(market, market.caller(seller=market.join("Rival")))

    for request in (
        generated(plan_id),
        confirmed(plan_id, option.placement_option_id),
        api.ListPlacementOptions(inbound_plan_id=plan_id),
        api.GetShipment(inbound_plan_id=plan_id, shipment_id=option.shipment_ids[0]),
    ):
        assert refused(other.seller, request) == ("BadRequest", "The requested inbound plan does not exist.")
    assert harbor.placements(plan_id) != []


def test_an_option_that_there_is_not_is_refused(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))

    code, words = refused(harbor.seller, confirmed(plan_id, NOTHING))

    assert (code, words) == ("BadRequest", "The requested placementOptionId does not exist for the given inbound plan.")


def test_a_seller_may_name_the_centers_itself(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80), units("GUIDE", 20))
    custom = [
        {"warehouseId": "PHX6", "items": [units("ATLAS", 50)]},
        {"warehouseId": "DFW7", "items": [units("ATLAS", 30), units("GUIDE", 20)]},
    ]

    harbor.does(generated(plan_id, customPlacement=custom))

    (option,) = harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options
    assert contents(harbor, plan_id, option) == [{"ATLAS": 50}, {"ATLAS": 30, "GUIDE": 20}]
    assert option.fees == []


@pytest.mark.parametrize(
    ("custom", "words"),
    [
        ([{"warehouseId": "XYZ9", "items": [units("ATLAS", 80)]}], "Warehouse XYZ9 is not available"),
        ([{"warehouseId": "PHX6", "items": [units("ATLAS", 79)]}], "did not contain expected items and/or quantities"),
        ([{"warehouseId": "PHX6", "items": [units("GUIDE", 80)]}], "did not contain expected items and/or quantities"),
        ([], None),
    ],
)
def test_a_wish_for_centers_must_be_possible_and_all_there_is(
    harbor: Sender, custom: list[object], words: str | None
) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))

    found = harbor.done(harbor.asks(generated(plan_id, customPlacement=custom)).operation_id)

    if words is None:  # no wish at all
        assert found.operation_status == "SUCCESS"
        return
    (problem,) = found.operation_problems
    assert (found.operation_status, problem.code) == ("FAILED", "BadRequest")
    assert words in problem.message
    assert harbor.asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options == []


def test_placements_and_shipments_have_the_form_of_amazons(harbor: Sender) -> None:
    plan_id = harbor.plans(units("ATLAS", 80))
    option = harbor.places(plan_id, shipments=1)
    path = f"{BASE}/inboundPlans/{plan_id}"

    listed = harbor.shown(f"{path}/placementOptions")
    shown = harbor.shown(f"{path}/shipments/{option.shipment_ids[0]}")
    items = harbor.shown(f"{path}/shipments/{option.shipment_ids[0]}/items")

    check_form(listed, DOCUMENT, "ListPlacementOptionsResponse")
    check_form(shown, DOCUMENT, "Shipment")
    check_form(items, DOCUMENT, "ListShipmentItemsResponse")
