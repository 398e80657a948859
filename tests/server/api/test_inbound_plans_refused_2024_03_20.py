"""Plans of Fulfillment Inbound that are refused, at once or when they are made, and leave nothing half-done."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from forwarder import BASE, DOCUMENT, WAREHOUSE, Forwarder, planned, refused, units
from modeled import check_form

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.inbound import InboundPlanErrored, InboundPlanned
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


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (units("NOBODY"), "ERROR: The following MSKUs are not valid: [NOBODY]."),
        (units("ATLAS", prepOwner="SELLER"), "ATLAS does not require prepOwner but SELLER was assigned"),
        (
            units("ATLAS", labelOwner="NONE"),
            "ATLAS requires labelOwner but NONE was assigned. Accepted values: [SELLER]",
        ),
        (units("ATLAS", labelOwner="AMAZON"), "ATLAS requires labelOwner but AMAZON was assigned"),
        (units("ATLAS", 10_000), "at most 10000 units; 10001 were provided"),
        (units("GUIDE"), "more than once: [GUIDE]"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_once_and_leaves_nothing(
    harbor: Forwarder, market: TestMarket, item: dict[str, Any], words: str
) -> None:
    code, said = refused(market.seller, planned(units("GUIDE"), item))

    assert code == "BadRequest"
    assert words in said
    assert plans_there_are(harbor) == []
    assert market.advance(minutes=1) == 0


def test_each_item_with_a_wrong_owner_is_told(harbor: Forwarder, market: TestMarket) -> None:
    said = {
        "destinationMarketplaces": [harbor.marketplace_id],
        "sourceAddress": WAREHOUSE,
        "items": [units("ATLAS", prepOwner="SELLER"), units("GUIDE", prepOwner="SELLER")],
    }

    reply = market.seller.call(
        "POST", f"{BASE}/inboundPlans", headers={"content-type": "application/json"}, body=msgspec.json.encode(said)
    )

    assert reply.status == 400
    check_form(reply.json(), DOCUMENT, "ErrorList")
    assert [one["message"].split()[1] for one in reply.json()["errors"]] == ["ATLAS", "GUIDE"]


@pytest.mark.parametrize("quantity", [0, -1, 500_001])
def test_a_quantity_that_no_item_can_have_is_refused_by_its_field(
    harbor: Forwarder, market: TestMarket, quantity: int
) -> None:
    body = {
        "destinationMarketplaces": [harbor.marketplace_id],
        "sourceAddress": WAREHOUSE,
        "items": [units("ATLAS", quantity)],
    }

    reply = market.seller.call(
        "POST", f"{BASE}/inboundPlans", headers={"content-type": "application/json"}, body=msgspec.json.encode(body)
    )

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"]) == (400, InvalidInput.code)
    assert "quantity" in error["message"]
    assert plans_there_are(harbor) == []


@pytest.mark.parametrize(
    ("product", "item", "codes"),
    [
        ({"condition": "Used", "condition_subtype": "Good", "product": "LAMP"}, {}, ["0056", "0182"]),
        ({"item_package_weight": []}, {}, ["0004"]),
        ({"is_regulated": True}, {}, ["0051"]),
        ({"supplier_declared_dg_hz_regulation": [{"value": "transportation"}]}, {}, ["0009"]),
        ({"product": "LAMP"}, {}, ["0182"]),
        (EXPIRING, {}, ["0180"]),
        (EXPIRING, {"expiration": "2027-02-14"}, ["0181"]),
        (EXPIRING, {"expiration": "2027-02-30"}, ["0181"]),
    ],
)
def test_an_item_that_may_not_be_sent_ends_its_plan(
    harbor: Forwarder, market: TestMarket, product: dict[str, Any], item: dict[str, Any], codes: list[str]
) -> None:
    more = dict(product)
    harbor.sells("ODD", more.pop("product", "ABIS_BOOK"), **more)
    begun = harbor.begins(units("GUIDE"), units("ODD", **item))

    found = harbor.done(begun.operation_id)

    assert found.operation_status == "FAILED"
    assert [one.code for one in found.operation_problems] == [f"FBA_INB_{code}" for code in codes]
    assert {(one.severity, one.details) for one in found.operation_problems} == {
        ("ERROR", "There's an input error with the resource 'ODD'.")
    }
    assert harbor.plan(begun.inbound_plan_id).status == "ERRORED"
    assert market.facts(InboundPlanned) == []
    assert [fact.plan_id for fact in market.facts(InboundPlanErrored)] == [begun.inbound_plan_id]
    code, _ = refused(market.seller, api.CancelInboundPlan(inbound_plan_id=begun.inbound_plan_id))
    assert code == "BadRequest"


def test_what_lasts_long_enough_may_be_sent(harbor: Forwarder) -> None:
    harbor.sells("SALT", **EXPIRING)

    plan_id = harbor.plans(units("SALT", expiration="2027-02-15"))

    (item,) = harbor.asks(api.ListInboundPlanItems(inbound_plan_id=plan_id)).items
    assert item.expiration == "2027-02-15"


@pytest.mark.parametrize("changed", [{"postalCode": "4812"}, {"stateOrProvinceCode": "CA"}, {"postalCode": "ZZZZZ"}])
def test_an_address_that_does_not_exist_is_only_warned_of(harbor: Forwarder, changed: dict[str, str]) -> None:
    begun = harbor.begins(units("ATLAS"), sourceAddress=WAREHOUSE | changed)

    found = harbor.done(begun.operation_id)

    assert found.operation_status == "SUCCESS"
    (problem,) = found.operation_problems
    assert (problem.code, problem.severity) == ("BadRequest", "WARNING")
    assert problem.message.startswith("WARNING: Address was unable to be verified.")


@pytest.mark.parametrize("changed", [{"countryCode": "UK"}, {"city": " "}])
def test_an_address_that_is_none_is_refused(harbor: Forwarder, market: TestMarket, changed: dict[str, str]) -> None:
    code, words = refused(market.seller, planned(units("ATLAS"), sourceAddress=WAREHOUSE | changed))

    assert code == "BadRequest"
    assert "sourceAddress" in words
    assert plans_there_are(harbor) == []


def test_a_marketplace_that_is_not_the_sellers_is_refused(market: TestMarket, harbor: Forwarder) -> None:
    asked = planned(units("ATLAS"), destinationMarketplaces=["A1PA6795UKMFR9"])

    assert refused(market.seller, asked) == ("BadRequest", "Invalid destinationMarketplace provided.")


def test_a_sku_that_its_seller_ships_itself_is_not_available_for_inbound(harbor: Forwarder, market: TestMarket) -> None:
    code, words = refused(market.seller, planned(units("MUG-BLUE")))

    assert code == "BadRequest"
    assert "not available for inbound" in words


def test_another_sellers_plan_does_not_exist(harbor: Forwarder, market: TestMarket) -> None:
    plan_id = harbor.plans(units("ATLAS"))
    operation_id = harbor.asks(api.CancelInboundPlan(inbound_plan_id=plan_id)).operation_id
    other = market.caller(seller=market.join("Quay Books"))

    requests = [
        api.GetInboundPlan(inbound_plan_id=plan_id),
        api.ListInboundPlanItems(inbound_plan_id=plan_id),
        api.UpdateInboundPlanName(inbound_plan_id=plan_id, name="Mine"),
        api.CancelInboundPlan(inbound_plan_id=plan_id),
    ]

    for request in requests:
        assert refused(other, request) == ("BadRequest", "The requested inbound plan does not exist.")
    assert refused(other, api.GetInboundOperationStatus(operation_id=operation_id))[0] == "BadRequest"
    assert harbor.plan(plan_id).name != "Mine"


def test_an_id_that_is_none_is_told_from_one_that_nothing_has(market: TestMarket) -> None:
    malformed = api.GetInboundPlan(inbound_plan_id="x" * 38)

    assert refused(market.seller, malformed) == ("BadRequest", "The inboundPlanId is malformed.")
    assert refused(market.seller, api.GetInboundPlan(inbound_plan_id=NOWHERE))[1].endswith("does not exist.")
    odd = api.GetInboundOperationStatus(operation_id="z" * 36)
    assert refused(market.seller, odd) == ("BadRequest", "The operationId is malformed.")


def test_a_page_token_opens_its_own_list_alone(harbor: Forwarder, market: TestMarket) -> None:
    first = harbor.plans(units("ATLAS"), units("GUIDE"))
    other = harbor.plans(units("ATLAS"), units("GUIDE"))
    token = harbor.asks(api.ListInboundPlanItems(inbound_plan_id=first, page_size=1)).pagination.next_token

    for asked in (
        api.ListInboundPlanItems(inbound_plan_id=other, pagination_token=token),
        api.ListInboundPlanItems(inbound_plan_id=first, pagination_token=token[:-4]),
        api.ListInboundPlans(pagination_token=token),
    ):
        assert refused(market.seller, asked)[0] == "BadRequest"


@pytest.mark.parametrize(
    ("changed", "place", "rule"),
    [
        (
            {"items": [units("GUIDE"), {"msku": "ATLAS", "quantity": 1, "prepOwner": "NONE"}]},
            "Value null at 'request.items.2.member.labelOwner'",
            "Member must satisfy enum value set: [AMAZON, NONE, SELLER]",
        ),
        (
            {"items": [units("ATLAS", prepOwner="ME")]},
            "Value 'ME' at 'request.items.1.member.prepOwner'",
            "Member must satisfy enum value set: [AMAZON, NONE, SELLER]",
        ),
        (
            {"items": [units("ATLAS", 0)]},
            "Value '0' at 'request.items.1.member.quantity'",
            "Member must have value greater than or equal to 1",
        ),
        (
            {"sourceAddress": {name: said for name, said in WAREHOUSE.items() if name != "city"}},
            "Value null at 'request.sourceAddress.city'",
            "Member must not be null",
        ),
        (
            {"name": "x" * 41},
            f"Value '{'x' * 41}' at 'request.name'",
            "Member must have length less than or equal to 40",
        ),
    ],
)
def test_a_broken_rule_of_the_model_is_told_as_amazons_framework_does(
    harbor: Forwarder, market: TestMarket, changed: dict[str, Any], place: str, rule: str
) -> None:
    said = {
        "destinationMarketplaces": [harbor.marketplace_id],
        "sourceAddress": WAREHOUSE,
        "items": [units("ATLAS")],
    } | changed

    reply = market.seller.call(
        "POST", f"{BASE}/inboundPlans", headers={"content-type": "application/json"}, body=msgspec.json.encode(said)
    )

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"]) == (400, InvalidInput.code)
    assert error["message"] == f"1 validation error detected: {place} failed to satisfy constraint: {rule}"


def test_a_status_that_no_plan_has_is_refused_by_name(market: TestMarket) -> None:
    reply = market.seller.call("GET", f"{BASE}/inboundPlans?status=LOST")

    (error,) = reply.json()["errors"]
    assert (reply.status, error["code"], error["message"]) == (400, "BadRequest", "The status is invalid.")
