"""An application at the token endpoint: with a redirect URI, a seller's refresh token and its credentials."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.audit import AuditEntry, entries
from sellingpartner.market.accounts.calls import Call, latest_calls
from sellingpartner.market.accounts.codes import issue_code
from sellingpartner.market.accounts.grants import give_grant, narrow_grant, revoke_grant
from sellingpartner.testing import Reply, TestMarket

CALLBACK = "https://desk.example/callback"
OTHER_CALLBACK = "https://desk.example/other"


class Desk:
    """An application that asks for tokens."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.seller_id = market.seller_account.seller_id
        with market.market.write() as unit:
            developer_id = register_developer(unit, "Wharf Software")
            self.application, self.client_secret = register_application(
                unit, "Wharf Desk", developer_id, redirect_uris=(CALLBACK, OTHER_CALLBACK)
            )
        with market.market.write(self.seller_id) as unit:
            self.grant, self.refresh_token = give_grant(unit, self.seller_id, self.application.application_id)
        self.credentials = {"client_id": self.application.client_id, "client_secret": self.client_secret}

    def code(
        self, redirect_uri: str = CALLBACK, scopes: tuple[str, ...] | None = None, *, challenge: str | None = None
    ) -> str:
        """A code, as the consent page would send it."""
        with self.market.market.write(self.seller_id) as unit:
            return issue_code(
                unit, self.application.application_id, self.seller_id, redirect_uri, scopes, challenge=challenge
            )

    def revoke(self) -> None:
        """The seller takes the grant back."""
        with self.market.market.write(self.seller_id) as unit:
            revoke_grant(unit, self.seller_id, self.grant.grant_id)

    def narrow(self, *withdraw: str) -> None:
        """The seller takes scopes out of the grant."""
        with self.market.market.write(self.seller_id) as unit:
            narrow_grant(unit, self.seller_id, self.grant.grant_id, withdraw=withdraw)

    def audited(self, what: str) -> list[AuditEntry]:
        """What the audit has of one kind."""
        with self.market.market.read() as unit:
            return [entry for entry in entries(unit) if entry.what == what]

    def ask(self, **fields: str) -> Reply:
        """A form with the application's credentials; a field that is given as "" is left out."""
        form = {name: value for name, value in (self.credentials | fields).items() if value}
        return self.post(urlencode(form).encode())

    def refresh(self, **fields: str) -> Reply:
        return self.ask(**{"grant_type": "refresh_token", "refresh_token": self.refresh_token} | fields)

    def exchange(self, code: str, **fields: str) -> Reply:
        return self.ask(**{"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK} | fields)

    def by_itself(self, scope: str, **fields: str) -> Reply:
        return self.ask(**{"grant_type": "client_credentials", "scope": scope} | fields)

    def post(
        self,
        body: bytes,
        content_type: str = "application/x-www-form-urlencoded",
        *,
        path: str = "/auth/o2/token",
        **headers: str,
    ) -> Reply:
        """Send anything at all."""
        sent = {"Content-Type": content_type} if content_type else {}
        return self.market.anybody().call("POST", path, headers=sent | headers, body=body)

    def basic(self, client_id: str | None = None, client_secret: str | None = None) -> str:
        """The value of an Authorization header."""
        pair = f"{client_id or self.application.client_id}:{client_secret or self.client_secret}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def calls_with(self, token: str) -> Reply:
        """A call of the API that any seller's token may make."""
        return self.market.anybody().with_token(token).call("GET", "/sellers/v1/marketplaceParticipations")

    def last_call(self) -> Call:
        """What the log says of the last request."""
        self.market.server.journal.flush()
        with self.market.market.read() as unit:
            return latest_calls(unit, limit=1)[0]

    def refusal(self, reply: Reply) -> dict[str, Any]:
        """What a refusal says, without the request's own id."""
        said: dict[str, Any] = reply.json()
        assert said.pop("request_id") == reply.headers["x-amzn-requestid"]
        return {"status": reply.status, **said}


@pytest.fixture
def desk(market: TestMarket) -> Desk:
    return Desk(market)


@pytest.fixture
def strangers(market: TestMarket) -> Desk:
    """Another application of the same market."""
    return Desk(market)
