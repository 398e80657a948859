from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import NamedTuple

import pytest
from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, bindparam, select
from sqlalchemy.exc import OperationalError

from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.columns import Instant, Json
from sellingpartner.storage.database import MEMORY, Database
from sellingpartner.storage.prepared import Prepared, Question

notes = Table(
    "notes",
    MetaData(),
    Column("note_id", BigInteger, primary_key=True),
    Column("text", String(20)),
    Column("words", Json(tuple[str, ...])),
    Column("at", Instant),
)
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Note(NamedTuple):
    text: str
    words: tuple[str, ...]
    at: datetime


def with_notes(url: str) -> Database:
    database = Database(url)
    with database.write() as connection:
        notes.create(connection)
        connection.execute(notes.insert(), {"note_id": 1, "text": "a", "words": ("x", "y"), "at": NINE})
    return database


def test_a_read_sees_one_moment_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    with database.read() as before:
        assert len(before.execute(select(notes)).all()) == 1
        with database.write() as connection:
            connection.execute(notes.insert(), {"note_id": 2})
        with database.read() as after:
            assert len(after.execute(select(notes)).all()) == 2
        assert len(before.execute(select(notes)).all()) == 1
    with database.read() as connection:
        assert len(connection.execute(select(notes)).all()) == 2
    database.close()


def test_the_connection_that_was_used_last_is_taken_first_whatever_thread_asks(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    with database.read() as outer, database.read() as inner:
        assert inner is not outer

    def reads() -> Connection:
        with database.read() as connection:
            return connection

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(reads).result() is outer
    database.close()


def test_transactions_at_once_have_connections_of_their_own_and_closing_lets_go_of_all(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    together = Barrier(20)

    def reads(_number: int) -> int:
        with database.read() as connection:
            together.wait()
            return id(connection)

    with ThreadPoolExecutor(20) as threads:
        assert len(set(threads.map(reads, range(20)))) == 20
    assert database.engine.pool.status().endswith("Current Checked out connections: 16")  # so many are kept
    database.close()
    assert database.engine.pool.status().endswith("Current Checked out connections: 0")


def test_what_is_open_while_the_database_closes_closes_when_it_ends(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    with database.read() as connection:
        database.close()
        assert len(connection.execute(select(notes)).all()) == 1
    assert connection.closed


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_failure_in_a_transaction_leaves_no_trace_for_the_next(tmp_path: Path, *, in_memory: bool) -> None:
    database = with_notes(MEMORY if in_memory else f"sqlite:///{tmp_path}/notes.db")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), database.write() as connection:
            connection.execute(notes.delete())
            _ = 1 / 0
        with pytest.raises(ZeroDivisionError), database.read() as connection:
            connection.execute(notes.delete())
            _ = 1 / 0
        with database.read() as connection:
            connection.execute(notes.delete())  # a read keeps nothing, even where the driver would let it write

    with database.read() as connection:
        assert len(connection.execute(select(notes)).all()) == 1
    database.close()


def test_a_writer_elsewhere_counts_as_a_database_that_is_away(tmp_path: Path) -> None:
    mine, theirs = with_notes(f"sqlite:///{tmp_path}/notes.db"), Database(f"sqlite:///{tmp_path}/notes.db")
    with theirs.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")

    with mine.write(), pytest.raises(DatabaseAway) as away, theirs.write():
        pass
    assert away.value.reason == "database is locked"
    with theirs.write() as connection:
        connection.execute(notes.insert(), {"note_id": 2})
    mine.close()
    theirs.close()


def test_a_prepared_question_reads_as_the_tables_say() -> None:
    database = with_notes(MEMORY)
    question = Question(
        select(notes.c.text, notes.c.words, notes.c.at).where(
            notes.c.note_id == bindparam("note_id"), notes.c.at == bindparam("at")
        ),
        Note,
    )
    with database.read() as connection:
        row = question.first(connection, {"at": NINE, "note_id": 1})
        nothing = question.first(connection, {"note_id": 2, "at": NINE})

    assert row == ("a", ("x", "y"), NINE)
    assert nothing is None
    database.close()


def test_a_prepared_question_fails_as_any_other() -> None:
    database = Database()
    with database.read() as connection, pytest.raises(OperationalError, match="no such table"):
        Question(select(notes), dict).first(connection, {})
    database.close()


class Refused(Exception):
    pass


def test_a_write_of_prepared_statements_alone_is_kept_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    insert = Prepared(notes.insert())
    with database.write() as connection:
        insert.run(connection, {"note_id": 2})
    with pytest.raises(Refused), database.write() as connection:
        insert.run(connection, {"note_id": 3})
        raise Refused
    with database.read() as connection:
        insert.run(connection, {"note_id": 4})  # a read keeps nothing

    with Database(f"sqlite:///{tmp_path}/notes.db").read() as connection:
        assert connection.execute(select(notes.c.note_id)).scalars().all() == [1, 2]
    database.close()


def test_a_writer_that_comes_back_at_once_lets_those_who_wait_go_first(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    came: list[str] = []

    def comes_once() -> None:
        with database.write():
            came.append("once")

    with ThreadPoolExecutor(1) as other:
        with database.write():
            waits = other.submit(comes_once)
            while not database._writer._door.locked():  # noqa: SLF001 - that it waits cannot be seen from outside
                assert not waits.done()
        with database.write():
            came.append("again")
    assert came == ["once", "again"]
    database.close()


def test_a_connection_that_writes_keeps_few_pages_since_a_commit_may_look_at_all_of_them(tmp_path: Path) -> None:
    database = with_notes(f"sqlite:///{tmp_path}/notes.db")
    glance = database.glance()
    assert glance is not None

    with database.write() as writing, glance as reading:
        kept = [each.exec_driver_sql("PRAGMA cache_size").scalar_one() for each in (writing, reading)]

    assert kept == [-4 * 1024, -64 * 1024]
    database.close()
