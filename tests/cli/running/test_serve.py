"""Whole: the command in processes of its own, on real sockets, with what can go wrong there.

Each kind of test starts it as a person does, by a new interpreter; where it is started again, or ends another way, its
process comes from the nursery.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from select import select
from shutil import which
from typing import NamedTuple

import httpx2
import msgspec
import pytest
from nursery import PATIENCE_SECONDS, SPAPI, Start, Started, cold, forked, own_environ, status_at

from sellingpartner.env_file import read_env
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.demo import build_demo_world, set_buyers
from sellingpartner.market.market import Market
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

CREDENTIALS = Path(".spapi/credentials.env")
ORDER = {"lines": [{"sku": "MUG-BLUE"}]}


class Served(NamedTuple):
    """A market that is being served."""

    process: Started
    folder: Path
    url: str

    def call(self, method: str, path: str, **more: object) -> httpx2.Response:
        return httpx2.request(method, self.url + path, timeout=PATIENCE_SECONDS, **more)  # type: ignore[arg-type]

    @property
    def worker(self) -> int:
        """The process id of the worker."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    @property
    def out(self) -> str:
        return (self.folder / "out.txt").read_text()

    @property
    def err(self) -> str:
        return (self.folder / "err.txt").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def eventually(holds: Callable[[], bool]) -> None:
    """Look until something holds; nothing else can be waited for in another process."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def served(folder: Path, port: int, *arguments: str, start: Start = forked) -> Iterator[Served]:
    """Serve the folder's market until the block ends."""
    url = f"http://127.0.0.1:{port}"
    command = ("serve", "--port", str(port), "--no-demo", "--limits", "off", *arguments)
    for name in ("out.txt", "err.txt"):
        (folder / name).write_text("")
    process = start(*command, folder=folder, out=folder / "out.txt", err=folder / "err.txt")

    def answers() -> bool:
        try:
            return status_at(port, "/health") == 200
        except (OSError, HTTPException):
            return False

    try:
        made = Served(process, folder, url)
        eventually(lambda: answers() or process.poll() is not None)
        assert process.poll() is None, made.err
        yield made
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE_SECONDS)


def stock_up(folder: Path) -> None:
    """Put Harbor Goods into the folder's market."""
    (folder / ".spapi").mkdir()
    TestMarket(f"sqlite:///{folder}/.spapi/market.db").close()


def run(folder: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        (*SPAPI, *arguments), cwd=folder, capture_output=True, text=True, env=own_environ(),
        timeout=PATIENCE_SECONDS, check=False, **more,  # type: ignore[call-overload]
    )  # fmt: skip
    return done


