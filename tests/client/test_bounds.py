"""What strangers send is bounded, and what goes wrong with it is an error of the client's own tree, in both clients."""

from __future__ import annotations

import gzip
from typing import Any

import httpx2
import pytest
from scripted import CREDENTIALS, FINE, Bench, Connect, Script, answer, reply

from sellingpartner.client import Credentials, SellingPartner
from sellingpartner.client._shells.pool import pool
from sellingpartner.client.throttle import rate_named
from sellingpartner.client.tokens.login import lifetime
from sellingpartner.contract.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    ConnectionFailed,
    NotConfigured,
    SellingPartnerError,
    Unauthorized,
)
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

CALL = GetMarketplaceParticipations()
NONE: dict[str, list[object]] = {"payload": []}
FEED = CreateFeed(feed_type="X", marketplace_ids=["ATVPDKIKX0DER"], input_feed_document_id="d")
LARGE = b'{"payload": [' + b" " * 5000 + b"]}"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)


@pytest.mark.parametrize("deadline", [None, 60.0])
@pytest.mark.parametrize("packed", [True, False])
def test_an_answer_that_is_too_large_is_asked_for_once(
    connect: Connect, script: Script, deadline: float | None, *, packed: bool
) -> None:
    headers = {"Content-Encoding": "gzip"} if packed else {}
    script.says(httpx2.Response(200, content=gzip.compress(LARGE) if packed else LARGE, headers=headers))

    with pytest.raises(AnswerTooLarge, match=r"set max_answer_bytes higher") as raised:
        connect(script, max_answer_bytes=4000, deadline=deadline).send(CALL)

    assert raised.value.operation == "getMarketplaceParticipations"
    assert len(script.requests) == 1


def test_an_answer_as_large_as_it_may_be_is_read(connect: Connect, script: Script) -> None:
    script.says(httpx2.Response(200, content=LARGE))

    assert connect(script, max_answer_bytes=len(LARGE)).send(CALL).payload == []


def test_a_refusal_that_is_too_large_is_known_by_its_status(connect: Connect, script: Script) -> None:
    script.says(httpx2.Response(403, content=LARGE))

    with pytest.raises(Unauthorized, match="403"):
        connect(script, max_answer_bytes=4000).send(CALL)


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "x" * 5000])
def test_an_answer_packed_as_nobody_asked_is_not_unpacked(connect: Connect, script: Script, coding: str) -> None:
    packed = gzip.compress(gzip.compress(b"{}"))
    script.says(lambda _: httpx2.Response(200, stream=httpx2.ByteStream(packed), headers={"Content-Encoding": coding}))

    with pytest.raises(ConnectionFailed, match="the answer is packed as"):
        connect(script).send(FEED)

    assert script.requests[0].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("kind", [httpx2.Client, httpx2.AsyncClient])
def test_no_cookie_is_kept(kind: type[Any]) -> None:
    with_cookie = httpx2.Response(
        200, headers={"Set-Cookie": "session=1; Path=/"}, request=httpx2.Request("GET", "http://market.test/")
    )
    http = pool(kind)

    http.cookies.extract_cookies(with_cookie)

    assert list(http.cookies.jar) == []
    assert "Cookie" not in http.build_request("GET", "http://market.test/").headers


@pytest.mark.parametrize(
    ("named", "believed"),
    [
        ("0.5", 0.5),
        ("80", 80.0),
        ("0.0056", 0.0056),
        *((odd, None) for odd in ("1e-300", "1e-9", "0", "-1", "1e9", "inf", "-inf", "nan", "", "often", "9" * 9999)),
    ],
)
def test_a_rate_is_believed_if_it_can_be(named: str, believed: float | None) -> None:
    assert rate_named({"x-amzn-ratelimit-limit": named}) == believed


def test_an_absurd_rate_holds_nobody_up(bench: Bench) -> None:
    for _ in range(3):
        bench.play(CALL, reply(NONE, x_amzn_ratelimit_limit="1e-300"))

    assert bench.sleeps == []


@pytest.mark.parametrize("odd", ["nan", "inf", "-1", "1e400"])
def test_an_absurd_pause_is_not_made(bench: Bench, odd: str) -> None:
    bench.play(CALL, reply(NONE, 503, retry_after=odd), reply(NONE))

    assert all(0 <= seconds <= 120 for seconds in bench.sleeps)


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        (3600, 3600.0),
        ("1800", 1800.0),
        (10**30, 86400.0),
        *[(odd, 3600.0) for odd in (None, 0, -5, "nan", "soon", (), 10**400)],
    ],
)
def test_a_lifetime_is_believed_if_it_can_be(said: object, believed: float) -> None:
    assert lifetime(said) == believed


