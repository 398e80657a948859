"""Tracking: any parcel of the market by one number, for the application that its seller let in."""

from __future__ import annotations

from typing import Any

import pytest
from modeled import check_form
from outside_shop import asks, shipments
from postage import buys, ordered, sold_elsewhere, tracking_of

from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrderItems,
    PackageDetail,
)
from sellingpartner.contract.scopes import NOTIFICATIONS, SHIPMENTS_TRACK
from sellingpartner.contract.tracking_2026_01_30 import GetShipmentTracking, TrackingDetail
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.model import TokenKind
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.testing import Caller, TestMarket

MODEL = "tracking_2026-01-30.json"
PATH = "/tracking/2026-01-30/shipments/track"


class Application:
    """The application itself, with a token for no seller, anew for each call."""

    def __init__(self, market: TestMarket, scope: str = SHIPMENTS_TRACK) -> None:
        self.market = market
        self.scope = scope

    @property
    def caller(self) -> Caller:
        holder = Identity(
            application_id=self.market.application.application_id,
            seller_id="",
            kind=TokenKind.GRANTLESS,
            scopes=frozenset({self.scope}),
        )
        with self.market.market.write() as unit:
            return self.market.anybody().with_token(issue(unit, TokenKind.GRANTLESS, holder))


@pytest.fixture
def grantless(market: TestMarket) -> Application:
    return Application(market)


def followed(application: Application, tracking_number: str | None = None, **named: Any) -> TrackingDetail:  # noqa: ANN401
    asked = GetShipmentTracking(tracking_number=tracking_number, **named)
    return application.caller.send(asked).tracking_detail


def codes(found: TrackingDetail) -> list[str]:
    return [one.status.code for one in found.milestone_history]


def confirmed(market: TestMarket, number: str) -> None:
    """An order that its seller ships by a label of somebody else's."""
    order_id = market.buys()
    market.advance(minutes=1)
    items = market.seller.send(GetOrderItems(order_id=order_id)).payload.order_items
    package = PackageDetail(
        package_reference_id="1",
        carrier_code="UPS",
        tracking_number=number,
        ship_date=market.now,
        order_items=[
            ConfirmShipmentOrderItem(order_item_id=one.order_item_id, quantity=one.quantity_ordered) for one in items
        ],
    )
    sent = ConfirmShipment(order_id=order_id, marketplace_id=market.marketplace_id, package_detail=package)
    market.seller.send(sent)


def test_a_bought_label_is_followed_until_it_arrives(market: TestMarket, grantless: Application) -> None:
    bought = buys(market.seller, ordered(market))
    number = tracking_of(bought)
    before = followed(grantless, number)
    assert (before.latest_milestone, before.milestone_history) == (None, [])
    assert before.tracking_estimates is not None

    market.advance(days=14)

    found = followed(grantless, number, carrier_code="ups")
    assert codes(found) == ["DELIVERED", "OUT_FOR_DELIVERY", "SHIPPED", "CARRIER_RECEIVED_SHIPMENT"]
    assert found.latest_milestone == found.milestone_history[0]
    assert found.identifier.carrier_tracking is not None
    assert found.identifier.carrier_tracking.carrier_code == "UPS"
    received = found.milestone_history[-1].location
    assert received is not None
    assert received.address is not None
    assert (received.address.city, received.address.region) == ("Detroit", "MI")
    assert followed(grantless, id=bought.shipment_id).milestone_history == found.milestone_history


def test_what_was_sold_elsewhere_and_what_travels_by_other_labels_is_followed_as_well(
    market: TestMarket, grantless: Application
) -> None:
    elsewhere = tracking_of(buys(market.seller, sold_elsewhere(), "std-us-swa-mfn"))
    confirmed(market, "1Z0000000000000001")
    market.advance(days=14)

    assert codes(followed(grantless, elsewhere))[0] == "DELIVERED"
    assert codes(followed(grantless, "1Z0000000000000001")) == ["DELIVERED", "SHIPPED"]


