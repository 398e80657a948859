"""How the market stands, and what was asked of it."""

from __future__ import annotations

from importlib.metadata import version

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import questions as accounts
from sellingpartner.market.accounts.calls import Call, latest_calls
from sellingpartner.market.listings.questions import count_of_skus
from sellingpartner.market.orders.questions import counts_by_status
from sellingpartner.server.control.clock import clock_of
from sellingpartner.server.control.desk import Desk

_LATEST = 100


def get_market_status(desk: Desk, _request: v1.GetMarketStatus) -> v1.MarketStatus:
    """What the market is and how it stands."""
    market = desk.market
    waiting = market.waiting()
    with market.read() as unit:
        counts = v1.MarketCounts(
            sellers=len(accounts.all_sellers(unit)),
            applications=len(accounts.all_applications(unit)),
            grants=sum(grant.stands(unit.now) for grant in accounts.grants_of(unit)),
            skus=count_of_skus(unit),
            orders=counts_by_status(unit),
            waiting=waiting,
        )
    return v1.MarketStatus(
        version=version("sellingpartner"),
        clock=clock_of(market),
        seed=market.seed,
        limits=v1.Limits(desk.limits.value),
        demo_world=desk.has_demo_world,
        counts=counts,
        health=desk.health.report(),
        failures=[v1.DueFailure(kind=one.kind, due_at=one.due_at, failure=one.failure) for one in market.failures()],
    )


def list_requests(desk: Desk, request: v1.ListRequests) -> v1.Calls:
    """The latest calls, those made a moment ago included."""
    desk.journal.flush()
    with desk.market.read() as unit:
        found = latest_calls(
            unit,
            limit=request.limit or _LATEST,
            application_id=request.application_id,
            refused=bool(request.refused),
        )
    return v1.Calls(requests=[_call(call) for call in found])


def _call(call: Call) -> v1.Call:
    return v1.Call(
        at=call.at,
        request_id=call.request_id,
        method=call.method,
        path=call.path,
        operation=call.operation or None,
        api=call.api or None,
        scope=call.scope or None,
        application_id=call.application_id or None,
        seller_id=call.seller_id or None,
        status=call.status,
        code=call.code or None,
        reason=call.reason or None,
        milliseconds=round(call.milliseconds, 2),
    )
