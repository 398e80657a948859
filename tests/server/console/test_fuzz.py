"""Whatever browsers, and those who pretend to be one, send to the pages: never a 500, and never a way to a stranger.

The requests are mostly right: real addresses, fields, sessions and tokens with something odd among them, so that they
get far. They are drawn evenly from seeds: Hypothesis, tried first, hardly ever got as far as an approval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from odd_values import ODD_TEXTS

from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.applications import change_application
from sellingpartner.server.console.endpoint import _PAGES
from sellingpartner.testing import Reply, TestMarket
from soak import examples

Town = Any  # tests/server/console/conftest.py
Browser = Any
Pairs = list[tuple[str, str]]

REQUESTS = 250
LOCKED = 429
CALLBACKS = ("https://desk.example/callback", "https://desk.example/other?tenant=7", "https://desk.example/login")
EMAILS = ("", "ada@harbor.example", "ben@wharf.example", "cleo@both.example", "eve@harbor.example")
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "BREW")
COOKIES = ("", "spapi-session", "=;;=", "spapi-session=\xff", "spapi-session=" + "x" * 300)
ODD = (
    "",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://elsewhere.example/",
    "https://desk.example@elsewhere.example/callback",
    "javascript:alert(1)",
    "/console//elsewhere.example",
    "..",
    "\x00",
    "a\r\nLocation: https://elsewhere.example",
    "\ufffd\U0001f600\u202e",
    "'\"><script>",
    "{{ 7 * 7 }}",
    "%2F%2Felsewhere.example",
    "x" * 3000,
    "-1",
    *ODD_TEXTS,
)
ODD_HEADERS = (
    ("Origin", "null"),
    ("Origin", "https://elsewhere.example"),
    ("Origin", "https://["),
    ("Origin", "\xff"),
    ("Sec-Fetch-Site", "same-origin"),
    ("Sec-Fetch-Site", "cross-site"),
    ("X-Forwarded-Proto", "https"),
    ("User-Agent", "\xff" * 400),
    ("Content-Type", "text/plain"),
    ("Content-Length", "x"),
    ("Content-Length", "9" * 30),
    ("Host", "elsewhere.example"),
    ("Host", "sellercentral.amazon.de"),
    ("Host", "["),
    ("Host", ""),
)


class Crowd:
    """Browsers of everybody, signed in and not."""

    def __init__(self, town: Town) -> None:
        self.market: TestMarket = town.market
        own = town.market.join("Cleo's Corner")
        town.user("cleo@both.example", "Cleo Marsh", seller_id=own.seller_id, developer_id=town.developer_id)
        town.user("eve@harbor.example", "Eve Lund", seller_id=town.seller_id, is_primary=False)
        homeless, draft = town.registers("Homeless Desk"), town.registers("Draft Desk", redirect_uris=CALLBACKS[:2])
        with town.market.market.write() as unit:
            for known in (town.application, town.market.application):
                change_application(
                    unit, known.application_id, redirect_uris=CALLBACKS[:2], login_uri=CALLBACKS[2], scopes=SCOPES
                )
        found = (town.application, town.application, town.market.application, draft, homeless)
        self.applications = [application.application_id for application in found]
        self._browsers = {email: town.browser().open("/console/sign-in") for email in EMAILS}

    def browser(self, email: str) -> Browser:
        """Somebody's browser, signed in again if something signed it out."""
        found = self._browsers[email].open("/console")
        for _ in range(2):
            if email and found.target.startswith("/console/sign-in"):
                found.signs_in(email)
            if found.reply.status == LOCKED:  # by the guesses of others from this address
                self.market.advance(minutes=16)
        return found


