"""The gateway: every call of the API passes here, in one order.

    route > request id > authenticate > permit > throttle > fail by a fault > decode > permit what it is about >
    run in one unit of work > encode > spoil by a fault > log

Whatever goes wrong on the way is raised as an error of the contract's tree and rendered at the edge, here and nowhere
else. A database that is away is such an error (503); what is left is a defect, logged with its traceback and answered
as 500.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from functools import cache
from time import perf_counter

import msgspec
import structlog

from sellingpartner.contract import registry
from sellingpartner.contract.errors import (
    InternalFailure,
    InvalidInput,
    MissingAuthenticationToken,
    NotBuilt,
    QuotaExceeded,
    SellingPartnerError,
)
from sellingpartner.contract.needs import depends_on_content
from sellingpartner.contract.operation import Operation, Request, answer_type
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.tokens import TokenRefused
from sellingpartner.market.faults.luck import Struck
from sellingpartner.market.faults.model import Called
from sellingpartner.market.market import Market
from sellingpartner.market.sandbox import check_sandbox
from sellingpartner.server.gateway.answers import given_before
from sellingpartner.server.gateway.authenticate import authenticate
from sellingpartner.server.gateway.decode import Decoder
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.handlers import Handled, handler_of
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.injecting import HEADER, Injected, stop, strike
from sellingpartner.server.gateway.journal import Journal, for_the_log, without_values
from sellingpartner.server.gateway.peculiar import FORMER_PATHS
from sellingpartner.server.gateway.permit import permit, permit_content
from sellingpartner.server.gateway.recording import Recorder
from sellingpartner.server.gateway.request_ids import new_request_id
from sellingpartner.server.gateway.routes import Routes
from sellingpartner.server.gateway.sent import Sent, shown_agent
from sellingpartner.server.gateway.spoiling import RATE_HEADER, spoiled, status_of
from sellingpartner.server.gateway.throttle import Limits, Throttle
from sellingpartner.storage.anew import anew
from sellingpartner.storage.glance import ReadAnew
from sellingpartner.storage.unit import UnitOfWork

log = structlog.get_logger(__name__)

NO_CONTENT = 204
_WITH_RATE = frozenset({200, 201, 202, 204, 207, 400, 404})


class Route:
    """One operation as the gateway serves it; its API is imported when it is first called."""

    def __init__(self, entry: registry.Entry) -> None:
        self.entry = entry
        self.depends_on_content = depends_on_content(entry.key)
        self._request: type[Request[object]] | None = None
        self._decoder: Decoder | None = None

    @property
    def request(self) -> type[Request[object]]:
        """The operation's request class."""
        if self._request is None:
            self._request = registry.load(self.entry)
        return self._request

    @property
    def operation(self) -> Operation:
        """What the contract says of it."""
        return self.request.operation

    @property
    def decoder(self) -> Decoder:
        """How its requests are read."""
        if self._decoder is None:
            self._decoder = Decoder(self.request)
        return self._decoder


class Exchange(msgspec.Struct):
    """What is known of one call so far, for its log line."""

    request_id: str
    route: Route | None = None
    caller: Caller | None = None
    error: SellingPartnerError | None = None
    at: datetime | None = None
    """Its moment, once it has one."""
    is_counted: bool = False
    """Whether its usage plan has been asked."""
    left: float | None = None
    """What it left in its bucket; None where there is none."""
    struck: tuple[Struck, ...] | None = None
    """The faults that it meets; None until it was asked for them."""


@cache
def _every_route() -> Routes[Route]:
    """The contract's routes, which are the same for every gateway."""
    routes: Routes[Route] = Routes()
    for entry in registry.operations():
        route = Route(entry)
        for path in (entry.path, *FORMER_PATHS.get(entry.key, ())):
            routes.add(entry.method, path, route)
    return routes


