"""Documents that prove how an appointment went: where they are sent to, and whether they are what was announced."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from enum import StrEnum
from hashlib import sha256

import msgspec
from sqlalchemy import select

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.market.appointments.refusals import Against, BrokenRule
from sellingpartner.market.appointments.tables import service_documents
from sellingpartner.market.documents.decrypting import BLOCK_BYTES, NotDecrypted, decrypted
from sellingpartner.market.documents.uploads import (
    PROOFS,
    NoSuchUpload,
    Upload,
    attach,
    content_of,
    create_proof_upload,
    upload_of,
)
from sellingpartner.market.time.chance import wide_number_of
from sellingpartner.storage.unit import UnitOfWork

LARGEST = 5 * 1024 * 1024
_KEY_BYTES = 32


class ContentType(StrEnum):
    """What kind of file a document is."""

    TIFF = "TIFF"
    JPG = "JPG"
    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    PDF = "PDF"


_BEGINS = {
    ContentType.TIFF: (b"II*\0", b"MM\0*"),
    ContentType.JPG: (b"\xff\xd8\xff",),
    ContentType.JPEG: (b"\xff\xd8\xff",),
    ContentType.PNG: (b"\x89PNG\r\n\x1a\n",),
    ContentType.GIF: (b"GIF87a", b"GIF89a"),
    ContentType.PDF: (b"%PDF-",),
}


class Destination(Discreet, msgspec.Struct, frozen=True):
    """Where a document is sent to, and what it is encrypted with."""

    secret_besides = frozenset({"key", "initialization_vector"})

    upload: Upload
    key: bytes
    initialization_vector: bytes


def create_destination(
    unit: UnitOfWork, content_type: str, content_length: int, content_md5: str | None
) -> Destination:
    """A place for a document of a kind and a length."""
    if content_type not in set(ContentType):
        known = ", ".join(f"'{one.value}'" for one in ContentType)
        message = f"contentType parameter is invalid. Use one of [{known}]"
        raise BrokenRule(message)
    upload = create_proof_upload(unit, home_marketplace(unit).marketplace_id, content_md5)
    unit.execute(
        service_documents.insert(),
        {
            "seller_id": unit.seller_id,
            "upload_destination_id": upload.upload_destination_id,
            "content_type": content_type,
            "content_length": content_length,
        },
    )
    return Destination(upload, *_secrets(unit, upload.upload_destination_id))


def attach_proof(unit: UnitOfWork, upload_destination_id: str) -> None:
    """Have a document stay, of which nothing was found to be wrong."""
    attach(unit, upload_destination_id, resource=PROOFS)


def wrong_with_proof(unit: UnitOfWork, upload_destination_id: str, content_sha256: str | None) -> Against | None:
    """What is wrong with a document that was sent, in Amazon's words; None if it is what was announced."""
    try:
        upload = upload_of(unit, upload_destination_id)
    except NoSuchUpload:
        return _against("Input document id does not exist. Please check the input")
    announced = _announced(unit, upload_destination_id)
    if upload.resource != PROOFS or announced is None:
        return _against("Input document parameters are invalid. Please check the input.")
    if upload.received_at is None:
        return _against("Document encrypted not found or exist. Please review document uploaded")
    content = content_of(unit, upload_destination_id)
    try:
        plain = decrypted(content, *_secrets(unit, upload_destination_id))
    except NotDecrypted:
        return _against("Document failed to decrypt or decipher. Please review the uploaded document")
    why = _why_unfit(announced, plain, content, content_sha256)
    return _against(f"{why}. Please review document uploaded") if why else None


def _why_unfit(announced: tuple[ContentType, int], plain: bytes, content: bytes, content_sha256: str | None) -> str:
    """Why a file is not the one that was announced.

    Assumed: the length and the digest are those of the file itself; those of the file as it was encrypted are taken as
    well.
    """
    kind, length = announced
    if len(plain) > LARGEST or length not in {len(plain), len(content)}:
        return "Document failed to meet content length restrictions"
    if not plain.startswith(_BEGINS[kind]):
        return "Document failed to meet content type restrictions"
    if content_sha256 is not None and not _is_digest(content_sha256, plain, content):
        return "Document failed to meet sanity check. Could not get a Sha256 Message Digest instance"
    return ""


def _against(reason: str) -> Against:
    return Against(f"Failed to process proof of appointment input. Reason: {reason}")


def _announced(unit: UnitOfWork, upload_destination_id: str) -> tuple[ContentType, int] | None:
    at = service_documents.c
    wanted = select(at.content_type, at.content_length).where(
        at.seller_id == unit.seller_id, at.upload_destination_id == upload_destination_id
    )
    row = unit.execute(wanted).first()
    return None if row is None else (ContentType(row.content_type), row.content_length)


def _is_digest(said: str, *contents: bytes) -> bool:
    """Whether a digest, in base64 or in hexadecimal digits, is that of one of several contents."""
    found = [sha256(one).digest() for one in contents]
    try:
        given = bytes.fromhex(said) if len(said) == 2 * _KEY_BYTES else b64decode(said, validate=True)
    except (Error, ValueError):
        return False
    return given in found


def _secrets(unit: UnitOfWork, upload_destination_id: str) -> tuple[bytes, bytes]:
    """The key and the initialization vector of a destination.

    Both follow from its id, so that the same world gives the same answers. They keep nothing from anybody here: whoever
    has the link, which is signed, may send a file, and the market reads it.
    """
    drawn = [
        wide_number_of(unit.seed, "proof", unit.seller_id, upload_destination_id, part).to_bytes(BLOCK_BYTES)
        for part in ("key", "more of the key", "initialization vector")
    ]
    return drawn[0] + drawn[1], drawn[2]


def in_base64(secret: bytes) -> str:
    """A secret as answers have it."""
    return b64encode(secret).decode()
