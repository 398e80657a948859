"""The market's control API, v1: Seller Wallets, what comes into them and what leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.money import Currency
from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, patch, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
Tail = Annotated[str, Meta(pattern="^[0-9]{3}$")]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]


class SellerWallet(Message, rename="camel"):
    """A seller's wallet of one currency."""

    seller_id: str
    currency: str
    account_id: str
    """What the Seller Wallet API calls it."""
    opened_at: datetime
    available: Money
    coming: Money
    """What payouts bring."""
    leaving: Money
    """What has left and has not arrived."""
    takes_payouts: bool
    """Whether payouts go into it, and not to the bank."""


class SellerWallets(Message):
    """Wallets, by currency."""

    wallets: list[SellerWallet]


class ListWallets(Request[SellerWallets], rename="camel"):
    """List a seller's wallets."""

    operation = get("/market/v1/money/wallets", "listWallets", statuses=_READS, scope=NONE)

    seller_id: str | None = None


class OpenWalletSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The wallet that is opened."""

    marketplace_id: str | None = None
    seller_id: str | None = None
    takes_payouts: bool = True


class OpenWallet(Request[SellerWallet], rename="camel"):
    """Open a wallet in a marketplace's currency; payouts go into it from then on, unless not wished."""

    operation = post(
        "/market/v1/money/wallets",
        "openWallet",
        status=201,
        statuses=_CREATES,
        body=OpenWalletSpecification,
        scope=NONE,
    )

    marketplace_id: str | None = None
    """The seller's home unless said."""
    seller_id: str | None = None
    takes_payouts: bool = True


class ChangeWalletSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is to change."""

    takes_payouts: bool
    seller_id: str | None = None


class ChangeWallet(Request[SellerWallet], rename="camel"):
    """Have payouts go into a wallet, or to the bank."""

    operation = patch(
        "/market/v1/money/wallets/{currency}",
        "changeWallet",
        statuses=_COMMANDS,
        body=ChangeWalletSpecification,
        scope=NONE,
    )

    currency: Currency
    takes_payouts: bool
    seller_id: str | None = None


class WalletTransaction(Message, rename="camel"):
    """Money that came into a wallet, or leaves it."""

    transaction_id: str
    direction: str
    """CREDIT or DEBIT."""
    status: str
    amount: Money
    fees: Money
    arrives: Money
    """What arrives of it, in the currency of its destination."""
    destination: str
    requested_at: datetime
    ended_at: datetime | None = None
    failure: str = ""


class WalletTransactions(Message):
    """The latest transactions of a wallet."""

    transactions: list[WalletTransaction]


class ListWalletTransactions(Request[WalletTransactions], rename="camel"):
    """List the latest 100 transactions of a wallet."""

    operation = get(
        "/market/v1/money/wallets/{currency}/transactions", "listWalletTransactions", statuses=_READS, scope=NONE
    )

    currency: Currency
    seller_id: str | None = None


class WalletChange(OpenEnum):
    """What may be made of a transaction by hand."""

    APPROVE = "APPROVE"
    REFUSE = "REFUSE"


class DecideWalletTransactionSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What happens to the transaction."""

    change: WalletChange
    seller_id: str | None = None


class DecideWalletTransaction(Request[WalletTransaction], rename="camel"):
    """Approve a transaction that waits for its seller, or have the bank refuse one that is on its way."""

    operation = post(
        "/market/v1/money/wallet-transactions/{transactionId}",
        "decideWalletTransaction",
        statuses=_COMMANDS,
        body=DecideWalletTransactionSpecification,
        scope=NONE,
    )

    transaction_id: str
    change: WalletChange
    seller_id: str | None = None


class SellerBankAccount(Message, rename="camel"):
    """A bank account of a seller's own."""

    account_id: str
    holder: str
    bank_name: str
    country_code: str
    currency: str
    tail: str


class SellerBankAccounts(Message):
    """Bank accounts."""

    accounts: list[SellerBankAccount]


class ListBankAccounts(Request[SellerBankAccounts], rename="camel"):
    """List a seller's own bank accounts: those that payouts go to, and those that were added."""

    operation = get("/market/v1/money/bank-accounts", "listBankAccounts", statuses=_READS, scope=NONE)

    seller_id: str | None = None


class AddBankAccountSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The bank account."""

    country_code: Country
    currency: Currency
    tail: Tail
    bank_name: str = "Second Bank"
    holder: str | None = None
    seller_id: str | None = None


class AddBankAccount(Request[SellerBankAccount], rename="camel"):
    """Let a seller have one more bank account of its own, to which money can be sent out of a wallet."""

    operation = post(
        "/market/v1/money/bank-accounts",
        "addBankAccount",
        status=201,
        statuses=_CREATES,
        body=AddBankAccountSpecification,
        scope=NONE,
    )

    country_code: Country
    currency: Currency
    tail: Tail
    """The last three digits of its number."""
    bank_name: str = "Second Bank"
    holder: str | None = None
    """The seller itself unless said."""
    seller_id: str | None = None
