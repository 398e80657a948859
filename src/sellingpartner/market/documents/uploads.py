"""Upload destinations: made for a resource, filled once by whoever holds their link, then attached by another call."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from datetime import datetime, timedelta
from hashlib import md5

import msgspec
from sqlalchemy import ColumnElement, and_, func, select

from sellingpartner.contract.errors import InvalidInput, NotFound, RequestTooLarge, Unauthorized
from sellingpartner.market.documents.tables import uploads
from sellingpartner.market.events.documents import FileUploaded
from sellingpartner.market.time.chance import uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

LINK_LIFETIME = timedelta(minutes=15)
"""Assumed: an upload destination takes its file for 15 minutes."""
KEPT_FOR = timedelta(days=7)
"""Assumed: an uploaded file that no message refers to is kept for 7 days."""
MOST_BYTES = 256 * 1024 * 1024
"""How much of one seller's files is kept at a time; one file is bounded as every body is."""

_MESSAGES = re.compile(r"messaging/v1/orders/([0-9]{3}-[0-9]{7}-[0-9]{7}|\{amazonOrderId\})/messages/([A-Za-z]{1,60})")
CONTENTS = "aplus/2020-11-01/contentDocuments"
PROOFS = "service/v1/documents"
"""What proves that a service was done: Services makes these destinations, and Uploads makes none of them."""
_MEDIA_TYPE = re.compile(
    r"[a-zA-Z0-9!#$&^_.+-]{1,100}/[a-zA-Z0-9!#$&^_.+-]{1,100}( *; *[a-zA-Z0-9-]+=[a-zA-Z0-9\"._-]+)*"
)
_HEX = re.compile(r"[0-9a-fA-F]{32}")
_MD5_BYTES = 16


class NoSuchUpload(NotFound):
    """The seller made no such destination, or it is over."""

    def __init__(self, upload_destination_id: str) -> None:
        super().__init__(f"There is no upload destination {upload_destination_id!r}.")


class WrongContent(InvalidInput):
    """What came is not what was announced."""


