"""People at the market's pages, each with a browser that keeps cookies, reads forms and goes where answers lead."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Unpack
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts.applications import Registration, register_application, register_developer
from sellingpartner.market.accounts.calls import Call, latest_calls
from sellingpartner.market.accounts.model import Application, ApplicationStatus, User
from sellingpartner.market.accounts.passwords import COST_NAME
from sellingpartner.market.accounts.users import Belonging, create_user
from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.world import CHEAP, PASSWORD

CALLBACK = "https://desk.example/callback"


_APART = frozenset({"td", "th", "br"})


class Form:
    """A form of a page: its fields as a browser would send them, as long as nobody changes them."""

    def __init__(self, method: str, action: str) -> None:
        self.method = method
        self.action = action
        self.fields: list[tuple[str, str]] = []
        self.boxes: list[tuple[str, str, bool]] = []
        self.buttons: list[tuple[str, str]] = []


class Reader(HTMLParser):
    """What a page says: its text, its forms and its links."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.text = ""
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._area: str | None = None
        self.feed(body.decode())
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in _APART:
            self.text += " "
        if tag == "form":
            self.forms.append(Form(found.get("method", "get"), found["action"]))
        elif tag == "a":
            self.links.append(found["href"])
        elif tag == "textarea":
            self._area = found["name"]
            self.forms[-1].fields.append((self._area, ""))
        elif tag == "button" and "name" in found:
            self.forms[-1].buttons.append((found["name"], found["value"]))
        elif tag == "input" and found.get("type") in {"checkbox", "radio"}:
            self.forms[-1].boxes.append((found["name"], found["value"], "checked" in found))
        elif tag == "input":
            self.forms[-1].fields.append((found["name"], found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._area is not None:
            name, value = self.forms[-1].fields[-1]
            self.forms[-1].fields[-1] = (name, value + data)


class Browser:
    """One person's browser."""

    def __init__(self, market: TestMarket, host: str = "127.0.0.1") -> None:
        self.market = market
        self.host = host
        self.cookies: dict[str, str] = {}
        self.reply: Reply
        self.outside = ""
        """Where the last answer sent it, if that is another server."""

    def open(self, target: str) -> Browser:
        """Go to an address, and on to where its answer leads, as long as that is this server."""
        return self._go("GET", target, None)

    def send(self, action: str, *, decision: str = "", ticks: dict[str, bool] | None = None, **fields: str) -> Browser:
        """Send the form of the page with this action, some fields filled in, some boxes ticked or not."""
        form = self.form(action)
        pairs = [(name, fields.pop(name, value)) for name, value in form.fields]
        assert fields == {}, f"the form has no {', '.join(fields)}"
        wanted = dict(ticks or {})
        pairs += [(name, value) for name, value, is_ticked in form.boxes if wanted.pop(value, is_ticked)]
        assert wanted == {}, f"the form has no box {', '.join(wanted)}"
        if decision:
            assert ("decision", decision) in form.buttons
            pairs.append(("decision", decision))
        return self.post(form.action, pairs)

    def post(self, target: str, pairs: list[tuple[str, str]], **headers: str) -> Browser:
        """Send any form at all."""
        return self._go("POST", target, urlencode(pairs).encode(), **headers)

    def form(self, action: str) -> Form:
        """The form of the page whose action ends like this."""
        (found,) = [form for form in self.page.forms if form.action.endswith(action)]
        return found

    @property
    def page(self) -> Reader:
        """The page as it is read."""
        return Reader(self.reply.body)

    @property
    def text(self) -> str:
        """All words of the page."""
        return self.page.text

    @property
    def answer(self) -> dict[str, str]:
        """What the address outside carries."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.outside).query).items()}

    def signs_in(self, email: str = "ada@harbor.example", password: str = PASSWORD) -> Browser:
        """Fill in the form of the sign-in page, which is opened if it is not shown."""
        if not hasattr(self, "reply") or not any(form.action == "/console/sign-in" for form in self.page.forms):
            self.open("/console/sign-in")
        return self.send("/console/sign-in", email=email, password=password)

    def _go(self, method: str, target: str, body: bytes | None, **headers: str) -> Browser:
        self.outside = ""
        for _ in range(5):
            sent = {"Host": self.host, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if body is not None:
                sent["Content-Type"] = "application/x-www-form-urlencoded"
            self.reply = self.market.anybody().call(method, target, headers=sent | headers, body=body)
            self._keep(self.reply.headers.get("set-cookie", ""))
            self.target = target
            if self.reply.status != 303:
                return self
            target = self.reply.headers["location"]
            if not target.startswith("/"):
                self.outside = target
                return self
            method, body, headers = "GET", None, {}
        message = f"too many ways led on from {target}"
        raise AssertionError(message)

    def _keep(self, cookie: str) -> None:
        if not cookie:
            return
        name, _, value = cookie.partition(";")[0].partition("=")
        if "Max-Age=0" in cookie:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


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
