"""Answers to what was asked before, given again as long as nobody has committed anything.

What a handler is given is all that its answer follows from: a unit of a moment (`storage/unchanged.py`), the request,
the caller, the server's origin. Where all of these are the same, so is the answer, unless it follows from what time it
is; a unit knows whether it was asked for that. A handler does nothing for this.

Whether the caller is still who it was, may do it and has not called too often is found out before, each time.
"""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.market.accounts.model import Caller
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.storage.unchanged import Unchanged
from sellingpartner.storage.unit import UnitOfWork

_OK = 200
_LARGEST = 16 * 1024
"""How many bytes of an answer are remembered; of so many answers there are a thousand for each connection at most."""

_LONGEST_QUERY = 1024

_Asked = tuple[object, str, str, str, str, str]

_given: Unchanged[_Asked, bytes] = Unchanged()


def given_before(
    handler: object,
    unit: UnitOfWork,
    http: HttpRequest,
    caller: Caller,
    answer: Callable[[], HttpAnswer],
    content_type: str,
) -> HttpAnswer:
    """A handler's answer to a GET whose parameters are in path and query: what is remembered, or else a new one."""
    # Personal data is not kept longer than it takes to send it.
    is_kept = not caller.is_restricted and len(http.query) <= _LONGEST_QUERY
    known = _given.known(unit.connection) if is_kept else None
    if known is None:
        return answer()
    asked = (handler, http.path, http.query, http.header("x-amz-access-token") or "", http.peer, http.origin)
    body = known.get(asked)
    if body is not None:
        return HttpAnswer(_OK, body, [("Content-Type", content_type)])
    unit.is_timeless = True
    made = answer()
    if unit.is_timeless and made.status == _OK and len(made.body) <= _LARGEST:
        known[asked] = made.body
    return made
