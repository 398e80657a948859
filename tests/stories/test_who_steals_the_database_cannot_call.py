"""A copy of the market's database: who may do what stands in it, and nothing that would let its thief do it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from page_browser import Browser
from sqlalchemy import select

from sellingpartner.market.notifications.commands import register_queue, rotate_secret_by_queue
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.world import PASSWORD

CONSENT = "/apps/authorize/consent"


def stolen(market: TestMarket) -> str:
    """Every row of every table."""
    market.server.journal.flush()
    with market.market.read() as unit:
        return "\n".join(
            f"{table.name} {tuple(row)!r}" for table in metadata.sorted_tables for row in unit.execute(select(table))
        )


def logged_in(market: TestMarket, **fields: str) -> Reply:
    known = {"client_id": market.application.client_id, "client_secret": market.client_secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return market.anybody().call("POST", "/auth/o2/token", headers=headers, body=urlencode(known | fields).encode())


def test_neither_a_key_nor_a_password_nor_a_code_is_in_it(market: TestMarket) -> None:
    redirect_uri = market.application.redirect_uris[0]
    asked = {"application_id": market.application.application_id, "state": "st4te", "redirect_uri": redirect_uri}
    browser = Browser(market).open(f"{CONSENT}?{urlencode(asked)}").signs_in(market.user().email)
    codes = []
    for _ in range(2):  # one that is exchanged, and one that still could be
        browser.open(f"{CONSENT}?{urlencode(asked)}").send(CONSENT, decision="approve")
        codes += parse_qs(urlsplit(browser.outside).query)["spapi_oauth_code"]
    tokens = logged_in(market, grant_type="authorization_code", code=codes[0], redirect_uri=redirect_uri).json()
    path = f"/orders/v0/orders/{market.buys()}"
    wanted = f'{{"restrictedResources":[{{"method":"GET","path":"{path}","dataElements":["buyerInfo"]}}]}}'
    caller = market.anybody().with_token(tokens["access_token"])
    restricted = caller.call("POST", "/tokens/2021-03-01/restrictedDataToken", body=wanted.encode()).json()

    rows = stolen(market)

    secrets = (
        PASSWORD,
        market.client_secret,
        *codes,
        tokens["access_token"],
        tokens["refresh_token"],
        restricted["restrictedDataToken"],
        browser.cookies["spapi-session"],
    )
    assert [secret for secret in secrets if secret in rows] == []
    assert {"grants", "tokens", "authorization_codes", "sessions", "users"} <= {
        row.split()[0] for row in rows.splitlines()
    }
    assert "owner@harbor.example" in rows


def test_a_rotated_secret_that_waits_for_its_queue_is_the_one_that_is(market: TestMarket) -> None:
    """What must still be sent cannot be a hash. It is gone with its arrival, which the deliveries' own tests hold."""
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, "arn:aws:sqs:us-east-1:123456789012:secrets")
        rotate_secret_by_queue(unit, market.application.application_id)

    assert [row.split()[0] for row in stolen(market).splitlines() if "amzn1.oa2-cs.v1." in row] == ["deliveries"]
