"""Writes that are kept by one commit, on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, select

from sellingpartner.storage import sqlite
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.database import MEMORY, Database
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.sqlite import driver_of

notes = Table("notes", MetaData(), Column("note_id", Integer, primary_key=True))
_add = Prepared(notes.insert())
WORDS: Recollection[str, str] = Recollection()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture(params=["file", "memory"])
def database(request: pytest.FixtureRequest, path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}" if request.param == "file" else MEMORY)
    with database.write() as connection:
        notes.create(connection)
    yield database
    database.close()


@pytest.fixture
def on_disk(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        notes.create(connection)
    yield database
    database.close()


def add(database: Database, note_id: int) -> None:
    with database.write() as connection:
        _add.run(connection, {"note_id": note_id})


def add_by_sqlalchemy(database: Database, note_id: int) -> None:
    with database.write() as connection:
        connection.execute(notes.insert(), {"note_id": note_id})


def refused(database: Database, note_id: int) -> None:
    with database.write() as connection:
        _add.run(connection, {"note_id": note_id})
        message = "not this one"
        raise LookupError(message)


def noted(connection: Connection) -> list[int]:
    return list(connection.scalars(select(notes.c.note_id).order_by(notes.c.note_id)))


def read(database: Database) -> list[int]:
    with database.read() as connection:
        return noted(connection)


def outside(path: Path) -> list[int]:
    """What another process would see."""
    with sqlite3.connect(path) as other:
        found = [note_id for (note_id,) in other.execute("SELECT note_id FROM notes ORDER BY note_id")]
    other.close()
    return found


def test_nobody_sees_any_of_them_before_all_are_kept_but_who_writes(on_disk: Database, path: Path) -> None:
    with on_disk.together() as together:
        add(on_disk, 1)
        add_by_sqlalchemy(on_disk, 2)
        assert (read(on_disk), on_disk.glance()) == ([1, 2], None)
        assert outside(path) == []

    assert (together.done, outside(path), read(on_disk)) == (2, [1, 2], [1, 2])


@pytest.mark.parametrize("how", [add, add_by_sqlalchemy])
def test_one_that_is_refused_is_undone_alone(database: Database, how: object) -> None:
    assert callable(how)
    with database.together() as together:
        with pytest.raises(LookupError):
            refused(database, 1)  # the first, before which there is nothing
        how(database, 2)
        with pytest.raises(LookupError):
            refused(database, 3)
        how(database, 4)
        assert read(database) == [2, 4]

    assert (together.done, read(database)) == (2, [2, 4])


def test_a_statement_that_fails_undoes_its_write_and_no_other(database: Database) -> None:
    with database.together():
        add(database, 1)
        with pytest.raises(Exception, match="UNIQUE"), database.write() as connection:
            _add.run(connection, {"note_id": 2})
            _add.run(connection, {"note_id": 1})
        add(database, 3)

    assert read(database) == [1, 3]


def test_they_remember_together_what_was_read_until_one_of_them_is_undone(database: Database) -> None:
    with database.together():
        with database.write():
            first = database.memory
        WORDS.of(first)["a"] = "read"
        with database.write():
            assert WORDS.of(database.memory) == {"a": "read"}
        with pytest.raises(LookupError):
            refused(database, 1)
        with database.write():
            assert WORDS.of(database.memory) == {}
            WORDS.of(database.memory)["a"] = "read again"
    with database.write():
        assert WORDS.of(database.memory) == {}


def test_what_the_first_of_them_remembered_goes_when_it_is_undone(database: Database) -> None:
    with database.together():
        with pytest.raises(LookupError), database.write():
            WORDS.of(database.memory)["a"] = "never so"
            raise LookupError
        with database.write():
            assert WORDS.of(database.memory) == {}


def test_where_nothing_is_written_nothing_is_begun(database: Database) -> None:
    with database.together() as together:
        assert read(database) == []

    assert together.done == 0
    add(database, 1)
    assert read(database) == [1]


def test_what_the_database_gave_up_is_lost_and_said_to_be(on_disk: Database, path: Path) -> None:
    def break_down() -> None:
        with on_disk.write() as connection:
            driver_of(connection).rollback()  # as SQLite does by itself where a disk is full
            message = "database or disk is full"
            raise LookupError(message)

    together = on_disk.together()
    with pytest.raises(DatabaseAway), together:
        add(on_disk, 1)
        with pytest.raises(LookupError):
            break_down()
        assert together.lost is not None
        with pytest.raises(DatabaseAway):
            add(on_disk, 2)

    assert outside(path) == []
    add(on_disk, 3)
    assert outside(path) == [3]


def test_a_commit_that_fails_keeps_none_of_them(on_disk: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(connection: Connection, statement: str) -> None:
        if statement == "COMMIT":
            failure = sqlite3.OperationalError("disk I/O error")
            failure.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise failure
        tell(connection, statement)

    tell = sqlite.tell
    together = on_disk.together()
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "tell", failing)
        with pytest.raises(DatabaseAway), together:
            add(on_disk, 1)
            add(on_disk, 2)

    assert outside(path) == []
    add(on_disk, 3)
    assert outside(path) == [3]


def test_another_threads_write_is_no_part_of_it_and_waits(on_disk: Database, path: Path) -> None:
    other = Thread(target=add, args=(on_disk, 9))
    with pytest.raises(LookupError), on_disk.together():
        add(on_disk, 1)
        other.start()
        raise LookupError  # nothing of what this thread wrote is kept
    other.join()

    assert outside(path) == [9]
