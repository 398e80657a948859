"""The whole story of one call: who, with what right, what it brought about, and what came before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract import registry
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.needs import need_of_operation
from sellingpartner.market.accounts import questions as accounts
from sellingpartner.market.accounts.calls import Call, around, call_of
from sellingpartner.market.notifications import questions as notifications
from sellingpartner.market.notifications.model import Delivery
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.watching.advice import advice_on, entry_of
from sellingpartner.server.control.watching.deliveries import shown as shown_delivery
from sellingpartner.server.control.watching.requests import all_shown
from sellingpartner.storage.history import StoredFact, between
from sellingpartner.storage.unit import MARKET, UnitOfWork

_SECOND = timedelta(seconds=1)
_NEIGHBORS = 5
_MOST_SELLERS = 200
"""Whose facts are looked through for a call that was made for no seller, such as one of the control API."""
_SUBJECTS = frozenset({"order_id", "sku", "asin", "shipment_id", "document_id", "report_id", "feed_id"})
"""The fields by which a fact says what it is about; a message about it names the same."""


def get_request(desk: Desk, request: v1.GetRequest) -> v1.CallStory:
    """One call, with all that is known of it."""
    desk.journal.flush()
    with desk.market.read() as unit:
        one = call_of(unit, request.request_id)
        call = one.call
        (told,) = all_shown(unit, [one])
        since, until = _window(call, desk.market.clock.speed)
        facts = list(_facts(unit, call, since, until))
        return v1.CallStory(
            call=told,
            advice=advice_on(call),
            application=told.application,
            seller=_seller(unit, call),
            grant=_grant(unit, call),
            facts=[_fact(seller_id, fact) for seller_id, fact in facts],
            notifications=[shown_delivery(sent) for sent in _told(unit, facts, since, until)],
            neighbors=all_shown(unit, around(unit, one, _NEIGHBORS)) if call.application_id else [],
        )


def _window(call: Call, speed: float) -> tuple[datetime, datetime]:
    """From when to when of market time a call may have been at work."""
    lasted = (timedelta(milliseconds=call.milliseconds) + _SECOND) * max(1.0, speed)
    return call.at - lasted, call.at + lasted


def _facts(unit: UnitOfWork, call: Call, since: datetime, until: datetime) -> Iterator[tuple[str, StoredFact]]:
    if call.method == "GET":
        return
    sellers = (
        [call.seller_id]
        if call.seller_id
        else [MARKET, *(one.seller_id for one in accounts.all_sellers(unit)[:_MOST_SELLERS])]
    )
    for seller_id in sellers:
        for fact in between(unit, seller_id, since, until):
            if fact.cause == call.request_id:
                yield seller_id, fact


def _fact(seller_id: str, fact: StoredFact) -> v1.FactOfCall:
    values = msgspec.json.decode(fact.fact)
    return v1.FactOfCall(at=fact.happened_at, kind=fact.kind, seller_id=seller_id or None, values=values)


def _told(
    unit: UnitOfWork, facts: Sequence[tuple[str, StoredFact]], since: datetime, until: datetime
) -> Iterator[Delivery]:
    """The messages about what happened: written in its moments, and naming what it is about."""
    subjects: dict[str, set[str]] = {}
    for seller_id, fact in facts:
        values = msgspec.json.decode(fact.fact, type=dict)
        named = {str(values[name]) for name in _SUBJECTS & values.keys() if values[name]}
        subjects.setdefault(seller_id, set()).update(named)
    for seller_id, names in subjects.items():
        for delivery in notifications.written_between(unit, seller_id, since, until):
            if any(name in delivery.body for name in names):
                yield delivery


def _seller(unit: UnitOfWork, call: Call) -> str | None:
    if not call.seller_id:
        return None
    try:
        return accounts.seller_of(unit, call.seller_id).name
    except NotFound:
        return None


def _grant(unit: UnitOfWork, call: Call) -> v1.CallersGrant | None:
    entry = entry_of(call)
    if entry is None or not call.seller_id or not call.application_id:
        return None
    given = accounts.grants_of(unit, seller_id=call.seller_id, application_id=call.application_id)
    standing = [grant for grant in given if grant.stands(unit.now)]
    return v1.CallersGrant(
        stands=bool(standing),
        scopes=sorted({scope for grant in standing for scope in grant.scopes}),
        needed=list(need_of_operation(registry.load(entry).operation).scopes),
    )
