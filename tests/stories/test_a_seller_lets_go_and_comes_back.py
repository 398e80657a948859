"""From the first address to the second consent: the client's own flow at the market's own pages, whoever begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from page_browser import Browser
from seller_at_the_page import approve, deny, narrow, revoke

from sellingpartner.client import Sellers
from sellingpartner.client.authorization import Authorization, AuthorizationFlow, new_session
from sellingpartner.client.events import Answered, AuthorizationLost
from sellingpartner.client.grants import MemoryGrants
from sellingpartner.client.vault import Keyring
from sellingpartner.contract.errors import AccessDenied, AuthorizationRevoked, ScopeMissing
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, SCOPES
from sellingpartner.testing import TestMarket

BASE_URL = "http://127.0.0.1:80"  # where the market believes to be served, without a socket
ASKED = (ORDERS, INVENTORY, FINANCE)


class Desk:
    """An application of one process: its flow, its store, its clients, and all that it heard."""

    def __init__(self, market: TestMarket, **fields: Any) -> None:  # noqa: ANN401 - FlowFields
        self.market = market
        self.session = new_session()
        self.heard: list[object] = []
        self.grants = MemoryGrants()
        self.http = httpx2.Client(transport=httpx2.WSGITransport(market.server))
        self.flow = AuthorizationFlow(
            http=self.http,
            application_id=market.application.application_id,
            client_id=market.application.client_id,
            client_secret=market.client_secret,
            redirect_uri=market.application.redirect_uris[0],
            base_url=BASE_URL,
            keyring=Keyring.generate(),
            grants=self.grants,
            **fields,
        )
        self.sellers = Sellers.from_store(
            self.grants, self.flow.application, http=self.http, hooks=(self.heard.append,)
        )

    def url(self, seller_hint: str = "") -> str:
        return self.flow.url(session=self.session, seller_hint=seller_hint)

    def takes_back(self, url: str) -> Authorization:
        assert url.startswith("http://127.0.0.1:8080/callback?")
        return self.flow.callback(url, session=self.session)

    @property
    def answers(self) -> int:
        return sum(isinstance(event, Answered) for event in self.heard)


def begun_by_the_application(desk: Desk) -> Authorization:
    return desk.takes_back(approve(desk.market, desk.url()))


def begun_in_the_store(desk: Desk) -> Authorization:
    """The seller approves there, and goes over the application's login URI and back before it gets the code."""
    store = f"/apps/store/{desk.market.application.application_id}"
    browser = Browser(desk.market).open(store).signs_in(desk.market.user().email)
    there = browser.send(store, decision="approve").outside
    assert there.startswith("http://127.0.0.1:8080/login?amazon_callback_uri=")
    confirm = urlsplit(desk.flow.login(there, session=desk.session))
    return desk.takes_back(browser.open(f"{confirm.path}?{confirm.query}").outside)


WAYS: dict[str, tuple[dict[str, Any], Callable[[Desk], Authorization], tuple[str, ...]]] = {
    "with scopes": ({"scopes": ASKED, "optional_scopes": (FINANCE,)}, begun_by_the_application, ASKED),
    "in Amazon's form": ({"amazon_form": True}, begun_by_the_application, SCOPES),
    "from the store": ({}, begun_in_the_store, SCOPES),
}


@pytest.mark.parametrize(("fields", "connect", "given"), WAYS.values(), ids=WAYS)
def test_a_seller_connects_narrows_revokes_and_connects_again(
    market: TestMarket, fields: dict[str, Any], connect: Callable[[Desk], Authorization], given: tuple[str, ...]
) -> None:
    desk, order = Desk(market, **fields), GetOrder(order_id=market.buys())
    seller_id = market.seller_account.seller_id

    authorization = connect(desk)
    assert (authorization.seller_id, authorization.granted, authorization.missing) == (seller_id, given, ())
    client = desk.sellers[seller_id]
    assert client.send(order).payload is not None

    narrow(market, ORDERS)
    with pytest.raises(ScopeMissing) as missing:
        client.send(order)
    assert missing.value.scope == ORDERS
    counts = []
    for _ in range(3):
        with pytest.raises(ScopeMissing):
            client.send(order)
        counts.append(desk.answers)
    assert counts == [counts[0]] * 3  # another token told once what is left, and no request is spent after that
    assert client.sellers.get_marketplace_participations().payload

    revoke(market)
    with pytest.raises(AuthorizationRevoked) as revoked:
        client.sellers.get_marketplace_participations()
    assert (revoked.value.authorize_url or "").startswith(f"{BASE_URL}/apps/authorize/consent?application_id=")
    (lost,) = (event for event in desk.heard if isinstance(event, AuthorizationLost))
    assert (lost.seller_id, list(desk.sellers)) == (seller_id, [])

    assert connect(desk).granted == given
    assert client.send(order).payload is not None
    assert list(desk.sellers) == [seller_id]


@pytest.fixture
def desk(market: TestMarket) -> Iterator[Desk]:
    made = Desk(market, scopes=ASKED, optional_scopes=(FINANCE,))
    yield made
    made.http.close()


def test_a_seller_who_says_no_has_given_nothing(market: TestMarket, desk: Desk) -> None:
    with pytest.raises(AccessDenied):
        desk.takes_back(deny(market, desk.url()))

    assert desk.grants.all(market.application.client_id) == []


def test_what_is_left_out_at_the_page_is_declined_and_not_called_for(market: TestMarket, desk: Desk) -> None:
    authorization = desk.takes_back(approve(market, desk.url(), scopes=(ORDERS, INVENTORY)))

    assert (authorization.granted, authorization.declined) == ((ORDERS, INVENTORY), (FINANCE,))
    answers = desk.answers
    with pytest.raises(ScopeMissing) as missing:
        desk.sellers[authorization.seller_id].finances.list_transactions(posted_after=market.now)
    assert (missing.value.scope, desk.answers) == (FINANCE, answers)


def test_the_address_in_an_error_tells_who_asks_and_the_flow_makes_one_that_can_be_followed(
    market: TestMarket, desk: Desk
) -> None:
    """No error can know whose browser it will be: it brings no state, and without one the page asks nobody."""
    seller_id = desk.takes_back(approve(market, desk.url())).seller_id
    revoke(market)
    with pytest.raises(AuthorizationRevoked) as revoked:
        desk.sellers[seller_id].sellers.get_marketplace_participations()

    address = urlsplit(revoked.value.authorize_url or "")
    browser = Browser(market).open(f"{address.path}?{address.query}")
    assert "The request has no state." in browser.text
    assert market.application.login_uri in browser.page.links

    assert desk.takes_back(approve(market, desk.url(seller_hint=seller_id))).seller_id == seller_id
