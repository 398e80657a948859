"""A request for a token that the database set back for another one's sake."""

from __future__ import annotations

from typing import Any

import pytest
from set_back import SetBack

from sellingpartner.server.authorization import token
from sellingpartner.server.authorization.grants import run

Desk = Any  # tests/server/authorization/conftest.py


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 200), (3, 503)])
def test_it_is_done_again_and_a_code_is_used_up_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    code = desk.code()
    monkeypatch.setattr(token, "run", SetBack(run, times))

    reply = desk.exchange(code)

    assert reply.status == status
    assert ("refresh_token" in reply.json()) is (status == 200)
    monkeypatch.setattr(token, "run", run)
    again = desk.exchange(code)
    assert (again.status == 200) is (status == 503)
