"""The parent process: everything that can go wrong is checked here first, in one line each; then granian serves."""

from __future__ import annotations

import signal
from functools import partial

import msgspec
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from sellingpartner.server import logging
from sellingpartner.server.outlet import open_standard_streams
from sellingpartner.server.process.apart import apart
from sellingpartner.server.process.chaos import rules_for
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.server.process.demo_world import HalfBuilt
from sellingpartner.server.process.drafting import build_in_a_draft
from sellingpartner.server.process.only_one import the_file, the_port
from sellingpartner.server.process.opening import (
    check_documents,
    check_models,
    check_port,
    check_queues,
    check_timeout,
    file_of,
    is_in_memory,
    is_postgresql,
    open_market,
    remove_file,
    shown_database,
    why_no_port,
)
from sellingpartner.server.process.preparing import prepare
from sellingpartner.server.process.public_url import read_public_url
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.server.process.worker import load

__all__ = ["CannotServe", "Settings", "serve"]

_PATIENCE_SECONDS = 15
"""How long a worker may take to finish what it is doing, when the server is to end."""


def serve(settings: Settings) -> None:
    """Serve a market until a signal says to stop; raises `CannotServe`, in one line, if that is not possible."""
    open_standard_streams()
    if settings.public_url is not None:
        settings = msgspec.structs.replace(settings, public_url=read_public_url(settings.public_url))
    settings.chosen.check()
    check_timeout(settings)
    check_queues(settings)
    check_models(settings)
    rules_for(settings)
    if settings.documents is not None:
        apart(partial(check_documents, settings))
    check_port(settings)
    logging.configure(settings.log_level)
    with the_port(settings.host, settings.port), the_file(file_of(settings), shown_database(settings)):
        _serve(settings, None if is_in_memory(settings) else apart(partial(_prepared, settings)))


class _Granian(Granian):  # type: ignore[misc, valid-type] # which class it is depends on the interpreter
    """The web server; a terminal that is closed ends it in order, as a request to end does."""

    outlives_its_terminal = False

    def signal_handler_reload(self, *_: object, **__: object) -> None:
        """End, unless it was started to outlive its terminal. Granian would start another worker, to load new code."""
        if not self.outlives_its_terminal:
            self.signal_handler_interrupt()


def _serve(settings: Settings, credentials: Credentials | None) -> None:
    is_deaf = hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as under nohup
    server = _Granian(
        "sellingpartner",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        workers=1,
        workers_kill_timeout=_PATIENCE_SECONDS,
        log_level=LogLevels.error,
        websockets=False,
        # Differs: granian itself refuses what is no HTTP (a length that is no number, a target that is no URI) and what
        # is far too long (a target of 64 KiB, 101 headers) with the right status and an empty body. A sender that ends
        # its side of the connection before the answer came is taken for gone, and is told nothing.
        # HTTP/1 alone: where the server first has to find out which version is spoken, it waits for ever.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=round(settings.patience_seconds * 1000)),
    )
    server.outlives_its_terminal = is_deaf
    try:
        server.serve(target_loader=partial(load, settings, credentials), wrap_loader=False)
    except OSError as reason:
        raise CannotServe(why_no_port(settings.host, settings.port, reason)) from reason


def _prepared(settings: Settings) -> Credentials:
    """Make everything ready that is made once; the worker opens the market anew."""
    build_in_a_draft(settings)
    try:
        return _prepared_once(settings)
    except HalfBuilt:
        if is_postgresql(settings):
            raise
        remove_file(settings)
        return _prepared_once(settings)


def _prepared_once(settings: Settings) -> Credentials:
    market = open_market(settings)
    try:
        return prepare(market, settings)
    finally:
        market.close()