class Draw:
    """Draws requests."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd = crowd
        self.luck = Random(seed)
        self.known: dict[str, Callable[[], str]] = {
            "application_id": lambda: self.luck.choice(crowd.applications),
            "redirect_uri": lambda: self.luck.choice(CALLBACKS[:2]),
            "state": lambda: "st4te",
            "scope": lambda: " ".join(self.luck.sample(SCOPES, self.luck.randint(1, 3))),
            "version": lambda: "beta",
            "code_challenge": lambda: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": lambda: self.luck.choice(("S256", "plain")),
            "amazon_state": lambda: "made-up",
            "decision": lambda: self.luck.choice(("approve", "approve", "deny")),
            **dict.fromkeys(("tick", "keep", "optional"), lambda: self.luck.choice(SCOPES)),
            "role": self.odd,
            "status": lambda: self.luck.choice(("draft", "published")),
            "distribution": lambda: self.luck.choice(("private", "unlisted", "listed")),
            "name": lambda: "Tide Table",
            "redirect_uris": lambda: self.luck.choice(("https://tide.example/", "http://tide.example/", "https://[")),
            "login_uri": lambda: self.luck.choice(CALLBACKS),
            "queue": lambda: "arn:aws:sqs:us-east-1:123456789012:secrets",
            "to": lambda: self.luck.choice(("page", "queue")),
            "email": lambda: self.luck.choice(EMAILS),
            "password": lambda: "a wrong password",
            "return_to": lambda: self.luck.choice(("/console", "/apps/store/x", *ODD)),
            "of": lambda: self.luck.choice(("seller", "developer")),
        }

    def odd(self) -> str:
        """Something that nobody's browser sends."""
        return self.luck.choice(ODD)

    def rarely(self, usual: str, odd: tuple[str, ...]) -> str:
        """What is usual, and once in a while something odd."""
        return self.luck.choice(odd) if self.luck.random() < 0.04 else usual

    def pairs(self, most: int) -> Pairs:
        """Some fields, whatever they are for."""
        names = self.luck.sample(sorted(self.known), self.luck.randint(0, most))
        return [(name, self.rarely(self.known[name](), ODD)) for name in names]

    def request(self) -> tuple[str, str, dict[str, str], bytes]:
        """Method, target, headers and body."""
        browser = self.crowd.browser(self.luck.choice(EMAILS))
        csrf = dict(browser.page.forms[0].fields)["csrf"]
        asks = {name: self.rarely(self.known[name](), ODD) for name in ("application_id", "redirect_uri", "state")}
        asks |= {"scope": self.rarely(self.known["scope"](), ("sellingpartnerapi::x", "a b")), "version": "beta"}
        deep = [page for page in _PAGES if page[1].startswith("/apps/authorize/consent")]
        usual, template, _ = self.luck.choice([*_PAGES, *deep * 6])
        path = template.replace("{application}", quote(self.rarely(self.known["application_id"](), ODD), safe=""))
        query = [*asks.items(), *self.pairs(0 if self.luck.random() < 0.7 else 3)]
        form = [("csrf", csrf), *asks.items(), ("decision", self.known["decision"]())]
        form += [("shown", scope) for scope in asks["scope"].split(" ")]
        form += self.pairs(0 if self.luck.random() < 0.7 else 6)
        body = self.rarely(urlencode(form), ("", "\xff=%FF&%=", '{"a": 1}', "a=" + "x" * 70_000))
        headers = {"Host": "127.0.0.1", "Content-Type": "application/x-www-form-urlencoded"}
        headers["Cookie"] = self.rarely(f"spapi-session={browser.cookies['spapi-session']}", COOKIES)
        headers |= dict([self.luck.choice(ODD_HEADERS)]) if self.luck.random() < 0.1 else {}
        target = f"{path}{self.rarely('', ('/', '//x', '/..', '%00', '%FF'))}?{urlencode(query)}"
        return self.rarely(usual, METHODS), target, headers, body.encode("latin-1")


def outcome_of(reply: Reply) -> str:
    """What came of a request; asserts that it is nothing that must never come of one."""
    assert reply.status < 500, reply.body.decode()
    assert b"<script" not in reply.body
    location = reply.headers.get("location", "")
    assert all(value.isprintable() for value in reply.headers.values())
    assert (reply.status == 303) is (location != "")  # 307 would send the password on with the browser
    if not location:
        return str(reply.status)
    assert location.isprintable()
    if location.startswith("/"):
        path = location.partition("?")[0]
        assert path == "/console" or path.startswith(("/console/", "/apps/"))
        assert "//" not in path
        return "here"
    said = parse_qs(urlsplit(location).query)
    allowed = CALLBACKS[2:] if "amazon_state" in said else CALLBACKS[:2]
    assert location.startswith(tuple(f"{uri}{'&' if '?' in uri else '?'}" for uri in allowed)), location
    assert not {"access_token", "refresh_token", "client_secret"} & set(said)
    return "login" if "amazon_state" in said else said.get("error", ["approved"])[0]


@pytest.mark.parametrize("seed", range(examples(2)))
def test_nothing_breaks_a_page_and_no_page_leads_to_a_stranger(town: Town, seed: int) -> None:
    draw = Draw(Crowd(town), seed)
    outcomes: Counter[str] = Counter()
    for _ in range(REQUESTS):
        method, target, headers, body = draw.request()
        outcomes[outcome_of(town.market.anybody().call(method, target, headers=headers, body=body))] += 1

    # It went everywhere: what is asserted above was not asserted of refusals alone.
    assert {"approved", "access_denied", "here", "200", "400", "404", "405"} <= set(outcomes)
