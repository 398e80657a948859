"""The appstore's way: the seller begins, and the application comes back for what it was given."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, REPORTS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.model import ApplicationStatus

Town = Any  # tests/server/console/conftest.py
Browser = Any

LOGIN = "https://desk.example/login?from=store"


@pytest.fixture
def store(town: Town) -> str:
    """Where the store offers the application."""
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, login_uri=LOGIN)
    return f"/apps/store/{town.application.application_id}"


@pytest.fixture
def shopper(store: str, browser: Browser) -> Browser:
    """Ada at the application's page in the store."""
    browser.open(store).signs_in()
    return browser


def confirm(town: Town, amazon_state: str, **more: str) -> str:
    """Where the application sends the browser back."""
    query = urlencode({"amazon_state": amazon_state, "state": "its-0wn"} | more)
    return f"/apps/authorize/confirm/{town.application.application_id}?{query}"


def test_the_application_is_told_where_to_come_back_to(town: Town, store: str, shopper: Browser) -> None:
    assert "Wharf Desk asks for access to Harbor Goods" in shopper.text
    assert "If you approve, your browser then goes to desk.example" in shopper.text

    shopper.send(store, decision="approve")

    assert shopper.outside.startswith(f"{LOGIN}&amazon_callback_uri=")
    told = shopper.answer
    assert told.pop("amazon_state")
    assert told == {
        "from": "store",
        "amazon_callback_uri": f"http://127.0.0.1:80/apps/authorize/confirm/{town.application.application_id}",
        "selling_partner_id": town.seller_id,
    }


def test_back_from_there_it_gets_the_code_in_amazons_form(town: Town, store: str, shopper: Browser) -> None:
    shopper.send(store, decision="approve", ticks={FINANCE: False})

    shopper.open(confirm(town, shopper.answer["amazon_state"]))

    assert shopper.outside.startswith("https://desk.example/callback?state=its-0wn&spapi_oauth_code=")
    assert sorted(shopper.answer) == ["selling_partner_id", "spapi_oauth_code", "state"]
    exchanged = town.exchange(shopper.answer["spapi_oauth_code"])
    assert exchanged.json()["scope"] == f"{ORDERS} {INVENTORY}"


def test_it_may_name_another_of_its_uris(town: Town, store: str, shopper: Browser) -> None:
    shopper.send(store, decision="approve")

    shopper.open(confirm(town, shopper.answer["amazon_state"], redirect_uri="https://desk.example/other?tenant=7"))

    assert shopper.outside.startswith("https://desk.example/other?tenant=7&state=its-0wn&")


def test_a_draft_is_told_that_it_is_tried_out(town: Town, store: str, shopper: Browser) -> None:
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, status=ApplicationStatus.DRAFT)
    assert "Error MD1000" in shopper.open(store).text

    shopper.open(f"{store}?version=beta").send(store, decision="approve")

    assert shopper.answer["version"] == "beta"
    assert shopper.open(confirm(town, shopper.answer["amazon_state"])).answer["state"] == "its-0wn"


def test_who_denies_in_the_store_stays_there(town: Town, store: str, shopper: Browser) -> None:
    shopper.send(store, decision="deny")

    assert (shopper.target, shopper.outside) == ("/console/applications", "")
    assert "Consent denied" in shopper.text


def test_an_application_without_a_login_uri_is_not_in_the_store(town: Town, browser: Browser) -> None:
    browser.open(f"/apps/store/{town.application.application_id}")

    assert (browser.reply.status, "Error MD9100" in browser.text) == (400, True)


def test_the_state_of_the_store_is_good_once(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    shopper.open(confirm(town, state))

    shopper.open(confirm(town, state))

    assert (shopper.reply.status, shopper.outside) == (400, "")
    assert "The amazon_state was used before." in shopper.text


def test_it_is_good_for_ten_minutes(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    town.market.advance(minutes=10)

    shopper.open(confirm(town, state))

    assert (shopper.reply.status, "ten minutes after it was made" in shopper.text) == (400, True)


def test_it_is_good_for_the_person_whom_it_was_made_for(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    town.user("dora@other.example", "Dora Quill", seller_id=town.market.join("Other Goods").seller_id)
    other = town.browser().signs_in("dora@other.example")

    other.open(confirm(town, state))

    assert (other.reply.status, other.outside) == (400, "")
    assert shopper.open(confirm(town, state)).answer["state"] == "its-0wn"


def test_it_is_good_for_the_application_that_it_was_made_for(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    rival = town.registers("Rival", redirect_uris=("https://rival.example/",), status=ApplicationStatus.PUBLISHED)

    shopper.open(f"/apps/authorize/confirm/{rival.application_id}?amazon_state={state}&state=x")

    assert (shopper.reply.status, shopper.outside) == (400, "")


def test_who_is_signed_out_on_the_way_signs_in_and_goes_on(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    shopper.cookies.clear()

    asked = shopper.open(confirm(town, state)).reply
    shopper.signs_in()

    assert "form-action 'self' https://desk.example;" in asked.headers["content-security-policy"]  # for the redirect
    assert shopper.answer["state"] == "its-0wn"


@pytest.mark.parametrize("query", ["", "amazon_state=made-up&state=x", "state=x", "amazon_state=%00&state=x"])
def test_a_confirmation_without_the_stores_state_is_none(town: Town, shopper: Browser, query: str) -> None:
    shopper.open(f"/apps/authorize/confirm/{town.application.application_id}?{query}")

    assert (shopper.reply.status, shopper.outside) == (400, "")


def test_a_scope_that_came_after_the_store_is_not_given(town: Town, store: str, shopper: Browser) -> None:
    state = shopper.send(store, decision="approve").answer["amazon_state"]
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, scopes=(ORDERS, REPORTS))

    shopper.open(confirm(town, state))

    assert town.exchange(shopper.answer["spapi_oauth_code"]).json()["scope"] == ORDERS
