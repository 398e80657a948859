"""Faults of what is no operation: where tokens are given out, and where signed links lead.

The endpoint itself stands behind and knows nothing of it. What goes wrong has a line of its own in the log of calls.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.faults.model import DOCUMENT, TOKEN, Called, ExpiredLink
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.http import Endpoint, HttpAnswer, HttpRequest
from sellingpartner.server.gateway.injecting import Injected, stop
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.gateway.links import links_over
from sellingpartner.server.gateway.spoiling import spoiled, status_of

_APIS = {TOKEN: "authorization", DOCUMENT: "documents"}
"""What the log of calls says in the place of an API."""

Refusal = Callable[[SellingPartnerError, str], HttpAnswer]
"""How a place refuses: the error in its own words, with the id of the request."""


class Disturbed:
    """An endpoint whose answers may go wrong by rule."""

    def __init__(self, endpoint: Endpoint, market: Market, journal: Journal, *, place: str, refusal: Refusal) -> None:
        self._endpoint, self._market, self._journal = endpoint, market, journal
        self._called = Called(operation=place)
        self._refusal = refusal

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request, as its faults have it; never raises."""
        now, faults = self._market.clock.now(), self._market.faults
        struck = faults.strike(self._called, now) if faults.of_calls else ()
        if not struck:
            return self._endpoint.answer(request)
        request_id, code, reason = str(uuid4()), "", ""
        try:
            stop(struck)
            if any(isinstance(one.rule.fault, ExpiredLink) for one in struck):
                with links_over():
                    answer = self._endpoint.answer(request)
            else:
                answer = self._endpoint.answer(request)
        except SellingPartnerError as error:
            answer, code, reason = self._refusal(error, request_id), error.code, error.reason
        except Injected as injected:
            answer = injected.answer
        answer = spoiled(answer, struck)
        call = Call(
            at=now,
            request_id=request_id,
            method=request.method,
            path="",
            operation=self._called.operation,
            api=_APIS[self._called.operation],
            status=status_of(answer),
            code=code,
            reason=reason,
            fault=", ".join(one.told for one in struck),
        )
        self._journal.add(call)
        return answer


def as_login_says(error: SellingPartnerError, request_id: str) -> HttpAnswer:
    """An error as Login with Amazon would say it."""
    code = "server_error" if error.status >= 500 else "invalid_request"  # noqa: PLR2004 - HTTP's own numbers
    told = {"error": code, "error_description": error.message, "request_id": request_id}
    return HttpAnswer(error.status, to_json(told), [("Content-Type", "application/json;charset=UTF-8")])
