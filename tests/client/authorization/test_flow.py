from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from consent import REDIRECT_URI, SESSION, Begin, back, form, parameters
from scripted import Script, answer
from seller_at_the_page import approve

from sellingpartner.client import Sellers
from sellingpartner.client.grants import GrantKey, MemoryGrants
from sellingpartner.client.vault import KeyMissing, Keyring, SQLiteGrants
from sellingpartner.contract.errors import (
    AccessDenied,
    AnswerUnreadable,
    AuthorizationFailed,
    CallbackUnreadable,
    ConnectionFailed,
    LoginFailed,
    NotConfigured,
    OtherSeller,
    ScopeInvalid,
    StateReplayed,
)
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, REPORTS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.testing import TestMarket

ASKED = (ORDERS, INVENTORY, REPORTS)
TOKENS = {"access_token": "Atza|1", "refresh_token": "Atzr|1", "token_type": "bearer", "expires_in": 3600}
GIVEN = {"code": "the-code", "selling_partner_id": "A1HARBORGOODS"}


def test_a_seller_lets_an_application_in(begin: Begin, market: TestMarket, registered: dict[str, Any]) -> None:
    grants, order_id = MemoryGrants(), market.buys()
    flow = begin(market.server, **registered, scopes=ASKED, optional_scopes=(REPORTS,), grants=grants)

    authorization = flow.callback(approve(market, flow.url(session=SESSION)))

    assert authorization.granted == ASKED
    assert (authorization.missing, authorization.declined, authorization.region) == ((), (), "")
    assert authorization.seller_id == market.seller_account.seller_id
    assert authorization.access_token.value.startswith("Atza|")
    key = GrantKey(registered["client_id"], authorization.seller_id)
    assert grants.get(key) == authorization.grant
    http = httpx2.Client(transport=httpx2.WSGITransport(market.server))
    client = Sellers.from_store(grants, flow.flow.application, http=http)[authorization.seller_id]
    assert client.orders_v0.get_order(order_id=order_id).payload is not None
    assert client.credentials == authorization.credentials


def test_what_a_seller_leaves_out_is_missing_or_declined(
    begin: Begin, market: TestMarket, registered: dict[str, Any]
) -> None:
    with market.market.write() as unit:
        change_application(unit, market.application.application_id, optional_scopes=(INVENTORY, REPORTS))
    flow = begin(market.server, **registered, scopes=ASKED, optional_scopes=(REPORTS,))  # it counts on the inventory

    authorization = flow.callback(approve(market, flow.url(session=SESSION), scopes=(ORDERS,)))

    assert authorization.granted == (ORDERS,)
    assert authorization.missing == (INVENTORY,)
    assert authorization.declined == (REPORTS,)


def test_the_markets_page_is_asked_with_scopes_and_pkce(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS | {"scope": ORDERS}))
    flow = begin(script, scopes=(ORDERS,), optional_scopes=(FINANCE,))
    url = flow.url(session=SESSION)

    flow.callback(back(url, **GIVEN))

    asked = parameters(url)
    assert url.startswith("http://market.test/apps/authorize/consent?application_id=amzn1.sp.solution.1&state=v1.")
    assert (asked["scope"], asked["redirect_uri"]) == (f"{ORDERS} {FINANCE}", REDIRECT_URI)
    assert asked.keys() == {
        "application_id",
        "state",
        "redirect_uri",
        "scope",
        "code_challenge",
        "code_challenge_method",
    }
    (login,) = script.login_requests
    sent = form(login.content)
    digest = urlsafe_b64encode(sha256(sent.pop("code_verifier").encode()).digest()).decode().rstrip("=")
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (digest, "S256")
    assert sent == {
        "grant_type": "authorization_code",
        "code": "the-code",
        "redirect_uri": REDIRECT_URI,
        "client_id": "amzn1.application-oa2-client.1",
        "client_secret": "amzn1.oa2-cs.v1.5ec2e7",
    }


