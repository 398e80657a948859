"""Links: one to upload a feed by, one to what became of it."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feeds_2021_06_30 import (
    CompressionAlgorithm,
    CreateFeedDocument,
    CreateFeedDocumentResponse,
    FeedDocument,
    GetFeedDocument,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.documents.documents import Document, Purpose, await_document, document_if_kept, region_of
from sellingpartner.market.feeds.refusals import NoSuchFeedDocument
from sellingpartner.server.documents_out import download_link, upload_link
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.storage.unit import UnitOfWork

_LONGEST_TYPE = 200


@handles(CreateFeedDocument)
def create_feed_document(
    unit: UnitOfWork, request: CreateFeedDocument, caller: Caller, origin: Origin
) -> CreateFeedDocumentResponse:
    """Give a link under which a feed can be uploaded, as the content type that was said and as no other."""
    content_type = request.content_type
    if "/" not in content_type or len(content_type) > _LONGEST_TYPE or not content_type.isascii():
        raise InvalidInput(
            f"contentType is {content_type[:60]!r}; it must be a media type such as text/xml; charset=UTF-8."
        )
    entered = participations_of(unit, unit.seller_id)
    region = region_of(entered[0].marketplace_id) if entered else "na"
    document = await_document(unit, content_type, region=region)
    link = upload_link(unit, document, grant_id=caller.grant_id)
    return CreateFeedDocumentResponse(feed_document_id=document.document_id, url=origin + link)


@handles(GetFeedDocument)
def get_feed_document(unit: UnitOfWork, request: GetFeedDocument, caller: Caller, origin: Origin) -> FeedDocument:
    """Give a link under which a feed's result can be downloaded for a short time.

    Callers of Amazon were refused the document that they had uploaded; so it is here.
    """
    document = _result(unit, request.feed_document_id)
    link = download_link(
        unit, document, grant_id=caller.grant_id, tells_encoding=bool(request.enable_content_encoding_url_header)
    )
    return FeedDocument(
        feed_document_id=document.document_id,
        url=origin + link,
        compression_algorithm=CompressionAlgorithm(document.compression) if document.compression else None,
    )


def _result(unit: UnitOfWork, document_id: str) -> Document:
    document = document_if_kept(unit, document_id)
    if document is None or document.purpose is not Purpose.FEED_RESULT:
        raise NoSuchFeedDocument
    return document
