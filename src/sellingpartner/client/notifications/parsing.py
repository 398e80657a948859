"""Reads a notification. Only what is none raises: Amazon adds types, fields and values whenever it likes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from sellingpartner.client._answers.drift import Surprise
from sellingpartner.client._answers.lenient import Note, has_naive_time, value
from sellingpartner.client.notifications._envelope import Parts, notification_in, parts_of
from sellingpartner.client.notifications._spelling import spelling_of
from sellingpartner.client.notifications.notification import Notification, NotificationMetadata, UnknownNotification
from sellingpartner.contract.errors import CallFailed
from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.registry import Entry, find, load

_NOTHING = msgspec.Raw(b"null")
_EMPTY = msgspec.Raw(b"{}")


class NotificationUnreadable(CallFailed):
    """What was delivered is no notification: no JSON, or JSON without a notification type."""

    code = "NotificationUnreadable"


def parse(body: bytes | str) -> Notification[Any]:
    """Read a delivered body: a notification as it is, or as SNS or EventBridge wrapped it.

    The payload is of its type's class, or plain JSON in an `UnknownNotification`. What the type's class does not
    expect raises nothing: unknown fields are left out, new enumeration values kept, and a payload that breaks the
    contract is read as well as it can be, with each surprise noted.
    """
    try:
        parts = notification_in(body)
        if parts is not None:
            return _notification(parts)
    except (msgspec.DecodeError, UnicodeError) as reason:
        raise NotificationUnreadable(f"The body is no JSON object: {reason}") from None
    except (RecursionError, ValueError) as reason:  # nesting without end, or a number without end
        raise NotificationUnreadable(f"The body is JSON that nobody can read: {reason}") from None
    raise NotificationUnreadable("The body is JSON without a NotificationType, at the top and in what is wrapped.")


def _notification(parts: Parts) -> Notification[Any]:
    notification_type = _text(parts, "notificationtype")
    surprises: list[Surprise] = []

    def note(field: str, what: str) -> None:
        surprises.append(Surprise(notification_type, field, what))

    version = _text(parts, "payloadversion")
    payload = parts.get("payload", _NOTHING)
    content = _content(find(notification_type, version), payload, note)
    kind = Notification if content is not None else UnknownNotification
    return kind(
        notification_type=notification_type,
        notification_version=_text(parts, "notificationversion"),
        payload_version=version,
        event_time=_instant(parts, "eventtime", note),
        metadata=_metadata(parts, note),
        payload=content if content is not None else msgspec.json.decode(payload),
        surprises=tuple(surprises),
    )


def _content(entry: Entry | None, payload: msgspec.Raw, note: Note) -> Message | None:
    """The payload as its type's class; None if there is no such class, or nothing that it could be read from."""
    if entry is None:
        return None
    kind = load(entry)
    try:
        return _read(kind, bytes(_inside(payload, entry.wrapper)), note)
    except msgspec.DecodeError as reason:
        note("payload", str(reason))
        return None


def _inside(payload: msgspec.Raw, wrapper: str) -> msgspec.Raw:
    """The content below the payload's key; the payload itself where the key is missing."""
    return parts_of(payload).get(wrapper.lower(), payload) if wrapper else payload


def _read(kind: type[Message], content: bytes, note: Note) -> Message:
    """At once if it is as the contract says, otherwise field by field."""
    spelling = spelling_of(kind)
    if not spelling.is_other(content):
        try:
            found = msgspec.json.decode(content, type=kind)
        except msgspec.ValidationError:
            found = None
        if found is not None and not has_naive_time(kind, found):
            return found
    rewritten = spelling.rewritten(content)
    if not isinstance(rewritten, dict):
        message = "no object"
        raise msgspec.ValidationError(message)
    built: Message = value(kind, rewritten, "", note)
    return built


def _metadata(parts: Parts, note: Note) -> NotificationMetadata:
    try:
        found = parts_of(parts.get("notificationmetadata", _EMPTY))
    except msgspec.DecodeError as reason:
        note("notificationMetadata", str(reason))
        found = {}
    return NotificationMetadata(
        application_id=_text(found, "applicationid"),
        subscription_id=_text(found, "subscriptionid"),
        notification_id=_text(found, "notificationid"),
        publish_time=_instant(found, "publishtime", note),
    )


def _text(parts: Parts, key: str) -> str:
    value = msgspec.json.decode(parts.get(key, _NOTHING))
    return "" if value is None else str(value)


def _instant(parts: Parts, key: str, note: Note) -> datetime | None:
    text = _text(parts, key)
    try:
        instant = msgspec.convert(text, datetime) if text else None
    except msgspec.ValidationError:
        note(key, "text that is no datetime")
        return None
    return instant.replace(tzinfo=UTC) if instant is not None and instant.tzinfo is None else instant
