"""The way from a command to a running market: typed requests over HTTP."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import httpx2
from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo, NobodyThere
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach import transport
from sellingpartner.client.wire import decode, encode
from sellingpartner.contract.errors import MissingAuthenticationToken, SellingPartnerError
from sellingpartner.contract.market_v1.calls import WATCHING
from sellingpartner.contract.operation import Request
from sellingpartner.env_file import read_env

CREDENTIALS = Path(".spapi/credentials.env")
SANDBOX = "/sandbox"
MARKET = "SPAPI_MARKET"
"""The variable by which a program that `spapi run` started knows the market's own address."""

_DEFAULT = "http://127.0.0.1:8000"

# Advancing a busy market by months takes as long as it takes; only that nobody is there must be known soon.
_PATIENCE = httpx2.Timeout(600, connect=3)
SOON = httpx2.Timeout(10, connect=3)
"""For what is answered at once, or not at all."""

Answer = TypeVar("Answer")


@Parameter(name="*", group="Connection")
@dataclass(frozen=True)
class Connection:
    """Which market a command talks to, and how it prints what it hears."""

    url: str | None = None
    "The market's address; else SPAPI_MARKET, SP_API_BASE_URL, .spapi/credentials.env, or http://127.0.0.1:8000."
    control_key: Annotated[str | None, Parameter(env_var="SPAPI_CONTROL_KEY")] = None
    "The market's control key; not needed on the market's own machine."
    sandbox: Annotated[bool, FLAG] = False
    "Drive the sandbox beside the market, and not the market."
    json: Annotated[bool, FLAG] = False
    "Print JSON, for programs."

    @property
    def address(self) -> str:
        """Where the market is; raises `CannotDo` for what is no address."""
        name = "SP_API_BASE_URL"
        set_here = os.environ.get(MARKET) or os.environ.get(name)
        found = self.url or set_here or read_env(CREDENTIALS).get(name) or _DEFAULT
        if not found.startswith(("http://", "https://")):
            message = f"{found!r} is no address; write one like {_DEFAULT}."
            raise CannotDo(message)
        return found.rstrip("/") + (SANDBOX if self.sandbox else "")

    def watch(self, request: Request[Answer]) -> Answer:
        """Make a call that is made again and again while somebody looks on; the log of calls leaves it out."""
        return self.send(request, headers={WATCHING: "1"})

    def send(
        self, request: Request[Answer], *, headers: Mapping[str, str] | None = None, timeout: httpx2.Timeout = _PATIENCE
    ) -> Answer:
        """Make a typed call; raises the refusal, or `CannotDo` if nobody answers."""
        wire = encode(request)
        headers = {**wire.headers, **(headers or {})}
        if self.control_key:
            headers["Authorization"] = f"Bearer {self.control_key}"
        url = f"{self.address}{wire.target}"
        reply = self.exchange(wire.method, url, headers=headers, content=wire.body, timeout=timeout)
        try:
            return decode(type(request), reply.status_code, reply.content)
        except SellingPartnerError as reason:
            if reason.has_words and not isinstance(reason, MissingAuthenticationToken):
                raise
            raise self.no_market(reason.message) from None

    def no_market(self, said: str) -> CannotDo:
        """Somebody answers, in another language."""
        shown = " ".join(said.split()).removesuffix(".")
        return CannotDo(
            f"What answers at {self.address} is no market that this version knows; name one with --url. {shown}."
        )

    def exchange(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        content: bytes | None = None,
        data: dict[str, str] | None = None,
        timeout: httpx2.Timeout = _PATIENCE,
    ) -> httpx2.Response:
        """Send any request; raises `CannotDo` if nobody answers, or not to the end."""
        try:
            with httpx2.Client(transport=transport.chosen.get(), timeout=timeout, trust_env=False) as client:
                return client.request(method, url, headers=headers, content=content, data=data)
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            message = f"No market answers at {self.address}; start one with `spapi serve`, or name it with --url."
            raise NobodyThere(message) from None
        except httpx2.TransportError as reason:
            message = f"The market broke off: {reason or type(reason).__name__}."
            raise CannotDo(message) from reason
        except httpx2.InvalidURL as reason:
            message = f"{self.address!r} is no address: {reason}; write one like {_DEFAULT}."
            raise CannotDo(message) from None