def test_amazon_says_no_scopes_and_nothing_is_missed(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script, base_url=None, marketplace="DE", scopes=ASKED)
    url = flow.url(session=SESSION)

    authorization = flow.callback(back(url, spapi_oauth_code="the-code", selling_partner_id="A1HARBORGOODS"))

    assert url.startswith("https://sellercentral.amazon.de/apps/authorize/consent?")
    assert parameters(url).keys() == {"application_id", "state", "redirect_uri"}
    assert str(script.login_requests[0].url) == "https://api.amazon.com/auth/o2/token"
    assert "code_verifier" not in form(script.login_requests[0].content)
    assert (authorization.granted, authorization.missing, authorization.region) == (None, (), "EU")
    assert authorization.credentials.endpoint.api == "https://sellingpartnerapi-eu.amazon.com"


def test_what_one_url_asks_for_is_what_is_held_against_it(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS | {"scope": ORDERS}))
    flow = begin(script, scopes=(ORDERS,), optional_scopes=(FINANCE,))
    url = flow.url(session=SESSION, scopes=(ORDERS, INVENTORY, FINANCE))

    authorization = flow.callback(back(url, **GIVEN))

    assert (authorization.missing, authorization.declined) == ((INVENTORY,), (FINANCE,))


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ("access_denied", AccessDenied, "did not let the application in (The seller denied it)."),
        ("invalid_scope", ScopeInvalid, "a scope that it cannot have (The seller denied it); compare"),
        ("server_error", AuthorizationFailed, "The consent page said 'server_error' (The seller denied it)."),
    ],
)
def test_what_the_consent_page_says_instead_is_an_error_of_its_own(
    begin: Begin, script: Script, error: str, kind: type[AuthorizationFailed], words: str
) -> None:
    grants = MemoryGrants()
    flow = begin(script, grants=grants)
    url = flow.url(session=SESSION)

    with pytest.raises(AuthorizationFailed) as raised:
        flow.callback(back(url, error=error, error_description="The seller denied it"))

    assert type(raised.value) is kind
    assert raised.value.code == error
    assert words in raised.value.message
    assert (script.login_requests, repr(grants)) == ([], "MemoryGrants(0)")
    with pytest.raises(StateReplayed):
        flow.callback(back(url, **GIVEN))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "with no code and no error"),
        ({"code": "x"}, "with no selling_partner_id"),
        ({"code": "x", "spapi_oauth_code": "y", "selling_partner_id": "A1"}, "two different codes"),
        ({"code": "", "selling_partner_id": "A1"}, "with no code"),
    ],
)
def test_a_way_back_that_makes_no_sense_is_refused(
    begin: Begin, script: Script, more: dict[str, str], words: str
) -> None:
    flow = begin(script)

    with pytest.raises(CallbackUnreadable, match=words):
        flow.callback(back(flow.url(session=SESSION), **more))

    assert script.login_requests == []


def test_a_parameter_that_comes_twice_is_refused(begin: Begin, script: Script) -> None:
    flow = begin(script)

    with pytest.raises(CallbackUnreadable, match="has code twice"):
        flow.callback(back(flow.url(session=SESSION), **GIVEN) + "&code=another")

    assert script.login_requests == []


def test_another_seller_than_the_one_who_was_asked_is_refused(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script)
    url = flow.url(session=SESSION, seller_hint="A2PINE")

    with pytest.raises(OtherSeller, match="A1HARBORGOODS consented, and A2PINE was asked"):
        flow.callback(back(url, **GIVEN))

    assert script.login_requests == []
    again = flow.url(session=SESSION, seller_hint="A1HARBORGOODS")
    assert flow.callback(back(again, **GIVEN)).seller_id == "A1HARBORGOODS"


def test_a_code_is_never_shown_twice_after_it_may_have_arrived(begin: Begin, script: Script) -> None:
    script.logins.append(httpx2.ReadError("cut"))
    flow = begin(script)

    with pytest.raises(ConnectionFailed, match=r"The code was not exchanged: .*cut") as raised:
        flow.callback(back(flow.url(session=SESSION), **GIVEN))

    assert raised.value.may_have_arrived
    assert len(script.login_requests) == 1


