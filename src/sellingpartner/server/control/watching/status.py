"""How the market stands."""

from __future__ import annotations

from importlib.metadata import version

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import questions as accounts
from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.listings.questions import count_of_skus
from sellingpartner.market.orders.questions import counts_by_status
from sellingpartner.market.time.works import failed_works, works_waiting
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.running.clock import clock_of


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
            works=works_waiting(unit),
            documents=[
                v1.DocumentsKept(purpose=one.purpose, count=one.count, bytes=one.size, oldest_at=one.oldest)
                for one in documents_kept(unit)
            ],
        )
        failed = [
            v1.DueFailure(kind=f"{one.kind} {one.subject}".strip(), due_at=one.begins_at, failure=one.failure)
            for one in failed_works(unit)
        ]
    return v1.MarketStatus(
        version=version("sellingpartner"),
        clock=clock_of(market),
        seed=market.seed,
        limits=v1.Limits(desk.limits.value),
        demo_world=desk.has_demo_world,
        counts=counts,
        health=desk.health.report(),
        failures=[
            *(v1.DueFailure(kind=one.kind, due_at=one.due_at, failure=one.failure) for one in market.failures()),
            *failed,
        ],
    )
