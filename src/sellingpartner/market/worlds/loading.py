"""A world, put into an open market: everything that was in the market goes, everything of the world comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sellingpartner.market.market import Market
from sellingpartner.market.worlds.copying import copy_from_a_file
from sellingpartner.market.worlds.papers import brought
from sellingpartner.market.worlds.saving import copy_file
from sellingpartner.market.worlds.scrubbing import scrub
from sellingpartner.market.worlds.world import NotAWorld, World, let_the_clock_go_on, revision_of, say, world_in
from sellingpartner.storage.copied import copy_back, copy_in
from sellingpartner.storage.database import DatabaseUnusable
from sellingpartner.storage.migrations import newest


def load(path: Path, market: Market) -> World:
    """Replace what is in an open market by a world; what the world was called is not kept.

    A world of an older version is migrated, in a copy. Whoever reads meanwhile sees the market as it was; and it is as
    it was if anything fails. Raises `NotAWorld` for a file that is none, or that a newer version saved, and
    `ServiceUnavailable` where its documents cannot be kept.
    """
    world = world_in(path)
    with _made_ready(path) as ready, market.replaced(), brought(path, ready, market):
        if market.database.is_sqlite:
            copy_in(ready, market.database)
        else:
            copy_from_a_file(ready, market.database)
    return world


def restore(market: Market, image: sqlite3.Connection) -> None:
    """Go back to what a market was when `saving.image` was made of it; its documents stay as they are."""
    with market.replaced():
        copy_back(image, market.database)


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """A world's file as this version knows its tables: a copy that was migrated, where an older one saved it."""
    world_in(path)
    if revision_of(path) == newest():
        yield path
    else:
        with _made_ready(path) as copy:
            yield copy


@contextmanager
def scrubbed_copy(path: Path) -> Iterator[Path]:
    """A copy of a world that is scrubbed and holds no credentials, for as long as the block runs."""
    said = msgspec.structs.replace(world_in(path), has_credentials=False, is_scrubbed=True)
    with TemporaryDirectory(prefix="spapi-world-") as folder:
        copy = Path(folder) / path.name
        copy_file(path, copy)
        scrub(copy)
        say(copy, said, None)
        yield copy


@contextmanager
def _made_ready(path: Path) -> Iterator[Path]:
    """A copy of a world that this version can go on with."""
    with TemporaryDirectory(prefix="spapi-world-") as folder:
        copy = Path(folder) / "world.db"
        try:
            copy_file(path, copy)
            Market.open(f"sqlite:///{copy}", is_draft=True).close()
        except sqlite3.Error as reason:
            raise NotAWorld(path, str(reason)) from reason
        except DatabaseUnusable as reason:
            why = "another version of this package saved it" if "version" in str(reason) else str(reason)
            raise NotAWorld(path, why) from reason
        let_the_clock_go_on(copy)
        yield copy
