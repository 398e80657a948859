"""What a lane costs does not grow with what waits on it: each look walks along an index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from sellingpartner.market.notifications.commands import claim
from sellingpartner.market.notifications.questions import lanes_with_work
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket


def plans(unit: UnitOfWork, said: list[tuple[str, Any]]) -> list[str]:
    """How SQLite goes about each statement, step by step."""
    return [
        str(step[3])
        for statement, parameters in said
        if statement.lstrip().startswith("SELECT")
        for step in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


def test_what_is_due_is_found_along_an_index_and_not_sorted(market: TestMarket) -> None:
    subscription = market.subscribe("ORDER_CHANGE")
    market.buys()
    said: list[tuple[str, Any]] = []

    with market.market.write() as unit:

        def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:  # noqa: ANN401
            said.append((statement, parameters))

        event.listen(unit.connection, "before_cursor_execute", note)
        assert claim(unit, subscription.destination_id)
        lanes_with_work(unit)
        event.remove(unit.connection, "before_cursor_execute", note)
        steps = plans(unit, said)

    assert any("deliveries_by_lane" in step for step in steps)
    assert [step for step in steps if "SCAN deliveries" in step or "TEMP B-TREE" in step] == []
