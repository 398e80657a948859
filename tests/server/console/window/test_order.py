"""One order on its page: its life from every context, and what can be done to it, by whom."""

from __future__ import annotations

from typing import Any

import pytest
from outside_shop import asks, market_orders
from page_browser import Browser
from serviceman import Serviceman, utc

from sellingpartner.contract.market_v1 import AnswerMessage
from sellingpartner.market.events.orders import OrderCanceled, OrderShipped, RefundIssued, ReturnReceived
from sellingpartner.server.control.buying.messages import answer_message
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
TRACKING = "1Z999AA10123456784"


@pytest.fixture
def operator(browser: Browser) -> Browser:
    return browser.opens_market()


def place(order_id: str) -> str:
    return f"/console/orders/{order_id}"


def ships(browser: Browser, order_id: str) -> Browser:
    return browser.open(place(order_id)).send(f"{order_id}/ship", tracking=TRACKING)


def test_its_life_is_told_from_the_purchase_to_the_release_of_its_money(market: TestMarket, operator: Browser) -> None:
    market.subscribe("ORDER_CHANGE")
    order_id = market.buys(quantity=2)

    ships(operator, order_id)
    assert "The package has left." in operator.text
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]
    assert "Held" in operator.text

    market.advance(days=21)
    life = operator.open(place(order_id)).text
    for told in ("Order placed", "Order paid", "order ship", "Package shipped", "ORDER_CHANGE", "Package delivered"):
        assert told in life, told
    for told in ("Principal 29.98 USD", "Commission -4.50 USD", "Release 25.48 USD", "Released", TRACKING):
        assert told in life, told


def test_a_call_stands_before_what_it_led_to(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys()

    life = ships(operator, order_id).text.partition("Its life")[2]

    assert life.index("Order placed") < life.index("order ship") < life.index("Package shipped")
    (link,) = [link for link in operator.page.links if link.startswith("/console/requests/")]
    assert "Package shipped" in operator.open(link).text


def test_a_service_that_is_done_is_not_sent_back(market: TestMarket, operator: Browser) -> None:
    seller = Serviceman(market)
    job_id = seller.ordered()
    seller.books(job_id, "2026-11-03T18:00")
    market.clock.freeze(at=utc("2026-11-03T19:00"))
    seller.completes(job_id)

    page = operator.open(place(str(seller.job(job_id).service_order_id)))

    assert "Give the money back" in page.text
    assert "Ask to send it back" not in page.text


def test_a_service_is_shown_as_one_and_not_as_goods(market: TestMarket, operator: Browser) -> None:
    seller = Serviceman(market)
    job_id = seller.ordered()
    order_id = str(seller.job(job_id).service_order_id)

    waiting = operator.open(place(order_id)).text
    seller.books(job_id, "2026-11-03T18:00")
    booked = operator.open(place(order_id)).text
    market.clock.freeze(at=utc("2026-11-03T19:00"))
    seller.completes(job_id)
    done = operator.open(place(order_id)).text
    listed = operator.open("/console/orders").text

    for page in (waiting, booked, done):
        assert "a service, done at an appointment" in page
        assert f"{job_id} " in page
        for of_goods in ("Ship by", "Arrives by", "Shipped by", "Package 1", "Ordered Shipped"):
            assert of_goods not in page, of_goods
    assert "Pending schedule" in waiting
    assert "The seller sets one, or the buyer books." in waiting
    assert "Not serviced" in booked
    assert "Completed" in done
    assert " Service " in listed
    assert "Seller ships " not in listed.partition(order_id)[2]


def test_each_step_of_an_appointment_is_in_the_life_of_its_order(market: TestMarket, operator: Browser) -> None:
    seller = Serviceman(market)
    job_id = seller.ordered()
    order_id = str(seller.job(job_id).service_order_id)
    market.advance(hours=1)
    first = seller.books(job_id, "2026-11-03T18:00")
    market.advance(hours=1)
    second = seller.moves(job_id, first, "2026-11-04T18:00").appointment_id
    market.advance(hours=1)
    seller.assigns(job_id, str(second), "TECHANN")
    market.advance(days=5)
    seller.books(job_id, "2026-11-10T18:00")

    life = operator.open(place(order_id)).text.partition("Its life")[2]

    steps = (
        "Job offered",
        "Appointment set for 2026-11-03 18:00 UTC, 60 minutes, by the seller",
        "Appointment moved for 2026-11-04 18:00 UTC, 60 minutes, by the seller, R1",
        "Technicians assigned TECHANN",
        "Appointment 60 minutes, TECHANN, store STOREPORTLAND",
        "Appointment missed",
        "Appointment set for 2026-11-10 18:00 UTC, 60 minutes, by the seller",
        "Appointment 60 minutes, store STOREPORTLAND",
    )
    found = [life.find(one) for one in steps]
    assert -1 not in found, dict(zip(steps, found, strict=True))
    assert found == sorted(found)
    assert "addAppointmentForServiceJobByServiceJobId" in life


def test_a_seller_ships_what_is_theirs(market: TestMarket, browser: Browser) -> None:
    order_id = market.buys()
    browser.signs_in()

    ships(browser, order_id)

    assert browser.reply.status == 200
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]


