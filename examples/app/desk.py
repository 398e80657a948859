"""What both examples show: who is connected, and their orders of the last day."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from sellingpartner.client import load_credentials
from sellingpartner.client.authorization import minimal_scopes
from sellingpartner.client.grants import SellerGrant
from sellingpartner.client.vault import SQLiteGrants, keyring_from_file
from sellingpartner.contract.orders_v0 import GetOrders, GetOrdersResponse

PORT = int(os.environ.get("DESK_PORT", "8080"))
"""Where the example listens; the address that browsers come back to has it, too, and has to be registered."""
HOST = os.environ.get("DESK_HOST", "127.0.0.1")
"""Where it listens: this machine alone, unless it is in a container whose port is given to this machine alone."""

FOLDER = Path(".desk")
MINE = load_credentials().credentials  # the application's own: from the environment, or from .spapi/credentials.env
KEYRING = keyring_from_file(FOLDER / "keys")
GRANTS = SQLiteGrants(FOLDER / "grants.db", KEYRING)

FLOW: Any = {
    "application_id": MINE.application_id,
    "client_id": MINE.client_id,
    "client_secret": MINE.client_secret,
    "base_url": MINE.base_url,
    "region": MINE.region,
    "redirect_uri": f"http://127.0.0.1:{PORT}/callback",
    "scopes": minimal_scopes([GetOrders]),
    "keyring": KEYRING,
    "grants": GRANTS,
}


def question() -> GetOrders:
    """The orders of the last day."""
    since = datetime.now(UTC) - timedelta(days=1)
    return GetOrders(
        marketplace_ids=[MINE.marketplace_id or "ATVPDKIKX0DER"], created_after=f"{since:%Y-%m-%dT%H:%M:%SZ}"
    )


def orders_of(seller_id: str, answer: GetOrdersResponse) -> str:
    """A seller's orders as a list."""
    orders = answer.payload.orders if answer.payload else []
    lines = "".join(f"<li>{escape(order.amazon_order_id)} {escape(str(order.order_status))}</li>" for order in orders)
    return f"<h2>{escape(seller_id)}</h2><ul>{lines}</ul>"


def gone(seller_id: str, why: str) -> str:
    """A seller who took the grant back, or gave less of it than is needed."""
    link = f'<a href="/login?seller={escape(seller_id)}">Connect again</a>'
    return f"<h2>{escape(seller_id)}</h2><p>{escape(why)}</p><p>{link}</p>"


def trouble(seller_id: str, why: str) -> str:
    """A seller whose orders did not come; the permission is not the reason."""
    return f"<h2>{escape(seller_id)}</h2><p>{escape(why)}</p>"


def known_sellers() -> list[SellerGrant]:
    """All who were ever connected."""
    return GRANTS.all(MINE.client_id)


def page(parts: Iterable[str]) -> bytes:
    """All of it."""
    return f'<!doctype html><title>Desk</title>{"".join(parts)}<p><a href="/login">Connect a seller</a></p>'.encode()
