"""A question that is narrowed down has one statement for each set of names, whatever their values are."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Select, String, Table, bindparam, create_engine, select

from sellingpartner.storage.narrowed import Given, Narrowed

items = Table("items", MetaData(), Column("name", String, primary_key=True), Column("size", Integer))


class Found(NamedTuple):
    name: str


made: list[Given] = []


def statement(given: Given) -> Select[Any]:
    made.append(given)
    found = select(items.c.name).order_by(items.c.name).limit(bindparam("most"))
    if "names" in given:
        found = found.where(given.among("names", items.c.name))
    return found.where(items.c.size == bindparam("size")) if "size" in given else found


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    is_sqlite = request.param == "sqlite"
    engine = create_engine("sqlite://" if is_sqlite else request.getfixturevalue("blank_postgres_url"))
    items.create(engine)
    with engine.begin() as connection:
        connection.execute(items.insert(), [{"name": f"{number:04}", "size": number % 2} for number in range(1_000)])
    return engine


def test_lists_of_one_kind_share_a_statement_and_others_have_their_own(engine: Engine) -> None:
    made.clear()
    asked = Narrowed(statement, Found)

    def names(**values: object) -> list[str]:
        with engine.connect() as connection:
            return [one.name for one in asked.all(connection, {"most": 3, **values})]

    assert names() == ["0000", "0001", "0002"]
    assert names(size=None, names=()) == ["0000", "0001", "0002"]
    assert names(size=0) == ["0000", "0002", "0004"]
    assert names(size=1) == ["0001", "0003", "0005"]
    assert names(size=0, names=("0003", "0008")) == ["0008"]
    assert names(size=0, names=("0001", "0006")) == ["0006"]
    assert len(made) == 3
    engine.dispose()


@pytest.mark.parametrize("many", [1, 19, 20, 21, 51, 499, 500, 501, 999])
def test_any_number_of_values_is_named(engine: Engine, many: int) -> None:
    asked = Narrowed(statement, Found)
    wanted = tuple(f"{number:04}" for number in range(many))

    with engine.connect() as connection:
        found = asked.all(connection, {"most": 2_000, "names": wanted})

    assert tuple(one.name for one in found) == wanted
    engine.dispose()


def test_long_lists_of_several_lengths_share_a_statement(engine: Engine) -> None:
    made.clear()
    asked = Narrowed(statement, Found)

    with engine.connect() as connection:
        for many in (*range(101, 131), *range(501, 531)):
            asked.all(connection, {"most": 1, "names": tuple(f"{number:04}" for number in range(many))})

    assert len(made) == 2
    engine.dispose()
