"""Where files are uploaded to, at the links that the Uploads API gives: whoever holds one may send the file, by PUT."""

from __future__ import annotations

from uuid import uuid4

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError, Unauthorized
from sellingpartner.market.documents.uploads import receive_file
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import opened
from sellingpartner.server.gateway.pipeline import identify
from sellingpartner.storage.anew import anew

PREFIX = "/uploads/files/"

log = structlog.get_logger(__name__)


class Uploads:
    """Takes files in.

    Differs: Amazon's destinations are in Amazon S3, which refuses in XML; these refusals are those of the API.
    """

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Nothing but 200 to the file that was announced; never raises."""
        request_id, answer = str(uuid4()), HttpAnswer(200)
        try:
            self._take(request)
        except SellingPartnerError as error:
            answer = render(error)
        except Exception:
            log.exception("an upload failed by a defect", request_id=request_id, path=request.path)
            answer = render(InternalFailure("The market failed on this request; its log has the reason."))
        return identify(answer, request_id)

    def _take(self, request: HttpRequest) -> None:
        if request.method != "PUT":
            raise Unauthorized("A file is uploaded by PUT.")
        with self._market.read() as unit:
            told = opened(unit, request.path, request.query)
        content = request.body()

        def receive() -> None:
            with self._market.write(told["of"]) as unit:
                receive_file(
                    unit,
                    request.path.removeprefix(PREFIX),
                    content,
                    md5_said=request.header("content-md5"),
                    type_said=request.header("content-type"),
                )

        anew(receive)
