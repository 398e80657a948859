from __future__ import annotations

from typing import Any

import pytest
from consent import REDIRECT_URI, SESSION, Begin, back, parameters
from hypothesis import given
from hypothesis import strategies as st
from scripted import Script, answer

from sellingpartner.client.authorization import AuthorizationFlow
from sellingpartner.client.vault import Keyring
from sellingpartner.contract.errors import CallbackUnreadable, NotConfigured, OtherSeller
from sellingpartner.contract.marketplaces import MARKETPLACES

APPLICATION = "amzn1.sp.solution.1"
CONFIRM = f"https://amazon.com/apps/authorize/confirm/{APPLICATION}"
AMAZON: dict[str, Any] = {"base_url": None, "region": "NA"}
TOKENS = {"access_token": "Atza|1", "refresh_token": "Atzr|1", "expires_in": 3600}


def login(callback: str, **more: str) -> str:
    from urllib.parse import urlencode  # noqa: PLC0415

    said = {"amazon_callback_uri": callback, "amazon_state": "their-state", "selling_partner_id": "A1HARBORGOODS"}
    return f"http://127.0.0.1:8080/login?{urlencode(said | more)}"


@pytest.mark.parametrize("marketplace", MARKETPLACES.values(), ids=lambda shop: shop.country_code)
def test_every_marketplace_has_its_seller_central(begin: Begin, script: Script, marketplace: Any) -> None:  # noqa: ANN401
    script.logins.append(answer(TOKENS))
    flow = begin(script, base_url=None)
    url = flow.url(session=SESSION, marketplace=marketplace.country_code)

    authorization = flow.callback(back(url, spapi_oauth_code="x", selling_partner_id="A1HARBORGOODS"))

    assert url.startswith(f"https://{marketplace.seller_central}/apps/authorize/consent?application_id={APPLICATION}&")
    assert authorization.region == marketplace.region


def test_vendors_consent_in_vendor_central(begin: Begin, script: Script) -> None:
    flow = begin(script, base_url=None, vendor=True, marketplace="DE", draft=True)

    url = flow.url(session=SESSION)

    assert url.startswith("https://vendorcentral.amazon.de/apps/authorize/consent?")
    assert parameters(url)["version"] == "beta"
    with pytest.raises(NotConfigured, match="Which Vendor Central"):
        begin(script, **AMAZON, vendor=True).url(session=SESSION)


def test_the_market_can_be_asked_in_amazons_form(begin: Begin, script: Script) -> None:
    url = begin(script, amazon_form=True, scopes=("sellingpartnerapi::orders",)).url(session=SESSION)

    assert parameters(url).keys() == {"application_id", "state", "redirect_uri"}


def test_a_seller_from_the_appstore_is_sent_back_to_it(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script, **AMAZON)

    url = flow.login(login(CONFIRM), session=SESSION)

    assert url.startswith(f"{CONFIRM}?")
    told = parameters(url)
    assert (told["amazon_state"], told["redirect_uri"]) == ("their-state", REDIRECT_URI)
    assert told.keys() == {"amazon_state", "redirect_uri", "state"}
    authorization = flow.callback(back(url, spapi_oauth_code="x", selling_partner_id="A1HARBORGOODS"))
    assert (authorization.region, authorization.missing) == ("NA", ())


def test_a_draft_in_the_appstore_stays_a_draft(begin: Begin, script: Script) -> None:
    flow = begin(script, **AMAZON)

    assert parameters(flow.login(login(CONFIRM, version="beta"), session=SESSION))["version"] == "beta"


def test_another_seller_than_the_appstores_is_refused(begin: Begin, script: Script) -> None:
    flow = begin(script, **AMAZON)
    url = flow.login(login(CONFIRM), session=SESSION)

    with pytest.raises(OtherSeller):
        flow.callback(back(url, code="x", selling_partner_id="A2PINE"))


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("sellercentral.amazon.de", "EU"),
        ("sellercentral-europe.amazon.com", "EU"),
        ("vendorcentral.amazon.me", "EU"),
        ("www.amazon.co.jp", "FE"),
        ("amazon.com", "NA"),
    ],
)
def test_the_appstores_host_tells_the_region(begin: Begin, script: Script, host: str, region: str) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script, **AMAZON)

    url = flow.login(login(CONFIRM.replace("amazon.com", host)), session=SESSION)

    assert flow.callback(back(url, code="x", selling_partner_id="A1HARBORGOODS")).region == region


def test_the_markets_own_appstore_is_trusted_where_it_serves(begin: Begin, script: Script) -> None:
    flow = begin(script)

    url = flow.login(login(f"http://market.test/apps/authorize/confirm/{APPLICATION}?x=1"), session=SESSION)

    assert url.startswith(f"http://market.test/apps/authorize/confirm/{APPLICATION}?x=1&redirect_uri=")


ELSEWHERE = [
    f"https://evil.example/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com.evil.example/apps/authorize/confirm/{APPLICATION}",
    f"https://evilamazon.com/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com@evil.example/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com:8443/apps/authorize/confirm/{APPLICATION}",
    f"http://amazon.com/apps/authorize/confirm/{APPLICATION}",
    f"//amazon.com/apps/authorize/confirm/{APPLICATION}",
    f"https:\\\\evil.example\\@amazon.com/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com/apps/authorize/confirm/{APPLICATION}#fragment",
    "https://amazon.com/apps/authorize/confirm/another-application",
    f"https://amazon.com/gp/redirect.html/../apps/authorize/confirm/{APPLICATION}",
    "https://amazon.com/gp/redirect.html?location=https://evil.example",
    "javascript:alert(1)",
    f"https://[amazon.com/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com:port/apps/authorize/confirm/{APPLICATION}",
    f"https://amazon.com/apps/authorize/confirm/{APPLICATION}?a=b\r\nSet-Cookie:x",
    "",
]


@pytest.mark.parametrize("callback", ELSEWHERE)
@pytest.mark.parametrize("where", [AMAZON, {}], ids=["amazon", "market"])
def test_nobody_is_sent_anywhere_but_to_the_appstore(
    begin: Begin, script: Script, callback: str, where: dict[str, Any]
) -> None:
    with pytest.raises(CallbackUnreadable, match="the seller is not sent there"):
        begin(script, **where).login(login(callback), session=SESSION)


def test_the_appstores_address_is_no_ones_in_front_of_a_market(begin: Begin, script: Script) -> None:
    with pytest.raises(CallbackUnreadable, match=r"at http://market\.test"):
        begin(script).login(login(CONFIRM), session=SESSION)


def test_an_appstore_that_sends_no_state_is_refused(begin: Begin, script: Script) -> None:
    with pytest.raises(CallbackUnreadable, match="without amazon_state"):
        begin(script, **AMAZON).login(login(CONFIRM, amazon_state=""), session=SESSION)


FLOW = AuthorizationFlow(
    application_id=APPLICATION,
    client_id="i",
    client_secret="s",
    redirect_uri=REDIRECT_URI,
    keyring=Keyring.generate(),
    region="EU",
)


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://amazon.com", CONFIRM]))
def test_no_made_up_address_is_gone_to(text: str, start: str) -> None:
    from urllib.parse import urlencode, urlsplit  # noqa: PLC0415

    asked = urlencode({"amazon_callback_uri": start + text, "amazon_state": "x"}, errors="replace")
    try:
        url = FLOW.login(f"/login?{asked}", session=SESSION)
    except CallbackUnreadable:
        return
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "amazon.com", f"/apps/authorize/confirm/{APPLICATION}")
