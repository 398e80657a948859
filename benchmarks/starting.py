"""How long the market takes from the command to its first answer.

Markets of four kinds begin in turns: one that is there with its demo world; a new and empty one; a new one whose demo
world is a copy of one that was built before on this machine; and, once, a new one whose demo world is built.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.market import serving_market
from benchmarks.report import Figure


def measure(database: Path, tries: int) -> list[Figure]:
    """Time all four; the demo world that is built stays, in its file."""
    built = _seconds(database)
    _seconds(database.with_name("first.db"), "--no-demo")  # it also compiles what it imports
    known, empty, copied = [], [], []
    for number in range(tries):
        known.append(_seconds(database))
        empty.append(_seconds(database.with_name(f"empty-{number}.db"), "--no-demo"))
        copied.append(_seconds(database.with_name(f"copied-{number}.db")))
    return [
        Figure(name="first answer, database with a demo world", value=min(known), unit="s", most=2),
        Figure(name="first answer, new and empty database", value=min(empty), unit="s", most=2),
        Figure(
            name="first answer, new database, demo world copied from a kept one", value=min(copied), unit="s", most=2
        ),
        Figure(name="demo world built", value=built - min(known), unit="s", most=10),
    ]


def _seconds(database: Path, *arguments: str) -> float:
    with serving_market(database, *arguments) as server:
        return server.ready_after
