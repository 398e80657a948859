"""What a caller may say about a call, besides what the operation itself takes."""

from __future__ import annotations

from typing import TypedDict

import msgspec

PERSONAL_DATA = ("buyerInfo", "shippingAddress", "buyerTaxInformation")
"""Every element of personal data that operations have; each operation takes those that it knows."""

LARGEST_DOCUMENT = 10 * 2**30
"""Bytes of a document that are laid on disk, unless the caller says otherwise."""


class OptionFields(TypedDict, total=False):
    """The same, by keyword."""

    personal_data: tuple[str, ...]
    timeout: float
    deadline: float | None
    retries: int
    priority: int
    idempotent: bool | None
    max_answer_bytes: int
    max_document_bytes: int


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How calls are made; each is a view's own (`client.with_options(...)`)."""

    personal_data: tuple[str, ...] = ()
    """The personal data to ask for where an operation has it: buyerInfo, shippingAddress, buyerTaxInformation."""
    timeout: float = 60.0
    """Seconds that one attempt may take to connect, to send, and between two pieces of its answer."""
    deadline: float | None = None
    """Seconds that a call may take with all its waits; None for as long as it takes."""
    retries: int = 4
    """How many times a call may be repeated after a failure that may pass."""
    priority: int = 0
    """Calls of a higher one go first where calls wait for their turn."""
    idempotent: bool | None = None
    """Whether these calls may be sent again after they may have arrived; None leaves it to the operation."""
    max_answer_bytes: int = 100 * 2**20
    """Bytes of an answer, unpacked, that are taken in; a larger one raises `AnswerTooLarge`."""
    max_document_bytes: int = LARGEST_DOCUMENT
    """Bytes of a document, unpacked, that are laid on disk; a larger one raises `AnswerTooLarge`."""
