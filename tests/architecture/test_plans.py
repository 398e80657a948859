"""What questions cost does not grow with all that a seller has, where they ask for less."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
from sqlalchemy import Connection, create_engine

from sellingpartner import market
from sellingpartner.storage.columns import metadata
from sellingpartner.storage.prepared import Question

FEW = {"service_offerings", "supply_sources"}
"""Tables of which a seller has a handful of rows."""
ALL_OF_A_SELLER = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \(seller_id=\?\)")


def questions() -> dict[str, Question[object]]:
    """The questions of the market that are compiled once, by where they stand."""
    found = {}
    for module in pkgutil.walk_packages(market.__path__, "sellingpartner.market."):
        import_module(module.name)
        held = vars(sys.modules[module.name]).items()
        found.update({f"{module.name}.{name}": one for name, one in held if isinstance(one, Question)})
    return found


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as made:
        metadata.create_all(made)
        yield made
    engine.dispose()


def walked(connection: Connection, question: Question[object]) -> set[str]:
    """The tables of which all is read that a seller has, though the question says more of what it wants."""
    statement = str(question.said_to("sqlite").compile(connection.engine))
    plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")).all())
    said = set(re.findall(r"(\w+)\.(\w+) = \?", statement.partition("WHERE")[2]))
    narrowed = {table for table, column in said if column != "seller_id"}
    return narrowed.intersection(ALL_OF_A_SELLER.findall(plan))


def test_no_question_about_a_part_walks_through_all_of_a_seller_on_sqlite(connection: Connection) -> None:
    through = {name: walked(connection, one) - FEW for name, one in questions().items()}

    assert len(through) > 50
    assert {name: tables for name, tables in through.items() if tables} == {}