@pytest.mark.parametrize("more", [{"expires_in": None}, {"refresh_token": None}, {"scope": ["x"]}, {"scope": 1}])
def test_a_login_is_read_though_it_says_odd_things(connect: Connect, script: Script, more: dict[str, Any]) -> None:
    script.logins.append(answer({"access_token": "Atza|1", **more}))

    assert connect(script.says(answer(NONE))).send(CALL).payload == []
    assert script.tokens_shown == ["Atza|1"]


@pytest.mark.parametrize("value", ["", "M\u00f6bel", "a\r\nb", 17, None])
def test_a_token_that_cannot_be_shown_is_none(connect: Connect, script: Script, value: object) -> None:
    script.logins += [httpx2.Response(200, json={"access_token": value})] * 4

    with pytest.raises(AnswerUnreadable, match="Login with Amazon"):
        connect(script).send(CALL)


def test_a_restricted_token_may_say_an_odd_lifetime(bench: Bench) -> None:
    odd = reply({"restrictedDataToken": "Atz.sprdt|1", "expiresIn": "soon"})

    page = bench.play(GetOrders(marketplace_ids=["x"]), odd, reply(FINE), personal_data=("buyerInfo",))

    assert page.payload.orders == []


@pytest.mark.parametrize("token_", [17, {"x": 1}, ["x"], True])
def test_a_page_names_the_next_one_oddly(connect: Connect, script: Script, token_: object) -> None:
    caller = connect(script.says(*[answer({"payload": {"Orders": [], "NextToken": token_}})] * 2))

    with pytest.raises(SellingPartnerError):
        caller.call(lambda client: client.pages(GetOrders(marketplace_ids=["x"])))


@pytest.mark.parametrize("entries", ["text", {"a": 1}, 17])
def test_a_page_that_holds_no_list_is_no_empty_page(connect: Connect, script: Script, entries: object) -> None:
    caller = connect(script.says(answer({"payload": {"Orders": entries}})))

    with pytest.raises(AnswerUnreadable, match="other than a list"):
        caller.call(lambda client: client.orders_v0.get_orders.items(marketplace_ids=["x"]))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"base_url": "http://[::1"}, "is no address"),
        ({"base_url": "http://market.test:99999"}, "is no address"),
        ({"base_url": "http://market test"}, "is no address"),
        ({"base_url": "http://:80"}, "is no address"),
        ({"base_url": "http://market.test", "oauth_url": "http://market.test/\x00"}, "is no address"),
        ({"user_agent": "M\u00f6bel/1.0"}, "user_agent is"),
        ({"user_agent": "a\r\nX-Odd: 1"}, "user_agent is"),
    ],
)
def test_what_cannot_be_called_is_refused_at_once(connect: Connect, script: Script, more: Any, said: str) -> None:  # noqa: ANN401
    with pytest.raises(NotConfigured, match=said):
        connect(script, **more)


def test_a_damaged_secret_is_named(connect: Connect, script: Script) -> None:
    damaged = Credentials(client_id="id", client_secret="\ud800", refresh_token="r", base_url="http://market.test")

    with pytest.raises(NotConfigured, match="client_secret holds half a letter"):
        connect(script, damaged).send(CALL)


def test_what_would_break_again_is_tried_once(connect: Connect, script: Script) -> None:
    script.says(httpx2.UnsupportedProtocol("Request URL has an unsupported protocol"))

    with pytest.raises(ConnectionFailed, match="unsupported protocol"):
        connect(script).send(CALL)


def test_a_closed_client_says_so(script: Script) -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(script))
    client = SellingPartner(CREDENTIALS, http=http)
    http.close()

    with pytest.raises(ConnectionFailed, match="the client is closed"):
        client.send(CALL)


def test_too_many_redirects_are_a_failed_connection(script: Script) -> None:
    moved = httpx2.Response(302, headers={"Location": "http://market.test/again"})
    script.says(*[moved] * 200)
    http = httpx2.Client(transport=httpx2.MockTransport(script), follow_redirects=True, max_redirects=3)

    with pytest.raises(ConnectionFailed, match="TooManyRedirects"):
        SellingPartner(CREDENTIALS, http=http).send(FEED)


def test_a_proxy_of_the_environment_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://proxy.test")

    with pytest.raises(NotConfigured, match="ALL_PROXY"):
        SellingPartner(CREDENTIALS)
