"""A developer looks after applications."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, REPORTS
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution
from sellingpartner.market.accounts.questions import application_by, applications_of
from sellingpartner.market.accounts.secrets import secrets_of
from sellingpartner.market.events.accounts import ApplicationChanged

Town = Any  # tests/server/console/conftest.py
Browser = Any

POSTS = ("/edit", "/secrets", "/queue", "/notifications", "/self-authorize")


@pytest.fixture
def ben(town: Town, browser: Browser) -> Browser:
    """Ben, who has signed in."""
    browser.signs_in("ben@wharf.example")
    return browser


def place(town: Town) -> str:
    return f"/console/developer/{town.application.application_id}"


def shown_once(browser: Browser, beginning: str) -> str:
    """A secret of the page."""
    found = re.search(rf"{re.escape(beginning)}[^\s<]+", browser.reply.body.decode())
    assert found is not None
    return found[0]


def lets_in(town: Town, name: str = "") -> str:
    """A seller lets the application in."""
    seller_id: str = town.market.join(name).seller_id if name else town.seller_id
    with town.market.market.write(seller_id) as unit:
        give_grant(unit, seller_id, town.application.application_id)
    return seller_id


def refresh(town: Town, client_id: str, client_secret: str, refresh_token: str) -> int:
    body = f"grant_type=refresh_token&client_id={client_id}&client_secret={client_secret}&refresh_token={refresh_token}"
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    status: int = town.market.anybody().call("POST", "/auth/o2/token", headers=sent, body=body.encode()).status
    return status


def test_the_list_shows_every_application_and_how_many_let_it_in(town: Town, ben: Browser) -> None:
    town.registers("Second Desk")
    lets_in(town)
    lets_in(town, "Other Goods")

    ben.open("/console/developer")

    assert "Wharf Software" in ben.text
    assert "2 sellers let it in. Private." in ben.text
    assert "Second Desk Draft" in ben.text
    assert "/sandbox" in ben.text
    assert "Harbor Desk" not in ben.text


def test_a_registered_application_works_with_what_is_shown(town: Town, ben: Browser) -> None:
    ben.open("/console/developer/register").send(
        "/register",
        name="Tide Table",
        redirect_uris="https://tide.example/back\r\n\r\n http://127.0.0.1:8080/back ",
        login_uri="https://tide.example/login",
        ticks={ORDERS: True, "unlisted": True, "private": False, "published": True, "draft": False},
    )

    assert "Tide Table is registered" in ben.text
    with town.market.market.read() as unit:
        made = applications_of(unit, town.developer_id)[-1]
    assert (made.name, made.scopes, made.optional_scopes, made.roles) == ("Tide Table", (ORDERS,), (), None)
    assert made.redirect_uris == ("https://tide.example/back", "http://127.0.0.1:8080/back")
    assert (made.login_uri, made.status) == ("https://tide.example/login", ApplicationStatus.PUBLISHED)
    assert made.distribution is Distribution.UNLISTED
    with town.market.market.write(town.seller_id) as unit:
        _, token = give_grant(unit, town.seller_id, made.application_id)
    assert (
        refresh(town, shown_once(ben, "amzn1.application-oa2-client."), shown_once(ben, "amzn1.oa2-cs."), token) == 200
    )


def test_two_registrations_are_two_applications(town: Town, ben: Browser) -> None:
    town.user("cleo@both.example", "Cleo Marsh", seller_id=town.seller_id, developer_id=town.developer_id)
    cleo = town.browser().signs_in("cleo@both.example")
    for browser in (ben, cleo):
        browser.open("/console/developer/register").send("/register", name="Tide Table", ticks={ORDERS: True})
        assert "Tide Table is registered" in browser.text

    with town.market.market.read() as unit:
        assert len({one.application_id for one in applications_of(unit, town.developer_id)}) == 3


def test_a_form_that_is_wrong_says_what_and_where_and_keeps_what_was_typed(town: Town, ben: Browser) -> None:
    ben.open("/console/developer/register").send(
        "/register",
        name=" ",
        redirect_uris="http://desk.example/back",
        login_uri="ftp://x",
        ticks={FINANCE: False, "private": False},
    )

    body = ben.reply.body.decode()
    assert ben.reply.status == 400
    for field, words in (
        ("name", "Enter a name of 1 to 80 characters"),
        ("redirect_uris", "http goes to this machine only"),
        ("login_uri", "must be absolute"),
        ("scopes", "Tick at least one"),
        ("distribution", "Choose one."),
    ):
        (fault,) = re.findall(rf'<p class="fault" id="{field}-fault">(.*?)</p>', body)
        assert words in fault
    assert 'aria-describedby="redirect_uris-hint redirect_uris-fault"' in body
    assert "http://desk.example/back</textarea>" in body
    with town.market.market.read() as unit:
        assert len(applications_of(unit, town.developer_id)) == 1


def test_what_is_optional_must_be_asked_for(town: Town, ben: Browser) -> None:
    form = [*ben.open("/console/developer/register").form("/register").fields]
    form = [(name, "Tide Table" if name == "name" else value) for name, value in form]
    form += [("scope", ORDERS), ("optional", FINANCE), ("status", "draft"), ("distribution", "private")]

    ben.post("/console/developer/register", form)

    assert (ben.reply.status, "What is optional must be asked for" in ben.text) == (400, True)


def test_roles_that_do_not_lead_to_a_scope_are_refused_in_the_markets_words(town: Town, ben: Browser) -> None:
    form = [*ben.open("/console/developer/register").form("/register").fields]
    form = [(name, "Tide Table" if name == "name" else value) for name, value in form]
    form += [("scope", ORDERS), ("role", "Amazon Logistics"), ("status", "draft"), ("distribution", "private")]

    ben.post("/console/developer/register", form)

    assert (ben.reply.status, f"No role of the application leads to {ORDERS}" in ben.text) == (400, True)


def test_a_change_is_saved_and_leaves_grants_as_they_are(town: Town, ben: Browser) -> None:
    lets_in(town)
    ben.open(f"{place(town)}/edit")
    body = ben.reply.body.decode()
    assert "https://desk.example/callback\nhttps://desk.example/other?tenant=7</textarea>" in body
    form = [pair for pair in ben.form("/edit").fields if pair[0] != "name"]
    form += [("name", "Wharf Desk 2"), ("scope", ORDERS), ("status", "published"), ("distribution", "private")]

    ben.post(f"{place(town)}/edit", form)

    assert "Saved. Permissions that were given before stay as they are." in ben.text
    with town.market.market.read() as unit:
        changed = application_by(unit, application_id=town.application.application_id)
    assert (changed.name, changed.scopes, changed.optional_scopes) == ("Wharf Desk 2", (ORDERS,), ())
    assert changed.redirect_uris == town.application.redirect_uris
    assert [fact.changed for fact in town.market.facts(ApplicationChanged)] == [("name", "optional_scopes", "scopes")]


def test_a_rotated_secret_is_shown_once_and_the_old_one_works_on_for_a_week(town: Town, ben: Browser) -> None:
    with town.market.market.write(town.seller_id) as unit:
        _, token = give_grant(unit, town.seller_id, town.application.application_id)

    ben.open(place(town)).send("/secrets")

    secret = shown_once(ben, "amzn1.oa2-cs.")
    assert "The one before it works until November 9, 2026, 09:00 UTC." in ben.text
    client_id = town.application.client_id
    assert [refresh(town, client_id, each, token) for each in (secret, town.client_secret)] == [200, 200]
    town.market.advance(days=7)
    assert [refresh(town, client_id, each, token) for each in (secret, town.client_secret)] == [200, 401]
    assert secret not in ben.signs_in("ben@wharf.example").open(place(town)).reply.body.decode()
    assert "Nov 2, 2026, 09:00 UTC Nov 9, 2026, 09:00 UTC Over" in ben.text


def test_a_rotated_secret_can_be_told_to_the_queue_alone(town: Town, ben: Browser) -> None:
    address = "arn:aws:sqs:us-east-1:123456789012:secrets"
    ben.open(place(town)).send("/queue", queue=f" {address} ")
    assert "The queue is registered." in ben.text

    ben.post(f"{place(town)}/secrets", [*ben.form("/secrets").fields, ("to", "queue")])

    assert "The queue is told the new one, and nobody else." in ben.text
    assert "amzn1.oa2-cs." not in ben.reply.body.decode()
    assert "Nov 2, 2026, 09:00 UTC APPLICATION_OAUTH_CLIENT_NEW_SECRET On its way" in ben.text
    assert ("queue", address) in ben.form("/queue").fields
    with town.market.market.read() as unit:
        assert len(secrets_of(unit, town.application.application_id)) == 2


def test_without_a_queue_nothing_is_told_and_nothing_rotated(town: Town, ben: Browser) -> None:
    ben.post(f"{place(town)}/secrets", [*ben.open(place(town)).form("/secrets").fields, ("to", "queue")])

    assert (ben.reply.status, "No queue is registered" in ben.text) == (400, True)
    with town.market.market.read() as unit:
        assert len(secrets_of(unit, town.application.application_id)) == 1


def test_what_is_no_queue_is_said_at_the_field(town: Town, ben: Browser) -> None:
    ben.open(place(town)).send("/queue", queue="arn:aws:sqs:us-east-1:123456789012:secrets.fifo")

    assert ben.reply.status == 400
    assert 'aria-describedby="queue-hint queue-fault"' in ben.reply.body.decode()
    assert "which takes no notifications; name a standard queue" in ben.text


def test_a_secret_that_ends_soon_is_warned_of(town: Town, ben: Browser) -> None:
    town.market.advance(days=91)
    assert "Its client secret ends on May 1, 2027" in ben.signs_in("ben@wharf.example").text
    assert "Ends soon" in ben.open(place(town)).text

    town.market.advance(days=90)

    assert "Its client secret has ended" in ben.signs_in("ben@wharf.example").text


def test_what_was_refused_is_listed_with_the_reason(town: Town, ben: Browser) -> None:
    limited = town.market.caller(application=town.application, scopes=[INVENTORY])
    limited.call("GET", "/orders/v0/orders/902-0000000-0000000")

    ben.open(place(town))

    assert "getOrder /orders/v0/orders/{orderId} 403 Unauthorized" in ben.text
    assert ORDERS in ben.text.partition("What was refused")[2]


def test_a_request_that_no_seller_could_be_asked_is_among_them(town: Town, ben: Browser) -> None:
    stranger = town.browser()
    stranger.open(town.address(redirect_uri="https://elsewhere.example/"))
    stranger.open(town.address(application_id=town.application.client_id))
    stranger.open(town.address(application_id="unknown"))

    ben.open(place(town))

    refused = ben.text.partition("What was refused")[2]
    assert "GET /apps/authorize/consent 400 MD5101 The redirect_uri is not registered for Wharf Desk." in refused
    assert "GET /apps/authorize/consent 400 MD1000 The application_id that was sent is a client id." in refused
    assert "No application of this market" not in refused


def test_grants_are_listed_by_seller(town: Town, ben: Browser) -> None:
    lets_in(town)
    other = lets_in(town, "Other Goods")

    ben.open(place(town))

    assert f"Other Goods {other} Orders, Inventory, Finances November 2, 2026 - Never Stands" in ben.text


def test_what_is_asked_for_and_never_used_is_said(town: Town, ben: Browser) -> None:
    caller = town.market.caller(application=town.application, scopes=[ORDERS, INVENTORY, FINANCE])
    caller.call("GET", "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01")
    assert "Ask for less" not in ben.open(place(town)).text

    town.market.advance(days=2)

    ben.signs_in("ben@wharf.example").open(place(town))
    assert (
        "It asks for finances and never used it, though 1 seller gave it, the first on November 2, 2026. "
        "Do not ask for it before it is needed." in ben.text
    )
    assert "It asks for inventory and never used it" in ben.text
    assert "It asks for orders" not in ben.text


def test_who_sells_too_can_let_it_into_the_own_account(town: Town, ben: Browser) -> None:
    assert "Authorize for my own account" not in ben.open(place(town)).text
    own = town.market.join("Cleo's Corner")
    town.user("cleo@both.example", "Cleo Marsh", seller_id=own.seller_id, developer_id=town.developer_id)
    cleo = town.browser().signs_in("cleo@both.example")

    tokens = {shown_once(cleo.open(place(town)).send("/self-authorize"), "Atzr|") for _ in range(2)}

    assert len(tokens) == 2
    client = (town.application.client_id, town.client_secret)
    assert [refresh(town, *client, token.replace("|", "%7C")) for token in tokens] == [200, 200]


def test_the_own_account_counts_towards_the_cap(town: Town, ben: Browser) -> None:
    for number in range(10):
        lets_in(town, f"Shop {number}")
    own = town.market.join("Cleo's Corner")
    town.user("cleo@both.example", "Cleo Marsh", seller_id=own.seller_id, developer_id=town.developer_id)
    cleo = town.browser().signs_in("cleo@both.example")

    cleo.open(place(town)).send("/self-authorize")

    assert (cleo.reply.status, "CONSENT_LIMIT_REACHED" in cleo.text) == (400, True)


def test_who_is_no_seller_cannot(town: Town, ben: Browser) -> None:
    ben.post(f"{place(town)}/self-authorize", ben.open(place(town)).form("/secrets").fields)

    assert (ben.reply.status, "SPSA0404" in ben.text) == (400, True)


def test_nobody_sees_or_touches_what_is_anothers(town: Town, ben: Browser) -> None:
    harbor = f"/console/developer/{town.market.application.application_id}"
    form = ben.form("/console/sign-out").fields

    assert [ben.open(harbor + path).reply.status for path in ("", "/edit")] == [404, 404]
    assert [ben.post(harbor + path, form).reply.status for path in ("/edit", "/secrets", "/self-authorize")] == [
        404
    ] * 3
    with town.market.market.read() as unit:
        assert len(secrets_of(unit, town.market.application.application_id)) == 1


@pytest.mark.parametrize("path", POSTS)
def test_another_sites_page_cannot_change_anything(town: Town, ben: Browser, path: str) -> None:
    assert ben.post(place(town) + path, []).reply.status == 403
    assert ben.post("/console/developer/register", [("name", "x")]).reply.status == 403


def test_a_seller_has_no_such_page(browser: Browser) -> None:
    browser.signs_in()

    assert browser.open("/console/developer").reply.status == 403
    assert "You are no developer" in browser.text
    assert browser.open("/console/developer/register").reply.status == 403


def test_what_the_seller_did_is_told_without_who_did_it(town: Town, ben: Browser) -> None:
    ada = town.browser().open(town.address()).signs_in()
    ada.send("/apps/authorize/consent", decision="deny")

    ben.open(place(town))

    assert "Consent denied scopes: Orders, Inventory, Finances Somebody -" in ben.text
    assert "Ada Finch" not in ben.text
    assert REPORTS not in ben.text
