"""The way to a PostgreSQL server, with a bound on every wait: one that hangs must not hang whoever asks it.

The server ends a statement, or a wait for a lock, that takes too long; the system ends a connection whose other end is
gone. Against a server that stands still, and a proxy that forwards nothing, neither helps: so the driver too waits
no longer than it is told, and then lets the connection go. What the URL says itself (`connect_timeout`, `options`)
wins.

What a connection costs beside the question is ways to the server and back. So whoever reads has connections of their
own, on which each statement stands for itself, without a beginning and an end, and nothing can be written; and a
connection that was used a moment ago is not asked whether it is still alive: that the server has gone is heard without.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache, partial
from importlib import import_module
from math import ceil
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler

_CONNECT_SECONDS = 5
_LONGER = 1.2
"""The driver waits a little longer than the server is told to work, so that the server's own word is heard."""

_SURELY_ALIVE_SECONDS = 1.0
"""How long a connection that was used is alive, unless its server took leave: a network that is gone says nothing."""

_FAREWELLS = 2
"""A server that goes may say so first, and that it is gone is heard after that."""

_LAST_USED = "last_used"


def connect_to(url: URL, patience_seconds: float, *, only_reads: bool = False) -> Engine:
    """An engine whose every wait ends; where it `only_reads`, each statement stands for itself and changes nothing."""
    # Parameters are hidden: what buyers are called must not get into a traceback.
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=16,
        isolation_level="AUTOCOMMIT" if only_reads else None,
        pool_timeout=patience_seconds,
        hide_parameters=True,
        use_native_hstore=False,  # nothing here is kept so, and each engine would ask the server what it calls it
    )
    if only_reads:
        compiler: Any = engine.dialect.statement_compiler
        engine.dialect.statement_compiler = _holding_nothing(compiler)
    bounded = _bounded(import_module("psycopg"), patience_seconds * _LONGER)

    def connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 - the driver's
        defaults = _defaults(patience_seconds)
        mine, theirs = defaults.pop("options"), options.get("options", "")
        if only_reads:
            theirs += " -c default_transaction_read_only=on"
        return bounded.connect(*arguments, **defaults | options | {"options": f"{mine} {theirs}".rstrip()})

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkin", _hurry_again)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_see_that_it_lives, engine))
    return engine


@cache
def _holding_nothing(compiler: Any) -> type[SQLCompiler]:  # noqa: ANN401 - a class, which mypy takes for no key
    """The same compiler, for whoever only reads: what else is held until the unit ends is looked at, as on SQLite."""

    class HoldingNothing(compiler):  # type: ignore[misc] # its base is known at run time alone
        def for_update_clause(self, select: object, **_options: object) -> str:  # noqa: ARG002 - SQLAlchemy's name
            return ""

    return HoldingNothing


def take_its_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: tables are being made or changed."""
    connection.connection.driver_connection.patience_seconds = None  # type: ignore[union-attr] # ours: see _bounded
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL lock_timeout = 0"))


def _hurry_again(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """End what `take_its_time` began, when the connection goes back to the pool."""
    if connection is not None:
        connection.patience_seconds = type(connection).patience_seconds


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_LAST_USED] = monotonic()


def _see_that_it_lives(engine: Engine, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Have another connection made in the place of one whose other end has gone; all that lie idle go with it."""
    last_used = record.info.get(_LAST_USED)
    if last_used is None:
        return
    try:
        for _ in range(_FAREWELLS):
            connection.pgconn.consume_input()
        if monotonic() - last_used > _SURELY_ALIVE_SECONDS:
            engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as reason:
        raise InvalidatePoolError from reason


def _defaults(patience_seconds: float) -> dict[str, Any]:
    milliseconds = ceil(patience_seconds * 1000)
    return {
        "connect_timeout": ceil(min(patience_seconds, _CONNECT_SECONDS)),
        "application_name": "sellingpartner",
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": milliseconds,
        # A session that was forgotten in a transaction holds locks; one that only waits for a call may wait for ever.
        "options": (
            f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds} "
            "-c idle_in_transaction_session_timeout=300000"
        ),
    }


def _bounded(psycopg: Any, seconds: float) -> Any:  # noqa: ANN401 - a class of an optional dependency, made here
    """The driver's connection, whose every wait for the server ends."""

    class Bounded(psycopg.Connection):  # type: ignore[misc] # its base is known at run time alone
        patience_seconds: float | None = seconds

        def wait(self, steps: Generator[Any, Any, Any], *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as above
            if self.patience_seconds is None:
                return super().wait(steps, *arguments, **options)
            return super().wait(self._within(steps, self.patience_seconds), *arguments, **options)

        def _within(self, steps: Generator[Any, Any, Any], patience: float) -> Generator[Any, Any, Any]:
            """The same steps; the driver comes back to them ten times a second, even if nothing has come."""
            end = monotonic() + patience
            ready = None
            while True:
                try:
                    wanted = steps.send(ready)
                except StopIteration as done:
                    return done.value
                ready = yield wanted
                if not ready and monotonic() > end:
                    self.pgconn.finish()  # what the server may still answer must meet no later question
                    message = f"the server has not answered for {patience:g} seconds"
                    raise psycopg.OperationalError(message)

    return Bounded
