"""Shipping v2: rates asked for, labels bought by them, and the order of Amazon's that a label ships."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from postage import (
    WAREHOUSE,
    buying,
    buys,
    ordered,
    printed,
    rate,
    rates,
    sold_elsewhere,
    tracked,
    tracking_of,
)
from shipper import status_of

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import OrderShipped, PackageDelivered
from sellingpartner.market.events.shipping import LabelBought, LabelRefunded
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import Caller, TestMarket


def moves(market: TestMarket, shipment_id: str, status: ParcelStatus) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, shipment_id, status)


def test_rates_are_told_by_price_with_their_promise_and_the_rest_with_its_reason(market: TestMarket) -> None:
    found = rates(market.seller, ordered(market))

    charges = [one.total_charge.value for one in found.rates]
    assert charges == sorted(charges)
    assert found.request_token.startswith("amzn1.rq.")
    ground = rate(found, "UPS_PTP_GND")
    assert (ground.carrier_id, ground.service_name, ground.total_charge.unit) == ("UPS", "UPS Ground", "USD")
    assert ground.promise.delivery_window is not None
    parts = {one.rate_item_id: one.rate_item_charge for one in ground.rate_item_list or []}
    assert sum(one.value for one in parts.values() if one is not None) == ground.total_charge.value
    refused = {one.service_id: one.ineligibility_reasons[0].code for one in found.ineligible_rates or []}
    assert refused["UPS_EXPRESS_INTL"] == "NO_COVERAGE"
    assert refused["USPS_PTP_GAL"] == "WEIGHT_RESTRICTIONS"
    assert refused["USPS_PTP_MM"] == "PROGRAM_CONSTRAINTS"
    assert {one.service_id for one in found.rates}.isdisjoint(refused)


def test_what_merchant_fulfillment_offers_costs_the_same_here(market: TestMarket) -> None:
    from shipper import items_of, offers, parcel  # noqa: PLC0415 - the other view

    said = ordered(market, insuredValue={"unit": "USD", "value": 0})
    order_id = said["channelDetails"]["amazonOrderDetails"]["orderId"]
    small = {"Length": 10, "Width": 8, "Height": 4, "Unit": "inches"}
    other = parcel(order_id, items_of(market.seller, order_id), PackageDimensions=small)

    here = {one.service_id: one.total_charge.value for one in rates(market.seller, said).rates}
    there = {one.shipping_service_id: one.rate.amount for one in offers(market.seller, other).shipping_service_list}

    assert here == there


def test_a_bought_label_ships_its_order_in_every_view_and_arrives_on_the_clock(
    market: TestMarket, seller: Caller
) -> None:
    said = ordered(market)
    order_id = said["channelDetails"]["amazonOrderDetails"]["orderId"]

    bought = buys(seller, said)

    assert status_of(seller, order_id) == "Shipped"
    assert len(market.facts(OrderShipped)) == 1
    asked = v2026.GetOrder(order_id=order_id, included_data=[v2026.IncludedData.PACKAGES])
    [package] = seller.send(asked).order.packages or []
    assert (package.carrier, package.tracking_number) == ("UPS", tracking_of(bought))
    [fact] = market.facts(LabelBought)
    assert (fact.order_id, fact.shipment_id) == (order_id, bought.shipment_id)

    market.advance(days=14)

    assert len(market.facts(PackageDelivered)) == 1
    seen = tracked(seller, tracking_of(bought), "UPS")
    assert [one.event_code.value for one in seen.event_history] == [
        "ReadyForReceive",
        "PickupDone",
        "Departed",
        "OutForDelivery",
        "Delivered",
    ]
    assert seen.summary.status == "Delivered"
    assert seen.event_history[0].location == v2.Location(city="Detroit", state_or_region="MI", country_code="US")
    assert bought.promise.delivery_window is not None
    assert seen.promised_delivery_date == bought.promise.delivery_window.end


def test_what_was_sold_elsewhere_goes_by_amazons_own_carrier_alone(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, sold_elsewhere())

    assert [one.service_id for one in found.rates] == ["std-us-swa-mfn"]
    assert not found.ineligible_rates
    bought = seller.send(buying(found, "std-us-swa-mfn")).payload
    assert tracking_of(bought).startswith("TBA")
    market.advance(days=14)
    assert tracked(seller, tracking_of(bought), "AMZN_US").summary.status == "Delivered"
    assert market.facts(PackageDelivered) == []


def test_a_request_is_good_for_ten_minutes(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, ordered(market))
    market.advance(minutes=10)

    with pytest.raises(InvalidInput) as refused:
        seller.send(buying(found, "UPS_PTP_GND"))

    assert (refused.value.status, refused.value.code) == (400, "TOKEN_EXPIRED")
    assert market.facts(LabelBought) == []


def test_a_request_is_good_for_one_purchase(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, sold_elsewhere())
    seller.send(buying(found, "std-us-swa-mfn"))

    with pytest.raises(InvalidInput) as refused:
        seller.send(buying(found, "std-us-swa-mfn"))

    assert "good for one purchase" in (refused.value.details or "")
    assert len(market.facts(LabelBought)) == 1


def test_the_same_parcel_may_be_asked_for_and_bought_again(market: TestMarket, seller: Caller) -> None:
    first, second = (buys(seller, sold_elsewhere(), "std-us-swa-mfn") for _ in range(2))

    assert first.shipment_id != second.shipment_id
    assert len(market.facts(LabelBought)) == 2


def test_a_purchase_that_is_sent_again_with_its_key_is_the_same(market: TestMarket, seller: Caller) -> None:
    asked = buying(rates(seller, sold_elsewhere()), "std-us-swa-mfn")
    keyed = msgspec.structs.replace(asked, idempotency_key="try-7")

    first = seller.send(keyed).payload
    market.advance(minutes=30)
    again = seller.send(keyed).payload

    assert again == first
    assert len(market.facts(LabelBought)) == 1
    other = msgspec.structs.replace(keyed, request_token=rates(seller, sold_elsewhere()).request_token)
    with pytest.raises(InvalidInput) as refused:
        seller.send(other)
    assert "IdempotencyKey" in (refused.value.details or "")


def test_a_rate_of_another_request_cannot_be_bought(market: TestMarket, seller: Caller) -> None:
    found, other = rates(seller, sold_elsewhere()), rates(seller, sold_elsewhere())
    asked = msgspec.structs.replace(buying(found, "std-us-swa-mfn"), request_token=other.request_token)

    with pytest.raises(InvalidInput) as refused:
        seller.send(asked)

    assert "rateId" in (refused.value.details or "")


@pytest.mark.parametrize(
    "token", ["", "amzn1.rq.123456789.101", "amzn1.rq.", "amzn1.rq.AAAA", "x" * 5000, "amzn1.rq.é"]
)
def test_a_token_that_nobody_gave_buys_nothing(seller: Caller, token: str) -> None:
    asked = v2.PurchaseShipment(request_token=token, rate_id="x", requested_document_specification=printed())

    with pytest.raises(InvalidInput):
        seller.send(asked)


def test_a_parcel_of_very_many_items_is_bought_like_any_other(market: TestMarket, seller: Caller) -> None:
    items = [{"quantity": 1, "description": f"Bead {number}, in a bag of its own"} for number in range(3_000)]

    buys(seller, sold_elsewhere(items=items), "std-us-swa-mfn", requestedDocumentTypes=["LABEL", "PACKSLIP"])

    assert len(market.facts(LabelBought)) == 1


def test_units_that_have_a_label_get_no_other(market: TestMarket, seller: Caller) -> None:
    said = ordered(market)
    found, again = rates(seller, said), rates(seller, said)
    seller.send(buying(found, "UPS_PTP_GND"))

    with pytest.raises(InvalidInput) as refused:
        seller.send(buying(again, "UPS_PTP_GND"))

    assert "is Shipped" in (refused.value.details or "")
    assert len(market.facts(LabelBought)) == 1


def test_upss_confirmation_must_be_chosen_and_costs_what_was_told(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, ordered(market))
    ground = rate(found, "UPS_PTP_GND")
    [group] = ground.available_value_added_service_groups or []
    signed = next(one for one in group.value_added_services or [] if one.id == "SIGNATURE_CONFIRMATION")
    assert group.is_required
    asked = buying(found, "UPS_PTP_GND")

    with pytest.raises(InvalidInput) as refused:
        seller.send(msgspec.structs.replace(asked, requested_value_added_services=None))
    choice = [v2.RequestedValueAddedService(id=signed.id)]
    seller.send(msgspec.structs.replace(asked, requested_value_added_services=choice))

    assert (refused.value.details or "").startswith("The requested value added services are invalid.")
    [fact] = market.facts(LabelBought)
    assert Decimal(fact.cost_minor) / 100 == ground.total_charge.value + signed.cost.value


def test_a_shipment_is_canceled_once_as_long_as_nobody_has_it(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")

    answer = seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))

    assert answer.payload == {}
    assert tracked(seller, tracking_of(bought), "AMZN_US").summary.status == "PickupCancelled"
    with pytest.raises(InvalidInput) as refused:
        seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))
    assert refused.value.details == "The shipment was cancelled before."
    with pytest.raises(InvalidInput, match="Invalid input"):
        seller.send(v2.GetShipmentDocuments(shipment_id=bought.shipment_id, package_client_reference_id="box-1"))
    market.advance(days=20)
    [refund] = market.facts(LabelRefunded)
    [cost] = market.facts(LabelBought)
    assert refund.refunded_minor == cost.cost_minor


def test_a_parcel_that_its_carrier_has_cannot_be_canceled(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")
    moves(market, bought.shipment_id, ParcelStatus.ACCEPTED)

    with pytest.raises(InvalidInput) as refused:
        seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))

    assert "Accepted" in (refused.value.details or "")


def test_there_is_no_shipment_of_another_id(seller: Caller) -> None:
    with pytest.raises(InvalidInput) as refused:
        seller.send(v2.CancelShipment(shipment_id="amzn1.sid.1.100"))

    assert refused.value.details == "Shipment not found for specified shipmentId"


def far_too_long() -> dict[str, Any]:
    return {"length": 10_000, "width": 10, "height": 10, "unit": "CENTIMETER"}


def test_a_parcel_of_a_hundred_meters_is_taken_by_nobody(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, sold_elsewhere(dimensions=far_too_long()))

    assert found.rates == []
    [refused] = found.ineligible_rates or []
    assert refused.ineligibility_reasons[0].code == "SIZE_RESTRICTIONS"


def test_a_po_box_is_served_by_some_carriers_alone(market: TestMarket, seller: Caller) -> None:
    said = sold_elsewhere()
    said["shipTo"] = said["shipTo"] | {"addressLine1": "PO Box 12"}

    [refused] = rates(seller, said).ineligible_rates or []

    assert refused.ineligibility_reasons[0].code == "NO_COVERAGE"
    assert "PO box" in refused.ineligibility_reasons[0].message


def changed(path: str, value: object) -> dict[str, Any]:
    """A parcel of which one field is another."""
    said: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(sold_elsewhere()))
    *way, last = [int(one) if one.isdigit() else one for one in path.split(".")]
    place: Any = said
    for one in way:
        place = place[one]
    place[last] = value
    return said


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("packages.0.weight.value", 0, "packages[0].weight.value is 0"),
        ("packages.0.weight.value", -3, "packages[0].weight.value"),
        ("packages.0.dimensions.length", 0, "packages[0].dimensions.length"),
        ("packages.0.items", [], "packages[0].items is empty"),
        ("packages.0.items.0.quantity", 0, "packages[0].items[0].quantity"),
        ("packages.0.insuredValue.value", -1, "packages[0].insuredValue.value"),
        ("packages", [], "A shipment is one package"),
        ("shipTo", None, "shipTo is missing"),
        ("shipFrom.countryCode", "UK", "shipFrom.countryCode"),
        ("shipFrom.countryCode", "PL", "AmazonShipping_PL"),
        ("shipFrom.stateOrRegion", " ", "shipFrom.stateOrRegion"),
        ("shipTo.postalCode", "", "shipTo.postalCode"),
        ("shipDate", "2020-01-01T00:00:00Z", "ShipDate"),
        ("channelDetails", {"channelType": "AMAZON"}, "amazonOrderDetails.orderId is missing"),
        ("channelDetails", {"channelType": "AMAZON", "amazonOrderDetails": {"orderId": "x"}}, "x"),
    ],
)
def test_a_parcel_that_cannot_be_is_refused_with_the_field_named(
    seller: Caller, path: str, value: object, named: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        rates(seller, changed(path, value))

    assert (refused.value.status, refused.value.code, refused.value.message) == (400, "InvalidInput", "Invalid input.")
    assert named in (refused.value.details or "")


def test_a_business_takes_parcels_of_its_own_country(seller: Caller) -> None:
    asked = msgspec.convert(sold_elsewhere(), v2.GetRates, strict=False)
    british = msgspec.structs.replace(asked, shipping_business_id=v2.ShippingBusinessId.AMAZON_SHIPPING_UK)

    with pytest.raises(InvalidInput) as refused:
        seller.send(british)

    assert "start in GB" in (refused.value.details or "")
    assert seller.send(
        msgspec.structs.replace(asked, shipping_business_id=v2.ShippingBusinessId.AMAZON_SHIPPING_US)
    ).payload.rates


def test_money_is_taken_at_the_door_in_india_alone_and_costs_something(seller: Caller) -> None:
    mumbai = WAREHOUSE | {"city": "Mumbai", "stateOrRegion": "MH", "postalCode": "400001", "countryCode": "IN"}
    here = sold_elsewhere(insuredValue={"unit": "INR", "value": 500}) | {"shipFrom": mumbai, "shipTo": mumbai}

    def cash(unit: str) -> dict[str, Any]:
        return {"valueAddedServices": {"collectOnDelivery": {"amount": {"unit": unit, "value": 499}}}}

    [plain] = rates(seller, here).rates
    [dear] = rates(seller, here | cash("INR")).rates
    [refused] = rates(seller, sold_elsewhere() | cash("USD")).ineligible_rates or []
    [foreign] = rates(seller, here | cash("USD")).ineligible_rates or []

    assert dear.total_charge.value - plain.total_charge.value == 35
    assert [one.ineligibility_reasons[0].code for one in (refused, foreign)] == ["UNSUPPORTED_VAS"] * 2


@pytest.mark.parametrize("business", list(v2.ShippingBusinessId), ids=lambda one: one.value)
def test_every_business_of_amazons_takes_a_parcel_at_home(seller: Caller, business: v2.ShippingBusinessId) -> None:
    country = {"UK": "GB", "UAE": "AE"}.get(business.value.rpartition("_")[2], business.value.rpartition("_")[2])
    at_home = WAREHOUSE | {"countryCode": country, "postalCode": "10115"}
    said = sold_elsewhere(insuredValue={"unit": "XXX", "value": 0}) | {"shipFrom": at_home, "shipTo": at_home}
    asked = msgspec.convert(said, v2.GetRates, strict=False)

    found = seller.send(msgspec.structs.replace(asked, shipping_business_id=business)).payload

    bought = seller.send(buying(found, found.rates[0].service_id)).payload
    assert tracked(seller, tracking_of(bought), found.rates[0].carrier_id).summary.status == "PreTransit"
