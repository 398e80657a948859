"""A test that the table names fails when it does not show what it is named for; another may show what it likes."""

from __future__ import annotations

from pathlib import Path

import pytest
import showing

TESTS = """
    from sellingpartner.contract.orders_v0 import GetOrder
    from sellingpartner.testing import TestMarket

    def test_an_order():
        market = TestMarket()
        market.seller.send(GetOrder(order_id=market.buys()))
        market.close()

    def test_nothing():
        pass
"""


@pytest.mark.parametrize(("named", "outcomes"), [("test_an_order", (2, 0)), ("test_nothing", (1, 1))])
def test_the_table_is_held_to(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    named: str,
    outcomes: tuple[int, int],
) -> None:
    table = tmp_path / "shown.csv"
    table.write_text(f"operation,test\nGET /orders/v0/orders/{{orderId}},test_it.py::{named}\n", encoding="utf-8")
    monkeypatch.setattr(showing, "TABLE", table)
    showing.named_for.cache_clear()
    pytester.makepyfile(test_it=TESTS)

    done = pytester.runpytest_inprocess("-p", "showing", "-p", "no:cacheprovider", "-p", "no:schemathesis")

    showing.named_for.cache_clear()
    showing.begin(frozenset())  # the run inside was in this process, too
    passed, failed = outcomes
    done.assert_outcomes(passed=passed, failed=failed)
    if failed:
        done.stdout.fnmatch_lines(["*names this test for GET /orders/v0/orders/{orderId}, which it does not show*"])
