"""What the client's tests are told with: a server that follows a script, callers of either kind, a bench for steps.

Both clients tell the same stories: a `Caller` is one of either kind, and its calls are made to completion. A `Bench`
plays a call's steps on a clock of its own, without any input or output at all.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

import httpx2

from sellingpartner.client import AsyncSellingPartner, Credentials, SellingPartner
from sellingpartner.client._exchange.exchange import Exchange
from sellingpartner.client._partner.assembly import assemble
from sellingpartner.client._shells.steps import Aside, Broken, Outcome, Reply, Send, Sleep, Steps
from sellingpartner.client.options import Options
from sellingpartner.client.throttle import MemoryThrottle
from sellingpartner.client.tokens import MemoryTokens
from sellingpartner.contract.operation import Request
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.testing import TestMarket

Answer = TypeVar("Answer")

FINE: dict[str, Any] = {
    "payload": {
        "AmazonOrderId": "902-1",
        "PurchaseDate": "2026-11-02T09:00:00Z",
        "LastUpdateDate": "2026-11-02T09:00:00Z",
        "OrderStatus": "Unshipped",
        "Orders": [],
        "OrderItems": [],
    }
}
"""What any operation of orders may answer; for tests to which it does not matter what."""
Said = httpx2.Response | Exception
Handler = Callable[[httpx2.Request], Said]

CREDENTIALS = Credentials(
    client_id="amzn1.application-oa2-client.1",
    client_secret="amzn1.oa2-cs.v1.5ec2e75ec2e7",
    refresh_token="Atzr|refresh-refresh-refresh",
    base_url="http://market.test",
)


def answer(body: Any, status: int = 200, **headers: str) -> httpx2.Response:  # noqa: ANN401 - any JSON
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, json=body, headers={"x-amzn-RequestId": "req-1", **names})


def refusal(status: int, code: str, message: str = "no", details: str = "", **headers: str) -> httpx2.Response:
    return answer({"errors": [{"code": code, "message": message, "details": details}]}, status, **headers)


def token(value: str = "Atza|1", expires_in: int = 3600) -> httpx2.Response:
    return answer({"access_token": value, "token_type": "bearer", "expires_in": expires_in})


def given(said: Said | Handler, request: httpx2.Request) -> httpx2.Response:
    """What a script's entry comes to: an answer, what a function says to the request, or something that breaks."""
    found = said(request) if callable(said) else said
    if isinstance(found, Exception):
        raise found
    return found


class Script:
    """A server that gives the next answer of a list, and hands out tokens unless told otherwise."""

    def __init__(self) -> None:
        self.answers: list[Said | Handler] = []
        self.logins: list[Said] = []
        self.requests: list[httpx2.Request] = []
        self.login_requests: list[httpx2.Request] = []

    def says(self, *answers: Said | Handler) -> Script:
        self.answers.extend(answers)
        return self

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/auth/o2/token":
            self.login_requests.append(request)
            said: Said | Handler = self.logins.pop(0) if self.logins else token(f"Atza|{len(self.login_requests)}")
        else:
            self.requests.append(request)
            said = self.answers.pop(0)
        return given(said, request)

    @property
    def tokens_shown(self) -> list[str]:
        return [request.headers["x-amz-access-token"] for request in self.requests]


