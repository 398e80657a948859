"""The developer's page of notifications: where an application is told, of what, and what became of each message."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery, Lane, State
from sellingpartner.server.console.developer import application_in, developer_in, place_of
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_SHOWN = 50
_NUMBER_DIGITS = 15
_STATES = {State.WAITING: "On its way", State.SENT: "Arrived", State.KEPT: "Kept here", State.DEAD: "Given up"}
_KINDS = {"AWS_SQS": "SQS queue", "AWS_EVENT_BRIDGE": "EventBridge", "WEBHOOK": "Webhook"}
_NOTICES = {"again": "It is sent again at once."}


class Place(msgspec.Struct, frozen=True):
    """A destination, as the page shows it."""

    name: str
    kind: str
    lane: Lane


def show(visit: Visit) -> HttpAnswer:
    """What one application was told, and what waits."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
        state = _state(visit.query.one("state"))
        application_id = application.application_id
        return visit.page(
            "notifications.html",
            here=f"{place_of(application)}/notifications",
            application=application,
            back_to=place_of(application),
            places_told=_places(unit, application_id),
            subscriptions=questions.all_subscriptions(unit, application_id),
            deliveries=questions.all_deliveries(unit, application_id=application_id, state=state, limit=_SHOWN),
            state=state,
            states=_STATES,
            may_be_tried=_may_be_tried,
            notice=_NOTICES.get(visit.query.one("done"), ""),
        )


def retry(visit: Visit) -> HttpAnswer:
    """Have a message sent again."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
        number = visit.form.one("delivery")
        is_number = number.isascii() and number.isdigit() and len(number) <= _NUMBER_DIGITS
        delivery = questions.delivery_of(unit, int(number)) if is_number else None
        if delivery is None or delivery.application_id != application.application_id:
            raise NotFound("This application has no such message.")
        commands.retry(unit, delivery.delivery_id)
    return redirect(f"{place_of(application)}/notifications?done=again")


def _places(unit: UnitOfWork, application_id: str) -> list[Place]:
    names = {one.destination_id: one.name for one in questions.destinations_of(unit, application_id)}
    return [
        Place(names.get(lane.lane, "Its own queue, for its secrets"), _KINDS[lane.kind.value], lane)
        for lane in questions.lanes_of(unit, application_id)
    ]


def _state(text: str) -> State | None:
    return next((state for state in _STATES if state.value == text.upper()), None)


def _may_be_tried(delivery: Delivery) -> bool:
    """Whether there is anything to send, and it has not arrived."""
    return bool(delivery.body) and delivery.state is not State.SENT
