"""How a database gets from any earlier version to this one (Alembic), one revision a file in `versions`.

A new database is made from the tables at once and stamped with the newest revision; a test holds that walking the
revisions leads to the very same tables. `python -m tools.revise "what changed"` writes a revision. The name of its file
begins with its number: so a market that is up to date is opened without Alembic, a fifth of the time to start.

All of it is one transaction, on SQLite too: a migration that fails or is killed leaves the database as it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, event, inspect, text
from sqlalchemy.engine import Connection

from sellingpartner.storage.columns import metadata
from sellingpartner.storage.database import Database, DatabaseUnusable, Turn

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent

# As Alembic itself makes it.
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def configuration(connection: Connection | None = None, scripts: Path = SCRIPTS) -> Config:
    """Alembic's configuration for this folder, working on an open connection if one is given."""
    from alembic.config import Config  # noqa: PLC0415 - a library of its own weight, for who migrates

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    return config


def newest(scripts: Path = SCRIPTS) -> str | None:
    """The newest revision."""
    return max(_revisions(scripts), default=None)


def stamp(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Note in a database that has the tables of today that its revision is the newest one."""
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=newest(scripts)))


def _revisions(scripts: Path) -> list[str]:
    """All revisions, by the numbers that their files begin with: one follows the other."""
    return [path.name.partition("_")[0] for path in (scripts / "versions").glob("[0-9]*_*.py")]


def bring_up_to_date(database: Database, scripts: Path = SCRIPTS) -> None:
    """Make a database ready for this version: create, migrate, or leave as it is.

    Raises `DatabaseUnusable` if a newer version of the market made it, or something else altogether.
    """
    with database.write(Turn.OPENING) as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            _create(connection, database, tables, scripts)
            return
        found = _revision_of(connection)
    if found == newest(scripts):
        return
    if found not in _revisions(scripts):
        message = (
            f"The database {database.url.render_as_string()} was made by another version of this market "
            f"(revision {found}; this version knows up to {newest(scripts)}). Use that version, or another --database."
        )
        raise DatabaseUnusable(message)
    from alembic import command  # noqa: PLC0415 - see above

    with database.remake() as connection:  # by now another process may have migrated it: then there is nothing to do
        command.upgrade(configuration(connection, scripts), "head")


def _revision_of(connection: Connection) -> str | None:
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _create(connection: Connection, database: Database, tables: set[str], scripts: Path) -> None:
    strangers = tables - {"sqlite_sequence"}
    if strangers:
        message = (
            f"The database {database.url.render_as_string()} holds tables that are not a market's "
            f"({', '.join(sorted(strangers)[:3])}). Choose an empty one."
        )
        raise DatabaseUnusable(message)
    _create_tables(connection)
    if not database.is_memory:
        stamp(connection, scripts)


_words: dict[tuple[str, frozenset[str]], list[str]] = {}
"""What a database of a kind was told to have these tables: to put it in words takes longer than to do it."""


def _create_tables(connection: Connection) -> None:
    """Make all tables, in a database that has none of them."""
    kind = connection.dialect.name, frozenset(metadata.tables)
    if (known := _words.get(kind)) is not None:
        cursor = connection.connection.cursor()
        for words in known:
            cursor.execute(words)
        cursor.close()
        return
    heard: list[str] = []

    def hear(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(connection, "before_cursor_execute", hear)
    metadata.create_all(connection, checkfirst=False)
    event.remove(connection, "before_cursor_execute", hear)
    _words[kind] = heard
