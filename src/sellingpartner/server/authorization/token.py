"""`POST /auth/o2/token`, the token endpoint of Login with Amazon (RFC 6749, 3.2): HTTP in and out."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from math import ceil
from time import perf_counter
from uuid import uuid4

import structlog

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.market import Market
from sellingpartner.server.authorization import refusals
from sellingpartner.server.authorization.failures import Failures
from sellingpartner.server.authorization.grants import Outcome, run
from sellingpartner.server.authorization.parameters import LARGEST_BODY, Unreadable, read_parameters
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import RETRY_AFTER_SECONDS
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.storage.anew import anew
from sellingpartner.storage.away import DatabaseAway

log = structlog.get_logger(__name__)

PATH = "/auth/o2/token"
"""Also spelled /auth/O2/token by some SDKs."""

_OK = 200
_UNAUTHORIZED = 401
_NOT_FOUND = 404
_METHOD_NOT_ALLOWED = 405
_TOO_LARGE = 413


class Refused(Exception):
    """A request that never gets as far as the accounts; the message is for the log, the description for the client."""

    def __init__(self, reason: str, *, status: int = 400, description: str | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.description = description


class HeldUp(Exception):
    """A client that has guessed too often; it is heard again after a while."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("The client was refused too often within a minute; see how it keeps its credentials.")
        self.wait_seconds = ceil(wait.total_seconds())


class TokenService:
    """Answers the token endpoint out of one market's accounts."""

    def __init__(self, market: Market, journal: Journal, limits: Limits = Limits.REAL) -> None:
        self._market = market
        self._journal = journal
        self._failures = Failures(limits)

    def answer(self, http: HttpRequest) -> HttpAnswer:
        """Give out a token, or say with Amazon's words why not; never raises."""
        started = perf_counter()
        request_id = str(uuid4())
        wait_seconds = 0
        try:
            outcome = self._serve(http)
        except Refused as refused:
            outcome = _refusal("invalid_request", str(refused))
            outcome.status = refused.status
            outcome.fields["error_description"] = refused.description
        except HeldUp as held_up:
            outcome, wait_seconds = _refusal("temporarily_unavailable", str(held_up)), held_up.wait_seconds
        except DatabaseAway as away:
            outcome, wait_seconds = _refusal("temporarily_unavailable", away.reason), RETRY_AFTER_SECONDS
        except Exception:
            log.exception("a token request failed by a defect", request_id=request_id)
            outcome = _refusal("server_error", "The market failed on this request; its log has the reason.")
        answer = self._render(outcome, request_id)
        if answer.status == _METHOD_NOT_ALLOWED:
            answer.headers.append(("Allow", "POST"))
        if wait_seconds:
            answer.headers.append(("Retry-After", str(wait_seconds)))
        if answer.status == _UNAUTHORIZED and http.header("authorization"):
            answer.headers.append(("WWW-Authenticate", 'Basic realm="Login with Amazon"'))
        self._log(http, request_id, outcome, answer.status, (perf_counter() - started) * 1000)
        return answer

    def _serve(self, http: HttpRequest) -> Outcome:
        if http.path.lower() != PATH:
            raise Refused(f"Nothing is at this path; tokens are at {PATH}.", status=_NOT_FOUND)
        if http.method != "POST":
            raise Refused(
                f"The method is {http.method[:10]}; tokens are asked for by POST.", status=_METHOD_NOT_ALLOWED
            )
        # The body is read before the unit of work begins: a slow sender must not hold the writer's place.
        body = _body(http)
        try:
            parameters = read_parameters(http.header("content-type") or "", body, http.header("authorization") or "")
        except Unreadable as fault:
            words = refusals.invalid(fault.parameter).description if fault.parameter else None
            raise Refused(str(fault), description=words) from None
        client = (http.peer, parameters.get("client_id", ""))
        wait = self._failures.wait(*client, self._market.clock.now())
        if wait is not None:
            raise HeldUp(wait)
        outcome = anew(lambda: self._run(parameters, http.peer))
        if outcome.is_guess:
            self._failures.count(*client, self._market.clock.now())
        return outcome

    def _run(self, parameters: dict[str, str], address: str) -> Outcome:
        with self._market.write() as unit:
            return run(unit, parameters, address)

    def _render(self, outcome: Outcome, request_id: str) -> HttpAnswer:
        headers = [
            ("Content-Type", "application/json;charset=UTF-8"),
            ("Cache-Control", "no-cache, no-store, must-revalidate"),
            ("Pragma", "no-cache"),
            ("x-amzn-RequestId", request_id),
            ("X-Amz-Date", format_datetime(self._market.clock.now(), usegmt=True)),
        ]
        error = outcome.fields.get("error")
        if error is None:
            return HttpAnswer(_OK, to_json(outcome.fields | {"token_type": "bearer"}), headers)
        words = refusals.WORDS[error]
        body = {
            "error": error,
            "error_description": outcome.fields.get("error_description") or words.description,
            "request_id": request_id,
        }
        headers.append(("x-amzn-ErrorType", words.error_type))
        return HttpAnswer(outcome.status or words.status, to_json(body), headers)

    def _log(self, http: HttpRequest, request_id: str, outcome: Outcome, status: int, milliseconds: float) -> None:
        self._journal.add(
            Call(
                at=self._market.clock.now(),
                request_id=request_id,
                method=http.method,
                path=http.path,
                operation="token",
                api="authorization",
                application_id=outcome.application_id,
                seller_id=outcome.seller_id,
                status=status,
                code=outcome.fields.get("error", ""),
                reason=outcome.reason,
                milliseconds=milliseconds,
            )
        )


def _body(http: HttpRequest) -> bytes:
    too_large = Refused(f"The body is larger than {LARGEST_BODY} bytes.", status=_TOO_LARGE)
    if (http.declared_length or 0) > LARGEST_BODY:
        raise too_large
    try:
        body = http.body()
    except SellingPartnerError as error:
        raise Refused(error.message, status=error.status) from None
    if len(body) > LARGEST_BODY:
        raise too_large
    return body


def _refusal(error: str, reason: str) -> Outcome:
    return Outcome({"error": error}, reason=reason)
