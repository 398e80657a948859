"""Wallets to rows and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Table, func, select

from sellingpartner.market.money.wallet.model import (
    BankAccount,
    Direction,
    Plan,
    Schedule,
    Status,
    Transaction,
    Wallet,
)
from sellingpartner.market.money.wallet.refusals import NoSuchAccount, NoSuchSchedule, NoSuchTransaction
from sellingpartner.market.money.wallet.tables import (
    wallet_bank_accounts,
    wallet_schedules,
    wallet_transactions,
    wallets,
)
from sellingpartner.storage.unit import UnitOfWork

_LEFT = (Status.IN_PROGRESS.value, Status.SUCCESSFUL.value)


def wallets_of(unit: UnitOfWork) -> list[Wallet]:
    """The seller's wallets, by currency."""
    rows = unit.execute(select(*_columns(wallets, Wallet)).where(_own(unit, wallets)).order_by(wallets.c.currency))
    return [Wallet(**row._mapping) for row in rows]


def wallet_in(unit: UnitOfWork, currency: str) -> Wallet | None:
    """The seller's wallet of a currency, or None."""
    this = (_own(unit, wallets), wallets.c.currency == currency)
    row = unit.execute(select(*_columns(wallets, Wallet)).where(*this)).first()
    return None if row is None else Wallet(**row._mapping)


def wallet_to_change(unit: UnitOfWork, currency: str) -> Wallet | None:
    """The seller's wallet of a currency, and nobody else takes anything out of it until this unit ends."""
    this = (_own(unit, wallets), wallets.c.currency == currency)
    row = unit.execute(select(*_columns(wallets, Wallet)).where(*this).with_for_update()).first()
    return None if row is None else Wallet(**row._mapping)


def wallet_by_account(unit: UnitOfWork, account_id: str) -> Wallet:
    """A wallet by the id of its account; raises `NoSuchAccount`."""
    this = (_own(unit, wallets), wallets.c.account_id == account_id)
    row = unit.execute(select(*_columns(wallets, Wallet)).where(*this)).first()
    if row is None:
        raise NoSuchAccount(account_id)
    return Wallet(**row._mapping)


def insert_wallet(unit: UnitOfWork, wallet: Wallet) -> None:
    """Keep a wallet for the first time."""
    unit.execute(wallets.insert(), msgspec.structs.asdict(wallet) | {"seller_id": unit.seller_id})


def add_to_wallet(unit: UnitOfWork, currency: str, minor: int) -> None:
    """Let there be more, or less, in a wallet."""
    this = (_own(unit, wallets), wallets.c.currency == currency)
    changed = {"balance_minor": wallets.c.balance_minor + minor, "changed_at": unit.now}
    unit.execute(wallets.update().where(*this).values(changed))


def bank_accounts_of(unit: UnitOfWork) -> list[BankAccount]:
    """The bank accounts that the seller has added."""
    at = wallet_bank_accounts.c
    rows = unit.execute(select(at.account).where(at.seller_id == unit.seller_id).order_by(at.account_id))
    return [row.account for row in rows]


def insert_bank_account(unit: UnitOfWork, account: BankAccount) -> None:
    """Keep a bank account."""
    row = {"seller_id": unit.seller_id, "account_id": account.account_id, "account": account}
    unit.execute(wallet_bank_accounts.insert(), row)


def insert_transaction(unit: UnitOfWork, one: Transaction) -> None:
    """Keep a transaction for the first time."""
    is_exchanged = one.direction is Direction.DEBIT and one.rate.to_currency != one.currency
    row = _row(unit, one) | {"exchanged_minor": one.amount_minor if is_exchanged else 0}
    unit.execute(wallet_transactions.insert(), row)


