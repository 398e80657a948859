"""Where documents are downloaded from and uploaded to, by signed links: what stands for Amazon S3.

A link is good for five minutes, and no longer than the grant that it was made for. Refusals are in S3's XML, as whoever
holds a link talks to a storage and not to the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4
from xml.sax.saxutils import escape

import structlog

from sellingpartner.contract.errors import NotFound, RequestTooLarge, SellingPartnerError, ServiceUnavailable
from sellingpartner.market.documents.documents import (
    Document,
    DocumentTaken,
    Purpose,
    Status,
    document_of,
    fill_document,
)
from sellingpartner.market.documents.writer import GZIP, new_key
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.http import UPLOADED_TO, BodyLate, HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import LinkFor, LinkRefused, opened, signed
from sellingpartner.storage.anew import anew
from sellingpartner.storage.document_store import NoSuchBytes
from sellingpartner.storage.unit import UnitOfWork

PREFIX = UPLOADED_TO
LINK_LIFETIME = timedelta(minutes=5)
_OF, _FOR, _ENCODED = "of", "for", "encoded"
_GET, _PUT = "GET", "PUT"

log = structlog.get_logger(__name__)


class Refused(Exception):
    """A refusal as S3 has it."""

    def __init__(self, status: int, code: str, message: str, **more: str) -> None:
        super().__init__(message)
        self.status, self.code, self.more = status, code, more


def download_link(unit: UnitOfWork, document: Document, *, grant_id: int | None, tells_encoding: bool) -> str:
    """The path and query by which a document can be downloaded for five minutes."""
    said = {_OF: unit.seller_id, _FOR: _GET}
    if tells_encoding and document.compression == GZIP:
        said[_ENCODED] = "gzip"
    return _link(unit, document, said, grant_id)


def upload_link(unit: UnitOfWork, document: Document, *, grant_id: int | None) -> str:
    """The path and query to which a document that is awaited can be uploaded for five minutes."""
    return _link(unit, document, {_OF: unit.seller_id, _FOR: _PUT}, grant_id)


def _link(unit: UnitOfWork, document: Document, said: dict[str, str], grant_id: int | None) -> str:
    holder = LinkFor(unit.seller_id, grant_id)
    return signed(unit, PREFIX + document.document_id, said, holder=holder, until=unit.now + LINK_LIFETIME)


class DocumentsOut:
    """Gives documents out and takes them in."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The document, or why not; never raises."""
        request_id = str(uuid4())
        try:
            answer = self._upload(request) if request.method == _PUT else self._download(request)
        except Refused as refused:
            answer = _rendered(refused, request_id)
        except SellingPartnerError as error:
            answer = as_s3_says(error, request_id)
        except Exception:
            log.exception("a document failed by a defect", request_id=request_id, path=request.path)
            failed = Refused(500, "InternalError", "We encountered an internal error. Please try again.")
            answer = _rendered(failed, request_id)
        answer.headers.append(("x-amz-request-id", request_id))
        return answer

    def _download(self, request: HttpRequest) -> HttpAnswer:
        if request.method not in {"GET", "HEAD"}:
            raise Refused(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        document, told = self._open(request, _GET)
        if document.status is not Status.THERE or document.store_key is None:
            raise _no_key(document.document_id)
        part = _part(request.header("range"), document.size)
        headers = [
            ("Content-Type", document.content_type),
            ("Content-Length", str(part.end - part.start)),
            ("Accept-Ranges", "bytes"),
            ("ETag", f'"{document.document_id.split(".")[5]}"'),
            ("Cache-Control", "no-store"),
        ]
        if _ENCODED in told:
            headers.append(("Content-Encoding", told[_ENCODED]))
        if part.is_asked:
            headers.append(("Content-Range", f"bytes {part.start}-{part.end - 1}/{document.size}"))
        status = 206 if part.is_asked else 200
        if request.method == "HEAD":
            return HttpAnswer(status, b"", headers)
        return HttpAnswer(status, headers=headers, stream=self._pieces(document, document.store_key, part))

    def _pieces(self, document: Document, store_key: str, part: _Part) -> Iterator[bytes]:
        try:
            return self._market.documents.get(store_key, part.start, part.end)
        except NoSuchBytes:
            log.error("the bytes of a document are gone", document_id=document.document_id)  # noqa: TRY400 - no defect
            raise _no_key(document.document_id) from None

    def _upload(self, request: HttpRequest) -> HttpAnswer:
        document, told = self._open(request, _PUT)
        if request.header("content-type") != document.content_type:
            raise Refused(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and "
                f"signing method: the Content-Type header must be {document.content_type!r}.",
            )
        if document.purpose is not Purpose.FEED:
            raise Refused(403, "AccessDenied", "Access Denied")
        key = new_key(told[_OF])
        size = self._market.documents.put(key, request.upload())
        coding = (request.header("content-encoding") or "").strip().lower()
        compression = GZIP if coding == "gzip" else None

        def fill() -> str | None:
            with self._market.write(told[_OF]) as unit:
                return fill_document(unit, document.document_id, store_key=key, size=size, compression=compression)

        try:
            before = anew(fill)
        except DocumentTaken as taken:
            self._market.documents.delete([key])
            raise Refused(403, "AccessDenied", "Access Denied", Reason=taken.message) from taken
        if before is not None:
            self._market.documents.delete([before])
        return HttpAnswer(200)

    def _open(self, request: HttpRequest, method: str) -> tuple[Document, dict[str, str]]:
        """The document that a link is for, and what the link says."""
        with self._market.read() as unit:
            try:
                told = opened(unit, request.path, request.query)
            except LinkRefused as refused:
                raise _not_opened(refused) from refused
        if told.get(_FOR) != method:
            raise Refused(403, "SignatureDoesNotMatch", f"The link is not for {request.method}.")
        document_id = request.path.removeprefix(PREFIX)
        with self._market.read(told[_OF]) as unit:
            try:
                return document_of(unit, document_id), told
            except NotFound:
                raise _no_key(document_id) from None


def as_s3_says(error: SellingPartnerError, request_id: str) -> HttpAnswer:
    """An error of the API as S3 would say it."""
    status, code = error.status, "InvalidRequest"
    if isinstance(error, RequestTooLarge):
        status, code = 400, "EntityTooLarge"
    elif isinstance(error, ServiceUnavailable):
        code = "SlowDown"
    elif isinstance(error, BodyLate):
        status, code = 400, "RequestTimeout"
    return _rendered(Refused(status, code, error.message), request_id)


class _Part(NamedTuple):
    start: int
    end: int
    is_asked: bool


def _part(header: str | None, size: int) -> _Part:
    """Which bytes are wanted: one range of them; what is no range is ignored, as RFC 9110 has it."""
    unit, _, said = (header or "").partition("=")
    first, dash, last = said.strip().partition("-")
    is_number = all(one == "" or (one.isascii() and one.isdigit() and len(one) <= 18) for one in (first, last))  # noqa: PLR2004 - digits
    if unit.strip().lower() != "bytes" or not dash or not is_number or not (first or last):
        return _Part(0, size, is_asked=False)
    if first:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return _Part(0, size, is_asked=False)
    else:
        start, end = max(0, size - int(last)), size
    if start >= size or start >= end:
        raise Refused(416, "InvalidRange", "The requested range is not satisfiable", ActualObjectSize=str(size))
    return _Part(start, end, is_asked=True)


def _no_key(document_id: str) -> Refused:
    return Refused(404, "NoSuchKey", "The specified key does not exist.", Key=document_id)


def _not_opened(refused: LinkRefused) -> Refused:
    message = refused.reason
    if "was good until" in message:
        return Refused(403, "AccessDenied", "Request has expired", Reason=message)
    if "signature" in message:
        return Refused(403, "SignatureDoesNotMatch", message)
    return Refused(403, "AccessDenied", message)


def _rendered(refused: Refused, request_id: str) -> HttpAnswer:
    told = {"Code": refused.code, "Message": str(refused), **refused.more, "RequestId": request_id}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'.encode()
    return HttpAnswer(refused.status, body, [("Content-Type", "application/xml")])
