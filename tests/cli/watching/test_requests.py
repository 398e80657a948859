"""`spapi requests`: what was called, as it comes, and how near the limits are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from sellingpartner.cli.app import run
from sellingpartner.cli.reach import following
from sellingpartner.cli.reach.transport import through
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


@pytest.fixture
def pauses(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody calls in each pause, and interrupts in the third one."""
    calls = iter(("/orders/v0/orders/902-1234567-1234567", "/orders/v0/orders"))

    def called() -> None:
        path = next(calls, None)
        if path is None:
            raise KeyboardInterrupt
        market.seller.call("GET", path)

    monkeypatch.setattr(following, "pause", called)


def test_whoever_follows_the_log_sees_each_call_once_as_it_comes(
    market: TestMarket, spapi: Spapi, pauses: None
) -> None:
    market.seller.call("GET", "/sellers/v1/marketplaceParticipations")

    said = spapi("requests", "--follow")

    lines = said.out.splitlines()
    assert said.code == 130
    assert [line.split()[2:4] for line in lines] == [
        ["200", "getMarketplaceParticipations"],
        ["404", "getOrder"],
        ["400", "getOrders"],
    ]
    assert lines[2].endswith("Parameter MarketplaceIds is missing; getOrders requires it. It must be a list of texts.")


def test_programs_follow_it_line_by_line(spapi: Spapi, pauses: None) -> None:
    said = spapi("requests", "--follow", "--json", "--refused", "--operation", "getOrders")

    assert said.json()["operation"] == "getOrders"


def test_where_no_limits_are_kept_none_is_near(spapi: Spapi) -> None:
    said = spapi("requests", "--near-limit")

    assert (said.code, said.err.splitlines()[0]) == (
        2,
        "spapi: The market keeps no limits; start it with --limits real to see how near they are.",
    )


def test_the_limits_that_are_near_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    market = TestMarket(limits=Limits.REAL)
    for path in ("/orders/v0/orders/902-1234567-1234567", "/orders/v0/orders"):
        market.seller.call("GET", path)

    with through(httpx2.WSGITransport(app=market.server)):
        run(["requests", "--near-limit", "--url", "http://127.0.0.1"])
    market.close()

    assert [line.split()[:5] for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["19", "20", "0.0167", "59.9", "getOrders"],
        ["29", "30", "0.5", "2", "getOrder"],
    ]


def test_a_list_that_is_empty_says_why(spapi: Spapi) -> None:
    said = spapi("requests", "--status", "500")

    assert (said.code, said.out) == (0, "No such call is in the log.\n")


def test_a_call_is_explained(market: TestMarket, spapi: Spapi) -> None:
    order_id = spapi("order", "place", "--sku", "MUG-BLUE", "--json").json()["orderId"]
    request_id = spapi("requests", "--operation", "placeOrder", "--json").json()["requests"][0]["requestId"]
    market.seller.call("GET", "/orders/v0/orders", headers={"User-Agent": "Shop/2"})
    refused = spapi("requests", "--refused", "--json").json()["requests"][0]["requestId"]

    told, why = spapi("explain", request_id).out, " ".join(spapi("explain", refused).out.split())
    nothing = spapi("explain", "nobody")

    assert "OrderPlaced" in told
    assert order_id in told
    for line in (
        "Answer 400 InvalidInput",
        "Program Shop/2",
        "Needs sellingpartnerapi::orders",
    ):
        assert line in why
    assert "Advice Parameter MarketplaceIds is missing; getOrders requires it." in why
    assert (nothing.code, "`spapi requests --json` shows their requestId." in nothing.err) == (1, True)


def test_the_calls_beside_one_stand_under_headings_of_their_own(market: TestMarket, spapi: Spapi) -> None:
    for path in ("/orders/v0/orders", "/sellers/v1/marketplaceParticipations", "/orders/v0/orders/1"):
        market.seller.call("GET", path)
    calls = spapi("requests", "--operation", "getMarketplaceParticipations", "--json").json()["requests"]

    told = spapi("explain", calls[0]["requestId"]).out.splitlines()

    start = told.index(f"What {market.application.name} called just before and after it:")
    heading, before, after = told[start + 1 :]
    assert heading.split() == ["Made", "Time", "Status", "Call", "By", "ms", "Reason"]
    assert (before.split()[0], before[heading.index("Reason") :].split()[0]) == ("before", "Parameter")
    assert after.split()[0] == "after"
    assert "getOrder (orders v0)" in after


def test_lint_says_whose_habit_it_is_and_shows_a_call_of_it(market: TestMarket, spapi: Spapi) -> None:
    for _ in range(3):
        market.seller.call("GET", "/orders/v0/orders")
    market.seller.call("GET", "/orders/v0/orders?MarketplaceIds=")

    heading, first, *_ = spapi("lint").out.splitlines()

    assert first[heading.index("Application") :].startswith(market.application.name)
    shown = spapi("requests", "--json").json()["requests"]
    example = first.split()[-1]
    assert next(one["reason"] for one in shown if one["requestId"] == example) in first


def test_a_program_that_does_well_is_told_so_and_errors_fail_a_script(market: TestMarket, spapi: Spapi) -> None:
    well = spapi("lint")
    for _ in range(3):
        market.seller.call("GET", "/orders/v0/orders")

    wrong = spapi("lint")

    assert (well.code, well.out) == (0, "Nothing is wrong with 0 calls that the log has of applications.\n")
    assert (wrong.code, wrong.err) == (1, "spapi: 1 error in 3 calls.\n")
    assert "refused-often" in wrong.out
    assert spapi("lint", "--json").json()["findings"][0]["severity"] == "error"
