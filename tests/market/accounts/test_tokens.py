"""Tokens as the accounts keep them: hashed, bound to a grant, forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant, revoke_grant
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.tokens import EXPIRED, INVALID, TokenRevoked, caller_of, forget_expired, issue
from sellingpartner.market.market import Market

US = "ATVPDKIKX0DER"


@pytest.fixture
def market() -> Market:
    return Market.open(seed=1, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def holder(market: Market) -> Caller:
    with market.write() as unit:
        seller = join_seller(unit, "Ada", [US])
        application, _ = register_application(unit, "Desk", register_developer(unit, "Dev"))
    with market.write(seller.seller_id) as unit:
        grant, _ = give_grant(unit, seller.seller_id, application.application_id, scopes=[ORDERS])
    return Caller(
        application_id=application.application_id,
        seller_id=seller.seller_id,
        kind=TokenKind.ACCESS,
        scopes=frozenset({ORDERS}),
        grant_id=grant.grant_id,
    )


def new_token(market: Market, holder: Caller, kind: TokenKind = TokenKind.ACCESS) -> str:
    with market.write(holder.seller_id) as unit:
        return issue(unit, kind, holder)


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (TokenKind.ACCESS, "Atza|"),
        (TokenKind.GRANTLESS, "Atc|"),
        (TokenKind.REFRESH, "Atzr|"),
        (TokenKind.RESTRICTED, "Atz.sprdt|"),
    ],
)
def test_a_token_tells_its_kind_by_how_it_begins(market: Market, holder: Caller, kind: TokenKind, prefix: str) -> None:
    token = new_token(market, holder, kind)

    assert token.startswith(prefix)
    assert 200 < len(token) < 2048


def test_a_token_proves_its_holder(market: Market, holder: Caller) -> None:
    token = new_token(market, holder)

    with market.read() as unit:
        assert caller_of(unit, token) == holder


def test_a_restricted_token_knows_what_it_opens(market: Market, holder: Caller) -> None:
    resources = (Resource("GET", "/orders/v0/orders", ("buyerInfo",)),)
    with market.write(holder.seller_id) as unit:
        token = issue(unit, TokenKind.RESTRICTED, holder, resources=resources)

    with market.read() as unit:
        assert caller_of(unit, token).resources == resources


def test_no_token_is_stored_as_it_is(market: Market, holder: Caller) -> None:
    token = new_token(market, holder)

    with market.read() as unit:
        stored = [str(row) for row in unit.execute(select(tables.tokens))]
    assert not any(token in row or token.partition("|")[2] in row for row in stored)


def test_what_never_was_a_token_proves_nothing(market: Market) -> None:
    with market.read() as unit, pytest.raises(Unauthorized) as refused:
        caller_of(unit, "Atza|made-up")

    assert refused.value.details == INVALID


def test_a_token_of_a_revoked_grant_says_so(market: Market, holder: Caller) -> None:
    token = new_token(market, holder)
    with market.write(holder.seller_id) as unit:
        revoke_grant(unit, holder.seller_id, holder.grant_id or 0)

    with market.read() as unit, pytest.raises(TokenRevoked) as refused:
        caller_of(unit, token)

    assert (refused.value.message, refused.value.details) == (
        "Unauthorized",
        "The access token has expired or been revoked.",
    )


def test_a_refresh_token_does_not_expire(market: Market, holder: Caller) -> None:
    token = new_token(market, holder, TokenKind.REFRESH)

    market.advance(timedelta(days=500))  # a grant to an application of the public ends after 365

    with market.read() as unit:
        assert caller_of(unit, token).kind is TokenKind.REFRESH


def test_an_expired_token_keeps_its_own_error_for_a_day(market: Market, holder: Caller) -> None:
    token = new_token(market, holder)

    market.advance(timedelta(hours=25))
    new_token(market, holder)

    with market.read() as unit, pytest.raises(Unauthorized) as refused:
        caller_of(unit, token)
    assert refused.value.details == EXPIRED


def test_expired_tokens_do_not_pile_up(market: Market, holder: Caller) -> None:
    for _ in range(5):
        for _ in range(10):
            new_token(market, holder)
        market.advance(timedelta(days=2))
    new_token(market, holder)

    with market.read() as unit:
        assert unit.count(tables.tokens) == 2  # the last one, and the grant's refresh token


def test_forgetting_is_bounded(market: Market, holder: Caller) -> None:
    for _ in range(30):
        new_token(market, holder)
    market.advance(timedelta(days=2))

    with market.write() as unit:
        assert [forget_expired(unit) for _ in range(3)] == [20, 10, 0]


def test_tokens_leave_nothing_due(market: Market, holder: Caller) -> None:
    before = market.waiting()
    new_token(market, holder)

    assert market.waiting() == before