class Gateway:
    """Answers calls of the Selling Partner API out of one market."""

    def __init__(self, market: Market, journal: Journal, limits: Limits = Limits.REAL) -> None:
        self.market = market
        self.journal = journal
        self.throttle = Throttle(limits)
        self.routes = _every_route()
        self.recorder: Recorder | None = None
        """Keeps whole calls, where that is asked for."""
        self._rate_headers: dict[str, tuple[str, str]] = {}

    def answer(self, http: HttpRequest) -> HttpAnswer:
        """Answer one call; never raises."""
        started = perf_counter()
        exchange = Exchange(new_request_id())
        try:
            answer = self._serve(http, exchange)
        except SellingPartnerError as error:
            exchange.error = error
            answer = render(error)
        except Injected as injected:
            answer = injected.answer
        except Exception:
            log.exception(
                "a call failed by a defect", request_id=exchange.request_id, path=for_the_log(without_values(http.path))
            )
            exchange.error = InternalFailure("The market failed on this request; its log has the reason.")
            answer = render(exchange.error)
        self._finish(exchange, answer)
        if exchange.struck and (route := exchange.route) is not None:
            answer = spoiled(answer, exchange.struck, lambda: answer_type(route.request))
        if self.recorder is not None:
            self.recorder.take(exchange.request_id, http, answer)
        self._log(http, exchange, answer, (perf_counter() - started) * 1000)
        return answer

    def _serve(self, http: HttpRequest, exchange: Exchange) -> HttpAnswer:
        found = self.routes.find(http.method, http.path)
        if found is None:
            raise MissingAuthenticationToken().because(f"No operation is {http.method} on this path.")
        route, path_values = found
        exchange.route = route
        handled = handler_of(route.entry.key)

        def carry_out(unit: UnitOfWork) -> HttpAnswer:
            unit.cause = exchange.request_id
            caller = self._admit(unit, http, route.operation, exchange)
            if self.market.faults.of_calls or http.header(HEADER) is not None:
                self._strike(http, route, caller, exchange)
            if handled is None and not route.depends_on_content:
                raise _not_built(route)
            unit.seller_id = caller.seller_id
            if http.method != "GET":
                return _run(route, handled, unit, http, path_values, caller)
            _refuse_body(http)
            if handled is None or route.decoder.headers:
                return _run(route, handled, unit, http, path_values, caller)

            def run() -> HttpAnswer:
                return _run(route, handled, unit, http, path_values, caller)

            return given_before(handled.function, unit, http, caller, run, route.operation.produces)

        if handled is None or handled.reads:
            return self._look(carry_out)
        return _in_one(self.market.write, carry_out)

    def _look(self, carry_out: Callable[[UnitOfWork], HttpAnswer]) -> HttpAnswer:
        """Answer a call that changes nothing: at a glance, if that shows one moment; else in a unit."""
        glance = self.market.glance()
        if glance is not None:
            with suppress(ReadAnew), glance as unit:
                return carry_out(unit)
        return _in_one(self.market.read, carry_out)

    def _admit(self, unit: UnitOfWork, http: HttpRequest, operation: Operation, exchange: Exchange) -> Caller:
        """Who calls, if it may and has not called too often; a call that is tried anew counts once."""
        exchange.at = unit.now
        exchange.caller = authenticate(unit, http)
        if operation.sandbox_only:
            check_sandbox(unit, operation.name)
        caller = exchange.caller = permit(operation, exchange.caller, http.path)
        if not exchange.is_counted:
            exchange.is_counted = True
            self._spend(operation, caller, exchange, unit.now)
        return caller

    def _spend(self, operation: Operation, caller: Caller, exchange: Exchange, now: datetime) -> None:
        """Take the call's token out of its bucket; raises `QuotaExceeded`."""
        try:
            exchange.left = self.throttle.spend(operation, caller, now)
        except QuotaExceeded:
            exchange.left = 0.0
            raise

    def _strike(self, http: HttpRequest, route: Route, caller: Caller, exchange: Exchange) -> None:
        """Have the call meet its faults, once, however often it is tried; raises if it is to fail before it happens."""
        if exchange.struck is None:
            entry = route.entry
            called = Called(
                operation=entry.name,
                api=f"{entry.api} {entry.version}",
                seller_id=caller.seller_id,
                application_id=caller.application_id,
            )
            exchange.struck = strike(self.market.faults, http, called, self.market.clock.now())
        stop(exchange.struck)

    def _finish(self, exchange: Exchange, answer: HttpAnswer) -> None:
        """Put on the headers that tell of the call and of its usage plan."""
        identify(answer, exchange.request_id)
        if exchange.caller is not None and exchange.route is not None and answer.status in _WITH_RATE:
            answer.headers.append(self._rate_header(exchange.route.operation))

    def _rate_header(self, operation: Operation) -> tuple[str, str]:
        header = self._rate_headers.get(operation.key)
        if header is None:
            rate = self.throttle.rate_of(operation)
            header = self._rate_headers[operation.key] = (RATE_HEADER, _in_decimals(rate.per_second))
        return header

    def _log(self, http: HttpRequest, exchange: Exchange, answer: HttpAnswer, milliseconds: float) -> None:
        route = exchange.route
        entry = None if route is None else route.entry
        error = exchange.error
        who = error if isinstance(error, TokenRefused) else exchange.caller
        self.journal.add(
            Call(
                at=exchange.at or self.market.clock.now(),
                request_id=exchange.request_id,
                method=http.method,
                path=http.path if entry is None else entry.path,
                operation="" if entry is None else entry.name,
                api="" if entry is None else f"{entry.api} {entry.version}",
                scope="" if route is None else route.operation.scope,
                application_id="" if who is None else who.application_id,
                seller_id="" if who is None else who.seller_id,
                status=status_of(answer),
                code="" if error is None else error.code,
                reason="" if error is None else error.reason,
                milliseconds=milliseconds,
                agent=shown_agent(http.header("user-agent") or ""),
                size=len(answer.body),
                left=exchange.left,
                burst=0 if exchange.left is None or route is None else self.throttle.rate_of(route.operation).burst,
                elements=() if exchange.caller is None else tuple(exchange.caller.elements),
                fault=", ".join(one.told for one in exchange.struck or ()),
            ),
            Sent(http.query, route.request) if http.query and route is not None else None,
        )


