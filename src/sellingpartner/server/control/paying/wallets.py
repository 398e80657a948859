"""Seller Wallets: opened, looked at, and what their sellers would approve by hand."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.wallet import commands, questions
from sellingpartner.market.money.wallet.model import BankAccount, Transaction, Wallet
from sellingpartner.market.money.wallet.refusals import NoSuchAccount
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100


def list_wallets(desk: Desk, request: v1.ListWallets) -> v1.SellerWallets:
    """List a seller's wallets."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return v1.SellerWallets(wallets=[_wallet(unit, one) for one in questions.wallets_of(unit)])


def open_wallet(desk: Desk, request: v1.OpenWallet) -> v1.SellerWallet:
    """Open a wallet."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        return _wallet(unit, commands.open_wallet(unit, marketplace_id, takes_payouts=request.takes_payouts))


def change_wallet(desk: Desk, request: v1.ChangeWallet) -> v1.SellerWallet:
    """Have payouts go into a wallet, or to the bank."""
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        wallet = _known(unit, request.currency)
        commands.direct_payouts(unit, wallet, into_wallet=request.takes_payouts)
        return _wallet(unit, wallet)


def list_wallet_transactions(desk: Desk, request: v1.ListWalletTransactions) -> v1.WalletTransactions:
    """List the latest transactions of a wallet."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        wallet = _known(unit, request.currency)
        found = questions.transactions_of(unit, wallet.currency, None, _LATEST)
        return v1.WalletTransactions(transactions=[_transaction(one) for one in found])


def decide_wallet_transaction(desk: Desk, request: v1.DecideWalletTransaction) -> v1.WalletTransaction:
    """Approve a transaction, or have the bank refuse it."""
    known = {v1.WalletChange.APPROVE: commands.approve, v1.WalletChange.REFUSE: commands.refuse}
    decide = known.get(request.change)
    if decide is None:
        message = f"change is {request.change.value[:20]!r}; it must be APPROVE or REFUSE."
        raise InvalidArgument(message)
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        return _transaction(decide(unit, questions.transaction_by_id(unit, request.transaction_id)))


def list_bank_accounts(desk: Desk, request: v1.ListBankAccounts) -> v1.SellerBankAccounts:
    """List a seller's own bank accounts."""
    with desk.market.read(_meant(desk, request.seller_id)) as unit:
        return v1.SellerBankAccounts(accounts=[_account(one) for one in questions.own_accounts(unit)])


def add_bank_account(desk: Desk, request: v1.AddBankAccount) -> v1.SellerBankAccount:
    """Let a seller have one more bank account."""
    with desk.market.write(_meant(desk, request.seller_id)) as unit:
        account = BankAccount(
            holder=request.holder or questions.holder_of(unit),
            bank_name=request.bank_name,
            country_code=request.country_code,
            currency=request.currency,
            number_format="BBAN",
            tail=request.tail,
        )
        return _account(commands.add_bank_account(unit, account))


def _meant(desk: Desk, seller_id: str | None) -> str:
    return shop_meant(desk.market, seller_id, None)[0]


def _known(unit: UnitOfWork, currency: str) -> Wallet:
    wallet = questions.wallet_in(unit, currency)
    if wallet is None:
        raise NoSuchAccount(currency)
    return wallet


def _told(minor: int, currency: str) -> v1.Money:
    return v1.Money(currency_code=currency, amount=str(Money(minor, currency)))


def _wallet(unit: UnitOfWork, one: Wallet) -> v1.SellerWallet:
    found = questions.balance_of(unit, one)
    return v1.SellerWallet(
        seller_id=unit.seller_id,
        currency=one.currency,
        account_id=one.account_id,
        opened_at=one.opened_at,
        available=_told(found.available, one.currency),
        coming=_told(found.coming, one.currency),
        leaving=_told(found.leaving, one.currency),
        takes_payouts=policy_of(unit, one.currency).pays_into_wallet,
    )


def _transaction(one: Transaction) -> v1.WalletTransaction:
    return v1.WalletTransaction(
        transaction_id=one.transaction_id,
        direction=one.direction.value,
        status=one.status.value,
        amount=_told(one.amount_minor, one.currency),
        fees=_told(one.rate.fee_minor, one.currency),
        arrives=_told(one.rate.arrives_minor, one.rate.to_currency),
        destination=f"{one.destination.bank_name} {one.destination.tail}",
        requested_at=one.requested_at,
        ended_at=one.ended_at,
        failure=one.failure,
    )


def _account(one: BankAccount) -> v1.SellerBankAccount:
    return v1.SellerBankAccount(
        account_id=one.account_id,
        holder=one.holder,
        bank_name=one.bank_name,
        country_code=one.country_code,
        currency=one.currency,
        tail=one.tail,
    )
