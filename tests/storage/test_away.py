"""What counts as a database that is away, by what the databases themselves say."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

import pytest
from silent_proxy import silent_proxy
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from sellingpartner.storage import postgresql
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.database import Database, Turn
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.remembered import facts_of_market

PATIENCE_SECONDS = 0.3


class _Fact(NamedTuple):
    value: str


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def notes(file: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{file}", patience_seconds=0.05)
    with made.write() as connection:
        connection.execute(text("CREATE TABLE notes (text PRIMARY KEY)"))
    yield made
    made.close()


@pytest.fixture
def server(postgres_url: str) -> Iterator[Database]:
    made = Database(postgres_url, patience_seconds=PATIENCE_SECONDS)
    yield made
    made.close()


def add(database: Database, *texts: str) -> None:
    with database.write() as connection:
        for one in texts:
            connection.execute(text("INSERT INTO notes VALUES (:text)"), {"text": one})


def full(database: Database, _file: Path) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")


def read_only(database: Database, _file: Path) -> None:
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only=1")


def removed(_database: Database, file: Path) -> None:
    file.unlink()


def replaced(_database: Database, file: Path) -> None:
    file.rename(file.with_suffix(".old"))
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()


def overwritten(database: Database, file: Path) -> None:
    database.close()
    file.write_bytes(b"This is no database at all. " * 400)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (full, "full"),
        (read_only, "readonly"),
        (removed, "removed or replaced"),
        (replaced, "removed or replaced"),
        (overwritten, "not a database"),
    ],
)
def test_a_file_that_cannot_be_written_is_away(
    notes: Database, file: Path, happens: Callable[[Database, Path], None], said: str
) -> None:
    happens(notes, file)

    with pytest.raises(DatabaseAway) as away:
        add(notes, *(f"{number}" * 500 for number in range(200)))
    assert said in away.value.reason
    assert str(file) not in away.value.message


def test_a_file_that_another_process_has_locked_is_away_until_it_is_free(notes: Database, file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseAway):
        add(notes, "a")

    other.rollback()
    other.close()
    add(notes, "a")


def test_a_sign_of_life_is_missed_where_the_file_is_gone(notes: Database, file: Path) -> None:
    notes.probe()
    file.rename(file.with_suffix(".old"))
    with pytest.raises(DatabaseAway):
        notes.probe()

    file.with_suffix(".old").rename(file)
    notes.probe()


def test_a_wrong_statement_is_a_defect_and_no_absence(notes: Database, server: Database) -> None:
    with pytest.raises(IntegrityError):
        add(notes, "a", "a")
    with pytest.raises(OperationalError, match="no such table"), notes.read() as connection:
        connection.execute(text("SELECT * FROM no_notes"))
    with pytest.raises(ProgrammingError), server.read() as connection:
        connection.execute(text("SELECT * FROM no_notes"))
    with pytest.raises(DBAPIError, match="append-only"), server.write() as connection:
        connection.execute(text("DELETE FROM audit"))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_sleep(20)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SET TRANSACTION READ ONLY; DELETE FROM call_batches",
    ],
)
def test_a_server_that_will_not_is_away_and_the_next_transaction_works(server: Database, statement: str) -> None:
    with pytest.raises(DatabaseAway), server.write() as connection:
        connection.execute(text(statement))

    server.probe()


def test_a_lock_that_another_holds_is_waited_for_within_bounds(server: Database) -> None:
    with server.write(Turn.WORKING), pytest.raises(DatabaseAway) as away, server.write(Turn.WORKING):
        pass

    assert "timeout" in away.value.reason


def test_what_makes_tables_may_take_longer(server: Database) -> None:
    with server.write(Turn.OPENING) as connection:
        connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": PATIENCE_SECONDS * 1.5})

    with pytest.raises(DatabaseAway), server.read() as connection:
        connection.execute(text("SELECT pg_sleep(20)"))


def test_a_server_that_falls_silent_is_left_and_found_again(postgres_url: str) -> None:
    with silent_proxy(postgres_url) as proxy:
        database = Database(proxy.url, patience_seconds=PATIENCE_SECONDS)
        database.probe()
        with pytest.raises(DatabaseAway) as away, database.read() as connection:
            proxy.fall_silent()
            connection.execute(text("SELECT 1"))
        assert "has not answered" in away.value.reason

        proxy.speak()
        database.probe()
        database.close()


@pytest.mark.parametrize("unlike", [{"_FAREWELLS": 0, "_SURELY_ALIVE_SECONDS": 0}, {"_SURELY_ALIVE_SECONDS": 3600}])
def test_a_server_that_restarts_is_found_again_by_connections_that_were_kept(
    server: Database, monkeypatch: pytest.MonkeyPatch, unlike: dict[str, int]
) -> None:
    for name, value in unlike.items():
        monkeypatch.setattr(postgresql, name, value)
    with server.read() as first, server.read() as second:
        kept = [one.execute(text("SELECT pg_backend_pid()")).scalar_one() for one in (first, second)]
    with server.read() as connection:
        for backend in kept:
            connection.execute(
                text("SELECT pg_terminate_backend(:backend, 5000) WHERE :backend != pg_backend_pid()"),
                {"backend": backend},
            )

    for _ in range(3):
        server.probe()


def test_who_only_reads_writes_nothing_and_waits_for_nobody(server: Database) -> None:
    fact = {"name": "who", "value": "first"}
    asked = select(facts_of_market.c.value).where(facts_of_market.c.name == "who").with_for_update()
    with server.write() as connection:
        connection.execute(facts_of_market.insert(), fact)

    with server.write() as holder, server.read() as reader:
        assert holder.execute(asked).scalar_one() == "first"
        assert reader.execute(asked).scalar_one() == "first"
        assert Question(asked, _Fact).one(reader, {}).value == "first"
    with pytest.raises(DatabaseAway, match="at the moment"), server.read() as reader:
        reader.execute(facts_of_market.delete())
    with server.read() as reader:
        assert reader.execute(asked).scalar_one() == "first"


def test_the_url_may_say_how_long_to_wait(postgres_url: str) -> None:
    database = Database(f"{postgres_url}&options=-c%20statement_timeout%3D7000&application_name=mine")
    with database.read() as connection:
        said = [connection.execute(text(f"SHOW {name}")).scalar_one() for name in ("statement_timeout", "lock_timeout")]
        name = connection.execute(text("SHOW application_name")).scalar_one()
    database.close()

    assert (said, name) == (["7s", "10s"], "mine")


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_market_file_is_its_owners_alone_wherever_it_lies(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        database = Database(f"sqlite:///{tmp_path}/market.db")
        database.check()
        modes = {file.name: S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        for file in tmp_path.iterdir():
            file.chmod(0o644)
        database.keep_private()
        after = {file.name: S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        database.close()
    finally:
        os.umask(before)

    assert set(modes) == {"market.db", "market.db-wal", "market.db-shm"}
    assert set(modes.values()) == set(after.values()) == {0o600}
