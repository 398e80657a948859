"""A seller decides about an application's request, and the application hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, REPORTS
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.audit import entries
from sellingpartner.market.accounts.model import ActorKind, Distribution
from sellingpartner.market.accounts.questions import grants_of

Town = Any  # tests/server/console/conftest.py
Browser = Any

CONSENT = "/apps/authorize/consent"


@pytest.fixture
def asked(town: Town, browser: Browser) -> Browser:
    """Ada, who has come from the application and signed in."""
    browser.open(town.address()).signs_in()
    return browser


def scopes_of(town: Town) -> list[tuple[str, ...]]:
    """The scopes of each grant that stands."""
    with town.market.market.read() as unit:
        found = grants_of(unit, seller_id=town.seller_id, application_id=town.application.application_id)
        return [grant.scopes for grant in found if grant.stands(unit.now)]


def given(town: Town, browser: Browser, **ticks: bool) -> None:
    """Approve and exchange."""
    browser.open(town.address()).send(CONSENT, decision="approve", ticks={FINANCE: ticks.get("finance", True)})
    assert town.exchange(browser.answer["code"]).status == 200


def test_the_page_says_who_asks_whom_for_what_and_where_it_leads(asked: Browser) -> None:
    for words in (
        "Wharf Desk asks for access to Harbor Goods",
        "By Wharf Software",
        "See your orders and work on them.",
        "Confirm shipments, verify regulated items, and manage service appointments",
        "Not allowed: Change the bank account that you are paid to",
        "Finances Optional",
        "your browser then goes to desk.example",
        "as Ada Finch",
    ):
        assert words in asked.text
    assert "Given already" not in asked.text


def test_approval_brings_a_code_that_gives_what_was_approved(town: Town, asked: Browser) -> None:
    asked.send(CONSENT, decision="approve")

    code = asked.answer["code"]
    assert asked.outside.startswith("https://desk.example/callback?state=st4te&code=")
    assert asked.answer == {
        "state": "st4te",
        "code": code,
        "spapi_oauth_code": code,
        "selling_partner_id": town.seller_id,
    }
    exchanged = town.exchange(code)
    assert (exchanged.status, exchanged.json()["scope"]) == (200, f"{ORDERS} {INVENTORY} {FINANCE}")
    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_what_is_unticked_is_not_given(town: Town, asked: Browser) -> None:
    asked.send(CONSENT, decision="approve", ticks={FINANCE: False})

    assert town.exchange(asked.answer["code"]).json()["scope"] == f"{ORDERS} {INVENTORY}"


def test_denial_leads_back_with_the_error_and_gives_nothing(town: Town, asked: Browser) -> None:
    asked.send(CONSENT, decision="deny")

    assert asked.outside.startswith("https://desk.example/callback?")
    assert (asked.answer["error"], asked.answer["state"], "code" in asked.answer) == ("access_denied", "st4te", False)
    assert scopes_of(town) == []
    call = town.last_call()
    assert (call.code, call.reason, call.seller_id) == ("access_denied", "The seller denied it.", town.seller_id)


def test_amazons_form_is_answered_with_amazons_parameters(town: Town, browser: Browser) -> None:
    browser.open(town.address(scope=None)).signs_in()

    browser.send(CONSENT, decision="approve")

    assert sorted(browser.answer) == ["selling_partner_id", "spapi_oauth_code", "state"]
    exchanged = town.exchange(browser.answer["spapi_oauth_code"])
    assert exchanged.json()["scope"] == f"{ORDERS} {INVENTORY} {FINANCE}"


def test_a_registered_query_is_kept(town: Town, browser: Browser) -> None:
    browser.open(town.address(redirect_uri="https://desk.example/other?tenant=7")).signs_in()

    browser.send(CONSENT, decision="approve")

    assert browser.outside.startswith("https://desk.example/other?tenant=7&state=st4te&code=")


def test_what_was_given_before_is_marked_and_taken_back_if_unticked(town: Town, asked: Browser) -> None:
    given(town, asked)
    asked.open(town.address())
    assert asked.text.count("Given already") == 3

    given(town, asked, finance=False)

    assert scopes_of(town) == [(ORDERS, INVENTORY), (ORDERS, INVENTORY)]
    asked.open(town.address())
    assert asked.text.count("Given already") == 2


def test_what_is_not_asked_for_again_stays(town: Town, asked: Browser) -> None:
    given(town, asked)

    asked.open(town.address(scope=ORDERS)).send(CONSENT, decision="approve")

    assert scopes_of(town) == [(ORDERS, INVENTORY, FINANCE)]


def test_approving_twice_makes_two_codes_and_each_is_good(town: Town, asked: Browser) -> None:
    form = [*asked.form(CONSENT).fields, ("tick", FINANCE), ("decision", "approve")]
    first = asked.post(CONSENT, form).answer["code"]
    second = asked.post(CONSENT, form).answer["code"]

    assert first != second
    assert [town.exchange(code).status for code in (first, second)] == [200, 200]


def test_a_session_that_ended_meanwhile_is_begun_anew_and_the_question_is_asked_again(
    town: Town, asked: Browser
) -> None:
    town.market.advance(minutes=31)

    asked.send(CONSENT, decision="approve")
    assert asked.target.startswith("/console/sign-in?return_to=%2Fapps%2Fauthorize%2Fconsent%3F")
    asked.signs_in()

    assert "Wharf Desk asks for access to Harbor Goods" in asked.text
    assert asked.send(CONSENT, decision="approve").answer["state"] == "st4te"


def test_a_page_that_was_shown_to_somebody_else_decides_nothing(town: Town, asked: Browser) -> None:
    other = town.market.join("Other Goods")
    town.user("dora@other.example", "Dora Quill", seller_id=other.seller_id)
    stale = [*asked.form(CONSENT).fields, ("decision", "approve")]
    asked.send("/console/sign-out").signs_in("dora@other.example")
    assert "asks for access to Other Goods" in asked.text

    asked.post(CONSENT, stale)

    assert (asked.reply.status, asked.outside) == (403, "")
    assert "The page was loaded before you signed in, or as somebody else" in asked.text
    assert asked.send(CONSENT, decision="approve").answer["selling_partner_id"] == other.seller_id


def test_another_sites_page_cannot_approve(town: Town, asked: Browser) -> None:
    form = asked.form(CONSENT).fields
    forged = [(name, value) for name, value in form if name != "csrf"]

    for pairs, headers in (
        ([*forged, ("decision", "approve")], {}),
        ([*forged, ("csrf", "0" * 64), ("decision", "approve")], {}),
        ([*form, ("decision", "approve")], {"Sec-Fetch-Site": "cross-site"}),
        ([*form, ("decision", "approve")], {"Origin": "https://desk.example"}),
    ):
        asked.post(CONSENT, pairs, **headers)
        assert (asked.reply.status, asked.outside) == (403, "")
    assert "consent.approved" not in audited(town)


def test_what_was_not_shown_cannot_be_approved(town: Town, browser: Browser) -> None:
    browser.open(town.address(scope=None)).signs_in()
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, scopes=(ORDERS, INVENTORY, FINANCE, REPORTS))

    browser.send(CONSENT, decision="approve")

    assert (browser.reply.status, browser.outside) == (400, "")
    assert "What is asked for has changed since this page was shown." in browser.text
    assert "Have reports made about your business, and download them." in browser.text
    assert browser.send(CONSENT, decision="approve").outside != ""


def test_the_decision_is_held_to_what_is_registered_by_then(town: Town, asked: Browser) -> None:
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, redirect_uris=("https://desk.example/moved",))

    asked.send(CONSENT, decision="approve")

    assert (asked.reply.status, asked.outside, "Error MD5101" in asked.text) == (400, "", True)


def test_a_form_without_a_decision_is_asked_again_as_it_was_filled_in(asked: Browser) -> None:
    asked.send(CONSENT, ticks={FINANCE: False})

    assert (asked.reply.status, "Choose whether to approve or to deny." in asked.text) == (400, True)
    assert asked.form(CONSENT).boxes == [("tick", FINANCE, False)]


def test_nothing_at_all_cannot_be_approved(town: Town, browser: Browser) -> None:
    browser.open(town.address(scope=FINANCE)).signs_in()

    browser.send(CONSENT, decision="approve", ticks={FINANCE: False})

    assert (browser.reply.status, browser.outside) == (400, "")
    assert "Nothing is ticked" in browser.text


def test_a_tick_that_was_not_offered_counts_for_nothing(town: Town, asked: Browser) -> None:
    form = [*asked.form(CONSENT).fields, ("tick", REPORTS), ("tick", "nonsense"), ("decision", "approve")]

    asked.post(CONSENT, form)

    assert town.exchange(asked.answer["code"]).json()["scope"] == f"{ORDERS} {INVENTORY}"


def test_a_permission_that_ends_says_when(town: Town, browser: Browser) -> None:
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, distribution=Distribution.LISTED)

    browser.open(town.address()).signs_in()

    assert "The permission ends by itself after 365 days." in browser.text


def test_a_code_that_was_asked_for_with_a_challenge_is_good_for_whoever_knows_the_verifier(
    town: Town, browser: Browser
) -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    browser.open(town.address(code_challenge=challenge, code_challenge_method="S256")).signs_in()
    codes = []
    for _ in range(2):
        browser.open(town.address(code_challenge=challenge, code_challenge_method="S256"))
        codes.append(browser.send(CONSENT, decision="approve").answer["code"])

    assert town.exchange(codes[0]).status == 400
    assert town.exchange(codes[1], code_verifier=verifier).status == 200


def test_two_tabs_may_decide_one_after_the_other(town: Town, asked: Browser) -> None:
    first = [*asked.form(CONSENT).fields, ("tick", FINANCE), ("decision", "approve")]
    asked.open(town.address(state="second"))
    asked.send(CONSENT, decision="deny")
    assert asked.answer["state"] == "second"

    asked.post(CONSENT, first)

    assert asked.answer["state"] == "st4te"


def audited(town: Town) -> list[str]:
    with town.market.market.read() as unit:
        return [entry.what for entry in entries(unit, seller_id=town.seller_id)]


def test_the_decision_is_on_record_with_who_and_from_where(town: Town, asked: Browser) -> None:
    asked.send(CONSENT, decision="approve")
    asked.open(town.address()).send(CONSENT, decision="deny")

    with town.market.market.read() as unit:
        found = entries(unit, seller_id=town.seller_id, application_id=town.application.application_id)
    assert [(entry.what, entry.by.kind, entry.by.id, entry.by.address) for entry in found] == [
        ("consent.approved", ActorKind.USER, town.ada.user_id, "127.0.0.1"),
        ("consent.denied", ActorKind.USER, town.ada.user_id, "127.0.0.1"),
    ]
