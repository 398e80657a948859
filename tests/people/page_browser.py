"""A browser without a screen at the market's pages: it keeps cookies, reads forms and goes where answers lead."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.world import PASSWORD

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
        self._list: str | None = None
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
        elif tag == "select":
            self._list = found["name"]
        elif tag == "option" and self._list is not None:
            self._take_option(found)
        elif tag == "button" and "name" in found:
            self.forms[-1].buttons.append((found["name"], found["value"]))
        elif tag == "input":
            self._take_input(found)

    def _take_input(self, found: dict[str, str]) -> None:
        if found.get("type") in {"checkbox", "radio"}:
            self.forms[-1].boxes.append((found["name"], found["value"], "checked" in found))
        else:
            self.forms[-1].fields.append((found["name"], found.get("value", "")))

    def _take_option(self, found: dict[str, str]) -> None:
        """A list says its first option unless another one is selected."""
        fields = self.forms[-1].fields
        is_first = not fields or fields[-1][0] != self._list
        if is_first or "selected" in found:
            fields[:] = [*(fields if is_first else fields[:-1]), (self._list or "", found["value"])]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._list = None

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

    def fills(self, action: str, fields: dict[str, str]) -> Browser:
        """Send the form of the page with this action, with fields whose names are made up by the page."""
        return self.send(action, **cast("dict[str, Any]", fields))

    def opens_market(self) -> Browser:
        """Press the button that lets the operator in at the market's own machine."""
        return self.open("/console/sign-in").send("/console/operator")

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
