"""What becomes of a plan once it is spread over centers: boxes by shipment, withdrawn placements, plans given up."""

from __future__ import annotations

import pytest
from forwarder import Forwarder, box, packed, refused, units

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.events.inbound import InboundPlanVoided
from sellingpartner.market.inbound.announcing import announce_units
from sellingpartner.market.inbound.identifiers import Prefix, new_id, new_ids
from sellingpartner.market.inbound.lifecycle import PlacementStatus, ShipmentStatus
from sellingpartner.market.inbound.model import PlacementOption, Shipment
from sellingpartner.market.inbound.store.plans import items_of, load_plan, save_plan
from sellingpartner.market.inbound.store.shipments import insert_shipments, load_shipment, save_shipment, shipments_of
from sellingpartner.testing import TestMarket


@pytest.fixture
def harbor(market: TestMarket) -> Forwarder:
    made = Forwarder(market)
    made.sells("ATLAS")
    made.sells("GUIDE")
    return made


@pytest.fixture
def plan_id(harbor: Forwarder) -> str:
    return harbor.plans(units("ATLAS", 12), units("GUIDE", 6))


def placed(
    harbor: Forwarder, plan_id: str, status: PlacementStatus, became: ShipmentStatus = ShipmentStatus.WORKING
) -> list[str]:
    """Spread a plan over two centers, an item to each; returns the shipments."""
    with harbor.market.market.write(harbor.seller.seller_id) as unit:
        plan, items = load_plan(unit, plan_id), items_of(unit, plan_id)
        ids = new_ids(unit, Prefix.SHIPMENT, len(items))
        option = PlacementOption(
            option_id=new_id(unit, Prefix.PLACEMENT_OPTION),
            status=status,
            expires_at=unit.now,
            shipment_ids=tuple(ids),
        )
        plan.placement_options = [*plan.placement_options, option]
        save_plan(unit, plan)
        shipments = [
            Shipment(
                shipment_id=shipment_id,
                plan_id=plan_id,
                marketplace_id=plan.marketplace_id,
                placement_option_id=option.option_id,
                status=became,
                created_at=unit.now,
                updated_at=unit.now,
                center="PHX6",
                name="Spring",
                ship_from=plan.ship_from,
                items=(item,),
            )
            for shipment_id, item in zip(ids, items, strict=True)
        ]
        insert_shipments(unit, shipments)
        if became is ShipmentStatus.WORKING:
            announce_units(unit, shipments)
    return ids


def statuses(harbor: Forwarder, plan_id: str) -> set[str]:
    with harbor.market.market.read(harbor.seller.seller_id) as unit:
        return {one.status.value for one in shipments_of(unit, plan_id)}


def boxes_of(harbor: Forwarder, plan_id: str) -> list[api.Box]:
    found: list[api.Box] = harbor.asks(api.ListInboundPlanBoxes(inbound_plan_id=plan_id)).boxes
    return found


def test_a_plan_that_is_packed_later_is_packed_by_shipment(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    atlases, guides = placed(harbor, plan_id, PlacementStatus.ACCEPTED)
    first = {"shipmentId": atlases, "boxes": [box(units("ATLAS", 6), quantity=2)]}
    second = {"shipmentId": guides, "boxes": [box(units("GUIDE", 6))]}

    harbor.does(packed(plan_id, first, second))
    wrong = refused(market.seller, packed(plan_id, first | {"boxes": [box(units("ATLAS", 11))]}))

    assert [one.template_name for one in boxes_of(harbor, plan_id)] == ["P1 - B1", "P2 - B1"]
    assert wrong == ("BadRequest", f"ERROR: Shipment {atlases} did not contain expected items and/or quantities")
    harbor.does(packed(plan_id, first | {"boxes": [box(units("ATLAS", 12))]}))
    assert [one.quantity for one in boxes_of(harbor, plan_id)] == [1, 1]


def test_a_group_is_packed_before_a_placement_is_confirmed_and_a_shipment_after(
    harbor: Forwarder, market: TestMarket, plan_id: str
) -> None:
    (group,) = harbor.groups(plan_id)
    (atlases, _) = placed(harbor, plan_id, PlacementStatus.ACCEPTED)
    by_group = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}
    by_shipment = packed(plan_id, {"shipmentId": atlases, "boxes": [box(units("ATLAS", 12))]})

    assert "only be provided before a placement" in refused(market.seller, packed(plan_id, by_group))[1]
    with market.market.write(market.seller.seller_id) as unit:
        shipment = load_shipment(unit, plan_id, atlases)
        shipment.move(ShipmentStatus.READY_TO_SHIP)
        save_shipment(unit, shipment)
    assert refused(market.seller, by_shipment)[1] == (
        "The inbound plan is not in a valid state to set packing information."
    )
    assert refused(market.seller, api.GeneratePackingOptions(inbound_plan_id=plan_id))[1] == (
        "The inbound plan is not in a valid state to generate packing options."
    )
    assert boxes_of(harbor, plan_id) == []


