"""Signing in and out at the pages."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.market.accounts.audit import entries

Town = Any  # tests/server/console/conftest.py
Browser = Any


def test_a_seller_is_led_to_its_applications_and_a_developer_to_its_own(town: Town) -> None:
    assert town.browser().signs_in("ada@harbor.example").target == "/console/applications"
    assert town.browser().signs_in("ben@wharf.example").target == "/console/developer"


def test_the_address_is_known_in_whatever_case_it_is_typed(browser: Browser) -> None:
    assert browser.signs_in("  ADA@Harbor.example ").target == "/console/applications"


def test_who_is_signed_in_is_not_asked_again(browser: Browser) -> None:
    browser.signs_in()

    assert browser.open("/console/sign-in").target == "/console/applications"
    assert browser.open("/console").target == "/console/applications"


def test_a_page_that_needs_a_person_asks_who_it_is_and_then_goes_on(browser: Browser) -> None:
    browser.open("/console/applications?done=revoked")
    assert browser.target == "/console/sign-in?return_to=%2Fconsole%2Fapplications%3Fdone%3Drevoked"

    assert browser.signs_in().target == "/console/applications?done=revoked"


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ({"minutes": 31}, "It was last seen at 09:00 on November 2, more than 30 minutes of market time ago."),
        ({"days": 3}, "It began at 09:00 on November 2 and lasts 12 hours of market time."),
    ],
)
def test_a_session_that_market_time_has_ended_says_so_when_it_asks_again(
    town: Town, browser: Browser, by: dict[str, int], why: str
) -> None:
    browser.signs_in()
    town.market.advance(**by)

    text = browser.open("/console/applications").text

    assert browser.target.startswith("/console/sign-in?return_to=")
    assert f"Your session has ended. {why} It is " in text
    assert "(UTC) in the market." in text
    assert browser.signs_in().target == "/console/applications"


def test_who_never_signed_in_and_who_signed_out_is_told_of_no_session(town: Town, browser: Browser) -> None:
    assert "has ended" not in browser.open("/console/sign-in").text
    browser.signs_in().send("/console/sign-out")
    assert "has ended" not in browser.open("/console/sign-in").text


def test_a_wrong_password_and_an_unknown_address_look_the_same(town: Town) -> None:
    wrong = town.browser().signs_in(password="not the password")
    unknown = town.browser().signs_in("nobody@harbor.example")

    said = "The email address or the password is not right."
    assert (wrong.reply.status, said in wrong.text) == (401, True)
    assert wrong.text == unknown.text.replace("nobody", "ada")
    assert 'value="ada@harbor.example"' in wrong.reply.body.decode()
    assert "not the password" not in wrong.reply.body.decode()
    assert wrong.open("/console").target.startswith("/console/sign-in")


@pytest.mark.parametrize("email", ["ada@harbor.example", "nobody@harbor.example"])
def test_who_guesses_too_often_is_told_how_long_to_wait(town: Town, browser: Browser, email: str) -> None:
    for _ in range(6):
        browser.signs_in(email, "a wrong password")

    locked = browser.signs_in(email)

    assert locked.reply.status == 429
    assert "Too many attempts with this email address or from this place. Try again in 30 seconds." in locked.text
    assert locked.reply.headers["retry-after"] == "30"
    town.market.advance(seconds=31)
    assert browser.signs_in(email).reply.status == (200 if email == "ada@harbor.example" else 401)


def test_a_form_that_was_not_filled_in_says_which_field(browser: Browser) -> None:
    refused = browser.signs_in("", "")

    assert refused.reply.status == 400
    assert "Enter your email address." in refused.text
    body = refused.reply.body.decode()
    assert 'aria-invalid="true" aria-describedby=" email-fault"' in body
    assert '<p class="fault" id="password-fault">Enter your password.</p>' in body


@pytest.mark.parametrize(
    ("email", "password"), [("a\x00b@harbor.example", "x" * 12), ("a@b", "x" * 1025), ("x" * 255, "y")]
)
def test_what_nobody_types_is_refused_before_it_is_looked_up(browser: Browser, email: str, password: str) -> None:
    assert browser.signs_in(email, password).reply.status == 400


def test_signing_in_takes_a_key_that_nobody_could_have_planted(browser: Browser) -> None:
    browser.open("/console/sign-in")
    before = browser.cookies["spapi-session"]

    browser.signs_in()

    assert browser.cookies["spapi-session"] != before


def test_a_sign_in_form_works_in_the_browser_that_it_was_shown_to(town: Town, browser: Browser) -> None:
    other = town.browser().open("/console/sign-in")
    browser.open("/console/sign-in")
    stolen = dict(other.form("/console/sign-in").fields) | {"email": "ada@harbor.example"}

    refused = browser.post("/console/sign-in", list(stolen.items()))

    assert (refused.reply.status, "This form is out of date" in refused.text) == (403, True)
    assert browser.open("/console").target.startswith("/console/sign-in")


def test_another_sites_page_cannot_sign_anybody_in(browser: Browser) -> None:
    fields = dict(browser.open("/console/sign-in").form("/console/sign-in").fields)
    filled = list((fields | {"email": "ada@harbor.example", "password": "correct horse battery staple"}).items())

    strange = browser.post("/console/sign-in", filled, **{"Sec-Fetch-Site": "cross-site"})
    assert strange.reply.status == 403
    strange = browser.post("/console/sign-in", filled, Origin="https://elsewhere.example")
    assert strange.reply.status == 403
    assert browser.post("/console/sign-in", filled, Origin="null").target == "/console/applications"


@pytest.mark.parametrize(
    "return_to",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/console/..//elsewhere.example"],
)
def test_signing_in_leads_nowhere_outside(browser: Browser, return_to: str) -> None:
    browser.open(f"/console/sign-in?return_to={return_to}")
    fields = dict(browser.form("/console/sign-in").fields)
    assert fields["return_to"] == ""

    filled = fields | {
        "email": "ada@harbor.example",
        "password": "correct horse battery staple",
        "return_to": return_to,
    }
    browser.post("/console/sign-in", list(filled.items()))

    assert (browser.outside, browser.target) == ("", "/console/applications")


def test_a_session_ends_half_an_hour_after_it_was_last_used(town: Town, browser: Browser) -> None:
    browser.signs_in()
    for _ in range(3):
        town.market.advance(minutes=20)
        assert browser.open("/console/applications").target == "/console/applications"

    town.market.advance(minutes=31)

    assert browser.open("/console/applications").target.startswith("/console/sign-in")


def test_a_session_ends_after_twelve_hours_however_busy(town: Town, browser: Browser) -> None:
    browser.signs_in()
    for _ in range(36):
        town.market.advance(minutes=20)
        last = browser.open("/console/applications").target

    assert last.startswith("/console/sign-in")


def test_who_signs_out_is_out_with_the_key_too(browser: Browser) -> None:
    browser.signs_in()
    key = browser.cookies["spapi-session"]

    browser.send("/console/sign-out")

    assert (browser.target, browser.reply.status) == ("/console/sign-in", 200)
    browser.cookies["spapi-session"] = key
    assert browser.open("/console/applications").target.startswith("/console/sign-in")


def test_another_sites_page_cannot_sign_anybody_out(browser: Browser) -> None:
    browser.signs_in()

    assert browser.post("/console/sign-out", []).reply.status == 403
    assert browser.open("/console/applications").target == "/console/applications"


@pytest.mark.parametrize("page", ["/console/sign-out", "/console/sign-in", "/console/applications", "/console/no-page"])
def test_another_sites_form_comes_without_the_cookie_and_takes_it_from_nobody(town: Town, page: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}

    answer = town.market.anybody().call("POST", page, headers=headers, body=b"csrf=made-up")

    assert "set-cookie" not in answer.headers


def test_signing_out_twice_is_signing_out(browser: Browser) -> None:
    browser.signs_in()
    form = browser.form("/console/sign-out").fields
    browser.post("/console/sign-out", form)

    assert browser.post("/console/sign-out", form).target == "/console/sign-in"


def test_whoever_comes_and_goes_is_in_the_record(town: Town, browser: Browser) -> None:
    browser.signs_in(password="not the password")
    browser.signs_in()
    browser.send("/console/sign-out")

    with town.market.market.read() as unit:
        found = [(entry.what, entry.by.id, entry.by.address) for entry in entries(unit, seller_id=town.seller_id)]

    ada = town.ada.user_id
    assert found[-3:] == [
        ("sign_in.refused", ada, "127.0.0.1"),
        ("sign_in.accepted", ada, "127.0.0.1"),
        ("sign_out", ada, "127.0.0.1"),
    ]


def test_the_log_says_that_somebody_was_refused_and_not_with_what(town: Town, browser: Browser) -> None:
    browser.signs_in(password="not the password")

    call = town.last_call()

    assert (call.path, call.status, call.code, call.api) == ("/console/sign-in", 401, "SignInRefused", "console")
    assert call.reason == "The email address or the password is not right."
