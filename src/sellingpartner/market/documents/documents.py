"""Documents: what reports, feeds and queries are written to, and read from; each is somebody's, and goes in time.

A row is written when the bytes are in the store, so a document that is there can be read. A feed's document is awaited
first: it has a row before its bytes come.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, func, select

from sellingpartner.batched import batched
from sellingpartner.contract.errors import Conflict, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.documents.tables import documents
from sellingpartner.market.documents.writer import forget_unfinished
from sellingpartner.market.time.chance import number_of, uuid_of, wide_number_of
from sellingpartner.market.time.clock import real_now
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.market.time.works import Work, Workshop, begin_work, works
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

AWAITED_FOR = timedelta(days=2)
"""Assumed: a feed document that nothing was uploaded to, or that no feed was created of, is forgotten after 2 days."""

_ORPHANED_AFTER = timedelta(days=2)
_AT_ONCE = 500
_DAY = timedelta(days=1)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TOKEN = 13


class Purpose(StrEnum):
    """What a document is."""

    REPORT = "REPORT"
    FEED = "FEED"
    FEED_RESULT = "FEED_RESULT"
    QUERY = "QUERY"
    ERROR = "ERROR"


class Status(StrEnum):
    """Whether its bytes have come."""

    AWAITED = "AWAITED"
    THERE = "THERE"
    TAKEN = "TAKEN"
    """A feed is made of it: it can be changed no more."""


_KIND = "spdoc.1.4"
_KINDS = {Purpose.QUERY: "tortuga.1.4"}
"""What begins a document's id; Amazon names those of the Data Kiosk otherwise.

Assumed: the id of a query's document has as many parts as that of a report's.
"""


class NoSuchDocument(NotFound):
    """The seller has no such document, or it is over."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"There is no document {document_id[:100]!r}.")


class DocumentTaken(Conflict):
    """A feed is made of the document, so it can neither be changed nor serve another one."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"The document {document_id[:100]!r} serves a feed already.")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose bytes are in the store."""

    purpose: Purpose
    content_type: str
    compression: str | None
    size: int
    store_key: str
    expires_at: datetime
    is_restricted: bool = False
    """Whether it holds personal data, so that it takes a restricted data token."""
    region: str = "na"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and where its bytes are."""

    document_id: str
    purpose: Purpose
    content_type: str
    compression: str | None
    is_restricted: bool
    status: Status
    size: int
    store_key: str | None
    created_at: datetime
    expires_at: datetime


class DocumentsExpire(Due):
    """Once a day a seller's documents are looked through for what is over."""


class _Over(NamedTuple):
    document_id: str
    store_key: str | None


_over = Question(
    select(documents.c.document_id, documents.c.store_key)
    .where(documents.c.seller_id == bindparam("of_seller"), documents.c.expires_at <= bindparam("now"))
    .limit(_AT_ONCE),
    _Over,
)
_columns = [documents.c[name] for name in Document.__struct_fields__]


def region_of(marketplace_id: str) -> str:
    """The part of a document's id that says where it is."""
    return MARKETPLACES[marketplace_id].region.lower()


def keep_document(unit: UnitOfWork, kept: Kept) -> Document:
    """Tell of a document whose bytes are in the store."""
    document = Document(
        document_id=_new_id(unit, kept.region, _KINDS.get(kept.purpose, _KIND)),
        purpose=kept.purpose,
        content_type=kept.content_type,
        compression=kept.compression,
        is_restricted=kept.is_restricted,
        status=Status.THERE,
        size=kept.size,
        store_key=kept.store_key,
        created_at=unit.now,
        expires_at=kept.expires_at,
    )
    return _insert(unit, document)


def await_document(unit: UnitOfWork, content_type: str, *, region: str = "na") -> Document:
    """A place for a file that is to be uploaded."""
    document = Document(
        document_id=_new_id(unit, region),
        purpose=Purpose.FEED,
        content_type=content_type,
        compression=None,
        is_restricted=False,
        status=Status.AWAITED,
        size=0,
        store_key=None,
        created_at=unit.now,
        expires_at=unit.now + AWAITED_FOR,
    )
    return _insert(unit, document)


def fill_document(
    unit: UnitOfWork, document_id: str, *, store_key: str, size: int, compression: str | None
) -> str | None:
    """Note that an awaited document's bytes have come, maybe once more; returns the key of those it had before.

    Raises `DocumentTaken`.
    """
    before = document_of(unit, document_id)
    filled = {"status": Status.THERE.value, "store_key": store_key, "size": size, "compression": compression}
    _change_free(unit, document_id, (Status.AWAITED, Status.THERE), filled)
    return before.store_key


def take_document(unit: UnitOfWork, document_id: str) -> None:
    """Let a document whose bytes have come serve a feed; raises `DocumentTaken`."""
    _change_free(unit, document_id, (Status.THERE,), {"status": Status.TAKEN.value})


