"""Authlib's OAuth client, which knows nothing of Amazon, is let in here from the first address to the refreshed token.

It makes the address with PKCE; the seller decides at the market's pages, by HTTP; it exchanges the code and refreshes.
The one thing that it has to be told is Amazon's name for who asks, `application_id`, as one more parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749.errors import MissingCodeException
from authlib.oauth2.rfc6749.parameters import parse_authorization_code_response
from page_browser import Reader
from requests import Response, Session

from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.grants import revoke_application
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.world import PASSWORD

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


def decided(market: TestMarket, session: OAuth2Session, url: str, decision: str, *unticked: str) -> str:
    """Authlib makes the address, a browser carries the seller through the pages; where the last one sends it."""
    asked_at, state = session.create_authorization_url(
        f"{url}/apps/authorize/consent", code_verifier=VERIFIER, application_id=market.application.application_id
    )
    with Session() as browser:
        question = submit(browser, browser.get(asked_at), email=market.user().email, password=PASSWORD)
        assert "Harbor Desk asks for access to Harbor Goods" in Reader(question.content).text
        last = submit(browser, question, *unticked, decision=decision)
    assert last.status_code == 303
    assert parse_qs(urlsplit(last.headers["location"]).query)["state"] == [state]
    return last.headers["location"]


def submit(browser: Session, page: Response, *unticked: str, **filled_in: str) -> Response:
    """Send the first form of a page, and follow where it leads as long as that is the market."""
    form = Reader(page.content).forms[0]
    fields = [(name, value) for name, value in form.fields if name not in filled_in]
    fields += [(name, value) for name, value, is_ticked in form.boxes if is_ticked and value not in unticked]
    fields += list(filled_in.items())
    answer = browser.post(urljoin(page.url, form.action), fields, allow_redirects=False)
    goes_on = answer.headers["location"].startswith("/")
    return browser.get(urljoin(page.url, answer.headers["location"])) if goes_on else answer


def approved(market: TestMarket, session: OAuth2Session, url: str) -> str:
    """Where the browser comes back to after the seller said yes."""
    return decided(market, session, url, "approve")


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


def test_what_the_seller_unticks_is_not_in_the_token(market: TestMarket, session: OAuth2Session, url: str) -> None:
    response = decided(market, session, url, "approve", FINANCE)

    token = session.fetch_token(authorization_response=response, state=session.state, code_verifier=VERIFIER)

    assert token["scope"] == ORDERS


def test_a_seller_who_says_no_sends_an_error_and_no_code(market: TestMarket, session: OAuth2Session, url: str) -> None:
    response = decided(market, session, url, "deny")

    with pytest.raises(MissingCodeException):
        parse_authorization_code_response(response, session.state)
    assert parse_qs(urlsplit(response).query)["error"] == ["access_denied"]


def test_without_the_verifier_the_code_is_worth_nothing(market: TestMarket, session: OAuth2Session, url: str) -> None:
    with pytest.raises(OAuthError) as refused:
        session.fetch_token(authorization_response=approved(market, session, url))

    assert refused.value.error == "invalid_request"


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
