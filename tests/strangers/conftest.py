"""Strangers: SDKs that others wrote for Amazon, unmodified, on a market served over real sockets.

The demo world is built once for all of pytest's processes; each serves a copy of its own, with `spapi serve`, on a
frozen clock and under Amazon's usage plans. How a stranger is pointed at the market stands in docs/other-sdks.md, and
the tests run what stands there.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import msgspec
import pytest
from nursery import opened

from sellingpartner.client.wire import decode, encode
from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.operation import Request
from sellingpartner.env_file import read_env
from sellingpartner.market.demo import build_demo_world
from sellingpartner.market.market import Market
from sellingpartner.server.process.credentials import TOKEN_PATH
from sellingpartner.server.process.uncollected import uncollected
from soak import TIMES

Answer = TypeVar("Answer")

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ORDERS, ITEMS = (5_000, 1_200) if TIMES > 1 else (500, 120)
"""In `make soak`, more pages of a hundred than a usage plan lets anybody ask for at once; else, `few_calls_left`."""

_GUIDE = Path(__file__).parents[2] / "docs" / "other-sdks.md"
_PART = re.compile(r"^### (?P<title>.+?)\n(?P<text>.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A market that another process serves, as its operator sees it."""

    url: str
    credentials: Path
    http: httpx2.Client

    def send(self, request: Request[Answer]) -> Answer:
        """Ask something of the control API."""
        wire = encode(request)
        reply = self.http.request(wire.method, f"{self.url}{wire.target}", headers=wire.headers, content=wire.body)
        return decode(type(request), reply.status_code, reply.content)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a demo world, which nobody may write to."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the one that all processes of this run share
    built = folder / "strangers.db"
    with (folder / "strangers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            _build(folder / "strangers.db.begun").rename(built)
    return built


def _build(path: Path) -> Path:
    market = Market.open(f"sqlite:///{path}", seed=7, at=PRESENT, is_draft=True)
    with uncollected():  # as `spapi serve` builds it
        build_demo_world(market, orders=ORDERS, items=ITEMS)
    market.close()
    return path


@pytest.fixture(scope="session")
def served(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(world, folder / "market.db")
    credentials, port = folder / "credentials.env", _free_port()
    command = ["--quiet-market", "--port", str(port), "--database", f"sqlite:///{folder / 'market.db'}"]
    with (
        httpx2.Client(transport=httpx2.HTTPTransport(retries=5), timeout=60) as http,
        opened(*command, "--credentials", str(credentials), folder=folder),
    ):
        yield Served(url=f"http://127.0.0.1:{port}", credentials=credentials, http=http)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def free_port() -> Callable[[], int]:
    """A port on which nobody listens."""
    return _free_port


@pytest.fixture
def serving() -> type[Served]:
    """What a market is to its operator that a test serves itself."""
    return Served


@pytest.fixture
def send(served: Served) -> Callable[[Request[Any]], Any]:
    """Asks something of the control API."""
    return served.send


@pytest.fixture
def place_order(served: Served) -> Callable[[], str]:
    """Lets a buyer order what the seller ships itself, and pay; returns the order's id."""
    return lambda: served.send(v1.PlaceOrder()).order_id


@pytest.fixture
def advance(served: Served) -> Callable[[str], v1.AdvancedClock]:
    """Lets market time pass, so much as an ISO 8601 duration says."""
    return lambda duration: served.send(v1.AdvanceClock(by=duration))


@pytest.fixture
def orders_built() -> int:
    """How many orders there were when the market was opened."""
    return ORDERS


@pytest.fixture
def orders_in_market(served: Served) -> Callable[[], dict[str, int]]:
    """Counts the market's orders by their status, past all of Amazon's API."""
    return lambda: served.send(v1.GetMarketStatus()).counts.orders


@pytest.fixture
def own_application(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application of this test's own, so that its usage plans are untouched: in the environment, as guides say."""
    seller = served.send(v1.ListSellers()).sellers[0]
    application = served.send(v1.CreateApplication(name="A Stranger"))
    grant = served.send(v1.CreateGrant(seller_id=seller.seller_id, application_id=application.application_id))
    for name, value in {
        "SP_API_CLIENT_ID": application.client_id,
        "SP_API_CLIENT_SECRET": application.client_secret,
        "SP_API_REFRESH_TOKEN": grant.refresh_token,
        "SP_API_BASE_URL": served.url,
        "SP_API_OAUTH_URL": served.url + TOKEN_PATH,
        "SP_API_MARKETPLACE_ID": "ATVPDKIKX0DER",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def few_calls_left(served: Served, own_application: None) -> None:
    """Orders were listed before by the test's own application, as often as its usage plan allows at once."""
    named = {name: os.environ[f"SP_API_{name.upper()}"] for name in ("client_id", "client_secret", "refresh_token")}
    token = served.http.post(os.environ["SP_API_OAUTH_URL"], data={"grant_type": "refresh_token", **named}).json()
    asked = {"MarketplaceIds": os.environ["SP_API_MARKETPLACE_ID"], "CreatedAfter": "2026-11-23T00:00:00Z"}
    headers = {"x-amz-access-token": token["access_token"]}
    for _ in range(20):
        served.http.get(f"{served.url}/orders/v0/orders", params=asked, headers=headers).raise_for_status()


@pytest.fixture
def now(served: Served) -> Callable[[], datetime]:
    """Tells the market's time."""
    return lambda: served.send(v1.GetClock()).now


@pytest.fixture
def own_credentials_file(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The credentials that `spapi serve` wrote, in the environment."""
    for name, value in read_env(served.credentials).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def guide() -> Callable[..., dict[str, Any]]:
    """Runs parts of a section of docs/other-sdks.md, one after another; returns the names that they leave behind."""
    text = _GUIDE.read_text(encoding="utf-8")

    def run(sdk: str, *titles: str) -> dict[str, Any]:
        section = re.search(rf"^## {re.escape(sdk)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section is not None, f"the guide has no section {sdk}"
        parts = {part["title"]: part["text"] for part in _PART.finditer(section[1])}
        names: dict[str, Any] = {}
        for title in titles:
            for code in _CODE.findall(parts[title]):
                exec(compile(code, f"{_GUIDE.name}, {sdk}, {title}", "exec"), names)
        return names

    return run
