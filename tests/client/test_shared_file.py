from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sellingpartner.client import SQLiteThrottle, SQLiteTokens, Token
from sellingpartner.contract.errors import StoreFailed
from sellingpartner.contract.operation import Rate


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    path.write_text("not a database, but long enough to be read as the head of one" * 20)

    with pytest.raises(StoreFailed, match=r"tokens\.db cannot be used: file is not a database"):
        SQLiteTokens(path).get("key")
    with pytest.raises(StoreFailed, match="cannot be used"):
        SQLiteTokens(path).put("key", Token("Atza|1", 1.0))


def test_a_damaged_limit_begins_anew(tmp_path: Path) -> None:
    throttle = SQLiteThrottle(tmp_path / "limits.db", clock=lambda: 1000.0)
    throttle.enter("key", Rate(1, burst=2), 0)
    with sqlite3.connect(tmp_path / "limits.db") as connection:
        connection.execute("UPDATE buckets SET state = 'damaged'")
    connection.close()

    _, wait = throttle.enter("key", Rate(1, burst=2), 0)

    assert wait == 0.0
    throttle.close()
