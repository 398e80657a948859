"""One flow is for one consent page and one login: nothing that comes back decides where the code and secret go."""

from __future__ import annotations

import pytest
from consent import SESSION, Begin, back, form
from scripted import Script, answer

from sellingpartner.contract.errors import StateInvalid

TOKENS = {"access_token": "Atza|1", "refresh_token": "Atzr|1", "token_type": "bearer", "expires_in": 3600}


@pytest.mark.parametrize(
    "more",
    [
        {"iss": "https://elsewhere.example"},
        {"token_endpoint": "https://elsewhere.example/token", "oauth_url": "https://elsewhere.example"},
        {"base_url": "https://elsewhere.example", "region": "FE", "marketplace": "JP"},
        {"client_id": "another", "redirect_uri": "https://elsewhere.example/"},
    ],
)
def test_the_way_back_does_not_say_where_the_code_is_exchanged(
    begin: Begin, script: Script, more: dict[str, str]
) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script)

    flow.callback(back(flow.url(session=SESSION), code="the-code", selling_partner_id="A1", **more))

    (login,) = script.login_requests
    sent = form(login.content)
    assert str(login.url) == "http://market.test/auth/o2/token"
    assert (sent["client_id"], sent["redirect_uri"]) == (
        "amzn1.application-oa2-client.1",
        "http://127.0.0.1:8080/callback",
    )


def test_a_state_from_one_registration_is_worth_nothing_at_another(begin: Begin, script: Script) -> None:
    """An application that is registered at Amazon and at a market has a client id of its own at each."""
    at_amazon = begin(script, client_id="amzn1.application-oa2-client.2", base_url=None, marketplace="US")
    at_the_market = begin(script)

    with pytest.raises(StateInvalid):
        at_the_market.callback(back(at_amazon.url(session=SESSION), code="the-code", selling_partner_id="A1"))

    assert script.login_requests == []
