"""A market, saved as a world: one file, of one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from sellingpartner.contract.errors import ServiceUnavailable
from sellingpartner.market.market import Market
from sellingpartner.market.time.clock import real_now
from sellingpartner.market.worlds.copying import copy_to_a_file
from sellingpartner.market.worlds.papers import pack
from sellingpartner.market.worlds.scrubbing import scrub
from sellingpartner.market.worlds.world import Access, World, say, stop_the_clock
from sellingpartner.storage.copied import copy_out, whole_file
from sellingpartner.storage.sqlite import driver_of

_OWNER_ONLY = 0o700


def save(
    market: Market, path: Path, *, name: str = "", credentials: Access | None = None, is_scrubbed: bool = False
) -> World:
    """Save a market in a file, which is replaced; whoever writes meanwhile goes on.

    Its clock stands in the file, so a world does not age there; loaded, it runs on if it ran. In a scrubbed one
    stand-ins are there for personal data.
    """
    try:
        path.parent.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        with whole_file(path) as draft:
            if market.database.is_sqlite:
                copy_out(market.database, draft)
            else:
                copy_to_a_file(market.database, draft)
            pack(market.documents, draft)
            if is_scrubbed:
                scrub(draft)
            world = World(
                name=name or path.stem,
                at=market.clock.now(),
                saved_at=real_now(),
                version=version("sellingpartner"),
                seed=market.seed,
                has_credentials=credentials is not None,
                is_scrubbed=is_scrubbed,
                came_from="sqlite" if market.database.is_sqlite else "postgresql",
            )
            stop_the_clock(draft, world)
            say(draft, world, credentials)
    except (OSError, sqlite3.Error) as reason:
        said = reason.strerror if isinstance(reason, OSError) else str(reason)
        message = f"The world cannot be saved in {path}: {said}."
        raise ServiceUnavailable(message) from reason
    return world


def image(market: Market) -> sqlite3.Connection:
    """A copy of a market in memory, of which nobody knows: `loading.restore` goes back to it. For SQLite alone."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with market.database.alone() as connection:
        driver_of(connection).backup(copy)
    return copy


def copy_file(path: Path, to: Path) -> None:
    """Copy a database file, as of one moment, into an empty one: a server may be writing to it."""
    with (
        closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
