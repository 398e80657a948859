"""What an application may ask, and what becomes of a request that it may not make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sellingpartner.contract.marketplaces import MARKETPLACES, Region
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, REPORTS, SCOPES
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.consent import Asked, ConsentRefused
from sellingpartner.market.accounts.model import Application, ApplicationStatus
from sellingpartner.server.authorization.asking import (
    ConsentRedirect,
    Host,
    asked,
    asked_in_store,
    host_of,
    is_amazons_form,
)
from sellingpartner.testing import TestMarket

CALLBACK = "https://desk.example/callback"
OTHER = "https://desk.example/other?tenant=7"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B

Ask = Callable[..., Asked]


@pytest.fixture
def application(market: TestMarket) -> Application:
    return registered(market, scopes=(ORDERS, INVENTORY, FINANCE), optional_scopes=(FINANCE,))


def registered(market: TestMarket, **registration: Any) -> Application:  # noqa: ANN401 - fields of Registration
    fields: dict[str, Any] = {"redirect_uris": (CALLBACK, OTHER), "status": ApplicationStatus.PUBLISHED}
    with market.market.write() as unit:
        developer_id = register_developer(unit, "Wharf Software")
        return register_application(unit, "Wharf Desk", developer_id, **(fields | registration))[0]


@pytest.fixture
def ask(market: TestMarket, application: Application) -> Ask:
    def ask(**changed: str | list[str] | None) -> Asked:
        said: dict[str, str | list[str] | None] = {
            "application_id": application.application_id,
            "state": "st4te",
            "redirect_uri": CALLBACK,
            "scope": f"{ORDERS} {FINANCE}",
        }
        sent = {
            name: value if isinstance(value, list) else [value]
            for name, value in (said | changed).items()
            if value is not None
        }
        with market.market.read() as unit:
            return asked(unit, sent)

    return ask


def test_a_request_asks_for_scopes_of_which_some_are_optional(ask: Ask, application: Application) -> None:
    assert ask() == Asked(
        application=application,
        redirect_uri=CALLBACK,
        state="st4te",
        scopes=(ORDERS, FINANCE),
        optional=(FINANCE,),
    )


def test_what_is_of_no_interest_is_ignored(ask: Ask) -> None:
    assert ask(response_type="token", client_id="x", prompt=["a", "b"], nonce="\x00") == ask()


def test_without_scope_everything_that_is_registered_is_asked_for(ask: Ask) -> None:
    assert ask(scope=None).scopes == (ORDERS, INVENTORY, FINANCE)
    assert ask(scope="").scopes == (ORDERS, INVENTORY, FINANCE)


def test_scopes_are_asked_for_once_and_in_the_order_of_the_document(ask: Ask) -> None:
    assert ask(scope=f"  {FINANCE} {ORDERS} {FINANCE}").scopes == (ORDERS, FINANCE)


def test_only_a_request_with_scope_is_answered_with_code() -> None:
    assert is_amazons_form({"application_id": ["a"]})
    assert is_amazons_form({"scope": [""]})
    assert not is_amazons_form({"scope": [ORDERS]})


def test_the_first_registered_uri_is_taken_where_none_is_named(ask: Ask) -> None:
    assert ask(redirect_uri=None).redirect_uri == CALLBACK
    assert ask(redirect_uri=OTHER).redirect_uri == OTHER


def test_a_challenge_is_kept_for_the_exchange(ask: Ask) -> None:
    assert ask(code_challenge=CHALLENGE, code_challenge_method="S256").challenge == CHALLENGE


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://desk.example/callback/",
        "https://desk.example/callback?a=b",
        "https://desk.example:443/callback",
        "https://DESK.example/callback",
        "http://desk.example/callback",
        "https://desk.example/callback%2F..",
        "https://desk.example.elsewhere.example/callback",
        "https://desk.example@elsewhere.example/callback",
        "//desk.example/callback",
        "javascript:alert(1)",
    ],
)
def test_a_uri_that_is_not_registered_to_the_letter_is_md5101(ask: Ask, redirect_uri: str) -> None:
    with pytest.raises(ConsentRefused, match="not registered") as refused:
        ask(redirect_uri=redirect_uri)

    assert refused.value.code == "MD5101"
    assert redirect_uri not in refused.value.message


def test_a_uri_with_a_fragment_is_md5110(ask: Ask) -> None:
    with pytest.raises(ConsentRefused, match="fragment") as refused:
        ask(redirect_uri=f"{CALLBACK}#here")

    assert refused.value.code == "MD5110"


@pytest.mark.parametrize(
    ("application_id", "words"),
    [
        (None, "does not say which application"),
        ("", "does not say which application"),
        ("amzn1.sp.solution.unknown", "No application of this market"),
    ],
)
def test_an_application_that_is_none_is_md1000(ask: Ask, application_id: str | None, words: str) -> None:
    with pytest.raises(ConsentRefused, match=words) as refused:
        ask(application_id=application_id)

    assert refused.value.code == "MD1000"


def test_a_client_id_in_its_place_is_md1000_and_says_so(ask: Ask, application: Application) -> None:
    with pytest.raises(ConsentRefused, match="is a client id") as refused:
        ask(application_id=application.client_id)

    assert refused.value.code == "MD1000"


def test_a_draft_is_open_to_those_who_come_with_beta_alone(market: TestMarket, ask: Ask) -> None:
    draft = registered(market, status=ApplicationStatus.DRAFT)

    for version in (None, "alpha", "BETA"):
        with pytest.raises(ConsentRefused, match="is a draft") as refused:
            ask(application_id=draft.application_id, version=version)
        assert refused.value.code == "MD1000"
    assert ask(application_id=draft.application_id, version="beta").is_beta


@pytest.mark.parametrize(
    ("registration", "code"),
    [({"login_uri": "https://desk.example/login"}, "MD5100"), ({"login_uri": None}, "MD9100")],
)
def test_an_application_without_redirect_uris_cannot_be_let_in(
    market: TestMarket, ask: Ask, registration: dict[str, str | None], code: str
) -> None:
    homeless = registered(market, redirect_uris=(), **registration)

    for redirect_uri in (None, CALLBACK):
        with pytest.raises(ConsentRefused, match="has no redirect URI") as refused:
            ask(application_id=homeless.application_id, redirect_uri=redirect_uri)
        assert refused.value.code == code


@pytest.mark.parametrize("state", [None, ""])
def test_a_request_without_state_is_refused(ask: Ask, state: str | None) -> None:
    with pytest.raises(ConsentRefused, match="no state") as refused:
        ask(state=state)

    assert refused.value.code == "invalid_request"


@pytest.mark.parametrize("name", ["application_id", "redirect_uri", "state", "scope", "code_challenge", "version"])
def test_what_is_said_twice_leads_nowhere(ask: Ask, name: str) -> None:
    with pytest.raises(ConsentRefused, match=f"2 values for {name}"):
        ask(**{name: ["beta", "beta"]})


@pytest.mark.parametrize("name", ["application_id", "redirect_uri", "state", "scope", "code_challenge", "version"])
@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "\u202e", "\ufffd", "x" * 2049])
def test_what_no_application_would_send_leads_nowhere(ask: Ask, name: str, value: str) -> None:
    with pytest.raises(ConsentRefused, match=f"The {name} (holds|is)"):
        ask(**{name: value})


def test_the_longest_state_is_read(ask: Ask) -> None:
    assert ask(state="x" * 2048).state == "x" * 2048


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"scope": "sellingpartnerapi::everything"}, "invalid_scope", "no scope of a seller's"),
        ({"scope": f"{ORDERS},{INVENTORY}"}, "invalid_scope", "no scope of a seller's"),
        ({"scope": "sellingpartnerapi::migration"}, "invalid_scope", "no scope of a seller's"),
        ({"scope": f"{ORDERS} {REPORTS}"}, "invalid_scope", f"not registered for {REPORTS}"),
        ({"scope": "  "}, "invalid_scope", "asks for no scope"),
        ({"code_challenge": CHALLENGE}, "invalid_request", "must be S256"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request", "must be S256"),
        ({"code_challenge_method": "S256"}, "invalid_request", "without a code_challenge"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request", "43 characters"),
    ],
)
def test_what_is_wrong_with_the_rest_the_application_is_told(
    ask: Ask, changed: dict[str, str], error: str, words: str
) -> None:
    with pytest.raises(ConsentRedirect) as back:
        ask(**changed, redirect_uri=OTHER)

    assert back.value.url.startswith("https://desk.example/other?tenant=7&")
    told = {name: values[0] for name, values in parse_qs(urlsplit(back.value.url).query).items()}
    assert words in told.pop("error_description")
    assert told == {"tenant": "7", "error": error, "state": "st4te"}


def test_what_an_application_sent_is_not_echoed_into_its_address(ask: Ask) -> None:
    with pytest.raises(ConsentRedirect) as back:
        ask(scope='<script>"\\')

    assert "%3C" not in back.value.url


def test_the_store_asks_for_everything_and_needs_a_login_uri(market: TestMarket) -> None:
    found = registered(market, login_uri="https://desk.example/login")
    silent = registered(market)

    with market.market.read() as unit:
        wanted, login_uri = asked_in_store(unit, found.application_id, is_beta=False)
        with pytest.raises(ConsentRefused, match="no login URI") as refused:
            asked_in_store(unit, silent.application_id, is_beta=False)

    assert (wanted.scopes, wanted.redirect_uri, login_uri) == (SCOPES, CALLBACK, "https://desk.example/login")
    assert refused.value.code == "MD9100"


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("sellercentral.amazon.com", Host("sellercentral.amazon.com", Region.NA)),
        ("SellerCentral.Amazon.co.uk:443", Host("sellercentral.amazon.co.uk", Region.EU)),
        ("sellercentral.amazon.co.jp.", Host("sellercentral.amazon.co.jp", Region.FE)),
        ("vendorcentral.amazon.de", Host("vendorcentral.amazon.de", Region.EU, is_vendors=True)),
        ("localhost:8000", Host("localhost")),
        ("127.0.0.1:8000", Host("127.0.0.1")),
        ("sellercentral.amazon.com.elsewhere.example", Host("sellercentral.amazon.com.elsewhere.example")),
        ("", Host("")),
    ],
)
def test_a_host_tells_whose_central_it_is(name: str, host: Host) -> None:
    assert host_of(name) == host


def test_every_marketplace_has_its_central() -> None:
    for marketplace in MARKETPLACES.values():
        assert host_of(marketplace.seller_central).region == marketplace.region
        assert host_of(marketplace.vendor_central).is_vendors
