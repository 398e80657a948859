"""Faults of jobs, which take long: a report is stuck, or ends FATAL.

Whoever begins a job asks here what becomes of it, in the same transaction. One that is stuck is held until its rule is
taken away or its time is over; then it goes on, and meets no fault again:

    fault = fate_of(unit, "report", report_id, report_type, application_id)

    @goes_on("report")
    def go_on(unit: UnitOfWork, report_id: str) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, select, true

from sellingpartner.market.faults import store
from sellingpartner.market.faults.luck import Struck, met
from sellingpartner.market.faults.model import Called, JobFault
from sellingpartner.market.faults.tables import held_jobs
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

GoOn = Callable[[UnitOfWork, str], None]
_goes_on: dict[str, GoOn] = {}


class HeldJobGoesOn(Due):
    """A job was stuck, and is no more."""

    ends_batch: ClassVar[bool] = True

    job: str
    job_id: str
    rule_id: int


def goes_on(job: str) -> Callable[[GoOn], GoOn]:
    """Name the function that has a job of a kind go on where it was stuck."""

    def register(function: GoOn) -> GoOn:
        _goes_on[job] = function
        return function

    return register


def fate_of(unit: UnitOfWork, job: str, job_id: str, job_type: str, application_id: str) -> JobFault | None:
    """What becomes of a job of this unit's seller that begins, if a rule strikes it; a stuck one is held from here on.

    Of several rules the oldest counts.
    """
    called = Called(seller_id=unit.seller_id, application_id=application_id)
    first: tuple[Struck, JobFault] | None = None
    fresh = {}
    for rule, counts in store.all_rules(unit):
        fault = rule.fault
        if not isinstance(fault, JobFault) or fault.kind != job or not fault.takes(job_type):
            continue
        if rule.where.takes(called) and rule.when.is_open(unit.now, counts.struck):
            fresh[rule.rule_id], hit = met(rule, counts, unit.seed)
            first = first or (None if hit is None else (hit, fault))
    store.keep_counts(unit, fresh)
    if first is None:
        return None
    struck, fate = first
    if fate.is_stuck:
        _hold(unit, job, job_id, struck)
    return fate


def held(unit: UnitOfWork, job: str) -> frozenset[str]:
    """The jobs of a kind of this unit's seller that are stuck."""
    mine = and_(held_jobs.c.seller_id == unit.seller_id, held_jobs.c.job == job)
    return frozenset(unit.execute(select(held_jobs.c.job_id).where(mine)).scalars())


def hold_no_more(unit: UnitOfWork, job: str, job_id: str) -> None:
    """Forget that a job is stuck: it was canceled."""
    unit.execute(held_jobs.delete().where(_this(unit, job, job_id)))


def let_go_on(unit: UnitOfWork, rule_id: int | None = None) -> None:
    """Have every job go on that a rule holds, whosoever it is; or that any rule does."""
    theirs = true() if rule_id is None else held_jobs.c.rule_id == rule_id
    rows = unit.execute(select(held_jobs).where(theirs).order_by(held_jobs.c.seller_id, held_jobs.c.job_id)).all()
    for seller_id in dict.fromkeys(row.seller_id for row in rows):
        beside = unit.beside(seller_id)
        for row in rows:
            if row.seller_id == seller_id:
                later(beside, HeldJobGoesOn(job=row.job, job_id=row.job_id, rule_id=row.rule_id), at=unit.now)
        beside.finish()


@when(HeldJobGoesOn)
def go_on(unit: UnitOfWork, due: HeldJobGoesOn) -> None:
    """Have a job go on, if that rule still holds it."""
    this = and_(_this(unit, due.job, due.job_id), held_jobs.c.rule_id == due.rule_id)
    if unit.execute(held_jobs.delete().where(this)).rowcount:
        _goes_on[due.job](unit, due.job_id)


def _hold(unit: UnitOfWork, job: str, job_id: str, struck: Struck) -> None:
    rule = struck.rule
    row = {"seller_id": unit.seller_id, "job": job, "job_id": job_id, "rule_id": rule.rule_id}
    unit.execute(held_jobs.insert(), row)
    if rule.when.until is not None:
        later(unit, HeldJobGoesOn(job=job, job_id=job_id, rule_id=rule.rule_id), at=rule.when.until)


def _this(unit: UnitOfWork, job: str, job_id: str) -> ColumnElement[bool]:
    return and_(held_jobs.c.seller_id == unit.seller_id, held_jobs.c.job == job, held_jobs.c.job_id == job_id)
