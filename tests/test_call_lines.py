"""Calls as lines."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sellingpartner.call_lines import lines_of
from sellingpartner.contract.market_v1 import Call

AT, ORDERS = "2026-11-02 09:00:00", "getOrders (orders v0)"


def call(**more: Any) -> Call:  # noqa: ANN401 - fields of Call
    facts: dict[str, Any] = {"at": datetime(2026, 11, 2, 9, 0, tzinfo=UTC), "request_id": "r", "method": "GET"}
    return Call(**(facts | {"path": "/x", "status": 200, "milliseconds": 0.5} | more))


def test_a_call_is_a_line_that_says_who_called_why_it_was_refused_and_what_struck_it() -> None:
    of_orders = {"operation": "getOrders", "api": "orders v0", "burst": 20}
    lines = lines_of(
        [
            call(**of_orders, status=400, reason="MarketplaceIds is\nmissing"),
            call(status=0, fault="3 reset", milliseconds=12.25),
            call(**of_orders, left=1.4),
            call(**of_orders, left=19.0, application="Harbor Desk", seller_id="A1"),
        ]
    )

    assert [re.split(r"  +", line) for line in lines] == [
        [AT, "400", ORDERS, "0.5", r"MarketplaceIds is\u000amissing"],
        [AT, "none", "GET /x", "12.25", "[fault 3 reset]"],
        [AT, "200", ORDERS, "0.5", "[1 of 20 calls left]"],
        [AT, "200", ORDERS, "Harbor Desk for A1", "0.5"],
    ]
    assert {line.index("0.5") for line in lines if "0.5" in line} == {lines[1].index("12.25")}
    assert lines_of([]) == []
