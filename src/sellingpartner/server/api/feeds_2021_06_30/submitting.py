"""Feeds are handed in, and taken back."""

from __future__ import annotations

from sellingpartner.contract.feeds_2021_06_30 import CancelFeed, CreateFeed, CreateFeedResponse
from sellingpartner.contract.operation import NoContent
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.feeds.asking import check_submission
from sellingpartner.market.feeds.queue import cancel, submit
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork


@handles(CreateFeed)
def create_feed(unit: UnitOfWork, request: CreateFeed, caller: Caller, origin: Origin) -> CreateFeedResponse:
    """Have an uploaded document carried out in the background."""
    submission = check_submission(
        unit,
        request.feed_type,
        request.marketplace_ids,
        request.input_feed_document_id,
        request.feed_options or {},
        application_id=caller.application_id,
        origin=origin,
    )
    return CreateFeedResponse(feed_id=submit(unit, submission).feed_id)


@handles(CancelFeed)
def cancel_feed(unit: UnitOfWork, request: CancelFeed) -> NoContent:
    """Take a feed back that still waits."""
    cancel(unit, request.feed_id)
    return NoContent()
