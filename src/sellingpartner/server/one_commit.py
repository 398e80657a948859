"""Calls that wait together are answered one after the other, and kept by one commit (`storage/together.py`).

Each is refused or carried out by itself, as if it were alone. None of the answers may leave before the commit: if that
fails, all who were to be told that something was kept are told that it was not, and the log says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple, Self

import structlog

from sellingpartner.contract.errors import InternalFailure, SellingPartnerError
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.turns import Turns
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.together import Together

log = structlog.get_logger(__name__)

_OWN = frozenset({"x-amzn-requestid", "x-amz-rid", "x-amzn-trace-id"})
"""The headers by which a call can be found again."""


class _Answered(NamedTuple):
    outcome: HttpAnswer | Exception
    has_written: bool
    lines: range
    """Its lines among those that the log holds back."""


class OneCommit:
    """Answers that leave when the block has ended, in which their calls have had their turn."""

    def __init__(self, market: Market, journal: Journal, turns: Turns) -> None:
        self._market = market
        self._journal = journal
        self._turns = turns
        self._answered: list[_Answered] = []
        self._together: Together
        self.outcomes: list[HttpAnswer | Exception] = []
        """What each call is answered, in order, when the block has ended."""

    def __enter__(self) -> Self:
        """Take the turn, for all of them."""
        self._turns.__enter__()
        self._journal.hold()
        self._together = self._market.database.together().__enter__()
        return self

    @property
    def may_go_on(self) -> bool:
        """Whether another call can be a part of it."""
        return self._together.lost is None

    def answer(self, call: Callable[[HttpRequest], HttpAnswer], request: HttpRequest) -> None:
        """Answer one more call."""
        done, first = self._together.done, self._journal.held
        outcome: HttpAnswer | Exception
        try:
            outcome = call(request)
        except Exception as failure:  # noqa: BLE001 - whoever waits for the answer is to have it
            outcome = failure
        self._answered.append(_Answered(outcome, self._together.done > done, range(first, self._journal.held)))

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit; and let the turn go, however that ends."""
        lost: SellingPartnerError | None = None
        try:
            self._together.__exit__(kind, failure, traceback)
        except DatabaseAway as away:
            lost = away
        except Exception:
            log.exception("a commit of several calls failed by a defect")
            lost = InternalFailure("The market failed on this request; its log has the reason.")
        finally:
            unkept = [one for one in self._answered if one.has_written] if lost is not None else []
            self._journal.let_go({line: lost for one in unkept for line in one.lines} if lost is not None else {})
            self._turns.leave()
        self.outcomes = [
            one.outcome if lost is None or not one.has_written else _instead(one.outcome, lost)
            for one in self._answered
        ]


def _instead(outcome: HttpAnswer | Exception, error: SellingPartnerError) -> HttpAnswer:
    """The answer to a call of which nothing is kept, under the ids that its first answer had."""
    answer = render(error)
    if isinstance(outcome, HttpAnswer):
        answer.headers += [header for header in outcome.headers if header[0].lower() in _OWN]
    return answer
