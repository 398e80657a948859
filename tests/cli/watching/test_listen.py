"""`spapi listen` and `spapi trigger`: what happens, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from postage import buys, sold_elsewhere
from standardwebhooks.webhooks import Webhook

from sellingpartner.cli.watching import listening
from sellingpartner.cli.watching.triggering import DONE, OTHERWISE
from sellingpartner.contract.market_v1 import ListDeliveries
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.notifications.types import subscribable_types
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.server.control.watching.deliveries import list_deliveries
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Came = list[tuple[dict[str, str], bytes]]


@pytest.fixture
def hook() -> Iterator[tuple[str, Came]]:
    """A program on this machine that takes messages in; what came is in the list."""
    came: Came = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/amazon?x=1", came
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def a_buyer_orders(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first pause a buyer orders; in the third one somebody has heard enough."""
    doings = iter((market.buys, int))

    def paused() -> None:
        do = next(doings, None)
        if do is None:
            raise KeyboardInterrupt
        do()

    monkeypatch.setattr(listening, "pause", paused)


def test_what_is_told_is_shown_and_forwarded_signed(spapi: Spapi, hook: tuple[str, Came], a_buyer_orders: None) -> None:
    url, came = hook

    said = spapi("listen", "--subscribe", "--type", "ORDER_CHANGE", "--forward-to", url, "--secret", SECRET)

    assert said.code == 130
    assert "Subscribed to 1 notification type about " in said.err
    assert " ORDER_CHANGE  " in said.out
    assert "-> 202\n{\n" in said.out
    headers, body = came[0]
    assert "ORDER_CHANGE" in Webhook(SECRET).verify(body, headers).values()


def test_who_listens_leaves_the_log_of_calls_to_others(market: TestMarket, spapi: Spapi, a_buyer_orders: None) -> None:
    spapi("listen", "--subscribe", "--type", "ORDER_CHANGE")

    calls = [one["operation"] for one in spapi("requests", "--json").json()["requests"]]

    assert sorted(calls) == ["listDeliveries", "listSubscriptions", "subscribeListener"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Nobody has subscribed to be told of anything, so nothing will come until somebody does; "),
        (
            ("--type", "ORDER_CHANGE", "--type", "FEED_PROCESSING_FINISHED"),
            "`spapi listen --subscribe --type ORDER_CHANGE --type FEED_PROCESSING_FINISHED` subscribes",
        ),
    ],
)
def test_who_listens_to_nobody_is_told_so_and_what_to_do(
    spapi: Spapi, a_buyer_orders: None, arguments: tuple[str, ...], words: str
) -> None:
    said = spapi("listen", *arguments)

    assert (said.code, said.out) == (130, "")
    assert words in said.err
    assert said.err.splitlines()[1].startswith("Waiting for notifications; ")


def test_who_listens_to_what_a_seller_took_back_is_told_so(
    market: TestMarket, spapi: Spapi, a_buyer_orders: None
) -> None:
    market.subscribe("ORDER_CHANGE")
    [grant] = spapi("grant", "list", "--json").json()["grants"]
    spapi("grant", "revoke", grant["grantId"])

    said = spapi("listen", "--type", "ORDER_CHANGE")

    assert "the seller does not let the application have it any more" in said.err.splitlines()[0]


def test_who_is_subscribed_is_not_told_to_subscribe(market: TestMarket, spapi: Spapi, a_buyer_orders: None) -> None:
    market.subscribe("ORDER_CHANGE")

    said = spapi("listen", "--type", "ORDER_CHANGE")

    assert said.err.splitlines()[0] == "Waiting for notifications; Ctrl-C ends it."


def test_a_program_that_is_not_there_is_told_of_and_nothing_ends(spapi: Spapi, a_buyer_orders: None) -> None:
    said = spapi("listen", "--subscribe", "--type", "ORDER_CHANGE", "--forward-to", "http://127.0.0.1:1/")

    assert said.code == 130
    assert "Messages are signed with whsec_" in said.err
    assert "-> not reached" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--forward-to", "localhost:3000"), "write one like http://localhost:3000/amazon"),
        (("--forward-to", "http://localhost:3000", "--secret", "whsec_!"), "write whsec_ and the secret in Base64"),
        (("--subscribe", "--type", "NO_SUCH_TYPE"), "Nobody can be told of 'NO_SUCH_TYPE'; there are"),
        (("--subscribe", "--application", "nobody"), "There is no application nobody."),
        (("--subscribe", "--seller", "nobody"), "There is no seller nobody."),
    ],
)
def test_what_cannot_be_listened_to_is_refused(spapi: Spapi, arguments: tuple[str, ...], words: str) -> None:
    said = spapi("listen", *arguments)

    assert said.code in {1, 2}
    assert words in said.err


