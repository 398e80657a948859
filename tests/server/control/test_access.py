from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sellingpartner.contract.market_v1 import ListSellers
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.process.settings import Settings
from sellingpartner.testing import Caller, Reply, TestMarket

STATUS = "/market/v1/status"


def from_address(market: TestMarket, address: str) -> Caller:
    """Somebody who calls from elsewhere."""

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return market.server(environ | {"REMOTE_ADDR": address}, start_response)

    return Caller(app)


def message_of(reply: Reply) -> str:
    text: str = reply.json()["errors"][0]["message"]
    return text


def drive(market: TestMarket, key: str | None = None, *, is_public: bool = False) -> None:
    """Give the market its control API."""
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk, key, is_public=is_public))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_a_program_on_this_machine_needs_no_key_where_there_is_none(market: TestMarket, address: str) -> None:
    drive(market)

    assert from_address(market, address).call("GET", STATUS).status == 200


@pytest.mark.parametrize("address", ["192.168.1.20", "2001:db8::1", "", "unix:"])
def test_another_machine_is_refused_where_there_is_no_key(market: TestMarket, operator: Caller, address: str) -> None:
    body = b'{"name":"Eve","marketplaceIds":["ATVPDKIKX0DER"]}'
    headers = {"Content-Type": "application/json", "Authorization": "Bearer guess"}

    reply = from_address(market, address).call("POST", "/market/v1/sellers", headers=headers, body=body)

    assert reply.status == 403
    assert "--control-key (or SPAPI_CONTROL_KEY)" in message_of(reply)
    assert [one.name for one in operator.send(ListSellers()).sellers] == ["Harbor Goods"]


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.20"])
def test_a_key_that_is_set_is_asked_for_from_everybody(market: TestMarket, address: str) -> None:
    drive(market, "let-me-in", is_public=True)
    caller = from_address(market, address)  # nginx's plain proxy_pass looks like a program on this machine

    refused = caller.call("GET", STATUS)

    assert (refused.status, "send it as Authorization: Bearer KEY" in message_of(refused)) == (403, True)
    assert caller.call("GET", STATUS, headers={"Authorization": "Bearer let-me-in"}).status == 200


@pytest.mark.parametrize("key", ["let-me-out", "", "l\u00e9t-me-in"])
def test_a_wrong_key_is_refused_on_the_same_machine_too(market: TestMarket, key: str) -> None:
    drive(market, "let-me-in")

    reply = market.anybody().call("GET", STATUS, headers={"Authorization": f"Bearer {key}"})

    assert (reply.status, message_of(reply)) == (403, "This is not the market's control key.")


@pytest.mark.parametrize(
    ("host", "public_url", "is_public"),
    [
        ("127.0.0.1", None, False),
        ("::1", None, False),
        ("localhost", "http://localhost:9000", False),
        ("127.0.0.1", "https://market.example", True),
        ("0.0.0.0", None, True),
        ("192.168.1.20", None, True),
    ],
)
def test_a_market_is_public_where_others_reach_it(host: str, public_url: str | None, *, is_public: bool) -> None:
    assert Settings(host=host, public_url=public_url).is_public is is_public


def test_a_public_market_without_a_key_is_driven_by_nobody(market: TestMarket) -> None:
    drive(market, is_public=True)

    reply = market.anybody().call("GET", STATUS)

    assert reply.status == 403
    assert "--control-key (or SPAPI_CONTROL_KEY)" in message_of(reply)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("X-Forwarded-For", "203.0.113.9"),
        ("Forwarded", "for=203.0.113.9"),
        ("Host", "evil.example:8000"),
        ("Host", "203.0.113.9"),
        ("Host", "sellingpartnerapi-na.amazon.com"),
        ("Host", "sellercentral.amazon.com:443"),
    ],
)
def test_a_web_page_or_a_proxy_cannot_drive_the_market(operator: Caller, name: str, value: str) -> None:
    assert operator.call("GET", STATUS, headers={name: value}).status == 403


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_page_may_send_unasked_is_no_json_here(operator: Caller, media_type: str) -> None:
    body = b'{"name":"Eve","marketplaceIds":["ATVPDKIKX0DER"]}'

    assert operator.call("POST", "/market/v1/sellers", headers={"Content-Type": media_type}, body=body).status == 415


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "market.localhost"])
def test_the_names_of_this_machine_are_its_own(operator: Caller, host: str) -> None:
    assert operator.call("GET", STATUS, headers={"Host": host, "Sec-Fetch-Site": "none"}).status == 200
