"""Pages that go on after a key leave out nothing and show nothing twice, in either direction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Engine, MetaData, String, Table, create_engine, select

from sellingpartner.storage.columns import Instant
from sellingpartner.storage.keyset import beyond

things = Table("things", MetaData(), Column("at", Instant), Column("name", String(3)))
START = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = [(START + timedelta(days=number // 2), f"{number:03}") for number in range(7)]


def walked(engine: Engine, *, is_descending: bool) -> list[tuple[Any, ...]]:
    columns = (things.c.at, things.c.name)
    order = [column.desc() if is_descending else column for column in columns]
    page = select(*columns).order_by(*order).limit(2)
    found: list[tuple[Any, ...]] = []
    with engine.connect() as connection:
        rows = connection.execute(page).all()
        while rows:
            found += [tuple(row) for row in rows]
            rows = connection.execute(page.where(beyond(columns, rows[-1], is_descending=is_descending))).all()
    return found


@pytest.mark.parametrize("is_descending", [False, True])
def test_a_walk_shows_every_row_once_in_order(*, is_descending: bool) -> None:
    engine = create_engine("sqlite://")
    things.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(things.insert(), [{"at": at, "name": name} for at, name in ROWS[::-1]])

    assert walked(engine, is_descending=is_descending) == sorted(ROWS, reverse=is_descending)
    engine.dispose()