def test_a_package_of_a_fulfillment_order_has_a_number_of_amazons(market: TestMarket, grantless: Application) -> None:
    asks(market)
    market.advance(days=12)
    [package] = shipments(market.seller)[0].fulfillment_shipment_package or []
    assert package.amazon_fulfillment_tracking_number == f"AFTN{package.package_number}"

    found = followed(grantless, aftn=package.amazon_fulfillment_tracking_number)

    assert (codes(found)[0], codes(found)[-1]) == ("DELIVERED", "ORDER_PREPARING")
    same = codes(followed(grantless, package.tracking_number))
    assert codes(found)[:-1] == same
    [estimate] = found.tracking_estimates or []
    assert estimate.type == "ESTIMATED_DELIVERY_DATE"
    times = [one.occurred_at for one in found.milestone_history]
    assert times == sorted(times, reverse=True)


def test_what_does_not_arrive_is_told(market: TestMarket, grantless: Application) -> None:
    bought = buys(market.seller, ordered(market))
    market.advance(days=1)
    with market.market.write(market.seller.seller_id) as unit:
        move(unit, bought.shipment_id, ParcelStatus.REFUSED)
    market.advance(days=6)

    assert codes(followed(grantless, tracking_of(bought)))[:3] == [
        "RETURNED",
        "UNDELIVERABLE",
        "RECIPIENT_REFUSED_DELIVERY",
    ]


def test_an_application_follows_those_who_let_it_in(market: TestMarket, grantless: Application) -> None:
    number = tracking_of(buys(market.seller, ordered(market)))
    shown = followed(grantless, number)
    assert shown.tracking_url == f"https://www.swiship.com/track?id={number}"

    with market.market.write() as unit:
        [grant] = grants_of(unit, seller_id=market.seller.seller_id)
        revoke_grant(unit, grant.seller_id, grant.grant_id)

    with pytest.raises(NotFound) as unknown:
        followed(grantless, number)
    assert (unknown.value.code, unknown.value.message) == (
        "RESOURCE_NOT_FOUND",
        "The requested resource does not exist.",
    )


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({}, "BAD_REQUEST"),
        ({"carrier_code": "UPS"}, "BAD_REQUEST"),
        ({"id": ""}, "BAD_REQUEST"),
        ({"id": "one", "tracking_number": "two"}, "MULTIPLE_TRACKING_IDS_NOT_ALLOWED"),
        ({"aftn": "AFTN1", "tracking_number": "1Z"}, "MULTIPLE_TRACKING_IDS_NOT_ALLOWED"),
        ({"aftn": "TBA1"}, "InvalidInput"),
    ],
)
def test_one_number_is_named_and_no_other(grantless: Application, named: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        followed(grantless, **named)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "named",
    [
        {"aftn": "AFTN1"},
        {"aftn": "AFTN" + "9" * 400},
        {"aftn": "AFTN\u0661"},
        {"acsin": "75726371365"},
        {"container_number": "MSKU4538324"},
        {"house_bill_of_lading_number": "AMZDCN203A900BD3"},
        {"tracking_number": "1Z'; --"},
        {"id": "nothing"},
    ],
)
def test_a_number_of_nothing_leads_to_nothing(grantless: Application, named: dict[str, str]) -> None:
    with pytest.raises((NotFound, InvalidInput)):
        followed(grantless, **named)


def test_another_carriers_number_is_another_number(market: TestMarket, grantless: Application) -> None:
    number = tracking_of(buys(market.seller, ordered(market)))

    with pytest.raises(NotFound):
        followed(grantless, number, carrier_code="FEDEX")


def test_who_has_no_token_for_it_follows_nothing(market: TestMarket) -> None:
    number = tracking_of(buys(market.seller, ordered(market)))

    for caller in (Application(market, NOTIFICATIONS).caller, market.seller):
        with pytest.raises(Unauthorized):
            caller.send(GetShipmentTracking(tracking_number=number))


def test_the_answer_has_the_published_form(market: TestMarket, grantless: Application) -> None:
    number = tracking_of(buys(market.seller, ordered(market)))
    market.advance(days=14)

    shown = grantless.caller.call("GET", f"{PATH}?carrierTracking.trackingNumber={number}").json()

    check_form(shown, MODEL, "GetShipmentTrackingResponse")
    check_form(grantless.caller.call("GET", PATH).json(), MODEL, "ErrorList")
