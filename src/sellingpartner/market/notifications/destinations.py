"""Where applications have notifications delivered: SQS queues, EventBridge and, beyond Amazon, webhooks.

Whether a queue is there, and whether its policy lets the market in, is not asked when a destination is made: it takes
the network, and nobody may wait for that inside a transaction. The courier looks soon after, and the operator's view
says what it found.

Assumed: at Amazon, too, createDestination takes a queue that is not there or whose policy refuses; callers report
destinations and subscriptions that were made without a word, and whose queue stayed empty.
"""

from __future__ import annotations

import re
from base64 import b64encode
from secrets import token_bytes

from msgspec import structs
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.notifications_v1 import DestinationResourceSpecification
from sellingpartner.market.accounts import audit
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.notifications.addresses import queue_address, webhook_url
from sellingpartner.market.notifications.deliveries import give_up_waiting
from sellingpartner.market.notifications.lanes import close_lane, open_lane
from sellingpartner.market.notifications.model import Destination, Lane
from sellingpartner.market.notifications.refusals import DestinationInUse, DestinationTwice, NotUnderstood, Unknown
from sellingpartner.market.notifications.tables import deliveries, destinations, subscriptions
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.market.time.chance import chance, uuid_of
from sellingpartner.storage.unit import UnitOfWork

_ACCOUNT = re.compile(r"\d{12}")
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_LONGEST_NAME = 256
_SECRET_BYTES = 32


def create_destination(
    unit: UnitOfWork, application_id: str, name: str, wanted: DestinationResourceSpecification
) -> Destination:
    """Let an application have notifications delivered to a queue or an event bus."""
    _check_name(name)
    if (wanted.sqs is None) == (wanted.event_bridge is None):
        raise NotUnderstood(
            "Exactly one of resourceSpecification.sqs and resourceSpecification.eventBridge is required"
        )
    if wanted.sqs is not None:
        return _create(unit, application_id, name, DestinationKind.SQS, _arn(wanted.sqs.arn))
    assert wanted.event_bridge is not None  # noqa: S101 - one of them is there
    account, region = wanted.event_bridge.account_id, wanted.event_bridge.region
    if not _ACCOUNT.fullmatch(account):
        raise NotUnderstood(f"accountId {account!r} is not an AWS account: it has 12 digits")
    if not _REGION.fullmatch(region):
        raise NotUnderstood(f"region {region!r} is not an AWS region such as us-east-1")
    return _create(unit, application_id, name, DestinationKind.EVENT_BRIDGE, account, region=region)


def create_webhook(
    unit: UnitOfWork, application_id: str, name: str, url: str, *, by: Actor = THE_MARKET
) -> tuple[Destination, str]:
    """Let an application have notifications delivered to a URL; returns the secret that they are signed with."""
    application_by(unit, application_id=application_id)
    address = webhook_url(url)
    _check_name(name)
    secret = f"whsec_{b64encode(token_bytes(_SECRET_BYTES)).decode()}"
    made = _create(unit, application_id, name, DestinationKind.WEBHOOK, address, secret=secret)
    audit.note(unit, "webhook.registered", by, application_id=application_id, details={"webhook": address})
    return made, secret


def destination_of(unit: UnitOfWork, application_id: str, destination_id: str) -> Destination:
    """One destination of an application's; raises `Unknown`."""
    mine = destinations.c.application_id == application_id
    row = unit.execute(select(destinations).where(mine, destinations.c.destination_id == destination_id)).first()
    if row is None:
        raise Unknown(f"No destination with id '{destination_id}' for applicationId '{application_id}'")
    return _destination(row._mapping)


def destinations_of(unit: UnitOfWork, application_id: str | None = None) -> list[Destination]:
    """An application's destinations, or everybody's, by when they were made."""
    wanted = select(destinations).order_by(destinations.c.created_at, destinations.c.destination_id)
    if application_id is not None:
        wanted = wanted.where(destinations.c.application_id == application_id)
    return [_destination(row._mapping) for row in unit.execute(wanted)]


def delete_destination(unit: UnitOfWork, application_id: str, destination_id: str) -> None:
    """Take a destination away; raises `DestinationInUse`. What still waits for it is not sent."""
    destination_of(unit, application_id, destination_id)
    used = select(subscriptions.c.subscription_id).where(subscriptions.c.destination_id == destination_id).limit(1)
    if unit.execute(used).first() is not None:
        raise DestinationInUse
    unit.execute(destinations.delete().where(destinations.c.destination_id == destination_id))
    give_up_waiting(unit, deliveries.c.lane == destination_id, "Its destination was deleted before it was sent.")
    close_lane(unit, destination_id)


def _create(
    unit: UnitOfWork,
    application_id: str,
    name: str,
    kind: DestinationKind,
    address: str,
    *,
    region: str = "",
    secret: str = "",
) -> Destination:
    theirs = (destinations.c.application_id == application_id, destinations.c.kind == kind.value)
    taken = select(destinations.c.destination_id).where(*theirs, destinations.c.address == address)
    if unit.execute(taken).first() is not None:
        raise DestinationTwice(f"{_NAMED[kind]} {address}", application_id)
    luck = chance(unit, "destination", application_id, unit.next_number("destinations"))
    destination = Destination(
        destination_id=uuid_of(luck.getrandbits(128)),
        application_id=application_id,
        name=name,
        kind=kind,
        address=address,
        region=region,
        created_at=unit.now,
    )
    unit.execute(destinations.insert(), structs.asdict(destination) | {"kind": kind.value})
    lane = Lane(
        lane=destination.destination_id,
        application_id=application_id,
        kind=kind,
        address=address,
        region=region,
        secret=secret,
    )
    open_lane(unit, lane)
    return destination


def _check_name(name: str) -> None:
    # Assumed: a name may not be empty; that it has 256 characters at most is what answers say.
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise NotUnderstood(f"name must have 1 to {_LONGEST_NAME} characters")


def _arn(text: str) -> str:
    """The ARN of a queue; raises `NotUnderstood` for what is none, or is a FIFO queue's."""
    if text.startswith("http"):
        raise NotUnderstood(f"{text} is not the ARN of an SQS queue")
    try:
        queue_address(text)
    except InvalidInput as fault:
        raise NotUnderstood(fault.message) from None
    return text


def _destination(row: object) -> Destination:
    columns = dict(row)  # type: ignore[call-overload] # a row's mapping
    return Destination(**columns | {"kind": DestinationKind(columns["kind"])})


_NAMED = {DestinationKind.SQS: "arn", DestinationKind.EVENT_BRIDGE: "AWS account", DestinationKind.WEBHOOK: "URL"}
