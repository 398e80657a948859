"""Each way to be refused a token: Amazon's status, error and words, and the reason in the log."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.scopes import NOTIFICATIONS, ORDERS, SHIPMENTS_TRACK
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.testing import TestMarket

Desk = Any  # tests/server/authorization/conftest.py

OTHER_CALLBACK = "https://desk.example/other"
UNSUPPORTED = {
    "status": 400,
    "error": "unsupported_grant_type",
    "error_description": "The authorization grant type is not supported by the authorization server",
}
INVALID_CODE = {
    "status": 400,
    "error": "invalid_grant",
    "error_description": "The request has an invalid grant parameter : code",
}
INVALID_REFRESH_TOKEN = {
    "status": 400,
    "error": "invalid_grant",
    "error_description": "The request has an invalid grant parameter : refresh_token",
}
READ_AGAIN = "Ready credentials are renewed in their file: whoever read it before that has to read it again."
INVALID_CLIENT = {"status": 401, "error": "invalid_client", "error_description": "Client authentication failed"}


@pytest.fixture
def rival(desk: Desk, market: TestMarket) -> dict[str, str]:
    """The credentials of another application."""
    with market.market.write() as unit:
        developer_id = register_developer(unit, "Rival Software")
        application, secret = register_application(
            unit, "Rival", developer_id, scopes=(ORDERS,), redirect_uris=("https://desk.example/callback",)
        )
    return {"client_id": application.client_id, "client_secret": secret}


@pytest.mark.parametrize(
    "grant_type",
    ["", "password", "openid", "implicit", "Refresh_Token", "urn:ietf:params:oauth:grant-type:device_code"],
)
def test_an_unknown_or_missing_grant_type_is_unsupported(desk: Desk, grant_type: str) -> None:
    reply = desk.refresh(grant_type=grant_type)

    assert desk.refusal(reply) == UNSUPPORTED
    assert reply.headers["x-amzn-errortype"] == "OA2UnsupportedGrantTypeException"
    assert desk.last_call().reason == (
        f"The grant_type is {grant_type or 'missing'}; "
        "the grants are authorization_code, refresh_token, client_credentials."
    )


@pytest.mark.parametrize(
    ("grant_type", "name"),
    [
        ("authorization_code", "code"),
        ("authorization_code", "client_id"),
        ("authorization_code", "client_secret"),
        ("refresh_token", "refresh_token"),
        ("refresh_token", "client_id"),
        ("refresh_token", "client_secret"),
        ("client_credentials", "scope"),
        ("client_credentials", "client_id"),
        ("client_credentials", "client_secret"),
    ],
)
def test_a_missing_parameter_is_named(desk: Desk, grant_type: str, name: str) -> None:
    whole = {"grant_type": grant_type, "code": "a", "refresh_token": "Atzr|a", "scope": NOTIFICATIONS}
    if grant_type == "refresh_token":
        del whole["scope"]

    reply = desk.ask(**whole | {name: ""})

    assert desk.refusal(reply) == {
        "status": 400,
        "error": "invalid_request",
        "error_description": f"The request is missing a required parameter : {name}",
    }


def test_a_code_that_never_was_one_is_invalid(desk: Desk) -> None:
    assert desk.refusal(desk.exchange("made-up")) == INVALID_CODE
    assert desk.last_call().reason == "No such code was ever issued by this market."


def test_a_code_lasts_for_300_seconds_of_market_time(desk: Desk) -> None:
    in_time, too_late = desk.code(), desk.code()

    desk.market.advance(seconds=299)
    assert desk.exchange(in_time).status == 200
    desk.market.advance(seconds=1)

    assert desk.refusal(desk.exchange(too_late)) == INVALID_CODE
    assert desk.last_call().reason == "The code expired at 2026-11-02T09:05:00Z."


def test_a_code_of_another_application_is_invalid_and_stays_good_for_its_own(desk: Desk, rival: dict[str, str]) -> None:
    code = desk.code()

    assert desk.refusal(desk.exchange(code, **rival)) == INVALID_CODE

    assert desk.exchange(code).status == 200


@pytest.mark.parametrize(
    ("sent_to", "named"),
    [
        ("https://desk.example/callback", OTHER_CALLBACK),
        ("https://desk.example/callback", "https://desk.example/callback/"),
        (OTHER_CALLBACK, ""),
    ],
)
def test_a_code_is_bound_to_its_redirect_uri(desk: Desk, sent_to: str, named: str) -> None:
    code = desk.code(sent_to)

    assert desk.refusal(desk.exchange(code, redirect_uri=named)) == INVALID_CODE

    assert desk.last_call().reason == f"The code was sent to {sent_to}; the request names another redirect_uri."
    assert desk.exchange(code, redirect_uri=sent_to).status == 200


def test_a_malformed_refresh_token_is_invalid(desk: Desk) -> None:
    assert desk.refusal(desk.refresh(refresh_token="Atzr|made-up")) == INVALID_REFRESH_TOKEN


def test_a_refresh_token_of_another_application_is_invalid(desk: Desk, rival: dict[str, str]) -> None:
    assert desk.refusal(desk.refresh(**rival)) == INVALID_REFRESH_TOKEN
    assert desk.last_call().reason == f"The refresh token belongs to {desk.application.application_id}. {READ_AGAIN}"


def test_an_access_token_is_no_refresh_token(desk: Desk) -> None:
    access_token = desk.refresh().json()["access_token"]

    assert desk.refusal(desk.refresh(refresh_token=access_token)) == INVALID_REFRESH_TOKEN


def test_a_revoked_grant_has_words_of_its_own(desk: Desk) -> None:
    desk.revoke()

    assert desk.refusal(desk.refresh()) == {
        "status": 400,
        "error": "invalid_grant",
        "error_description": "The request has an invalid grant parameter : refresh_token. "
        "User may have revoked or didn't grant the permission.",
    }
    assert desk.last_call().reason == "The seller revoked this grant at 2026-11-02T09:00:00Z."


@pytest.mark.parametrize("wrong", [{"client_id": "amzn1.application-oa2-client.0"}, {"client_secret": "wrong"}])
def test_wrong_credentials_are_refused_for_every_grant(desk: Desk, wrong: dict[str, str]) -> None:
    code = desk.code()

    assert desk.refusal(desk.refresh(**wrong)) == INVALID_CLIENT
    assert desk.refusal(desk.by_itself(NOTIFICATIONS, **wrong)) == INVALID_CLIENT
    assert desk.refusal(desk.exchange(code, **wrong)) == INVALID_CLIENT
    assert desk.exchange(code).status == 200


def test_an_expired_secret_is_wrong(desk: Desk) -> None:
    desk.market.advance(days=180)

    assert desk.refusal(desk.refresh()) == INVALID_CLIENT
    assert desk.last_call().reason == f"The client secret expired at 2027-05-01T09:00:00Z. {READ_AGAIN}"
    assert desk.last_call().application_id == desk.application.application_id


def test_a_secret_of_another_application_is_wrong(desk: Desk, rival: dict[str, str]) -> None:
    assert desk.refusal(desk.refresh(client_secret=rival["client_secret"])) == INVALID_CLIENT
    assert desk.last_call().reason == f"Wharf Desk never had this client secret. {READ_AGAIN}"


def test_an_unknown_grantless_scope_is_named(desk: Desk) -> None:
    assert desk.refusal(desk.by_itself(f"{NOTIFICATIONS} {ORDERS}")) == {
        "status": 400,
        "error": "invalid_scope",
        "error_description": f"The request has an unknown scope : {ORDERS}",
    }


def test_an_application_that_is_not_registered_for_notifications_gets_no_token_for_them(
    desk: Desk, rival: dict[str, str]
) -> None:
    assert desk.refusal(desk.by_itself(NOTIFICATIONS, **rival)) == {
        "status": 400,
        "error": "unauthorized_client",
        "error_description": "Not authorized for requested operation",
    }
    assert desk.last_call().reason == f"Rival is not registered for {NOTIFICATIONS}."
    assert desk.by_itself(SHIPMENTS_TRACK, **rival).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_tokens_are_asked_for_by_post(desk: Desk, method: str) -> None:
    reply = desk.market.anybody().call(method, "/auth/o2/token")

    assert desk.refusal(reply) == {
        "status": 405,
        "error": "invalid_request",
        "error_description": "The request is malformed",
    }
    assert reply.headers["allow"] == "POST"


def test_nothing_else_is_below_auth(desk: Desk) -> None:
    assert desk.refusal(desk.post(b"", path="/auth/o2/tokens"))["status"] == 404


def test_a_database_that_cannot_be_used_is_an_overload_not_a_defect(desk: Desk) -> None:
    with desk.market.market.read() as unit:
        unit.connection.exec_driver_sql("PRAGMA query_only=1")

    refused = desk.refusal(desk.refresh())

    assert (refused["status"], refused["error"]) == (503, "temporarily_unavailable")
    desk.market.server.journal.flush()


def test_a_defect_is_said_to_be_one(desk: Desk) -> None:
    with desk.market.market.write() as unit:
        unit.connection.exec_driver_sql("UPDATE applications SET scopes = 'no JSON'")

    refused = desk.refusal(desk.refresh())

    assert (refused["status"], refused["error"]) == (500, "server_error")
    assert desk.last_call().reason == "The market failed on this request; its log has the reason."


def test_a_refused_request_changes_nothing(desk: Desk) -> None:
    def rows() -> tuple[int, ...]:
        with desk.market.market.read() as unit:
            return tuple(unit.count(table) for table in (tables.tokens, tables.grants))

    before = rows()

    for reply in (
        desk.refresh(refresh_token="x"),
        desk.exchange("x"),
        desk.by_itself("x"),
        desk.refresh(client_id="x"),
    ):
        assert reply.status in {400, 401}

    assert rows() == before