def refused_to_serve(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code of `spapi serve` where it cannot, and what it says on either stream."""
    out, err = folder / "out.txt", folder / "err.txt"
    code = forked("serve", "--no-demo", *arguments, folder=folder, out=out, err=err).wait()
    return code, out.read_text(), err.read_text()


def run_as_printed(folder: Path, step: str) -> subprocess.CompletedProcess[str]:
    """Run a line that somebody was told to copy into a shell."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        step, shell=True, cwd=folder, capture_output=True, text=True, env=own_environ({"PATH": path}),
        timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def market_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    stock_up(folder)
    with served(folder, free_port(), start=cold) as made:
        yield made


def test_the_ready_credentials_work_from_end_to_end(market_served: Served) -> None:
    ready = read_env(market_served.folder / CREDENTIALS)

    form = {
        "grant_type": "refresh_token",
        "client_id": ready["SP_API_CLIENT_ID"],
        "client_secret": ready["SP_API_CLIENT_SECRET"],
        "refresh_token": ready["SP_API_REFRESH_TOKEN"],
    }
    token = httpx2.post(ready["SP_API_OAUTH_URL"], data=form).json()["access_token"]
    headers = {"x-amz-access-token": token}
    entered = httpx2.get(f"{ready['SP_API_BASE_URL']}/sellers/v1/marketplaceParticipations", headers=headers).json()

    assert [one["storeName"] for one in entered["payload"]] == ["Harbor Goods"]
    assert [one["marketplace"]["id"] for one in entered["payload"]] == [ready["SP_API_MARKETPLACE_ID"]]


def test_a_person_is_told_where_everything_is_and_no_secret(market_served: Served) -> None:
    ready = read_env(market_served.folder / CREDENTIALS)

    for shown in (market_served.url, "/auth/o2/token", "/market/v1/status", "Harbor Desk", str(CREDENTIALS), "curl "):
        assert shown in market_served.out
    for hidden in ("SP_API_CLIENT_SECRET", "SP_API_REFRESH_TOKEN"):
        assert ready[hidden] not in market_served.out
    assert market_served.err == ""


def test_commands_find_the_market_by_the_credentials_beside_it(market_served: Served) -> None:
    placed = run(market_served.folder, "order", "place", "--json")
    token = run(market_served.folder, "token")

    assert (placed.returncode, placed.stderr) == (0, "")
    assert msgspec.json.decode(placed.stdout)["status"] == "Unshipped"
    assert token.stdout.startswith("Atza|")


def test_a_slow_sender_holds_nobody_up(market_served: Served) -> None:
    host, port = market_served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /market/v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")

        assert market_served.call("GET", "/market/v1/clock").status_code == 200


def test_a_taken_port_is_refused_before_anything_is_built(market_served: Served, tmp_path: Path) -> None:
    port = market_served.url.rpartition(":")[2]

    refused = run(tmp_path, "serve", "--port", port)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"spapi: Port {port} is taken on 127.0.0.1; stop what listens there, "
        f"or choose another --port (make run: PORT={int(port) + 1}).\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("how", "start"), [(signal.SIGTERM, forked), (signal.SIGINT, cold), (signal.SIGHUP, forked)])
def test_a_signal_ends_it_in_order_and_the_log_is_kept(tmp_path: Path, how: signal.Signals, start: Start) -> None:
    stock_up(tmp_path)
    with served(tmp_path, free_port(), start=start) as market:
        market.call("POST", "/market/v1/orders", json=ORDER)
        market.process.send_signal(how)
        assert market.process.wait(PATIENCE_SECONDS) == 0

    assert market.err == ""
    kept = Market.open(f"sqlite:///{tmp_path / '.spapi/market.db'}")
    with kept.read() as unit:
        (latest,) = latest_calls(unit, limit=1)
    kept.close()
    assert latest.operation == "placeOrder"


@pytest.mark.parametrize(("victims", "start"), [("parent", forked), ("both", cold), ("worker", forked)])
def test_what_was_answered_survives_kill_9(tmp_path: Path, victims: str, start: Start) -> None:
    stock_up(tmp_path)
    port = free_port()
    with served(tmp_path, port, start=start) as market:
        worker = market.worker
        placed = market.call("POST", "/market/v1/orders", json=ORDER).json()
        ready = read_env(tmp_path / CREDENTIALS)
        if victims == "both":
            os.kill(market.process.pid, signal.SIGSTOP)  # whoever is left for a moment is to notice nothing
        if victims != "parent":
            os.kill(worker, signal.SIGKILL)
        if victims != "worker":
            os.kill(market.process.pid, signal.SIGKILL)
        market.process.wait(PATIENCE_SECONDS)
    eventually(lambda: not Path(f"/proc/{worker}").exists() or "(zombie)" in Path(f"/proc/{worker}/status").read_text())

    with served(tmp_path, port) as market:
        again = market.call("POST", f"/market/v1/orders/{placed['orderId']}/cancellation")

    canceled = {"status": "Canceled", "canceledBy": "Buyer", "cancelReason": "The buyer canceled the order."}
    assert again.json() == placed | canceled | {"total": {"currencyCode": "USD", "amount": "0.00"}}
    assert read_env(tmp_path / CREDENTIALS) == ready


def test_while_years_pass_everybody_else_is_answered(tmp_path: Path) -> None:
    (tmp_path / ".spapi").mkdir()
    shop = Market.open(f"sqlite:///{tmp_path}/.spapi/market.db", at=START)
    build_demo_world(shop, skus=10, orders=20)
    set_buyers(shop, come=True)
    shop.close()

    with served(tmp_path, free_port()) as market:
        ready = read_env(tmp_path / CREDENTIALS)
        host, port = market.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as advance:
            advance.sendall(b"POST /market/v1/clock/advance HTTP/1.1\r\nHost: localhost\r\n")
            advance.sendall(b'Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{"days": 3660}')
            eventually(lambda: market.call("GET", "/market/v1/clock").json()["now"] > f"{START:%Y-%m-%dT%H:%M:%SZ}")
            answered = [
                market.call("GET", "/health").status_code,
                market.call("GET", "/market/v1/status").status_code,
                market.call("GET", "/sellers/v1/account").status_code,
                market.call("POST", "/market/v1/orders", json={"sellerId": ready["SP_API_SELLER_ID"]}).status_code,
            ]
            comes = bool(select([advance], [], [], 0)[0])
            worker = market.worker
            os.kill(market.process.pid, signal.SIGSTOP)
            os.kill(worker, signal.SIGKILL)  # nobody waits for the end of ten years
            market.process.kill()

    assert (answered, comes) == ([200, 200, 403, 201], False)


def test_a_market_on_postgresql_is_served_and_survives_kill_9(tmp_path: Path, postgres_url: str) -> None:
    TestMarket(postgres_url).close()
    database = ("--database", postgres_url.replace("postgresql+psycopg", "postgresql"))
    with served(tmp_path, free_port(), *database) as market:
        placed = market.call("POST", "/market/v1/orders", json=ORDER).json()
        os.kill(market.process.pid, signal.SIGKILL)

    with served(tmp_path, free_port(), *database) as market:
        again = market.call("POST", f"/market/v1/orders/{placed['orderId']}/cancellation").json()

    assert (again["orderId"], again["status"]) == (placed["orderId"], "Canceled")


def test_a_demo_world_whose_building_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / ".spapi").mkdir()
    market = Market.open(f"sqlite:///{tmp_path}/.spapi/market.db", seed=3)
    market.remember("demo world begun", "1")
    market.close()

    with served(tmp_path, free_port(), "--seed", "3") as served_market:
        status = served_market.call("GET", "/market/v1/status").json()

    assert (status["demoWorld"], status["counts"]["sellers"]) == (False, 1)


