"""`spapi notifications`."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import msgspec
from cyclopts import App, Parameter

from sellingpartner.cli.asked.completing import notification_type_words
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line
from sellingpartner.cli.shown.writing import Data
from sellingpartner.contract.market_v1 import (
    CreateWebhook,
    Delivery,
    DeliveryState,
    Disturbance,
    GetDelivery,
    GetDisturbance,
    ListDeliveries,
    ListDestinations,
    ListSubscriptions,
    RetryDelivery,
    SetDisturbance,
)
from sellingpartner.contract.notifications_v1 import ProcessingDirective

app = App(name="notifications", help="What was delivered where, and why not; who is told what.")
_DELIVERY = ("No.", "Created", "Type", "To", "State", "Attempts", "Sent", "Why not")
_DESTINATION = ("Destination", "Kind", "To", "Last arrived", "Failures", "Next try", "Why not")
_SUBSCRIPTION = ("Type", "Version", "Seller", "Destination", "Active", "Filter", "Subscription")

Csv = Annotated[bool, FLAG]


@app.command(name="list")
def list_deliveries(
    *,
    state: Literal["waiting", "sent", "kept", "dead"] | None = None,
    type: Annotated[str | None, Parameter(completer=notification_type_words)] = None,  # noqa: A002 - the option's name
    application: str | None = None,
    before: int | None = None,
    limit: int = 100,
    csv: Csv = False,
    to: Connection | None = None,
) -> None:
    """List what was delivered where, the newest first.

    Args:
        state: Only messages that stand like this.
        type: Only messages of this notification type.
        application: Only messages to this application, by its id.
        before: Only messages before this number.
        limit: How many at most, up to 1,000.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    asked = ListDeliveries(
        application_id=application,
        notification_type=type,
        state=None if state is None else DeliveryState(state.upper()),
        before=before,
        limit=limit,
    )
    answer = to.send(asked)
    rows = [
        (
            *(one.delivery_id, one.created_at, one.notification_type, one.to, one.state.value.lower()),
            *(one.attempts, one.sent_at, one.failure),
        )
        for one in answer.deliveries
    ]
    Printed(to, csv=csv).show(answer, _DELIVERY, rows, empty="Nothing of this was written yet.")


@app.command
def show(number: int, *, to: Connection | None = None) -> None:
    """Show a message with what it holds; a client secret is not shown.

    Args:
        number: The message's number.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(GetDelivery(delivery_id=number)))


@app.command
def retry(number: int, *, to: Connection | None = None) -> None:
    """Have a message sent again at once: one that waits, one that is dead, or one that has arrived.

    Args:
        number: The message's number.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(RetryDelivery(delivery_id=number)))


@app.command
def subscriptions(*, application: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List who is told what about whom.

    Args:
        application: Only those of this application, by its id.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListSubscriptions(application_id=application))
    rows = [
        (
            *(one.notification_type, one.payload_version, one.seller_id, one.destination_id),
            *("yes" if one.is_active else "no", _filter(one.processing_directive), one.subscription_id),
        )
        for one in answer.subscriptions
    ]
    Printed(to, csv=csv).show(answer, _SUBSCRIPTION, rows, empty="Nobody has subscribed.")


def _filter(directive: ProcessingDirective | None) -> str:
    """What a subscription lets through, in its own words; nothing where that is everything."""
    if directive is None or directive.event_filter is None:
        return "" if directive is None else directive.filter_expression or ""
    said: dict[str, object] = msgspec.json.decode(msgspec.json.encode(directive.event_filter))
    said.pop("eventFilterType", None)
    return msgspec.json.encode(said).decode() if any(said.values()) else ""


@app.command
def destinations(*, application: str | None = None, csv: Csv = False, to: Connection | None = None) -> None:
    """List where messages go, and what is wrong there.

    Args:
        application: Only those of this application, by its id.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListDestinations(application_id=application))
    rows = [
        (one.destination_id, one.kind.value, one.to, one.arrived_at, one.failures or None, one.next_at, one.failure)
        for one in answer.destinations
    ]
    Printed(to, csv=csv).show(answer, _DESTINATION, rows, empty="There is no destination.")


@app.command
def webhook(application: str, url: str, *, name: str | None = None, to: Connection | None = None) -> None:
    """Let an application be told at a URL; the secret that messages are signed with is shown this once.

    Args:
        application: The application's id.
        url: Where messages are to be posted.
        name: What the destination is called; the URL unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(CreateWebhook(application_id=application, url=url, name=name))
    if to.json:
        print_json(answer)
        return
    print_facts([("Destination", answer.destination_id), ("URL", answer.url), ("Secret", answer.secret)])


@app.command
def disturb(
    *,
    duplicates: int | None = None,
    shuffle: Annotated[bool | None, Parameter(show_default=False)] = None,
    to: Connection | None = None,
) -> None:
    """Have messages come twice or in another order, as they may at Amazon; without options, show how they do.

    Args:
        duplicates: How many of a hundred are sent twice; 0 for none.
        shuffle: Whether those that leave together leave in another order.
        to: Which market.
    """
    to = to or Connection()
    now: Disturbance = to.send(GetDisturbance())
    if duplicates is not None or shuffle is not None:
        percent = now.duplicate_percent if duplicates is None else duplicates
        is_shuffled = now.is_shuffled if shuffle is None else shuffle
        now = to.send(SetDisturbance(duplicate_percent=percent, is_shuffled=is_shuffled))
    if to.json:
        print_json(now)
    else:
        order = "in another order" if now.is_shuffled else "in order"
        print_line(f"{now.duplicate_percent} of 100 messages are sent twice; they leave {order}.")


def _show(to: Connection, one: Delivery) -> None:
    if to.json:
        print_json(one)
        return
    print_facts(
        [
            ("Message", one.delivery_id),
            ("Type", one.notification_type),
            ("Notification id", one.notification_id),
            ("About", one.seller_id),
            ("To", one.to),
            ("Application", one.application_id),
            ("State", one.state.value.lower()),
            ("Created", one.created_at),
            ("Attempts", one.attempts),
            ("Next try", one.next_at),
            ("Sent", one.sent_at),
            ("Why not", one.failure),
        ]
    )
    if one.body:
        Data().write(json.dumps(json.loads(one.body), indent=2) + "\n")
