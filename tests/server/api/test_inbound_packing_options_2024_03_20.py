"""Packing options of Fulfillment Inbound come and go: offered, confirmed, over; and who may do what when."""

from __future__ import annotations

from typing import Any

import pytest
from forwarder import Forwarder, box, packed, refused, units

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.operation import Request
from sellingpartner.market.events.inbound import PackingConfirmed
from sellingpartner.testing import TestMarket

ELSEWHERE = "po00000000-0000-4000-8000-000000000000"
NO_GROUP = "pg00000000-0000-4000-8000-000000000000"
NO_SHIPMENT = "sh00000000-0000-4000-8000-000000000000"


@pytest.fixture
def harbor(market: TestMarket) -> Forwarder:
    made = Forwarder(market)
    made.sells("ATLAS")
    made.sells("GUIDE")
    return made


@pytest.fixture
def plan_id(harbor: Forwarder) -> str:
    """A plan of 12 atlases and 6 guides."""
    return harbor.plans(units("ATLAS", 12), units("GUIDE", 6))


def boxes_of(harbor: Forwarder, plan_id: str) -> list[api.Box]:
    found: list[api.Box] = harbor.asks(api.ListInboundPlanBoxes(inbound_plan_id=plan_id, page_size=1000)).boxes
    return found


def test_nothing_is_packed_before_its_option_is_confirmed(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    (group,) = harbor.offers_packing(plan_id).packing_groups
    asked = packed(plan_id, {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]})

    assert "confirmed packing option" in refused(market.seller, asked)[1]


def test_an_option_that_is_over_cannot_be_confirmed(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    option = harbor.offers_packing(plan_id)
    assert option.expiration is not None
    market.advance(hours=72)
    asked = api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id)

    code, words = refused(market.seller, asked)

    assert (code, words) == ("BadRequest", f"ERROR: Packing option {option.packing_option_id} has expired.")
    assert harbor.options(plan_id) == ["EXPIRED"]
    assert option.expiration <= market.now


def test_an_option_that_is_over_while_it_is_confirmed_fails(
    harbor: Forwarder, market: TestMarket, plan_id: str
) -> None:
    option = harbor.offers_packing(plan_id)
    assert option.expiration is not None
    market.advance(seconds=(option.expiration - market.now).total_seconds() - 0.5)
    begun = harbor.asks(api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id))

    ended = harbor.done(begun.operation_id)

    assert ended.operation_status == "FAILED"
    assert "has expired" in ended.operation_problems[0].message
    assert harbor.options(plan_id) == ["EXPIRED"]
    assert market.facts(PackingConfirmed) == []


def test_a_confirmation_twice_changes_nothing(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    harbor.does(packed(plan_id, {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}))
    (option,) = harbor.plan(plan_id).packing_options or []
    asked = api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id)

    harbor.does(asked)
    market.advance(days=4)

    assert len(market.facts(PackingConfirmed)) == 1
    assert harbor.options(plan_id) == ["ACCEPTED"]
    assert len(boxes_of(harbor, plan_id)) == 1


def test_what_is_generated_again_puts_an_end_to_what_was_packed_before(harbor: Forwarder, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    told = packed(plan_id, {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]})
    harbor.does(told)

    (again,) = harbor.groups(plan_id)
    ended = harbor.done(harbor.asks(told).operation_id)

    assert again != group
    assert harbor.options(plan_id) == ["EXPIRED", "ACCEPTED"]
    assert (ended.operation_status, [one.code for one in ended.operation_problems]) == ("FAILED", ["FBA_INB_0364"])
    assert boxes_of(harbor, plan_id) == []


def test_a_canceled_plan_is_packed_no_more_in_amazons_words(
    harbor: Forwarder, market: TestMarket, plan_id: str
) -> None:
    (group,) = harbor.groups(plan_id)
    (option,) = harbor.plan(plan_id).packing_options or []
    harbor.does(api.CancelInboundPlan(inbound_plan_id=plan_id))
    whole = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}
    asked: dict[str, Request[Any]] = {
        "GeneratePackingOptions": api.GeneratePackingOptions(inbound_plan_id=plan_id),
        "ConfirmPackingOption": api.ConfirmPackingOption(
            inbound_plan_id=plan_id, packing_option_id=option.packing_option_id
        ),
        "SetPackingInformation": packed(plan_id, whole),
    }

    for name, request in asked.items():
        words = f"ERROR: Operation {name} can not be processed on a cancelled inbound plan."
        assert refused(market.seller, request) == ("BadRequest", words)
    assert market.advance(minutes=1) == 0


def test_two_operations_of_a_plan_are_never_at_work_at_once(
    harbor: Forwarder, market: TestMarket, plan_id: str
) -> None:
    begun = harbor.asks(api.GeneratePackingOptions(inbound_plan_id=plan_id))

    requests: tuple[Request[Any], ...] = (
        api.GeneratePackingOptions(inbound_plan_id=plan_id),
        api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=ELSEWHERE),
        api.CancelInboundPlan(inbound_plan_id=plan_id),
    )
    for request in requests:
        code, words = refused(market.seller, request)
        assert (code, "operation GeneratePackingOptions is in progress" in words) == ("BadRequest", True)
    other = harbor.plans(units("ATLAS"))
    assert harbor.done(begun.operation_id).operation_status == "SUCCESS"
    assert (harbor.options(plan_id), harbor.options(other)) == (["OFFERED"], [])


def test_an_option_or_a_group_that_there_is_not_is_refused(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    option = api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=ELSEWHERE)
    items = api.ListPackingGroupItems(inbound_plan_id=plan_id, packing_group_id=NO_GROUP)
    boxes = api.ListPackingGroupBoxes(inbound_plan_id=plan_id, packing_group_id=NO_GROUP)
    group = "The requested packingGroupId does not exist for the specified inbound plan."

    assert refused(market.seller, option)[1] == (
        "The requested packingOptionId does not exist for the given inbound plan."
    )
    assert refused(market.seller, items) == ("BadRequest", group)
    assert refused(market.seller, boxes) == ("BadRequest", group)


def test_another_seller_packs_nothing_of_it(harbor: Forwarder, market: TestMarket, plan_id: str) -> None:
    (group,) = harbor.groups(plan_id)
    other = market.caller(seller=market.join("Quay Books"))
    whole = {"packingGroupId": group, "boxes": [box(units("ATLAS", 12), units("GUIDE", 6))]}

    requests: tuple[Request[Any], ...] = (
        api.GeneratePackingOptions(inbound_plan_id=plan_id),
        api.ListPackingOptions(inbound_plan_id=plan_id),
        api.ListPackingGroupItems(inbound_plan_id=plan_id, packing_group_id=group),
        api.ListInboundPlanBoxes(inbound_plan_id=plan_id),
        api.ListInboundPlanPallets(inbound_plan_id=plan_id),
        packed(plan_id, whole),
    )
    for request in requests:
        assert refused(other, request) == ("BadRequest", "The requested inbound plan does not exist.")
    assert boxes_of(harbor, plan_id) == []


def test_in_india_packing_is_not_worked_out_beforehand() -> None:
    india = "A21TJRUUN4KGV"
    market = TestMarket(marketplaces=(india,))
    harbor = Forwarder(market, marketplace_id=india)
    harbor.sells("ATLAS", currency="INR")
    plan_id = harbor.plans(units("ATLAS"))

    code, words = refused(market.seller, api.GeneratePackingOptions(inbound_plan_id=plan_id))
    market.close()

    assert code == "BadRequest"
    assert words.endswith("because the inbound plan does not support packing options.")
