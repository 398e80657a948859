from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sellingpartner.contract import fba_inventory_v1 as fba
from sellingpartner.contract import notifications_v1 as notifications
from sellingpartner.contract import orders_v0 as orders
from sellingpartner.contract.errors import InvalidInput, NotFound, QuotaExceeded, Unauthorized
from sellingpartner.contract.scopes import FINANCE
from sellingpartner.contract.scopes import NOTIFICATIONS as GRANTLESS
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.model import TokenKind
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.market.market import Market
from sellingpartner.market.notifications.model import State
from sellingpartner.market.notifications.questions import all_deliveries
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.process.carriers.post import keep_everything
from sellingpartner.server.process.courier import Courier
from sellingpartner.server.sandbox.door import Door, open_beside
from sellingpartner.testing.caller import Caller
from sellingpartner.testing.mailbox import told
from sellingpartner.testing.world import US, TestMarket

ORDERS = f"/orders/v0/orders?MarketplaceIds={US}&CreatedAfter=2026-10-01T00:00:00Z"
ARN = "arn:aws:sqs:us-east-1:210987654321:orders"


def orders_of(caller: Caller) -> list[str]:
    reply = caller.call("GET", ORDERS)
    assert reply.status == 200, reply.body
    return [order["AmazonOrderId"] for order in reply.json()["payload"]["Orders"]]


def shelf(caller: Caller) -> set[str]:
    """What Amazon holds of the caller's SKUs."""
    wanted = fba.GetInventorySummaries(
        granularity_type=fba.GranularityType.MARKETPLACE, granularity_id=US, marketplace_ids=[US]
    )
    payload = caller.send(wanted).payload
    assert payload is not None
    return {row.seller_sku or "" for row in payload.inventory_summaries}


def test_a_sandbox_that_cannot_be_opened_by_a_defect_says_so(market: TestMarket) -> None:
    def defect(_: Market) -> NoReturn:
        raise LookupError

    market.server.mount("/sandbox", Door(market.server, defect))

    reply = market.seller.call("GET", f"/sandbox{ORDERS}")

    assert (reply.status, reply.json()["errors"][0]["code"]) == (500, "InternalFailure")
    assert any(name.lower() == "x-amzn-requestid" for name in reply.headers)


@pytest.fixture
def grantless(market: TestMarket) -> Caller:
    who = Identity(
        application_id=market.application.application_id,
        seller_id="",
        kind=TokenKind.GRANTLESS,
        scopes=frozenset({GRANTLESS}),
    )
    with market.market.write() as unit:
        return market.anybody().with_token(issue(unit, TokenKind.GRANTLESS, who))


def test_whoever_has_a_token_may_call_everything(market: TestMarket, grantless: Caller) -> None:
    finance_alone = market.caller(scopes=(FINANCE,))
    with pytest.raises(Unauthorized):
        finance_alone.send(orders.GetOrders(marketplace_ids=[US], created_after="2026-10-01T00:00:00Z"))

    assert len(orders_of(market.in_sandbox(finance_alone))) > 5
    assert len(orders_of(market.in_sandbox(grantless))) > 5
    assert market.in_sandbox(grantless).call("GET", "/notifications/v1/destinations").status == 200
    for nobody in (market.anybody(), market.anybody().with_token("Atza|made-up")):
        assert market.in_sandbox(nobody).call("GET", ORDERS).status == 403


def test_personal_data_is_shown_to_a_restricted_token_of_the_market(market: TestMarket) -> None:
    asked = ORDERS + "&OrderStatuses=Unshipped&FulfillmentChannels=MFN"
    order = market.in_sandbox().call("GET", asked).json()["payload"]["Orders"][0]["AmazonOrderId"]
    path = f"/orders/v0/orders/{order}/address"

    restricted = market.in_sandbox(market.restricted(path, "shippingAddress")).call("GET", path).json()["payload"]
    other = market.in_sandbox(market.restricted(f"{path}es", "shippingAddress")).call("GET", path).json()["payload"]
    plain = market.in_sandbox().call("GET", path).json()["payload"]

    assert restricted["ShippingAddress"]["Name"]
    assert "Name" not in str(other)
    assert "Name" not in str(plain)