class NotAsAnnounced(Unauthorized):
    """A header is not the one that the destination's answer gave."""


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A destination, and whether its file has come; the bytes stay where they are."""

    upload_destination_id: str
    resource: str
    marketplace_id: str
    content_md5: str
    content_type: str | None
    created_at: datetime
    expires_at: datetime
    received_at: datetime | None
    is_attached: bool
    size: int


class UploadIsForgotten(Due):
    """A destination is removed, with its file, if nothing refers to it."""

    upload_destination_id: str


_columns = [uploads.c[name] for name in Upload.__struct_fields__]


def create_upload(
    unit: UnitOfWork, resource: str, marketplace_id: str, content_md5: str, content_type: str | None
) -> Upload:
    """A place for one file of which the MD5 is known beforehand; raises `InvalidInput`."""
    checked = _checked_resource(resource, content_type)
    if content_type is not None and _MEDIA_TYPE.fullmatch(content_type) is None:
        message = "contentType must be a media type, such as application/pdf."
        raise InvalidInput(message)
    return _opened(unit, checked, marketplace_id, _in_base64(content_md5), content_type)


def create_proof_upload(unit: UnitOfWork, marketplace_id: str, content_md5: str | None) -> Upload:
    """A place for one file that proves how a service was done, of which the MD5 may be told; raises `InvalidInput`.

    The file may be sent without headers, as the destination's answer names none.
    """
    return _opened(unit, PROOFS, marketplace_id, _in_base64(content_md5) if content_md5 else "", None)


def _opened(unit: UnitOfWork, resource: str, marketplace_id: str, content_md5: str, content_type: str | None) -> Upload:
    number = unit.next_number("uploads")
    drawn = wide_number_of(unit.seed, "upload", unit.seller_id, number)
    upload = Upload(
        upload_destination_id=uuid_of(drawn),
        resource=resource,
        marketplace_id=marketplace_id,
        content_md5=content_md5,
        content_type=content_type,
        created_at=unit.now,
        expires_at=unit.now + LINK_LIFETIME,
        received_at=None,
        is_attached=False,
        size=0,
    )
    unit.execute(uploads.insert(), msgspec.structs.asdict(upload) | {"seller_id": unit.seller_id})
    later(unit, UploadIsForgotten(upload_destination_id=upload.upload_destination_id), at=unit.now + KEPT_FOR)
    return upload


def receive_file(
    unit: UnitOfWork, upload_destination_id: str, content: bytes, *, md5_said: str | None, type_said: str | None
) -> None:
    """Take a file in; the same file may come again, another may not."""
    upload = upload_of(unit, upload_destination_id)
    if md5_said != upload.content_md5 and upload.resource != PROOFS:
        raise NotAsAnnounced(f"The Content-MD5 header must be {upload.content_md5}, as the destination's headers say.")
    if upload.content_type is not None and type_said != upload.content_type:
        raise NotAsAnnounced(
            f"The Content-Type header must be {upload.content_type}, as the destination's headers say."
        )
    found = b64encode(md5(content, usedforsecurity=False).digest()).decode()
    if upload.content_md5 and found != upload.content_md5:
        message = f"The Content-MD5 you specified did not match what we received: that is {found}."
        raise WrongContent(message, code="BadDigest")
    if upload.received_at is not None:
        return
    unit.next_number("uploads")  # files that come at once are counted one after the other
    held = unit.execute(select(func.sum(uploads.c.size)).where(uploads.c.seller_id == unit.seller_id)).scalar() or 0
    if int(held) + len(content) > MOST_BYTES:
        message = (
            f"The seller's files would be more than {MOST_BYTES} bytes in all; those that nothing uses go in time."
        )
        raise RequestTooLarge(message)
    filled = {"received_at": unit.now, "size": len(content), "content": content, "content_type": upload.content_type}
    if upload.content_type is None:
        filled["content_type"] = type_said
    unit.execute(uploads.update().where(_this(unit, upload_destination_id)).values(**filled))
    unit.emit(FileUploaded(upload_destination_id=upload_destination_id, resource=upload.resource, size=len(content)))


def attach(unit: UnitOfWork, upload_destination_id: str, *, resource: str) -> Upload:
    """Refer to a file that has come for a resource, so that it stays; raises `InvalidInput`."""
    upload = attachable(unit, upload_destination_id, resource=resource)
    unit.execute(uploads.update().where(_this(unit, upload_destination_id)).values(is_attached=True))
    return upload


def attachable(unit: UnitOfWork, upload_destination_id: str, *, resource: str) -> Upload:
    """A destination whose file has come for a resource; raises `InvalidInput`.

    Assumed: a file that was uploaded for one kind of message cannot be attached to another kind.
    """
    try:
        upload = upload_of(unit, upload_destination_id)
    except NotFound as unknown:
        raise InvalidInput(f"uploadDestinationId {upload_destination_id[:60]!r} is unknown.") from unknown
    if upload.resource not in {resource, _with_template(resource)}:
        message = f"Upload destination {upload_destination_id} was made for {upload.resource}, not for {resource}."
        raise InvalidInput(message)
    if upload.received_at is None:
        message = f"Nothing was uploaded to destination {upload_destination_id} yet; send the file there first."
        raise InvalidInput(message)
    return upload


def upload_of(unit: UnitOfWork, upload_destination_id: str) -> Upload:
    """One destination; raises `NoSuchUpload`."""
    row = unit.execute(select(*_columns).where(_this(unit, upload_destination_id))).first()
    if row is None:
        raise NoSuchUpload(upload_destination_id)
    return Upload(**row._mapping)


def content_of(unit: UnitOfWork, upload_destination_id: str) -> bytes:
    """The bytes of a file; raises `NoSuchUpload` if none have come."""
    wanted = select(uploads.c.content).where(_this(unit, upload_destination_id))
    found: bytes | None = unit.execute(wanted).scalar()
    if found is None:
        raise NoSuchUpload(upload_destination_id)
    return found


@when(UploadIsForgotten)
def forget(unit: UnitOfWork, due: UploadIsForgotten) -> None:
    """Remove a destination that nothing refers to."""
    unused = uploads.c.is_attached.is_(False)
    unit.execute(uploads.delete().where(_this(unit, due.upload_destination_id), unused))


def _this(unit: UnitOfWork, upload_destination_id: str) -> ColumnElement[bool]:
    return and_(uploads.c.seller_id == unit.seller_id, uploads.c.upload_destination_id == upload_destination_id)


def _checked_resource(resource: str, content_type: str | None) -> str:
    """Assumed: messages and A+ content are what files can be uploaded for; Amazon names no others."""
    named = resource.strip("/")
    if named == CONTENTS:
        if content_type is None:
            message = "contentType is required for A+ content."
            raise InvalidInput(message)
    elif _MESSAGES.fullmatch(named) is None:
        message = (
            f"resource is {named[:100]!r}; it must be messaging/v1/orders/{{amazonOrderId}}/messages/ and a kind of "
            f"message, or {CONTENTS}."
        )
        raise InvalidInput(message)
    return named


def _with_template(resource: str) -> str:
    return re.sub(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", "{amazonOrderId}", resource)


def _in_base64(content_md5: str) -> str:
    """An MD5 as the Content-MD5 header has it.

    Assumed: an MD5 of a file to upload may be given in base64, as the header has it, or in 32 hexadecimal digits.
    """
    if _HEX.fullmatch(content_md5):
        return b64encode(bytes.fromhex(content_md5)).decode()
    try:
        digest = b64decode(content_md5.replace(" ", "+"), validate=True)
    except (Error, ValueError):
        digest = b""
    if len(digest) != _MD5_BYTES:
        message = "contentMD5 must be the MD5 of the file, in base64 or in 32 hexadecimal digits."
        raise InvalidInput(message)
    return b64encode(digest).decode()
