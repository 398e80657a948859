"""Whatever is sent to the pages of the market, by whomever: never a 500, and nothing that is another shop's.

As in the fuzzing of the pages of permissions, requests are mostly right, with something odd among them.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from odd_values import ODD_TEXTS
from page_browser import Browser

from sellingpartner.server.console.window.addresses import WINDOW
from sellingpartner.testing import Reply, TestMarket
from soak import examples

Town = Any  # tests/server/console/conftest.py

REQUESTS = 250
ODD = (
    "",
    "x",
    "-1",
    "0",
    "\x00",
    "²",
    "9" * 30,
    "1e999",
    "NaN",
    "'\"><script>",
    "{{ 7 * 7 }}",
    "\ufffd\u202e",
    *ODD_TEXTS,
)
DEEDS = ("pay", "cancel", "ask-to-cancel", "ship", "return", "send-back", "receive", "refund", "deliver")
CLOCK_DEEDS = ("advance", "travel", "freeze", "stop")
SECRET = "Harbor-Only-Buyer"


class Crowd:
    """The operator and two sellers, at a market with orders of one of them."""

    def __init__(self, town: Town) -> None:
        self.market: TestMarket = town.market
        self.other = town.market.join("Second Shop")
        town.user("eve@second.example", "Eve Lund", seller_id=self.other.seller_id)
        self.market.subscribe("ORDER_CHANGE")
        self.orders = [self.market.buys(quantity=2) for _ in range(3)]
        self.operator = town.browser().opens_market()
        self.operator.open("/console/place-order").send("/console/place-order", name=SECRET)
        self.orders.append(self.operator.target.partition("?")[0].rpartition("/")[2])
        self._sellers = [
            (town.browser().open("/console/sign-in"), "ada@harbor.example"),
            (town.browser().open("/console/sign-in"), "eve@second.example"),
        ]

    def somebody(self, luck: Random) -> tuple[Browser, bool]:
        """A browser of somebody who is signed in, and whether it is of the second shop."""
        if luck.random() < 0.5:
            return self.operator.open("/console/clock"), False
        browser, email = luck.choice(self._sellers)
        browser.open("/console/market")
        if browser.target.startswith("/console/sign-in"):
            browser.signs_in(email)
        return browser, email.startswith("eve")


class Draw:
    """Draws requests."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd = crowd
        self.luck = Random(seed)
        orders, luck = crowd.orders, self.luck
        self.known: dict[str, Any] = {
            "seller": lambda: luck.choice((crowd.market.seller.seller_id, crowd.other.seller_id)),
            "order": lambda: luck.choice(orders),
            "sku": lambda: luck.choice(("MUG-BLUE", "LAMP-OAK", "TEA/50 G&B 100%")),
            "marketplace": lambda: crowd.market.marketplace_id,
            "status": lambda: luck.choice(("Pending", "Unshipped", "DONE", "BUYABLE", "404", "Delivered")),
            "channel": lambda: "MFN",
            "since": lambda: "2026-11-01",
            "until": lambda: luck.choice(("2026-11-30", "OrderShipped")),
            "below": lambda: f"1793610000000000.{luck.choice(orders)}",
            "quantity": lambda: str(luck.randint(1, 5)),
            "price": lambda: f"{luck.randint(1, 50)}.99",
            "paid": lambda: luck.choice(("now", "later")),
            "carrier": lambda: "UPS",
            "tracking": lambda: "1Z999AA10123456784",
            "return": lambda: "R1",
            "condition": lambda: "SELLABLE",
            "how": lambda: luck.choice(("ask", "at-once", "by-itself", "by-hand")),
            "reason": lambda: "NoLongerNeeded",
            "parcel": lambda: "1",
            "rule": lambda: "delay seconds=0 operation=getOrder",
            "fault": lambda: str(luck.randint(1, 4)),
            "profile": lambda: "slow",
            "by": lambda: luck.choice(("PT1H", "P1D")),
            "to": lambda: "2026-12-01T00:00",
            "delivery": lambda: str(luck.randint(1, 5)),
            "before": lambda: str(luck.randint(1, 99)),
            "period": lambda: str(luck.randint(1, 2)),
            "currency": lambda: "USD",
            "kind": lambda: "reports",
            "which": lambda: "refused",
            "own": lambda: "yes",
            "after": lambda: "MUG",
            "done": lambda: luck.choice(("ship", "advance")),
            "seen": lambda: "0" * 16,
        }

    def rarely(self, usual: str, odd: tuple[str, ...] = ODD) -> str:
        """What is usual, and once in a while something odd."""
        return self.luck.choice(odd) if self.luck.random() < 0.08 else usual

    def fields(self, most: int) -> list[tuple[str, str]]:
        names = self.luck.sample(sorted(self.known), self.luck.randint(0, most))
        return [(name, self.rarely(self.known[name]())) for name in names]

    def send(self) -> tuple[Reply, bool]:
        """Send one request; whether somebody of the second shop did."""
        browser, is_second = self.crowd.somebody(self.luck)
        method, template, _ = self.luck.choice(WINDOW)
        deeds = CLOCK_DEEDS if "/clock/" in template else DEEDS
        for name, values in (
            ("{order}", self.crowd.orders),
            ("{deed}", deeds),
            ("{call}", ("00000000-0000-0000-0000-000000000000",)),
            ("{kind}", ("reports", "feeds")),
            ("{job}", ("50000000001",)),
        ):
            template = template.replace(name, quote(self.rarely(self.luck.choice(values)), safe=""))
        query = urlencode(self.fields(2 if method == "POST" else 6))
        csrf = [("csrf", dict(browser.form("/console/sign-out").fields)["csrf"])] if method == "POST" else []
        sent = {
            "Host": "127.0.0.1",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
        }
        if self.luck.random() < 0.2:
            sent["HX-Request"] = "true"
        form = urlencode([*csrf, *self.fields(12)]).encode() if method == "POST" else None
        return self.crowd.market.anybody().call(method, f"{template}?{query}", headers=sent, body=form), is_second


@pytest.mark.parametrize("seed", range(examples(2)))
def test_nothing_breaks_a_page_of_the_market_or_shows_what_is_anothers(town: Town, seed: int) -> None:
    crowd = Crowd(town)
    draw = Draw(crowd, seed)
    outcomes: Counter[int] = Counter()
    for _ in range(REQUESTS):
        reply, is_second = draw.send()
        assert reply.status < 500, reply.body.decode()
        assert b"<script>" not in reply.body
        assert not (is_second and (SECRET.encode() in reply.body or b"Harbor Goods" in reply.body))
        if location := reply.headers.get("location"):
            assert location.startswith("/console/")
            assert location.isprintable()
        outcomes[reply.status] += 1

    # It went everywhere: what is asserted above was not asserted of refusals alone.
    assert {200, 303, 400, 403, 404} <= set(outcomes)
    assert outcomes[200] + outcomes[303] > REQUESTS / 3, outcomes
