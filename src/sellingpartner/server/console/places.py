"""Where these pages are, and which way a browser may be sent: to a page of ours, or to a registered redirect URI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode, urlsplit

from sellingpartner.server.api.listings_restrictions_2021_08_01 import APPROVAL
from sellingpartner.server.api.seller_wallet_2024_03_01.transactions import APPROVAL as WALLET_APPROVAL

__all__ = ["APPROVAL", "WALLET_APPROVAL", "local", "origin_of", "origins_of", "sign_in_to", "with_query"]

CONSENT = "/apps/authorize/consent"
CONFIRM = "/apps/authorize/confirm/"
STORE = "/apps/store/"
CONSOLE = "/console"
SIGN_IN = "/console/sign-in"
SIGN_OUT = "/console/sign-out"
APPLICATIONS = "/console/applications"
DEVELOPER = "/console/developer"
OPERATOR = "/console/operator"
MARKET = "/console/market"
ORDERS = "/console/orders"
PLACE_ORDER = "/console/place-order"
PRODUCTS = "/console/products"
PRODUCT = "/console/product"
DELIVERIES = "/console/notifications"
CLOCK = "/console/clock"
FAULTS = "/console/faults"
REQUESTS = "/console/requests"
MONEY = "/console/money"
DOCUMENTS = "/console/documents"

_OURS = ("/console", "/apps/", "/hz/")
_LONGEST = 8000
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")


def local(target: str) -> str | None:
    """The target if it is the path of a page here, or None: whatever leads elsewhere, or might, is not followed.

    Browsers read a backslash as a slash and skip control characters, and two slashes at the start begin a host.
    """
    if len(target) > _LONGEST or not target.isascii() or not target.isprintable() or "\\" in target or " " in target:
        return None
    path = target.partition("?")[0]
    if "//" in path or "/." in path or not path.startswith(_OURS):
        return None
    return target if path == CONSOLE or path.startswith(("/console/", "/apps/", "/hz/")) else None


def with_query(path: str, **said: str) -> str:
    """A page with what is said to it; what is empty is left out."""
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path


def sign_in_to(target: str) -> str:
    """The sign-in page that leads on to a page of ours."""
    return f"{SIGN_IN}?return_to={quote(target, safe='')}"


def origins_of(uris: Iterable[str]) -> str:
    """The origins of redirect URIs, each once, as a Content-Security-Policy lists them."""
    return " ".join(dict.fromkeys(map(origin_of, uris)))


def origin_of(uri: str) -> str:
    """The origin of a redirect URI, as a Content-Security-Policy names it."""
    parts = urlsplit(uri)
    if _HOST.fullmatch(parts.netloc) is None:  # the policy's grammar has no place for an IPv6 address
        return f"{parts.scheme}:"
    return f"{parts.scheme}://{parts.netloc}"
