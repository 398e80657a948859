"""Wallet accounts and what is in them."""

from __future__ import annotations

from sellingpartner.contract import seller_wallet_2024_03_01 as v2024
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.seller_wallet_2024_03_01 import (
    BalanceListing,
    BankAccountListing,
    GetAccount,
    ListAccountBalances,
    ListAccounts,
)
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.wallet import questions
from sellingpartner.market.money.wallet.model import BANK_NAME, Wallet
from sellingpartner.market.money.wallet.refusals import NoSuchAccount
from sellingpartner.server.api.seller_wallet_2024_03_01.views import wallet_meant
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Balance = v2024.BalanceType


@handles(ListAccounts)
def list_accounts(unit: UnitOfWork, request: ListAccounts) -> BankAccountListing:
    """List the wallet of a marketplace's currency.

    Assumed: listAccounts lists the wallet of the marketplace's currency, and answers 404 where there is none.
    """
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    wallet = questions.wallet_in(unit, MARKETPLACES[request.marketplace_id].currency)
    if wallet is None:
        raise NoSuchAccount(request.marketplace_id)
    return BankAccountListing(accounts=[_view(unit, wallet)])


@handles(GetAccount)
def get_account(unit: UnitOfWork, request: GetAccount) -> v2024.BankAccount:
    """Show one wallet."""
    return _view(unit, wallet_meant(unit, request.account_id, request.marketplace_id))


@handles(ListAccountBalances)
def list_account_balances(unit: UnitOfWork, request: ListAccountBalances) -> BalanceListing:
    """Show what is in a wallet, what is coming and what is leaving."""
    wallet = wallet_meant(unit, request.account_id, request.marketplace_id)
    found = questions.balance_of(unit, wallet)
    amounts = {
        _Balance.AVAILABLE: found.available,
        _Balance.LOCKED_IN: found.coming,
        _Balance.LOCKED_OUT: found.leaving,
        _Balance.TOTAL: found.total,
    }
    return BalanceListing(
        balances=[
            v2024.Balance(
                account_id=wallet.account_id,
                balance_type=kind,
                balance_amount=Money(minor, wallet.currency).decimal,
                balance_currency=wallet.currency,
                last_update_date=wallet.changed_at.replace(microsecond=0),
            )
            for kind, minor in amounts.items()
        ]
    )


def _view(unit: UnitOfWork, wallet: Wallet) -> v2024.BankAccount:
    return v2024.BankAccount(
        account_id=wallet.account_id,
        account_holder_name=questions.holder_of(unit),
        bank_account_number_format=v2024.BankAccountNumberFormat.BBAN,
        bank_name=BANK_NAME,
        bank_account_ownership_type=v2024.BankAccountOwnershipType.SELF,
        routing_number="0" * 9,
        bank_number_format=v2024.BankNumberFormat.BASIC,
        account_country_code=wallet.country_code,
        account_currency=wallet.currency,
        bank_account_number_tail="000",
        bank_account_holder_status=v2024.BankAccountHolderStatus.ACTIVE,
    )
