from __future__ import annotations

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.applications import check_redirect_uri


@pytest.mark.parametrize(
    "uri",
    [
        "https://desk.example/callback",
        "https://desk.example",
        "https://desk.example:8443/call/back?tenant=7&x=%20",
        "http://127.0.0.1:8080/callback",
        "http://127.1.2.3/callback",
        "http://[::1]:8080/callback",
        "http://localhost/callback",
    ],
)
def test_browsers_may_be_sent_to_https_and_to_this_machine(uri: str) -> None:
    check_redirect_uri(uri)


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("http://desk.example/callback", "desk.example takes https"),
        ("http://localhost.desk.example/", "localhost.desk.example takes https"),
        ("http://127.0.0.1.desk.example/", "takes https"),
        ("http://0.0.0.0/", "takes https"),
        ("https://desk.example/#here", "has a fragment"),
        ("https://desk.example/#", "has a fragment"),
        ("https://*.desk.example/", "has a wildcard"),
        ("https://desk.example/*", "has a wildcard"),
        ("https://ada@desk.example/", "names a user"),
        ("https://ada:secret@desk.example/", "names a user"),
        ("/callback", "must be absolute"),
        ("desk.example/callback", "must be absolute"),
        ("//desk.example/callback", "must be absolute"),
        ("https://", "must be absolute"),
        ("https:///callback", "must be absolute"),
        ("https://desk.example:0/", "must be absolute"),
        ("https://desk.example:99999/", "is no URI"),
        ("https://[::1/", "is no URI"),
        ("javascript:alert(1)", "must be absolute"),
        ("com.desk.app:/callback", "must be absolute"),
        ("https://desk.example/a b", "letters that no URI has"),
        ("https://desk.example\\@evil.example/", "letters that no URI has"),
        ("https://desk.example/\r\nLocation: x", "letters that no URI has"),
        ("https://dësk.example/", "letters that no URI has"),
        ("", "must be absolute"),
        (f"https://desk.example/{'a' * 2000}", "longer than 2000"),
    ],
)
def test_what_could_lead_elsewhere_is_not_registered(uri: str, why: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be a redirect URI") as refusal:
        check_redirect_uri(uri)

    assert why in refusal.value.message
    assert "https://desk.example/callback" in refusal.value.message
