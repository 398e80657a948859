"""The way into the sandbox beside a market: what comes below its base path is answered by a world of its own.

That world is opened by its first call, so that a market that nobody calls it at spends neither time nor memory on it;
and it is thrown away as a whole when it is reset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Protocol

import structlog
from sqlalchemy.exc import DBAPIError

from sellingpartner.contract.errors import InternalFailure, NotFound, ServiceUnavailable
from sellingpartner.market.accounts.questions import all_sellers, hashed
from sellingpartner.market.guests import bring_seller
from sellingpartner.market.market import Market
from sellingpartner.market.time.chance import number_of
from sellingpartner.market.time.clock import Mode
from sellingpartner.server.app import Server
from sellingpartner.server.console.endpoint import PREFIXES as PAGES
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import SANDBOX as BASE
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.links import LINK_KEY
from sellingpartner.server.gateway.pipeline import identify
from sellingpartner.server.gateway.request_ids import new_request_id
from sellingpartner.storage.away import DatabaseAway
from sellingpartner.storage.beside import remove_beside, url_beside
from sellingpartner.storage.database import DatabaseUnusable

log = structlog.get_logger(__name__)

_LOGIN = "/auth/"
_TOKENS = "/tokens/"
_PATIENCE_SECONDS = 10
"""How long a reset waits for the calls that are at work in the sandbox."""


class Running(Protocol):
    """An open sandbox, with what runs beside it."""

    @property
    def server(self) -> Server:
        """What answers its calls."""
        ...

    def start(self) -> None:
        """Let its time pass."""
        ...

    def stop(self) -> None:
        """Close it."""
        ...


class Door:
    """An endpoint: the sandbox beside a market."""

    def __init__(self, home: Server, run: Callable[[Market], Running], *, has_models: bool = False) -> None:
        self._home = home
        self._run = run
        self.has_models = has_models
        self._homes = (_LOGIN,) if has_models else (_LOGIN, _TOKENS)
        """What the market itself answers: there is no login for the sandbox alone, nor restricted tokens of its own."""
        self._running: Running | None = None
        self._inside = 0
        self._is_closed = False
        self._is_resetting = False
        self._gate = Condition()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answer a call in the sandbox; never raises."""
        if request.path[len(BASE) :][:1] not in {"", "/"}:  # no more than a path that begins like it
            return self._home.gateway.answer(request)
        request.enter(BASE)
        if request.path.startswith(PAGES):
            message = "The sandbox has no pages; the console shows the market that it stands beside."
            return identify(render(NotFound(message)), new_request_id())
        if request.path.startswith(self._homes):
            return self._home.respond_from_a_seat(request)
        try:
            with self._entered() as server:
                return server.respond(request)
        except ServiceUnavailable as away:
            return identify(render(away), new_request_id())
        except Exception:  # calls fail inside and are answered there; this is the way in
            request_id = new_request_id()
            log.exception("the sandbox failed to open by a defect", request_id=request_id, path=request.path)
            failed = InternalFailure("The market failed on this request; its log has the reason.")
            return identify(render(failed), request_id)

    @property
    def market(self) -> Market | None:
        """The sandbox's world, if it is open."""
        return None if self._running is None else self._running.server.market

    def reset(self) -> None:
        """Throw the sandbox's world away; the next call finds one that begins anew."""
        with self._gate:
            self._is_resetting = True  # who comes meanwhile waits, or a busy sandbox could never be reset
            try:
                if not self._gate.wait_for(lambda: not self._inside, _PATIENCE_SECONDS):
                    message = "A call in the sandbox has not ended; reset it when it has."
                    raise ServiceUnavailable(message)
                self._stop()
                with _telling_why("reset"):
                    _remove(self._home.market)
            finally:
                self._is_resetting = False
                self._gate.notify_all()

    def close(self) -> None:
        """Let go of the sandbox; what is in it stays."""
        with self._gate:
            self._is_closed = True
            self._stop()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None

    @contextmanager
    def _entered(self) -> Iterator[Server]:
        """Be inside, so that no reset comes between."""
        with self._gate:
            self._gate.wait_for(lambda: not self._is_resetting)
            if self._is_closed:
                message = "The market is about to end."
                raise ServiceUnavailable(message)
            if self._running is None:
                self._running = self._opened()
            server = self._running.server
            self._inside += 1
        try:
            yield server
        finally:
            with self._gate:
                self._inside -= 1
                self._gate.notify_all()

    def _opened(self) -> Running:
        with _telling_why("opened"):
            running = self._run(open_beside(self._home.market))
        running.start()
        return running


@contextmanager
def _telling_why(done: str) -> Iterator[None]:
    """Answer 503 where the sandbox's database cannot be had, and say in the log why."""
    try:
        yield
    except (DatabaseAway, DatabaseUnusable, DBAPIError, OSError) as reason:
        log.warning("the sandbox is out of reach", wanted=done, reason=str(reason))
        message = f"The sandbox cannot be {done}; the market's log has the reason."
        raise ServiceUnavailable(message) from reason


_BESIDE = "sandbox beside"
_DOCUMENTS = "sandbox/"
"""Below which keys the sandbox's documents are, in the market's store."""


def open_beside(home: Market) -> Market:
    """Open the sandbox beside a market. A new one begins at the market's moment, and goes its own way from there."""
    sandbox = _open(home)
    if sandbox.known(_BESIDE) not in {None, mark_of(home)}:  # another market's, which was here before
        sandbox.close()
        _remove(home)
        sandbox = _open(home)
    try:
        _begin(sandbox, home)
    except BaseException:
        sandbox.close()
        raise
    return sandbox


def _open(home: Market) -> Market:
    at = home.clock.now() if home.clock.mode is Mode.FROZEN else None
    # Another seed than the market's, so that no order of the sandbox has the number of one of the market's.
    return Market.open(
        url_beside(home.database),
        seed=number_of(home.seed, "sandbox") >> 32,
        at=at,
        is_sandbox=True,
        documents=home.documents.below(_DOCUMENTS),
    )


def _remove(home: Market) -> None:
    remove_beside(home.database)
    home.documents.below(_DOCUMENTS).clear()


def _begin(sandbox: Market, home: Market) -> None:
    """Let a new sandbox begin; one that has begun is left as it is."""
    if sandbox.known(_BESIDE) is not None:
        return
    if home.clock.now() > sandbox.clock.now():
        sandbox.advance_to(home.clock.now())
    with home.read() as unit:
        first = all_sellers(unit)[:1]  # so that whoever drives the sandbox by hand finds somebody to drive
    for seller in first:
        bring_seller(sandbox, home, seller.seller_id)
    sandbox.remember(_BESIDE, mark_of(home))


def mark_of(home: Market) -> str:
    """What a sandbox knows its market by: nothing that follows from the seed, for two markets may have the same."""
    return hashed(home.known(LINK_KEY) or "")
