from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from sellingpartner.market.market import Market
from sellingpartner.storage.database import Database, DatabaseUnusable


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x", "sqlite:///no/such/folder/market.db", "://"])
def test_a_url_that_leads_nowhere_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        Market.open(url)

    assert "\n" not in str(refusal.value).strip()


def test_a_password_is_never_part_of_the_refusal() -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        Market.open("postgresql+psycopg://spapi:hunter2@127.0.0.1:1/market")

    assert "hunter2" not in str(refusal.value)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()

    with pytest.raises(DatabaseUnusable, match="notes"):
        Market.open(f"sqlite:///{file}")

    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    other.close()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "market.db"
    Market.open(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    with pytest.raises(DatabaseUnusable, match="another version"):
        Market.open(f"sqlite:///{file}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write where others may not")
def test_a_read_only_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "market.db"
    Market.open(f"sqlite:///{file}").close()
    file.chmod(0o400)

    with pytest.raises(DatabaseUnusable):
        Market.open(f"sqlite:///{file}")


def test_a_failed_write_leaves_the_database_usable() -> None:
    database = Database()
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE half (x)")
        _ = 1 / 0

    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    database.close()
