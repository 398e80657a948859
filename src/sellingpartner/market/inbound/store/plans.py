"""Plans and the operations on them to rows and back; `packages.py` and `shipments.py` do so for what is in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, select, text

from sellingpartner.market.inbound.identifiers import check_operation_id, check_plan_id
from sellingpartner.market.inbound.lifecycle import OperationStatus
from sellingpartner.market.inbound.model import Plan, PlanItem
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest, NoSuchPlan
from sellingpartner.market.inbound.tables import inbound_operations, inbound_plans
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

Key = tuple[datetime, str]
"""Where in a list a plan stands: its date and its id."""


class Operation(msgspec.Struct, kw_only=True):
    """What was asked for, and what became of it."""

    operation_id: str
    plan_id: str | None
    kind: str
    status: OperationStatus
    began_at: datetime
    ends_at: datetime
    payload: bytes | None
    problems: tuple[Problem, ...]


class SortedBy(StrEnum):
    """The dates by which plans are listed."""

    CREATION = "created_at"
    UPDATE = "updated_at"


class PlanFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which plans are wanted, and in which order."""

    status: str | None = None
    by: SortedBy = SortedBy.CREATION
    is_descending: bool = True


class _Plan(NamedTuple):
    document: Plan


class _Items(NamedTuple):
    contents: tuple[PlanItem, ...]


class _Kind(NamedTuple):
    kind: str


def _operation(*, status: str, **columns: Any) -> Operation:  # noqa: ANN401 - a row's
    return Operation(status=OperationStatus(status), **columns)


_plan = and_(inbound_plans.c.seller_id == bindparam("of_seller"), inbound_plans.c.plan_id == bindparam("of_id"))
_document = select(inbound_plans.c.document).where(_plan)
_find = Question(_document, _Plan)
_hold = Question(_document.with_for_update(), _Plan)
_find_items = Question(select(inbound_plans.c.contents).where(_plan), _Items)
_insert = Prepared(inbound_plans.insert())
_update = Prepared(
    inbound_plans.update()
    .where(_plan)
    .values({name: bindparam(name) for name in ("name", "status", "updated_at", "document")})
)
_update_items = Prepared(inbound_plans.update().where(_plan).values(contents=bindparam("contents")))

_operation_columns = [inbound_operations.c[name] for name in Operation.__struct_fields__]
_this = and_(
    inbound_operations.c.seller_id == bindparam("of_seller"), inbound_operations.c.operation_id == bindparam("of_id")
)
_of_operation = select(*_operation_columns).where(_this)
_find_operation = Question(_of_operation, _operation)
_hold_operation = Question(_of_operation.with_for_update(), _operation)
_at_work = Question(
    select(inbound_operations.c.kind).where(
        inbound_operations.c.seller_id == bindparam("of_seller"),
        inbound_operations.c.plan_id == bindparam("of_id"),
        text("status = 'IN_PROGRESS'"),  # in the very words of the index
    ),
    _Kind,
)
_insert_operation = Prepared(inbound_operations.insert())
_update_operation = Prepared(
    inbound_operations.update()
    .where(_this)
    .values({name: bindparam(name) for name in ("status", "ends_at", "payload", "problems")})
)


def find_plan(unit: UnitOfWork, plan_id: str) -> Plan:
    """A plan to look at; raises `BadRequest`."""
    return _plan_in(unit, _find, plan_id)


def load_plan(unit: UnitOfWork, plan_id: str) -> Plan:
    """A plan to change: nobody else changes it until the unit ends. Raises `BadRequest`."""
    return _plan_in(unit, _hold, plan_id)


def items_of(unit: UnitOfWork, plan_id: str) -> tuple[PlanItem, ...]:
    """The items of a plan that there is, in the order in which they were planned."""
    row = _find_items.first(unit.connection, {"of_seller": unit.seller_id, "of_id": plan_id})
    if row is None:
        raise NoSuchPlan(plan_id)
    return row.contents