def test_the_sandbox_is_a_world_of_its_own(market: TestMarket) -> None:
    bought = market.buys()
    made_up = orders_of(market.in_sandbox())

    assert bought not in made_up
    with pytest.raises(NotFound):
        market.seller.send(orders.GetOrder(order_id=made_up[0]))
    began = market.sandbox.clock.now()
    market.advance(minutes=10)
    assert market.sandbox.clock.now() == began
    market.in_sandbox().send(fba.CreateInventoryItem(seller_sku="TRY", marketplace_id=US, product_name="A try"))
    assert "TRY" in shelf(market.in_sandbox())
    assert "TRY" not in shelf(market.seller)


def test_each_seller_has_a_shop_of_its_own_there(market: TestMarket) -> None:
    other = market.in_sandbox(market.caller(seller=market.join("Rival & Co")))

    mine, theirs = orders_of(market.in_sandbox()), orders_of(other)

    assert mine
    assert theirs
    assert set(mine).isdisjoint(theirs)


def test_calls_and_resets_may_come_all_at_once(market: TestMarket) -> None:
    calling = market.in_sandbox()

    def call(number: int) -> int:
        if number % 10 == 5:
            market.reset_sandbox()
        return calling.call("GET", ORDERS).status

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(call, range(30))) == {200}


def test_a_reset_lets_it_begin_anew(market: TestMarket) -> None:
    before = orders_of(market.in_sandbox())
    market.in_sandbox().send(fba.CreateInventoryItem(seller_sku="TRY", marketplace_id=US, product_name="A try"))

    market.reset_sandbox()

    assert "TRY" not in shelf(market.in_sandbox())
    assert orders_of(market.in_sandbox()) == before


@pytest.mark.parametrize("region", ["na", "EU", "fe"])
def test_amazons_host_names_lead_there(market: TestMarket, region: str) -> None:
    for host in (
        f"sandbox.sellingpartnerapi-{region}.amazon.com",
        f"sandbox.sellingpartnerapi-{region}.amazon.com:443",
    ):
        reply = market.seller.call("GET", "/notifications/v1/destinations", headers={"Host": host})
        assert reply.headers["x-amzn-ratelimit-limit"] == "5.0"

    for host in ("sellingpartnerapi-na.amazon.com", "sandbox.example.com", "sandbox"):
        reply = market.seller.call("GET", "/notifications/v1/destinations", headers={"Host": host})
        assert reply.headers["x-amzn-ratelimit-limit"] == "1.0"


def test_every_operation_has_the_same_usage_plan(market: TestMarket) -> None:
    made = TestMarket(limits=Limits.REAL)
    calling = made.in_sandbox()

    for _ in range(15):
        calling.send(notifications.GetDestinations())

    with pytest.raises(QuotaExceeded):
        calling.send(notifications.GetDestinations())
    assert orders_of(calling)
    made.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/fba/inventory/v1/items", 400),
        ("DELETE", "/fba/inventory/v1/items/X?marketplaceId=ATVPDKIKX0DER", 404),
        ("POST", "/fba/inventory/v1/items/inventory?marketplaceId=ATVPDKIKX0DER", 400),
        ("POST", "/notifications/v1/subscriptions/ORDER_CHANGE/testNotification", 400),
        ("PUT", "/fba/outbound/2020-07-01/fulfillmentOrders/X/status", 400),
        ("PUT", "/fulfillment/outbound/2026-07-04/orders/X/status", 400),
        ("PUT", "/fulfillment/outbound/2026-07-04/orders/X/packages/Y", 400),
        ("POST", "/vendor/directFulfillment/sandbox/2021-10-28/orders", 501),
        ("GET", "/vendor/directFulfillment/sandbox/2021-10-28/transactions/X", 501),
    ],
)
def test_what_works_in_the_sandbox_alone_is_refused_outside(
    market: TestMarket, method: str, path: str, status: int
) -> None:
    sent: dict[str, Any] = {} if method == "GET" else {"body": b"{}", "headers": {"Content-Type": "application/json"}}

    outside, inside = market.seller.call(method, path, **sent), market.in_sandbox().call(method, path, **sent)

    assert outside.status == 403
    assert inside.status == status, inside.body


def test_nothing_leaves_it(market: TestMarket, grantless: Caller) -> None:
    where = notifications.DestinationResourceSpecification(sqs=notifications.SqsResource(arn=ARN))
    calling = market.in_sandbox(grantless)
    made = calling.send(notifications.CreateDestination(name="orders", resource_specification=where)).payload
    assert made is not None

    calling.send(
        notifications.SendTestNotification(
            notification_type="ORDER_CHANGE",
            destination_id=made.destination_id,
            test_notification=notifications.TestNotification(payload_version="1.0", test_scenario="Any"),
        )
    )

    with market.sandbox.read() as unit:
        assert [one.notification_type for one in told(unit)] == ["ORDER_CHANGE"]
    assert market.notifications() == []
    assert Courier(market.sandbox, keep_everything()).deliver() == 0
    with market.sandbox.read() as unit:
        assert [one.state for one in all_deliveries(unit)] == [State.KEPT]


