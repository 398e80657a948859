"""Who calls is remembered until anybody commits: also when that was another process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Caller as Identity
from sellingpartner.market.accounts.model import TokenKind
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.testing import Caller, TestMarket

Start = Callable[..., Any]
LetGo = Callable[[list[Any]], None]


def granted(market: TestMarket) -> tuple[int, Caller]:
    """A grant of Orders with a role for it, and a caller who shows the token that was made from it."""
    seller_id, application_id = market.seller_account.seller_id, market.application.application_id
    with market.market.write(seller_id) as unit:
        grant, _ = give_grant(unit, seller_id, application_id, scopes=(FINANCE, ORDERS))
        holder = Identity(
            application_id=application_id,
            seller_id=seller_id,
            kind=TokenKind.ACCESS,
            scopes=frozenset(grant.scopes),
            grant_id=grant.grant_id,
        )
        return grant.grant_id, Caller(market.server, issue(unit, TokenKind.ACCESS, holder))


def test_what_another_process_takes_away_the_very_next_call_has_no_more(
    database_url: str, start_rival: Start, let_go: LetGo
) -> None:
    market = TestMarket(database_url)
    order = f"/orders/v0/orders/{market.buys()}"
    given = {what: granted(market) for what in ("narrow", "roles", "revoke", "secret")}
    rule = start_rival(database_url, "rule")
    let_go([rule])

    answers: dict[str, list[int]] = {}
    for what, (grant_id, caller) in given.items():
        before = [caller.call("GET", order).status for _ in range(3)]
        rule.hears((what, market.seller_account.seller_id, grant_id))
        assert rule.says() == "done"
        answers[what] = [*before, caller.call("GET", order).status]

    assert set(map(tuple, answers.values())) == {(200, 200, 200, 403)}, answers
    market.close()
