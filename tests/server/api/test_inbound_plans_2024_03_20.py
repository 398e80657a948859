"""Plans of Fulfillment Inbound: made, shown, listed, renamed, given up, refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, WAREHOUSE, Forwarder, refused, units
from modeled import check_form

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.events.inbound import InboundPlanned, InboundPlanVoided
from sellingpartner.testing import TestMarket

EXPIRING = {"is_expiration_dated_product": [{"value": True}]}
NOWHERE = "wf00000000-0000-4000-8000-000000000000"


@pytest.fixture
def harbor(market: TestMarket) -> Forwarder:
    made = Forwarder(market)
    made.sells("ATLAS")
    made.sells("GUIDE")
    return made


def plans_there_are(harbor: Forwarder) -> list[str]:
    listed = harbor.asks(api.ListInboundPlans(page_size=30)).inbound_plans
    return [one.inbound_plan_id for one in listed]


def test_a_plan_is_made_some_seconds_after_it_was_asked_for(harbor: Forwarder, market: TestMarket) -> None:
    begun = harbor.begins(units("ATLAS", 12), units("GUIDE", 3), name="Spring")
    asked = api.GetInboundOperationStatus(operation_id=begun.operation_id)

    at_first = harbor.asks(asked)
    market.advance(seconds=5)
    at_last = harbor.asks(asked)

    assert (at_first.operation, at_first.operation_status) == ("createInboundPlan", "IN_PROGRESS")
    assert (at_last.operation_status, at_last.operation_problems) == ("SUCCESS", [])
    plan = harbor.plan(begun.inbound_plan_id)
    assert (plan.name, plan.status, plan.marketplace_ids) == ("Spring", "ACTIVE", [harbor.marketplace_id])
    assert (plan.packing_options, plan.placement_options, plan.shipments) == ([], [], [])
    assert [fact.units for fact in market.facts(InboundPlanned)] == [15]


def test_a_plan_shows_its_address_and_has_a_name_where_none_was_given(harbor: Forwarder) -> None:
    plan = harbor.plan(harbor.plans(units("ATLAS")))

    shown = msgspec.to_builtins(plan.source_address)
    assert {name: shown[name] for name in WAREHOUSE} == WAREHOUSE
    assert plan.name == "FBA (11/02/2026, 09:00 AM)"


def test_the_items_of_a_plan_say_what_they_are_and_what_is_to_be_done_to_them(harbor: Forwarder) -> None:
    asin = harbor.sells("BOWL", "MUG", material=[{"value": "Stoneware"}])
    prepared = units("BOWL", 7, prepOwner="SELLER", expiration="2027-12-01", manufacturingLotCode="L-9")
    plan_id = harbor.plans(units("ATLAS", 2), prepared)

    plain, bowl = harbor.asks(api.ListInboundPlanItems(inbound_plan_id=plan_id)).items

    assert (bowl.msku, bowl.asin, bowl.quantity, bowl.label_owner) == ("BOWL", asin, 7, "SELLER")
    assert (bowl.expiration, bowl.manufacturing_lot_code, bowl.fnsku[:2]) == ("2027-12-01", "L-9", "X0")
    assert [(one.prep_type, one.prep_owner) for one in bowl.prep_instructions] == [
        ("ITEM_LABELING", "SELLER"),
        ("ITEM_BUBBLEWRAP", "SELLER"),
    ]
    assert [(one.prep_type, one.prep_owner) for one in plain.prep_instructions] == [
        ("ITEM_LABELING", "SELLER"),
        ("ITEM_NO_PREP", "NONE"),
    ]


def test_items_come_page_after_page_each_once(harbor: Forwarder) -> None:
    skus = [f"BOOK-{number:02}" for number in range(25)]
    for sku in skus:
        harbor.sells(sku)
    plan_id = harbor.plans(*(units(sku) for sku in skus))

    found, token, sizes = [], None, []
    while True:
        asked = api.ListInboundPlanItems(inbound_plan_id=plan_id, page_size=10, pagination_token=token)
        page = harbor.asks(asked)
        found += [one.msku for one in page.items]
        sizes.append(len(page.items))
        token = page.pagination.next_token
        if token is None:
            break

    assert (found, sizes) == (skus, [10, 10, 5])


def test_plans_are_listed_by_date_and_status(harbor: Forwarder, market: TestMarket) -> None:
    made = []
    for _ in range(3):
        made.append(harbor.plans(units("ATLAS")))
        market.advance(minutes=1)
    harbor.does(api.CancelInboundPlan(inbound_plan_id=made[0]))

    def listed(**asked: Any) -> list[str]:  # noqa: ANN401 - fields of the request
        return [one.inbound_plan_id for one in harbor.asks(api.ListInboundPlans(**asked)).inbound_plans]

    assert listed() == made[::-1]
    assert listed(sort_order="ASC") == made
    assert listed(status="VOIDED") == made[:1]
    assert listed(sort_by="LAST_UPDATED_TIME") == [made[0], made[2], made[1]]
    first = harbor.asks(api.ListInboundPlans(page_size=2, sort_order=api.SortOrder.ASC))
    rest = harbor.asks(api.ListInboundPlans(pagination_token=first.pagination.next_token))
    assert [one.inbound_plan_id for one in [*first.inbound_plans, *rest.inbound_plans]] == made


def test_a_plan_is_given_another_name(harbor: Forwarder, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS"))
    market.advance(hours=1)

    harbor.asks(api.UpdateInboundPlanName(inbound_plan_id=plan_id, name="Summer"))

    plan = harbor.plan(plan_id)
    assert (plan.name, (plan.last_updated_at - plan.created_at).seconds > 3500) == ("Summer", True)


def test_a_plan_that_is_given_up_takes_no_more_and_is_given_up_once(harbor: Forwarder, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS"))

    harbor.does(api.CancelInboundPlan(inbound_plan_id=plan_id))

    assert harbor.plan(plan_id).status == "VOIDED"
    again = refused(market.seller, api.CancelInboundPlan(inbound_plan_id=plan_id))
    assert again == ("BadRequest", "The inbound plan is already cancelled.")
    assert [fact.plan_id for fact in market.facts(InboundPlanVoided)] == [plan_id]


def test_a_second_operation_waits_for_no_first_one_but_is_refused(harbor: Forwarder, market: TestMarket) -> None:
    begun = harbor.begins(units("ATLAS"))

    code, words = refused(market.seller, api.CancelInboundPlan(inbound_plan_id=begun.inbound_plan_id))

    assert code == "BadRequest"
    assert "operation CreateInboundPlan is in progress" in words
    assert harbor.done(begun.operation_id).operation_status == "SUCCESS"
    assert harbor.plan(begun.inbound_plan_id).status == "ACTIVE"
    harbor.does(api.CancelInboundPlan(inbound_plan_id=begun.inbound_plan_id))


@pytest.mark.parametrize(
    ("target", "definition"),
    [
        ("/inboundPlans", "ListInboundPlansResponse"),
        ("/inboundPlans?pageSize=1", "ListInboundPlansResponse"),
        ("/inboundPlans/{plan}", "InboundPlan"),
        ("/inboundPlans/{plan}/items?pageSize=1", "ListInboundPlanItemsResponse"),
        ("/operations/{operation}", "InboundOperationStatus"),
        (f"/inboundPlans/{NOWHERE}", "ErrorList"),
    ],
)
def test_answers_have_the_form_of_amazons_document(harbor: Forwarder, target: str, definition: str) -> None:
    harbor.plans(units("ATLAS"), units("GUIDE"))
    begun = harbor.begins(units("ATLAS"), units("GUIDE"), sourceAddress=WAREHOUSE | {"postalCode": "1"})
    harbor.done(begun.operation_id)

    path = f"{BASE}{target}".format(plan=begun.inbound_plan_id, operation=begun.operation_id)
    reply = harbor.seller.call("GET", path)

    assert reply.status == (400 if definition == "ErrorList" else 200)
    check_form(reply.json(), DOCUMENT, definition)
