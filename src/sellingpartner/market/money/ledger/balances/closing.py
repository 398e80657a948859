"""A settlement period ends: what is kept is kept, what is left is transferred or owed, and the next period opens."""

from __future__ import annotations

from sqlalchemy import bindparam

from sellingpartner.market.events.money import PeriodClosed
from sellingpartner.market.money.ledger.balances.debts import carry_debt, end_debts
from sellingpartner.market.money.ledger.balances.paying_out import transfer
from sellingpartner.market.money.ledger.balances.reserving import kept_of
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.periods import Period, PeriodEnds, PeriodStatus, begin_period, period_of
from sellingpartner.market.money.ledger.policies import account_tail, policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.tables import settlement_periods
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_at = settlement_periods.c
_close = Prepared(
    settlement_periods.update()
    .where(_at.seller_id == bindparam("of_seller"), _at.period_id == bindparam("of_period"))
    .values(
        status=PeriodStatus.CLOSED.value,
        reserve_minor=bindparam("reserve"),
        total_minor=bindparam("total"),
        account_tail=bindparam("tail"),
    )
)


@when(PeriodEnds)
def end_when_due(unit: UnitOfWork, due: PeriodEnds) -> None:
    """End a period, unless somebody has ended it already."""
    if period_of(unit, due.period_id).is_open:
        end_period(unit, due.period_id)


def end_period(unit: UnitOfWork, period_id: int) -> Period:
    """Close a period at this moment, pay out what is left of it, and open the next one."""
    period = period_of(unit, period_id)
    policy = policy_of(unit, period.currency)
    reserve = kept_of(unit, period.balance_minor, policy)
    _move_reserve(unit, period, reserve, into=True)
    total = period.balance_minor - reserve
    _close.run(
        unit.connection,
        {
            "of_seller": unit.seller_id,
            "of_period": period_id,
            "reserve": reserve,
            "total": total,
            "tail": account_tail(policy) if total > 0 else None,
        },
    )
    end_debts(unit, period.currency)
    if total > 0:
        transfer(unit, period, total)
    begin_period(unit, period.currency, began_at=period.ends_at, opening_minor=reserve + min(total, 0))
    _move_reserve(unit, period, reserve, into=False)
    if total < 0:
        carry_debt(unit, period, -total)
    unit.emit(
        PeriodClosed(
            period_id=period_id,
            settlement_id=period.settlement_id,
            currency=period.currency,
            total_minor=total,
            began_at=period.began_at,
            ended_at=period.ends_at,
        )
    )
    return period_of(unit, period_id)


def _move_reserve(unit: UnitOfWork, period: Period, reserve: int, *, into: bool) -> None:
    """Take the reserve out of the period that ends, or let the next one begin with it."""
    if not reserve:
        return
    kind, name = (EntryKind.RESERVE_DEBIT, "ReserveDebit") if into else (EntryKind.RESERVE_CREDIT, "ReserveCredit")
    post(
        unit,
        NewEntry(
            kind=kind,
            source=f"{'reserve' if into else 'reserved'}:{period.period_id}",
            currency=period.currency,
            legs=(to_seller(name, -reserve if into else reserve),),
            detail=EntryDetail(description=name),
        ),
    )