def test_another_sellers_order_is_as_one_that_is_not_there(town: Town, browser: Browser) -> None:
    other = town.market.join("Second Shop")
    town.user("eve@second.example", "Eve Lund", seller_id=other.seller_id)
    order_id = town.market.buys()
    browser.signs_in("eve@second.example")
    csrf = dict(browser.form("/console/sign-out").fields)["csrf"]
    nowhere = "111-0000000-0000000"

    answers = []
    for asked in (order_id, nowhere):
        read = browser.open(place(asked))
        told = read.text.replace(asked, "ID")
        deeds = [browser.post(f"{place(asked)}/{name}", [("csrf", csrf)]) for name in ("ship", "cancel", "refund")]
        answers.append((read.reply.status, told, [(one.reply.status, one.text.replace(asked, "ID")) for one in deeds]))

    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert market_is_untouched(town.market)


def market_is_untouched(market: TestMarket) -> bool:
    return market.facts(OrderShipped) == [] and market.facts(OrderCanceled) == []


@pytest.mark.parametrize("deed", ["pay", "ask-to-cancel", "return", "send-back", "deliver"])
def test_what_buyers_do_is_not_a_sellers_to_do(market: TestMarket, browser: Browser, deed: str) -> None:
    order_id = market.buys(paid=False)
    browser.signs_in().open(place(order_id))
    csrf = dict(browser.form("/console/sign-out").fields)["csrf"]

    browser.post(f"{place(order_id)}/{deed}", [("csrf", csrf), ("how", "at-once")])

    assert browser.reply.status == 403
    assert market.facts("OrderPaid") == []
    assert market.facts(OrderCanceled) == []


