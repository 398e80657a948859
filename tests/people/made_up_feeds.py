"""Kinds of feeds that no family carries out, for what holds of every kind: each does what a test wants of it."""

from __future__ import annotations

import os
import signal
from typing import Any

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.market.feeds.families.listings import messages
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Severity, feed
from sellingpartner.storage.unit import UnitOfWork

COUNTED = "POST_ENHANCED_CONTENT_DATA"
BROKEN = "POST_SHIPPING_OVERRIDE_DATA"
DIES_AT = "DIE_AT_MESSAGE"

attempts: list[str] = []


def _told(error: SellingPartnerError, _: Any) -> Finding:  # noqa: ANN401 - whatever a reader gives
    return Finding(code=error.code, text=error.message)


@feed(COUNTED, read=messages, tell=_told, form=Form.JSON)
def count(unit: UnitOfWork, _: FeedFile, body: Any) -> list[Finding]:  # noqa: ANN401 - a message of listings
    """Count a message; where the environment says so, its process dies in the middle of it. Each 100th is refused."""
    number = body.said.message_id
    unit.next_number("carried out")
    if str(number) == os.environ.get(DIES_AT):
        os.kill(os.getpid(), signal.SIGKILL)
    if not number % 100:
        message = "A hundredth is none."
        raise InvalidInput(message)
    if number % 100 == 1:
        return [Finding(code="1", text="The first of a hundred.", severity=Severity.WARNING)]
    return []


@feed(BROKEN, read=messages, tell=_told, form=Form.JSON)
def break_down(unit: UnitOfWork, file: FeedFile, body: Any) -> None:  # noqa: ANN401 - a message of listings
    """Count a message; the 60th is a defect."""
    attempts.append(file.feed_id)
    unit.next_number("carried out")
    if body.said.message_id == 60:
        raise ZeroDivisionError
