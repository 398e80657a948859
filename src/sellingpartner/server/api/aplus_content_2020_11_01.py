"""A+ Content, 2020-11-01: what brands show below the description of their items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from sellingpartner.contract import aplus_content_2020_11_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.content.commands import create, relate, submit, suspend, write
from sellingpartner.market.content.model import Content, Problem
from sellingpartner.market.content.questions import (
    asins_of_content,
    asins_showing,
    content_of,
    contents_of,
    published_on,
)
from sellingpartner.market.content.validating import badge_of, problems_of, problems_with
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE, _ASIN_PAGE = 20, 50
_NOT_VALID = "pageToken is not valid; pass the one that the page before returned, unaltered, with the same arguments."
_PURPOSE = b"aplus "
_numbers = msgspec.json.Decoder(tuple[str, int])
_asins = msgspec.json.Decoder(tuple[str, str])

After = TypeVar("After", int, str)


@handles(api.SearchContentDocuments)
def search_content_documents(
    unit: UnitOfWork, request: api.SearchContentDocuments
) -> api.SearchContentDocumentsResponse:
    """List the seller's documents.

    Assumed: searchContentDocuments lists twenty at a time, those that were begun last first.
    """
    marketplace_id = _checked(unit, request.marketplace_id)
    before = _opened(unit, request.page_token, _numbers, marketplace_id)
    found = contents_of(unit, marketplace_id, before=before, limit=_PAGE + 1)
    page = found[:_PAGE]
    more = len(found) > _PAGE
    return api.SearchContentDocumentsResponse(
        next_page_token=_token(unit, (marketplace_id, page[-1].number)) if more else None,
        content_metadata_records=[
            api.ContentMetadataRecord(content_reference_key=one.reference_key, content_metadata=_metadata(one))
            for one in page
        ],
    )


@handles(api.CreateContentDocument)
def create_content_document(unit: UnitOfWork, request: api.CreateContentDocument) -> api.PostContentDocumentResponse:
    """Begin a document."""
    content = create(unit, _checked(unit, request.marketplace_id), request.content_document)
    return api.PostContentDocumentResponse(content_reference_key=content.reference_key)


@handles(api.GetContentDocument)
def get_content_document(unit: UnitOfWork, request: api.GetContentDocument) -> api.GetContentDocumentResponse:
    """Read a document, what it is called, or both.

    Assumed: what a review had against a content document comes as warnings of getContentDocument.
    """
    content = _found(unit, request.content_reference_key, request.marketplace_id)
    wanted = request.included_data_set
    return api.GetContentDocumentResponse(
        warnings=_messages(content.reasons) or None,
        content_record=api.ContentRecord(
            content_reference_key=content.reference_key,
            content_metadata=_metadata(content) if api.GetContentDocumentIncludedData.METADATA in wanted else None,
            content_document=content.document if api.GetContentDocumentIncludedData.CONTENTS in wanted else None,
        ),
    )


@handles(api.UpdateContentDocument)
def update_content_document(unit: UnitOfWork, request: api.UpdateContentDocument) -> api.PostContentDocumentResponse:
    """Write a document anew."""
    content = _found(unit, request.content_reference_key, request.marketplace_id)
    write(unit, content, request.content_document)
    return api.PostContentDocumentResponse(content_reference_key=content.reference_key)


@handles(api.ListContentDocumentAsinRelations)
def list_content_document_asin_relations(
    unit: UnitOfWork, request: api.ListContentDocumentAsinRelations
) -> api.ListContentDocumentAsinRelationsResponse:
    """List the items that a document is for.

    Assumed: listContentDocumentAsinRelations lists fifty at a time, in the order of ASIN.
    """
    content = _found(unit, request.content_reference_key, request.marketplace_id)
    after = _opened(unit, request.page_token, _asins, content.reference_key) or ""
    found = asins_of_content(
        unit, content.reference_key, only=request.asin_set or None, after=after, limit=_ASIN_PAGE + 1
    )
    page = found[:_ASIN_PAGE]
    is_told = api.ListContentDocumentAsinRelationsIncludedData.METADATA in (request.included_data_set or ())
    shown = set(asins_showing(unit, content.reference_key)) if is_told else set()
    return api.ListContentDocumentAsinRelationsResponse(
        next_page_token=_token(unit, (content.reference_key, page[-1])) if len(found) > _ASIN_PAGE else None,
        asin_metadata_set=[
            _of_asin(unit, content, asin, is_shown=asin in shown) if is_told else api.AsinMetadata(asin=asin)
            for asin in page
        ],
    )


@handles(api.PostContentDocumentAsinRelations)
def post_content_document_asin_relations(
    unit: UnitOfWork, request: api.PostContentDocumentAsinRelations
) -> api.PostContentDocumentAsinRelationsResponse:
    """Say for which items a document is."""
    relate(unit, _found(unit, request.content_reference_key, request.marketplace_id), request.asin_set)
    return api.PostContentDocumentAsinRelationsResponse()


@handles(api.ValidateContentDocumentAsinRelations)
def validate_content_document_asin_relations(
    unit: UnitOfWork, request: api.ValidateContentDocumentAsinRelations
) -> api.ValidateContentDocumentAsinRelationsResponse:
    """Say what is against a document, and against showing it on some items; nothing is kept."""
    marketplace_id = _checked(unit, request.marketplace_id)
    problems = problems_of(unit, marketplace_id, request.content_document)
    problems += problems_with(unit, marketplace_id, request.asin_set or ())
    return api.ValidateContentDocumentAsinRelationsResponse(errors=_messages(problems))


@handles(api.SearchContentPublishRecords)
def search_content_publish_records(
    unit: UnitOfWork, request: api.SearchContentPublishRecords
) -> api.SearchContentPublishRecordsResponse:
    """List what buyers see of the seller's content on the page of an item: one document for each locale."""
    marketplace_id = _checked(unit, request.marketplace_id)
    if request.page_token is not None:
        raise InvalidInput(_NOT_VALID)
    return api.SearchContentPublishRecordsResponse(
        publish_record_list=[
            api.PublishRecord(
                marketplace_id=one.marketplace_id,
                locale=one.locale,
                asin=one.asin,
                content_type=one.document.content_type,
                content_sub_type=one.document.content_sub_type,
                content_reference_key=one.reference_key,
            )
            for one in published_on(unit, marketplace_id, request.asin)
        ]
    )


