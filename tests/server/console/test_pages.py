"""What holds for every page."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.server.console import sign_in
from sellingpartner.server.console.endpoint import _PAGES
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.away import DatabaseAway

Town = Any  # tests/server/console/conftest.py
Browser = Any

HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}


def headers_of(browser: Browser) -> dict[str, str]:
    return {name: value for name, value in browser.reply.headers.items() if name in HEADERS}


def test_a_page_is_framed_by_nobody_kept_by_nobody_and_runs_nothing(browser: Browser) -> None:
    assert headers_of(browser.open("/console/sign-in")) == HEADERS
    assert headers_of(browser.signs_in()) == HEADERS
    assert headers_of(browser.open("/apps/authorize/consent")) == HEADERS
    assert headers_of(browser.open("/console/nothing")) == HEADERS


def test_the_consent_page_may_lead_to_the_applications_origin_besides(town: Town, browser: Browser) -> None:
    browser.open(town.address()).signs_in()

    policy = browser.reply.headers["content-security-policy"]
    assert "; form-action 'self' https://desk.example; " in policy


def test_no_page_holds_a_script_or_a_style_of_its_own(town: Town) -> None:
    town.user("cleo@both.example", "Cleo Marsh", seller_id=town.seller_id, developer_id=town.developer_id)
    browser = town.browser().signs_in("cleo@both.example")
    application_id = town.application.application_id
    bodies = []
    for method, template, _ in _PAGES:
        if method == "GET" and "audit" not in template:
            bodies.append(browser.open(template.replace("{application}", application_id)).reply.body.decode())
    bodies.append(browser.open(town.address()).reply.body.decode())

    assert len(bodies) == 17
    for body in bodies:
        for unwanted in ("<script", "style=", " onclick", " onload", "javascript:", 'href="http', 'action="http'):
            assert unwanted not in body


def test_what_is_not_there_is_a_page_too(town: Town, browser: Browser) -> None:
    for path in ("/console/nothing", "/consoles", "/apps/", "/apps/authorize", "/apps/store/a/b"):
        assert browser.open(path).reply.status == 404
    assert "There is no such page" in browser.text
    assert (town.last_call().status, town.last_call().code) == (404, "NotFound")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/console/sign-in", "GET, POST"),
        ("POST", "/console/applications", "GET"),
        ("GET", "/console/sign-out", "POST"),
        ("PUT", "/apps/authorize/consent", "GET, POST"),
        ("OPTIONS", "/console", "GET"),
    ],
)
def test_a_method_that_an_address_does_not_take_is_told_which_it_does(
    town: Town, method: str, path: str, allowed: str
) -> None:
    reply = town.market.anybody().call(method, path)

    assert (reply.status, reply.headers["allow"]) == (405, allowed)
    assert b"<h1>That cannot be asked for like this</h1>" in reply.body


def test_a_head_is_a_get_without_its_body(town: Town) -> None:
    reply = town.market.anybody().call("HEAD", "/console/sign-in")

    assert (reply.status, reply.body, reply.headers["content-type"]) == (200, b"", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"a=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b'{"a": 1}', "application/json", 415),
        (b"&".join(b"a=1" for _ in range(300)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_of_ours_is_a_page_too(town: Town, body: bytes, content_type: str, status: int) -> None:
    sent = {"Content-Type": content_type}

    reply = town.market.anybody().call("POST", "/console/sign-in", headers=sent, body=body)

    assert reply.status == status
    assert b"<!doctype html>" in reply.body


def test_a_defect_is_a_page_that_tells_nothing_of_it(
    town: Town, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_visit: Visit, *_: object, **__: object) -> HttpAnswer:
        message = "a secret of ours"
        raise RuntimeError(message)

    monkeypatch.setattr(sign_in, "_form", fails)
    browser.open("/console/sign-in")

    assert (browser.reply.status, "it is the market's fault" in browser.text) == (500, True)
    assert "a secret of ours" not in browser.text
    assert (town.last_call().code, town.last_call().status) == ("InternalFailure", 500)


def test_a_database_that_does_not_answer_is_a_page_too(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_visit: Visit, *_: object, **__: object) -> HttpAnswer:
        reason = "locked"
        raise DatabaseAway(reason)

    monkeypatch.setattr(sign_in, "_form", fails)

    assert browser.open("/console/sign-in").reply.status == 503
    assert "Try again in a moment" in browser.text


def test_the_stylesheet_may_be_kept_and_is_asked_for_again_by_its_tag(town: Town) -> None:
    anybody = town.market.anybody()
    first = anybody.call("GET", "/console/style.css")

    again = anybody.call("GET", "/console/style.css", headers={"If-None-Match": first.headers["etag"]})

    assert (first.status, first.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert (again.status, again.body) == (304, b"")


def test_each_request_of_a_page_has_an_id_and_a_line_without_its_query(town: Town, browser: Browser) -> None:
    browser.open(town.address(state="s3cret"))
    browser.open("/apps/authorize/consent?application_id=unknown&state=s3cret")

    call = town.last_call()
    assert call.request_id == browser.reply.headers["x-amzn-requestid"]
    assert (call.method, call.path, call.status, call.code) == ("GET", "/apps/authorize/consent", 400, "MD1000")
    assert call.reason == "No application of this market has the application_id that was sent."
    assert "s3cret" not in str(call)
