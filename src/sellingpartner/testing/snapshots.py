"""A test's market as it is at one moment, to come back to: what took long to build is built once. For SQLite alone."""

from __future__ import annotations

import sqlite3

import msgspec

from sellingpartner.market.market import Market
from sellingpartner.market.worlds.loading import restore
from sellingpartner.market.worlds.saving import image
from sellingpartner.testing.copies import Beginning


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """All that is in a market, but for its sandbox; shared by any number of markets that began like it."""

    beginning: Beginning
    image: sqlite3.Connection


def taken(market: Market, beginning: Beginning) -> Snapshot:
    """Take a snapshot."""
    if not market.database.is_sqlite:
        message = "Snapshots are of markets in memory or in SQLite's files; this one is on PostgreSQL."
        raise ValueError(message)
    return Snapshot(beginning=beginning, image=image(market))


def put_back(market: Market, beginning: Beginning, snapshot: Snapshot) -> None:
    """Let a market be as it was, or as another one was that began like it."""
    if snapshot.beginning != beginning:
        message = f"The snapshot is of a market that began otherwise: {snapshot.beginning}, and this one {beginning}."
        raise ValueError(message)
    restore(market, snapshot.image)
