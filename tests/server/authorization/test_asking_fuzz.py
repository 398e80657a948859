"""Whatever a request holds, it is asked, it is a page, or it leads back to where its own application is known.

Requests are mostly right with something odd among them, drawn evenly from seeds, so that each outcome is reached.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from odd_values import ODD_TEXTS

from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts.applications import register_application, register_developer
from sellingpartner.market.accounts.consent import ConsentRefused
from sellingpartner.market.accounts.model import Application, ApplicationStatus
from sellingpartner.server.authorization.asking import PARAMETERS, ConsentRedirect, asked
from sellingpartner.server.authorization.returning import approved_url, denied_url
from sellingpartner.testing import TestMarket

REQUESTS = 400
URIS = (
    ("https://one.example/callback",),
    ("https://two.example/callback?tenant=7&lang=en", "http://127.0.0.1:8080/"),
    ("https://three.example:8443/a/b", "https://three.example:8443/a"),
)
ODD = (
    "",
    " ",
    "https://elsewhere.example/",
    "https://one.example/callback/",
    "https://one.example/callback?x=1",
    "https://one.example/callback#there",
    "https://one.example@elsewhere.example/callback",
    "HTTPS://one.example/callback",
    "https://one.example/callback\r\nLocation: https://elsewhere.example/",
    "https://one.example/%63allback",
    "//elsewhere.example",
    "javascript:alert(1)",
    "\x00",
    "\ufffd",
    "é\u202e",
    "&error=access_denied&state=other",
    "'\"><script>",
    "sellingpartnerapi::everything",
    "x" * 5000,
    *ODD_TEXTS,
)


class Draw:
    """Draws requests of three applications, each with addresses of its own."""

    def __init__(self, market: TestMarket, seed: int) -> None:
        self.luck = Random(seed)
        with market.market.write() as unit:
            developer_id = register_developer(unit, "Wharf Software")
            self.applications: list[Application] = [
                register_application(
                    unit,
                    f"Desk {number}",
                    developer_id,
                    scopes=SCOPES[: 3 + number],
                    redirect_uris=uris,
                    status=ApplicationStatus.PUBLISHED if number else ApplicationStatus.DRAFT,
                )[0]
                for number, uris in enumerate(URIS)
            ]

    def request(self) -> dict[str, list[str]]:
        application = self.luck.choice(self.applications)
        right = {
            "application_id": application.application_id,
            "redirect_uri": self.luck.choice(application.redirect_uris),
            "state": self.luck.choice(("st4te", "a b&c=d#e%2F?", "ünï", "x" * 2048)),
            "scope": " ".join(self.luck.sample(SCOPES, self.luck.randint(1, 2))),
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
            "version": "beta",
        }
        sent = {name: [value] for name, value in right.items() if self.luck.random() < 0.93}
        for _ in range(self.luck.choice((0, 0, 1, 2))):
            name = self.luck.choice((*PARAMETERS, "response_type", "response_mode", "prompt", "request_uri"))
            # Another application's address is the oddest of all, for it is registered.
            odd = self.luck.choice((*ODD, *self.luck.choice(URIS)))
            sent[name] = [*sent.get(name, []), odd] if self.luck.random() < 0.2 else [odd]
        return sent


def goes_home(url: str, application: Application, state: str) -> None:
    """Assert that an address is one of the application's with an answer in its query, its own query first."""
    plain = tuple(f"{uri}{'&' if '?' in uri else '?'}" for uri in application.redirect_uris)
    assert url.startswith(plain), url
    assert url.isascii()
    assert url.isprintable()
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert [value for name, value in pairs if name == "state"] == [state]
    assert urlsplit(url).fragment == ""


@pytest.mark.parametrize("seed", range(4))
def test_no_request_leads_to_an_address_that_its_application_has_not_registered(market: TestMarket, seed: int) -> None:
    draw, outcomes = Draw(market, seed), Counter[str]()

    for _ in range(REQUESTS):
        sent = draw.request()
        with market.market.read() as unit:
            try:
                found = asked(unit, sent)
            except ConsentRefused:
                outcomes["page"] += 1
                continue
            except ConsentRedirect as back:
                goes_home(back.url, back.application, sent["state"][0])
                outcomes["told"] += 1
                continue
        assert found.redirect_uri in found.application.redirect_uris
        assert set(found.scopes) <= set(found.application.scopes)
        for url in (approved_url(found, "the-code", "A1"), denied_url(found)):
            goes_home(url, found.application, found.state)
        outcomes["asked"] += 1

    assert min(outcomes[name] for name in ("page", "told", "asked")) > REQUESTS // 20
