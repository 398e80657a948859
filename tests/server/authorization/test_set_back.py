"""A request for a token that the database set back for another one's sake."""

from __future__ import annotations

from typing import Any

import pytest

from sellingpartner.server.authorization import token
from sellingpartner.server.authorization.grants import Outcome, run
from sellingpartner.storage.away import DatabaseAway

Desk = Any  # tests/server/authorization/conftest.py


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 200), (3, 503)])
def test_it_is_done_again_and_a_code_is_used_up_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    code = desk.code()
    left = iter(range(times))

    def set_back(*of: Any) -> Outcome:  # noqa: ANN401 - the endpoint's own
        outcome = run(*of)
        if next(left, None) is not None:
            raise DatabaseAway("deadlock detected", was_set_back=True)
        return outcome

    monkeypatch.setattr(token, "run", set_back)

    reply = desk.exchange(code)

    assert reply.status == status
    assert ("refresh_token" in reply.json()) is (status == 200)
    monkeypatch.setattr(token, "run", run)
    again = desk.exchange(code)
    assert (again.status == 200) is (status == 503)
