"""The server, put together: which part answers which path. An explicit list; nothing is scanned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from sellingpartner.contract.errors import SellingPartnerError, ServiceUnavailable, Unauthorized
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.catalog.pictures import PREFIX as PICTURES
from sellingpartner.market.faults.model import DOCUMENT, TOKEN
from sellingpartner.market.market import Market
from sellingpartner.server import api  # noqa: F401 - its import registers every handler
from sellingpartner.server.authorization.token import TokenService
from sellingpartner.server.console.endpoint import PREFIXES, Console
from sellingpartner.server.console.places import CONSOLE
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.documents import PREFIX, OpenApi
from sellingpartner.server.documents_out import PREFIX as DOCUMENTS
from sellingpartner.server.documents_out import DocumentsOut, as_s3_says
from sellingpartner.server.drawn_now import DrawnNow
from sellingpartner.server.gateway.disturbed import Disturbed, as_login_says
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import Endpoint, HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.gateway.links import keep_a_key
from sellingpartner.server.gateway.pipeline import Gateway, identify
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.server.gateway.wsgi import WsgiRequest
from sellingpartner.server.health import PREFIX as HEALTH
from sellingpartner.server.health import Health
from sellingpartner.server.inbound_documents import PREFIX as INBOUND_DOCUMENTS
from sellingpartner.server.inbound_documents import inbound_document
from sellingpartner.server.one_commit import OneCommit
from sellingpartner.server.pictures import Pictures
from sellingpartner.server.schemas import PREFIX as SCHEMAS
from sellingpartner.server.schemas import Schemas
from sellingpartner.server.seats import PATIENCE_SECONDS, Seats
from sellingpartner.server.shipping_documents import PREFIX as SHIPPING_DOCUMENTS
from sellingpartner.server.shipping_documents import shipping_document
from sellingpartner.server.turns import turns_on
from sellingpartner.server.uploads import PREFIX as UPLOADS
from sellingpartner.server.uploads import Uploads

_READING = frozenset({"GET", "HEAD"})
"""What changes nothing, so that it never waits for the writer's place."""

_SOON_SECONDS = 0.01
"""How long a read waits for its turn before it is given to another thread: longer than most calls take, so that one
that had to wait does not send all that come after it the same way."""


class Front:
    """Answers `/`, as Amazon's endpoint does; a browser is shown to the console, where there is something to see."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Say what time it is to a GET; refuse the rest."""
        if request.method not in {"GET", "HEAD"}:
            return identify(render(Unauthorized()), str(uuid4()))
        if "text/html" in (request.header("accept") or ""):
            return identify(HttpAnswer(303, headers=[("Location", CONSOLE), ("Vary", "Accept")]), str(uuid4()))
        now = {"timestamp": self._market.clock.now()}
        return identify(HttpAnswer(200, to_json(now), [("Content-Type", "application/json")]), str(uuid4()))


