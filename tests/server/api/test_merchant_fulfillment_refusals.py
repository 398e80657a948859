"""What Merchant Fulfillment refuses, and how it says so."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from shipper import (
    ONE_SHIPMENT,
    WAREHOUSE,
    buys_label,
    given_back,
    items_of,
    offers,
    parcel,
    reason_logged,
    shown,
    status_of,
)

from sellingpartner.contract import merchant_fulfillment_v0 as v0
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.merchant_fulfillment_v0 import GetAdditionalSellerInputs
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.testing import Caller, TestMarket

INVALID = "Invalid Input"
UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


@pytest.fixture
def details(market: TestMarket, seller: Caller) -> v0.ShipmentRequestDetails:
    order_id = market.buys("MUG-BLUE", quantity=2)
    market.advance(minutes=1)
    return parcel(order_id, items_of(seller, order_id))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Weight": {"Value": 0, "Unit": "oz"}}, "more than nothing"),
        ({"PackageDimensions": {"Length": 0.001, "Width": 1, "Height": 1, "Unit": "inches"}}, "0.01 or more"),
        ({"PackageDimensions": {"Length": 3, "Width": 1}}, "needs Length, Width, Height and Unit"),
        ({"ShipFromAddress": WAREHOUSE | {"CountryCode": "UK"}}, "the United Kingdom is GB"),
        ({"ShipFromAddress": WAREHOUSE | {"Email": ""}}, "no email"),
        ({"ShipFromAddress": WAREHOUSE | {"Phone": " "}}, "no phone"),
        ({"ShipFromAddress": WAREHOUSE | {"StateOrProvinceCode": ""}}, "StateOrProvinceCode is missing"),
        ({"ShipDate": "2026-11-01T00:00:00Z"}, "which is past"),
        ({"MustArriveByDate": "2026-10-01T00:00:00Z"}, "which is past"),
        ({"ShipDate": "9999-12-31T23:59:59Z"}, "more than 90 days away"),
        ({"AmazonOrderId": "902-1234567-1234567"}, "no order"),
        ({"AmazonOrderId": "nothing"}, "not an order id"),
        ({"ItemList": []}, "ItemList is empty"),
        ({"ItemList": [{"OrderItemId": "12345678901234", "Quantity": 1}]}, "has no item"),
    ],
)
def test_whatever_cannot_be_is_refused_in_amazons_two_words(
    market: TestMarket, seller: Caller, changed: dict[str, Any], reason: str
) -> None:
    order_id = market.buys()
    market.advance(minutes=1)

    with pytest.raises(InvalidInput) as refused:
        offers(seller, parcel(order_id, items_of(seller, order_id), **changed))

    assert (refused.value.status, refused.value.code, refused.value.message) == (400, "InvalidInput", INVALID)
    assert refused.value.details == ""
    assert reason in reason_logged(market)


def test_a_label_is_for_a_paid_order_of_ones_own_that_is_not_canceled(market: TestMarket, seller: Caller) -> None:
    unpaid = market.buys(paid=False)
    canceled = market.buys()
    by_amazon = market.buys("LAMP-OAK")
    market.advance(minutes=1)
    wanted = {order_id: parcel(order_id, items_of(seller, order_id)) for order_id in (unpaid, canceled, by_amazon)}
    with market.market.write(market.seller_account.seller_id) as unit:
        cancel(unit, canceled, by=Canceler.SELLER, reason="NoInventory")
    stranger = market.caller(seller=market.join("Other Goods"))

    for order_id, reason in ((unpaid, "is Pending"), (canceled, "is Canceled"), (by_amazon, "fulfilled by Amazon")):
        with pytest.raises(InvalidInput, match=INVALID):
            offers(seller, wanted[order_id])
        assert reason in reason_logged(market)
        with pytest.raises(InvalidInput, match=INVALID):
            buys_label(market, wanted[order_id], offer_id="AAAA")
    with pytest.raises(InvalidInput, match=INVALID):
        offers(stranger, wanted[unpaid])

    assert market.facts(LabelBought) == []


def test_an_offer_is_bought_while_it_is_fresh_and_for_the_parcel_that_it_was_made_for(
    market: TestMarket, seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    (offer_id,) = [
        one.shipping_service_offer_id
        for one in offers(seller, details).shipping_service_list
        if one.shipping_service_id == "UPS_PTP_GND"
    ]
    heavier = msgspec.structs.replace(details, weight=v0.Weight(value=Decimal(900), unit=v0.UnitOfWeight.OZ))

    for wanted, service_id, offered in (
        (heavier, "UPS_PTP_GND", offer_id),
        (details, "UPS_PTP_2ND_DAY_AIR", offer_id),
        (details, "UPS_PTP_GND", offer_id[:-4] + "AAA="),
        (details, "NO_SUCH_SERVICE", ""),
        (details, "USPS_PTP_MM", ""),
    ):
        with pytest.raises(InvalidInput, match="The purchase request parameters are invalid"):
            buys_label(market, wanted, service_id, offer_id=offered)
    market.advance(minutes=10)
    with pytest.raises(InvalidInput) as stale:
        buys_label(market, details, offer_id=offer_id)

    assert stale.value.message == (
        "The purchase request parameters are invalid, please call with the correct parameters or make another call"
        " to check eligible options."
    )
    assert market.facts(LabelBought) == []
    assert status_of(seller, details.amazon_order_id) == "Unshipped"


def test_no_unit_gets_two_labels(market: TestMarket, details: v0.ShipmentRequestDetails) -> None:
    buys_label(market, details)

    with pytest.raises(InvalidInput, match=INVALID):
        buys_label(market, details, offer_id="")

    assert len(market.facts(LabelBought)) == 1


def test_what_nobody_carries_is_rejected_by_all(
    market: TestMarket, seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    heavy = msgspec.structs.replace(details, weight=v0.Weight(value=Decimal(100_000), unit=v0.UnitOfWeight.G))

    found = offers(seller, heavy)

    assert found.shipping_service_list == []
    codes = {one.shipping_service_id: one.rejection_reason_code for one in found.rejected_shipping_service_list or ()}
    assert codes["UPS_PTP_GND"] == codes["USPS_PTP_PRI"] == "WEIGHT_RESTRICTIONS"


def test_a_country_of_three_letters_is_refused_as_amazon_refuses_it(
    seller: Caller, details: v0.ShipmentRequestDetails
) -> None:
    abroad = msgspec.structs.replace(details.ship_from_address, country_code="USA")

    with pytest.raises(InvalidInput) as refused:
        offers(seller, msgspec.structs.replace(details, ship_from_address=abroad))
    with pytest.raises(InvalidInput) as also:
        seller.send(
            GetAdditionalSellerInputs(
                shipping_service_id="UPS_PTP_GND", ship_from_address=abroad, order_id=details.amazon_order_id
            )
        )

    assert refused.value.message == (
        "1 validation error detected: Value 'USA' at 'shipmentRequestDetails.shipFromAddress.countryCode' failed to"
        " satisfy constraint: Member must have length less than or equal to 2"
    )
    assert also.value.message == "Invalid Ship From Address when calling GetAdditionalSellerInputs"


def test_a_shipment_is_its_sellers_alone(market: TestMarket) -> None:
    with pytest.raises(NotFound):
        shown(market, "be7a0a53-00c3-4f6f-a63a-639f76ee9253")
    with pytest.raises(NotFound):
        given_back(market, "be7a0a53-00c3-4f6f-a63a-639f76ee9253")


@pytest.mark.parametrize(
    ("method", "target", "said", "rule"),
    [
        (
            "GET",
            "/mfn/v0/shipments/TEST_CASE_400",
            None,
            ("TEST_CASE_400", "shipmentId", f"Member must satisfy regular expression pattern: {UUID}"),
        ),
        (
            "POST",
            "/mfn/v0/eligibleShippingServices",
            {"Weight": {"Value": 1, "Unit": "stone"}},
            ("stone", "shipmentRequestDetails.weight.unit", "Member must satisfy enum value set: [oz, g]"),
        ),
        (
            "POST",
            "/mfn/v0/eligibleShippingServices",
            {"ShipFromAddress": WAREHOUSE | {"Name": "N" * 31}},
            (
                "N" * 31,
                "shipmentRequestDetails.shipFromAddress.name",
                "Member must have length less than or equal to 30",
            ),
        ),
        ("POST", "/mfn/v0/eligibleShippingServices", {"Weight": {"Unit": "oz"}}, None),
        ("POST", "/mfn/v0/eligibleShippingServices", {"ShipDate": "tomorrow"}, None),
        ("POST", "/mfn/v0/eligibleShippingServices", {"ItemList": 5}, None),
    ],
)
def test_broken_rules_are_told_in_the_words_of_amazons_framework(
    market: TestMarket, method: str, target: str, said: dict[str, Any] | None, rule: tuple[str, str, str] | None
) -> None:
    details = msgspec.to_builtins(parcel("902-1234567-1234567", [{"OrderItemId": "1", "Quantity": 1}]))
    body = None if said is None else json.dumps({"ShipmentRequestDetails": details | said}, default=float).encode()

    message = INVALID
    if rule is not None:
        value, place, constraint = rule
        message = (
            f"1 validation error detected: Value '{value}' at '{place}' failed to satisfy constraint: {constraint}"
        )
    path = ONE_SHIPMENT if body is None else target
    reply = market.restricted(path, method=method).call(
        method, target, headers={"Content-Type": "application/json"}, body=body
    )

    assert reply.status == 400
    assert reply.json()["errors"] == [{"code": "InvalidInput", "message": message, "details": ""}]
    assert reason_logged(market) != message
