"""The sandbox of a market that is served: by a stranger's SDK, by our client, and by hand, over real sockets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from nursery import opened

from sellingpartner.client import SellingPartner, load_credentials
from sellingpartner.env_file import read_env

US = "ATVPDKIKX0DER"
RECENT = "2026-01-01T00:00:00Z"

OWN_SWITCH = """
# python-amazon-sp-api as it is, with AWS_ENV=SANDBOX: it calls Amazon's sandbox host, which is led to the market.
import json, os
import httpx
from sp_api.api import Orders

market = httpx.URL(os.environ["SP_API_BASE_URL"])
send = httpx.HTTPTransport.handle_request

def to_the_market(self, request):
    request.url = request.url.copy_with(scheme=market.scheme, host=market.host, port=market.port)
    return send(self, request)

httpx.HTTPTransport.handle_request = to_the_market
credentials = {"lwa_app_id": os.environ["SP_API_CLIENT_ID"], "lwa_client_secret": os.environ["SP_API_CLIENT_SECRET"]}
orders = Orders(credentials=credentials, refresh_token=os.environ["SP_API_REFRESH_TOKEN"])
found = orders.get_orders(CreatedAfter="2026-01-01T00:00:00Z")
print(json.dumps([orders.endpoint, found.rate_limit, [one["AmazonOrderId"] for one in found.payload["Orders"]]]))
"""


class Operated:
    """A served market without goods, and its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self.ready = read_env(folder / "credentials.env")

    def spapi(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever it says
        """Run a command beside the market's credentials; returns what it says for programs."""
        command = [sys.executable, "-m", "sellingpartner.cli", *arguments, "--json"]
        ran = subprocess.run(command, cwd=self.folder, env=self._environment(), capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def python(self, program: str, **more: str) -> Any:  # noqa: ANN401 - whatever it says
        """Run a program of a stranger's; returns what it prints."""
        environment = self._environment() | self.ready | more
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=self.folder, env=environment, capture_output=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "SP_API_BASE_URL": self.url,
        }


@pytest.fixture
def operated(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Operated]:
    port = free_port()
    command = ["--no-demo", "--port", str(port), "--database", f"sqlite:///{tmp_path / 'market.db'}"]
    with opened(*command, "--credentials", str(tmp_path / "credentials.env"), folder=tmp_path):
        yield Operated(tmp_path, port)


def test_strangers_our_client_and_hands_meet_in_one_sandbox(operated: Operated) -> None:
    placed = operated.spapi("order", "place", "--sandbox")["orderId"]
    operated.spapi("clock", "advance", "PT5M", "--sandbox")

    endpoint, rate, seen = operated.python(OWN_SWITCH, AWS_ENV="SANDBOX")
    credentials = load_credentials(file=operated.folder / "credentials.env", sandbox=True).credentials
    with SellingPartner(credentials) as client:
        found = client.orders_v0.get_orders(marketplace_ids=[US], created_after=RECENT).payload
        order = client.orders_v0.get_order(order_id=placed).payload
    with SellingPartner(load_credentials(file=operated.folder / "credentials.env").credentials) as client:
        outside = client.orders_v0.get_orders(marketplace_ids=[US], created_after=RECENT).payload

    assert (endpoint, float(rate)) == ("https://sandbox.sellingpartnerapi-na.amazon.com", 5.0)
    assert found is not None
    assert order is not None
    assert outside is not None
    assert placed in seen
    assert seen == [one.amazon_order_id for one in found.orders]
    assert order.order_status == "Unshipped"
    assert outside.orders == []

    assert operated.spapi("sandbox", "show")["isOpen"]
    assert not operated.spapi("sandbox", "reset")["isOpen"]
    assert operated.spapi("order", "place", "--sandbox")["orderId"] == placed  # it begins as it began
    assert httpx2.get(f"{operated.url}/sandbox/market/v1/sandbox").status_code == 404
