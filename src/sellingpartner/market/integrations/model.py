"""Notifications that an application shows to a seller, and the templates that they follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

_PARAMETER = re.compile(r"\{([A-Za-z][A-Za-z0-9_]{0,39})\}")


class Status(StrEnum):
    """Where a notification stands: shown, until it is done with, taken back or over."""

    SHOWN = "SHOWN"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a notification says, with its parameters in braces, and for how many days it is shown."""

    title: str
    body: str
    days: int = 14

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in the order in which they stand."""
        return tuple(dict.fromkeys(_PARAMETER.findall(f"{self.title} {self.body}")))

    def filled(self, given: Mapping[str, str]) -> tuple[str, str]:
        """Title and body with what was given for each parameter."""

        def put(text: str) -> str:
            return _PARAMETER.sub(lambda found: given.get(found[1], ""), text).strip()

        return put(self.title), put(self.body)


class AppNotification(msgspec.Struct, frozen=True, kw_only=True):
    """A notification as it is shown."""

    notification_id: str
    application_id: str
    template_id: str
    marketplace_id: str | None
    title: str
    body: str
    status: Status
    created_at: datetime
    ends_at: datetime
    changed_at: datetime
    reason: str | None
    """Why it was withdrawn, or what was said of the seller's doing."""
