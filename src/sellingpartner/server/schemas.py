"""The documents that definitions of product types link to: schemas and the meta-schema, by signed links alone."""

from __future__ import annotations

from uuid import uuid4

import msgspec
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from sellingpartner.contract.errors import NotFound, SellingPartnerError, ServiceUnavailable, Unauthorized
from sellingpartner.market.market import Market
from sellingpartner.market.product_types.questions import Ask, Document, document, meta_document, version
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify

log = structlog.get_logger(__name__)

PREFIX = "/schemas/"
META = "meta-schema"
_VERSION = "version"
_ASK = "ask"


def told_of(ask: Ask, of_version: str) -> dict[str, str]:
    """What a link to a schema says."""
    return {_ASK: msgspec.json.encode(ask).decode(), _VERSION: of_version}


class Schemas:
    """Answers with the document that a link is for."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """A schema; 403 for a link that is forged, over or revoked."""
        request_id = str(uuid4())
        try:
            found = self._found(request)
        except SellingPartnerError as error:
            return identify(render(error), request_id)
        except (OperationalError, NoConnection):
            log.exception("the database did not answer a link", request_id=request_id)
            unusable = ServiceUnavailable("The market cannot use its database at the moment; try again.")
            return identify(render(unusable), request_id)
        headers = [("Content-Type", "application/json"), ("Content-MD5", found.checksum)]
        body = b"" if request.method == "HEAD" else found.body
        return identify(HttpAnswer(200, body, headers), request_id)

    def _found(self, request: HttpRequest) -> Document:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A link is for GET.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        if request.path == f"{PREFIX}{META}":
            return meta_document()
        if told[_VERSION] != version():
            raise NotFound("The link is to another version of the definitions than this market has; ask for it again.")
        return document(msgspec.json.decode(told[_ASK], type=Ask))
