"""Faults that are injected into calls: those that strike before a call happens end it, the others spoil its answer.

`strike` draws once for a call, behind its admission: who may not call is told so as ever. `stop` then ends a call that
is to fail before anything happened: its unit of work is left by an exception, so that nothing of it is kept. What
spoils the answer (`spoiling.py`) comes when all is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus

from sellingpartner.contract.errors import (
    Conflict,
    InternalFailure,
    InvalidInput,
    NotFound,
    QuotaExceeded,
    RequestTooLarge,
    SellingPartnerError,
    ServiceUnavailable,
    Unauthorized,
    UnsupportedMediaType,
)
from sellingpartner.market.faults.board import FaultBoard
from sellingpartner.market.faults.luck import Struck
from sellingpartner.market.faults.model import Called, ExpiredLink, Page, Refuse, Reset, When, Where
from sellingpartner.market.faults.text import rule_of
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest, Leaving

HEADER = "x-spapi-fault"
"""Has the call that bears it meet a fault, and no other call: `x-spapi-fault: reset after`."""

_NO_ANSWER = 502
"""Where a connection is to be reset and cannot be, whoever stands in between would say this."""

_REFUSALS: dict[int, Callable[[], SellingPartnerError]] = {
    400: lambda: InvalidInput("The request is invalid."),
    403: Unauthorized,
    404: lambda: NotFound("The resource does not exist."),
    409: lambda: Conflict("The resource is in another state."),
    413: lambda: RequestTooLarge("The request is too large."),
    415: lambda: UnsupportedMediaType("The media type is not supported."),
    429: QuotaExceeded,
    500: lambda: InternalFailure("We encountered an internal error. Please try again."),
    503: lambda: ServiceUnavailable("The service is temporarily unavailable. Please try again."),
}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_OTHER_CODES = {401: "Unauthorized", 502: "BadGateway", 504: "GatewayTimeout"}


class Injected(Exception):
    """A call ends here, before it happened, with an answer that is no refusal of the API."""

    def __init__(self, answer: HttpAnswer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def strike(board: FaultBoard, http: HttpRequest, called: Called, now: datetime) -> tuple[Struck, ...]:
    """The faults that a call meets: by rule, and the one that it asks for itself."""
    struck = board.strike(called, now)
    wanted = http.header(HEADER)
    return struck if wanted is None else (*struck, _one_off(board, wanted))


def stop(struck: Sequence[Struck]) -> None:
    """End a call that is to fail before it happens; raises its refusal, or `Injected`."""
    for one in struck:
        match one.rule.fault:
            case Refuse() as refuse:
                raise refusal_of(refuse, one)
            case Page(status=status):
                raise Injected(page_of(status))
            case Reset(moment="before"):
                raise Injected(HttpAnswer(_NO_ANSWER, leaving=Leaving(reset=True)))
            case _:
                pass


def refusal_of(refuse: Refuse, struck: Struck) -> SellingPartnerError:
    """The refusal that a rule wants, as the API itself would say it."""
    made = _REFUSALS.get(refuse.status)
    if made is None:
        error = SellingPartnerError("The request failed.", code=_OTHER_CODES.get(refuse.status, "InternalFailure"))
        error.status = refuse.status
    else:
        error = made()
    error.code = refuse.code or error.code
    error.message = refuse.message or error.message
    return error.because(f"A fault was injected: {struck.told}.")


def page_of(status: int) -> HttpAnswer:
    """The page of a gateway that reached nobody behind it."""
    title = f"{status} {_PHRASES.get(status, 'Error')}"
    html = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>\r\n"
    return HttpAnswer(status, html.encode(), [("Content-Type", "text/html")])


def _one_off(board: FaultBoard, wanted: str) -> Struck:
    """The fault that a call's own header asks for; raises `InvalidInput` for what no single call can meet."""
    rule = rule_of(wanted)
    if not rule.is_of_calls or isinstance(rule.fault, ExpiredLink):
        raise InvalidInput(f"{HEADER}: a fault of the kind {rule.fault.kind} strikes no call of an operation.")
    if rule.where != Where() or rule.when != When():
        message = f"{HEADER} is about this call alone: say the fault, and neither whom it strikes nor when."
        raise InvalidInput(message)
    return board.one_off(rule)
