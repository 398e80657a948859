"""Calls as lines."""

from __future__ import annotations

from datetime import UTC, datetime

from sellingpartner.call_lines import lines_of
from sellingpartner.contract.market_v1 import Call


def call(**more: object) -> Call:
    facts = {"at": datetime(2026, 11, 2, 9, 0, tzinfo=UTC), "request_id": "r", "method": "GET", "path": "/x"}
    return Call(**(facts | {"status": 200, "milliseconds": 0.5} | more))  # type: ignore[arg-type]


def test_a_call_is_a_line_that_says_why_it_was_refused_and_which_fault_struck_it() -> None:
    lines = lines_of(
        [
            call(operation="getOrders", api="orders v0", status=400, reason="MarketplaceIds is\nmissing"),
            call(status=0, fault="3 reset", milliseconds=12.25),
            call(operation="getOrders", api="orders v0", left=1.4, burst=20),
            call(operation="getOrders", api="orders v0", left=19.0, burst=20),
        ]
    )

    assert lines == [
        r"2026-11-02 09:00:00  400     getOrders (orders v0)               0.5      MarketplaceIds is\u000amissing",
        "2026-11-02 09:00:00  none    GET /x                              12.25    [fault 3 reset]",
        "2026-11-02 09:00:00  200     getOrders (orders v0)               0.5      [1 of 20 calls left]",
        "2026-11-02 09:00:00  200     getOrders (orders v0)               0.5",
    ]
    assert lines_of([]) == []
