"""Both kinds of client for every story; the parts that they are told with are in `scripted`, beside this file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # where the benchmarks are
sys.path.insert(0, str(Path(__file__).parent))

from scripted import CREDENTIALS, Bench, Caller, Connect, InProcess, Script

from sellingpartner.client import AsyncSellingPartner, Credentials, SellingPartner


@pytest.fixture(params=[SellingPartner, AsyncSellingPartner], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[SellingPartner | AsyncSellingPartner]:
    found: type[SellingPartner | AsyncSellingPartner] = request.param
    return found


@pytest.fixture
def connect(kind: type[SellingPartner | AsyncSellingPartner]) -> Connect:
    """Makes a caller over a script, or over a WSGI application."""

    def made(server: Any, credentials: Credentials = CREDENTIALS, **fields: Any) -> Caller:  # noqa: ANN401
        if kind is SellingPartner:
            transport = httpx2.MockTransport(server) if isinstance(server, Script) else httpx2.WSGITransport(server)
            return Caller(SellingPartner(credentials, http=httpx2.Client(transport=transport), **fields))
        in_process = httpx2.MockTransport(server) if isinstance(server, Script) else InProcess(server)
        return Caller(AsyncSellingPartner(credentials, http=httpx2.AsyncClient(transport=in_process), **fields))

    return made


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def bench() -> Bench:
    return Bench()