def insert_plan(unit: UnitOfWork, plan: Plan, items: tuple[PlanItem, ...]) -> None:
    """Keep a plan for the first time."""
    row = {
        "seller_id": unit.seller_id,
        "plan_id": plan.plan_id,
        "marketplace_id": plan.marketplace_id,
        "name": plan.name,
        "status": plan.status.value,
        "created_at": plan.created_at,
        "updated_at": plan.updated_at,
        "document": plan,
        "contents": items,
    }
    _insert.run(unit.connection, row)


def save_plan(unit: UnitOfWork, plan: Plan) -> None:
    """Keep a plan that has changed, as updated now."""
    plan.updated_at = unit.now
    row = {
        "of_seller": unit.seller_id,
        "of_id": plan.plan_id,
        "name": plan.name,
        "status": plan.status.value,
        "updated_at": plan.updated_at,
        "document": plan,
    }
    _update.run(unit.connection, row)


def save_items(unit: UnitOfWork, plan_id: str, items: tuple[PlanItem, ...]) -> None:
    """Keep a plan's items, once it is known what they are."""
    _update_items.run(unit.connection, {"of_seller": unit.seller_id, "of_id": plan_id, "contents": items})


def page_of_plans(unit: UnitOfWork, wanted: PlanFilter, after: Key | None, limit: int) -> list[Plan]:
    """Plans of a list, so many after a key."""
    at = inbound_plans.c
    column = at[wanted.by.value]
    conditions: list[ColumnElement[bool]] = [at.seller_id == unit.seller_id]
    if wanted.status is not None:
        conditions.append(at.status == wanted.status)
    if after is not None:
        conditions.append(beyond((column, at.plan_id), after, is_descending=wanted.is_descending))
    order = (column.desc(), at.plan_id.desc()) if wanted.is_descending else (column, at.plan_id)
    found = select(at.document).where(*conditions).order_by(*order).limit(limit)
    return list(unit.execute(found).scalars())


def find_operation(unit: UnitOfWork, operation_id: str) -> Operation:
    """An operation to look at; raises `BadRequest`."""
    return _operation_in(unit, _find_operation, operation_id)


def load_operation(unit: UnitOfWork, operation_id: str) -> Operation:
    """An operation to change; raises `BadRequest`."""
    return _operation_in(unit, _hold_operation, operation_id)


def at_work_on(unit: UnitOfWork, plan_id: str) -> str | None:
    """The kind of operation that is at work on a plan, if one is."""
    row = _at_work.first(unit.connection, {"of_seller": unit.seller_id, "of_id": plan_id})
    return None if row is None else row.kind


def insert_operation(unit: UnitOfWork, operation: Operation) -> None:
    """Keep an operation for the first time."""
    row = msgspec.structs.asdict(operation) | {"seller_id": unit.seller_id, "status": operation.status.value}
    _insert_operation.run(unit.connection, row)


def save_operation(unit: UnitOfWork, operation: Operation) -> None:
    """Keep what became of an operation."""
    row = {
        "of_seller": unit.seller_id,
        "of_id": operation.operation_id,
        "status": operation.status.value,
        "ends_at": operation.ends_at,
        "payload": operation.payload,
        "problems": operation.problems,
    }
    _update_operation.run(unit.connection, row)


def _plan_in(unit: UnitOfWork, question: Question[_Plan], plan_id: str) -> Plan:
    row = question.first(unit.connection, {"of_seller": unit.seller_id, "of_id": plan_id})
    if row is None:
        check_plan_id(plan_id)
        raise NoSuchPlan(plan_id)
    return row.document


def _operation_in(unit: UnitOfWork, question: Question[Operation], operation_id: str) -> Operation:
    row = question.first(unit.connection, {"of_seller": unit.seller_id, "of_id": operation_id})
    if row is None:
        check_operation_id(operation_id)
        # Assumed: in which words an operation is refused that the seller has not asked for.
        raise BadRequest("The requested operationId does not exist.")
    return row
