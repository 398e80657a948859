"""Sellers write A+ content, say for which items, have it reviewed, and take it off again; reviews take their time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_

from sellingpartner.contract.aplus_content_2020_11_01 import ContentDocument
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.content.lifecycle import LIFECYCLE, ContentStatus
from sellingpartner.market.content.model import Content
from sellingpartner.market.content.questions import asins_of_content, asins_showing, content_of
from sellingpartner.market.content.rules import images_of, review
from sellingpartner.market.content.tables import content_asins, content_documents, published_contents
from sellingpartner.market.content.validating import badge_of, problems_of, problems_with, refuse
from sellingpartner.market.documents.uploads import CONTENTS, attach
from sellingpartner.market.events.content import (
    ContentApproved,
    ContentPublished,
    ContentRejected,
    ContentSubmitted,
    ContentWithdrawn,
    ContentWritten,
)
from sellingpartner.market.time.chance import number_of, uuid_of, wide_number_of
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

MOST_ASINS = 10_000
_SHORTEST_REVIEW, _LONGEST_REVIEW = timedelta(hours=4), timedelta(days=7)


class ContentReviewed(Due):
    """A content document has been looked at."""

    reference_key: str
    marketplace_id: str


def create(unit: UnitOfWork, marketplace_id: str, document: ContentDocument) -> Content:
    """Begin a content document; raises `InvalidInput`."""
    refuse(problems_of(unit, marketplace_id, document))
    number = unit.next_number("content documents")
    content = Content(
        reference_key=uuid_of(wide_number_of(unit.seed, "content", unit.seller_id, number)),
        number=number,
        marketplace_id=marketplace_id,
        status=ContentStatus.DRAFT,
        document=document,
        reasons=(),
        updated_at=unit.now,
    )
    unit.execute(content_documents.insert(), _fields(content) | {"seller_id": unit.seller_id})
    _written(unit, content)
    return content


def write(unit: UnitOfWork, content: Content, document: ContentDocument) -> None:
    """Write a content document anew: it is a draft again; raises `InvalidInput`.

    Assumed: its locale stays what it was, for what buyers see is told apart by it.
    """
    status = _advanced(content, ContentWritten, "be changed")
    refuse(problems_of(unit, content.marketplace_id, document))
    if document.locale != content.document.locale:
        message = f"The locale of a content document stays what it was, {content.document.locale}."
        raise InvalidInput(message)
    _change(unit, content.reference_key, status=status.value, document=document, reasons=())
    _written(unit, msgspec.structs.replace(content, document=document))


def relate(unit: UnitOfWork, content: Content, asins: Collection[str]) -> None:
    """Say for which items, and no others, a content document is; it goes from those that are left out."""
    wanted = set(asins)
    if len(wanted) > MOST_ASINS:
        message = f"A content document is for {MOST_ASINS:,} items at most, not for {len(wanted):,}."
        raise InvalidInput(message)
    before = set(asins_of_content(unit, content.reference_key))
    refuse(problems_with(unit, content.marketplace_id, wanted - before))
    key = {"seller_id": unit.seller_id, "reference_key": content.reference_key}
    at = content_asins.c
    of_content = and_(at.seller_id == unit.seller_id, at.reference_key == content.reference_key)
    unit.execute(content_asins.delete().where(of_content, at.asin.in_(sorted(before - wanted))))
    if added := sorted(wanted - before):
        unit.execute(content_asins.insert(), [key | {"asin": asin} for asin in added])
    _withdraw(unit, content, sorted(before - wanted))


def submit(unit: UnitOfWork, content: Content) -> None:
    """Have a content document reviewed; raises `InvalidInput`.

    Assumed: a review takes from four hours to seven days, and what is for no item is not reviewed.
    """
    status = _advanced(content, ContentSubmitted, "be submitted")
    if not asins_of_content(unit, content.reference_key, limit=1):
        raise InvalidInput("The content document is for no item; say for which first, with their ASINs.")
    _change(unit, content.reference_key, status=status.value, reasons=())
    drawn = number_of(unit.seed, "review", unit.seller_id, content.reference_key, unit.next_number("content reviews"))
    minutes = (_LONGEST_REVIEW - _SHORTEST_REVIEW) // timedelta(minutes=1)
    due = ContentReviewed(reference_key=content.reference_key, marketplace_id=content.marketplace_id)
    later(unit, due, at=unit.now + _SHORTEST_REVIEW + timedelta(minutes=drawn % minutes))
    unit.emit(ContentSubmitted(reference_key=content.reference_key, marketplace_id=content.marketplace_id))


def suspend(unit: UnitOfWork, content: Content) -> None:
    """Take a content document off all pages; it stays as it is, and is for the items that it was for.

    Assumed: what no buyer sees is taken off as well, and nothing comes of it; to be shown again, it is submitted again.
    """
    _withdraw(unit, content, asins_showing(unit, content.reference_key))


@when(ContentReviewed)
def end_review(unit: UnitOfWork, due: ContentReviewed) -> None:
    """Approve a content document and show it on its items, or say what is against it."""
    content = content_of(unit, due.reference_key, due.marketplace_id)
    asins = asins_of_content(unit, content.reference_key)
    reasons = (*review(content.document), *problems_with(unit, content.marketplace_id, asins))
    if reasons:
        status = _advanced(content, ContentRejected, "be rejected")
        _change(unit, content.reference_key, status=status.value, reasons=reasons)
        unit.emit(
            ContentRejected(
                reference_key=content.reference_key,
                marketplace_id=content.marketplace_id,
                reasons=tuple(one.code for one in reasons),
            )
        )
        return
    status = _advanced(content, ContentApproved, "be approved")
    _change(unit, content.reference_key, status=status.value, reasons=())
    unit.emit(ContentApproved(reference_key=content.reference_key, marketplace_id=content.marketplace_id))
    _publish(unit, content, asins)


def _publish(unit: UnitOfWork, content: Content, asins: list[str]) -> None:
    """Show it on these items, in place of what was shown there in its language."""
    shown = [asin for asin in asins if badge_of(unit, content.marketplace_id, asin) is None]
    at = published_contents.c
    here = and_(
        at.seller_id == unit.seller_id,
        at.marketplace_id == content.marketplace_id,
        at.locale == content.document.locale,
        at.asin.in_(shown),
    )
    unit.execute(published_contents.delete().where(here))
    row = {
        "seller_id": unit.seller_id,
        "marketplace_id": content.marketplace_id,
        "locale": content.document.locale,
        "reference_key": content.reference_key,
        "document": content.document,
        "published_at": unit.now,
    }
    if shown:
        unit.execute(published_contents.insert(), [row | {"asin": asin} for asin in shown])
    unit.emit(
        ContentPublished(reference_key=content.reference_key, marketplace_id=content.marketplace_id, asins=tuple(shown))
    )


def _withdraw(unit: UnitOfWork, content: Content, asins: Collection[str]) -> None:
    """Take it off the pages of these items, if it is there."""
    there = sorted(set(asins) & set(asins_showing(unit, content.reference_key)))
    if not there:
        return
    at = published_contents.c
    these = and_(at.seller_id == unit.seller_id, at.reference_key == content.reference_key, at.asin.in_(there))
    unit.execute(published_contents.delete().where(these))
    unit.emit(
        ContentWithdrawn(reference_key=content.reference_key, marketplace_id=content.marketplace_id, asins=tuple(there))
    )


def _advanced(
    content: Content, fact: type[ContentWritten | ContentSubmitted | ContentApproved | ContentRejected], deed: str
) -> ContentStatus:
    return advance(LIFECYCLE, content.status, fact, subject=f"Content document {content.reference_key}", deed=deed)


def _written(unit: UnitOfWork, content: Content) -> None:
    """Keep its images, and say that it was written."""
    for image in images_of(content.document):
        attach(unit, image.upload_destination_id, resource=CONTENTS)
    unit.emit(ContentWritten(reference_key=content.reference_key, marketplace_id=content.marketplace_id))


def _fields(content: Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in Content.__struct_fields__} | {"status": content.status.value}


def _change(unit: UnitOfWork, reference_key: str, **changed: Any) -> None:  # noqa: ANN401 - columns
    at = content_documents.c
    this: ColumnElement[bool] = and_(at.seller_id == unit.seller_id, at.reference_key == reference_key)
    unit.execute(content_documents.update().where(this).values(**changed, updated_at=unit.now))
