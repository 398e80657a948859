"""`spapi money wallet`: opened, filled by a payout, and what leaves it approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellingpartner.market.money.ledger.balances.paying_out import pay_out
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.wallet.commands import Wish, request
from sellingpartner.market.money.wallet.questions import own_accounts, wallet_in
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_a_wallet_is_opened_filled_and_sends(market: TestMarket, spapi: Spapi) -> None:
    opened = spapi("money", "wallet", "open")
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        claim(unit, order_id, ClaimKind.SAFE_T, 5000)
        pay_out(unit, "USD")
    market.advance(hours=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        wallet = wallet_in(unit, "USD")
        assert wallet is not None
        home = next(one for one in own_accounts(unit) if one.currency == "USD")
        wish = Wish(minor=2000, destination=home, description="rent", requester="Harbor Desk")
        asked = request(unit, wallet, wish)

    approved = spapi("money", "wallet", "approve", asked.transaction_id)
    refused = spapi("money", "wallet", "refuse", asked.transaction_id, "--json").json()
    listed = spapi("money", "wallet", "transactions", "USD", "--csv").out.splitlines()

    assert "holds 0.00 USD; payouts go into it." in opened.out
    assert approved.out == f"Transaction {asked.transaction_id} of 20.00 USD is IN_PROGRESS.\n"
    assert refused["status"] == "FAILED_CREDITS_APPLIED"
    assert len(listed) == 3
    assert spapi("money", "balance", "--json").json()["balances"][0]["wallet"]["amount"] == "50.00"
    assert "50.00 USD" in spapi("money", "wallet", "list").out
    assert spapi("money", "wallet", "payouts", "USD", "--into-bank").out.endswith("payouts go to the bank.\n")
    assert spapi("money", "wallet", "approve", "nobodys").code != 0


def test_a_bank_account_is_added(market: TestMarket, spapi: Spapi) -> None:
    assert market
    added = spapi("money", "wallet", "bank-account", "add", "DE", "EUR", "819", "--bank", "Hausbank", "--json").json()

    listed = spapi("money", "wallet", "bank-account", "list", "--json").json()["accounts"]

    assert added in listed
    assert (added["bankName"], added["tail"]) == ("Hausbank", "819")
    assert spapi("money", "wallet", "bank-account", "add", "DE", "XXX", "819").code != 0
