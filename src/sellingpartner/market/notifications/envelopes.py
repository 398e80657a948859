"""Notifications as they travel: the envelope that Amazon puts around what is told, and the content of each in it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.registry import Entry, find
from sellingpartner.market.time.chance import chance, uuid_of
from sellingpartner.storage.unit import UnitOfWork

_encoder = msgspec.json.Encoder(decimal_format="number")
_ENVELOPE = (
    "notificationVersion",
    "notificationType",
    "payloadVersion",
    "eventTime",
    "payload",
    "notificationMetadata",
)
_METADATA = ("applicationId", "subscriptionId", "publishTime", "notificationId")


class Posted(msgspec.Struct, frozen=True):
    """A message and the id by which its receiver knows it again."""

    notification_id: str
    body: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a message tells of, and to whom."""

    notification_type: str
    payload_version: str = ""
    """The latest, unless said."""
    application_id: str
    subscription_id: str


def posted(unit: UnitOfWork, about: About, content: Message | dict[str, str]) -> Posted:
    """A message: content in its type's envelope, with an id of its own."""
    form = find(about.notification_type, about.payload_version)
    if form is None:
        raise LookupError(f"The contract knows no notification {about.notification_type}.")
    luck = chance(unit, "notification", unit.next_number("notifications"))
    notification_id = uuid_of(luck.getrandbits(128))
    told_at = in_milliseconds(unit.now)
    metadata = _named(form, _METADATA, about.application_id, about.subscription_id, told_at, notification_id)
    payload: object = {form.wrapper: content} if form.wrapper else content
    body = _named(
        form,
        _ENVELOPE,
        form.notification_version,
        about.notification_type,
        form.payload_version,
        told_at,
        payload,
        metadata,
    )
    return Posted(notification_id, on_the_wire(body).decode())


def on_the_wire(content: Message | dict[str, object]) -> bytes:
    """JSON as it is sent, with amounts as numbers."""
    return _encoder.encode(content)


def in_milliseconds(instant: datetime) -> str:
    """An instant as Amazon writes it there: `2024-01-10T22:09:17.456Z`."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03d}Z"


def _named(form: Entry, names: tuple[str, ...], *values: object) -> dict[str, object]:
    """Values under names that are written as the type's are: `PayloadVersion` or `payloadVersion`."""
    is_pascal = form.envelope == "pascal"
    return {
        (name[0].upper() + name[1:] if is_pascal else name): value for name, value in zip(names, values, strict=True)
    }
