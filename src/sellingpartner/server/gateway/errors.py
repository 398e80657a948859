"""Refusals as answers: the one place where an error becomes HTTP."""

from __future__ import annotations

from sellingpartner.contract.errors import (
    InternalFailure,
    MissingAuthenticationToken,
    QuotaExceeded,
    SellingPartnerError,
    ServiceUnavailable,
    Unauthorized,
)
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.http import HttpAnswer

RETRY_AFTER_SECONDS = 2
"""When a call that met no database, or no room, may be made again: few things that pass by themselves pass sooner."""

_ERROR_TYPES: dict[type[SellingPartnerError], str] = {
    MissingAuthenticationToken: "MissingAuthenticationTokenException",
    Unauthorized: "AccessDeniedException",
    QuotaExceeded: "TooManyRequestsException",
    InternalFailure: "InternalFailure",
}


def render(error: SellingPartnerError) -> HttpAnswer:
    """The answer that says why not."""
    headers = [("Content-Type", "application/json")]
    for kind in type(error).__mro__:
        if kind in _ERROR_TYPES:
            headers.append(("x-amzn-ErrorType", _ERROR_TYPES[kind]))
            break
    if isinstance(error, ServiceUnavailable):
        headers.append(("Retry-After", str(RETRY_AFTER_SECONDS)))
    return HttpAnswer(error.status, to_json(error.answer()), headers)