def test_a_buyer_pays(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys(paid=False)

    operator.open(place(order_id)).send(f"{order_id}/pay")

    assert "Its payment is authorized." in operator.text
    assert "Unshipped" in operator.text


def test_a_buyer_asks_for_its_cancellation_and_the_seller_cancels(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys()

    operator.open(place(order_id)).send(f"{order_id}/ask-to-cancel", how="ask", reason="Found it elsewhere")
    assert "to cancel it: Found it elsewhere" in operator.text
    assert market.facts(OrderCanceled) == []

    operator.send(f"{order_id}/cancel", reason="BuyerAsked")
    (fact,) = market.facts(OrderCanceled)
    assert (fact.canceled_by, fact.reason) == ("Seller", "BuyerAsked")
    assert "Seller: BuyerAsked" in operator.text


def test_it_comes_back_and_the_buyer_is_refunded(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys(quantity=2)
    item = ships(operator, order_id)
    operator.send(f"{order_id}/deliver", status="Delivered")
    assert "Delivered" in item.text

    units = next(name for name, _ in operator.form(f"{order_id}/return").fields if name.startswith("units-"))
    operator.fills(f"{order_id}/return", {"how": "by-hand", "reason": "Defective", units: "1"})
    operator.send(f"{order_id}/send-back")
    operator.send(f"{order_id}/receive", condition="DEFECTIVE")
    (received,) = market.facts(ReturnReceived)
    assert [(line.quantity) for line in received.lines] == [1]

    operator.fills(f"{order_id}/refund", {units: "1"})
    (refund,) = market.facts(RefundIssued)
    assert sum(line.quantity for line in refund.lines) == 1
    for told in ("Return asked", "Return received", "Refund"):
        assert told in operator.text

    operator.send(f"{order_id}/refund")
    assert [line.quantity for refund in market.facts(RefundIssued) for line in refund.lines] == [1, 1]
    assert "Give the money back" not in operator.text


def test_what_another_shop_was_paid_for_is_not_refunded_here(market: TestMarket, operator: Browser) -> None:
    asks(market)
    market.advance(days=10)
    (order_id,) = market_orders(market)

    assert "Give the money back" not in operator.open(place(order_id)).text
    csrf = dict(operator.form(f"{order_id}/return").fields)["csrf"]
    refused = operator.post(f"{place(order_id)}/refund", [("csrf", csrf)])

    assert (refused.reply.status, "its buyer paid another shop" in refused.text) == (400, True)
    assert market.facts(RefundIssued) == []


def test_a_part_of_it_is_shipped(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys(quantity=3)
    operator.open(place(order_id))
    units = next(name for name, _ in operator.form(f"{order_id}/ship").fields if name.startswith("units-"))

    operator.fills(f"{order_id}/ship", {units: "2", "tracking": TRACKING})
    assert "PartiallyShipped" in operator.text

    operator.send(f"{order_id}/ship", tracking=TRACKING)
    assert len(market.facts("PackageShipped")) == 2
    assert len(market.facts(OrderShipped)) == 1


@pytest.mark.parametrize(
    ("deed", "fields", "status"),
    [
        ("ship", {"carrier": "Other", "carrier_name": "", "tracking": TRACKING}, 400),
        ("ship", {}, 400),
        ("ship", {"tracking": " "}, 400),
        ("ship", {"tracking": "\x00"}, 400),
        ("refund", {}, 400),
        ("receive", {"return": "R1"}, 404),
        ("receive", {"return": "R1", "condition": "EATEN"}, 400),
        ("deliver", {"parcel": "P1"}, 404),
        ("return", {}, 400),
        ("explode", {}, 404),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_happens(
    market: TestMarket, operator: Browser, deed: str, fields: dict[str, str], status: int
) -> None:
    order_id = market.buys()
    operator.open(place(order_id))
    csrf = dict(operator.form("/console/sign-out").fields)["csrf"]
    before = len(market.facts("OrderPaid")), market.facts("PackageShipped"), market.facts(RefundIssued)

    operator.post(f"{place(order_id)}/{deed}", [("csrf", csrf), *fields.items()])

    assert operator.reply.status == status, operator.text
    assert (len(market.facts("OrderPaid")), market.facts("PackageShipped"), market.facts(RefundIssued)) == before


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"carrier": "Other", "carrier_name": "Swift & Sons", "tracking": ""}, "tracking is empty; fill it in."),
        ({"carrier": "Other", "carrier_name": "", "tracking": TRACKING}, "carrierName is required"),
    ],
)
def test_a_shipment_that_is_refused_shows_the_form_again_as_it_was_filled_in(
    market: TestMarket, operator: Browser, said: dict[str, str], why: str
) -> None:
    order_id = market.buys(quantity=3)
    operator.open(place(order_id))
    units = next(name for name, _ in operator.form(f"{order_id}/ship").fields if name.startswith("units-"))

    operator.fills(f"{order_id}/ship", said | {units: "2"})

    again = dict(operator.form(f"{order_id}/ship").fields)
    assert operator.reply.status == 400
    assert why in operator.text
    assert {name: again[name] for name in (*said, units)} == said | {units: "2"}
    assert dict(operator.form(f"{order_id}/cancel").fields)["reason"] == "NoInventory"
    assert market.facts("PackageShipped") == []

    operator.send(f"{order_id}/ship", carrier="UPS", tracking=TRACKING)
    (fact,) = market.facts("PackageShipped")
    assert [line.quantity for line in fact.lines] == [2]  # type: ignore[attr-defined]


def test_of_several_forms_alike_the_one_that_was_sent_is_filled_in_again(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys(quantity=2)
    ships(operator, order_id).send(f"{order_id}/deliver", status="Delivered")
    units = next(name for name, _ in operator.form(f"{order_id}/return").fields if name.startswith("units-"))

    operator.fills(f"{order_id}/return", {"reason": "x" * 101, units: "1"})

    assert operator.reply.status == 400
    assert dict(operator.form(f"{order_id}/return").fields)[units] == "1"
    assert dict(operator.form(f"{order_id}/refund").fields)[units] == "2"


@pytest.mark.parametrize("name", ["%00", "111", "x" * 300, "%F0%9F%98%80"])
def test_what_names_no_order_is_not_there(operator: Browser, name: str) -> None:
    assert operator.open(f"/console/orders/{name}").reply.status in {400, 404}


def test_an_order_of_amazons_has_no_button_to_ship_it(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys("LAMP-OAK")

    operator.open(place(order_id))

    assert f"{place(order_id)}/ship" not in [form.action for form in operator.page.forms]
    assert "Amazon" in operator.text


def test_what_buyer_and_seller_wrote_is_in_its_life(market: TestMarket, operator: Browser) -> None:
    order_id = market.buys()
    answer_message(market.desk, AnswerMessage(order_id=order_id, text="When does it ship?"))

    assert "When does it ship?" in operator.open(place(order_id)).text
