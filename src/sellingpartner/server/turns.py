"""Calls on SQLite take turns.

The driver lets go of the interpreter at every statement, and threads that wrestle for it there cost a quarter of the
throughput (docs/performance.md); there is one writer anyway. What may take long takes no turn: the body of a request is
received before, and whoever moves the clock holds up nobody. PostgreSQL's answers take time in which others can work:
there calls run side by side.

Whoever needs another lock besides takes the turn first, or two threads may wait for each other.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from threading import Lock

from sellingpartner.market.market import Market

Turns = AbstractContextManager[object]


def turns_on(market: Market) -> Turns:
    """What calls on this market take turns by."""
    return Lock() if market.database.is_sqlite else nullcontext()
