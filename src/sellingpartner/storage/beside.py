"""A second database beside another one: a file next to a file, memory beside memory, a schema in the same server."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url, text

from sellingpartner.storage.database import MEMORY, Database

_MARK = "sandbox"
_SCHEMA = "spapi_sandbox"
_FILES = ("", "-wal", "-shm", "-journal")


def url_beside(database: Database) -> str:
    """Where the second database is. On PostgreSQL its schema is made, if it is missing."""
    if not database.is_sqlite:
        with database.write() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))
        said = database.url.query.get("options", ())
        options = " ".join([*((said,) if isinstance(said, str) else said), f"-c search_path={_SCHEMA}"])
        return database.url.update_query_dict({"options": options}).render_as_string(hide_password=False)
    if database.is_memory or str(database.url.database).startswith("file:"):
        return MEMORY
    file = Path(str(database.url.database))
    return database.url.set(database=str(file.with_name(f"{file.stem}.{_MARK}{file.suffix}"))).render_as_string()


def remove_beside(database: Database) -> None:
    """Throw the second database away, which nobody has open; the first one stays as it is."""
    if not database.is_sqlite:
        with database.write() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE"))
        return
    file = make_url(url_beside(database)).database
    if file:
        for ending in _FILES:
            Path(file + ending).unlink(missing_ok=True)
