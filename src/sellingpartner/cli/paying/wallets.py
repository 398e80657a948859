"""`spapi money wallet`: Seller Wallets, what comes into them, what leaves, and what their sellers would approve."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.words.amounts import told
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_meant
from sellingpartner.contract.market_v1 import (
    AddBankAccount,
    ChangeWallet,
    DecideWalletTransaction,
    ListBankAccounts,
    ListWallets,
    ListWalletTransactions,
    OpenWallet,
    SellerWallet,
    WalletChange,
)

app = App(name="wallet", help="Seller Wallets: what comes into them, and what leaves.")
accounts = App(name="bank-account", help="The seller's own bank accounts, which a wallet can send money to.")
app.command(accounts)


@app.command(name="list")
def list_(*, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """List a seller's wallets.

    Args:
        seller: The seller's id; the first one unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListWallets(seller_id=seller))
    rows = [
        (one.account_id, told(one.available), told(one.coming), told(one.leaving), _payouts(one))
        for one in answer.wallets
    ]
    columns = ("Account", "Available", "Coming", "Leaving", "Payouts")
    Printed(to, csv=csv).show(answer, columns, rows, empty="No wallet. `spapi money wallet open` opens one.")


@app.command(name="open")
def open_(*, marketplace: Marketplace = None, seller: str | None = None, to: Connection | None = None) -> None:
    """Open a wallet in a marketplace's currency; payouts go into it from then on.

    Args:
        marketplace: The marketplace, by country (US) or id; the seller's home unless said.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(OpenWallet(marketplace_id=marketplace_meant(marketplace), seller_id=seller)))


@app.command
def payouts(
    currency: str, *, into_bank: Annotated[bool, FLAG] = False, seller: str | None = None, to: Connection | None = None
) -> None:
    """Have payouts go into a wallet, or to the bank.

    Args:
        currency: The wallet's currency.
        into_bank: To the bank.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ChangeWallet(currency=currency, takes_payouts=not into_bank, seller_id=seller)))


@app.command
def transactions(
    currency: str, *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List the latest transactions of a wallet.

    Args:
        currency: The wallet's currency.
        seller: The seller's id; the first one unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListWalletTransactions(currency=currency, seller_id=seller))
    rows = [
        (
            one.transaction_id,
            one.requested_at,
            one.direction,
            one.status,
            told(one.amount),
            told(one.fees),
            told(one.arrives),
            one.destination,
        )
        for one in answer.transactions
    ]
    columns = ("Transaction", "Asked for", "Direction", "Status", "Amount", "Fees", "Arrives", "Where")
    Printed(to, csv=csv).show(answer, columns, rows, empty="Nothing has come into it or left it.")


@app.command
def approve(transaction_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Approve what an application asks to send.

    Args:
        transaction_id: The transaction.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    _decide(transaction_id, WalletChange.APPROVE, seller, to)


@app.command
def refuse(transaction_id: str, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Have the bank refuse what is on its way; it is in the wallet again.

    Args:
        transaction_id: The transaction.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    _decide(transaction_id, WalletChange.REFUSE, seller, to)


@accounts.command(name="list")
def list_accounts(
    *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List a seller's own bank accounts.

    Args:
        seller: The seller's id; the first one unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListBankAccounts(seller_id=seller))
    rows = [(one.account_id, one.bank_name, one.country_code, one.currency, one.tail) for one in answer.accounts]
    Printed(to, csv=csv).show(answer, ("Account", "Bank", "Country", "Currency", "Tail"), rows, empty="None.")


@accounts.command
def add(
    country: str,
    currency: str,
    tail: str,
    *,
    bank: str = "Second Bank",
    seller: str | None = None,
    to: Connection | None = None,
) -> None:
    """Let a seller have one more bank account of its own.

    Args:
        country: The country of the bank: DE.
        currency: Its currency: EUR.
        tail: The last three digits of its number.
        bank: The bank's name.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    to = to or Connection()
    added = to.send(
        AddBankAccount(country_code=country, currency=currency, tail=tail, bank_name=bank, seller_id=seller)
    )
    if to.json:
        print_json(added)
    else:
        print_line(f"Account {added.account_id} at {added.bank_name} is there.")


def _decide(transaction_id: str, change: WalletChange, seller: str | None, to: Connection | None) -> None:
    to = to or Connection()
    decided = to.send(DecideWalletTransaction(transaction_id=transaction_id, change=change, seller_id=seller))
    if to.json:
        print_json(decided)
    else:
        print_line(f"Transaction {decided.transaction_id} of {told(decided.amount)} is {decided.status}.")


def _show(to: Connection, wallet: SellerWallet) -> None:
    if to.json:
        print_json(wallet)
    else:
        print_line(f"Wallet {wallet.account_id} holds {told(wallet.available)}; payouts go {_payouts(wallet)}.")


def _payouts(wallet: SellerWallet) -> str:
    return "into it" if wallet.takes_payouts else "to the bank"
