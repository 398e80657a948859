from __future__ import annotations

import pytest

from sellingpartner.client.credentials.endpoints import host_of


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
