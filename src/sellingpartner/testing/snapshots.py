"""A test's market as it is at one moment, to come back to: what took long to build is built once.

For markets in memory: one in a file is copied as a file is.
"""

from __future__ import annotations

import sqlite3

import msgspec

from sellingpartner.market.market import Market
from sellingpartner.market.time.clock import Clock
from sellingpartner.storage.sqlite import driver_of, note_undone
from sellingpartner.testing.copies import Beginning


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """All that is in a market, but for its sandbox; shared by any number of markets that began like it."""

    beginning: Beginning
    image: sqlite3.Connection


def taken(market: Market, beginning: Beginning) -> Snapshot:
    """Take a snapshot of a market in memory."""
    _check_place(market)
    image = sqlite3.connect(":memory:", check_same_thread=False)
    with market.database.read() as connection:
        driver_of(connection).backup(image)
    return Snapshot(beginning=beginning, image=image)


def put_back(market: Market, beginning: Beginning, snapshot: Snapshot) -> None:
    """Let a market be as it was, or as another one was that began like it."""
    _check_place(market)
    if snapshot.beginning != beginning:
        message = f"The snapshot is of a market that began otherwise: {snapshot.beginning}, and this one {beginning}."
        raise ValueError(message)
    with market.database.read() as connection:
        snapshot.image.backup(driver_of(connection))
        note_undone(connection)  # what was read and remembered is not so
        clock = Clock.load(connection)
    if clock is not None:
        market.clock.set_back(clock.reading())


def _check_place(market: Market) -> None:
    if not market.database.is_memory:
        message = "Snapshots are of markets in memory; this one is in a database of its own."
        raise ValueError(message)
