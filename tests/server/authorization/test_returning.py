from __future__ import annotations

import pytest

from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.accounts.consent import Asked
from sellingpartner.server.authorization.returning import approved_url, denied_url, login_url, refused_url
from sellingpartner.testing import TestMarket


def asked(market: TestMarket, redirect_uri: str, state: str = "st4te") -> Asked:
    return Asked(application=market.application, redirect_uri=redirect_uri, state=state, scopes=(ORDERS,))


def test_approval_brings_the_code_under_both_names_with_who_gave_it(market: TestMarket) -> None:
    url = approved_url(asked(market, "https://desk.example/callback"), "c0de", "A1SELLER")

    told = "state=st4te&code=c0de&spapi_oauth_code=c0de&selling_partner_id=A1SELLER"
    assert url == f"https://desk.example/callback?{told}"


def test_amazons_form_is_answered_with_amazons_three_parameters(market: TestMarket) -> None:
    url = approved_url(asked(market, "https://desk.example/callback"), "c0de", "A1SELLER", is_amazons_form=True)

    assert url == "https://desk.example/callback?state=st4te&spapi_oauth_code=c0de&selling_partner_id=A1SELLER"


def test_denial_brings_the_documents_error(market: TestMarket) -> None:
    url = denied_url(asked(market, "https://desk.example/callback"))

    told = "error=access_denied&error_description=The+seller+did+not+give+the+permissions.&state=st4te"
    assert url == f"https://desk.example/callback?{told}"


@pytest.mark.parametrize(
    ("uri", "begins"),
    [
        ("https://desk.example/back?tenant=7&x=%2F", "https://desk.example/back?tenant=7&x=%2F&state="),
        ("https://desk.example", "https://desk.example?state="),
        ("http://[::1]:8080/back", "http://[::1]:8080/back?state="),
        ("https://desk.example/a%20b?", "https://desk.example/a%20b?state="),
    ],
)
def test_a_registered_uri_keeps_its_own_query(market: TestMarket, uri: str, begins: str) -> None:
    assert approved_url(asked(market, uri), "c", "A").startswith(begins)
    assert login_url(uri, {"state": "x"}) == f"{begins}x"


def test_a_state_comes_back_as_it_was_whatever_is_in_it(market: TestMarket) -> None:
    state = "a&error=b#c d+e=\xe9\u20ac%"

    url = approved_url(asked(market, "https://desk.example/callback", state), "c", "A")

    assert "?state=a%26error%3Db%23c+d%2Be%3D%C3%A9%E2%82%AC%25&code=c&" in url


def test_a_description_holds_nothing_that_the_protocol_cannot_say() -> None:
    url = refused_url("https://desk.example/callback", "s", "invalid_scope", 'a "b" \\ \xe9\n')

    assert "error_description=a+%3Fb%3F+%3F+%3F%3F&" in url
