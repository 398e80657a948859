"""DATA_KIOSK_QUERY_PROCESSING_FINISHED: a query was run, was cancelled, or cannot be run.

Assumed: whoever subscribed hears of every query of the seller, whichever application asked it.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.notifications import data_kiosk_query_processing_finished as wire
from sellingpartner.market.events.data_kiosk import QueryEnded
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on


@on(QueryEnded)
def tell_of_query(unit: UnitOfWork, fact: QueryEnded) -> None:
    """A query came to its end."""
    tell(unit, "DATA_KIOSK_QUERY_PROCESSING_FINISHED", partial(_content, unit.seller_id, fact))


def _content(seller_id: str, fact: QueryEnded) -> wire.DataKioskQueryProcessingFinishedNotification:
    return wire.DataKioskQueryProcessingFinishedNotification(
        account_id=f"amzn1.merchant.o.{seller_id}",
        query_id=fact.query_id,
        query=fact.query,
        processing_status=wire.ProcessingStatus(fact.status),
        data_document_id=fact.data_document_id,
        error_document_id=fact.error_document_id,
        pagination=None if fact.next_page is None else wire.Pagination(next_token=fact.next_page),
    )
