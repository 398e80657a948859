"""How long the market takes from the command to its first answer."""

from __future__ import annotations

from pathlib import Path

from benchmarks.market import serving_market
from benchmarks.report import Figure


def measure(database: Path, tries: int) -> list[Figure]:
    """Time markets that are empty, one whose demo world is built first and stays, and that one when it is there."""
    empty = [_seconds(database.with_name(f"empty-{number}.db"), "--no-demo") for number in range(tries + 1)]
    built = _seconds(database)
    known = min(_seconds(database) for _ in range(tries))
    return [
        Figure(name="first answer, database with a demo world", value=known, unit="s", most=2),
        # The first of them also compiled what it imported.
        Figure(name="first answer, new and empty database", value=min(empty[1:]), unit="s", most=2),
        Figure(name="demo world built", value=built - known, unit="s", most=10),
    ]


def _seconds(database: Path, *arguments: str) -> float:
    with serving_market(database, *arguments) as server:
        return server.ready_after
