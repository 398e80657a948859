"""What a process that serves is told: plain values, so that they travel to the worker process."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

import msgspec

from sellingpartner.contract.discretion import Discreet

DEFAULT_FOLDER = Path(".spapi")
DEFAULT_DATABASE = f"sqlite:///{DEFAULT_FOLDER}/market.db"
DEFAULT_CREDENTIALS = DEFAULT_FOLDER / "credentials.env"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared with, not bound to


# One thread is the quickest on SQLite, but then a month that is advanced holds everybody up. Four cost reads a tenth
# and writes nothing (16 connections, two cores that others used too). PostgreSQL's answers take time in which other
# threads can work.
_THREADS_ON_SQLITE = 4
_THREADS_ON_POSTGRESQL = 8


class CannotServe(Exception):
    """Why a market cannot be served: one line that names the cure."""


class Settings(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """How a market is served."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"database"})

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """Where others reach the server, if that is elsewhere: at a proxy in front that ends TLS."""
    database: str = DEFAULT_DATABASE
    seed: int | None = None
    has_demo: bool = True
    is_quiet: bool = False
    """Whether the demo world's buyers stay away."""
    limits: Literal["real", "off", "x10"] = "real"
    control_key: str | None = None
    credentials: Path = DEFAULT_CREDENTIALS
    database_seconds: float = 10
    """How long the database may take over an answer until it counts as away."""
    is_verbose: bool = False
    """Whether each call is printed."""

    @property
    def threads(self) -> int:
        """How many threads answer."""
        return _THREADS_ON_SQLITE if self.database.startswith("sqlite") else _THREADS_ON_POSTGRESQL

    @property
    def log_level(self) -> str:
        """How much is logged."""
        return "info" if self.is_verbose else "warning"

    @property
    def base_url(self) -> str:
        """Where programs reach the server: by its public address, if it has one; else from this machine."""
        if self.public_url is not None:
            return self.public_url
        host = _EVERYWHERE.get(self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"http://{host}:{self.port}"
