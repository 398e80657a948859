"""Somebody who reads out of the market what an application is told, without a queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, NotFound
from sellingpartner.contract.notifications_v1 import EventFilter, ProcessingDirective
from sellingpartner.market.accounts import questions as accounts
from sellingpartner.market.accounts.model import Application
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.addresses import LISTENER
from sellingpartner.market.notifications.model import Destination, Subscription
from sellingpartner.market.notifications.types import Subscribable
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.watching.deliveries import shown_subscription
from sellingpartner.storage.unit import UnitOfWork

_NAME = "spapi listen"


def subscribe_listener(desk: Desk, request: v1.SubscribeListener) -> v1.NotificationSubscriptions:
    """Have what an application is told about a seller written, and sent nowhere."""
    kinds = _kinds(request.notification_types)
    with desk.market.read() as unit:
        application = _application(unit, request.application_id)
        seller_id = _seller(unit, request.seller_id)
    with desk.market.write(seller_id) as unit:
        destination = _destination(unit, application.application_id, desk)
        made = list(_subscribed(unit, application.application_id, destination, kinds))
    return v1.NotificationSubscriptions(subscriptions=[shown_subscription(one) for one in made])


def _kinds(wanted: Sequence[str] | None) -> dict[str, Subscribable]:
    known = questions.subscribable_types()
    if wanted is None:
        return {name: kind for name, kind in known.items() if kind.sent_when}
    for name in wanted:
        if name not in known:
            message = f"Nobody can be told of {name[:80]!r}; there are {', '.join(sorted(known))}."
            raise InvalidArgument(message)
    return {name: known[name] for name in wanted}


def _application(unit: UnitOfWork, application_id: str | None) -> Application:
    if application_id is not None:
        return accounts.application_by(unit, application_id=application_id)
    found = accounts.all_applications(unit)
    if not found:
        message = "There is no application yet; `spapi application create` registers one."
        raise NotFound(message)
    return found[0]


def _seller(unit: UnitOfWork, seller_id: str | None) -> str:
    if seller_id is not None:
        return accounts.seller_of(unit, seller_id).seller_id
    found = accounts.all_sellers(unit)
    if not found:
        message = "There is no seller yet; `spapi seller create` lets one join."
        raise NotFound(message)
    return found[0].seller_id


def _destination(unit: UnitOfWork, application_id: str, desk: Desk) -> Destination:
    for known in questions.destinations_of(unit, application_id):
        if known.address == LISTENER:
            return known
    made, _ = commands.create_webhook(unit, application_id, _NAME, LISTENER, by=desk.by)
    return made


def _subscribed(
    unit: UnitOfWork, application_id: str, destination: Destination, kinds: dict[str, Subscribable]
) -> Iterator[Subscription]:
    """A subscription of each type; one that is there, wherever it leads, is written anyway."""
    for name, kind in kinds.items():
        version = kind.versions[-1]
        there = questions.subscriptions_by_type(unit, application_id, name, version)
        if there:
            yield there[0]
            continue
        directive = None
        if kind.needs_filter:
            directive = ProcessingDirective(event_filter=EventFilter(event_filter_type=name))  # type: ignore[arg-type] # named like its type
        wanted = commands.Wanted(
            notification_type=name,
            payload_version=version,
            destination_id=destination.destination_id,
            directive=directive,
        )
        yield commands.subscribe(unit, application_id, wanted)
