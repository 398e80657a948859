"""Somebody whose payouts go into a wallet, and who sends on what is in it: to banks, at once or by plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from busy_shop import BusyShop
from upset_shop import CURRENCIES

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.money.ledger import commands as money
from sellingpartner.market.money.wallet import commands as wallets
from sellingpartner.market.money.wallet.model import (
    BankAccount,
    Direction,
    Frequency,
    Plan,
    Status,
    Terms,
    Transaction,
    Wallet,
)
from sellingpartner.market.money.wallet.questions import own_accounts, schedules_of, transactions_of, wallet_in
from sellingpartner.storage.unit import UnitOfWork

ALL = 1_000_000
_LEFT = (Status.IN_PROGRESS, Status.SUCCESSFUL)


def wallet_of(unit: UnitOfWork, currency: str) -> Wallet:
    """The wallet, which is there."""
    found = wallet_in(unit, currency)
    assert found is not None
    return found


def faults_in_wallet(unit: UnitOfWork, currency: str) -> list[str]:
    """Where a wallet holds something else than its transactions come to, or less than nothing."""
    held, comes_to = wallet_of(unit, currency).balance_minor, 0
    for one in transactions_of(unit, currency, None, ALL):
        if one.direction is Direction.CREDIT:
            comes_to += one.amount_minor
        elif one.status in _LEFT:
            comes_to -= one.amount_minor
    found = [] if held == comes_to else [f"the wallet holds {held} {currency}, and its transactions come to {comes_to}"]
    return found if held >= 0 else [*found, f"the wallet holds {held} {currency}"]


def wish(unit: UnitOfWork, minor: int, to: BankAccount | None = None) -> wallets.Wish:
    """To send so much to a bank account, of one's own or of somebody else."""
    destination = to or own_accounts(unit)[0]
    return wallets.Wish(minor=minor, destination=destination, description="by hand", requester="Wharf Desk")


def acts(shop: BusyShop, unit: UnitOfWork) -> None:
    """Let the owner, an application or the bank do one thing with the wallet."""
    luck, currency = shop.luck, CURRENCIES[shop.country]
    wallet = wallet_of(unit, currency)
    known = transactions_of(unit, currency, None, 20)
    what = luck.randrange(8)
    if what in {0, 1}:
        wallets.request(unit, wallet, wish(unit, luck.randint(1, max(wallet.balance_minor, 1) * 2)))
    elif what in {2, 3} and known:
        wallets.approve(unit, luck.choice([one for one in known if one.status is Status.PENDING] or known))
    elif what == 4 and known:
        wallets.refuse(unit, luck.choice([one for one in known if one.status is Status.IN_PROGRESS] or known))
    elif what == 5:
        _plans(shop, unit, wallet)
    elif what == 6:
        money.change_policy(unit, currency, bank_works=luck.random() < 0.7)
    else:
        wallets.direct_payouts(unit, wallet, into_wallet=luck.random() < 0.8)


def _plans(shop: BusyShop, unit: UnitOfWork, wallet: Wallet) -> None:
    luck = shop.luck
    for one in schedules_of(unit, wallet.currency):
        if one.status is Plan.ENABLED:
            wallets.delete(unit, one)
            return
    is_percentage = luck.random() < 0.5
    terms = Terms(
        starts_at=unit.now + timedelta(hours=luck.randint(1, 30)),
        ends_at=None,
        frequency=luck.choice(list(Frequency)),
        is_percentage=is_percentage,
        value=Decimal(luck.randint(1, 100)),
    )
    wallets.plan(unit, wallet, own_accounts(unit)[0], terms, is_enabled=True, requester="Wharf Desk")


def lives(shop: BusyShop, purchases: int) -> Iterator[None]:
    """Let so many buyers come; after each of them somebody does something with the wallet, or nearly."""
    for _ in range(purchases):
        shop.lives(1, at_most_hours=60)
        for _ in range(3):
            try:
                with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
                    acts(shop, unit)
            except SellingPartnerError as refused:
                shop.refusals.append(str(refused))
            yield


def ended(unit: UnitOfWork, currency: str) -> dict[Status, list[Transaction]]:
    """What left the wallet, or was to, by what became of it."""
    found: dict[Status, list[Transaction]] = {one: [] for one in Status}
    for one in transactions_of(unit, currency, None, ALL):
        if one.direction is Direction.DEBIT:
            found[one.status].append(one)
    return found