def identify(answer: HttpAnswer, request_id: str) -> HttpAnswer:
    """Put on the headers by which a call can be found again.

    Differs: answers have no x-amz-apigw-id, since there is no API Gateway whose id it could be; and no
    Strict-Transport-Security, which would follow a developer's localhost around.
    """
    digits = request_id.replace("-", "")
    answer.headers += (
        ("x-amzn-RequestId", request_id),
        ("x-amz-rid", digits[:20].upper()),
        ("X-Amzn-Trace-Id", f"Root=1-{digits[:8]}-{digits[8:]}"),
    )
    return answer


@cache
def _in_decimals(per_second: float) -> str:
    """A rate as Amazon writes it: "2.0", "0.0167", never in powers of ten."""
    whole, _, parts = f"{per_second:.6f}".partition(".")
    return f"{whole}.{parts.rstrip('0') or '0'}"


def _in_one(
    opened: Callable[[], AbstractContextManager[UnitOfWork]], carry_out: Callable[[UnitOfWork], HttpAnswer]
) -> HttpAnswer:
    """Carry a call out in one unit of work, anew if the database set it back for another one's sake."""

    def once() -> HttpAnswer:
        with opened() as unit:
            return carry_out(unit)

    return anew(once)


def _run(
    route: Route, handled: Handled | None, unit: UnitOfWork, http: HttpRequest, path_values: list[str], caller: Caller
) -> HttpAnswer:
    request = _admitted(route, caller, route.decoder.decode(http, path_values))
    if handled is None:
        raise _not_built(route)
    return _answer(route.operation, handled(unit, request, caller, http.origin))


def _admitted(route: Route, caller: Caller, request: Request[object]) -> Request[object]:
    """The request, if its caller may make it about what it is about."""
    if route.depends_on_content:
        permit_content(request, caller)
    return request


def _not_built(route: Route) -> NotBuilt:
    entry = route.entry
    return NotBuilt(f"{entry.name} ({entry.api} {entry.version}) is not built in this market.")


def _answer(operation: Operation, result: object) -> HttpAnswer:
    if operation.status == NO_CONTENT:
        return HttpAnswer(operation.status)
    return HttpAnswer(operation.status, to_json(result), [("Content-Type", operation.produces)])


def _refuse_body(http: HttpRequest) -> None:
    """Amazon refuses a GET that has a body in front of the API.

    Differs: Amazon refuses the body of a GET with an HTML page; here it is an error that clients can read.
    """
    if http.has_body:
        message = "A GET request must not have a body."
        raise InvalidInput(message)
