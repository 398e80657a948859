from __future__ import annotations

import asyncio
import sys
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx2
import pytest
from scripted import CREDENTIALS, Connect, Script, answer, refusal

import sellingpartner
from sellingpartner import client as public
from sellingpartner.client import AsyncSellers, Credentials, Sellers
from sellingpartner.client._partner import tracing
from sellingpartner.contract.errors import NotConfigured, NotFound
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations

CALL = GetMarketplaceParticipations()
OTHER = Credentials(client_id="id", client_secret="s", refresh_token="Atzr|other", base_url="http://market.test")


def test_sellers_have_clients_by_name_over_one_pool() -> None:
    script = Script().says(*[answer({"payload": []})] * 3)
    with httpx2.Client(transport=httpx2.MockTransport(script)) as http:
        sellers = Sellers({"acme": CREDENTIALS}, http=http)
        sellers.add("harbor", OTHER)

        for name in ("acme", "harbor", "acme"):
            sellers[name].send(CALL)

    assert script.tokens_shown == ["Atza|1", "Atza|2", "Atza|1"]
    assert list(sellers) == ["acme", "harbor"]
    assert repr(sellers) == "Sellers(acme, harbor)"
    assert sellers["acme"] is sellers["acme"]
    assert sellers["acme"].drift is sellers.drift


def test_sellers_of_the_other_kind_are_the_same() -> None:
    script = Script().says(*[answer({"payload": []})] * 2)

    async def call() -> None:
        async with AsyncSellers({"acme": CREDENTIALS}, http=_pool(script)) as sellers:
            await sellers["acme"].send(CALL)
            await sellers["acme"].sellers.get_marketplace_participations()

    asyncio.run(call())

    assert script.tokens_shown == ["Atza|1"] * 2


def _pool(script: Script) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.MockTransport(script))


def test_a_seller_that_nobody_knows_is_an_error_of_both_kinds() -> None:
    with Sellers({"acme": CREDENTIALS}) as sellers:
        with pytest.raises(NotConfigured, match="No seller is named 'harbor'; known: acme"):
            sellers["harbor"]
        with pytest.raises(KeyError):
            sellers["harbor"]
        assert "harbor" not in sellers


def test_new_credentials_make_a_new_client() -> None:
    with Sellers({"acme": CREDENTIALS}) as sellers:
        before = sellers["acme"]
        sellers.add("acme", OTHER)

        assert sellers["acme"].credentials == OTHER
        assert before.credentials == CREDENTIALS

        sellers.remove("acme")
        assert len(sellers) == 0


def test_a_view_shares_all_but_its_options(connect: Connect, script: Script) -> None:
    caller = connect(script.says(answer({"payload": []}), answer({"payload": []})))
    view = caller.with_options(timeout=3.0, priority=2)

    caller.send(CALL)
    view.send(CALL)

    assert (view.client.options.timeout, caller.client.options.timeout) == (3.0, 60.0)
    assert script.tokens_shown == ["Atza|1"] * 2
    assert view.client.orders_v0 is not caller.client.orders_v0
    assert caller.client.orders_v0 is caller.client.orders_v0


def test_all_personal_data_is_asked_for_where_none_is_named(connect: Connect, script: Script) -> None:
    client = connect(script).client

    assert client.with_personal_data().options.personal_data == ("buyerInfo", "shippingAddress", "buyerTaxInformation")
    assert client.with_personal_data("buyerInfo").options.personal_data == ("buyerInfo",)


def test_an_application_may_name_itself(connect: Connect, script: Script) -> None:
    connect(script.says(answer({"payload": []})), user_agent="Harbor Desk/2.1").send(CALL)

    for request in (*script.requests, *script.login_requests):
        assert request.headers["User-Agent"].startswith("Harbor Desk/2.1 sellingpartner/")


def test_spans_are_made_where_opentelemetry_is_installed(
    connect: Connect, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans: list[Any] = []

    @contextmanager
    def start(name: str, **more: Any) -> Any:  # noqa: ANN401
        try:
            yield
        except NotFound as failure:
            more["failure"] = failure.code
            raise
        finally:
            spans.append((name, more))

    trace: Any = ModuleType("opentelemetry.trace")
    trace.SpanKind = SimpleNamespace(CLIENT="client")
    trace.get_tracer = lambda _: SimpleNamespace(start_as_current_span=start)
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    monkeypatch.setattr(tracing, "find_spec", lambda _: True)
    tracing._trace.cache_clear()  # noqa: SLF001 - the only state there is

    with pytest.raises(NotFound):
        connect(script.says(refusal(404, "NotFound"))).send(GetOrder(order_id="902-1"))

    tracing._trace.cache_clear()  # noqa: SLF001
    attributes = {
        "http.request.method": "GET",
        "url.template": "/orders/v0/orders/{orderId}",
        "server.address": "http://market.test",
        "sellingpartner.operation": "getOrder",
    }
    assert spans == [("getOrder", {"kind": "client", "attributes": attributes, "failure": "NotFound"})]


def test_what_is_public_is_chosen() -> None:
    assert sellingpartner.__all__ == ["AsyncSellers", "AsyncSellingPartner", "Credentials", "Sellers", "SellingPartner"]
    assert public.__all__ == [
        "AsyncSellers",
        "AsyncSellingPartner",
        "Credentials",
        "Drift",
        "Endpoint",
        "Loaded",
        "MemoryThrottle",
        "MemoryTokens",
        "Options",
        "SQLiteThrottle",
        "SQLiteTokens",
        "Sellers",
        "SellingPartner",
        "Surprise",
        "Throttle",
        "Token",
        "TokenStore",
        "Unthrottled",
        "load_credentials",
    ]
    for name in public.__all__:
        assert getattr(public, name).__doc__
    with pytest.raises(AttributeError):
        _ = sellingpartner.Moon
    with pytest.raises(AttributeError):
        _ = public.Moon
