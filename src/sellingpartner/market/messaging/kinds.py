"""The kinds of messages and when each may be sent. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.orders.model import Order

MOST_ATTACHMENTS = 5


class Attachments(StrEnum):
    """Whether files go with a message."""

    NONE = "none"
    SOME = "some"
    NEEDED = "needed"


class Trait(StrEnum):
    """What an order must be for some kinds."""

    CUSTOMIZED = "customized"
    SERVICE = "service"
    DIGITAL = "digital"


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of message, as `kinds.toml` has it."""

    title: str
    attachments: Attachments
    statuses: tuple[str, ...]
    channels: tuple[str, ...]
    text: int | None = None
    until: int | None = None
    marketplaces: tuple[str, ...] | None = None
    only: Trait | None = None


@cache
def kinds() -> dict[str, Kind]:
    """Every kind, by Amazon's name of it."""
    text = (files("sellingpartner.market.messaging") / "kinds.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, Kind])


def arrived_at(order: Order) -> datetime | None:
    """When the last package of an order that has left whole reached the buyer; None as long as any is on its way."""
    moments = [package.delivered_at for package in order.packages]
    if not moments or order.quantity_unshipped or None in moments:
        return None
    return max(moment for moment in moments if moment is not None)


def is_allowed(kind: Kind, order: Order, traits: Collection[Trait], now: datetime) -> bool:
    """Whether a message may be sent about an order at a moment."""
    country = MARKETPLACES[order.marketplace_id].country_code
    if order.status.value not in kind.statuses or order.channel.value not in kind.channels:
        return False
    if kind.marketplaces is not None and country not in kind.marketplaces:
        return False
    if kind.only is not None and kind.only not in traits:
        return False
    arrived = arrived_at(order)
    return kind.until is None or arrived is None or now < arrived + timedelta(days=kind.until)


def form_of(name: str) -> dict[str, Any]:
    """The JSON Schema of what is sent for a kind, which the list of allowed messages carries."""
    kind = kinds()[name]
    said: dict[str, Any] = {}
    required = []
    if kind.text is not None:
        said["text"] = {"type": "string", "minLength": 1, "maxLength": kind.text}
    if kind.text is not None and kind.attachments is Attachments.NONE:
        required.append("text")
    if kind.attachments is not Attachments.NONE:
        fewest = 1 if kind.attachments is Attachments.NEEDED else 0
        said["attachments"] = {"type": "array", "minItems": fewest, "maxItems": MOST_ATTACHMENTS, "items": _FILE}
    if kind.attachments is Attachments.NEEDED:
        required.append("attachments")
    if name == "warranty":
        said |= {edge: {"type": "string", "format": "date-time"} for edge in ("coverageStartDate", "coverageEndDate")}
    form = {"$schema": "http://json-schema.org/draft-04/schema", "title": kind.title, "type": "object"}
    return form | {"properties": said} | ({"required": required} if required else {})


_FILE = {
    "type": "object",
    "properties": {"uploadDestinationId": {"type": "string"}, "fileName": {"type": "string"}},
    "required": ["uploadDestinationId", "fileName"],
}
