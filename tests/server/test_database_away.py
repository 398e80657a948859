"""While the database is away, whatever needs it answers 503, and what needs none answers as ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sellingpartner.market.time.clock import Mode
from sellingpartner.server.console.endpoint import _PAGES
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control, _operations
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import Caller, Reply, TestMarket

ORDERS = "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-01-01T00:00:00Z"
GRANT = {
    "grant_type": "refresh_token",
    "refresh_token": "Atzr|x",
    "client_id": "amzn1.application-oa2-client.x",
    "client_secret": "amzn1.oa2-cs.v1.x",
}
FORM = "application/x-www-form-urlencoded"
JSON = {"Content-Type": "application/json"}
WITHOUT_A_DATABASE = {"/market/v1/usage", "/market/v1/recordings"}
"""What the process knows by itself."""


@pytest.fixture
def away(tmp_path: Path) -> Iterator[TestMarket]:
    """A market whose file was taken away."""
    file = tmp_path / "market.db"
    market = TestMarket(f"sqlite:///{file}")
    _ = market.seller.token
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk))
    market.market.database.close()
    file.rename(tmp_path / "elsewhere.db")
    yield market
    market.close()


def is_busy(reply: Reply) -> bool:
    return reply.status == 503 and reply.headers["retry-after"] == "2"


def test_calls_of_the_api_are_503(away: TestMarket) -> None:
    for method, path in (("GET", ORDERS), ("POST", "/orders/v0/orders/111-1111111-1111111/shipmentConfirmation")):
        reply = away.seller.with_token("Atza|x").call(method, path, body=b"{}" if method == "POST" else None)
        assert is_busy(reply), reply


def test_every_operation_of_the_control_api_is_503_or_says_what_was_wrong_with_it(away: TestMarket) -> None:
    anybody, busy = away.anybody(), 0
    for one in _operations():
        path = one.operation.path.replace("{", "").replace("}", "")
        body = b"{}" if one.operation.method != "GET" else None
        reply = anybody.call(one.operation.method, path, headers=JSON, body=body)
        assert is_busy(reply) or reply.status in {400, 404, 409} or path in WITHOUT_A_DATABASE, (path, reply)
        busy += is_busy(reply)

    assert busy > 10


def test_the_token_endpoint_says_so_in_its_own_words(away: TestMarket) -> None:
    body = "&".join(f"{name}={value.replace('|', '%7C')}" for name, value in GRANT.items()).encode()
    reply = away.anybody().call("POST", "/auth/o2/token", headers={"Content-Type": FORM}, body=body)

    assert is_busy(reply), reply
    assert reply.json()["error"] == "temporarily_unavailable"


def test_every_page_is_503_or_needs_no_database(away: TestMarket) -> None:
    anybody, busy = away.anybody(), 0
    headers = {"Cookie": "spapi-session=x", "Host": "127.0.0.1", "Content-Type": FORM}
    for method, path, _ in _PAGES:
        target = path.replace("{", "").replace("}", "") + "?application_id=amzn1.sp.solution.x"
        reply = anybody.call(method, target, headers=headers, body=b"csrf=x" if method == "POST" else None)
        assert is_busy(reply) or reply.status in {303, 400, 403}, (path, reply)
        busy += is_busy(reply)

    assert busy > 10


def test_what_needs_no_database_answers(away: TestMarket) -> None:
    for path in ("/", "/openapi/", "/openapi/orders_v0.json", "/console/style.css"):
        assert away.anybody().call("GET", path).status == 200


def test_a_clock_that_could_not_be_kept_was_not_moved(away: TestMarket) -> None:
    before = away.now
    for path in ("/market/v1/clock/live", "/market/v1/clock/freeze", "/market/v1/clock/advance"):
        body = b'{"days": 1}' if "advance" in path else b"{}"
        assert is_busy(away.anybody().call("POST", path, headers=JSON, body=body))

    assert (away.now, away.market.clock.mode) == (before, Mode.FROZEN)


def test_all_is_well_again_when_it_is_back(away: TestMarket, tmp_path: Path) -> None:
    assert is_busy(away.seller.with_token("Atza|x").call("GET", ORDERS))

    (tmp_path / "elsewhere.db").rename(tmp_path / "market.db")

    assert away.seller.call("GET", ORDERS).status == 200


def test_strangers_do_not_learn_why_and_the_request_log_does(away: TestMarket, tmp_path: Path) -> None:
    caller: Caller = away.seller.with_token("Atza|x")
    reply = caller.call("GET", ORDERS)
    (tmp_path / "elsewhere.db").rename(tmp_path / "market.db")

    calls = away.anybody().call("GET", "/market/v1/requests").json()["requests"]
    assert str(tmp_path).encode() not in reply.body
    assert "removed or replaced" in calls[0]["reason"]
    assert msgspec.json.decode(reply.body)["errors"][0]["code"] == "ServiceUnavailable"
