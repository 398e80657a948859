from __future__ import annotations

from urllib.parse import parse_qs

import httpx2
import pytest
from scripted import CREDENTIALS, Connect, Script, answer, token

from sellingpartner.client import Credentials
from sellingpartner.contract.errors import (
    AnswerUnreadable,
    AuthorizationRevoked,
    ConnectionFailed,
    LoginFailed,
    NotConfigured,
)
from sellingpartner.contract.notifications_v1 import GetDestinations
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

GRANT = "The request has an invalid grant parameter : refresh_token"
CALL = GetMarketplaceParticipations()
NONE: dict[str, list[object]] = {"payload": []}


def said(error: str, description: str, status: int = 400) -> httpx2.Response:
    return answer({"error": error, "error_description": description}, status)


def test_a_seller_is_logged_in_by_form(connect: Connect, script: Script) -> None:
    connect(script.says(answer(NONE))).send(CALL)

    (login,) = script.login_requests
    assert login.url == "http://market.test/auth/o2/token"
    assert parse_qs(login.content.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": [CREDENTIALS.refresh_token],
        "client_id": [CREDENTIALS.client_id],
        "client_secret": [CREDENTIALS.client_secret],
    }


def test_an_application_is_logged_in_without_a_seller(connect: Connect, script: Script) -> None:
    mine = Credentials(client_id="id", client_secret="secret", base_url="http://market.test")

    connect(script.says(answer(NONE)), mine).send(GetDestinations())

    assert parse_qs(script.login_requests[0].content.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["sellingpartnerapi::notifications"],
        "client_id": ["id"],
        "client_secret": ["secret"],
    }


def test_a_call_for_a_seller_without_a_refresh_token_says_what_to_set(connect: Connect, script: Script) -> None:
    mine = Credentials(client_id="id", client_secret="secret", base_url="http://market.test")

    with pytest.raises(NotConfigured, match="SP_API_REFRESH_TOKEN"):
        connect(script, mine).send(CALL)

    assert script.login_requests == []


def test_a_revoked_grant_says_where_to_send_the_seller(connect: Connect, script: Script) -> None:
    script.logins.append(said("invalid_grant", f"{GRANT}. User may have revoked or didn't grant the permission."))

    with pytest.raises(AuthorizationRevoked) as raised:
        connect(script, application_id="app-1").send(CALL)

    assert raised.value.authorize_url == "http://market.test/apps/authorize/consent?application_id=app-1"
    assert (raised.value.status, raised.value.code) == (400, "invalid_grant")
    assert "http://market.test/apps/authorize/consent?application_id=app-1" in str(raised.value)
    assert len(script.login_requests) == 1


@pytest.mark.parametrize(
    ("error", "description", "status", "advice"),
    [
        ("invalid_grant", GRANT, 400, "refresh token"),
        ("invalid_client", "Client authentication failed", 401, "secret"),
        ("unauthorized_client", "Not authorized for requested operation", 400, "may not ask"),
    ],
)
def test_a_refused_login_says_why_at_once(
    connect: Connect, script: Script, error: str, description: str, status: int, advice: str
) -> None:
    script.logins.append(said(error, description, status))

    with pytest.raises(LoginFailed, match=advice) as raised:
        connect(script).send(CALL)

    assert (raised.value.code, raised.value.message, raised.value.status) == (error, description, status)
    assert raised.value.operation == "getMarketplaceParticipations"
    assert f"{description.removesuffix('.')}. {raised.value.advice}" in str(raised.value)
    assert len(script.login_requests) == 1


def test_a_login_that_may_pass_is_repeated(connect: Connect, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)
    script.logins += [httpx2.Response(503), httpx2.ReadError("cut"), said("server_error", "x", 500), token()]

    connect(script.says(answer(NONE))).send(CALL)

    assert len(script.login_requests) == 4


def test_a_login_that_does_not_pass_fails(connect: Connect, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)
    script.logins += [httpx2.ConnectError("refused")] * 4

    with pytest.raises(ConnectionFailed, match=r"No token: Login with Amazon at http://market\.test: "):
        connect(script).send(CALL)


@pytest.mark.parametrize("body", [b"", b"<html>proxy</html>", b'{"token": 1}', b"\xff"])
def test_a_login_that_answers_something_else_is_unreadable(
    connect: Connect, script: Script, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)
    script.logins += [httpx2.Response(200, content=body)] * 4

    with pytest.raises(AnswerUnreadable, match=r"^getMarketplaceParticipations: .*Login with Amazon"):
        connect(script).send(CALL)


def test_a_lifetime_may_come_as_text(connect: Connect, script: Script) -> None:
    script.logins.append(answer({"access_token": "Atza|1", "expires_in": "3600"}))

    connect(script.says(answer(NONE))).send(CALL)

    assert script.tokens_shown == ["Atza|1"]
