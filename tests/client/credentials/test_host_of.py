from __future__ import annotations

import pytest

from sellingpartner.client.credentials.endpoints import endpoint_of, host_of


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:8000/auth/o2/token", "http://127.0.0.1:8000"),
        ("https://api.amazon.com/auth/o2/token?x=1", "https://api.amazon.com"),
        ("https://ada:secret@proxy.example/sp", "https://proxy.example"),
    ],
)
def test_an_address_is_told_without_what_may_be_secret_in_it(url: str, told: str) -> None:
    assert host_of(url) == told


@pytest.mark.parametrize(
    ("base_url", "sandbox", "api", "is_sandbox"),
    [
        ("http://127.0.0.1:8000", True, "http://127.0.0.1:8000/sandbox", True),
        ("http://127.0.0.1:8000/", True, "http://127.0.0.1:8000/sandbox", True),
        ("http://127.0.0.1:8000/sandbox", False, "http://127.0.0.1:8000/sandbox", True),
        ("http://127.0.0.1:8000/sandbox/", True, "http://127.0.0.1:8000/sandbox", True),
        (
            "https://sandbox.sellingpartnerapi-eu.amazon.com",
            True,
            "https://sandbox.sellingpartnerapi-eu.amazon.com",
            True,
        ),
        ("http://127.0.0.1:8000", False, "http://127.0.0.1:8000", False),
    ],
)
def test_a_market_has_its_sandbox_below_a_path(base_url: str, sandbox: bool, api: str, is_sandbox: bool) -> None:  # noqa: FBT001
    found = endpoint_of(base_url=base_url, sandbox=sandbox)

    assert (found.api, found.sandbox) == (api, is_sandbox)
    home = api.removesuffix("/sandbox")
    assert (found.login, found.tokens) == (f"{home}/auth/o2/token", home)