class InProcess(httpx2.AsyncBaseTransport):
    """An async way to a WSGI application in this process."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - a WSGI application
        self._sync = httpx2.WSGITransport(app)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        response = self._sync.handle_request(
            httpx2.Request(request.method, request.url, headers=request.headers, content=request.content)
        )
        return httpx2.Response(response.status_code, headers=response.headers, content=response.read())


class Caller:
    """Either kind of client, whose calls are made to completion."""

    def __init__(self, client: SellingPartner | AsyncSellingPartner) -> None:
        self.client = client

    def send(self, request: Request[Answer]) -> Answer:
        if isinstance(self.client, SellingPartner):
            return self.client.send(request)
        return asyncio.run(self.client.send(request))

    def call(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever is asked
        """What `ask(client)` gives: a value, an iterator's entries, or what is awaited."""
        if isinstance(self.client, SellingPartner):
            found = ask(self.client)
            return list(found) if isinstance(found, Iterator) else found
        return asyncio.run(self._awaited(ask))

    async def _awaited(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        found = ask(self.client)
        return [one async for one in found] if hasattr(found, "__aiter__") else await found

    def with_options(self, **options: Any) -> Caller:  # noqa: ANN401 - OptionFields
        return Caller(self.client.with_options(**options))


Connect = Callable[..., Caller]
"""Makes a caller over a script, or over a WSGI application; the keywords are a client's fields."""


def credentials_in(market: TestMarket, scopes: tuple[str, ...] = SCOPES) -> Credentials:
    """What a program needs to call a market for its seller."""
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        _, refresh_token = give_grant(unit, seller_id, market.application.application_id, scopes=scopes)
    return Credentials(
        client_id=market.application.client_id,
        client_secret=market.client_secret,
        refresh_token=refresh_token,
        base_url="http://market.test",
        application_id=market.application.application_id,
    )


class Bench:
    """Plays a call's steps: time passes when the call sleeps, and nothing is sent."""

    def __init__(self, credentials: Credentials = CREDENTIALS, **fields: Any) -> None:  # noqa: ANN401
        self.now = 1000.0
        self.sleeps: list[float] = []
        self.sent: list[Send] = []
        self.logins = 0
        self.events: list[Any] = []
        fields = {
            "throttle": MemoryThrottle(self.clock),
            "token_store": MemoryTokens(self.clock),
            "hooks": (self.events.append,),
            **fields,
        }
        parts = assemble(credentials, fields)  # type: ignore[arg-type]
        self.context = replace(parts.context, clock=self.clock, wall=self.clock, random=Random(1))
        self.options = parts.options
        self.drift = parts.drift
        self.exchange = Exchange(self.context)

    def clock(self) -> float:
        return self.now

    def play(self, request: Request[Answer], *outcomes: Outcome, **options: Any) -> Answer:  # noqa: ANN401
        """Make a call that meets these outcomes in turn; logins are answered by themselves."""
        return self.run(self.exchange.call(request, self._with(options)), list(outcomes))

    def run(self, steps: Steps[Answer], outcomes: list[Outcome]) -> Answer:
        try:
            step = next(steps)
            while True:
                if isinstance(step, Sleep):
                    self.sleeps.append(step.seconds)
                    self.now += step.seconds
                    step = next(steps)
                elif isinstance(step, Aside):
                    step = steps.send(step.work())
                else:
                    assert isinstance(step, Send)
                    step = steps.send(self._outcome(step, outcomes))
        except StopIteration as done:
            assert not outcomes, "the call was over before all outcomes were met"
            result: Answer = done.value
            return result

    def _outcome(self, step: Send, outcomes: list[Outcome]) -> Outcome:
        self.now += 0.01
        if step.url.endswith("/auth/o2/token"):
            self.logins += 1
            return reply({"access_token": f"Atza|{self.logins}", "expires_in": 3600})
        self.sent.append(step)
        return outcomes.pop(0)

    def _with(self, options: dict[str, Any]) -> Options:
        return Options(**{name: getattr(self.options, name) for name in Options.__struct_fields__} | options)


def reply(body: Any, status: int = 200, **headers: str) -> Reply:  # noqa: ANN401 - any JSON
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw)


def refused(status: int, code: str = "X", details: str = "", **headers: str) -> Reply:
    return reply({"errors": [{"code": code, "message": "no", "details": details}]}, status, **headers)


LOST = Broken("ReadError", may_have_arrived=True)
NEVER_LEFT = Broken("ConnectError", may_have_arrived=False)
