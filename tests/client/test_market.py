from __future__ import annotations

from typing import Any

import pytest
from scripted import Connect, credentials_in

from sellingpartner.contract.errors import AuthorizationRevoked, LoginFailed, NotFound, QuotaExceeded, ScopeMissing
from sellingpartner.contract.orders_v0 import GetOrder, GetOrderAddress, GetOrderItems, GetOrderRegulatedInfo
from sellingpartner.contract.scopes import INVENTORY
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import TestMarket

LONG_AGO = "2026-01-01T00:00:00Z"


def test_an_order_is_read(connect: Connect, market: TestMarket) -> None:
    order_id = market.buys("MUG-BLUE", quantity=2)
    caller = connect(market.server, credentials_in(market))

    order = caller.send(GetOrder(order_id=order_id)).payload

    assert order is not None
    assert (order.amazon_order_id, order.order_status) == (order_id, "Unshipped")
    assert caller.call(lambda client: client.orders_v0.get_order(order_id=order_id)).payload == order


def test_an_order_that_is_not_there_is_not_found(connect: Connect, market: TestMarket) -> None:
    with pytest.raises(NotFound, match="getOrder: 404 NotFound - ") as raised:
        connect(market.server, credentials_in(market)).send(GetOrder(order_id="902-0000000-0000000"))

    assert raised.value.request_id


def test_a_sku_that_needs_quoting_arrives_whole(connect: Connect, market: TestMarket) -> None:
    caller = connect(market.server, credentials_in(market))
    order_id = market.buys("TEA/50 G&B 100%")

    items = caller.send(GetOrderItems(order_id=order_id)).payload

    assert items is not None
    assert [item.seller_sku for item in items.order_items] == ["TEA/50 G&B 100%"]


def test_all_orders_come_page_by_page(connect: Connect, market: TestMarket) -> None:
    ids = [market.buys() for _ in range(7)]
    market.advance(minutes=5)
    caller = connect(market.server, credentials_in(market), drift_every=1)
    asked: dict[str, Any] = {"marketplace_ids": [market.marketplace_id], "created_after": LONG_AGO}

    found = caller.call(lambda client: client.orders_v0.get_orders.items(**asked, max_results_per_page=3))

    assert sorted(order.amazon_order_id for order in found) == sorted(ids)
    assert str(caller.client.drift) == "Every answer was as the contract says."


def test_personal_data_comes_when_it_is_asked_for(connect: Connect, market: TestMarket) -> None:
    first, second = market.buys(), market.buys()
    caller = connect(market.server, credentials_in(market))
    asking = caller.with_options(personal_data=("buyerInfo", "shippingAddress"))

    plain = caller.send(GetOrder(order_id=first)).payload
    whole = [asking.send(GetOrder(order_id=order_id)).payload for order_id in (first, second)]
    address = asking.send(GetOrderAddress(order_id=first)).payload

    assert plain is not None
    assert plain.buyer_info is None or plain.buyer_info.buyer_name is None
    assert [order.buyer_info.buyer_name for order in whole if order and order.buyer_info] == ["Ada Finch"] * 2
    assert address is not None
    assert address.shipping_address is not None
    assert address.shipping_address.name == "Ada Finch"


def test_an_operation_that_needs_a_restricted_token_gets_one_by_itself(connect: Connect, market: TestMarket) -> None:
    order_id = market.buys("FLEA-DROPS")

    info = connect(market.server, credentials_in(market)).send(GetOrderRegulatedInfo(order_id=order_id)).payload

    assert info is not None
    assert info.amazon_order_id == order_id


def test_a_token_that_market_time_has_ended_is_made_anew(connect: Connect, market: TestMarket) -> None:
    order_id = market.buys()
    caller = connect(market.server, credentials_in(market))
    caller.send(GetOrder(order_id=order_id))

    market.advance(hours=2)

    assert caller.send(GetOrder(order_id=order_id)).payload is not None


def test_a_revoked_grant_says_so_and_where_to_go(connect: Connect, market: TestMarket) -> None:
    order_id = market.buys()
    credentials = credentials_in(market)
    caller = connect(market.server, credentials)
    caller.send(GetOrder(order_id=order_id))
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        for grant in grants_of(unit, seller_id=seller_id):
            revoke_grant(unit, seller_id, grant.grant_id)

    with pytest.raises(AuthorizationRevoked, match="authorize the application again") as raised:
        caller.send(GetOrder(order_id=order_id))

    assert raised.value.authorize_url is not None
    assert raised.value.authorize_url.endswith(f"application_id={credentials.application_id}")


def test_a_missing_scope_is_named(connect: Connect, market: TestMarket) -> None:
    caller = connect(market.server, credentials_in(market, (INVENTORY,)))

    with pytest.raises(ScopeMissing) as raised:
        caller.send(GetOrder(order_id="902-0000000-0000000"))

    assert raised.value.scope == "sellingpartnerapi::orders"


def test_a_wrong_secret_is_a_failed_login(connect: Connect, market: TestMarket) -> None:
    caller = connect(market.server, credentials_in(market), client_secret="amzn1.oa2-cs.v1.wrong")

    with pytest.raises(LoginFailed, match="secret") as raised:
        caller.send(GetOrder(order_id="902-0000000-0000000"))

    assert (raised.value.status, raised.value.code) == (401, "invalid_client")


def test_under_the_markets_limits_no_call_is_refused(connect: Connect, market: TestMarket) -> None:
    events: list[Any] = []
    server = Server(market.market, limits=Limits.REAL)
    caller = connect(server, credentials_in(market), hooks=(events.append,), deadline=1)
    order_id = market.buys()

    for _ in range(29):
        caller.send(GetOrder(order_id=order_id))

    assert {event.status for event in events if type(event).__name__ == "Answered"} == {200}


def test_a_limit_that_others_used_up_says_so(connect: Connect, market: TestMarket) -> None:
    server = Server(market.market, limits=Limits.REAL)
    credentials, order_id = credentials_in(market), market.buys()
    for _ in range(2):
        caller = connect(server, credentials)
        for _ in range(15):
            caller.send(GetOrder(order_id=order_id))

    with pytest.raises(QuotaExceeded) as raised:
        connect(server, credentials, retries=0).send(GetOrder(order_id=order_id))

    assert raised.value.wait_seconds == 2.0
