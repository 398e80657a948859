"""What others may ask of A+ content."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market.content.lifecycle import ContentStatus
from sellingpartner.market.content.model import Content, PublishRecord
from sellingpartner.market.content.tables import content_asins, content_documents, published_contents
from sellingpartner.storage.unit import UnitOfWork

_content = select(*(content_documents.c[name] for name in Content.__struct_fields__))
_published = select(*(published_contents.c[name] for name in PublishRecord.__struct_fields__))


class ContentUnknown(NotFound):
    """The seller has no such content document in the marketplace."""

    def __init__(self, reference_key: str, marketplace_id: str) -> None:
        super().__init__(f"There is no content document {reference_key[:40]!r} in marketplace {marketplace_id}.")


def content_of(unit: UnitOfWork, reference_key: str, marketplace_id: str) -> Content:
    """One content document; raises `ContentUnknown`."""
    at = content_documents.c
    this = (at.seller_id == unit.seller_id) & (at.reference_key == reference_key)
    row = unit.execute(_content.where(this, at.marketplace_id == marketplace_id)).first()
    if row is None:
        raise ContentUnknown(reference_key, marketplace_id)
    return _as_content(row)


def contents_of(unit: UnitOfWork, marketplace_id: str, *, before: int | None = None, limit: int) -> list[Content]:
    """The seller's content documents in a marketplace, those that were begun last first; those before one, if asked."""
    at = content_documents.c
    wanted = _content.where(at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id)
    if before is not None:
        wanted = wanted.where(at.number < before)
    return [_as_content(row) for row in unit.execute(wanted.order_by(at.number.desc()).limit(limit))]


def asins_of_content(
    unit: UnitOfWork,
    reference_key: str,
    *,
    only: Collection[str] | None = None,
    after: str = "",
    limit: int | None = None,
) -> list[str]:
    """The items that a content document is meant for, in the order of ASIN."""
    at = content_asins.c
    wanted = select(at.asin).where(at.seller_id == unit.seller_id, at.reference_key == reference_key, at.asin > after)
    if only is not None:
        wanted = wanted.where(at.asin.in_(sorted(only)))
    return list(unit.execute(wanted.order_by(at.asin).limit(limit)).scalars())


def published_on(unit: UnitOfWork, marketplace_id: str, asin: str) -> list[PublishRecord]:
    """What buyers see of this seller's content on the page of an item, in the order of locale."""
    at = published_contents.c
    this = (at.seller_id == unit.seller_id) & (at.marketplace_id == marketplace_id) & (at.asin == asin)
    return [PublishRecord(**row._mapping) for row in unit.execute(_published.where(this).order_by(at.locale))]


def asins_showing(unit: UnitOfWork, reference_key: str) -> list[str]:
    """The items on whose pages buyers see a content document, in the order of ASIN."""
    at = published_contents.c
    this = (at.seller_id == unit.seller_id) & (at.reference_key == reference_key)
    return list(unit.execute(select(at.asin).where(this).order_by(at.asin)).scalars())


def _as_content(row: Row[Any]) -> Content:
    return Content(**dict(row._mapping) | {"status": ContentStatus(row.status)})
