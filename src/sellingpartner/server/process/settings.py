"""What a process that serves is told: plain values, so that they travel to the worker process."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import urlsplit

import msgspec

from sellingpartner.contract.discretion import Discreet

DEFAULT_FOLDER = Path(".spapi")
DEFAULT_DATABASE = f"sqlite:///{DEFAULT_FOLDER}/market.db"
DEFAULT_DOCUMENTS = DEFAULT_FOLDER / "documents"
"""Where documents are kept if there is no file to keep them beside."""
DEFAULT_CREDENTIALS = DEFAULT_FOLDER / "credentials.env"
_LONGEST_CLIENT_ID = 80
_LONGEST = 2048
_SHORTEST = 8
_PRINTABLE = re.compile(r"[!-~]+")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared with, not bound to

# Reads on SQLite need none of them (`reception.py`). PostgreSQL's answers take time in which others can work.
_THREADS_ON_SQLITE = 4
_THREADS_ON_POSTGRESQL = 8


class CannotServe(Exception):
    """Why a market cannot be served: one line that names the cure."""


class Chosen(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """Credentials that whoever serves has chosen beforehand, as for a container in a test; the others are invented."""

    client_id: str | None = None
    client_secret: str | None = None
    refresh_token: str | None = None

    def check(self) -> None:
        """Raise `CannotServe` for a value that no credential can have."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            longest = _LONGEST_CLIENT_ID if name == "client_id" else _LONGEST
            if value is not None and not (_SHORTEST <= len(value) <= longest and _PRINTABLE.fullmatch(value)):
                shown = f"SPAPI_{name.upper()}"
                message = (
                    f"{shown} cannot be used: it must have {_SHORTEST} to {longest} ASCII characters without spaces."
                )
                raise CannotServe(message)


class Settings(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """How a market is served."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"database", "documents"})

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """Where others reach the server, if that is elsewhere: at a proxy in front that ends TLS."""
    tls_port: int | None = None
    """Where it answers under Amazon's names, over TLS; None for nowhere."""
    database: str = DEFAULT_DATABASE
    seed: int | None = None
    has_demo: bool = True
    scenario: str | None = None
    """How a new market begins, instead of with the demo world: a scenario's name, or its file."""
    world: str | None = None
    """The world that a new market begins as: its name, or its file."""
    is_fresh: bool = False
    """Whether the demo world is built anew, and not copied from one that was built before."""
    is_quiet: bool = False
    """Whether the demo world's buyers stay away."""
    limits: Literal["real", "off", "x10"] = "real"
    control_key: str | None = None
    credentials: Path = DEFAULT_CREDENTIALS
    database_seconds: float = 10
    """How long the database may take over an answer until it counts as away."""
    chosen: Chosen = Chosen()
    patience_seconds: float = 30
    """How long the head of a request may take to come in, and a connection may be idle."""
    documents: str | None = None
    """Where reports, feeds and results are kept: a folder, or the URL of a bucket; None is beside the database."""
    queues: str = "aws"
    """Where what is at AWS is reached: there ("aws"), at an endpoint's URL, or nowhere ("none")."""
    webhooks: Literal["public", "any"] = "public"
    """Whether webhooks may lead into the market's own network."""
    models: Path | None = None
    """A folder of Amazon's published models, whose static cases the sandbox answers."""
    is_recording: bool = False
    """Whether whole calls are kept in memory."""
    chaos: str | None = None
    """A ready profile of faults that is to hold from the start."""
    faults: Path | None = None
    """A file of rules of faults that are to hold from the start."""
    is_verbose: bool = False
    """Whether each call is printed."""

    @property
    def is_public(self) -> bool:
        """Whether others reach the market: by a public address that is not this machine's, or by its own."""
        hosts = [self.host] if self.public_url is None else [self.host, urlsplit(self.public_url).hostname or ""]
        return not all(_is_own(host) for host in hosts)

    @property
    def threads(self) -> int:
        """How many calls may be at work beside those that are answered at once."""
        return _THREADS_ON_SQLITE if self.database.startswith("sqlite") else _THREADS_ON_POSTGRESQL

    @property
    def log_level(self) -> str:
        """How much is logged."""
        return "info" if self.is_verbose else "warning"

    @property
    def base_url(self) -> str:
        """Where programs reach the server: by its public address, if it has one; else from this machine."""
        return self.own_url if self.public_url is None else self.public_url

    @property
    def tls_folder(self) -> Path:
        """Where the certificates for Amazon's names lie: beside the credentials."""
        return self.credentials.parent / "tls"

    @property
    def own_url(self) -> str:
        """Where programs of this machine reach it."""
        host = _EVERYWHERE.get(self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"http://{host}:{self.port}"


def _is_own(host: str) -> bool:
    """Whether a host is this machine for itself and for nobody else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
