"""The log of calls: a line for each on structlog, a row for each in the market's bounded table.

Calls are handed over to a thread and written in batches, so that a read does not wait for a write. That thread takes
turns with the calls (`server/turns.py`): its turn first, then the right to write. Whoever reads the table calls `flush`
before, which asks for that right alone, and may have a turn. What waits is bounded as the table is, and a batch that
cannot be written (a full disk) is reported and dropped: the log is a witness of the market, not a part of it.

Neither holds a token, a query value or a body. Reasons name what was wrong, not what was sent (`faults`); where an
error of the market quotes it (`{value!r}`), the quotation is left out, and so is whatever looks like a secret.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from threading import Lock, get_ident

import msgspec
import structlog

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.accounts.audit import on_one_line
from sellingpartner.market.accounts.calls import MOST, Call, record
from sellingpartner.market.accounts.uses import record_uses
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.sent import Sent, told_of
from sellingpartner.server.logging import without_secrets
from sellingpartner.server.loop import Loop
from sellingpartner.storage.anew import anew
from sellingpartner.storage.away import DatabaseAway

__all__ = ["Journal", "for_the_log", "without_secrets"]

log = structlog.get_logger("sellingpartner.calls")

_BATCH = 5_000
_PAUSE_SECONDS = 0.5
"""Whatever is remembered until somebody commits is read anew after each batch: few large ones cost reads the least."""
# Strangers' texts of any length come here, so no pattern looks at a stretch of text twice: each begins where nothing of
# its kind is before it, and a quotation ends with the text at the latest.
_QUOTED = re.compile(r"""(?<!\w)(?:'(?:\\.?|[^'\\])*+(?:'(?!\w)|\Z)|"(?:\\.?|[^"\\])*+(?:"(?!\w)|\Z))""", re.DOTALL)
_MORE_THAN_A_NAME = re.compile(r"(?<![^/])[^/]*[ @][^/]*")
_EMAIL = re.compile(r"(?<![^\s'\"/<>])[^\s'\"/<>]+(@|%40)[^\s'\"/<>]+")
_LONGEST = 300


def without_values(path: str) -> str:
    """A path that is none of the API's, for the log: a segment that may be somebody's name or address is cut out."""
    return _MORE_THAN_A_NAME.sub("...", path)


def for_the_log(text: str) -> str:
    """A text as the log may hold it: without secrets, and without what would break a line, a terminal or a database."""
    return on_one_line(without_secrets(text), _LONGEST)


class Journal:
    """Takes calls at once, writes them soon."""

    def __init__(self, market: Market, turns: AbstractContextManager[object] | None = None) -> None:
        self._market = market
        self._turns = nullcontext() if turns is None else turns
        self._waiting: deque[tuple[Call, Sent | None]] = deque(maxlen=MOST)
        self._writing = Lock()
        self._held: list[tuple[Call, Sent | None]] = []
        self._holder: int | None = None
        self.loop = Loop("journal", self._turn, retry_seconds=_PAUSE_SECONDS)

    def start(self) -> None:
        """Write from a thread of its own from here on."""
        self.loop.start()

    def stop(self) -> None:
        """Write what is left and end the thread."""
        self.loop.stop()
        self.flush()

    def add(self, call: Call, sent: Sent | None = None) -> None:
        """Take a call, and how it was sent."""
        (self._held if self._holder == get_ident() else self._waiting).append((call, sent))

    def hold(self) -> None:
        """Keep what this thread adds to itself, until it is known how its calls have ended; one thread does so."""
        self._holder = get_ident()

    @property
    def held(self) -> int:
        """How many calls are held."""
        return len(self._held)

    def let_go(self, failed: Mapping[int, SellingPartnerError]) -> None:
        """Take what was held; some, by their places in it, failed after they had been added."""
        for place, error in failed.items():
            call, sent = self._held[place]
            changed = {"status": error.status, "code": error.code, "reason": error.reason}
            self._held[place] = msgspec.structs.replace(call, **changed), sent
        self._holder = None
        self._waiting.extend(self._held)
        self._held = []

    def flush(self) -> None:
        """Write all that was taken so far; what cannot be written is gone, and whoever asked is not to pay for it."""
        self._flush()

    def _flush(self) -> Exception | None:
        """Write it; returns why not all of it could be."""
        failure = None
        with self._writing:
            while self._waiting:
                failure = self._write([self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))])
        return failure

    def _write(self, taken: list[tuple[Call, Sent | None]]) -> Exception | None:
        try:
            batch = [told_of(call if _is_plain(call) else _fit_to_keep(call), sent) for call, sent in taken]
            # Where nobody has said where the log goes, as in a test, structlog would print it.
            if structlog.is_configured() and log.is_enabled_for(logging.INFO):
                for call in batch:
                    _say(call)
            anew(partial(self._keep, batch))
        except Exception as reason:  # noqa: BLE001 - the loop says what it was
            why = reason.reason if isinstance(reason, DatabaseAway) else type(reason).__name__
            log.warning("calls could not be kept", calls=len(taken), reason=why)
            return reason
        return None

    def _keep(self, batch: list[Call]) -> None:
        faults = self._market.faults
        try:
            with self._market.write() as unit:
                record(unit, batch)
                record_uses(unit, batch)
                faults.keep(unit)
        except Exception:
            faults.keep_again()  # what they handed over has gone with the rest
            raise

    def _turn(self) -> float:
        with self._turns:
            failure = self._flush()
        if failure is not None:
            raise failure
        return _PAUSE_SECONDS


def _is_plain(call: Call) -> bool:
    """Whether all that a call holds are words of the contract: so it is for an operation that was not refused."""
    return call.operation != "" and call.reason == ""


def _fit_to_keep(call: Call) -> Call:
    return msgspec.structs.replace(
        call,
        method=for_the_log(call.method)[:10],
        path=for_the_log(without_values(call.path)),
        reason=for_the_log(_EMAIL.sub("...", _QUOTED.sub("'...'", call.reason))),
    )


def _say(call: Call) -> None:
    facts: dict[str, object] = {
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "ms": round(call.milliseconds, 2),
        "request_id": call.request_id,
        "application": call.application_id,
        "seller": call.seller_id,
    }
    if call.code:
        facts |= {"code": call.code, "reason": call.reason}
    log.info("call", **facts)
