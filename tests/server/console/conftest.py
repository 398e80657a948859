"""People at the market's pages; the browsers that they come with are in `page_browser`, in tests/people."""

from __future__ import annotations

from typing import Unpack
from urllib.parse import urlencode

import pytest
from page_browser import Browser

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts.applications import Registration, register_application, register_developer
from sellingpartner.market.accounts.calls import Call, latest_calls
from sellingpartner.market.accounts.model import Application, ApplicationStatus, User
from sellingpartner.market.accounts.passwords import COST_NAME
from sellingpartner.market.accounts.users import Belonging, create_user
from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.founding import CHEAP
from sellingpartner.testing.world import PASSWORD

CALLBACK = "https://desk.example/callback"


class Town:
    """A market with people: Ada sells as Harbor Goods, Ben writes Wharf Desk, Cleo does both."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.seller_id = market.seller_account.seller_id
        market.market.remember(COST_NAME, CHEAP.told())
        with market.market.write() as unit:
            self.developer_id = register_developer(unit, "Wharf Software")
            self.application, self.client_secret = register_application(
                unit,
                "Wharf Desk",
                self.developer_id,
                scopes=(ORDERS, INVENTORY, FINANCE),
                optional_scopes=(FINANCE,),
                redirect_uris=(CALLBACK, "https://desk.example/other?tenant=7"),
                status=ApplicationStatus.PUBLISHED,
            )
        self.ada = self.user("ada@harbor.example", "Ada Finch", seller_id=self.seller_id)
        self.ben = self.user("ben@wharf.example", "Ben Holm", developer_id=self.developer_id)

    def user(self, email: str, name: str, **of: Unpack[Belonging]) -> User:
        """Somebody who can sign in with the password of everybody here."""
        with self.market.market.write() as unit:
            return create_user(unit, email, name, PASSWORD, **of)

    def registers(self, name: str, **registration: Unpack[Registration]) -> Application:
        """The developer registers another application."""
        with self.market.market.write() as unit:
            return register_application(unit, name, self.developer_id, **registration)[0]

    def browser(self, host: str = "127.0.0.1") -> Browser:
        """Somebody who has not signed in."""
        return Browser(self.market, host)

    def address(self, **changed: str | list[str] | None) -> str:
        """The address that the application sends sellers to; a parameter that is None is left out."""
        said: dict[str, str | list[str] | None] = {
            "application_id": self.application.application_id,
            "state": "st4te",
            "redirect_uri": CALLBACK,
            "scope": f"{ORDERS} {INVENTORY} {FINANCE}",
        }
        said |= changed
        sent = {name: value for name, value in said.items() if value is not None}
        return f"/apps/authorize/consent?{urlencode(sent, doseq=True)}"

    def exchange(self, code: str, **fields: str) -> Reply:
        """The application exchanges a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "client_id": self.application.client_id,
            "client_secret": self.client_secret,
        } | fields
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.market.anybody().call("POST", "/auth/o2/token", headers=sent, body=urlencode(form).encode())

    def last_call(self) -> Call:
        """What the log says of the last request."""
        self.market.server.journal.flush()
        with self.market.market.read() as unit:
            return latest_calls(unit, limit=1)[0]


@pytest.fixture
def town(market: TestMarket) -> Town:
    return Town(market)


@pytest.fixture
def browser(town: Town) -> Browser:
    return town.browser()
