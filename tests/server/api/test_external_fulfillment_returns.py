"""External Fulfillment: what comes back to a store, from the buyer's wish to the money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from modeled import check_form
from storekeeper import MUG, labeled, made_ready, options, ordered, packed, parcel, processed, reported, shipment

from sellingpartner.contract import external_fulfillment_returns_2024_09_11 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.external_fulfillment_shipments_2024_09_11 import GenerateInvoice
from sellingpartner.market.events.external import ExternalReturnMoved
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.orders.commands import ask_return, receive_return, refund, send_return
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import parcels_of_order
from sellingpartner.market.supply.questions import stock_at
from sellingpartner.testing import TestMarket

MODEL = "externalFulfillmentReturns_2024-09-11.json"
PATH = "/externalFulfillment/2024-09-11/returns"


@pytest.fixture
def store(market: TestMarket) -> str:
    return market.opens_store("QUAY", {MUG: 10})


def listed(market: TestMarket, **more: Any) -> list[api.Return]:  # noqa: ANN401 - fields of the request
    return market.seller.send(api.ListReturns(**more)).returns or []


def delivered(market: TestMarket, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
    """A shipment of a store reaches its buyer; returns the order's id."""
    shipment_id = ordered(market, **({"from_store": "QUAY"} | more))
    made_ready(market, shipment_id)
    reported(market, shipment_id, "SHIPPED")
    reported(market, shipment_id, "DELIVERED")
    return shipment(market, shipment_id).shipment_info.buyer_order_id


def asked(market: TestMarket, order_id: str) -> str:
    with market.market.write(market.seller.seller_id) as unit:
        [item] = order_of(unit, order_id).items
        return ask_return(unit, order_id, quantities={item.order_item_id: item.quantity}, reason="Missed").return_id


def moves(market: TestMarket) -> list[str]:
    return [one.status for one in market.facts(ExternalReturnMoved)]


def test_what_a_buyer_sends_back_is_followed_until_the_money_is_back(market: TestMarket, store: str) -> None:
    order_id = delivered(market)
    return_id = asked(market, order_id)
    [created] = listed(market, status=api.Status.CREATED)

    assert (created.merchant_sku, created.number_of_units, created.return_type) == (MUG, 1, "CUSTOMER")
    assert (created.return_location_id, created.fulfillment_location_id) == (store, store)
    assert (created.return_metadata.rma_id, created.return_metadata.return_reason) == (return_id, "Missed")
    assert created.marketplace_channel_details.customer_order_id == order_id
    assert created.return_shipping_info.forward_tracking_info is not None
    assert created.return_shipping_info.forward_tracking_info.tracking_id == "JD0001"
    market.advance(hours=7)
    assert listed(market)[0].status == "CARRIER_OUT_FOR_PICK_UP_FROM_CUSTOMER"
    with market.market.write(market.seller.seller_id) as unit:
        send_return(unit, order_id, return_id)
    assert listed(market)[0].status in {"PICKED_FROM_CUSTOMER", "CUSTOMER_DROPPED_OFF"}
    market.advance(hours=47)
    assert listed(market)[0].status == "OUT_FOR_DELIVERY"
    with market.market.write(market.seller.seller_id) as unit:
        receive_return(unit, order_id, return_id)
        held = stock_at(unit, store, MUG)
    assert (listed(market)[0].status, held.on_hand, held.reserved) == ("DELIVERED", 10, 0)
    market.advance(days=5)

    assert market.seller.send(api.GetReturn(return_id=created.id)).status == "PROCESSED"
    assert moves(market)[0::3] == ["CREATED", moves(market)[3], "DELIVERED"]
    assert len(moves(market)) == 8


def test_money_that_was_back_first_is_no_step_until_the_units_have_come(market: TestMarket, store: str) -> None:
    order_id = delivered(market)
    return_id = asked(market, order_id)
    with market.market.write(market.seller.seller_id) as unit:
        refund(unit, order_id, return_id=return_id)
    before = listed(market)[0].status

    with market.market.write(market.seller.seller_id) as unit:
        receive_return(unit, order_id, return_id, condition=Condition.DEFECTIVE)
        held = stock_at(unit, store, MUG)

    assert (before, listed(market)[0].status) == ("CREATED", "PROCESSED")
    assert held.on_hand == 9


def test_a_part_of_the_money_is_a_part_of_the_work(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, 2, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id, parcel(units=2))
    labeled(market, shipment_id, courier=("Royal Swift", "RS7"))
    reported(market, shipment_id, "SHIPPED")
    reported(market, shipment_id, "DELIVERED")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    return_id = asked(market, order_id)
    with market.market.write(market.seller.seller_id) as unit:
        receive_return(unit, order_id, return_id)
        [item] = order_of(unit, order_id).items
        refund(unit, order_id, quantities={item.order_item_id: 1}, return_id=return_id)
    half = listed(market)[0].status
    with market.market.write(market.seller.seller_id) as unit:
        refund(unit, order_id, quantities={item.order_item_id: 1}, return_id=return_id)

    assert (half, listed(market)[0].status) == ("PARTIALLY_PROCESSED", "PROCESSED")


