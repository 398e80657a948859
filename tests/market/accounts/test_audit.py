"""The audit: in order, about whom it is asked, and never changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sellingpartner.market.accounts.audit import entries, latest_entries, note
from sellingpartner.market.accounts.model import OPERATOR, THE_MARKET, Actor, ActorKind
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.market import Market
from sellingpartner.testing import TestMarket

ADA = Actor(ActorKind.USER, "ada", "203.0.113.7")


@pytest.fixture
def empty(database_url: str) -> Iterator[Market]:
    made = Market.open(database_url)
    yield made
    made.close()


def test_entries_come_in_the_order_of_their_commits_whosever_they_are(empty: Market) -> None:
    for number, seller_id in enumerate(("A2", "", "A1")):
        with empty.write(seller_id) as unit:
            note(unit, f"thing.{number}", OPERATOR, seller_id=seller_id)
            note(unit, f"thing.{number}b", OPERATOR, seller_id=seller_id)

    with empty.read() as unit:
        found = entries(unit)
    assert [entry.number for entry in found] == [1, 2, 3, 4, 5, 6]
    assert [entry.what for entry in found] == ["thing.0", "thing.0b", "thing.1", "thing.1b", "thing.2", "thing.2b"]


def test_an_entry_says_what_was_done_by_whom_from_where_and_when(empty: Market) -> None:
    with empty.write() as unit:
        note(unit, "grant.given", ADA, seller_id="A1", application_id="app", details={"scopes": "orders"})
        now = unit.now

    with empty.read() as unit:
        (entry,) = entries(unit)
    assert (entry.at, entry.what, entry.by) == (now, "grant.given", ADA)
    assert (entry.seller_id, entry.application_id, entry.details) == ("A1", "app", {"scopes": "orders"})


def test_one_may_ask_for_a_seller_an_application_and_what_came_after(empty: Market) -> None:
    with empty.write() as unit:
        for seller_id, application_id in (("A1", "x"), ("A1", "y"), ("A2", "x")):
            note(unit, "grant.given", ADA, seller_id=seller_id, application_id=application_id)

    with empty.read() as unit:
        assert [entry.number for entry in entries(unit, seller_id="A1")] == [1, 2]
        assert [entry.number for entry in entries(unit, application_id="x")] == [1, 3]
        assert [entry.number for entry in entries(unit, seller_id="A1", application_id="x")] == [1]
        assert [entry.number for entry in entries(unit, after=1, limit=1)] == [2]
        assert entries(unit, after=3) == []


def test_what_failed_was_not_done(empty: Market) -> None:
    with pytest.raises(ZeroDivisionError), empty.write() as unit:
        note(unit, "grant.given", ADA)
        raise ZeroDivisionError
    with empty.write() as unit:
        with pytest.raises(ZeroDivisionError), unit.attempt():
            note(unit, "grant.given", ADA)
            raise ZeroDivisionError
        note(unit, "grant.revoked", ADA)

    with empty.read() as unit:
        assert [(entry.number, entry.what) for entry in entries(unit)] == [(1, "grant.revoked")]


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'nothing'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_it(empty: Market, statement: str) -> None:
    with empty.write() as unit:
        note(unit, "grant.given", ADA)

    with pytest.raises(DBAPIError, match="audit is append-only"), empty.write() as unit:
        unit.execute(text(statement))

    with empty.read() as unit:
        assert [entry.what for entry in entries(unit)] == ["grant.given"]


def test_postgresql_refuses_to_empty_it_at_once(postgres_url: str) -> None:
    market = Market.open(postgres_url)
    with market.write() as unit:
        note(unit, "grant.given", ADA)

    with pytest.raises(DBAPIError, match="audit is append-only"), market.write() as unit:
        unit.execute(text("TRUNCATE audit"))

    with market.read() as unit:
        assert len(entries(unit)) == 1
    market.close()


def test_what_strangers_sent_is_kept_on_one_line(empty: Market) -> None:
    with empty.write() as unit:
        stranger = Actor(ActorKind.USER, "a\x00b", "1\n2")
        note(unit, "sign_in.refused", stranger, details={"agent": "x\r\n" + "y" * 5000 + "\ud800"})

    with empty.read() as unit:
        (entry,) = entries(unit)
    assert (entry.by.id, entry.by.address, entry.details["agent"]) == ("a?b", "1?2", "x??" + "y" * 3997)


def test_it_holds_no_secret(market: TestMarket) -> None:
    with market.market.write() as unit:
        secret = new_secret(unit, market.application.application_id, by=OPERATOR)

    with market.market.read() as unit:
        found = entries(unit)
    assert {"secret.made", "grant.given", "application.registered"} <= {entry.what for entry in found}
    assert secret not in str(found)
    assert market.client_secret not in str(found)
    assert "Atz" not in str(found)
    assert found[0].by == THE_MARKET


def test_the_latest_come_newest_first_and_of_no_application_there_are_none(empty: Market) -> None:
    for number in range(3):
        with empty.write() as unit:
            note(unit, f"thing.{number}", OPERATOR, seller_id="A1", application_id=f"app-{number}")

    with empty.read() as unit:
        assert [entry.what for entry in latest_entries(unit, seller_id="A1", limit=2)] == ["thing.2", "thing.1"]
        assert [entry.what for entry in latest_entries(unit, application_ids=["app-0", "app-2"])] == [
            "thing.2",
            "thing.0",
        ]
        assert latest_entries(unit, application_ids=[]) == []