def _change_free(unit: UnitOfWork, document_id: str, while_it_is: tuple[Status, ...], changed: dict[str, Any]) -> None:
    """Change a document that nobody has taken meanwhile."""
    free = documents.c.status.in_([one.value for one in while_it_is])
    done = unit.execute(documents.update().where(_this(unit, document_id), free).values(**changed))
    if not done.rowcount:
        raise DocumentTaken(document_id)


def keep_until(unit: UnitOfWork, document_id: str, moment: datetime) -> None:
    """Keep a document longer, or less long, than was said."""
    unit.execute(documents.update().where(_this(unit, document_id)).values(expires_at=moment))


def document_if_kept(unit: UnitOfWork, document_id: str) -> Document | None:
    """One of the seller's documents; None for one that is kept no more."""
    try:
        return document_of(unit, document_id)
    except NoSuchDocument:
        return None


def document_of(unit: UnitOfWork, document_id: str) -> Document:
    """One of the seller's documents; raises `NoSuchDocument`."""
    row = unit.execute(select(*_columns).where(_this(unit, document_id))).first()
    if row is None or unit.has_come(row.expires_at):
        raise NoSuchDocument(document_id)
    told = row._mapping
    return Document(**{**told, "purpose": Purpose(told["purpose"]), "status": Status(told["status"])})


class Holding(msgspec.Struct, frozen=True):
    """What is kept, of one purpose."""

    purpose: str
    count: int
    size: int
    oldest: datetime


def documents_kept(unit: UnitOfWork) -> list[Holding]:
    """How many documents of all sellers are kept, and how large they are."""
    wanted = (
        select(
            documents.c.purpose,
            func.count().label("number"),
            func.sum(documents.c.size).label("size"),
            func.min(documents.c.created_at).label("oldest"),
        )
        .group_by(documents.c.purpose)
        .order_by(documents.c.purpose)
    )
    return [Holding(row.purpose, row.number, int(row.size), row.oldest) for row in unit.execute(wanted)]


@when(DocumentsExpire)
def look_through(unit: UnitOfWork, _: DocumentsExpire) -> None:
    """Forget what is over, outside of this transaction: bytes are never touched inside of one."""
    begin_work(unit, "expire", "")
    later(unit, DocumentsExpire(), at=unit.now + _DAY)


@works("expire")
def expire(workshop: Workshop, work: Work) -> None:
    """Forget documents that are over: rows first, then bytes. And bytes of which no row tells, when they are old."""
    while True:
        with workshop.write(work.seller_id) as unit:
            rows = _over.all(unit.connection, {"of_seller": unit.seller_id, "now": unit.now})
            if not rows:
                break
            gone = documents.c.document_id.in_([row.document_id for row in rows])
            unit.execute(documents.delete().where(documents.c.seller_id == unit.seller_id, gone))
        workshop.documents.delete([row.store_key for row in rows if row.store_key is not None])
    _forget_orphans(workshop, work.seller_id)
    forget_unfinished(workshop.documents)


def _forget_orphans(workshop: Workshop, seller_id: str) -> None:
    old = list(workshop.documents.kept_before(real_now() - _ORPHANED_AFTER, below=f"{seller_id}/"))
    for keys in batched(old, _AT_ONCE):
        with workshop.snapshot(seller_id) as unit:
            known = select(documents.c.store_key).where(
                documents.c.seller_id == seller_id, documents.c.store_key.in_(keys)
            )
            told = set(unit.execute(known).scalars())
        workshop.documents.delete([key for key in keys if key not in told])


def _insert(unit: UnitOfWork, document: Document) -> Document:
    unit.execute(documents.insert(), msgspec.structs.asdict(document) | {"seller_id": unit.seller_id})
    return document


def _new_id(unit: UnitOfWork, region: str, kind: str = _KIND) -> str:
    """An identifier as Amazon's are."""
    number = unit.next_number("documents")
    if number == 1:
        later(unit, DocumentsExpire(), at=unit.now + _DAY)
    purpose = ("document", unit.seller_id, number)
    drawn, letters = wide_number_of(unit.seed, *purpose), []
    tail = number_of(unit.seed, *purpose, "tail")
    for _ in range(_TOKEN):
        tail, digit = divmod(tail, len(_LETTERS))
        letters.append(_LETTERS[digit])
    digits = 100 + number_of(unit.seed, *purpose, "digits") % 9900
    return f"amzn1.{kind}.{region}.{uuid_of(drawn)}.T{''.join(letters)}.{digits}"


def _this(unit: UnitOfWork, document_id: str) -> ColumnElement[bool]:
    return and_(documents.c.seller_id == unit.seller_id, documents.c.document_id == document_id)
