"""The parent process: everything that can go wrong is checked here first, in one line each; then granian serves."""

from __future__ import annotations

from functools import partial

import msgspec
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sellingpartner.server import logging
from sellingpartner.server.outlet import open_standard_streams
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.server.process.demo_world import HalfBuilt
from sellingpartner.server.process.opening import check_port, is_in_memory, is_postgresql, open_market, remove_file
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
    check_port(settings)
    logging.configure(settings.log_level)
    credentials = None if is_in_memory(settings) else _prepared(settings)
    Granian(
        "sellingpartner",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        workers_kill_timeout=_PATIENCE_SECONDS,
        log_level=LogLevels.error,
        websockets=False,
    ).serve(target_loader=partial(load, settings, credentials), wrap_loader=False)


def _prepared(settings: Settings) -> Credentials:
    """Make everything ready that is made once; the worker opens the market anew."""
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
