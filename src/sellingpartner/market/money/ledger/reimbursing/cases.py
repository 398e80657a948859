"""What Amazon owes for units: a case is opened, looked into for days, and paid by itself if they were not found.

What a unit is worth is settled when it goes missing, so that what is taken back later is what was paid.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, select

from sellingpartner.market.money.ledger.components import kind_names
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, NewEntry, to_seller
from sellingpartner.market.money.ledger.policies import defaults
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.tables import reimbursement_cases
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

CLAWBACK = "COMPENSATED_CLAWBACK"


class CaseIsDecided(Due):
    """What a case is about was looked into for long enough."""

    number: int


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit is worth, and where it was offered."""

    sku: str
    asin: str
    marketplace_id: str
    currency: str
    each_minor: int


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Units that Amazon owes, or has paid for."""

    number: int
    sku: str
    asin: str
    component: str
    """What it is paid as."""
    units: int
    """Those that were found again are taken off."""
    each_minor: int
    currency: str
    marketplace_id: str
    order_id: str | None
    reference: str
    opened_at: datetime
    entry_id: int | None
    """The entry of the ledger that paid for it."""


_columns = [reimbursement_cases.c[name] for name in Case.__struct_fields__]


def open_case(
    unit: UnitOfWork,
    component: str,
    worth: Worth,
    units: int,
    *,
    reference: str,
    order_id: str | None = None,
    days: int | None = None,
) -> Case:
    """Look into units that Amazon lost or broke; they are paid for after so many days, its own unless said."""
    case = Case(
        number=unit.next_number("reimbursement cases"),
        sku=worth.sku,
        asin=worth.asin,
        component=component,
        units=units,
        each_minor=worth.each_minor,
        currency=worth.currency,
        marketplace_id=worth.marketplace_id,
        order_id=order_id,
        reference=reference,
        opened_at=unit.now,
        entry_id=None,
    )
    unit.execute(reimbursement_cases.insert(), msgspec.structs.asdict(case) | {"seller_id": unit.seller_id})
    looked_into = defaults().research_days[component] if days is None else days
    later(unit, CaseIsDecided(number=case.number), at=unit.now + timedelta(days=looked_into))
    return case


@when(CaseIsDecided)
def decide(unit: UnitOfWork, due: CaseIsDecided) -> None:
    """Pay for what was not found."""
    (case,) = _cases(unit, reimbursement_cases.c.number == due.number)
    if case.entry_id is not None or not case.units:
        return
    entry = post(unit, _paying(case, f"case:{case.number}", case.units))
    _change(unit, case.number, entry_id=entry.entry_id)


def cases_of(unit: UnitOfWork, sku: str, component: str) -> list[Case]:
    """The cases of a SKU in which units are missing still; those first that nobody has paid, then the oldest.

    Nobody else changes them until this unit ends.
    """
    at = reimbursement_cases.c
    found = _cases(unit, and_(at.sku == sku, at.component == component, at.units > 0))
    return sorted(found, key=lambda case: (case.entry_id is not None, case.number))


def find_units(unit: UnitOfWork, sku: str, component: str, units: int, *, reference: str) -> int:
    """Take units off the cases in which they are missing, and back what was paid for them; returns how many more.

    Assumed: what is found is first what nobody has paid for yet.
    """
    left = units
    for case in cases_of(unit, sku, component):
        found = min(case.units, left)
        if not found:
            break
        left -= found
        _change(unit, case.number, units=case.units - found)
        if case.entry_id is not None:
            take_back(unit, case, found, reference=reference)
    return left


def take_back(unit: UnitOfWork, case: Case, units: int, *, reference: str) -> None:
    """Take back what was paid for units."""
    source = f"found:{unit.next_number('reimbursements')}"
    back = msgspec.structs.replace(case, component=CLAWBACK, each_minor=-case.each_minor, reference=reference)
    post(unit, msgspec.structs.replace(_paying(back, source, units), of_entry_id=case.entry_id))


def _paying(case: Case, source: str, units: int) -> NewEntry:
    return NewEntry(
        kind=EntryKind.ADJUSTMENT,
        source=source,
        marketplace_id=case.marketplace_id,
        currency=case.currency,
        legs=(to_seller(case.component, units * case.each_minor, 1),),
        detail=EntryDetail(
            lines=(EntryLine(sku=case.sku, asin=case.asin, quantity=units),),
            description=kind_names(EntryKind.ADJUSTMENT.value).description,
            reason=case.reference,
        ),
        order_id=case.order_id,
    )


def _cases(unit: UnitOfWork, which: ColumnElement[bool]) -> list[Case]:
    own = reimbursement_cases.c.seller_id == unit.seller_id
    return [Case(**row._mapping) for row in unit.execute(select(*_columns).where(own, which).with_for_update())]


def _change(unit: UnitOfWork, number: int, **changed: Any) -> None:  # noqa: ANN401 - values of columns
    at = reimbursement_cases.c
    this = (at.seller_id == unit.seller_id, at.number == number)
    unit.execute(reimbursement_cases.update().where(*this).values(**changed))
