"""An order of a service among orders of goods: it is listed and counted, and nothing of it is shipped or sent back."""

from __future__ import annotations

from typing import Any

import pytest
from serviceman import MOUNTING, Serviceman, utc

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem, GetListingsItemIncludedData
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.market.amounts import Money
from sellingpartner.market.appointments import commands
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.listings.opening import put_services_on_sale
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.market.orders.commands import ask_return
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.services.model import Offering
from sellingpartner.market.services.tables import service_offerings
from sellingpartner.server.console.window.timeline import life_of, timeline_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    return Serviceman(market)


def order_id_of(seller: Serviceman) -> str:
    return str(seller.job(seller.ordered()).service_order_id)


def test_it_is_listed_with_the_goods_and_told_of(seller: Serviceman, market: TestMarket) -> None:
    market.subscribe("ORDER_CHANGE")
    goods, service = market.buys("MUG-BLUE"), order_id_of(seller)
    market.advance(minutes=5)

    listed = market.seller.send(GetOrders(marketplace_ids=[US], created_after="2026-11-01T00:00:00Z")).payload.orders

    assert {one.amazon_order_id for one in listed} == {goods, service}
    told = [str(one.payload) for one in market.notifications("ORDER_CHANGE")]
    assert any(service in one for one in told)


def test_it_waits_for_no_parcel(seller: Serviceman, market: TestMarket) -> None:
    goods, service = market.buys("MUG-BLUE"), order_id_of(seller)

    paper = market.report("GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING")

    assert (goods in paper.text, service in paper.text) == (True, False)


def test_it_has_no_label(seller: Serviceman, market: TestMarket) -> None:
    item = seller.job(seller.ordered())
    body: dict[str, Any] = {
        "ShipmentRequestDetails": {
            "AmazonOrderId": item.service_order_id,
            "ItemList": [],
            "ShipFromAddress": {
                "Name": "Harbor Goods",
                "AddressLine1": "300 Turnbull Ave",
                "City": "Detroit",
                "StateOrProvinceCode": "MI",
                "PostalCode": "48123",
                "CountryCode": "US",
                "Email": "dispatch@harbor.example",
                "Phone": "1",
            },
            "PackageDimensions": {"Length": 10, "Width": 8, "Height": 4, "Unit": "inches"},
            "Weight": {"Value": 20, "Unit": "oz"},
            "ShippingServiceOptions": {
                "DeliveryExperience": "DeliveryConfirmationWithoutSignature",
                "CarrierWillPickUp": False,
            },
        }
    }
    refused = seller.post_to("POST", "/mfn/v0/eligibleShippingServices", body)

    (call,) = market.requests(operation="getEligibleShipmentServices")
    assert refused.status == 400
    assert "is of a service, of which nothing is shipped" in str(call.reason)


