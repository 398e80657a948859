"""The demo world that clients read: its database, a seller's grant, and what its market answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.clients.access import CANNED, LONG_AGO, ORDER_ID, ORDERS_PATH, PAGE, TOKEN_PATH, Access
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.demo import MARKETPLACES, build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import Caller

_PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
_LISTED_AFTER = timedelta(minutes=3)
"""An order is listed two minutes after it was placed; by then, all are."""


def build(database: Path, orders: int) -> Access:
    """A world of so many orders, on a frozen clock; its access has no address yet."""
    market = Market.open(url_of(database), seed=7, at=_PRESENT)
    demo = build_demo_world(market, orders=orders)
    with market.write(demo.seller_id) as unit:
        application = application_by(unit, application_id=demo.application_id)
        _, refresh_token = give_grant(unit, demo.seller_id, demo.application_id)
    market.advance(_LISTED_AFTER)
    market.close()
    return Access(
        "",
        client_id=application.client_id,
        client_secret=demo.client_secret,
        refresh_token=refresh_token,
        marketplaces=",".join(MARKETPLACES),
    )


def can_answers(database: Path, access: Access, folder: Path) -> None:
    """Write what the market answers into a folder: a token, an order, a page of a hundred."""
    market = Market.open(url_of(database))
    server = Server(market, limits=Limits.OFF)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    token = Caller(server).call("POST", TOKEN_PATH, headers=form, body=urlencode(access.form).encode())
    seller = Caller(server, token.json()["access_token"])
    query = {
        "MarketplaceIds": ",".join(access.marketplace_ids),
        "CreatedAfter": LONG_AGO,
        "MaxResultsPerPage": PAGE,
    }
    page = seller.call("GET", f"{ORDERS_PATH}?{urlencode(query)}")
    known = page.json()["payload"]["Orders"][0]["AmazonOrderId"]
    order = seller.call("GET", f"{ORDERS_PATH}/{known}")
    bodies = {
        TOKEN_PATH: token.body,
        ORDERS_PATH: page.body,
        f"{ORDERS_PATH}/{ORDER_ID}": order.body.replace(known.encode(), ORDER_ID.encode()),
    }
    for path, body in bodies.items():
        (folder / CANNED[path]).write_bytes(body)
    market.close()


def url_of(database: Path) -> str:
    """The database as a market opens it."""
    return f"sqlite:///{database}"
