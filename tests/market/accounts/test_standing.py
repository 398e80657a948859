"""Whether a token stands is asked of the database: the same on both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.grants import give_grant, narrow_grant, revoke_grant
from sellingpartner.market.accounts.model import Caller, TokenKind
from sellingpartner.market.accounts.questions import caller_of
from sellingpartner.market.accounts.tables import grants
from sellingpartner.market.accounts.tokens import EXPIRED, INVALID, REVOKED, SECRET_EXPIRED, TokenRefused, issue
from sellingpartner.testing import TestMarket

SECOND = timedelta(seconds=1)


def test_a_token_stands_until_the_first_of_its_ends(database_url: str) -> None:
    market = TestMarket(database_url)
    seller_id, application_id = market.seller_account.seller_id, market.application.application_id
    with market.market.write(seller_id) as unit:
        grant, refresh_token = give_grant(unit, seller_id, application_id, scopes=(FINANCE, ORDERS))
        holder = Caller(
            application_id=application_id,
            seller_id=seller_id,
            kind=TokenKind.ACCESS,
            scopes=frozenset({ORDERS, FINANCE}),
            grant_id=grant.grant_id,
        )
        token = issue(unit, TokenKind.ACCESS, holder)

    def shown(text: str, *, after: timedelta = timedelta()) -> Caller | str:
        with market.market.read() as unit:
            unit.now += after
            try:
                return caller_of(unit, text)
            except TokenRefused as refused:
                return refused.details or ""

    assert shown(token) == holder
    assert shown(token, after=timedelta(hours=1) - SECOND) == holder
    assert shown(token, after=timedelta(hours=1)) == EXPIRED
    assert shown(token, after=timedelta(days=180) - SECOND) == EXPIRED
    assert shown(token, after=timedelta(days=180)) == SECRET_EXPIRED
    assert isinstance(shown(refresh_token, after=timedelta(days=3650)), Caller)
    with market.market.read() as unit, pytest.raises(Unauthorized) as unknown:
        caller_of(unit, "Atza|never-issued")
    assert unknown.value.details == INVALID

    with market.market.write(seller_id) as unit:
        narrow_grant(unit, seller_id, grant.grant_id, withdraw=(ORDERS,))
    narrowed = shown(token)
    assert isinstance(narrowed, Caller)
    assert narrowed.scopes == {FINANCE}

    with market.market.write(seller_id) as unit:
        ends = {"expires_at": unit.now + 60 * SECOND}
        unit.execute(grants.update().where(grants.c.grant_id == grant.grant_id).values(ends))
    assert isinstance(shown(token, after=59 * SECOND), Caller)
    assert shown(token, after=60 * SECOND) == REVOKED
    assert shown(refresh_token, after=60 * SECOND) == REVOKED
    with market.market.write(seller_id) as unit:
        revoke_grant(unit, seller_id, grant.grant_id)
    assert (shown(token), shown(refresh_token)) == (REVOKED, REVOKED)
    market.close()
