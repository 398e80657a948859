"""REPORT_PROCESSING_FINISHED: a report is done, was cancelled, or cannot be made.

Assumed: whoever subscribed hears of every report of the seller, whichever application asked for it.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.notifications import report_processing_finished as wire
from sellingpartner.market.events.reports import ReportEnded
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on


@on(ReportEnded)
def tell_of_report(unit: UnitOfWork, fact: ReportEnded) -> None:
    """A report came to its end."""
    tell(unit, "REPORT_PROCESSING_FINISHED", partial(_content, unit.seller_id, fact))


def _content(seller_id: str, fact: ReportEnded) -> wire.ReportProcessingFinishedNotification:
    return wire.ReportProcessingFinishedNotification(
        seller_id=seller_id,
        account_id=f"amzn1.merchant.o.{seller_id}",
        report_id=fact.report_id,
        report_type=fact.report_type,
        processing_status=wire.ProcessingStatus(fact.status),
        report_document_id=fact.document_id,
    )
