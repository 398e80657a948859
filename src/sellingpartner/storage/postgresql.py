"""The way to a PostgreSQL server, with a bound on every wait: one that hangs must not hang whoever asks it.

The server ends a statement, or a wait for a lock, that takes too long; the system ends a connection whose other end is
gone. Against a server that stands still, and a proxy that forwards nothing, neither helps: so the driver too waits
no longer than it is told, and then lets the connection go. What the URL says itself (`connect_timeout`, `options`)
wins.
"""

from __future__ import annotations

from collections.abc import Generator
from importlib import import_module
from math import ceil
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

_CONNECT_SECONDS = 5
_LONGER = 1.2
"""The driver waits a little longer than the server is told to work, so that the server's own word is heard."""

_PATIENCE = "patience_seconds"


def connect_to(url: URL, patience_seconds: float) -> Engine:
    """An engine whose every wait ends."""
    # Parameters are hidden: what buyers are called must not get into a traceback.
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=16,
        pool_pre_ping=True,
        pool_timeout=patience_seconds,
        hide_parameters=True,
        use_native_hstore=False,  # nothing here is kept so, and each engine would ask the server what it calls it
    )
    bounded = _bounded(import_module("psycopg"), patience_seconds * _LONGER)

    def connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 - the driver's
        defaults = _defaults(patience_seconds)
        mine, theirs = defaults.pop("options"), options.get("options", "")
        return bounded.connect(*arguments, **defaults | options | {"options": f"{mine} {theirs}".rstrip()})

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkin", _hurry_again)
    return engine


def take_its_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: tables are being made or changed."""
    connection.connection.driver_connection.patience_seconds = None  # type: ignore[union-attr] # ours: see _bounded
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL lock_timeout = 0"))


def _hurry_again(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """End what `take_its_time` began, when the connection goes back to the pool."""
    if connection is not None:
        connection.patience_seconds = type(connection).patience_seconds


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
