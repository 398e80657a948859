"""What is asked for is taken in at once and done some seconds later, one operation of a plan after the other.

    def generate_packing_options(unit: UnitOfWork, plan_id: str) -> str:
        plan = plan_for(unit, "generatePackingOptions", plan_id)  # raises what stands in its way
        return begin(unit, "generatePackingOptions", plan)

    @carries_out("generatePackingOptions")
    def offer_packing(unit: UnitOfWork, plan: Plan, _: None) -> list[Problem]: ...

Who carries an operation out is given the plan, to change as it likes, and what was asked for, and gives the problems
that it met. If one is an error, or something is refused on the way, nothing of it remains and the operation has failed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.inbound.identifiers import new_operation_id
from sellingpartner.market.inbound.lifecycle import OPERATION, OperationStatus, moved
from sellingpartner.market.inbound.model import Plan
from sellingpartner.market.inbound.operation_kinds import check, kinds
from sellingpartner.market.inbound.problems import Problem, Severity, problem_of
from sellingpartner.market.inbound.store.plans import (
    Operation,
    at_work_on,
    insert_operation,
    load_operation,
    load_plan,
    save_operation,
    save_plan,
)
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

Payload = TypeVar("Payload")
"""What was asked for, in plain values: it is kept until the operation is done."""
Deed = Callable[[UnitOfWork, Plan, Payload], list[Problem]]
ItemDeed = Callable[[UnitOfWork, Payload], list[Problem]]


class _Carrier(msgspec.Struct, frozen=True):
    payload: Any
    on_plan: Deed[Any] | None
    on_items: ItemDeed[Any] | None
    failed: Callable[[UnitOfWork, Plan], None] | None


_carriers: dict[str, _Carrier] = {}


class InboundOperationEnds(Due):
    """An operation has taken as long as it takes."""

    operation_id: str


def carries_out(
    kind: str,
    payload: type[Payload] | None = None,
    *,
    failed: Callable[[UnitOfWork, Plan], None] | None = None,
) -> Callable[[Deed[Payload]], Deed[Payload]]:
    """Name who carries out a kind of operation on a plan; `failed` says what becomes of a plan on which it fails."""

    def register(function: Deed[Payload]) -> Deed[Payload]:
        _add(kind, _Carrier(payload or type(None), function, None, failed))
        return function

    return register


def carries_out_for_items(kind: str, payload: type[Payload]) -> Callable[[ItemDeed[Payload]], ItemDeed[Payload]]:
    """Name who carries out a kind of operation that is about a seller's items, and no plan."""

    def register(function: ItemDeed[Payload]) -> ItemDeed[Payload]:
        _add(kind, _Carrier(payload, None, function, None))
        return function

    return register


def carried_out() -> set[str]:
    """Every kind that somebody carries out."""
    return set(_carriers)


def plan_for(unit: UnitOfWork, kind: str, plan_id: str) -> Plan:
    """A plan that is ready for an operation; nobody else changes it until the unit ends. Raises `BadRequest`."""
    plan = load_plan(unit, plan_id)
    check(kind, plan, at_work_on(unit, plan_id))
    return plan


def begin(unit: UnitOfWork, kind: str, plan: Plan | None = None, payload: object = None) -> str:
    """Take an operation in that nothing stands in the way of; returns its id."""
    operation_id = new_operation_id(unit)
    seconds = chance(unit, "inbound operation", operation_id).uniform(*kinds()[kind].seconds)
    ends_at = unit.now + timedelta(seconds=seconds)
    operation = Operation(
        operation_id=operation_id,
        plan_id=None if plan is None else plan.plan_id,
        kind=kind,
        status=OperationStatus.IN_PROGRESS,
        began_at=unit.now,
        ends_at=ends_at,
        payload=msgspec.json.encode(payload),
        problems=(),
    )
    insert_operation(unit, operation)
    later(unit, InboundOperationEnds(operation_id=operation_id), at=ends_at)
    return operation_id


@when(InboundOperationEnds)
def end(unit: UnitOfWork, due: InboundOperationEnds) -> None:
    """Carry an operation out."""
    operation = load_operation(unit, due.operation_id)
    if operation.status is not OperationStatus.IN_PROGRESS:
        return
    carrier = _carriers[operation.kind]
    try:
        with unit.attempt():
            problems = _done(unit, operation, carrier)
        status = OperationStatus.SUCCESS
    except _Failed as failed:
        status, problems = OperationStatus.FAILED, failed.problems
    except SellingPartnerError as refused:
        status, problems = OperationStatus.FAILED, [problem_of(refused)]
    if status is OperationStatus.FAILED and carrier.failed is not None and operation.plan_id is not None:
        plan = load_plan(unit, operation.plan_id)
        carrier.failed(unit, plan)
        save_plan(unit, plan)
    operation.status = moved(OPERATION, operation.status, status)
    operation.problems, operation.payload = tuple(problems), None
    operation.ends_at = unit.now
    save_operation(unit, operation)


class _Failed(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _done(unit: UnitOfWork, operation: Operation, carrier: _Carrier) -> list[Problem]:
    """What was met; raises `_Failed` if something of it stands in the way."""
    payload = msgspec.json.decode(operation.payload or b"null", type=carrier.payload)
    problems: list[Problem] = []
    if carrier.on_items is not None:
        problems = carrier.on_items(unit, payload)
    elif carrier.on_plan is not None and operation.plan_id is not None:
        plan = load_plan(unit, operation.plan_id)
        problems = carrier.on_plan(unit, plan, payload)
        save_plan(unit, plan)
    if any(one.severity is Severity.ERROR for one in problems):
        raise _Failed(problems)
    return problems


def _add(kind: str, carrier: _Carrier) -> None:
    if kind in _carriers or kind not in kinds():
        message = f"{kind} is carried out already, or is no kind of operations.toml."
        raise TypeError(message)
    _carriers[kind] = carrier
