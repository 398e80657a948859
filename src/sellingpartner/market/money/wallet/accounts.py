"""Wallets are opened, bank accounts added, and both looked at."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.errors import Conflict
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import check_marketplaces, participations_of, seller_of
from sellingpartner.market.money.ledger.balances.paying_out import PayoutStatus, payouts_of
from sellingpartner.market.money.ledger.identifiers import BANK, payment_method_id_of, wallet_id_of
from sellingpartner.market.money.ledger.policies import change_policy, home_of, policy_of
from sellingpartner.market.money.wallet.model import BANK_NAME, BankAccount, Wallet
from sellingpartner.market.money.wallet.rates import is_known
from sellingpartner.market.money.wallet.refusals import Wrong
from sellingpartner.market.money.wallet.store import (
    bank_accounts_of,
    insert_bank_account,
    insert_wallet,
    on_the_way,
    wallet_in,
    wallets_of,
)
from sellingpartner.storage.unit import UnitOfWork

_TAIL = 3


class WalletBalance(msgspec.Struct, frozen=True):
    """What is in a wallet, what is coming and what is leaving, in minor units."""

    available: int
    coming: int
    leaving: int

    @property
    def total(self) -> int:
        """Assumed: the total of a wallet is what is in it, what is coming and what has left and not arrived."""
        return self.available + self.coming + self.leaving


def open_wallet(unit: UnitOfWork, marketplace_id: str, *, takes_payouts: bool = True) -> Wallet:
    """Open a wallet in the currency of one of the seller's marketplaces; payouts go into it, unless not wished.

    Assumed: a wallet is opened at once; nobody looks at who opens it.
    """
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    market = MARKETPLACES[marketplace_id]
    if wallet_in(unit, market.currency) is not None:
        message = f"This seller has a wallet in {market.currency} already."
        raise Conflict(message)
    wallet = Wallet(
        currency=market.currency,
        account_id=wallet_id_of(unit, market.currency),
        country_code=market.country_code,
        opened_at=unit.now,
        balance_minor=0,
        changed_at=unit.now,
    )
    insert_wallet(unit, wallet)
    change_policy(unit, market.currency, pays_into_wallet=takes_payouts)
    return wallet


def direct_payouts(unit: UnitOfWork, wallet: Wallet, *, into_wallet: bool) -> None:
    """Have payouts go into a wallet, or to the bank; what is on its way goes where it was sent."""
    change_policy(unit, wallet.currency, pays_into_wallet=into_wallet)


def balance_of(unit: UnitOfWork, wallet: Wallet) -> WalletBalance:
    """What a wallet holds."""
    coming = sum(
        one.amount_minor
        for one in payouts_of(unit, wallet.currency)
        if one.status == PayoutStatus.IN_TRANSIT and one.method_id == wallet.account_id
    )
    return WalletBalance(wallet.balance_minor, coming, on_the_way(unit, wallet.currency))


def add_bank_account(unit: UnitOfWork, account: BankAccount) -> BankAccount:
    """Let the seller have one more bank account of its own to send money to."""
    if not is_known(account.currency):
        message = f"{account.currency[:10]!r} is no currency that can be sent."
        raise Wrong(message)
    if len(account.tail) != _TAIL or not account.tail.isdigit():
        message = f"The last digits of a bank account's number are three, not {account.tail[:10]!r}."
        raise Wrong(message)
    number = unit.next_number("bank accounts")
    added = msgspec.structs.replace(account, account_id=payment_method_id_of(unit, account.currency, f"added {number}"))
    insert_bank_account(unit, added)
    return added


def own_accounts(unit: UnitOfWork) -> list[BankAccount]:
    """Every bank account of the seller's own: those that its payouts go to, and those that were added."""
    entered = {MARKETPLACES[one].currency for one in _entered(unit)}
    currencies = sorted(entered | {one.currency for one in wallets_of(unit)})
    return [*(default_account(unit, one) for one in currencies), *bank_accounts_of(unit)]


def default_account(unit: UnitOfWork, currency: str) -> BankAccount:
    """The bank account that payouts of a currency go to."""
    home = home_of(currency)
    return BankAccount(
        account_id=payment_method_id_of(unit, currency, BANK),
        holder=holder_of(unit),
        bank_name=f"Bank of {home.country}",
        country_code=home.country_code,
        currency=currency,
        number_format="BBAN" if home.country_code in {"US", "CA", "MX", "JP", "AU", "IN", "SG"} else "IBAN",
        tail=policy_of(unit, currency).bank_tail.rjust(_TAIL, "0"),
    )


def as_bank_account(unit: UnitOfWork, wallet: Wallet) -> BankAccount:
    """A wallet, told as a bank account."""
    return BankAccount(
        account_id=wallet.account_id,
        holder=holder_of(unit),
        bank_name=BANK_NAME,
        country_code=wallet.country_code,
        currency=wallet.currency,
        number_format="BBAN",
        tail="0" * _TAIL,
    )


def holder_of(unit: UnitOfWork) -> str:
    """In whose name the seller's accounts are."""
    seller = seller_of(unit, unit.seller_id)
    known = seller.profile.business
    return known.name if known else seller.name


def _entered(unit: UnitOfWork) -> list[str]:
    return [one.marketplace_id for one in participations_of(unit, unit.seller_id)]
