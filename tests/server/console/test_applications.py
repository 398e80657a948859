"""A seller looks at what it let in, and takes it back."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.app_integrations_2024_04_01 import (
    CreateNotification,
    FeedbackActionCode,
    RecordActionFeedback,
)
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, SCOPES
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Distribution
from sellingpartner.market.accounts.questions import grants_of

Town = Any  # tests/server/console/conftest.py
Browser = Any


@pytest.fixture
def ada(town: Town, browser: Browser) -> Browser:
    """Ada, who has let Wharf Desk in, and Harbor Desk long before, and signed in."""
    with town.market.market.write(town.seller_id) as unit:
        give_grant(unit, town.seller_id, town.application.application_id)
    browser.signs_in()
    return browser


def place(town: Town) -> str:
    return f"/console/applications/{town.application.application_id}"


def scopes_of(town: Town, seller_id: str = "") -> list[tuple[str, ...]]:
    with town.market.market.read() as unit:
        found = grants_of(unit, seller_id=seller_id or town.seller_id, application_id=town.application.application_id)
        return [grant.scopes for grant in found if grant.stands(unit.now)]


def test_the_list_shows_what_may_act_since_when_and_whether_it_ever_did(town: Town, ada: Browser) -> None:
    town.market.seller.call("GET", "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01")

    ada.open("/console/applications")

    assert "Wharf Desk By Wharf Software. Given on November 2, 2026. Never used." in ada.text
    assert "Harbor Desk By Quayside Software. Given on November 2, 2026. Last used Nov 2, 2026, 09:00 UTC." in ada.text
    assert "Finances: never used" in ada.text


def test_an_application_shows_what_it_called_and_which_scopes_it_never_needed(town: Town, ada: Browser) -> None:
    harbor = town.market.application.application_id
    for _ in range(2):
        town.market.seller.call("GET", "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01")
    town.market.seller.call("GET", "/orders/v0/orders/902-0000000-0000000")

    ada.open(f"/console/applications/{harbor}")

    assert "Orders See your orders and work on them. Used 3 times, last Nov 2, 2026, 09:00 UTC." in ada.text
    assert "Inventory Never used" in ada.text
    assert "getOrders orders v0 2 0 Nov 2, 2026, 09:00 UTC" in ada.text
    assert "getOrder orders v0 1 1 Nov 2, 2026, 09:00 UTC" in ada.text


def test_unticking_takes_a_scope_back_at_once(town: Town, ada: Browser) -> None:
    ada.open(place(town)).send("/narrow", ticks={FINANCE: False})

    assert "Saved. What you unticked has stopped." in ada.text
    assert "Permission narrowed" in ada.text
    assert scopes_of(town) == [(ORDERS, INVENTORY)]


def test_saving_without_a_change_changes_nothing(town: Town, ada: Browser) -> None:
    ada.open(place(town)).send("/narrow")

    assert "Saved" not in ada.text
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_unticking_everything_asks_whether_to_revoke(town: Town, ada: Browser) -> None:
    ada.open(place(town)).send("/narrow", ticks=dict.fromkeys((ORDERS, INVENTORY, FINANCE), False))

    assert "Revoke Wharf Desk?" in ada.text
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_revoking_is_asked_for_and_then_done_at_once(town: Town, ada: Browser) -> None:
    harbor = f"/console/applications/{town.market.application.application_id}"
    ada.open(f"{harbor}/revoke")
    assert "Revoke Harbor Desk?" in ada.text

    ada.send("/revoke")

    assert "The application can do nothing more for you." in ada.text
    assert "Harbor Desk Revoked on November 2, 2026" in ada.text
    reply = town.market.seller.call("GET", "/sellers/v1/marketplaceParticipations")
    assert (reply.status, reply.json()["errors"][0]["details"]) == (
        403,
        "The access token has expired or been revoked.",
    )
    assert ada.open(f"{harbor}/revoke").target == harbor
    assert [form.action for form in ada.page.forms] == ["/console/sign-out"]


def test_a_permission_that_is_over_says_how_it_ended(town: Town, browser: Browser) -> None:
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, distribution=Distribution.LISTED)
    with town.market.market.write(town.seller_id) as unit:
        give_grant(unit, town.seller_id, town.application.application_id)
    assert "until November 2, 2027" in browser.signs_in().text
    town.market.advance(days=366)

    browser.signs_in()

    assert "Wharf Desk Expired on November 2, 2027" in browser.text


def test_nobody_sees_or_touches_what_is_anothers(town: Town, ada: Browser) -> None:
    other = town.market.join("Other Goods")
    town.user("dora@other.example", "Dora Quill", seller_id=other.seller_id)
    dora = town.browser().signs_in("dora@other.example")
    assert "No application may act for you." in dora.text

    for path in ("", "/revoke"):
        assert dora.open(place(town) + path).reply.status == 404
    form = dora.open("/console/applications").form("/console/sign-out").fields
    for path in ("/narrow", "/revoke"):
        assert dora.post(place(town) + path, form).reply.status == 404
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


@pytest.mark.parametrize("path", ["/narrow", "/revoke"])
def test_another_sites_page_cannot_take_anything_back(town: Town, ada: Browser, path: str) -> None:
    form = ada.form("/console/sign-out").fields

    assert ada.post(place(town) + path, []).reply.status == 403
    assert ada.post(place(town) + path, form, **{"Sec-Fetch-Site": "same-site"}).reply.status == 403
    assert town.browser().post(place(town) + path, form).target.startswith("/console/sign-in")
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_who_is_not_the_primary_user_may_look_and_not_touch(town: Town, ada: Browser) -> None:
    town.user("eve@harbor.example", "Eve Lund", seller_id=town.seller_id, is_primary=False)
    eve = town.browser().signs_in("eve@harbor.example")
    eve.open(place(town))

    eve.send("/narrow", ticks={FINANCE: False})

    assert (eve.reply.status, "Only the primary user may change this" in eve.text) == (403, True)
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_a_developer_has_no_such_page(town: Town, browser: Browser) -> None:
    browser.signs_in("ben@wharf.example")

    assert browser.open("/console/applications").reply.status == 403
    assert "You act for no seller" in browser.text


def test_the_history_says_who_did_what_from_where(town: Town, ada: Browser) -> None:
    ada.open(place(town)).send("/narrow", ticks={FINANCE: False})

    assert (
        "Permission narrowed grant: 2; withdrawn: Finances; scopes: Orders, Inventory Ada Finch 127.0.0.1" in ada.text
    )
    assert "Permission given" in ada.text
    assert len(SCOPES) == 7


def test_what_an_application_shows_stands_on_the_sellers_page_until_it_is_done_with(town: Town, ada: Browser) -> None:
    market = town.market
    asked = CreateNotification(template_id="LOW_INVENTORY", notification_parameters={"sku": "<MUG>", "quantity": 3})
    shown = market.seller.send(asked).notification_id

    assert "<MUG> has 3 units left." in ada.open("/console/applications").text
    market.seller.send(
        RecordActionFeedback(notification_id=shown, feedback_action_code=FeedbackActionCode.SELLER_ACTION_COMPLETED)
    )
    assert "units left" not in ada.open("/console/applications").text
