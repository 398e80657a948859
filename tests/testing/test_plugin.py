"""The pytest plugin, as suites of other people use it: each test here runs one."""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import SourceFileLoader

import pytest

STORY = """
import asyncio
import json
import urllib.request

import pytest

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.testing.facts import OrderPlaced


def test_one_order_is_seen_from_everywhere(market, seller, application, client, async_client, clock, market_url):
    order_id = market.buys()

    assert client.orders_v0.get_order(order_id=order_id).payload.order_status == "Unshipped"
    assert asyncio.run(async_client.orders_v0.get_order(order_id=order_id)).payload.order_status == "Unshipped"
    assert seller.send(GetOrder(order_id=order_id)).payload.order_status == "Unshipped"
    clock.advance(hours=3)
    request = urllib.request.Request(
        f"{market_url}/orders/v0/orders/{order_id}", headers={"x-amz-access-token": seller.token}
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["payload"]["AmazonOrderId"] == order_id
    assert application.environ(market_url)["SP_API_REFRESH_TOKEN"] == application.refresh_token
    assert [fact.order_id for fact in market.facts(OrderPlaced)] == [order_id]


@pytest.mark.parametrize("number", range(8))
def test_each_market_is_new(market, number):
    assert market.facts(OrderPlaced) == []
    market.buys()


@pytest.mark.market(marketplaces=("DE",), at="2027-01-01T00:00:00Z")
class TestInGermany:
    @pytest.mark.market(seed=7)
    def test_markers_add_up(self, market, clock):
        assert (market.market.seed, clock.now.year, market.marketplace_id) == (7, 2027, "A1PA6795UKMFR9")


@pytest.mark.market(scenario="busy-seller")
@pytest.mark.parametrize("number", range(2))
def test_a_market_begins_as_a_ready_scenario(market, client, number):
    assert len(market.facts(OrderPlaced)) == 103
    page = client.orders_v0.get_orders(marketplace_ids=["US"], created_after="2026-10-01T00:00:00Z")
    assert {order.order_status for order in page.payload.orders} >= {"Shipped", "Unshipped"}
    market.seller.buys("MUG-BLUE")


@pytest.mark.market(scenario="./mine.toml", at="2026-11-30T00:00:00Z")
def test_a_market_begins_as_a_file_says(market, clock):
    assert list(market.shops) == ["One", "Two"]
    assert (market.seller, clock.now.day) == (market.shops["One"], 30)
    assert market.shops["Two"].stock("CUP") == 3
    assert [call.status for call in market.requests()] == []
    assert market.seller.call("GET", "/sellers/v1/marketplaceParticipations").status == 503


def test_that_fails(market, client):
    market.faults.add("refuse 503 operation=getOrders")
    client.orders_v0.get_order(order_id="114-0000000-0000000")


@pytest.mark.market(limit="real")
def test_with_a_wrong_marker(market): ...


@pytest.mark.market(scenario="bussy-seller")
def test_with_an_unknown_scenario(market): ...


@pytest.mark.market(scenario="busy-seller", marketplaces=("DE",))
def test_with_a_scenario_elsewhere(market): ...
"""
# Whoever tests with a market has not this suite's other plugins, one of which takes seconds to import.
SCENARIO = """
about = "Two sellers."
at = 2026-06-01T00:00:00Z
faults = ["refuse 503"]

[[sellers]]
name = "One"

[[sellers]]
name = "Two"
marketplaces = ["DE"]
skus = [{ sku = "CUP", title = "Cup", stock = 3 }]
"""
INI = "[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:cacheprovider -p no:schemathesis\n"


@pytest.mark.timeout(400)  # on a busy machine processes take their time to import a market
@pytest.mark.parametrize("processes", [0, 2], ids=["alone", "with_two_processes"])
def test_a_suite_has_its_market_and_a_failure_says_what_was_refused(pytester: pytest.Pytester, processes: int) -> None:
    pytester.makefile(".ini", pytest=INI)
    pytester.makepyfile(STORY)
    pytester.makefile(".toml", mine=SCENARIO)

    run = pytester.runpytest_subprocess if processes else pytester.runpytest_inprocess
    ran = run("-n", str(processes))

    ran.assert_outcomes(passed=13, failed=1, errors=3)
    ran.stdout.fnmatch_lines_random(
        [
            "*- Requests of the market -*",
            "2026-11-02 09:00:00  200 * token (authorization) *",
            "2026-11-02 09:00:00  404 * getOrder (orders v0) *  There is no order 114-0000000-0000000.",
            "Fault 1: refuse 503 operation=getOrders; it has struck 0 times",
            "Clock: 2026-11-02 09:00:00 UTC, frozen",
            "The market of this test cannot be as its marker says: it has no limit; did you mean limits?",
            "*as its marker says: There is no scenario 'bussy-seller'. Did you mean busy-seller?*",
            "*as its marker says: it has a scenario, which says the marketplaces of each seller; *",
        ]
    )


def test_fixtures_of_others_are_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makefile(".ini", pytest=INI)
    pytester.makepyfile(another="import pytest\n@pytest.fixture\ndef client(): return 'of a plugin'")
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef seller(): return 'of the suite'")
    pytester.makepyfile(
        """
        def test_names(client, seller, spapi_client, spapi_seller, market):
            assert (client, seller) == ("of a plugin", "of the suite")
            assert spapi_client.credentials.seller_id == spapi_seller.seller_id == market.seller.seller_id
        """
    )

    pytester.syspathinsert()
    pytester.runpytest_inprocess("-p", "another").assert_outcomes(passed=1)


def test_a_suite_that_wants_no_short_names_and_no_market_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makefile(".ini", pytest=f"{INI}sellingpartner_short_names = false\n")
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_imported():
            assert not {name for name in sys.modules if name.startswith(("sellingpartner.", "sqlalchemy"))} - {
                "sellingpartner.pytest_plugin"
            }

        def test_the_short_name_is_unknown(market): ...
        """
    )

    ran = pytester.runpytest_subprocess()

    ran.assert_outcomes(passed=1, errors=1)
    ran.stdout.fnmatch_lines(["*fixture 'market' not found*"])


def test_pytest_leaves_the_packages_own_modules_as_they_are() -> None:
    for name in ("sellingpartner.testing.world", "sellingpartner.market.market", "sellingpartner.server.app"):
        assert isinstance(import_module(name).__loader__, SourceFileLoader), name
