"""What sellers, buyers and applications tell each other, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.contract.app_integrations_2024_04_01 import CreateNotification
from sellingpartner.contract.messaging_v1 import CreateUnexpectedProblem
from sellingpartner.market.events.messaging import BuyerAnswered
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

Spapi = Callable[..., Any]


def test_a_buyer_answers_what_a_seller_wrote(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys()
    market.seller.send(CreateUnexpectedProblem(amazon_order_id=order_id, marketplace_ids=[US], text="It broke."))

    assert spapi("message", "answer", order_id, "Then send another.").code == 0

    told = spapi("message", "list", order_id, "--json").json()
    assert [(one["sender"], one["text"]) for one in told["messages"]] == [
        ("BUYER", "Then send another."),
        ("SELLER", "It broke."),
    ]
    assert "unexpectedProblem" in told["allowed"]
    assert "It broke." in spapi("message", "list").out
    assert [fact.order_id for fact in market.facts(BuyerAnswered)] == [order_id]


def test_an_answer_about_no_order_is_refused(spapi: Spapi) -> None:
    told = spapi("message", "answer", "902-1234567-1234567", "Hello")

    assert told.code == 1
    assert told.err == "spapi: There is no order 902-1234567-1234567. `spapi orders list` lists a seller's.\n"
    assert spapi("message", "list").out == "Nobody wrote anything.\n"


def test_an_application_shows_the_seller_something_of_its_own(market: TestMarket, spapi: Spapi) -> None:
    application = market.application.application_id

    added = spapi(
        "app-notification", "add-template", application, "RECALL", "--title", "Recall", "--body", "Stop {sku}."
    )
    market.seller.send(CreateNotification(template_id="RECALL", notification_parameters={"sku": "MUG-RED"}))

    assert added.code == 0
    templates = spapi("app-notification", "templates", application, "--json").json()["templates"]
    assert {"templateId": "RECALL", "title": "Recall", "body": "Stop {sku}.", "parameters": ["sku"], "days": 14} in (
        templates
    )
    (one,) = spapi("app-notification", "list", "--json").json()["notifications"]
    assert (one["body"], one["status"]) == ("Stop MUG-RED.", "SHOWN")


def test_a_source_is_made_filled_sold_from_and_archived_by_hand(market: TestMarket, spapi: Spapi) -> None:
    made = spapi("supply", "create", "SHED", "--state", "OR", "--postal-code", "97201", "--json").json()
    spapi("stock", "set", "MUG-BLUE", "0")
    filled = spapi("supply", "put", "SHED", "MUG-BLUE", "3", "--json").json()
    order_id = market.buys("MUG-BLUE", 2)

    assert (made["status"], filled["units"]) == ("Active", 3)
    assert "does not list SKU 'MUG-BLU'; list it first." in spapi("supply", "put", "SHED", "MUG-BLU", "3").err
    shown = market.seller.call("GET", f"/orders/v0/orders/{order_id}").json()["payload"]
    assert shown["FulfillmentInstruction"]["FulfillmentSupplySourceId"] == made["supplySourceId"]
    assert "MUG-BLUE,3,2,1" in spapi("supply", "show", "SHED", "--csv").out
    assert 'MUG-BLUE,"at SHED, Active",3,2,1,SELLABLE' in spapi("stock", "show", "MUG-BLUE", "--csv").out
    assert spapi("supply", "switch", "SHED", "archived").code == 0
    refused = spapi("supply", "switch", "SHED", "on")
    assert (refused.code, "archived and cannot be modified" in refused.err) == (1, True)
    assert "SHED,SHED,Archived,OR,US,no,3" in spapi("supply", "list", "--csv").out
    none = "spapi: There is no supply source 'NONE'. `spapi supply list` lists a seller's.\n"
    assert spapi("supply", "show", "NONE").err == none
