"""Work that was set back is done again, and never twice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from sqlalchemy import text

from sellingpartner.storage.anew import TRIES, anew, note_kept
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.database import Database


class Work:
    """Something that is set back so many times before it is done; it may keep something each time."""

    def __init__(self, times: int, *, keep: Callable[[], object] = int, was_set_back: bool = True) -> None:
        self.times, self.keep, self.was_set_back = times, keep, was_set_back
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        self.keep()
        if self.tries <= self.times:
            raise DatabaseAway("deadlock detected", was_set_back=self.was_set_back)
        return "done"


@pytest.mark.parametrize("times", range(TRIES))
def test_what_was_set_back_is_done_again(times: int) -> None:
    work = Work(times)

    assert anew(work) == "done"
    assert work.tries == times + 1


def test_it_is_given_up_after_some_tries() -> None:
    work = Work(100)

    with pytest.raises(DatabaseAway):
        anew(work)

    assert work.tries == TRIES


def test_a_database_that_is_away_is_not_asked_again() -> None:
    work = Work(1, was_set_back=False)

    with pytest.raises(DatabaseAway):
        anew(work)

    assert work.tries == 1


def test_what_was_kept_in_part_is_not_done_again() -> None:
    work = Work(1, keep=note_kept)

    with pytest.raises(DatabaseAway):
        anew(work)

    assert work.tries == 1


def test_what_a_part_of_the_work_has_kept_is_not_done_again_by_the_whole() -> None:
    work = Work(1, keep=lambda: anew(note_kept))

    with pytest.raises(DatabaseAway):
        anew(work)

    assert work.tries == 1


def test_what_was_kept_before_it_began_does_not_count() -> None:
    note_kept()

    assert anew(Work(1)) == "done"


def test_a_commit_is_kept_and_what_was_rolled_back_is_not(postgres_url: str) -> None:
    database = Database(postgres_url)

    def commit() -> None:
        with database.write() as connection:
            connection.execute(text("SELECT 1"))

    def roll_back() -> None:
        with pytest.raises(ValueError, match="no"), database.write():
            raise ValueError("no")

    def look() -> None:
        with database.read() as connection:
            connection.execute(text("SELECT 1"))

    tries = {}
    for name, keep in (("commit", commit), ("roll_back", roll_back), ("look", look)):
        work = Work(1, keep=keep)
        with contextlib.suppress(DatabaseAway):
            anew(work)
        tries[name] = work.tries
    database.close()

    assert tries == {"commit": 1, "roll_back": 2, "look": 2}
