"""Requests that no seller is asked, and sellers who are not to be asked."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.scopes import ORDERS, REPORTS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.consent import CAPS
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution

Town = Any  # tests/server/console/conftest.py
Browser = Any

CONSENT = "/apps/authorize/consent"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"application_id": None}, "MD1000"),
        ({"application_id": "amzn1.sp.solution.unknown"}, "MD1000"),
        ({"redirect_uri": "https://elsewhere.example/"}, "MD5101"),
        ({"redirect_uri": "https://desk.example/callback#x"}, "MD5110"),
        ({"state": None}, "invalid_request"),
        ({"state": ["a", "b"]}, "invalid_request"),
        ({"redirect_uri": ["https://desk.example/callback", "https://elsewhere.example/"]}, "invalid_request"),
    ],
)
def test_a_bad_request_is_a_page_with_a_code_and_a_cure_and_leads_nowhere(
    town: Town, browser: Browser, changed: dict[str, Any], code: str
) -> None:
    browser.open(town.address(**changed))

    assert (browser.reply.status, browser.outside) == (400, "")
    for words in (f"Error {code}", "If you are the seller", f"the code {code}", "If you develop the application"):
        assert words in browser.text
    assert (town.last_call().status, town.last_call().code) == (400, code)


def test_a_link_without_a_state_leads_the_seller_to_where_the_application_begins(town: Town, browser: Browser) -> None:
    begins = town.registers(
        "Pier Desk",
        redirect_uris=("https://pier.example/callback",),
        login_uri="https://pier.example/login",
        status=ApplicationStatus.PUBLISHED,
    )

    browser.open(f"{CONSENT}?application_id={begins.application_id}")

    assert "the link that led here is not whole" in browser.text
    assert 'href="https://pier.example/login"' in browser.reply.body.decode()
    assert "is not whole" not in browser.open(town.address(redirect_uri="https://elsewhere.example/")).text


def test_nobody_has_to_sign_in_to_be_told(town: Town, browser: Browser) -> None:
    assert "Error MD5101" in browser.open(town.address(redirect_uri="https://elsewhere.example/")).text


def test_an_unregistered_scope_is_told_to_the_application_before_anybody_signs_in(town: Town, browser: Browser) -> None:
    browser.open(town.address(scope=f"{ORDERS} {REPORTS}"))

    assert browser.outside.startswith("https://desk.example/callback?error=invalid_scope&")
    assert browser.answer["state"] == "st4te"
    assert browser.answer["error_description"] == f"The application is not registered for {REPORTS}."
    call = town.last_call()
    assert (call.status, call.code, call.application_id) == (303, "invalid_scope", town.application.application_id)


def test_a_draft_says_that_it_is_one(town: Town, browser: Browser) -> None:
    draft = town.registers("Draft Desk", redirect_uris=("https://desk.example/callback",))
    assert "Draft Desk is a draft" in browser.open(town.address(application_id=draft.application_id)).text

    browser.open(town.address(application_id=draft.application_id, version="beta")).signs_in()

    assert "Draft, for testing" in browser.text
    assert browser.send(CONSENT, decision="approve").answer["state"] == "st4te"


def test_who_acts_for_no_seller_may_sign_in_as_somebody_who_does(town: Town, browser: Browser) -> None:
    browser.open(town.address()).signs_in("ben@wharf.example")

    assert "Error SPSA0404" in browser.text
    assert "Sign in as the primary user of the seller's account." in browser.text
    browser.send("/console/sign-out").signs_in("ada@harbor.example")
    assert "Wharf Desk asks for access to Harbor Goods" in browser.text


def test_who_is_not_the_primary_user_is_not_asked(town: Town, browser: Browser) -> None:
    town.user("eve@harbor.example", "Eve Lund", seller_id=town.seller_id, is_primary=False)

    browser.open(town.address()).signs_in("eve@harbor.example")

    assert (browser.reply.status, "Error SPDC8143" in browser.text) == (400, True)
    assert town.last_call().code == "SPDC8143"


def test_an_application_may_be_let_in_by_so_many_sellers_and_no_more(town: Town, browser: Browser) -> None:
    for number in range(CAPS[Distribution.PRIVATE]):
        seller = town.market.join(f"Shop {number}")
        with town.market.market.write(seller.seller_id) as unit:
            give_grant(unit, seller.seller_id, town.application.application_id)

    browser.open(town.address()).signs_in()

    assert (browser.reply.status, "Error CONSENT_LIMIT_REACHED" in browser.text) == (400, True)


def test_the_central_of_another_region_is_not_this_sellers(town: Town) -> None:
    for host, status in (
        ("sellercentral.amazon.com", 200),
        ("sellercentral.amazon.ca", 200),
        ("sellercentral.amazon.co.uk", 400),
        ("sellercentral.amazon.co.jp", 400),
        ("vendorcentral.amazon.com", 400),
        ("localhost:8000", 200),
        ("market.example", 200),
    ):
        browser = town.browser(host).open(town.address()).signs_in()
        assert (host, browser.reply.status) == (host, status)
        assert ("Error SPSA0404" in browser.text) == (status == 400)


def test_no_page_leads_to_the_host_that_the_browser_named(town: Town) -> None:
    browser = town.browser("elsewhere.example").open(town.address())
    seen = [browser.reply.body, browser.signs_in().reply.body, browser.open("/console/applications").reply.body]
    seen.append(town.browser("elsewhere.example").signs_in("ben@wharf.example").reply.body)

    assert all(b"elsewhere.example" not in body for body in seen)


def test_what_was_withdrawn_between_page_and_decision_is_refused(town: Town, browser: Browser) -> None:
    browser.open(town.address()).signs_in()
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, status=ApplicationStatus.DRAFT)

    browser.send(CONSENT, decision="approve")

    assert (browser.reply.status, browser.outside, "Error MD1000" in browser.text) == (400, "", True)


def test_words_of_a_request_are_shown_as_words(town: Town, browser: Browser) -> None:
    rude = town.registers(
        "<b>Desk</b> & Co", redirect_uris=("https://desk.example/callback",), status=ApplicationStatus.PUBLISHED
    )
    browser.open(town.address(application_id=rude.application_id, state='"><script>alert(1)</script>')).signs_in()

    body = browser.reply.body.decode()
    assert "<script" not in body
    assert "&lt;b&gt;Desk&lt;/b&gt; &amp; Co asks for access" in body
    assert browser.send(CONSENT, decision="deny").answer["state"] == '"><script>alert(1)</script>'
