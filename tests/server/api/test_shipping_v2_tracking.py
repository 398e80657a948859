"""Shipping v2: parcels followed until they are delivered, refused, lost or back."""

from __future__ import annotations

import pytest
from postage import WAREHOUSE, buys, sold_elsewhere, tracked, tracking_of

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.shipping import LabelRefunded
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import Caller, TestMarket


def moves(market: TestMarket, shipment_id: str, status: ParcelStatus) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, shipment_id, status)


def test_a_refused_parcel_comes_back_on_the_clock(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")
    moves(market, bought.shipment_id, ParcelStatus.REFUSED)

    assert tracked(seller, tracking_of(bought), "AMZN_US").summary.status == "Rejected"
    market.advance(days=10)

    seen = tracked(seller, tracking_of(bought), "AMZN_US")
    assert [(one.event_code.value, one.shipment_type) for one in seen.event_history][-3:] == [
        ("Rejected", "FORWARD"),
        ("ReturnInitiated", "RETURNS"),
        ("Delivered", "RETURNS"),
    ]
    assert seen.summary.status == "Rejected"
    assert seen.alternate_leg_tracking_id == tracking_of(bought)


def test_of_an_old_parcel_the_last_event_alone_is_told(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")
    market.advance(days=46)

    assert len(tracked(seller, tracking_of(bought), "AMZN_US").event_history) == 1


def test_a_parcel_is_followed_by_its_own_carrier(market: TestMarket, seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")

    with pytest.raises(InvalidInput, match="Invalid input"):
        tracked(seller, tracking_of(bought), "UPS")


def test_in_india_a_parcel_on_its_way_is_called_back(market: TestMarket, seller: Caller) -> None:
    mumbai = WAREHOUSE | {"city": "Mumbai", "stateOrRegion": "MH", "postalCode": "400001", "countryCode": "IN"}
    delhi = mumbai | {"name": "Asha", "city": "Delhi", "stateOrRegion": "DL", "postalCode": "110001"}
    said = sold_elsewhere(insuredValue={"unit": "INR", "value": 500})
    bought = buys(seller, said | {"shipFrom": mumbai, "shipTo": delhi}, "SWA-IN-OA")
    moves(market, bought.shipment_id, ParcelStatus.IN_TRANSIT)

    seller.send(v2.CancelShipment(shipment_id=bought.shipment_id))

    assert tracked(seller, tracking_of(bought), "ATS").event_history[-1].event_code == "ReturnInitiated"
    market.advance(days=10)
    assert tracked(seller, tracking_of(bought), "ATS").summary.status == "Undeliverable"
    assert market.facts(LabelRefunded) == []


@pytest.mark.parametrize(
    ("status", "said", "last"),
    [
        (ParcelStatus.IN_TRANSIT, "InTransit", "Departed"),
        (ParcelStatus.OUT_FOR_DELIVERY, "OutForDelivery", "OutForDelivery"),
        (ParcelStatus.ATTEMPTED, "DeliveryAttempted", "DeliveryAttempted"),
        (ParcelStatus.LOST, "Lost", "Lost"),
        (ParcelStatus.RETURNING, "Undeliverable", "ReturnInitiated"),
    ],
)
def test_what_happens_to_a_parcel_is_told_in_amazons_words(
    market: TestMarket, seller: Caller, status: ParcelStatus, said: str, last: str
) -> None:
    bought = buys(seller, sold_elsewhere(), "std-us-swa-mfn")
    moves(market, bought.shipment_id, status)

    seen = tracked(seller, tracking_of(bought), "AMZN_US")

    assert (seen.summary.status, seen.event_history[-1].event_code) == (said, last)


def test_a_refused_parcel_comes_back_to_where_its_seller_says(market: TestMarket, seller: Caller) -> None:
    said = sold_elsewhere() | {"returnTo": WAREHOUSE | {"city": "Toledo", "stateOrRegion": "OH"}}
    bought = buys(seller, said, "std-us-swa-mfn")
    moves(market, bought.shipment_id, ParcelStatus.REFUSED)
    market.advance(days=10)

    last = tracked(seller, tracking_of(bought), "AMZN_US").event_history[-1]

    assert last.location == v2.Location(city="Toledo", state_or_region="OH", country_code="US")


def test_a_parcel_that_a_buyer_sends_back_is_on_its_way_back_from_the_beginning(seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere() | {"shipmentType": "RETURNS"}, "std-us-swa-mfn")

    [begun] = tracked(seller, tracking_of(bought), "AMZN_US").event_history

    assert (begun.event_code, begun.shipment_type) == ("ReadyForReceive", "RETURNS")