class Server:
    """All that answers for one market; itself a WSGI application."""

    def __init__(
        self,
        market: Market,
        *,
        limits: Limits = Limits.REAL,
        public_url: str | None = None,
        seats: Seats | None = None,
        gateway: Callable[[Market, Journal, Limits], Gateway] = Gateway,
    ) -> None:
        self.market = market
        self.health = Health(market)
        self._seats = seats
        self.public_url = public_url
        self._turns = turns_on(market)
        self.journal = Journal(market, self._turns)
        self.gateway = gateway(market, self.journal, limits)
        self._front = Front(market)
        openapi = OpenApi()
        self._without_a_seat: tuple[Endpoint, ...] = (self.health, openapi, self._front)
        self._prefixes: list[tuple[str, Endpoint]] = []
        self._special: tuple[str, ...] = ()
        self._in_turn: set[Endpoint] = {self.gateway}
        self._sharing: set[str] = set()
        self.mount(HEALTH, self.health)
        tokens = TokenService(market, self.journal, limits)
        self.mount("/auth/", Disturbed(tokens, market, self.journal, place=TOKEN, refusal=as_login_says))
        self.mount(PREFIX, openapi)
        keep_a_key(market)
        self.mount(PICTURES, Pictures(market))
        behind_links: dict[str, Endpoint] = {
            SCHEMAS: Schemas(market),
            UPLOADS: Uploads(market),
            DOCUMENTS: DocumentsOut(market),
            SHIPPING_DOCUMENTS: DrawnNow(market, shipping_document),
            INBOUND_DOCUMENTS: DrawnNow(market, inbound_document),
        }
        for prefix, endpoint in behind_links.items():
            self.mount(prefix, Disturbed(endpoint, market, self.journal, place=DOCUMENT, refusal=as_s3_says))
        self.open_pages(
            Desk(
                market=market,
                journal=self.journal,
                limits=limits,
                health=self.health,
                throttle=self.gateway.throttle,
            )
        )

    def open_pages(self, desk: Desk, control_key: str | None = None, *, is_public: bool = False) -> None:
        """Let the pages drive the market by a desk; its operator enters as the control API lets in."""
        console = Console(desk, control_key, is_public=is_public)
        for prefix in PREFIXES:
            self.mount(prefix, console)

    def mount(self, prefix: str, endpoint: Endpoint, *, takes_turns: bool = False, sharing: Iterable[str] = ()) -> None:
        """Let an endpoint answer every path that begins with a prefix; of several the longest counts.

        Of two for the same prefix the later one answers. An endpoint whose calls are short takes turns with the API's
        (`turns.py`); those on the paths that are `sharing` may be kept by one commit with others (`one_commit.py`).
        """
        self._sharing |= {*sharing}
        self._prefixes = [each for each in self._prefixes if each[0] != prefix]
        self._prefixes.append((prefix, endpoint))
        self._prefixes.sort(key=lambda each: -len(each[0]))
        self._special += (prefix,)
        if takes_turns:
            self._in_turn.add(endpoint)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, as WSGI has it: whatever WSGI server there is may stand in front of a market."""
        return self.answer_to(environ).send(start_response)

    def answer_to(self, environ: dict[str, Any]) -> HttpAnswer:
        """The answer to a request that comes as WSGI has it."""
        request = WsgiRequest(environ, self.public_url)
        if request.has_body and not request.is_upload:
            try:
                request.receive()
            except SellingPartnerError as error:
                return self.refuse(request, error)
        return self.respond(request)

    def respond(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request that has come whole; waits for its turn and a seat where its endpoint takes them."""
        endpoint = self._endpoint(request.path)
        if endpoint in self._without_a_seat:
            return endpoint.answer(request)
        return self._seated(endpoint, request)

    def respond_from_a_seat(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request that has its seat from another endpoint; to wait for a second one might be in vain."""
        return self._at_work(self._endpoint(request.path), request)

    def takes_a_turn(self, request: HttpRequest) -> bool:
        """Whether a request is one of those that are answered one after the other."""
        return self._turns.are_taken and self._endpoint(request.path) in self._in_turn

    def respond_at_once(self, request: HttpRequest) -> HttpAnswer | None:
        """The answer, if nobody has to be waited for, or not for long; else None, and nothing was done."""
        endpoint = self._endpoint(request.path)
        if endpoint in self._without_a_seat:
            return endpoint.answer(request)
        if endpoint not in self._in_turn or request.method not in _READING:
            return None
        if not self._turns.take_within(_SOON_SECONDS):
            return None
        try:
            return endpoint.answer(request)
        finally:
            self._turns.leave()

    def _seated(self, endpoint: Endpoint, request: HttpRequest) -> HttpAnswer:
        """Answer a request in its seat, or say that none comes free."""
        if self._seats is None:
            return self._at_work(endpoint, request)
        try:
            self._seats.take()
        except ServiceUnavailable as busy:
            return identify(render(busy), str(uuid4()))
        is_well = False
        try:
            answer = self._at_work(endpoint, request)
            is_well = answer.status != ServiceUnavailable.status
        finally:
            self._seats.leave(is_well=is_well)
        return answer

    def respond_in_turn(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request that takes a turn, and so needs no seat: it is one at a time anyway."""
        with self._turns:
            return self._endpoint(request.path).answer(request)

    def shares_a_commit(self, request: HttpRequest) -> bool:
        """Whether a request that takes a turn may be answered in one commit with others: it takes no other lock."""
        if request.method in _READING:
            return False
        return request.path in self._sharing or self._endpoint(request.path) is self.gateway

    def one_commit(self) -> OneCommit:
        """Where requests are answered that share a commit; answer each by `respond_among_others`."""
        return OneCommit(self.market, self.journal, self._turns)

    def respond_among_others(self, request: HttpRequest) -> HttpAnswer:
        """Answer a request within a turn that was taken for several."""
        return self._endpoint(request.path).answer(request)

    def _at_work(self, endpoint: Endpoint, request: HttpRequest) -> HttpAnswer:
        if endpoint not in self._in_turn:
            return endpoint.answer(request)
        with self._turns:
            return endpoint.answer(request)

    def refuse_busy(self) -> HttpAnswer:
        """The answer to a call that would have to wait too long."""
        message = f"The market is busy: no call has ended for {PATIENCE_SECONDS:g} seconds; try again."
        return identify(render(ServiceUnavailable(message)), str(uuid4()))

    def refuse(self, request: HttpRequest, error: SellingPartnerError) -> HttpAnswer:
        """Answer a request whose body did not come, whatever it was for; nothing else can come on its connection."""
        request_id = str(uuid4())
        refusal = as_s3_says(error, request_id) if request.is_upload else render(error)
        answer = identify(refusal, request_id)
        answer.headers.append(("Connection", "close"))
        found = self.gateway.routes.find(request.method, request.path)
        self.journal.add(
            Call(
                at=self.market.clock.now(),
                request_id=request_id,
                method=request.method,
                path="" if found is None else found[0].entry.path,
                status=answer.status,
                code=error.code,
                reason=error.reason,
            )
        )
        return answer

    def _endpoint(self, path: str) -> Endpoint:
        if path.startswith(self._special):
            for prefix, endpoint in self._prefixes:
                if path.startswith(prefix):
                    return endpoint
        return self._front if path == "/" else self.gateway
