"""FEED_PROCESSING_FINISHED: a feed was carried out, was cancelled, or cannot be carried out.

Assumed: whoever subscribed hears of every feed of the seller, whichever application handed it in.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.notifications import feed_processing_finished as wire
from sellingpartner.market.events.feeds import FeedEnded
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on


@on(FeedEnded)
def tell_of_feed(unit: UnitOfWork, fact: FeedEnded) -> None:
    """A feed came to its end."""
    tell(unit, "FEED_PROCESSING_FINISHED", partial(_content, unit.seller_id, fact))


def _content(seller_id: str, fact: FeedEnded) -> wire.FeedProcessingFinishedNotification:
    return wire.FeedProcessingFinishedNotification(
        seller_id=seller_id,
        account_id=f"amzn1.merchant.o.{seller_id}",
        feed_id=fact.feed_id,
        feed_type=fact.feed_type,
        processing_status=wire.ProcessingStatus(fact.status),
        result_feed_document_id=fact.document_id,
    )
