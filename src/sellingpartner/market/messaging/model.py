"""What was said about an order, by whom."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

SOLICITATION = "productReviewAndSellerFeedback"


class Sender(StrEnum):
    """Who writes."""

    SELLER = "SELLER"
    BUYER = "BUYER"
    AMAZON = "AMAZON"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a message, under the name by which the buyer sees it."""

    upload_destination_id: str
    file_name: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message before it is sent."""

    kind: str
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    coverage_start: datetime | None = None
    coverage_end: datetime | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it was sent."""

    message_id: int
    order_id: str
    marketplace_id: str
    sender: Sender
    sent_at: datetime
    said: Draft
