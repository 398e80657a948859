"""Three other SDKs beside ours: their addresses led to a server of ours.

They are imported by name and late: amzn-sp-api sets up the root logger as soon as it is there, which other tests need
not suffer. Their code stays as it is published; what is exchanged is where it takes Amazon to be.
"""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urlsplit

import pytest

TOKEN_PATH = "/auth/o2/token"
SANDBOX = "/sandbox"


def lead_elsewhere(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let all four packages find Amazon at another address."""
    monkeypatch.setenv("SP_API_BASE_URL", url)
    _lead_python_amazon_sp_api(monkeypatch, url)
    _lead_amzn_sp_api(monkeypatch, url)
    _lead_amzn_selling_partner(monkeypatch, url)


def _lead_python_amazon_sp_api(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for marketplace in import_module("sp_api.base").Marketplaces:
        monkeypatch.setattr(marketplace, "endpoint", url)
    import_module("sp_api.asyncio.api")  # its parts import each other, and can be entered here alone
    for name in ("sp_api.auth.access_token_client", "sp_api.asyncio.auth.access_token_client"):
        module = import_module(name)
        monkeypatch.setattr(module.AccessTokenClient, "scheme", f"{urlsplit(url).scheme}://")
        monkeypatch.setattr(module.AccessTokenClient, "host", urlsplit(url).netloc)
        module.cache.clear()
        module.grantless_cache.clear()


def _lead_amzn_sp_api(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    client = import_module("spapi").SPAPIClient
    monkeypatch.setattr(client, "region_to_endpoint", _with_a_sandbox(client.region_to_endpoint, url))
    monkeypatch.setattr(client, "oauth_endpoint", url + TOKEN_PATH)


def _lead_amzn_selling_partner(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    package = import_module("amzn_selling_partner")
    monkeypatch.setattr(package.Region, "base_url", lambda _, sandbox=False: url + SANDBOX * sandbox)
    for client in (package.SellingPartner, package.AsyncSellingPartner):
        monkeypatch.setitem(client.__init__.__kwdefaults__, "token_url", url + TOKEN_PATH)


def _with_a_sandbox(regions: dict[str, str], url: str) -> dict[str, str]:
    return dict.fromkeys(regions, url) | {"SANDBOX": url + SANDBOX}
