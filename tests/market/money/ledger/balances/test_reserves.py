"""While an account is at risk more of its balance is kept: it is not paid out, and the next period begins with it."""

from __future__ import annotations

import pytest
from books import faults_in

from sellingpartner.contract.finances_2024_06_19 import ListBalances
from sellingpartner.market.accounts.standing import AccountStatus, set_account_status
from sellingpartner.market.money.ledger.balances.paying_out import NothingToPayOut
from sellingpartner.market.money.ledger.commands import ClaimKind, change_policy, claim, pay_out
from sellingpartner.market.money.ledger.questions import payouts_of, periods_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US


def stands(market: TestMarket, status: AccountStatus) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        set_account_status(unit, US, status)


@pytest.fixture
def earned(market: TestMarket) -> TestMarket:
    """A market whose seller has 100 US dollars to be paid."""
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        claim(unit, order_id, ClaimKind.SAFE_T, 10_000)
    return market


def balances(market: TestMarket) -> dict[str, int]:
    def parts(tree: object) -> dict[str, int]:
        own = {str(tree.balance_type.value): int(tree.amount.currency_amount)}  # type: ignore[attr-defined] # an answer
        for part in tree.balances or []:  # type: ignore[attr-defined]
            own |= parts(part)
        return own

    (tree,) = market.seller.send(ListBalances(marketplace_ids=[US])).balances or []
    return parts(tree)


@pytest.mark.parametrize(
    ("status", "kept"), [(AccountStatus.NORMAL, 0), (AccountStatus.AT_RISK, 50), (AccountStatus.DEACTIVATED, 100)]
)
def test_a_period_keeps_the_more_the_worse_the_account_stands(
    earned: TestMarket, status: AccountStatus, kept: int
) -> None:
    stands(earned, status)

    told = balances(earned)
    assert (told["TOTAL"], told["AVAILABLE"], told["ACCOUNT_LEVEL_RESERVE"]) == (100, 100 - kept, kept)

    earned.advance(days=14, hours=1)
    with earned.market.read(earned.seller_account.seller_id) as unit:
        closed = next(one for one in periods_of(unit, "USD") if (one.reserve_minor or 0) + (one.total_minor or 0))
        assert (closed.reserve_minor, closed.total_minor) == (kept * 100, 10_000 - kept * 100)
        assert sum(one.amount_minor for one in payouts_of(unit)) == 10_000 - kept * 100
        assert faults_in(unit) == []


def test_what_is_kept_for_a_risk_cannot_be_paid_out_on_demand(earned: TestMarket) -> None:
    stands(earned, AccountStatus.AT_RISK)

    with (
        pytest.raises(NothingToPayOut, match=r"50\.00 USD are available"),
        earned.market.write(earned.seller_account.seller_id) as unit,
    ):
        pay_out(unit, "USD", 5_001)
    with earned.market.write(earned.seller_account.seller_id) as unit:
        pay_out(unit, "USD", 5_000)

    assert balances(earned)["AVAILABLE"] == 25


def test_who_has_settled_on_more_keeps_more_and_the_risk_ends_with_its_cause(earned: TestMarket) -> None:
    with earned.market.write(earned.seller_account.seller_id) as unit:
        change_policy(unit, "USD", reserve_percent=80)
    stands(earned, AccountStatus.AT_RISK)
    assert balances(earned)["AVAILABLE"] == 100
    stands(earned, AccountStatus.NORMAL)
    with earned.market.write(earned.seller_account.seller_id) as unit:
        change_policy(unit, "USD", reserve_percent=0)

    earned.advance(days=14, hours=1)

    with earned.market.read(earned.seller_account.seller_id) as unit:
        assert sum(one.amount_minor for one in payouts_of(unit)) == 10_000
