from __future__ import annotations

from typing import Any

import msgspec
import pytest
from modeled import check_form
from odd_values import NUMBERS

from sellingpartner.contract import app_integrations_2024_04_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.model import Application
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.events.integrations import AppNotificationShown
from sellingpartner.market.integrations.commands import add_template
from sellingpartner.market.integrations.model import AppNotification, Template
from sellingpartner.market.integrations.questions import notifications_shown
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US

BASE = "/appIntegrations/2024-04-01/notifications"
DONE = api.FeedbackActionCode.SELLER_ACTION_COMPLETED


def show(seller: Caller, template: str = "LOW_INVENTORY", **said: Any) -> str:  # noqa: ANN401 - any JSON
    asked = api.CreateNotification(template_id=template, notification_parameters=said, marketplace_id=US)
    return seller.send(asked).notification_id or ""


def shown(market: TestMarket) -> list[AppNotification]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return notifications_shown(unit)


def standing(market: TestMarket) -> list[str]:
    return [one.status for one in shown(market)]


def post(seller: Caller, path: str, said: object) -> tuple[int, Any]:
    reply = seller.call(
        "POST", BASE + path, headers={"content-type": "application/json"}, body=msgspec.json.encode(said)
    )
    return reply.status, reply.json() if reply.body else None


def registered(unit: UnitOfWork) -> Application:
    return register_application(unit, "Quay Desk", register_developer(unit, "Quay"), **REGISTRATION)[0]


def test_a_notification_says_what_its_template_says(market: TestMarket) -> None:
    notification_id = show(market.seller, sku="MUG-BLUE", quantity=3)

    (one,) = shown(market)
    assert (one.notification_id, one.title, one.body) == (
        notification_id,
        "Stock is running low",
        "MUG-BLUE has 3 units left.",
    )
    assert [fact.template_id for fact in market.facts(AppNotificationShown)] == ["LOW_INVENTORY"]


def test_a_notification_is_shown_until_it_is_over(market: TestMarket) -> None:
    show(market.seller)
    market.advance(days=13)
    assert standing(market) == ["SHOWN"]
    market.advance(days=1)
    assert standing(market) == ["EXPIRED"]


def test_feedback_ends_a_notification_and_changes_nothing_afterwards(market: TestMarket) -> None:
    notification_id = show(market.seller)
    feedback = api.RecordActionFeedback(notification_id=notification_id, feedback_action_code=DONE)
    market.seller.send(feedback)
    market.seller.send(feedback)
    market.advance(days=20)

    assert [(one.status, one.reason) for one in shown(market)] == [("COMPLETED", "SELLER_ACTION_COMPLETED")]


def test_an_application_takes_back_its_own_of_one_template_alone(market: TestMarket) -> None:
    show(market.seller)
    show(market.seller, "PRICE_CHANGE")
    with market.market.write() as unit:
        other = registered(unit)
    show(market.caller(application=other))

    gone = api.DeleteNotifications(template_id="LOW_INVENTORY", deletion_reason=api.DeletionReason.INCORRECT_CONTENT)
    market.seller.send(gone)

    assert sorted((one.template_id, one.status.value) for one in shown(market)) == [
        ("LOW_INVENTORY", "SHOWN"),
        ("LOW_INVENTORY", "WITHDRAWN"),
        ("PRICE_CHANGE", "SHOWN"),
    ]