def test_there_is_no_login_for_the_sandbox_alone_and_no_console(market: TestMarket) -> None:
    form = f"grant_type=client_credentials&client_id={market.application.client_id}"
    form += f"&client_secret={market.client_secret}&scope={GRANTLESS}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    anybody = market.in_sandbox(market.anybody())

    token = anybody.call("POST", "/auth/o2/token", body=form.encode(), headers=headers).json()["access_token"]

    assert len(orders_of(anybody.with_token(token))) > 5
    assert anybody.call("GET", "/console").status == 404
    assert anybody.call("GET", "/").status == 200


def test_a_path_that_begins_like_the_base_path_is_not_below_it(market: TestMarket) -> None:
    assert market.seller.call("GET", "/sandboxes").status == 403
    assert market.seller.call("GET", "/sandbox").status == market.seller.call("GET", "/sandbox/").status == 200
    assert market.seller.call("GET", "/sandbox/sandbox/").status == 403


def test_a_sandbox_that_cannot_be_opened_is_away_and_a_reset_cures_it(tmp_path: Path) -> None:
    made = TestMarket(f"sqlite:///{tmp_path}/market.db")
    (tmp_path / "market.sandbox.db").write_bytes(b"no database" * 1000)

    refused = made.in_sandbox().call("GET", ORDERS)
    made.reset_sandbox()

    assert refused.status == 503
    assert "cannot be opened" in refused.json()["errors"][0]["message"]
    assert orders_of(made.in_sandbox())
    made.close()


def test_it_lies_in_a_file_beside_the_markets(tmp_path: Path) -> None:
    made = TestMarket(f"sqlite:///{tmp_path}/market.db")
    made.in_sandbox().send(fba.CreateInventoryItem(seller_sku="TRY", marketplace_id=US, product_name="A try"))
    assert (tmp_path / "market.sandbox.db").stat().st_mode & 0o077 == 0

    made.reset_sandbox()

    assert [file.name for file in sorted(tmp_path.iterdir()) if "sandbox" in file.name] == []
    assert "TRY" not in shelf(made.in_sandbox())
    made.close()


def test_who_opens_it_again_finds_it_as_it_was(tmp_path: Path) -> None:
    made = TestMarket(f"sqlite:///{tmp_path}/market.db")
    orders_of(made.in_sandbox())
    made.sandbox.advance(timedelta(days=3))
    made.door.close()
    assert made.in_sandbox().call("GET", ORDERS).status == 503

    again = open_beside(made.market)

    assert again.clock.now() == made.now + timedelta(days=3)
    with again.read() as unit:
        assert [one.seller_id for one in all_sellers(unit)] == [made.seller_account.seller_id]
    again.close()
    made.close()


def test_a_new_market_does_not_find_the_sandbox_of_one_that_is_gone(tmp_path: Path) -> None:
    for _ in range(2):
        made = TestMarket(f"sqlite:///{tmp_path}/market.db")
        assert "TRY" not in shelf(made.in_sandbox())
        made.in_sandbox().send(fba.CreateInventoryItem(seller_sku="TRY", marketplace_id=US, product_name="A try"))
        made.close()
        for file in tmp_path.glob("market.db*"):
            file.unlink()


def test_on_postgresql_it_is_a_schema_beside_the_markets(postgres_url: str) -> None:
    made = TestMarket(postgres_url)
    made.in_sandbox().send(fba.CreateInventoryItem(seller_sku="TRY", marketplace_id=US, product_name="A try"))
    assert "TRY" not in shelf(made.seller)

    made.reset_sandbox()

    assert "TRY" not in shelf(made.in_sandbox())
    made.reset_sandbox()
    made.close()


@pytest.mark.parametrize("path", ["/no/such/operation", "/", "//", "/market/v1/clock"])
def test_no_path_below_it_is_a_defect(market: TestMarket, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert market.in_sandbox().call(method, path).status < 500


def test_what_is_wrong_is_said_as_anywhere(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="MarketplaceIds"):
        market.in_sandbox().send(orders.GetOrders(marketplace_ids=[], created_after="2026-10-01T00:00:00Z"))
