"""Authorization: a seller lets an application in, which calls by a token, refreshes it, and is sent away again."""

from __future__ import annotations

import httpx2
import pytest
from seller_at_the_page import approve, revoke

from sellingpartner.client import Sellers
from sellingpartner.client.authorization import AuthorizationFlow, new_session
from sellingpartner.client.grants import MemoryGrants
from sellingpartner.client.vault import Keyring
from sellingpartner.contract.errors import AuthorizationRevoked, ScopeMissing
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.testing import TestMarket

BASE_URL = "http://127.0.0.1:80"


def test_an_application_is_let_in_calls_refreshes_and_is_sent_away(market: TestMarket) -> None:
    order_id, session, grants = market.buys(), new_session(), MemoryGrants()
    with httpx2.Client(transport=httpx2.WSGITransport(market.server)) as http:
        flow = AuthorizationFlow(
            http=http,
            application_id=market.application.application_id,
            client_id=market.application.client_id,
            client_secret=market.client_secret,
            redirect_uri=market.application.redirect_uris[0],
            base_url=BASE_URL,
            keyring=Keyring.generate(),
            grants=grants,
            scopes=(ORDERS,),
        )
        back = approve(market, flow.url(session=session))
        given = flow.callback(back, session=session)
        client = Sellers.from_store(grants, flow.application, http=http)[given.seller_id]

        assert client.orders_v0.get_order(order_id=order_id).payload.amazon_order_id == order_id
        with pytest.raises(ScopeMissing):
            client.finances_v0.list_financial_events_by_order_id(order_id=order_id)
        market.advance(hours=2)  # the access token has ended; another one is fetched
        assert client.orders_v0.get_order(order_id=order_id).payload.amazon_order_id == order_id
        revoke(market)
        with pytest.raises(AuthorizationRevoked):
            client.orders_v0.get_order(order_id=order_id)
