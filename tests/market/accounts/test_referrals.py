from __future__ import annotations

import pytest

from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.model import User
from sellingpartner.market.accounts.referrals import ReferralRefused, refer, take_up
from sellingpartner.market.accounts.tables import referrals
from sellingpartner.testing import TestMarket


def referred(market: TestMarket, user: User) -> str:
    with market.market.write() as unit:
        return refer(unit, market.application.application_id, user, scopes=[ORDERS, FINANCE], approved=[ORDERS])


def test_what_was_approved_in_the_store_is_taken_up_once(market: TestMarket) -> None:
    user = market.user()
    state = referred(market, user)

    with market.market.write() as unit:
        found = take_up(unit, market.application.application_id, user, state)
    with market.market.write() as unit, pytest.raises(ReferralRefused, match="used before"):
        take_up(unit, market.application.application_id, user, state)

    assert (found.scopes, found.approved) == ((ORDERS, FINANCE), (ORDERS,))


def test_the_state_itself_is_not_stored(market: TestMarket) -> None:
    state = referred(market, market.user())

    with market.market.read() as unit:
        (row,) = unit.execute(referrals.select())
    assert state not in str(row)


def test_states_that_ended_are_forgotten_a_day_later(market: TestMarket) -> None:
    user = market.user()
    referred(market, user)
    market.advance(days=1, minutes=11)
    referred(market, user)

    with market.market.read() as unit:
        assert unit.count(referrals) == 1
