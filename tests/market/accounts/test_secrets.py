from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.model import OPERATOR, Actor, ActorKind
from sellingpartner.market.accounts.questions import application_by, caller_of, secret_ends_at
from sellingpartner.market.accounts.secrets import (
    RotatedSecret,
    new_secret,
    rotate_secret,
    secrets_of,
    watch_for_the_end,
)
from sellingpartner.market.accounts.tokens import SECRET_EXPIRED
from sellingpartner.market.events.accounts import SecretExpiryNears, SecretMade, SecretRotated
from sellingpartner.storage.events import events
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

DEVELOPER = Actor(ActorKind.USER, "user-1", "192.0.2.7")
DAY = timedelta(days=1)


def rotated(market: TestMarket) -> RotatedSecret:
    with market.market.write() as unit:
        return rotate_secret(unit, market.application.application_id, by=DEVELOPER)


def ends(market: TestMarket, secret: str) -> object:
    with market.market.read() as unit:
        return secret_ends_at(unit, market.application.application_id, secret)


def test_a_rotated_secret_works_seven_days_more_and_the_next_180(market: TestMarket) -> None:
    market.advance(days=10)

    made = rotated(market)

    assert ends(market, market.client_secret) == made.old_expires_at == START + 17 * DAY
    assert ends(market, made.secret) == made.expires_at == START + 190 * DAY
    with market.market.read() as unit:
        assert application_by(unit, application_id=market.application.application_id).secret_ends_at == made.expires_at
        assert [secret.expires_at for secret in secrets_of(unit, market.application.application_id)] == [
            made.old_expires_at,
            made.expires_at,
        ]
    assert [fact.old_expires_at for fact in market.facts(SecretRotated)] == [made.old_expires_at]
    assert [fact.expires_at for fact in market.facts(SecretMade)] == [START + 180 * DAY, made.expires_at]


def test_a_secret_that_ends_within_the_week_is_not_given_more_time(market: TestMarket) -> None:
    market.advance(days=178)

    assert rotated(market).old_expires_at == START + 180 * DAY


def test_two_rotations_leave_the_first_secret_at_its_end(market: TestMarket) -> None:
    first = rotated(market)
    market.advance(days=3)
    second = rotated(market)

    assert ends(market, market.client_secret) == START + 7 * DAY
    assert ends(market, first.secret) == second.old_expires_at == START + 10 * DAY


def test_a_rotation_is_in_the_audit_and_the_secret_nowhere(market: TestMarket) -> None:
    made = rotated(market)

    with market.market.read() as unit:
        entry = audit.entries(unit, application_id=market.application.application_id)[-1]
        kept = b"".join(row.fact for row in unit.execute(select(events.c.fact)))
    assert (entry.what, entry.by) == ("secret.rotated", DEVELOPER)
    assert entry.details == {"expires": "2027-05-01T09:00:00Z", "old_expires": "2026-11-09T09:00:00Z"}
    assert made.secret not in f"{entry!r} {made!r}"
    assert made.secret.encode() not in kept


def test_the_end_is_announced_90_days_before_it_to_who_wants_to_hear_it(market: TestMarket) -> None:
    with market.market.write() as unit:
        watch_for_the_end(unit, market.application.application_id)

    market.advance(days=89, hours=23)
    assert market.facts(SecretExpiryNears) == []
    market.advance(hours=1)

    assert [fact.expires_at for fact in market.facts(SecretExpiryNears)] == [START + 180 * DAY]


def test_nothing_is_announced_of_a_secret_that_was_rotated_meanwhile(market: TestMarket) -> None:
    with market.market.write() as unit:
        watch_for_the_end(unit, market.application.application_id)
    market.advance(days=50)
    rotated(market)

    market.advance(days=60)

    assert market.facts(SecretExpiryNears) == []


def test_nothing_is_due_where_nobody_listens(market: TestMarket) -> None:
    before = market.market.next_due()
    rotated(market)

    assert market.market.next_due() == before


def test_after_the_last_secret_has_ended_no_token_opens_anything(market: TestMarket) -> None:
    caller = market.seller
    market.advance(days=180)

    reply = caller.call("GET", "/sellers/v1/marketplaceParticipations")

    assert (reply.status, reply.json()["errors"][0]["code"]) == (403, "Unauthorized")
    assert reply.json()["errors"][0]["details"] == "The LWA secret token you provided has expired."


def test_as_long_as_one_secret_lives_tokens_open_what_they_did(market: TestMarket) -> None:
    market.advance(days=179)
    with market.market.write() as unit:
        new_secret(unit, market.application.application_id)
    market.advance(days=100)

    assert market.seller.call("GET", "/sellers/v1/marketplaceParticipations").status == 200


def test_the_log_says_when_the_last_secret_ended(market: TestMarket) -> None:
    token = market.seller.token or ""
    market.advance(days=180)

    with market.market.read() as unit, pytest.raises(Unauthorized) as refused:
        caller_of(unit, token)

    assert refused.value.details == SECRET_EXPIRED
    assert refused.value.reason == "The application's last client secret expired at 2027-05-01T09:00:00Z."


def test_an_application_knows_when_the_last_of_its_secrets_ends(market: TestMarket) -> None:
    application_id = market.application.application_id
    begin = market.now
    market.advance(days=30)

    with market.market.write() as unit:
        later = new_secret(unit, application_id, by=OPERATOR)

    with market.market.read() as unit:
        assert application_by(unit, application_id=application_id).secret_ends_at == begin + timedelta(days=210)
        assert secret_ends_at(unit, application_id, market.client_secret) == begin + timedelta(days=180)
        assert secret_ends_at(unit, application_id, later) == begin + timedelta(days=210)
        assert [(one.created_at, one.expires_at) for one in secrets_of(unit, application_id)] == [
            (begin, begin + timedelta(days=180)),
            (begin + timedelta(days=30), begin + timedelta(days=210)),
        ]
        assert secrets_of(unit, "none") == []
