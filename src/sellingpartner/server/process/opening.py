"""From a database URL to an open market, or to the one line that says why not."""

from __future__ import annotations

import errno
import socket
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from sellingpartner.contract.published.swagger import models as model_files
from sellingpartner.market.documents.writer import forget_unfinished
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.papers import forget_left_behind
from sellingpartner.server.process.carriers.post import AT_AWS, NOWHERE
from sellingpartner.server.process.only_one import taken
from sellingpartner.server.process.settings import DEFAULT_DOCUMENTS, DEFAULT_FOLDER, CannotServe, Settings
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.database import DatabaseUnusable
from sellingpartner.storage.document_store import DocumentStore, StoreUnusable

_HIGHEST_PORT = 65_535
_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.1, 3600.0
_OWNER_ONLY = 0o700
_DRIVER = "postgresql+psycopg"
_POSTGRES = frozenset({"postgres", "postgresql"})


def check_timeout(settings: Settings) -> None:
    """Raise `CannotServe` for a patience that nobody can have: databases read 0 as for ever."""
    if not _SHORTEST_SECONDS <= settings.database_seconds <= _LONGEST_SECONDS:
        message = (
            f"{settings.database_seconds:g} seconds are no time to wait for a database; choose from "
            f"{_SHORTEST_SECONDS:g} to {_LONGEST_SECONDS:g} with --database-timeout."
        )
        raise CannotServe(message)


def check_queues(settings: Settings) -> None:
    """Raise `CannotServe` for queues that are nowhere: a misspelled word must not send to AWS."""
    if settings.queues in {AT_AWS, NOWHERE}:
        return
    try:
        parts = urlsplit(settings.queues)
        is_endpoint = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_endpoint = False
    if not is_endpoint:
        message = (
            f"{settings.queues!r} says not where queues are; write aws, none, or an endpoint's URL such as "
            "http://127.0.0.1:4566 after --queues."
        )
        raise CannotServe(message)


def check_models(settings: Settings) -> None:
    """Raise `CannotServe` for a folder in which there are no models."""
    if settings.models is not None and not model_files(settings.models):
        message = (
            f"There are no models in {settings.models}; after --models (or in SELLINGPARTNER_MODELS) write the folder "
            "models of Amazon's selling-partner-api-models."
        )
        raise CannotServe(message)


def check_port(settings: Settings) -> None:
    """Raise `CannotServe` if nobody can listen there: before anything is built, so that no wait is in vain."""
    _check_port(settings, settings.port, "--port")
    if settings.tls_port is not None:
        _check_port(settings, settings.tls_port, "--tls-port")
        if settings.tls_port == settings.port:
            message = f"Port {settings.port} cannot speak HTTP and TLS; choose another --tls-port."
            raise CannotServe(message)


def _check_port(settings: Settings, port: int, option: str) -> None:
    if not 1 <= port <= _HIGHEST_PORT:
        message = f"Port {port} does not exist; choose one from 1 to {_HIGHEST_PORT} with {option}."
        raise CannotServe(message)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as reason:
        raise CannotServe(why_no_port(settings.host, port, reason, option)) from reason


def why_no_port(host: str, port: int, reason: OSError, option: str = "--port") -> str:
    """Why nobody can listen there, and what to do."""
    if reason.errno == errno.EADDRINUSE:
        return taken(host, port, option)
    if reason.errno == errno.EACCES:
        return f"Port {port} is for the system's services; choose one above 1023 with {option}."
    return f"Nobody can listen on {host}:{port}: {reason.strerror or reason}. Choose another --host."


def open_market(settings: Settings, *, is_draft: bool = False) -> Market:
    """Open the market, made if it is new; raises `CannotServe`."""
    url = _url_of(settings.database)
    try:
        market = Market.open(
            url,
            seed=settings.seed,
            patience_seconds=settings.database_seconds,
            is_draft=is_draft,
            documents=_store(settings),
        )
    except DatabaseUnusable as reason:
        raise CannotServe(one_line(str(reason))) from reason
    except (DatabaseAway, DBAPIError) as reason:  # a defect of the database's own counts like its absence here
        shown = make_url(url).render_as_string()
        said = reason.reason if isinstance(reason, DatabaseAway) else str(reason.orig)
        message = f"The database {shown} cannot be used: {one_line(said).rstrip('.')}."
        raise CannotServe(message) from reason
    if settings.seed is not None and market.seed != settings.seed:
        market.close()
        message = (
            f"The market in {make_url(url).render_as_string()} was made with seed {market.seed}, not {settings.seed}; "
            "leave --seed away, or choose another --database."
        )
        raise CannotServe(message)
    forget_unfinished(market.documents)
    forget_left_behind(market)
    return market