def change_transaction(unit: UnitOfWork, number: int, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a transaction."""
    at = wallet_transactions.c
    this = (at.seller_id == unit.seller_id, at.number == number)
    unit.execute(wallet_transactions.update().where(*this).values(changed_at=unit.now, **changed))


def transaction_of(unit: UnitOfWork, number: int) -> Transaction:
    """A transaction that there is, by its number."""
    return _transaction(unit, wallet_transactions.c.number == number, str(number))


def transaction_by_id(unit: UnitOfWork, transaction_id: str) -> Transaction:
    """A transaction by its id; raises `NoSuchTransaction`."""
    return _transaction(unit, wallet_transactions.c.transaction_id == transaction_id, transaction_id)


def transactions_of(unit: UnitOfWork, currency: str, before: int | None, limit: int) -> list[Transaction]:
    """Transactions of a wallet, the latest first, of those before a number."""
    at = wallet_transactions.c
    wanted = select(*_columns(wallet_transactions, Transaction)).where(
        _own(unit, wallet_transactions), at.currency == currency
    )
    if before is not None:
        wanted = wanted.where(at.number < before)
    return [_as_transaction(row) for row in unit.execute(wanted.order_by(at.number.desc()).limit(limit))]


def on_the_way(unit: UnitOfWork, currency: str) -> int:
    """How much has left a wallet and has not arrived."""
    at = wallet_transactions.c
    found = unit.execute(
        select(func.coalesce(func.sum(at.amount_minor), 0)).where(
            _own(unit, wallet_transactions), at.currency == currency, at.status == Status.IN_PROGRESS.value
        )
    )
    return int(found.scalar_one())


def exchanged_since(unit: UnitOfWork, since: datetime) -> dict[str, int]:
    """How much went into other currencies since a moment, by the currency that it came from."""
    at = wallet_transactions.c
    rows = unit.execute(
        select(at.currency, func.sum(at.exchanged_minor).label("minor"))
        .where(_own(unit, wallet_transactions), at.requested_at >= since, at.status.in_(_LEFT))
        .group_by(at.currency)
    )
    return {row.currency: int(row.minor) for row in rows}


def insert_schedule(unit: UnitOfWork, one: Schedule) -> None:
    """Keep a schedule for the first time."""
    unit.execute(wallet_schedules.insert(), _row(unit, one))


def change_schedule(unit: UnitOfWork, number: int, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    """Keep what changed of a schedule."""
    at = wallet_schedules.c
    unit.execute(wallet_schedules.update().where(_own(unit, wallet_schedules), at.number == number).values(**changed))


def schedule_of(unit: UnitOfWork, number: int) -> Schedule:
    """A schedule that there is, by its number."""
    return _schedule(unit, wallet_schedules.c.number == number, str(number))


def schedule_by_id(unit: UnitOfWork, schedule_id: str) -> Schedule:
    """A schedule by its id; raises `NoSuchSchedule`."""
    return _schedule(unit, wallet_schedules.c.schedule_id == schedule_id, schedule_id)


def schedules_of(
    unit: UnitOfWork, currency: str, before: int | None = None, limit: int | None = None
) -> list[Schedule]:
    """Schedules of a wallet, the latest first, of those before a number."""
    at = wallet_schedules.c
    wanted = select(*_columns(wallet_schedules, Schedule)).where(_own(unit, wallet_schedules), at.currency == currency)
    if before is not None:
        wanted = wanted.where(at.number < before)
    return [_as_schedule(row) for row in unit.execute(wanted.order_by(at.number.desc()).limit(limit))]


def _transaction(unit: UnitOfWork, this: ColumnElement[bool], named: str) -> Transaction:
    wanted = select(*_columns(wallet_transactions, Transaction)).where(_own(unit, wallet_transactions), this)
    row = unit.execute(wanted).first()
    if row is None:
        raise NoSuchTransaction(named)
    return _as_transaction(row)


def _schedule(unit: UnitOfWork, this: ColumnElement[bool], named: str) -> Schedule:
    wanted = select(*_columns(wallet_schedules, Schedule)).where(_own(unit, wallet_schedules), this)
    row = unit.execute(wanted).first()
    if row is None:
        raise NoSuchSchedule(named)
    return _as_schedule(row)


def _as_transaction(row: Row[Any]) -> Transaction:
    told = row._mapping
    return Transaction(**{**told, "direction": Direction(told["direction"]), "status": Status(told["status"])})


def _as_schedule(row: Row[Any]) -> Schedule:
    return Schedule(**{**row._mapping, "status": Plan(row.status)})


def _row(unit: UnitOfWork, one: Transaction | Schedule) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in one.__struct_fields__}
    plain = {name: value.value for name, value in fields.items() if isinstance(value, (Direction, Plan, Status))}
    return fields | plain | {"seller_id": unit.seller_id}


def _columns(table: Table, kind: type[msgspec.Struct]) -> list[ColumnElement[Any]]:
    return [table.c[name] for name in kind.__struct_fields__]


def _own(unit: UnitOfWork, table: Table) -> ColumnElement[bool]:
    return table.c.seller_id == unit.seller_id
