"""The parent process: everything that can go wrong is checked here first, in one line each; then granian serves.

While another process prepares the market, this one imports what answers calls (`answering.py`): that takes as long.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from types import ModuleType

import msgspec

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
)
from sellingpartner.server.process.preparing import prepare
from sellingpartner.server.process.public_url import read_public_url
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.server.process.uncollected import uncollected

__all__ = ["CannotServe", "Settings", "serve"]

_ANSWERING = "sellingpartner.server.process.answering"


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
        credentials = None
        if not is_in_memory(settings):
            credentials = apart(partial(_prepared, settings), meanwhile=_bring_what_answers)
        _bring_what_answers().answer(settings, credentials)


def _bring_what_answers() -> ModuleType:
    with uncollected():
        return import_module(_ANSWERING)


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
