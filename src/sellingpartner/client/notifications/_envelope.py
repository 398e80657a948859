"""Finds the notification in what was delivered, and its parts, however the keys are written.

A queue may hold the notification itself, Amazon SNS's envelope around it (`Message` is its text) or Amazon
EventBridge's (`detail` is the notification). Which types write their keys as `NotificationType` and which as
`notificationType` is not to be relied upon, so that keys are compared without their case.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

_DEPTH = 4
"""SNS may wrap what EventBridge wrapped, and either may send its part as a text."""

_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_text = msgspec.json.Decoder(str)

Parts = Mapping[str, msgspec.Raw]
"""An object's values, not yet read, by keys in lower case."""


def notification_in(body: bytes | str) -> Parts | None:
    """The parts of the notification in a delivered body; None if there is none. Raises for what is no JSON."""
    inner: bytes | str | msgspec.Raw = body
    for _ in range(_DEPTH):
        parts = parts_of(inner)
        if "notificationtype" in parts:
            return parts
        wrapped = parts.get("detail", parts.get("message"))
        if wrapped is None:
            return None
        inner = wrapped
    return None


def parts_of(text: bytes | str | msgspec.Raw) -> Parts:
    """The parts of an object; a text that holds an object counts as one."""
    if isinstance(text, str):
        text = text.encode()
    if bytes(text).lstrip()[:1] == b'"':
        text = _text.decode(text).encode()
    return {key.lower(): value for key, value in _object.decode(text).items()}
