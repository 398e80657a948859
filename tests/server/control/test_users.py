from __future__ import annotations

from collections.abc import Callable

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.market.accounts.signing_in import password_check
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.caller import Reply
from sellingpartner.testing.world import PASSWORD


def is_right(market: TestMarket, email: str, password: str) -> bool:
    with market.market.read() as unit:
        check = password_check(unit, email, "")
    return check.verify(password)


def test_a_person_may_sign_in_with_the_password_that_was_said(market: TestMarket, operator: Caller) -> None:
    seller_id = market.seller_account.seller_id

    made = operator.send(v1.CreateUser(email="ada@harbor.example", seller_id=seller_id, password=PASSWORD))

    assert (made.email, made.name, made.seller_id, made.is_primary) == ("ada@harbor.example", "ada", seller_id, True)
    assert made.password is None
    assert is_right(market, "ada@harbor.example", PASSWORD)
    assert [one.user_id for one in operator.send(v1.ListUsers()).users] == [made.user_id]


def test_the_market_chooses_a_password_and_shows_it_once(market: TestMarket, operator: Caller) -> None:
    developer_id = market.application.developer_id

    made = operator.send(
        v1.CreateUser(email="dev@quayside.example", developer_id=developer_id, is_primary=False, name="Dev")
    )

    assert made.password is not None
    assert (made.name, made.is_primary) == ("Dev", False)
    assert is_right(market, "dev@quayside.example", made.password)
    assert b"assword" not in operator.call("GET", "/market/v1/users").body


def test_another_password_replaces_the_one_before(market: TestMarket, operator: Caller) -> None:
    user = market.user()

    said = operator.send(v1.SetPassword(user_id=user.user_id, password="another long password"))
    told = operator.send(v1.SetPassword(user_id=user.user_id))

    assert said.password is None
    assert told.password is not None
    assert not is_right(market, user.email, "another long password")
    assert is_right(market, user.email, told.password)


def test_who_cannot_be_is_refused(market: TestMarket, operator: Caller) -> None:
    seller_id = market.seller_account.seller_id
    market.user("ada@harbor.example")

    with pytest.raises(Conflict, match="There is a user"):
        operator.send(v1.CreateUser(email="ADA@harbor.example", seller_id=seller_id))
    with pytest.raises(InvalidInput, match="is not an email address"):
        operator.send(v1.CreateUser(email="ada", seller_id=seller_id))
    with pytest.raises(InvalidInput, match="has 0 characters"):
        operator.send(v1.CreateUser(email="b@harbor.example", seller_id=seller_id, password=""))
    with pytest.raises(InvalidInput, match="name a seller, a developer, or both"):
        operator.send(v1.CreateUser(email="b@harbor.example"))
    with pytest.raises(NotFound, match="There is no user x"):
        operator.send(v1.SetPassword(user_id="x"))
    assert [one.email for one in operator.send(v1.ListUsers()).users] == ["ada@harbor.example"]


def test_a_password_is_in_no_refusal_and_no_log(
    operator: Caller, post: Callable[[str, dict[str, object]], Reply]
) -> None:
    refused = post("/market/v1/users", {"email": "b@harbor.example", "password": "hunter2hunter2", "sellerId": "x"})

    assert refused.status == 404
    assert b"hunter2" not in refused.body
    assert "hunter2" not in str(operator.send(v1.ListRequests(limit=10)))