@pytest.mark.parametrize("anew", ["boxes", "options"])
def test_what_is_packed_anew_withdraws_the_placements_that_were_offered(
    harbor: Forwarder, plan_id: str, anew: str
) -> None:
    (group,) = harbor.groups(plan_id)
    placed(harbor, plan_id, PlacementStatus.OFFERED, ShipmentStatus.UNCONFIRMED)

    if anew == "boxes":
        told = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}
        harbor.does(packed(plan_id, told))
    else:
        harbor.does(api.GeneratePackingOptions(inbound_plan_id=plan_id))

    options = harbor.plan(plan_id).placement_options or []
    assert [one.status for one in options] == ["EXPIRED"]
    assert statuses(harbor, plan_id) == {"ABANDONED"}


def test_a_plan_shows_the_shipments_of_the_placement_that_was_confirmed(harbor: Forwarder, plan_id: str) -> None:
    placed(harbor, plan_id, PlacementStatus.OFFERED, ShipmentStatus.UNCONFIRMED)
    before = harbor.plan(plan_id)
    chosen = placed(harbor, plan_id, PlacementStatus.ACCEPTED)

    after = harbor.plan(plan_id)

    assert ([one.status for one in before.placement_options or []], before.shipments) == (["OFFERED"], [])
    assert [one.status for one in after.placement_options or []] == ["ACCEPTED"]
    assert {(one.shipment_id, one.status) for one in after.shipments or []} == {(one, "WORKING") for one in chosen}


def test_a_plan_is_given_up_with_its_shipments(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    shipments = placed(harbor, plan_id, PlacementStatus.ACCEPTED)

    harbor.does(api.CancelInboundPlan(inbound_plan_id=plan_id))

    assert (harbor.plan(plan_id).status, statuses(harbor, plan_id)) == ("VOIDED", {"CANCELLED"})
    (fact,) = market.facts(InboundPlanVoided)
    assert set(fact.shipment_ids) == set(shipments)


def test_a_plan_of_which_a_shipment_is_on_its_way_is_kept_whole(
    harbor: Forwarder, market: TestMarket, plan_id: str
) -> None:
    first, second = placed(harbor, plan_id, PlacementStatus.ACCEPTED)
    with market.market.write(market.seller.seller_id) as unit:
        shipment = load_shipment(unit, plan_id, max(first, second))
        for status in (ShipmentStatus.READY_TO_SHIP, ShipmentStatus.SHIPPED, ShipmentStatus.IN_TRANSIT):
            shipment.move(status)
        save_shipment(unit, shipment)

    ended = harbor.done(harbor.asks(api.CancelInboundPlan(inbound_plan_id=plan_id)).operation_id)

    assert ended.operation_status == "FAILED"
    assert "is IN_TRANSIT and can not be cancelled" in ended.operation_problems[0].message
    assert (harbor.plan(plan_id).status, statuses(harbor, plan_id)) == ("ACTIVE", {"WORKING", "IN_TRANSIT"})
    assert market.facts(InboundPlanVoided) == []