def test_what_could_not_be_delivered_comes_back_as_rejected(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    made_ready(market, shipment_id)
    reported(market, shipment_id, "SHIPPED")
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id

    reported(market, shipment_id, "SHIPPED", "UNDELIVERABLE")

    [back] = listed(market)
    assert (back.return_type, back.status, back.return_metadata.return_reason) == (
        "REJECT",
        "IN_TRANSIT",
        "Undeliverable",
    )
    with market.market.write(market.seller.seller_id) as unit:
        [followed] = parcels_of_order(unit, order_id)
        move(unit, followed.parcel_id, ParcelStatus.RETURNED)
    assert listed(market)[0].status == "DELIVERED"


def test_in_india_what_the_marketplace_brings_back_is_handed_over_against_a_password() -> None:
    market = TestMarket(marketplaces=("IN",))
    market.opens_store("QUAY", {MUG: 5}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)
    options(market, shipment_id)
    market.seller.send(GenerateInvoice(shipment_id=shipment_id))
    labeled(market, shipment_id)
    market.advance(days=2)
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    with market.market.write(market.seller.seller_id) as unit:
        [followed] = parcels_of_order(unit, order_id)
        if followed.status is not ParcelStatus.DELIVERED:
            move(unit, followed.parcel_id, ParcelStatus.DELIVERED)
    return_id = asked(market, order_id)
    with market.market.write(market.seller.seller_id) as unit:
        send_return(unit, order_id, return_id)
    market.advance(hours=47)

    [coming] = listed(market)

    assert coming.status == "OUT_FOR_DELIVERY"
    assert coming.package_delivery_mode == "WITH_OTP"
    assert coming.otp_details is not None
    assert len(coming.otp_details.otp) == 6
    assert coming.otp_details.valid_till > market.now.timestamp()
    invoice = coming.return_metadata.invoice_information
    assert invoice is not None
    assert invoice.id == "IN-QUAY-1"
    market.close()


def test_a_list_of_returns_is_filtered_and_walked(market: TestMarket, store: str) -> None:
    ids = [asked(market, delivered(market)) for _ in range(3)]
    all_three = listed(market)
    first = all_three[0]
    tracking = first.return_shipping_info.reverse_tracking_info
    assert tracking is not None

    assert [one.return_metadata.rma_id for one in all_three] == ids
    assert [one.id for one in listed(market, rma_id=ids[0])] == [first.id]
    assert [one.id for one in listed(market, reverse_tracking_id=tracking.tracking_id)] == [first.id]
    assert listed(market, return_location_id="nowhere") == []
    assert len(listed(market, return_location_id=store, status=api.Status.CREATED)) >= 1
    late = market.now + timedelta(minutes=1)
    assert listed(market, created_since=late) == listed(market, last_updated_after=late) == []
    assert len(listed(market, created_until=late)) == 3
    updated = {"return_location_id": store, "status": api.Status.CREATED}
    assert listed(market, **updated, last_updated_since=late) == []
    page = market.seller.send(api.ListReturns(max_results=2))
    rest = market.seller.send(api.ListReturns(max_results=2, next_token=page.next_token))
    assert [*(page.returns or []), *(rest.returns or [])] == all_three
    check_form(market.seller.call("GET", PATH).json(), MODEL, "ReturnsResponse")
    check_form(market.seller.call("GET", f"{PATH}/{first.id}").json(), MODEL, "Return")


@pytest.mark.parametrize(
    "query",
    ["lastUpdatedSince=2026-11-01T00:00:00Z", "maxResults=0", "maxResults=101", "nextToken=x", "status=LOST"],
)
def test_a_list_of_returns_refuses_what_it_does_not_know(market: TestMarket, query: str) -> None:
    answer = market.seller.call("GET", f"{PATH}?{query}")

    assert (answer.status, answer.json()["errors"][0]["code"]) == (400, "InvalidInput")


def test_a_return_that_is_not_there_or_another_sellers_is_not_found(market: TestMarket, store: str) -> None:
    asked(market, delivered(market))
    [mine] = listed(market)
    other = market.caller(seller=market.join("Rival & Co"))

    for caller, name in ((market.seller, "made up"), (other, mine.id)):
        with pytest.raises(SellingPartnerError) as refused:
            caller.send(api.GetReturn(return_id=name))
        assert (refused.value.status, refused.value.code) == (404, "NotFound")
    assert other.send(api.ListReturns()).returns == []
