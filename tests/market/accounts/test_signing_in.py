"""Signing in: the right password and no other, however often and from wherever it is guessed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.model import Actor, ActorKind
from sellingpartner.market.accounts.passwords import Cost
from sellingpartner.market.accounts.signing_in import (
    SignedIn,
    SignInRefused,
    csrf_matches,
    csrf_of,
    enter,
    leave,
    password_check,
    session_of,
    stay,
)
from sellingpartner.market.accounts.users import set_password
from sellingpartner.storage.remembered import facts_of_market
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import PASSWORD

Fixture = Any
HOME = "203.0.113.7"
OWNER = "owner@harbor.example"


def sign_in(
    market: TestMarket, password: str = PASSWORD, email: str = OWNER, address: str = HOME, agent: str = "Browser"
) -> SignedIn | None:
    with market.market.read() as unit:
        check = password_check(unit, email, address)
    ok = check.verify(password)
    with market.market.write() as unit:
        return enter(unit, check, ok, address=address, agent=agent)


def signed_in(market: TestMarket, **said: str) -> SignedIn:
    found = sign_in(market, **said)
    assert found is not None
    return found


def session(market: TestMarket, token: str) -> SignedIn | None:
    with market.market.read() as unit:
        return session_of(unit, token)


def fail(market: TestMarket, times: int, **said: str) -> None:
    for _ in range(times):
        assert sign_in(market, **{"password": "wrong password", **said}) is None


def test_the_right_password_begins_a_session(market: TestMarket, audit: Fixture) -> None:
    user = market.user()

    found = signed_in(market, email="OWNER@harbor.example")

    assert session(market, found.token) == found
    assert (found.user, found.ends_at) == (user, market.now + timedelta(hours=12))
    (entry,) = audit("sign_in.accepted")
    assert (entry.by, entry.seller_id) == (Actor(ActorKind.USER, user.user_id, HOME), user.seller_id)
    assert entry.details == {"user": user.user_id, "agent": "Browser"}


def test_the_wrong_password_begins_none(market: TestMarket, audit: Fixture) -> None:
    user = market.user()

    assert sign_in(market, "wrong password") is None

    with market.market.read() as unit:
        assert unit.count(tables.sessions) == 0
    (entry,) = audit("sign_in.refused")
    assert entry.by == Actor(ActorKind.USER, user.user_id, HOME)


def test_each_sign_in_has_a_session_of_its_own(market: TestMarket) -> None:
    market.user()

    one, other = signed_in(market), signed_in(market)

    assert one.token != other.token
    with market.market.write() as unit:
        leave(unit, one.token)
    assert (session(market, one.token), session(market, other.token)) == (None, other)


def test_a_session_is_stored_hashed_and_not_shown(market: TestMarket) -> None:
    market.user()
    found = signed_in(market)

    with market.market.read() as unit:
        stored = str(unit.execute(select(tables.sessions)).all()) + str(unit.execute(select(tables.audit)).all())
    assert found.token not in stored
    assert found.token not in repr(found)


def test_a_password_check_shows_no_hash(market: TestMarket) -> None:
    market.user()

    with market.market.read() as unit:
        check = password_check(unit, OWNER, HOME)

    assert "argon2" not in repr(check) + str(vars(check).get("fresh_hash"))


def test_a_token_that_nobody_has_is_no_session(market: TestMarket) -> None:
    assert session(market, "") is None
    assert session(market, "x" * 43) is None
    assert session(market, "\ud800\x00") is None


def test_a_session_ends_half_an_hour_after_it_was_last_seen(market: TestMarket) -> None:
    market.user()
    found = signed_in(market)
    market.advance(minutes=20)
    with market.market.write() as unit:
        stay(unit, found.token)

    market.advance(minutes=29)
    seen = session(market, found.token)
    market.advance(minutes=1)

    assert (seen, session(market, found.token)) == (found, None)


def test_a_session_that_has_ended_cannot_be_kept(market: TestMarket) -> None:
    market.user()
    found = signed_in(market)
    market.advance(minutes=30)

    with market.market.write() as unit:
        stay(unit, found.token)

    assert session(market, found.token) is None


def test_a_session_ends_twelve_hours_after_it_began_however_busy(market: TestMarket) -> None:
    market.user()
    found = signed_in(market)
    for _ in range(12 * 60 // 20 - 1):
        market.advance(minutes=20)
        with market.market.write() as unit:
            stay(unit, found.token)

    market.advance(minutes=19)
    seen = session(market, found.token)
    market.advance(minutes=1)

    assert (seen, session(market, found.token)) == (found, None)


def test_whoever_leaves_is_out_and_may_leave_again(market: TestMarket, audit: Fixture) -> None:
    market.user()
    found = signed_in(market)

    for _ in range(2):
        with market.market.write() as unit:
            leave(unit, found.token)

    assert session(market, found.token) is None
    assert [entry.by for entry in audit("sign_out")] == [found.actor]


def test_another_password_ends_every_session_but_the_one_to_keep(market: TestMarket) -> None:
    user = market.user()
    one, other = signed_in(market), signed_in(market)

    with market.market.write() as unit:
        set_password(unit, user.user_id, "another long password", keep_session=one.token)

    assert (session(market, one.token), session(market, other.token)) == (one, None)
    assert sign_in(market) is None
    assert sign_in(market, "another long password") is not None


def test_sessions_that_ended_are_forgotten(market: TestMarket) -> None:
    market.user()
    signed_in(market)
    market.advance(hours=13)

    signed_in(market)

    with market.market.read() as unit:
        assert unit.count(tables.sessions) == 1


def test_five_failures_are_free_and_then_each_locks_for_longer(market: TestMarket, audit: Fixture) -> None:
    market.user()
    fail(market, 5)
    waits = []
    for _ in range(8):
        fail(market, 1)
        with pytest.raises(SignInRefused, match="try again after") as refusal:
            sign_in(market)
        waits.append((refusal.value.retry_at - market.now).total_seconds())
        market.advance(seconds=waits[-1])

    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert len(audit("sign_in.locked")) == 8
    assert sign_in(market) is not None


def test_the_lock_holds_to_the_last_second(market: TestMarket) -> None:
    market.user()
    fail(market, 6)

    market.advance(seconds=29)
    with pytest.raises(SignInRefused):
        sign_in(market)
    market.advance(seconds=1)

    assert sign_in(market) is not None


def test_success_forgives_the_address_that_signed_in(market: TestMarket) -> None:
    market.user()
    fail(market, 5)
    signed_in(market)

    fail(market, 5)

    assert sign_in(market) is not None


def test_failures_of_yesterday_are_forgotten(market: TestMarket) -> None:
    market.user()
    fail(market, 5)
    market.advance(days=1, seconds=1)

    fail(market, 5)

    assert sign_in(market) is not None


def test_an_address_that_nobody_has_is_answered_and_locked_like_any(market: TestMarket, audit: Fixture) -> None:
    fail(market, 6, email="nobody@harbor.example", password=PASSWORD)

    with pytest.raises(SignInRefused) as refusal:
        sign_in(market, email="NOBODY@harbor.example")

    assert (refusal.value.retry_at - market.now).total_seconds() == 30
    assert [entry.what for entry in audit()] == ["sign_in.refused"] * 6 + ["sign_in.locked"]
    assert "nobody" not in str(audit())


def test_who_tries_many_people_is_locked_out_by_where_they_are(market: TestMarket) -> None:
    market.user()
    for number in range(21):
        fail(market, 1, email=f"somebody-{number}@harbor.example")

    with pytest.raises(SignInRefused):
        sign_in(market)

    assert sign_in(market, address="198.51.100.9") is not None


def test_signing_in_does_not_forgive_the_place(market: TestMarket) -> None:
    market.user()
    for number in range(20):
        fail(market, 1, email=f"somebody-{number}@harbor.example")
    signed_in(market)

    fail(market, 1, email="one-more@harbor.example")

    with pytest.raises(SignInRefused):
        sign_in(market)


def test_many_guesses_at_once_are_no_more_than_one_by_one(market: TestMarket) -> None:
    market.user()
    with market.market.read() as unit:
        checks = [password_check(unit, OWNER, HOME) for _ in range(7)]

    with market.market.write() as unit:
        for check in checks[:6]:
            assert enter(unit, check, ok=False, address=HOME, agent="") is None
        last = enter(unit, checks[6], checks[6].verify(PASSWORD), address=HOME, agent="")

    assert last is None


def test_a_password_that_was_changed_while_it_was_checked_is_the_wrong_one(market: TestMarket) -> None:
    user = market.user()
    with market.market.read() as unit:
        check = password_check(unit, OWNER, HOME)
    ok = check.verify(PASSWORD)

    with market.market.write() as unit:
        set_password(unit, user.user_id, "another long password")
        entered = enter(unit, check, ok, address=HOME, agent="")

    assert (ok, entered) == (True, None)


def test_who_says_that_a_stranger_s_password_is_right_is_not_believed(market: TestMarket) -> None:
    with market.market.read() as unit:
        check = password_check(unit, "nobody@harbor.example", HOME)

    with market.market.write() as unit:
        assert enter(unit, check, ok=True, address=HOME, agent="") is None


def test_a_hash_of_another_cost_is_renewed_by_signing_in(market: TestMarket) -> None:
    market.user()
    dearer = Cost(passes=2, memory_kib=16, lanes=1)
    with market.market.write() as unit:
        unit.execute(
            facts_of_market.update().where(facts_of_market.c.name == "password cost").values(value=dearer.told())
        )

    assert sign_in(market, "wrong password") is None
    with market.market.read() as unit:
        before = unit.execute(select(tables.users.c.password_hash)).scalar_one()
    signed_in(market)
    with market.market.read() as unit:
        after = unit.execute(select(tables.users.c.password_hash)).scalar_one()

    assert (before[:25], after[:26]) == ("$argon2id$v=19$m=8,t=1,p=", "$argon2id$v=19$m=16,t=2,p=")
    assert sign_in(market) is not None


def test_what_a_browser_says_of_itself_is_kept_harmless(market: TestMarket, audit: Fixture) -> None:
    market.user()

    signed_in(market, agent="Bro\x00wser\r\n\x1b[31m" + "x" * 1000, address="\ud800")

    (entry,) = audit("sign_in.accepted")
    assert entry.details["agent"].startswith("Bro?wser???[31mxxx")
    assert len(entry.details["agent"]) == 300


def test_a_form_shows_that_it_is_of_its_session(market: TestMarket) -> None:
    market.user()
    one, other = signed_in(market), signed_in(market)

    assert csrf_matches(one.token, csrf_of(one.token))
    assert not csrf_matches(one.token, csrf_of(other.token))
    assert not csrf_matches(one.token, "")
    assert not csrf_matches(one.token, "\ud800é")
    assert one.token not in csrf_of(one.token)
