from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sellingpartner.contract.market_v1 import ListSellers
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
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


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_a_program_on_this_machine_needs_no_key(market: TestMarket, operator: Caller, address: str) -> None:
    assert from_address(market, address).call("GET", STATUS).status == 200


@pytest.mark.parametrize("address", ["192.168.1.20", "2001:db8::1", "", "unix:"])
def test_another_machine_is_refused_without_the_key(market: TestMarket, operator: Caller, address: str) -> None:
    reply = from_address(market, address).call(
        "POST", "/market/v1/sellers", body=b'{"name":"Eve","marketplaceIds":["ATVPDKIKX0DER"]}'
    )

    assert reply.status == 403
    assert "send the control key as Authorization: Bearer KEY" in message_of(reply)
    assert [one.name for one in operator.send(ListSellers()).sellers] == ["Harbor Goods"]


def test_another_machine_is_let_in_with_the_key(market: TestMarket, operator: Caller) -> None:
    stranger = from_address(market, "192.168.1.20")

    assert stranger.call("GET", STATUS, headers={"Authorization": "Bearer let-me-in"}).status == 200


@pytest.mark.parametrize("key", ["let-me-out", "", "l\u00e9t-me-in"])
def test_a_wrong_key_is_refused_on_the_same_machine_too(operator: Caller, key: str) -> None:
    reply = operator.call("GET", STATUS, headers={"Authorization": f"Bearer {key}"})

    assert reply.status == 403
    assert message_of(reply) == "This is not the market's control key."


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
    ],
)
def test_a_web_page_or_a_proxy_cannot_drive_the_market(operator: Caller, name: str, value: str) -> None:
    assert operator.call("GET", STATUS, headers={name: value}).status == 403
    assert operator.call("GET", STATUS, headers={name: value, "Authorization": "Bearer let-me-in"}).status == 200


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "market.localhost"])
def test_the_names_of_this_machine_are_its_own(operator: Caller, host: str) -> None:
    assert operator.call("GET", STATUS, headers={"Host": host, "Sec-Fetch-Site": "none"}).status == 200


def test_without_a_key_the_refusal_says_how_to_set_one(market: TestMarket) -> None:
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk))

    reply = from_address(market, "10.0.0.2").call("GET", STATUS, headers={"Authorization": "Bearer guess"})

    assert reply.status == 403
    assert "--control-key (or SPAPI_CONTROL_KEY)" in message_of(reply)
