"""The demo world of a new market file: a copy of one that was built on this machine, which takes the file's name whole.

To build one takes some seconds to a minute, so what was built is kept (`market/worlds/kept.py`), for a week: a market
catches up with the present by itself, as after a night's stop, and a week is soon caught up.
"""

from __future__ import annotations

import shutil
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec
from sqlalchemy import make_url

from sellingpartner.market import demo
from sellingpartner.market.time.clock import real_now
from sellingpartner.market.worlds.kept import kept
from sellingpartner.server.process.demo_world import build
from sellingpartner.server.process.opening import file_of, open_market, remove_file
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.copied import whole_file
from sellingpartner.storage.migrations import newest

_WEEK_MICROSECONDS = 7 * 24 * 60 * 60 * 1_000_000


def build_in_a_draft(settings: Settings) -> None:
    """Make the file with the demo world in it, if it is wanted and there is no file; raises `CannotServe`."""
    file = file_of(settings)
    if file is None or not settings.has_demo or settings.scenario or settings.world or Path(file).exists():
        return
    with whole_file(Path(file)) as draft:
        if settings.is_fresh or not _copied(settings, draft):
            _build(settings, draft)
        remove_file(settings)  # a write-ahead log that outlived its file would be played into this one


def _copied(settings: Settings, draft: Path) -> bool:
    """Fill a file with the kept demo world; whether there can be one."""
    week = microseconds(real_now()) // _WEEK_MICROSECONDS
    key = f"demo {demo.VERSION} {settings.seed} {newest()} {version('sellingpartner')} {week}"
    try:
        shutil.copyfile(kept(key, partial(_build, settings)), draft)
    except OSError:  # a home that cannot be written: it is built each time
        return False
    return True


def _build(settings: Settings, draft: Path) -> None:
    """Build the demo world in an empty file. It has no secret yet: those are made when it is first served."""
    url = make_url(settings.database).set(database=str(draft))
    market = open_market(
        msgspec.structs.replace(settings, database=url.render_as_string(hide_password=False)), is_draft=True
    )
    try:
        build(market)
    except DatabaseAway as away:
        shown = market.database.url.render_as_string()
        message = f"The database {shown} cannot be written: {away.reason.rstrip('.')}."
        raise CannotServe(message) from away
    finally:
        market.close()