def check_documents(settings: Settings) -> None:
    """Raise `CannotServe` for a place where no document can be kept."""
    if settings.documents is None:
        return
    try:
        DocumentStore(settings.documents).check()
    except StoreUnusable as reason:
        message = (
            f"Documents cannot be kept there: {one_line(str(reason)).rstrip('.')}. After --documents write a "
            "folder, or the URL of a bucket such as s3://bucket/prefix."
        )
        raise CannotServe(message) from reason


def _store(settings: Settings) -> DocumentStore | None:
    """Where documents are kept; None is beside the market's file."""
    if settings.documents is not None:
        return DocumentStore(settings.documents)
    return DocumentStore(str(DEFAULT_DOCUMENTS)) if is_postgresql(settings) else None


def is_in_memory(settings: Settings) -> bool:
    """Whether the market lives and dies with the process that opens it."""
    url = make_url(_url_of(settings.database))
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def file_of(settings: Settings) -> str | None:
    """The file that the market lives in, if it is one; its folder is made if it may be. Raises `CannotServe`."""
    url = make_url(_url_of(settings.database))
    is_file = url.get_backend_name() == "sqlite" and not is_in_memory(settings)
    return url.database if is_file and not str(url.database).startswith("file:") else None


def shown_database(settings: Settings) -> str:
    """The database's URL as it may be shown."""
    return make_url(_url_of(settings.database)).render_as_string()


def is_postgresql(settings: Settings) -> bool:
    """Whether the market's state is kept by a database server."""
    return make_url(_url_of(settings.database)).get_backend_name() in _POSTGRES


def remove_file(settings: Settings) -> None:
    """Delete an SQLite database, with the files that SQLite keeps beside it."""
    file = make_url(_url_of(settings.database)).database or ""
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(file + ending).unlink(missing_ok=True)


def one_line(text: str) -> str:
    """A driver's message without its line breaks."""
    return " ".join(text.split())


def _url_of(database: str) -> str:
    """The URL as the market's drivers know it; raises `CannotServe` for what is none."""
    try:
        url = make_url(database)
    except ArgumentError:
        message = (
            f"{database!r} is not a database URL; write sqlite:///market.db or "
            "postgresql://user:password@host/name after --database."
        )
        raise CannotServe(message) from None
    backend = url.get_backend_name()
    if backend in _POSTGRES:
        try:
            import_module("psycopg")
        except ImportError:
            message = "PostgreSQL needs its driver; install it with: pip install 'sellingpartner[postgres]'"
            raise CannotServe(message) from None
        return url.set(drivername=_DRIVER).render_as_string(hide_password=False)
    if backend != "sqlite":
        message = f"The market keeps its state in SQLite or PostgreSQL, not in {backend}; choose another --database."
        raise CannotServe(message)
    if url.database and url.database != ":memory:":
        _prepare_folder(Path(url.database).parent)
    return url.render_as_string(hide_password=False)


def _prepare_folder(folder: Path) -> None:
    """Make the default folder if it is missing; another one must be there, lest a misspelled path makes a market."""
    if folder == DEFAULT_FOLDER:
        make_own_folder(folder)
    elif not folder.is_dir():
        message = f"There is no folder {folder} for the database; make it, or choose another --database."
        raise CannotServe(message)


def make_own_folder(folder: Path) -> None:
    """Make the folder that a market keeps its files in, out of version control's sight; raises `CannotServe`.

    It is its owner's alone: the database holds personal data, and a client secret until its queue has taken it.
    """
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(_OWNER_ONLY)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as reason:
        message = f"The folder {folder} cannot be made: {reason.strerror}; go to another folder, or name a --database."
        raise CannotServe(message) from reason
