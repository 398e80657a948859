"""Finds what a notification holds by its type and version, and loads that type's module only then."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.index import TYPES

ALIASES = {"LISTINGS_ITEM_STATUS_CHANGED": "LISTINGS_ITEM_STATUS_CHANGE"}
"""Types that Amazon's schemas spell in another way than subscriptions and examples do."""


class Entry(NamedTuple):
    """Where one version of a notification type is declared, and how it travels."""

    notification_type: str
    payload_version: str
    notification_version: str
    envelope: str
    """How the envelope's keys are written: `pascal` or `camel`."""
    wrapper: str
    """The payload's only key, with the content below it; empty where the payload is the content."""
    module: str
    class_name: str


@cache
def entries() -> tuple[Entry, ...]:
    """Every version of every type, of a type the newest last."""
    return tuple(Entry(*row) for row in TYPES)


@cache
def find(notification_type: str, payload_version: str = "") -> Entry | None:
    """The entry of this version, or of the type's newest if there is no such version; None for another type."""
    wanted = ALIASES.get(notification_type, notification_type)
    versions = [entry for entry in entries() if entry.notification_type == wanted]
    exact = [entry for entry in versions if entry.payload_version == payload_version]
    return next(reversed(exact or versions), None)


@cache
def load(entry: Entry) -> type[Message]:
    """The class of a notification's content; imports its module."""
    found: type[Message] = getattr(import_module(f"{__package__}.{entry.module}"), entry.class_name)
    return found
