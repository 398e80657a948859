"""Whoever guesses waits, and nobody else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sellingpartner.server.authorization.failures import MOST, Failures
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

Desk = Any  # tests/server/authorization/conftest.py

SECOND = timedelta(seconds=1)


@pytest.fixture
def market() -> TestMarket:
    return TestMarket(limits=Limits.REAL)


def test_after_a_hundred_wrong_secrets_the_right_one_is_not_heard_until_the_minute_is_over(desk: Desk) -> None:
    statuses = {desk.refresh(client_secret=f"guess-{number}").status for number in range(MOST)}
    assert statuses == {401}

    refused = desk.refresh()

    assert desk.refusal(refused) == {
        "status": 503,
        "error": "temporarily_unavailable",
        "error_description": "The market cannot answer at the moment; try again",
    }
    assert refused.headers["retry-after"] == "60"
    assert "refused too often" in desk.last_call().reason
    desk.market.advance(seconds=60)
    assert desk.refresh().status == 200


def test_wrong_codes_and_tokens_count_as_well(desk: Desk) -> None:
    for number in range(MOST // 2):
        desk.exchange(f"guess-{number}")
        desk.refresh(refresh_token=f"Atzr|guess-{number}")

    assert desk.refresh().status == 503


def test_another_client_of_the_same_address_is_heard(desk: Desk) -> None:
    for _ in range(MOST):
        desk.refresh(client_id="amzn1.application-oa2-client.0")

    assert desk.refresh(client_id="amzn1.application-oa2-client.0").status == 503
    assert desk.refresh().status == 200


def test_sellers_who_left_hold_up_nobody(desk: Desk) -> None:
    desk.revoke()
    for _ in range(MOST + 1):
        assert desk.refresh().status == 400

    assert desk.exchange(desk.code()).status == 200


def test_what_cannot_be_read_is_no_guess(desk: Desk) -> None:
    for _ in range(MOST + 1):
        desk.ask(grant_type="password")

    assert desk.refresh().status == 200


def test_a_market_without_limits_counts_nothing() -> None:
    failures = Failures(Limits.OFF)
    for _ in range(10 * MOST + 1):
        failures.count("192.0.2.7", "desk", START)

    assert failures.wait("192.0.2.7", "desk", START) is None


def test_ten_times_the_limits_is_ten_times_as_many(desk: Desk) -> None:
    failures = Failures(Limits.TIMES_TEN)
    for _ in range(10 * MOST - 1):
        failures.count("192.0.2.7", "desk", START)
    assert failures.wait("192.0.2.7", "desk", START) is None

    failures.count("192.0.2.7", "desk", START + SECOND)

    assert failures.wait("192.0.2.7", "desk", START + SECOND) == 59 * SECOND


def test_a_minute_begins_with_its_first_failure() -> None:
    failures = Failures(Limits.REAL)
    for _ in range(MOST - 1):
        failures.count("192.0.2.7", "desk", START)

    failures.count("192.0.2.7", "desk", START + 60 * SECOND)

    assert failures.wait("192.0.2.7", "desk", START + 60 * SECOND) is None


def test_whoever_invents_clients_fills_no_memory() -> None:
    failures = Failures(Limits.REAL)
    for number in range(25_000):
        failures.count("192.0.2.7", f"client-{number}" * 100, START)

    assert len(failures._counts) <= 10_000  # noqa: SLF001 - what it holds
    assert max(len(client_id) for _, client_id in failures._counts) == 100  # noqa: SLF001 - likewise
