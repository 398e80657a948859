"""Whatever happens to a wallet, it holds what its transactions come to, and never less than nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from books import faults_in
from busy_shop import BusyShop
from shipper import leaves
from sqlalchemy import text
from upset_shop import CURRENCIES
from wallet_owner import ended, faults_in_wallet, lives, wallet_of, wish

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.money.ledger import commands as money
from sellingpartner.market.money.wallet import commands as wallets
from sellingpartner.market.money.wallet.model import Status, Transaction
from sellingpartner.market.money.wallet.questions import transaction_by_id
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US
from soak import TIMES, examples

PURCHASES = min(examples(25), 300)
HISTORIES = range(max(1, TIMES // 4))
AtOnce = Callable[..., list[Any]]


def faults(shop: BusyShop) -> list[str]:
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        return [*faults_in(unit), *faults_in_wallet(unit, CURRENCIES[shop.country])]


def with_wallet(shop: BusyShop, luck: str) -> None:
    """Open a wallet that payouts go into; sales are the seller's at once."""
    shop.luck = Random(luck)
    with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
        money.change_policy(unit, CURRENCIES[shop.country], deferral_days=0)
        wallets.open_wallet(unit, shop.market.marketplace_id)


@pytest.mark.parametrize("history", HISTORIES)
def test_a_wallet_is_the_sum_of_its_transactions_at_every_moment(shop: BusyShop, history: int) -> None:
    with_wallet(shop, f"wallet of {shop.country} {history}")

    for _ in lives(shop, PURCHASES):
        assert faults(shop) == []
    shop.market.advance(days=40)

    assert faults(shop) == []
    assert shop.market.market.failures() == []
    with shop.market.market.read(shop.market.seller_account.seller_id) as unit:
        known = ended(unit, CURRENCIES[shop.country])
    assert known[Status.SUCCESSFUL]
    assert known[Status.EXPIRED]
    assert known[Status.PENDING] == []
    now = shop.market.now
    overdue = [one for one in known[Status.IN_PROGRESS] if one.expected_at is None or one.expected_at <= now]
    assert overdue == []  # a schedule may have begun another one by now


def test_a_wallet_that_holds_something_else_is_found() -> None:
    market = TestMarket()
    shop = BusyShop(market, "US")
    with_wallet(shop, "something else")
    for _ in lives(shop, 20):
        pass
    assert faults(shop) == []

    with market.market.write(market.seller_account.seller_id) as unit:
        unit.execute(text("UPDATE wallets SET balance_minor = balance_minor + 1"))

    assert len(faults(shop)) == 2
    market.close()


@pytest.fixture
def filled(market: TestMarket) -> TestMarket:
    """A market whose seller has 1,000 US dollars in a wallet."""
    order_id = market.buys("MUG-BLUE")
    with market.market.write(market.seller_account.seller_id) as unit:
        wallets.open_wallet(unit, US)
        leaves(unit, order_id)
        money.claim(unit, order_id, money.ClaimKind.SAFE_T, 150_000)
        money.pay_out(unit, "USD", 100_000)
    market.advance(hours=2)
    return market


def asked(market: TestMarket, minor: int) -> Transaction:
    with market.market.write(market.seller_account.seller_id) as unit:
        return wallets.request(unit, wallet_of(unit, "USD"), wish(unit, minor))


def decide(market: TestMarket, do: Callable[..., Transaction], transaction_id: str) -> Status:
    with market.market.write(market.seller_account.seller_id) as unit:
        return do(unit, transaction_by_id(unit, transaction_id)).status


def told(market: TestMarket) -> tuple[int, list[str]]:
    """What is in the wallet, and what does not add up."""
    with market.market.read(market.seller_account.seller_id) as unit:
        return wallet_of(unit, "USD").balance_minor, [*faults_in(unit), *faults_in_wallet(unit, "USD")]


def test_whoever_approves_at_once_takes_no_more_out_than_there_is(filled: TestMarket, at_once: AtOnce) -> None:
    ids = [asked(filled, 30_000).transaction_id for _ in range(16)]

    found = at_once(*(partial(decide, filled, wallets.approve, one) for one in ids))

    assert sorted(found) == [Status.FAILED] * 13 + [Status.IN_PROGRESS] * 3
    assert told(filled) == (10_000, [])


def test_what_is_approved_twice_at_once_leaves_once(filled: TestMarket, at_once: AtOnce) -> None:
    one = asked(filled, 30_000).transaction_id

    found = at_once(*[partial(decide, filled, wallets.approve, one)] * 8)

    assert [what for what in found if not isinstance(what, InvalidInput)] == [Status.IN_PROGRESS]
    assert told(filled) == (70_000, [])


def test_what_is_refused_twice_at_once_comes_back_once(filled: TestMarket, at_once: AtOnce) -> None:
    one = asked(filled, 30_000).transaction_id
    decide(filled, wallets.approve, one)

    found = at_once(*[partial(decide, filled, wallets.refuse, one)] * 8)

    assert [what for what in found if not isinstance(what, InvalidInput)] == [Status.GIVEN_BACK]
    assert told(filled) == (100_000, [])
