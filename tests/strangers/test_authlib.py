"""Authlib's OAuth client, which knows nothing of Amazon, gets its tokens here: by code with PKCE, and by refresh."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.codes import issue_code
from sellingpartner.market.accounts.grants import revoke_application
from sellingpartner.testing import TestMarket, on_a_socket

CALLBACK = "https://desk.example/callback"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0"


@pytest.fixture
def url(market: TestMarket) -> Iterator[str]:
    """The market on a socket."""
    with market.market.write() as unit:
        change_application(unit, market.application.application_id, redirect_uris=[CALLBACK])
    with on_a_socket(market.server) as url:
        yield url


@pytest.fixture
def session(market: TestMarket, url: str) -> Iterator[OAuth2Session]:
    made = OAuth2Session(
        market.application.client_id,
        market.client_secret,
        redirect_uri=CALLBACK,
        scope=f"{ORDERS} {FINANCE}",
        code_challenge_method="S256",
        token_endpoint=f"{url}/auth/o2/token",
    )
    yield made
    made.close()


def approved(market: TestMarket, session: OAuth2Session, url: str) -> str:
    """Where the browser comes back to after the seller said yes; the pages are a story of their own."""
    asked_at, state = session.create_authorization_url(f"{url}/apps/authorize/consent", code_verifier=VERIFIER)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(asked_at).query).items()}
    assert asked["code_challenge_method"] == "S256"
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        code = issue_code(
            unit,
            market.application.application_id,
            seller_id,
            asked["redirect_uri"],
            asked["scope"].split(),
            challenge=asked["code_challenge"],
        )
    return f"{CALLBACK}?code={code}&state={state}"


def test_a_code_is_exchanged_with_its_verifier_and_the_token_refreshed(
    market: TestMarket, session: OAuth2Session, url: str
) -> None:
    token = session.fetch_token(
        authorization_response=approved(market, session, url), state=session.state, code_verifier=VERIFIER
    )

    assert (token["token_type"], token["expires_in"], token["scope"]) == ("bearer", 3600, f"{ORDERS} {FINANCE}")
    assert opens(session, url)
    refreshed = session.refresh_token()
    assert refreshed["access_token"] != token["access_token"]
    assert refreshed["refresh_token"] == token["refresh_token"]
    assert opens(session, url)


def test_a_refresh_may_ask_for_less(market: TestMarket, session: OAuth2Session, url: str) -> None:
    session.fetch_token(authorization_response=approved(market, session, url), code_verifier=VERIFIER)

    assert session.refresh_token(scope=FINANCE)["scope"] == FINANCE


def test_credentials_go_in_a_header_or_in_the_body(market: TestMarket, session: OAuth2Session, url: str) -> None:
    for method in ("client_secret_basic", "client_secret_post"):
        session.token_endpoint_auth_method = method
        assert session.fetch_token(authorization_response=approved(market, session, url), code_verifier=VERIFIER)[
            "access_token"
        ]


def test_what_is_refused_is_raised_with_its_error(market: TestMarket, session: OAuth2Session, url: str) -> None:
    response = approved(market, session, url)
    with pytest.raises(OAuthError) as wrong:
        session.fetch_token(authorization_response=response, code_verifier="b" * 43)
    assert wrong.value.error == "invalid_grant"
    session.fetch_token(authorization_response=response, code_verifier=VERIFIER)
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        revoke_application(unit, seller_id, market.application.application_id)

    with pytest.raises(OAuthError) as revoked:
        session.refresh_token()

    assert revoked.value.error == "invalid_grant"
    assert "User may have revoked" in revoked.value.description


def test_a_grantless_token_comes_for_the_application_itself(market: TestMarket, url: str) -> None:
    with OAuth2Session(market.application.client_id, market.client_secret) as session:
        token = session.fetch_token(
            f"{url}/auth/o2/token", grant_type="client_credentials", scope="sellingpartnerapi::shipments:track"
        )

    assert token["access_token"].startswith("Atc|")


def opens(session: OAuth2Session, url: str) -> bool:
    """Whether its token opens the API, which takes it in a header of Amazon's own."""
    headers = {"x-amz-access-token": session.token["access_token"]}
    status: int = session.get(f"{url}/sellers/v1/account", headers=headers).status_code
    return status == 200
