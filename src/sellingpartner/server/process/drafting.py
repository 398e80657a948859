"""The demo world of a new market file: built in a draft, which takes the file's name once it is whole.

A draft is thrown away if its building is broken off, so nothing of it has to be safe on the disk before its end.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import make_url

from sellingpartner.server.process.demo_world import build
from sellingpartner.server.process.opening import file_of, open_market, remove_file
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.storage.away import DatabaseAway

_ENDING = ".draft"


def build_in_a_draft(settings: Settings) -> None:
    """Make the file with the demo world in it, if it is wanted and there is no file; raises `CannotServe`."""
    file = file_of(settings)
    if file is None or not settings.has_demo or Path(file).exists():
        return
    draft = file + _ENDING
    url = make_url(settings.database).set(database=draft)
    beside = msgspec.structs.replace(settings, database=url.render_as_string(hide_password=False))
    remove_file(beside)  # left by a process that was killed
    try:
        _build(beside)
    except BaseException:
        remove_file(beside)
        raise
    remove_file(settings)  # a write-ahead log that outlived its file would be played into this one
    Path(draft).rename(file)


def _build(settings: Settings) -> None:
    market = open_market(settings, is_draft=True)
    try:
        build(market)
    except DatabaseAway as away:
        shown = market.database.url.render_as_string()
        message = f"The database {shown} cannot be written: {away.reason.rstrip('.')}."
        raise CannotServe(message) from away
    finally:
        market.close()
