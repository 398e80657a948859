"""What may be handed in: the feed's type, marketplaces and document, each checked before anything is queued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.documents.documents import NoSuchDocument, Purpose, Status, document_of
from sellingpartner.market.feeds.kinds import kind_of, why_not
from sellingpartner.market.feeds.model import Submission
from sellingpartner.market.feeds.refusals import DocumentRefused, FeedTypeRefused
from sellingpartner.storage.unit import UnitOfWork

_REMOVED = "Amazon has removed it; use JSON_LISTINGS_FEED or the Listings Items API for listings"


def check_type(name: str) -> None:
    """Raise `FeedTypeRefused` unless the market carries feeds of a type out.

    Assumed: a type that Amazon has removed is refused as one that never was. From July 2025 until its removal in
    December such feeds were taken, and ended FATAL.
    """
    known = FEED_TYPES.get(name)
    if known is None:
        raise FeedTypeRefused(name, "there is no such type.")
    if known.is_removed:
        raise FeedTypeRefused(name, f"{_REMOVED}.")
    if kind_of(name) is None:
        raise FeedTypeRefused(name, f"this market does not carry it out: {why_not(name)}.")


def check_submission(
    unit: UnitOfWork,
    name: str,
    marketplace_ids: Sequence[str],
    input_document_id: str,
    options: Mapping[str, str],
    *,
    application_id: str,
    origin: str = "",
) -> Submission:
    """A feed that a seller hands in; raises what is wrong with it.

    Assumed: feedOptions that a type does not know are ignored.
    """
    check_type(name)
    check_marketplaces(unit, unit.seller_id, marketplace_ids)
    _check_document(unit, input_document_id)
    return Submission(
        feed_type=name,
        marketplace_ids=tuple(dict.fromkeys(marketplace_ids)),
        options=dict(options),
        input_document_id=input_document_id,
        application_id=application_id,
        origin=origin,
    )


def _check_document(unit: UnitOfWork, document_id: str) -> None:
    """Raise `DocumentRefused` unless a document was uploaded and serves no feed yet.

    Assumed: a document serves one feed, and one that nothing was uploaded to serves none.
    """
    try:
        document = document_of(unit, document_id)
    except NoSuchDocument:
        document = None
    if document is None or document.purpose is not Purpose.FEED:
        raise DocumentRefused(document_id, "is none of createFeedDocument, or it is over.")
    if document.status is Status.AWAITED:
        raise DocumentRefused(document_id, "is empty: upload the feed to its URL first.")
    if document.status is Status.TAKEN:
        raise DocumentRefused(document_id, "serves another feed; each feed takes a document of its own.")