def test_what_is_unknown_is_refused_in_amazons_words(market: TestMarket) -> None:
    seller = market.seller
    strangers = show(seller)
    with market.market.write() as unit:
        other = registered(unit)

    refused = [
        post(seller, "", {"templateId": "BAD_TEMPLATE_ID", "marketplaceId": US, "notificationParameters": {}}),
        post(seller, "/deletion", {"templateId": "NONE", "deletionReason": "INCORRECT_RECIPIENT"}),
        post(seller, "/x-y/feedback", {"feedbackActionCode": "SELLER_ACTION_COMPLETED"}),
        post(market.caller(application=other), f"/{strangers}/feedback", {"feedbackActionCode": DONE.value}),
    ]

    assert [status for status, _ in refused] == [400] * 4
    for _, answer in refused:
        check_form(answer, "appIntegrations-2024-04-01.json", "ErrorList")
    assert [(one["errors"][0]["message"], one["errors"][0]["details"]) for _, one in refused] == [
        ("Invalid Template Identifier(templateId)", "'BAD_TEMPLATE_ID' is an invalid templateId"),
        ("Invalid Template Id(templateId)", "'NONE' is an invalid templateId"),
        ("Invalid notificationId", "'x-y' is an invalid notificationId"),
        ("Invalid notificationId", f"'{strangers}' is an invalid notificationId"),
    ]
    assert standing(market) == ["SHOWN"]


@pytest.mark.parametrize("said", [{"color": "red"}, {"sku": ["x"]}, {"sku": None}, {"sku": "x" * 201}, {"sku": {}}])
def test_a_parameter_that_cannot_be_is_refused(market: TestMarket, said: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="notificationParameters"):
        show(market.seller, **said)
    assert shown(market) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_is_too_much(market: TestMarket, number: str) -> None:
    body = f'{{"templateId": "LOW_INVENTORY", "notificationParameters": {{"quantity": {number}}}}}'.encode()

    reply = market.seller.call("POST", BASE, headers={"content-type": "application/json"}, body=body)

    assert reply.status in {200, 400}


def test_a_marketplace_is_one_of_the_sellers(market: TestMarket) -> None:
    asked = api.CreateNotification(
        template_id="PRICE_CHANGE", notification_parameters={}, marketplace_id=BY_COUNTRY["JP"].marketplace_id
    )
    with pytest.raises(InvalidInput, match="is not a marketplace of this seller"):
        market.seller.send(asked)


def test_a_template_is_registered_for_one_application(market: TestMarket) -> None:
    mine = market.application.application_id
    with market.market.write() as unit:
        add_template(unit, mine, "RECALL", Template(title="Recall", body="Stop {sku}!"))
        add_template(unit, mine, "RECALL", Template(title="Recall", body="Stop selling {sku}!", days=1))
        other = registered(unit)

    show(market.seller, "RECALL", sku="MUG-RED")

    assert [one.body for one in shown(market)] == ["Stop selling MUG-RED!"]
    with pytest.raises(InvalidInput):
        show(market.caller(application=other), "RECALL")


@pytest.mark.parametrize(
    ("template_id", "template", "reason"),
    [
        ("lower", Template(title="A", body="B"), "templateId"),
        ("X" * 61, Template(title="A", body="B"), "templateId"),
        ("A", Template(title=" ", body="B"), "title"),
        ("A", Template(title="A", body="B" * 1001), "body"),
        ("A", Template(title="A", body="B", days=0), "days"),
    ],
)
def test_a_template_that_cannot_be_is_refused(
    market: TestMarket, template_id: str, template: Template, reason: str
) -> None:
    with market.market.write() as unit, pytest.raises(InvalidInput, match=reason):
        add_template(unit, market.application.application_id, template_id, template)


def test_a_notification_lives_on_both_databases(database_url: str) -> None:
    market = TestMarket(database_url)
    with market.market.write() as unit:
        for body in ("Stop {sku}!", "Stop selling {sku}!"):
            add_template(unit, market.application.application_id, "RECALL", Template(title="Recall", body=body))
    gone = api.DeleteNotifications(template_id="RECALL", deletion_reason=api.DeletionReason.INCORRECT_CONTENT)
    show(market.seller, "RECALL", sku="MUG-RED")
    market.seller.send(gone)
    notification_id = show(market.seller, "RECALL")
    market.seller.send(api.RecordActionFeedback(notification_id=notification_id, feedback_action_code=DONE))

    assert sorted((one.status.value, one.body) for one in shown(market)) == [
        ("COMPLETED", "Stop selling !"),
        ("WITHDRAWN", "Stop selling MUG-RED!"),
    ]
    market.close()
