"""Users: who may sign in, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.model import OPERATOR
from sellingpartner.market.accounts.users import all_users, create_user, set_password, user_by_email, user_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import PASSWORD

Fixture = Any


def test_a_user_is_known_by_an_address_in_whatever_case(market: TestMarket) -> None:
    made = market.user("Ada@Harbor.example")

    with market.market.read() as unit:
        assert user_by_email(unit, " aDA@harbor.EXAMPLE ") == made == user_of(unit, made.user_id)
        assert user_by_email(unit, "ada@harbor") is None
    assert (made.email, made.seller_id, made.is_primary) == (
        "Ada@Harbor.example",
        market.seller_account.seller_id,
        True,
    )


def test_a_user_may_act_for_a_seller_and_a_developer(market: TestMarket) -> None:
    developer_id = market.application.developer_id

    both = market.user(seller=market.seller_account, developer_id=developer_id)

    assert (both.seller_id, both.developer_id) == (market.seller_account.seller_id, developer_id)


def test_an_address_is_one_person_s(market: TestMarket, audit: Fixture) -> None:
    market.user("ada@harbor.example")
    before = len(audit())

    with market.market.write() as unit, pytest.raises(Conflict, match="There is a user with the email address"):
        create_user(unit, "ADA@harbor.example", "Ada", PASSWORD, seller_id=market.seller_account.seller_id)

    with market.market.read() as unit:
        assert [user.email for user in all_users(unit)] == ["ada@harbor.example"]
    assert len(audit()) == before


@pytest.mark.parametrize(
    ("said", "refusal", "words"),
    [
        ({"email": "ada"}, InvalidInput, "'ada' is not an email address"),
        ({"email": "ada@"}, InvalidInput, "is not an email address"),
        ({"email": "ada@harbor..example"}, InvalidInput, "is not an email address"),
        ({"email": "a da@harbor.example"}, InvalidInput, "is not an email address"),
        ({"email": "ada@harbor.example\n"}, InvalidInput, "is not an email address"),
        ({"email": "ada\x00@harbor.example"}, InvalidInput, "is not an email address"),
        ({"email": "\ud800@harbor.example"}, InvalidInput, "is not an email address"),
        ({"email": f"{'a' * 250}@b.example"}, InvalidInput, "is not an email address"),
        ({"name": " "}, InvalidInput, "name has 1 to 100 letters"),
        ({"name": "A\nda"}, InvalidInput, "name has 1 to 100 letters"),
        ({"password": "short"}, InvalidInput, "has 5 characters"),
        ({"seller_id": None}, InvalidInput, "name a seller, a developer, or both"),
        ({"seller_id": "A1"}, NotFound, "There is no seller A1"),
        ({"developer_id": "1"}, NotFound, "There is no developer 1"),
    ],
)
def test_who_cannot_be_is_not_created(
    market: TestMarket, audit: Fixture, said: dict[str, Any], refusal: type[SellingPartnerError], words: str
) -> None:
    fit = {"email": "ada@harbor.example", "name": "Ada", "password": PASSWORD}
    fit["seller_id"] = market.seller_account.seller_id

    with pytest.raises(refusal, match=words), market.market.write() as unit:
        create_user(unit, **(fit | said))

    with market.market.read() as unit:
        assert all_users(unit) == []
    assert audit() == []


def test_the_password_is_nowhere(market: TestMarket) -> None:
    market.user()

    with market.market.read() as unit:
        stored = str(unit.execute(select(tables.users)).all()) + str(unit.execute(select(tables.audit)).all())
    assert PASSWORD not in stored
    assert "$argon2id$" in stored


def test_the_audit_says_who_was_created_and_who_got_another_password(market: TestMarket, audit: Fixture) -> None:
    user = market.user()

    with market.market.write() as unit:
        set_password(unit, user.user_id, "another long password", by=OPERATOR)

    created, changed = audit()
    assert (created.what, created.seller_id) == ("user.created", user.seller_id)
    assert created.details == {"user": user.user_id, "email": user.email}
    assert (changed.what, changed.by) == ("password.changed", OPERATOR)
    assert changed.details == {"user": user.user_id, "sessions_ended": "0"}


def test_a_password_that_will_not_do_changes_nothing(market: TestMarket, audit: Fixture) -> None:
    user = market.user()

    with market.market.write() as unit:
        with pytest.raises(InvalidInput, match="has 5 characters"):
            set_password(unit, user.user_id, "short")
        with pytest.raises(NotFound, match="There is no user nobody"):
            set_password(unit, "nobody", PASSWORD)

    assert audit("password.changed") == []
