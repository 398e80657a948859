"""The three grants, as applications live through them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from sellingpartner.contract.scopes import FINANCE, GRANTLESS_SCOPES, INVENTORY, NOTIFICATIONS, ORDERS, SCOPES
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.events.accounts import GrantGiven, GrantRevoked

Desk = Any  # tests/server/authorization/conftest.py


def test_a_refresh_token_earns_an_access_token_and_stays_as_it_is(desk: Desk) -> None:
    reply = desk.refresh()

    said = reply.json()
    assert reply.status == 200
    assert said.pop("access_token").startswith("Atza|")
    assert said == {
        "refresh_token": desk.refresh_token,
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": " ".join(SCOPES),
    }


def test_the_answer_has_the_headers_of_amazons(desk: Desk) -> None:
    headers = desk.refresh().headers

    assert len(headers.pop("x-amzn-requestid")) == 36
    assert headers == {
        "content-type": "application/json;charset=UTF-8",
        "cache-control": "no-cache, no-store, must-revalidate",
        "pragma": "no-cache",
        "x-amz-date": "Mon, 02 Nov 2026 09:00:00 GMT",
    }


def test_a_refresh_token_may_be_used_as_often_as_one_likes(desk: Desk) -> None:
    tokens = {desk.refresh().json()["access_token"] for _ in range(5)}

    assert len(tokens) == 5
    assert {desk.calls_with(token).status for token in tokens} == {200}


def test_an_access_token_lasts_for_an_hour_of_market_time(desk: Desk) -> None:
    token = desk.refresh().json()["access_token"]

    desk.market.advance(seconds=3599)
    assert desk.calls_with(token).status == 200
    desk.market.advance(seconds=1)
    refused = desk.calls_with(token)

    assert refused.status == 403
    assert refused.json()["errors"][0]["details"] == "The access token you provided has expired."


def test_a_code_is_exchanged_for_a_grant_with_the_scopes_that_the_seller_ticked(desk: Desk) -> None:
    reply = desk.exchange(desk.code(scopes=(INVENTORY, ORDERS)))

    said = reply.json()
    assert reply.status == 200
    assert said["access_token"].startswith("Atza|")
    assert said["refresh_token"].startswith("Atzr|")
    assert (said["token_type"], said["expires_in"]) == ("bearer", 3600)
    assert said["scope"] == f"{INVENTORY} {ORDERS}"
    given = desk.market.facts(GrantGiven)[-1]
    assert (given.application_id, given.scopes) == (desk.application.application_id, (INVENTORY, ORDERS))


def test_the_answer_names_the_scopes_of_the_grant_and_not_those_of_the_code(desk: Desk) -> None:
    code = desk.code(scopes=(INVENTORY, ORDERS))
    with desk.market.market.write() as unit:
        change_application(unit, desk.application.application_id, scopes=(ORDERS, FINANCE))

    said = desk.exchange(code).json()

    assert said["scope"] == ORDERS
    assert desk.market.facts(GrantGiven)[-1].scopes == (ORDERS,)


def test_another_applications_revoked_token_is_like_any_that_is_not_ones_own(desk: Desk, strangers: Desk) -> None:
    desk.revoke()

    refused = strangers.refresh(refresh_token=desk.refresh_token)

    assert refused.json()["error_description"] == "The request has an invalid grant parameter : refresh_token"
    entry = strangers.audited("token.refused")[-1]
    assert (entry.application_id, entry.seller_id) == (strangers.application.application_id, "")
    assert strangers.last_call().seller_id == ""


def test_tokens_of_an_exchanged_code_open_what_was_granted_and_nothing_else(desk: Desk) -> None:
    given = desk.exchange(desk.code(scopes=(ORDERS,))).json()
    refreshed = desk.refresh(refresh_token=given["refresh_token"]).json()

    for token in (given["access_token"], refreshed["access_token"]):
        caller = desk.market.anybody().with_token(token)
        assert caller.call("GET", "/sellers/v1/account").status == 200
        refused = caller.call("GET", "/finances/v0/financialEventGroups")
        assert refused.status == 403
        assert FINANCE in refused.json()["errors"][0]["details"]
    assert refreshed["scope"] == ORDERS


def test_each_exchange_is_a_grant_of_its_own_and_earlier_refresh_tokens_go_on(desk: Desk) -> None:
    first = desk.exchange(desk.code()).json()["refresh_token"]
    second = desk.exchange(desk.code()).json()["refresh_token"]

    assert len({first, second, desk.refresh_token}) == 3
    for token in (first, second, desk.refresh_token):
        assert desk.refresh(refresh_token=token).status == 200


def test_without_a_redirect_uri_the_first_registered_one_is_meant(desk: Desk) -> None:
    assert desk.exchange(desk.code(), redirect_uri="").status == 200


def test_a_code_used_twice_takes_back_what_it_gave(desk: Desk) -> None:
    code = desk.code()
    given = desk.exchange(code).json()

    again = desk.exchange(code)

    assert again.json()["error_description"] == "The request has an invalid grant parameter : code"
    assert desk.last_call().reason == "The code was used before; the grant that it gave is revoked."
    assert len(desk.market.facts(GrantRevoked)) == 1
    assert desk.calls_with(given["access_token"]).status == 403
    assert desk.refresh(refresh_token=given["refresh_token"]).status == 400
    assert desk.refresh().status == 200  # the seller's earlier grant is not touched


def test_a_code_used_three_times_revokes_once(desk: Desk) -> None:
    code = desk.code()

    assert [desk.exchange(code).status for _ in range(3)] == [200, 400, 400]

    assert len(desk.market.facts(GrantRevoked)) == 1


def test_an_application_gets_a_grantless_token_for_itself(desk: Desk) -> None:
    reply = desk.by_itself(NOTIFICATIONS)

    said = reply.json()
    assert reply.status == 200
    assert said.pop("access_token").startswith("Atc|")
    assert said == {"scope": NOTIFICATIONS, "token_type": "bearer", "expires_in": 3600}


def test_several_grantless_scopes_come_in_one_token(desk: Desk) -> None:
    asked = " ".join(GRANTLESS_SCOPES)

    assert desk.by_itself(asked).json()["scope"] == asked


def test_a_grantless_token_calls_for_no_seller(desk: Desk) -> None:
    token = desk.by_itself(NOTIFICATIONS).json()["access_token"]

    refused = desk.calls_with(token)

    assert refused.status == 403
    assert refused.json()["errors"][0]["details"] == ""
    assert "grantless" in desk.last_call().reason


def test_a_grantless_token_expires_too(desk: Desk) -> None:
    token = desk.by_itself(NOTIFICATIONS).json()["access_token"]

    desk.market.advance(hours=1)

    assert desk.calls_with(token).json()["errors"][0]["details"] == "The access token you provided has expired."


def test_a_revoked_grant_stops_the_next_call_and_the_next_refresh(desk: Desk) -> None:
    token = desk.refresh().json()["access_token"]

    desk.revoke()

    assert desk.calls_with(token).json()["errors"] == [
        {
            "code": "Unauthorized",
            "message": "Unauthorized",
            "details": "The access token has expired or been revoked.",
        }
    ]
    assert desk.refresh().status == 400


def test_a_new_secret_works_beside_the_old_one_until_the_old_one_ends(desk: Desk) -> None:
    desk.market.advance(days=100)
    with desk.market.market.write() as unit:
        rotated = new_secret(unit, desk.application.application_id)

    assert desk.refresh().status == 200
    assert desk.refresh(client_secret=rotated).status == 200
    desk.market.advance(days=80)
    assert desk.refresh().status == 401
    assert desk.refresh(client_secret=rotated).status == 200


def test_parameters_of_other_grants_mean_nothing(desk: Desk) -> None:
    given = desk.exchange(desk.code(), refresh_token="Atzr|stray", scope=ORDERS).json()

    assert given["refresh_token"] != "Atzr|stray"
    assert given["scope"] == " ".join(SCOPES)
    assert "refresh_token" not in desk.by_itself(NOTIFICATIONS, refresh_token="Atzr|stray").json()


def test_a_request_is_in_the_log_without_its_secrets(desk: Desk) -> None:
    desk.refresh()

    call = desk.last_call()
    assert (call.operation, call.api, call.method, call.path) == ("token", "authorization", "POST", "/auth/o2/token")
    assert (call.application_id, call.seller_id) == (desk.application.application_id, desk.seller_id)
    assert (call.status, call.code, call.reason) == (200, "", "")


def test_no_log_holds_a_secret_however_talkative_it_is(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = desk.code()

    given = desk.exchange(code).json()
    desk.refresh()

    for secret in (code, given["access_token"], given["refresh_token"], desk.refresh_token, desk.client_secret):
        assert secret not in caplog.text
