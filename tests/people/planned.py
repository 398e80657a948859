"""How SQLite goes about what is asked of it."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.storage.unit import UnitOfWork


def plans_of(unit: UnitOfWork, ask: Callable[[UnitOfWork], object]) -> list[str]:
    """The plan of each question that something asks, in order."""
    raw = unit.connection.connection.dbapi_connection
    assert raw is not None
    seen: list[str] = []
    raw.set_trace_callback(seen.append)
    ask(unit)
    raw.set_trace_callback(None)
    questions = [statement for statement in seen if statement.lstrip().upper().startswith("SELECT")]
    return [str(raw.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()) for question in questions]
