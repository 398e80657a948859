"""What was asked of the market: the log of calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract import registry
from sellingpartner.contract.operation import Operation
from sellingpartner.market.accounts.calls import Numbered, Wanted, found, found_after
from sellingpartner.market.accounts.questions import all_applications
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.gateway.throttle import Standing
from sellingpartner.storage.unit import UnitOfWork

_LATEST = 100


def list_requests(desk: Desk, request: v1.ListRequests) -> v1.Calls:
    """The latest calls, or those after one, those made a moment ago included."""
    desk.journal.flush()
    wanted = Wanted(
        application_id=request.application_id,
        seller_id=request.seller_id,
        operation=request.operation_name,
        status=request.status,
        is_refused=bool(request.refused),
        is_faulty=bool(request.faulty),
    )
    limit = request.limit or _LATEST
    with desk.market.read() as unit:
        if request.after is None:
            calls, latest = found(unit, wanted, limit)
        else:
            calls, latest = found_after(unit, wanted, request.after, limit)
        return v1.Calls(requests=all_shown(unit, calls), latest=latest)


def all_shown(unit: UnitOfWork, calls: Sequence[Numbered]) -> list[v1.Call]:
    """Calls as the control API shows them, with the names of those who called."""
    is_anybody = any(one.call.application_id for one in calls)
    names = {one.application_id: one.name for one in all_applications(unit)} if is_anybody else {}
    return [_shown(one, names.get(one.call.application_id)) for one in calls]


def _shown(one: Numbered, application: str | None) -> v1.Call:
    call = one.call
    return v1.Call(
        number=one.number,
        at=call.at,
        request_id=call.request_id,
        method=call.method,
        path=call.path,
        operation=call.operation or None,
        api=call.api or None,
        scope=call.scope or None,
        application_id=call.application_id or None,
        application=application,
        seller_id=call.seller_id or None,
        status=call.status,
        code=call.code or None,
        reason=call.reason or None,
        milliseconds=round(call.milliseconds, 2),
        agent=call.agent or None,
        unknown_parameters=list(call.names) or None,
        size=call.size or None,
        left=None if call.left is None else round(call.left, 3),
        burst=call.burst or None,
        elements=sorted(call.elements) or None,
        fault=call.fault or None,
    )


def list_usage(desk: Desk, request: v1.ListUsage) -> v1.Usage:
    """The usage plans that are not wholly unused, the nearest to empty first."""
    standings = [] if desk.throttle is None else desk.throttle.standings(desk.market.clock.now())
    return v1.Usage(
        limits=v1.Limits(desk.limits.value),
        plans=[
            _plan(one)
            for one in standings
            if request.application_id in {None, one.application_id} and request.seller_id in {None, one.seller_id}
        ],
    )


def _plan(one: Standing) -> v1.PlanUsage:
    return v1.PlanUsage(
        application_id=one.application_id,
        seller_id=one.seller_id or None,
        operation=one.operation.name,
        api=api_of(one.operation),
        left=round(one.left, 3),
        burst=one.rate.burst,
        per_second=one.rate.per_second,
        full_in_seconds=round(one.full_in_seconds, 1),
    )


def api_of(operation: Operation) -> str:
    """The API that an operation is of, with its version."""
    return _apis().get(operation.key, "")


@cache
def _apis() -> dict[str, str]:
    return {entry.key: f"{entry.api} {entry.version}" for entry in registry.operations()}
