"""Money leaves a wallet, or comes into it: asked for, approved by the seller, sent, arrived.

Assumed: what an application asks for waits a quarter of an hour for the seller's approval. What was approved leaves the
wallet at once, and arrives as a payout to a bank does; what the bank refuses is in the wallet again.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.events.money import TransferSettled
from sellingpartner.market.money.ledger.balances.paying_out import (
    Payout,
    PayoutStatus,
    goes_into_wallet,
    in_bank_at,
    payout_of,
)
from sellingpartner.market.money.ledger.identifiers import letters_of
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, Leg, NewEntry
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.wallet.accounts import as_bank_account
from sellingpartner.market.money.wallet.model import (
    LIFECYCLE,
    BankAccount,
    Direction,
    Rate,
    Status,
    Transaction,
    Wallet,
)
from sellingpartner.market.money.wallet.rates import dollars, most_to_others, rate_of
from sellingpartner.market.money.wallet.refusals import InsufficientBalance, LimitExceeded, NotWhileSo, Wrong
from sellingpartner.market.money.wallet.store import (
    add_to_wallet,
    change_transaction,
    exchanged_since,
    insert_transaction,
    transaction_of,
    wallet_in,
    wallet_to_change,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

APPROVED_WITHIN = timedelta(minutes=15)
_A_YEAR = timedelta(days=365)
NOT_ENOUGH = "INSUFFICIENT_BALANCE"
_REFUSED = "The bank did not accept the transfer."
_NOT_APPROVED = "Nobody approved it in time."


class WalletApprovalEnds(Due):
    """The time to approve a transaction is over."""

    number: int


class WalletTransferArrives(Due):
    """A bank takes what was sent out of a wallet, or refuses it."""

    number: int


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent, checked already as far as its form goes."""

    minor: int
    destination: BankAccount
    description: str
    requester: str
    rate_id: str | None = None
    """The rate that was shown before, if it is to hold."""


def preview(unit: UnitOfWork, currency: str, minor: int, to_currency: str) -> Rate:
    """What it would cost to send an amount today, and what would arrive."""
    day = unit.now.date()
    before = exchanged_since(unit, unit.now - _A_YEAR)
    sent = sum((dollars(unit.seed, day, one, known) for known, one in before.items()), Decimal())
    return rate_of(unit.seed, day, minor=minor, currency=currency, to_currency=to_currency, sent_dollars=sent)


def request(unit: UnitOfWork, wallet: Wallet, wish: Wish) -> Transaction:
    """Ask to send money; the seller has to approve it."""
    rate = preview(unit, wallet.currency, wish.minor, wish.destination.currency)
    if wish.rate_id is not None and wish.rate_id != rate.rate_id:
        message = "transferRateDetails.fxRateDetails.fxRateId names a rate that holds no longer; preview it again."
        raise Wrong(message)
    if not wish.destination.is_own:
        _check_limit(unit, wallet.currency, wish.minor)
    if wish.minor > wallet.balance_minor:
        there = Money(wallet.balance_minor, wallet.currency)
        message = f"Insufficient Balance: {there} {wallet.currency} are in the wallet."
        raise InsufficientBalance(message)
    asked = _new(unit, wallet.currency, wish, rate, Status.PENDING)
    later(unit, WalletApprovalEnds(number=asked.number), at=unit.now + APPROVED_WITHIN)
    return asked


def approve(unit: UnitOfWork, one: Transaction) -> Transaction:
    """Let what was asked for leave; it fails where there is no longer enough."""
    wallet, one = _held(unit, one)
    _check(one, Status.IN_PROGRESS)
    if wallet is None or one.amount_minor > wallet.balance_minor:
        change_transaction(unit, one.number, status=Status.FAILED.value, ended_at=unit.now, failure=NOT_ENOUGH)
        return transaction_of(unit, one.number)
    return _send(unit, one)


def send_planned(unit: UnitOfWork, wallet: Wallet, wish: Wish) -> Transaction:
    """Send what was planned out of a wallet that is held: it was approved when the plan was made.

    Raises `InsufficientBalance`.
    """
    if wish.minor > wallet.balance_minor or wish.minor <= 0:
        raise InsufficientBalance(NOT_ENOUGH)
    rate = preview(unit, wallet.currency, wish.minor, wish.destination.currency)
    return _send(unit, _new(unit, wallet.currency, wish, rate, Status.PENDING))


def refuse(unit: UnitOfWork, one: Transaction) -> Transaction:
    """Let the bank refuse what is on its way: it is in the wallet again."""
    _, one = _held(unit, one)
    _check(one, Status.GIVEN_BACK)
    amount = one.amount_minor
    _post(unit, one, EntryKind.WALLET_RETURN, (Leg("WalletArrived", -amount), Leg("WalletReturned", amount)))
    add_to_wallet(unit, one.currency, amount)
    change_transaction(unit, one.number, status=Status.GIVEN_BACK.value, ended_at=unit.now, failure=_REFUSED)
    return transaction_of(unit, one.number)


