"""Small demo worlds, each built once a process: whoever wants one gets a copy that shares nothing with another one."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Connection

from sellingpartner.market.demo import Demo, build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.market.time.clock import Clock
from sellingpartner.storage.database import Database


def copy_of_demo(present: datetime, *, seed: int, skus: int, orders: int) -> tuple[Market, Demo]:
    """A market in memory with a demo world, and what was built in it."""
    image, demo = _built(present, seed, skus, orders)
    return copy_of(image), demo


def copy_of(market: Market) -> Market:
    """Another market in memory, which is as this one is now."""
    database = Database()
    with market.database.engine.connect() as source, database.engine.connect() as target:
        _driver_of(source).backup(_driver_of(target))
        clock = Clock.load(target)
    copied = Market(database, clock or Clock(), market.seed)
    market.documents.copy_to(copied.documents)
    return copied


@cache
def _built(present: datetime, seed: int, skus: int, orders: int) -> tuple[Market, Demo]:
    market = Market.open(at=present, seed=seed)
    return market, build_demo_world(market, skus=skus, orders=orders)


def _driver_of(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)
