"""Grants and access tokens in any database that SQLAlchemy speaks to, sealed, for all processes on all machines.

Only statements that every database has are used, each in a transaction of its own: change what is as it was seen, add
what is not there, and look at how many rows that took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import (
    Column,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    func,
    insert,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.dml import Delete, Insert, Update

from sellingpartner.client.tokens import Token, token_of, token_text
from sellingpartner.client.vault._sealed import SealedGrants
from sellingpartner.client.vault.keys import Keyring

_metadata = MetaData()
_NAME = String(64)

_grants = Table(
    "spapi_grants", _metadata, Column("name", _NAME, primary_key=True), Column("text", Text, nullable=False)
)
_used_states = Table(
    "spapi_used_states", _metadata, Column("name", _NAME, primary_key=True), Column("until", Float(53), nullable=False)
)
_tokens = Table(
    "spapi_tokens",
    _metadata,
    Column("key", _NAME, primary_key=True),
    Column("text", Text),
    Column("expires_at", Float(53)),
    Column("holder", String(100)),
    Column("held_until", Float(53)),
)


class SQLGrants(SealedGrants):
    """A `GrantStore` in the tables `spapi_grants` and `spapi_used_states`, made if they are not there."""

    def __init__(self, database: str | Engine, keyring: Keyring, clock: Callable[[], float] = time.time) -> None:
        self._engine = _engine(database, _grants, _used_states)
        self._owns = isinstance(database, str)
        super().__init__(_TableRows(self._engine), keyring, clock)

    def close(self) -> None:
        """Close the connections, if they are this store's own."""
        if self._owns:
            self._engine.dispose()

    def __repr__(self) -> str:
        return f"SQLGrants({self._engine.url.render_as_string(hide_password=True)})"


class SQLTokens:
    """A `TokenStore` in the table `spapi_tokens`: one login serves every process, and the table shows no token."""

    def __init__(self, database: str | Engine, keyring: Keyring, clock: Callable[[], float] = time.time) -> None:
        self._engine = _engine(database, _tokens)
        self._owns = isinstance(database, str)
        self._keyring = keyring
        self._clock = clock

    def get(self, key: str) -> Token | None:
        """See `TokenStore`."""
        with self._engine.connect() as connection:
            text = connection.execute(select(_tokens.c.text).where(_tokens.c.key == key)).scalar()
        return None if text is None else token_of(key, text, self._keyring)

    def put(self, key: str, token: Token) -> None:
        """See `TokenStore`."""
        now = self._clock()
        ended = (func.coalesce(_tokens.c.expires_at, 0) < now) & (func.coalesce(_tokens.c.held_until, 0) < now)
        _changes(self._engine, _tokens.delete().where(ended))
        values = {"text": token_text(key, token, self._keyring), "expires_at": token.expires_at}
        while not (
            _changes(self._engine, update(_tokens).where(_tokens.c.key == key).values(values))
            or _adds(self._engine, insert(_tokens).values(key=key, **values))
        ):
            pass  # somebody added the row between the two

    def drop(self, key: str, value: str) -> None:
        """See `TokenStore`."""
        with self._engine.connect() as connection:
            text = connection.execute(select(_tokens.c.text).where(_tokens.c.key == key)).scalar()
        if text is None:
            return
        kept = token_of(key, text, self._keyring)
        if kept is not None and kept.value == value:
            this = (_tokens.c.key == key) & (_tokens.c.text == text)
            _changes(self._engine, update(_tokens).where(this).values(text=None, expires_at=None))

    def claim(self, key: str, holder: str, seconds: float) -> bool:
        """See `TokenStore`."""
        now = self._clock()
        is_free = or_(_tokens.c.holder.is_(None), _tokens.c.holder == holder, _tokens.c.held_until <= now)
        values = {"holder": holder, "held_until": now + seconds}
        take = update(_tokens).where(_tokens.c.key == key, is_free).values(values)
        return _changes(self._engine, take) or _adds(self._engine, insert(_tokens).values(key=key, **values))

    def release(self, key: str, holder: str) -> None:
        """See `TokenStore`."""
        mine = (_tokens.c.key == key) & (_tokens.c.holder == holder)
        _changes(self._engine, update(_tokens).where(mine).values(holder=None, held_until=None))

    def close(self) -> None:
        """Close the connections, if they are this store's own."""
        if self._owns:
            self._engine.dispose()

    def __repr__(self) -> str:
        return f"SQLTokens({self._engine.url.render_as_string(hide_password=True)})"


class _TableRows:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, name: str) -> str | None:
        with self._engine.connect() as connection:
            text: str | None = connection.execute(select(_grants.c.text).where(_grants.c.name == name)).scalar()
            return text

    def all(self) -> list[tuple[str, str]]:
        with self._engine.connect() as connection:
            found = connection.execute(select(_grants.c.name, _grants.c.text).order_by(_grants.c.name))
            return [(name, text) for name, text in found]

    def add(self, name: str, text: str) -> bool:
        return _adds(self._engine, insert(_grants).values(name=name, text=text))

    def swap(self, name: str, old: str, new: str) -> bool:
        same = (_grants.c.name == name) & (_grants.c.text == old)
        return _changes(self._engine, update(_grants).where(same).values(text=new))

    def remove(self, name: str) -> bool:
        return _changes(self._engine, _grants.delete().where(_grants.c.name == name))

    def mark(self, name: str, until: float, now: float) -> bool:
        _changes(self._engine, _used_states.delete().where(_used_states.c.until <= now))
        return _adds(self._engine, insert(_used_states).values(name=name, until=until))


def _changes(engine: Engine, statement: Update | Delete) -> bool:
    """Carry it out; whether it changed a row."""
    with engine.begin() as connection:
        return connection.execute(statement).rowcount > 0


def _adds(engine: Engine, row: Insert) -> bool:
    """Add a row; whether its name was free."""
    with suppress(IntegrityError), engine.begin() as connection:
        connection.execute(row)
        return True
    return False


def _engine(database: str | Engine, *tables: Table) -> Engine:
    engine = create_engine(database) if isinstance(database, str) else database
    for table in tables:
        if inspect(engine).has_table(table.name):
            continue
        try:
            with engine.begin() as connection:
                connection.execute(CreateTable(table))
        except DBAPIError:
            if not inspect(engine).has_table(table.name):  # else another process made it at the same moment
                raise
    return engine
