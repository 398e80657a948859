from __future__ import annotations

import pytest

from sellingpartner.server.console.origin import strangeness_of
from sellingpartner.server.gateway.wsgi import WsgiRequest


def post(public_url: str | None = None, **headers: str) -> WsgiRequest:
    environ = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return WsgiRequest({"REQUEST_METHOD": "POST", "wsgi.url_scheme": "http", **environ}, public_url)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "market.example", "origin": "null", "sec_fetch_site": "same-origin"},
        {"host": "market.example", "origin": "null"},
        {"host": "market.example", "origin": "http://market.example"},
        {"host": "market.example", "origin": "https://market.example"},  # a proxy in front speaks https
        {"host": "market.example:443", "origin": "https://market.example"},
        {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "sec_fetch_site": "same-origin"},
        {"host": "[::1]:8000", "origin": "http://[::1]:8000"},
        {"host": "market.example", "sec_fetch_site": "none"},
        {"host": "sellercentral.amazon.com", "origin": "https://sellercentral.amazon.com"},  # by `spapi run`
        {"host": "sellercentral.amazon.de:8443", "origin": "https://sellercentral.amazon.de:8443"},
    ],
)
def test_a_form_of_this_server_is_no_stranger(headers: dict[str, str]) -> None:
    assert strangeness_of(post(**headers)) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "market.example", "sec_fetch_site": "cross-site"},
        {"host": "market.example", "sec_fetch_site": "same-site"},
        {"host": "market.example", "origin": "null", "sec_fetch_site": "cross-site"},
        {"host": "market.example", "origin": "https://elsewhere.example"},
        {"host": "market.example", "origin": "https://market.example:8443"},
        {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:9000"},
        {"host": "market.example", "origin": "https://[broken"},
        {"host": "market.example", "origin": "https://market.example:port"},
        {"host": "sellercentral.amazon.com", "origin": "https://sellercentral.amazon.de"},
        {"host": "", "origin": "https://elsewhere.example"},
        {"origin": "https://elsewhere.example"},
    ],
)
def test_a_form_of_another_page_is_one(headers: dict[str, str]) -> None:
    assert strangeness_of(post(**headers)) != ""


@pytest.mark.parametrize("origin", ["https://market.example", "https://market.example:443"])
def test_the_public_address_is_known_where_a_proxy_passes_on_another_host(origin: str) -> None:
    assert strangeness_of(post("https://market.example", host="127.0.0.1:8000", origin=origin)) == ""


@pytest.mark.parametrize("origin", ["http://market.example", "https://evil.example", "https://market.example:8443"])
def test_what_only_looks_like_the_public_address_is_strange(origin: str) -> None:
    assert strangeness_of(post("https://market.example", host="127.0.0.1:8000", origin=origin)) != ""