IN_BRAZIL, WITH_AN_ORDER = "FBA_OUTBOUND_SHIPMENT_STATUS", "SHIPMENT_TRACKING_MILESTONE_CHANGED"
WITH_A_LABEL = "SHIPPING_CHARGE_NOTIFICATION"


@pytest.mark.parametrize("name", [name for name in DONE if name not in {IN_BRAZIL, WITH_AN_ORDER, WITH_A_LABEL}])
def test_a_trigger_has_the_type_told(market: TestMarket, spapi: Spapi, name: str) -> None:
    market.subscribe(name)

    for _ in range(2):  # what was made of nothing the first time, such as a product, is there the second time
        said = spapi("trigger", name.lower().replace("_", "-"))
        market.advance(hours=2)

        assert (said.code, said.err) == (0, "")
    deliveries = list_deliveries(market.desk, ListDeliveries(notification_type=name)).deliveries
    assert deliveries, said.out


def test_a_parcel_that_is_under_way_is_told_of(market: TestMarket, spapi: Spapi) -> None:
    market.subscribe(WITH_AN_ORDER)
    order_id = market.buys("MUG-BLUE")
    with market.market.write(market.seller.seller_id) as unit:
        left = order_of(unit, order_id).unshipped_quantities()
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=left,
            carrier_code="UPS",
            tracking_number="1Z9999999999999999",
        )
        ship(unit, order_id, parcel)

    nothing = spapi("trigger", WITH_AN_ORDER)
    said = spapi("trigger", WITH_AN_ORDER, "--order", order_id)

    assert "No parcel with a tracking number is under way" in nothing.err
    assert said.out == f"The parcel {order_id}.1 is delivered.\n"
    assert len(market.notifications(WITH_AN_ORDER)) >= 1


def test_the_carrier_of_a_label_asks_for_more_once(market: TestMarket, spapi: Spapi) -> None:
    nothing = spapi("trigger", WITH_A_LABEL)
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    market.subscribe(WITH_A_LABEL)

    said = spapi("trigger", WITH_A_LABEL)

    assert "No label was bought" in nothing.err
    assert said.out.startswith(f"The carrier of {bought.shipment_id} asks for ")
    [told] = market.notifications(WITH_A_LABEL)
    assert told.payload.charge_type == "LABEL_ADJUSTMENT"
    assert spapi("trigger", WITH_A_LABEL).code == 2


def test_amazon_ships_in_brazil_and_tells(market: TestMarket, spapi: Spapi) -> None:
    market.subscribe(IN_BRAZIL)
    assert "does not sell in marketplace" in spapi("trigger", IN_BRAZIL).err
    brazil = market.seller("Loja", marketplaces=("BR",))
    brazil.lists("CANECA", 80.0, 5, fulfillment_channel=FulfillmentChannel.AFN)
    brazil.subscribe(IN_BRAZIL)

    said = spapi("trigger", IN_BRAZIL, "--seller", brazil.seller_id)
    market.advance(days=3)

    assert "Amazon ships it within a day of market time." in said.out
    assert len(market.notifications(IN_BRAZIL)) >= 1


def test_every_type_is_triggered_or_says_why_not(spapi: Spapi) -> None:
    kinds = subscribable_types()
    never = {name for name, kind in kinds.items() if kind.never_because}

    assert DONE.keys() | OTHERWISE.keys() | never == kinds.keys() | {
        "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
        "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY",
    }
    assert not DONE.keys() & OTHERWISE.keys()
    assert not never & (DONE.keys() | OTHERWISE.keys())
    for name in never:
        assert f"{name}: this market never sends it: {kinds[name].never_because}." in spapi("trigger", name).err


def test_a_trigger_is_aimed_at_an_order_or_a_sku(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys()

    assert spapi("trigger", "ORDER_CHANGE", "--order", order_id).out == (
        f"The buyer of {order_id} asks for its cancellation.\n"
    )
    assert "(MUG-RED) for 14.54 USD" in spapi("trigger", "ANY_OFFER_CHANGED", "--sku", "MUG-RED").out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ORDER_CHANG", "Did you mean ORDER_CHANGE"),
        ("REPORT_PROCESSING_FINISHED", OTHERWISE["REPORT_PROCESSING_FINISHED"]),
        ("", "Known are ORDER_CHANGE"),
    ],
)
def test_what_nothing_triggers_is_told_what_does(spapi: Spapi, name: str, words: str) -> None:
    said = spapi("trigger", name)

    assert said.code == 2
    assert words in said.err
