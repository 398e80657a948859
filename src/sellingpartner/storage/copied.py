"""A database as one SQLite file: everything in it as of one moment, copied out, and copied in again.

Copying out stops nobody: whoever writes goes on, and the copy has what was committed before it began. Copying in
replaces everything, in one transaction: who reads meanwhile sees what was there before.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, inspect

from sellingpartner.storage.away import telling_away
from sellingpartner.storage.database import Database
from sellingpartner.storage.migrations import stamp
from sellingpartner.storage.sqlite import driver_of, note_undone

_OWNER_ONLY = 0o600
_DRAFT = ".draft"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """An empty file of its owner's alone, which takes its name when the block has filled it; else nothing is left."""
    draft = path.with_name(path.name + _DRAFT)
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def copy_out(database: Database, path: Path) -> None:
    """Write everything that is in an SQLite database into an empty file."""
    if database.is_memory:
        with database.alone() as connection, closing(sqlite3.connect(path)) as file:
            driver_of(connection).backup(file)
        _stamp(path)  # what is in memory has no need of it, but a file has
        return
    with telling_away, database.engine.connect() as connection:
        driver_of(connection).execute("VACUUM INTO ?", (str(path),)).close()


def copy_in(path: Path, database: Database) -> None:
    """Replace everything that is in an SQLite database by what is in a file of this version."""
    with closing(sqlite3.connect(path)) as file:
        copy_back(file, database)


def copy_back(image: sqlite3.Connection, database: Database) -> None:
    """Replace everything that is in an SQLite database by what is in another one."""
    with database.alone() as connection:
        image.backup(driver_of(connection))
        note_undone(connection)  # what was read on it before is not so


def _stamp(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.begin() as connection:
            if not inspect(connection).has_table("alembic_version"):
                stamp(connection)
    finally:
        engine.dispose()