def test_nothing_of_it_is_sent_back(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    seller.books(job_id, "2026-11-03T18:00")
    market.clock.freeze(at=utc("2026-11-03T19:00"))
    seller.completes(job_id)
    order_id = str(seller.job(job_id).service_order_id)

    with (
        pytest.raises(InvalidInput, match="0 units can come back"),
        market.market.write(market.seller.seller_id) as unit,
    ):
        item = order_of(unit, order_id).items[0]
        ask_return(unit, order_id, quantities={item.order_item_id: 1}, reason="NoLongerNeeded")


def test_its_life_in_the_console_has_its_appointments(seller: Serviceman, market: TestMarket) -> None:
    job_id = seller.ordered()
    first = seller.books(job_id, "2026-11-03T18:00")
    market.clock.freeze(at=utc("2026-11-02T10:15"))
    seller.moves(job_id, first, "2026-11-03T19:00")

    order_id = str(seller.job(job_id).service_order_id)
    with market.market.read(market.seller.seller_id) as unit:
        life = life_of(unit, order_of(unit, order_id))
        told = [one for one in timeline_of(unit, life, shows_calls_of=None) if one.kind == "Service"]
        found = [(one.at, one.what) for one in told]

    assert found == [
        (utc("2026-11-02T09:00"), "Job offered"),
        (utc("2026-11-02T09:00"), "Appointment set"),
        (utc("2026-11-02T10:15"), "Appointment moved"),
        (utc("2026-11-03T19:00"), "Appointment"),
    ]
    assert told[1].more == "for 2026-11-03 18:00 UTC, 60 minutes, by the seller"
    assert told[2].more == "for 2026-11-03 19:00 UTC, 60 minutes, by the seller, R1"


@pytest.mark.parametrize("is_missed", [True, False])
def test_an_appointment_of_which_nothing_came_stands_where_it_was_given_up(
    seller: Serviceman, market: TestMarket, *, is_missed: bool
) -> None:
    job_id = seller.ordered()
    seller.books(job_id, "2026-11-03T18:00")
    ended = utc("2026-11-03T18:40" if is_missed else "2026-11-02T12:00")
    market.clock.freeze(at=ended)
    with market.market.write(market.seller.seller_id) as unit:
        if is_missed:
            commands.miss(unit, job_id)
        else:
            commands.give_up(unit, job_id, "StoreClosed")

    order_id = str(seller.job(job_id).service_order_id)
    with market.market.read(market.seller.seller_id) as unit:
        life = life_of(unit, order_of(unit, order_id))
        told = [one for one in timeline_of(unit, life, shows_calls_of=None) if one.kind == "Service"]

    begun = [(utc("2026-11-02T09:00"), "Job offered"), (utc("2026-11-02T09:00"), "Appointment set")]
    came_of_it = (
        [(utc("2026-11-03T18:00"), "Appointment"), (ended, "Appointment missed")]
        if is_missed
        else [(ended, "Job given up")]
    )
    assert [(one.at, one.what) for one in told] == [*begun, *came_of_it]


def test_it_can_be_bought_without_any_stock(seller: Serviceman, market: TestMarket) -> None:
    listing = GetListingsItem(
        seller_id=market.seller.seller_id,
        sku=MOUNTING,
        marketplace_ids=[US],
        included_data=[GetListingsItemIncludedData.SUMMARIES],
    )

    def shown() -> tuple[set[str], list[bool]]:
        (summary,) = market.seller.send(listing).summaries or []
        with market.market.read(market.seller.seller_id) as unit:
            contenders = contest_of(unit, US, summary.asin or "").contenders
        return {str(one) for one in summary.status}, [each.offer.is_available for each in contenders]

    for_sale = ({"BUYABLE", "DISCOVERABLE"}, [True])
    assert shown() == for_sale
    for units in (3, 0):
        with market.market.write(market.seller.seller_id) as unit:
            make_available(unit, MOUNTING, Place.SELLER, units, reference="a count")
        assert shown() == for_sale
    with market.market.write(market.seller.seller_id) as unit:
        set_price(unit, MOUNTING, US, Money(9900, "USD"))
    assert shown() == for_sale


def test_a_service_of_an_earlier_program_is_for_sale_once_its_market_is_opened(market: TestMarket) -> None:
    market.lists("MOUNTING-2", 9900, stock=0)
    with market.market.write(market.seller.seller_id) as unit:
        listing = listing_of(unit, "MOUNTING-2", US)
        offering = Offering(marketplace_id=US, sku="MOUNTING-2", asin=listing.asin)
        key = {"seller_id": unit.seller_id, "marketplace_id": US, "sku": "MOUNTING-2", "asin": listing.asin}
        unit.execute(service_offerings.insert(), key | {"document": offering})  # and its listing hears nothing of it
        before = record_of(unit, "MOUNTING-2", US)
    assert (before is not None and before.is_buyable) is False

    with market.market.write() as unit:
        put_services_on_sale(unit)

    with market.market.read(market.seller.seller_id) as unit:
        after = record_of(unit, "MOUNTING-2", US)
        assert (after is not None and after.is_buyable) is True
        assert [one.offer.is_available for one in contest_of(unit, US, listing.asin).contenders] == [True]
