"""The gateway of a sandbox: the market's own tokens, no grant's scopes, one usage plan, and static cases first.

A call is proved against the tokens of the market that the sandbox stands beside, for there is no login for the sandbox
alone. Whoever has a token may call everything.

Differs: Amazon's sandbox is said to hold calls against the application's roles, and to want a restricted data token
where production does; here a token is enough, so that a call can be tried before anybody granted anything.

A call that a static case is for gets that answer before anything of it
is decoded: cases hold values that no model allows.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import parse_qsl

import msgspec

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.contract.operation import JSON, Operation, Rate
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.model import Caller, TokenKind
from sellingpartner.market.market import Market
from sellingpartner.server.gateway.authenticate import authenticate
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.gateway.permit import opened_elements
from sellingpartner.server.gateway.pipeline import Exchange, Gateway, Route
from sellingpartner.server.gateway.throttle import Limits, Throttle
from sellingpartner.server.sandbox.lobby import Lobby
from sellingpartner.server.sandbox.matching import ABSENT, Cases, Sent
from sellingpartner.server.sandbox.models import Models
from sellingpartner.storage.unit import UnitOfWork

RATE = Rate(5.0, burst=15)
"""The usage plan of every operation in the sandbox."""

_NO_MATCH = "Could not match input arguments"
_MOST_PARAMETERS = 1000


class SandboxThrottle(Throttle):
    """Usage plans as the sandbox has them: the same for every operation."""

    def rate_of(self, _operation: Operation) -> Rate:
        """The sandbox's plan."""
        return RATE if self._factor == 1 else Rate(RATE.per_second * self._factor, RATE.burst * self._factor)


class SandboxGateway(Gateway):
    """Answers calls of the Selling Partner API out of a sandbox."""

    def __init__(
        self, market: Market, journal: Journal, limits: Limits, *, home: Market, models: Models | None = None
    ) -> None:
        super().__init__(market, journal, limits)
        self.throttle = SandboxThrottle(limits)
        self._home = home
        self._lobby = Lobby(market, home)
        self._models = models

    def _serve(self, http: HttpRequest, exchange: Exchange) -> HttpAnswer:
        found = self.routes.find(http.method, http.path) or self._with_an_empty_end(http)
        if found is not None:
            route, path_values = found
            exchange.route = route
            exchange.at = self.market.clock.now()
            exchange.caller = self._guest(route.operation, http, exchange)
            self._spend(route.operation, exchange.caller, exchange, exchange.at)
            cases = None if self._models is None else self._models.cases_of(route.entry)
            if cases is not None and (answer := _from_cases(cases, route, http, path_values)) is not None:
                return answer
            exchange.caller = self._lobby.admit(route.operation, exchange.caller)
        return super()._serve(http, exchange)

    def _with_an_empty_end(self, http: HttpRequest) -> tuple[Route, list[str]] | None:
        """The operation whose last path parameter is sent empty: elsewhere that is no operation's path; a case is."""
        if self._models is None or not http.path.endswith("/"):
            return None
        found = self.routes.find(http.method, f"{http.path}-")
        return None if found is None else (found[0], [*found[1][:-1], ""])

    def _guest(self, operation: Operation, http: HttpRequest, exchange: Exchange) -> Caller:
        """Who calls, by the market's tokens, with every scope."""
        with self._home.read() as unit:
            caller = exchange.caller = authenticate(unit, http)
        scopes = caller.scopes.union(SCOPES, {operation.grantless} if operation.grantless else ())
        caller = msgspec.structs.replace(caller, scopes=scopes, roles=None)
        if caller.kind is not TokenKind.RESTRICTED:
            return caller
        elements = opened_elements(operation, caller, http.path)
        if elements is None:  # a restricted token that does not name this call opens no more than any other
            return msgspec.structs.replace(caller, kind=TokenKind.ACCESS)
        return msgspec.structs.replace(caller, elements=elements)

    def _admit(self, unit: UnitOfWork, _http: HttpRequest, operation: Operation, exchange: Exchange) -> Caller:
        """Whoever was let in above."""
        return exchange.caller or super()._admit(unit, _http, operation, exchange)


def _from_cases(cases: Cases, route: Route, http: HttpRequest, path_values: list[str]) -> HttpAnswer | None:
    """The answer of the static case that a call matches; raises where nothing else could answer it."""
    sent = _sent(cases, route, http, path_values)
    case = cases.match(sent)
    if case is None:
        if cases.is_dynamic:
            return None
        missing = [name for name in cases.required if sent.value_of(name) is ABSENT]
        why = f"{', '.join(missing)} is missing" if missing else "no static case of the model has these values"
        raise InvalidInput(_NO_MATCH).because(f"{route.entry.name}: {why}.")
    kind = route.operation.produces if case.status < HTTPStatus.BAD_REQUEST else JSON
    headers = [("Content-Type", kind)] if case.body else []
    return HttpAnswer(case.status, case.body, [*headers, *case.headers])


def _sent(cases: Cases, route: Route, http: HttpRequest, path_values: list[str]) -> Sent:
    names = [segment[1:-1] for segment in route.entry.path.split("/") if segment.startswith("{")]
    parameters = dict(zip(names, path_values, strict=False))
    try:
        pairs = parse_qsl(http.query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        message = f"The request has more than {_MOST_PARAMETERS} parameters."
        raise InvalidInput(message) from None
    for name, value in pairs:
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    for name in cases.headers:
        said = http.header(name.lower())
        if said is not None:
            parameters[name] = said
    return Sent(parameters=parameters, body=_body(http))


def _body(http: HttpRequest) -> object:
    try:
        return json.loads(http.body()) if http.has_body else ABSENT
    except (SellingPartnerError, ValueError, RecursionError):  # compressed, too large, or no JSON: no case lists that
        return ABSENT
