"""Reads without a transaction: they see one moment, or are read anew."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, bindparam, select

from sellingpartner.storage.database import MEMORY, Database
from sellingpartner.storage.glance import ReadAnew
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.savepoints import savepoint
from sellingpartner.storage.unchanged import Unchanged

notes = Table("notes", MetaData(), Column("note_id", BigInteger, primary_key=True))
_notes = Question(select(notes.c.note_id).where(notes.c.note_id > bindparam("after")), lambda note_id: note_id)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        notes.create(connection)
    yield database
    database.close()


def add(database: Database, note_id: int) -> None:
    with database.write() as connection:
        connection.execute(notes.insert(), {"note_id": note_id})


def glanced(database: Database) -> list[int]:
    glance = database.glance()
    assert glance is not None
    with glance as connection:
        return _notes.all(connection, {"after": 0})


def in_another_process(path: Path, statement: str) -> str:
    """What another process has to say to a statement: nothing, or why it cannot run."""
    program = (
        "import sqlite3, sys\n"
        "try:\n"
        "    with sqlite3.connect(sys.argv[1], timeout=0) as connection:\n"
        "        connection.execute(sys.argv[2])\n"
        "except sqlite3.OperationalError as reason:\n"
        "    print(reason)\n"
    )
    command = [sys.executable, "-c", program, str(path), statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_glance_sees_what_was_committed_before_it_whoever_did(database: Database, path: Path) -> None:
    seen = [glanced(database)]
    add(database, 1)
    seen.append(glanced(database))
    assert in_another_process(path, "INSERT INTO notes VALUES (2)") == ""
    seen.append(glanced(database))

    assert seen == [[], [1], [1, 2]]


def test_what_is_committed_during_a_glance_has_it_read_anew_whatever_it_found(database: Database, path: Path) -> None:
    for note_id, ends in enumerate((None, ZeroDivisionError()), start=1):
        glance = database.glance()
        assert glance is not None
        with pytest.raises(ReadAnew), glance as connection:
            _notes.all(connection, {"after": 0})
            assert in_another_process(path, f"INSERT INTO notes VALUES ({note_id})") == ""
            if ends is not None:
                raise ends


def test_what_is_not_committed_disturbs_no_glance(database: Database) -> None:
    with database.write() as connection:
        connection.execute(notes.insert(), {"note_id": 1})
        assert glanced(database) == []


def test_whoever_would_write_at_a_glance_reads_anew_and_nothing_is_kept(database: Database) -> None:
    glance = database.glance()
    assert glance is not None
    with pytest.raises(ReadAnew), glance as connection:
        connection.execute(notes.insert(), {"note_id": 1})

    assert glanced(database) == []


def test_a_question_that_is_left_half_read_holds_up_no_later_glance(database: Database) -> None:
    add(database, 1)
    add(database, 2)
    glance = database.glance()
    assert glance is not None
    with glance as connection:
        half_read = connection.execute(select(notes))
        assert half_read.fetchone() == (1,)
    add(database, 3)

    assert glanced(database) == [1, 2, 3]
    half_read.close()


def test_a_database_that_is_closed_leaves_another_one_of_the_process_its_locks(database: Database, path: Path) -> None:
    with ExitStack() as open_for_long:
        open_for_long.enter_context(database.write())
        beside = Database(f"sqlite:///{path}")
        assert glanced(beside) == []
        beside.close()

        assert in_another_process(path, "INSERT INTO notes VALUES (1)") == "database is locked"


def test_without_a_log_that_others_share_there_are_no_glances() -> None:
    database = Database(MEMORY)

    assert database.glance() is None
    database.close()


def test_what_was_read_of_something_undone_is_forgotten(database: Database) -> None:
    remembered: Unchanged[str, int] = Unchanged()

    def count(connection: Connection) -> int:
        known = remembered.known(connection)
        assert known is not None
        if "count" not in known:
            known["count"] = len(_notes.all(connection, {"after": 0}))
        return known["count"]

    def fail(connection: Connection) -> None:
        connection.execute(notes.insert(), {"note_id": 1})
        assert count(connection) == 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write() as connection:
        fail(connection)
    with database.write() as connection:
        assert count(connection) == 0
        with pytest.raises(ZeroDivisionError), savepoint(connection):
            fail(connection)
        assert count(connection) == 0