@handles(api.PostContentDocumentApprovalSubmission)
def post_content_document_approval_submission(
    unit: UnitOfWork, request: api.PostContentDocumentApprovalSubmission
) -> api.PostContentDocumentApprovalSubmissionResponse:
    """Have a document reviewed."""
    submit(unit, _found(unit, request.content_reference_key, request.marketplace_id))
    return api.PostContentDocumentApprovalSubmissionResponse()


@handles(api.PostContentDocumentSuspendSubmission)
def post_content_document_suspend_submission(
    unit: UnitOfWork, request: api.PostContentDocumentSuspendSubmission
) -> api.PostContentDocumentSuspendSubmissionResponse:
    """Take a document off the pages of its items."""
    suspend(unit, _found(unit, request.content_reference_key, request.marketplace_id))
    return api.PostContentDocumentSuspendSubmissionResponse()


def _checked(unit: UnitOfWork, marketplace_id: str) -> str:
    check_marketplaces(unit, unit.seller_id, [marketplace_id])
    return marketplace_id


def _found(unit: UnitOfWork, reference_key: str, marketplace_id: str) -> Content:
    return content_of(unit, reference_key, _checked(unit, marketplace_id))


def _metadata(content: Content) -> api.ContentMetadata:
    return api.ContentMetadata(
        name=content.document.name,
        marketplace_id=content.marketplace_id,
        status=api.ContentStatus(content.status.value),
        badge_set=[api.ContentBadge.STANDARD],
        update_time=content.updated_at,
    )


def _of_asin(unit: UnitOfWork, content: Content, asin: str, *, is_shown: bool) -> api.AsinMetadata:
    """What the catalog says of an item, and whether the document is shown on it."""
    shown = api.AsinBadge.CONTENT_PUBLISHED if is_shown else api.AsinBadge.CONTENT_NOT_PUBLISHED
    refused = badge_of(unit, content.marketplace_id, asin)
    item = found_item(unit, asin)
    published = published_on(unit, content.marketplace_id, asin)
    return api.AsinMetadata(
        asin=asin,
        badge_set=[shown, *([api.AsinBadge(refused)] if refused else ())],
        parent=item.parent_asin if item else None,
        title=(item.title(content.marketplace_id) if item else None) or None,
        content_reference_key_set=sorted({one.reference_key for one in published}),
    )


def _messages(problems: Iterable[Problem]) -> list[api.Error]:
    return [api.Error(code=one.code, message=one.message, details=one.details) for one in problems]


def _token(unit: UnitOfWork, last: tuple[str, int | str]) -> str:
    return sealed(unit, msgspec.json.encode(last), purpose=_PURPOSE)


def _opened(
    unit: UnitOfWork, token: str | None, decoder: msgspec.json.Decoder[tuple[str, After]], key: str
) -> After | None:
    """After what a list goes on; None for its first page. Raises `InvalidInput` for a token of another list."""
    if token is None:
        return None
    found = unsealed_as(unit, token, decoder, purpose=_PURPOSE)
    if found is None or found[0] != key:
        raise InvalidInput(_NOT_VALID)
    return found[1]
