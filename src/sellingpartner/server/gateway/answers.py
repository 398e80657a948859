"""Answers to what was asked before, given again as long as nobody has committed anything.

What a handler is given is all that its answer follows from: a unit of a moment (`storage/unchanged.py`), the request,
the caller, the server's origin. Where all of these are the same, so is the answer, unless it follows from what time it
is; a unit knows whether it was asked for that, or only whether a moment had come (`UnitOfWork.has_come`): until that
moment the answer is the same. A handler does nothing for this.

Whether the caller is still who it was, may do it and has not called too often is found out before, each time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sellingpartner.market.accounts.model import Caller
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.storage.unchanged import Unchanged
from sellingpartner.storage.unit import UnitOfWork

_OK = 200
_LARGEST = 16 * 1024
"""How many bytes of an answer are remembered; of so many answers there are a thousand for each connection at most."""

_LONGEST_QUERY = 1024

_Asked = tuple[object, str, str, str, str, str]


class _Given(NamedTuple):
    body: bytes
    holds_until: datetime | None


_given: Unchanged[_Asked, _Given] = Unchanged()


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
    before = known.get(asked)
    if before is not None and (before.holds_until is None or before.holds_until > unit.now_for_what_holds):
        return HttpAnswer(_OK, before.body, [("Content-Type", content_type)])
    unit.is_timeless, unit.holds_until = True, None
    made = answer()
    if unit.is_timeless and made.status == _OK and len(made.body) <= _LARGEST:
        known[asked] = _Given(made.body, unit.holds_until)
    return made