def test_a_code_that_never_left_is_sent_again(begin: Begin, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)
    script.logins += [httpx2.ConnectError("refused"), answer({}, 429), answer(TOKENS)]
    flow = begin(script)

    assert flow.callback(back(flow.url(session=SESSION), **GIVEN)).refresh_token == "Atzr|1"

    assert len(script.login_requests) == 3


def test_a_code_that_is_refused_says_what_may_be_wrong(
    begin: Begin, market: TestMarket, registered: dict[str, Any]
) -> None:
    flow = begin(market.server, **registered)
    url = approve(market, flow.url(session=SESSION))
    market.advance(minutes=6)

    with pytest.raises(LoginFailed, match=r"exchange of the code: 400 invalid_grant - .* five minutes old") as raised:
        flow.callback(url)

    assert raised.value.code == "invalid_grant"


def test_a_login_that_gives_no_refresh_token_is_no_authorization(begin: Begin, script: Script) -> None:
    script.logins.append(answer({"access_token": "Atza|1"}))
    flow = begin(script, grants=MemoryGrants())

    with pytest.raises(AnswerUnreadable, match="gave no refresh token"):
        flow.callback(back(flow.url(session=SESSION), **GIVEN))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scopes": ("orders",)}, "'orders' is no scope that a seller grants"),
        ({"redirect_uri": "http://app.example/callback"}, "is no redirect URI"),
        ({"redirect_uri": "http://localhost.evil.example/"}, "is no redirect URI"),
        ({"redirect_uri": "https://app.example/#fragment"}, "is no redirect URI"),
        ({"client_secret": ""}, "needs client_secret"),
    ],
)
def test_a_flow_that_cannot_work_is_refused_when_it_is_made(
    begin: Begin, script: Script, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises((NotConfigured, ScopeInvalid), match=words):
        begin(script, **fields)


def test_a_flow_for_amazon_needs_to_know_where(begin: Begin, script: Script) -> None:
    flow = begin(script, base_url=None)

    with pytest.raises(NotConfigured, match="Which region"):
        flow.url(session=SESSION)
    assert flow.url(session=SESSION, marketplace="JP").startswith("https://sellercentral.amazon.co.jp/")


def test_a_session_that_can_be_guessed_is_refused(begin: Begin, script: Script) -> None:
    with pytest.raises(NotConfigured, match="The session has 3 characters"):
        begin(script).url(session="abc")


def test_a_store_that_cannot_be_read_says_so_before_the_code_is_spent(
    begin: Begin, script: Script, tmp_path: Path, keyring: Keyring
) -> None:
    script.logins += [answer(TOKENS)]
    flow = begin(script, grants=SQLiteGrants(tmp_path / "grants.db", keyring))
    flow.callback(back(flow.url(session=SESSION), **GIVEN))
    SQLiteGrants(tmp_path / "grants.db", keyring.with_new_key()).rotate()

    with pytest.raises(KeyMissing, match="the keyring holds"):
        flow.callback(back(flow.url(session=SESSION), **GIVEN))

    assert len(script.login_requests) == 1


def test_no_repr_shows_a_secret_or_a_token(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script)

    authorization = flow.callback(back(flow.url(session=SESSION), **GIVEN))

    shown = repr(flow.flow) + repr(authorization) + repr(authorization.credentials) + repr(flow.flow.application)
    assert "amzn1.sp.solution.1" in shown
    assert not any(secret in shown for secret in ("5ec2e7", "Atza|1", "Atzr|1", "the-code"))


def test_a_grant_says_when_it_was_given(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script, clock=lambda: 1_800_000_000.0)

    authorization = flow.callback(back(flow.url(session=SESSION), **GIVEN))

    assert authorization.grant.given_at == datetime(2027, 1, 15, 8, tzinfo=UTC)
    assert authorization.access_token.expires_at == 1_800_003_600.0
