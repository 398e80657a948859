"""A content document, what its review said, and where it is shown."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.aplus_content_2020_11_01 import ContentDocument
from sellingpartner.market.content.lifecycle import ContentStatus


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is against a content document, or against showing it on an item."""

    code: str
    message: str
    details: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A content document as its seller last wrote it."""

    reference_key: str
    number: int
    """Which of the seller's documents it is, in the order in which they were begun."""
    marketplace_id: str
    status: ContentStatus
    document: ContentDocument
    reasons: tuple[Problem, ...]
    """What the last review said against it."""
    updated_at: datetime


class PublishRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A content document that buyers see on the page of an item, as it was when it was approved."""

    marketplace_id: str
    asin: str
    locale: str
    reference_key: str
    document: ContentDocument
    published_at: datetime