def test_a_market_behind_a_proxy_tells_its_public_address(tmp_path: Path) -> None:
    stock_up(tmp_path)
    with served(tmp_path, free_port(), "--public-url", "HTTPS://Market.Example/") as market:
        eventually(lambda: "Ctrl-C" in market.out and "Try it" in market.out)

    ready = read_env(tmp_path / CREDENTIALS)
    assert ready["SP_API_BASE_URL"] == "https://market.example"
    assert ready["SP_API_OAUTH_URL"] == "https://market.example/auth/o2/token"
    assert "https://market.example/console  as" in market.out
    assert market.url not in market.out


def test_a_market_in_memory_is_served_too_and_what_it_says_to_try_leads_from_nothing_to_an_order(
    tmp_path: Path,
) -> None:
    with served(tmp_path, free_port(), "--database", "sqlite://", "--seed", "5") as market:
        status = market.call("GET", "/market/v1/status").json()
        eventually(lambda: "Ctrl-C" in market.out)

        steps = market.out.partition("Try it")[2].splitlines()[2:]
        known = [step for step in steps if step.strip() and (which("curl") or "curl" not in step)]
        told = {step: run_as_printed(tmp_path, step) for step in known}
        orders = market.call("GET", "/market/v1/status").json()["counts"]["orders"]

    assert [(step, done.stderr) for step, done in told.items() if done.returncode] == []
    assert ([step.split()[1:3] for step in told][-5:-3], sum(orders.values())) == (
        [["listing", "put"], ["order", "place"]],
        1,
    )
    assert (status["seed"], status["counts"]["sellers"]) == (5, 1)
    assert "nothing of it will be left: it lives in memory" in market.out
    assert not (tmp_path / ".spapi/market.db").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--database", "mysql://localhost/x"), "SQLite or PostgreSQL"),
        (("--database", "sqlite:////proc/market.db"), "cannot be used"),
        (("--port", "99999"), "Port 99999 does not exist"),
        (("--public-url", "https://market.example/here"), "cannot be the market's public address"),
        (("--seed", "2"), "was made with seed 1, not 2"),
        (("--credentials", "/proc/credentials.env"), "cannot be kept in /proc/credentials.env"),
    ],
)
def test_a_bad_day_is_one_line_on_stderr(tmp_path: Path, arguments: tuple[str, ...], why: str) -> None:
    (tmp_path / ".spapi").mkdir()
    Market.open(f"sqlite:///{tmp_path}/.spapi/market.db").close()
    port = () if "--port" in arguments else ("--port", str(free_port()))

    code, out, err = refused_to_serve(tmp_path, *port, *arguments)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("spapi: ")
    assert why in err


def test_a_full_disk_is_one_line_and_what_was_there_stays(tmp_path: Path) -> None:
    stock_up(tmp_path)
    before = (tmp_path / ".spapi/market.db").read_bytes()

    refused = run(
        tmp_path, "serve", "--no-demo", "--port", str(free_port()),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )  # fmt: skip

    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "cannot be" in refused.stderr
    assert (tmp_path / ".spapi/market.db").read_bytes() == before
