"""Flows of both kinds for every story; the seller at the consent page is in `consent`, a folder up."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from consent import REDIRECT_URI, Begin, Flow
from scripted import InProcess, Script

from sellingpartner.client.authorization import AsyncAuthorizationFlow, AuthorizationFlow
from sellingpartner.client.vault import Keyring
from sellingpartner.testing import TestMarket


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.generate()


@pytest.fixture(params=[AuthorizationFlow, AsyncAuthorizationFlow], ids=["sync", "async"])
def begin(request: pytest.FixtureRequest, keyring: Keyring) -> Begin:
    def made(server: Any, **fields: Any) -> Flow:  # noqa: ANN401 - a script, or a WSGI application
        said: dict[str, Any] = {
            "application_id": "amzn1.sp.solution.1",
            "client_id": "amzn1.application-oa2-client.1",
            "client_secret": "amzn1.oa2-cs.v1.5ec2e7",
            "redirect_uri": REDIRECT_URI,
            "keyring": keyring,
            "base_url": "http://market.test",
        }
        transport: Any = httpx2.MockTransport(server) if isinstance(server, Script) else InProcess(server)
        if request.param is AuthorizationFlow:
            transport = transport if isinstance(server, Script) else httpx2.WSGITransport(server)
            return Flow(AuthorizationFlow(**(said | fields), http=httpx2.Client(transport=transport)))
        return Flow(AsyncAuthorizationFlow(**(said | fields), http=httpx2.AsyncClient(transport=transport)))

    return made


@pytest.fixture
def registered(market: TestMarket) -> dict[str, str]:
    """The market's application, as a flow's fields: it is registered for `REDIRECT_URI`."""
    application = market.application
    return {
        "application_id": application.application_id,
        "client_id": application.client_id,
        "client_secret": market.client_secret,
    }
