from __future__ import annotations

from typing import NamedTuple

import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, bindparam, select

from sellingpartner.storage.columns import Json
from sellingpartner.storage.database import Database
from sellingpartner.storage.prepared import Prepared, Question

tags = Table(
    "tags",
    MetaData(),
    Column("tag_id", BigInteger, primary_key=True),
    Column("text", String(20)),
    Column("words", Json(tuple[str, ...])),
)


class Tag(NamedTuple):
    tag_id: int
    words: tuple[str, ...]


def with_tags() -> Database:
    database = Database()
    with database.write() as connection:
        tags.create(connection)
        Prepared(tags.insert()).run_many(
            connection,
            [
                {"tag_id": 1, "text": "red", "words": ("x",)},
                {"tag_id": 2, "text": "red", "words": ("y", "z")},
                {"tag_id": 3, "text": "blue", "words": ()},
            ],
        )
    return database


def test_all_rows_come_in_order_and_through_their_types() -> None:
    database = with_tags()
    red = Question(
        select(tags.c.tag_id, tags.c.words).where(tags.c.text == bindparam("text")).order_by(tags.c.tag_id), Tag
    )

    with database.read() as connection:
        found = red.all(connection, {"text": "red"})
        nothing = red.all(connection, {"text": "green"})

    assert [(row.tag_id, row.words) for row in found] == [(1, ("x",)), (2, ("y", "z"))]
    assert nothing == []
    database.close()


def test_a_write_says_how_many_rows_it_met() -> None:
    database = with_tags()
    paint = Prepared(tags.update().where(tags.c.text == bindparam("old")).values(text=bindparam("new")))

    with database.write() as connection:
        met = paint.run(connection, {"old": "red", "new": "green"})
        left = paint.run(connection, {"old": "red", "new": "green"})

    assert (met, left) == (2, 0)
    database.close()


def test_a_row_may_be_whatever_is_made_of_its_columns_by_their_names() -> None:
    database = with_tags()
    blue: Question[dict[str, object]] = Question(
        select(tags.c.words, tags.c.text).where(tags.c.tag_id == bindparam("tag_id")), dict
    )

    with database.read() as connection:
        assert blue.one(connection, {"tag_id": 3}) == {"words": (), "text": "blue"}
        with pytest.raises(ValueError, match="not enough"):
            blue.one(connection, {"tag_id": 4})
    database.close()


def test_a_named_tuple_that_is_not_what_the_statement_returns_is_refused() -> None:
    database = with_tags()

    with database.read() as connection, pytest.raises(TypeError, match=r"returns \('words', 'tag_id'\)"):
        Question(select(tags.c.words, tags.c.tag_id), Tag).first(connection, {})
    database.close()
