"""What a program's calls could do better."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.calls import Call
from sellingpartner.server.control.lint.evidence import Evidence, Made
from sellingpartner.server.control.lint.report import findings_of
from sellingpartner.server.control.watching.advice import entry_of
from sellingpartner.testing import Caller, TestMarket

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ORDERS = {"path": "/orders/2026-01-01/orders"}
RDT = {"method": "POST", "path": "/tokens/2021-03-01/restrictedDataToken"}
OLD = {"path": "/orders/v0/orders"}
AGENT = "Shop/2.0 (Language=Python/3.11)"


def calls(*those: dict[str, Any], unused: tuple[str, ...] = ()) -> Evidence:
    made = []
    for number, more in enumerate(those):
        facts: dict[str, Any] = {
            "at": START,
            "request_id": f"r{number}",
            "method": "GET",
            "status": 200,
            "agent": AGENT,
        }
        call = Call(**(facts | ORDERS | more))
        entry = entry_of(call)
        assert entry is not None
        made.append(Made(call, entry))
    return Evidence("app", tuple(made), unused)


LATE = {"at": START + timedelta(hours=2)}
CASES = {
    "nothing": (calls({}, {"status": 404}, {"elements": ("buyerInfo",)}), []),
    "an unknown parameter": (
        calls({"names": ("marketplaceId",)}, {"names": ("marketplaceId", "x")}),
        [("unknown-parameter", "warning", 2), ("unknown-parameter", "warning", 1)],
    ),
    "a deprecated operation": (calls(OLD, OLD), [("deprecated-operation", "warning", 2)]),
    "over the limit": (calls({}, {"status": 429}), [("over-limit", "error", 1)]),
    "over the limit now and then": (calls(*[{}] * 100, {"status": 429}), [("over-limit", "warning", 1)]),
    "no agent": (calls({"agent": ""}, {}), [("no-user-agent", "warning", 1)]),
    "a library": (calls({"agent": "python-requests/2.32.3"}), [("no-user-agent", "note", 1)]),
    "personal data for nothing": (
        calls(RDT, {}, LATE | {"elements": ("buyerInfo",)}),
        [("personal-data-unused", "warning", 1)],
    ),
    "personal data that is used": (calls(RDT, {"elements": ("buyerInfo",)}), []),
    "not built": (calls({"status": 501}), [("not-built", "note", 1)]),
    "refused often": (calls({}, *[{"status": 400, "reason": "why"}] * 3), [("refused-often", "error", 3)]),
    "refused now and then": (calls(*[{}] * 20, *[{"status": 400}] * 3), []),
    "scopes": (calls({}, unused=("sellingpartnerapi::finance",)), [("unused-scope", "note", 0)]),
    "nobody": (calls(unused=("sellingpartnerapi::finance",)), []),
}


@pytest.mark.parametrize("name", CASES)
def test_every_habit_is_found_by_its_rule_and_good_ones_by_none(name: str) -> None:
    evidence, expected = CASES[name]

    found = findings_of(evidence)

    assert [(one.rule, one.severity.value, one.calls) for one in found] == expected
    assert all(one.advice.endswith((".", "?", "why")) for one in found)
    assert all(one.example == evidence.made[-1].call.request_id for one in found if one.rule == "not-built")


def test_the_example_is_a_call_that_was_refused_for_the_reason_quoted() -> None:
    often = {"status": 400, "reason": "The date is none."}
    evidence = calls({}, often, often, {"status": 404, "reason": "There is no such order."})

    [found] = findings_of(evidence)

    assert found.advice == "3 of 4 calls of searchOrders were refused, mostly so: The date is none."
    assert (found.calls, found.example) == (3, "r2")


def test_the_log_is_looked_through_for_one_application_or_all(market: TestMarket, operator: Caller) -> None:
    for _ in range(3):
        market.seller.call("GET", "/orders/v0/orders?marketplaceIds=US", headers={"User-Agent": AGENT})

    report = operator.send(v1.LintCalls(application_id=market.application.application_id))

    assert report.calls == 3
    assert [one.rule for one in report.findings if one.rule != "unused-scope"] == [
        "refused-often",
        "unknown-parameter",
        "deprecated-operation",
    ]
    assert "sellingpartnerapi::orders" not in str([one for one in report.findings if one.rule == "unused-scope"])
    assert report.findings[0].advice.startswith("3 of 3 calls of getOrders were refused, mostly so: Parameter")
    assert {one.application for one in report.findings} == {market.application.name}
    assert operator.send(v1.LintCalls()) == report
    with pytest.raises(NotFound, match="no application nobody"):
        operator.send(v1.LintCalls(application_id="nobody"))