@when(WalletApprovalEnds)
def expire(unit: UnitOfWork, due: WalletApprovalEnds) -> None:
    """Let a request end that nobody has approved."""
    _, one = _held(unit, transaction_of(unit, due.number))
    if one.status is Status.PENDING:
        change_transaction(unit, one.number, status=Status.EXPIRED.value, ended_at=unit.now, failure=_NOT_APPROVED)


@when(WalletTransferArrives)
def arrive(unit: UnitOfWork, due: WalletTransferArrives) -> None:
    """Let the bank take a transfer, or refuse it, unless that has been decided by hand."""
    _, one = _held(unit, transaction_of(unit, due.number))
    if one.status is not Status.IN_PROGRESS:
        return
    if not policy_of(unit, one.currency).bank_works:
        refuse(unit, one)
        return
    amount, fees = one.amount_minor, one.rate.fee_minor
    legs = [Leg("WalletArrived", -amount), Leg("WalletPaidOut", amount - fees)]
    _post(unit, one, EntryKind.WALLET_PAID, (*legs, *([Leg("WalletFeeCharged", fees)] if fees else [])))
    change_transaction(unit, one.number, status=Status.SUCCESSFUL.value, ended_at=unit.now)


@on(TransferSettled)
def take_in(unit: UnitOfWork, fact: TransferSettled) -> None:
    """Tell of a payout that has come into a wallet."""
    if fact.status != PayoutStatus.PAID:
        return
    payout = payout_of(unit, fact.payout_id)
    wallet = wallet_in(unit, fact.currency)
    if wallet is not None and goes_into_wallet(unit, payout):
        add_to_wallet(unit, fact.currency, fact.amount_minor)
        _insert_credit(unit, wallet, payout)


def _insert_credit(unit: UnitOfWork, wallet: Wallet, payout: Payout) -> None:
    amount, number = payout.amount_minor, unit.next_number("wallet transactions")
    rate = rate_of(unit.seed, unit.now.date(), minor=amount, currency=wallet.currency, to_currency=wallet.currency)
    credit = Transaction(
        number=number,
        transaction_id=f"amzn.transaction.{letters_of(unit, 15, 'wallet transaction', number)}",
        currency=wallet.currency,
        direction=Direction.CREDIT,
        status=Status.SUCCESSFUL,
        amount_minor=amount,
        requested_at=payout.begun_at,
        expected_at=unit.now,
        ended_at=unit.now,
        changed_at=unit.now,
        requester="Amazon",
        description="Amazon store proceeds",
        destination=as_bank_account(unit, wallet),
        rate=rate,
        failure="",
    )
    insert_transaction(unit, credit)


def _new(unit: UnitOfWork, currency: str, wish: Wish, rate: Rate, status: Status) -> Transaction:
    number = unit.next_number("wallet transactions")
    asked = Transaction(
        number=number,
        transaction_id=f"amzn.transaction.{letters_of(unit, 15, 'wallet transaction', number)}",
        currency=currency,
        direction=Direction.DEBIT,
        status=status,
        amount_minor=wish.minor,
        requested_at=unit.now,
        expected_at=None,
        ended_at=None,
        changed_at=unit.now,
        requester=wish.requester,
        description=wish.description,
        destination=wish.destination,
        rate=rate,
        failure="",
    )
    insert_transaction(unit, asked)
    return asked


def _send(unit: UnitOfWork, one: Transaction) -> Transaction:
    amount = one.amount_minor
    _post(unit, one, EntryKind.WALLET_DEBIT, (Leg("WalletDebit", -amount), Leg("WalletSent", amount)))
    add_to_wallet(unit, one.currency, -amount)
    arrives = in_bank_at(one.currency, unit.now, chance(unit, "arrival from a wallet", one.number))
    change_transaction(unit, one.number, status=Status.IN_PROGRESS.value, expected_at=arrives)
    later(unit, WalletTransferArrives(number=one.number), at=arrives)
    return transaction_of(unit, one.number)


def _post(unit: UnitOfWork, one: Transaction, kind: EntryKind, legs: tuple[Leg, ...]) -> None:
    """What moves between the wallet and a bank is none of a settlement period's."""
    post(
        unit,
        NewEntry(
            kind=kind,
            source=f"{kind.value.lower()}:{one.number}",
            currency=one.currency,
            legs=legs,
            detail=EntryDetail(description=one.transaction_id),
            counts=False,
        ),
    )


def _held(unit: UnitOfWork, one: Transaction) -> tuple[Wallet | None, Transaction]:
    """A transaction and its wallet, as they are once nobody else may change them: until this unit ends."""
    wallet = wallet_to_change(unit, one.currency)
    return wallet, transaction_of(unit, one.number)


def _check(one: Transaction, wanted: Status) -> None:
    if wanted not in LIFECYCLE[one.status]:
        message = f"Transaction {one.transaction_id} is {one.status.value}; that does not lead to {wanted.value}."
        raise NotWhileSo(message)


def _check_limit(unit: UnitOfWork, currency: str, minor: int) -> None:
    if dollars(unit.seed, unit.now.date(), minor, currency) > most_to_others():
        message = f"A transfer to somebody else is worth {most_to_others()} US dollars at most."
        raise LimitExceeded(message)
