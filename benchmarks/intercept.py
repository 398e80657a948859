"""What it costs to be led: call after call on a connection that stays, directly, by the proxy, and by the shim."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from benchmarks.market import Api, credentials_of, serving_market
from benchmarks.report import Figure
from sellingpartner.testing import TestMarket

_SPAPI = Path(sys.executable).with_name("spapi")
_CALLS, _FEW = 1500, 300
_PROGRAM = """
import json, os, sys, time
from statistics import median
import httpx2

path, token, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
amazon = "https://sellingpartnerapi-na.amazon.com"
ways = {
    "directly": httpx2.Client(base_url=os.environ["SPAPI_MARKET"], trust_env=False),
    "by the proxy": httpx2.Client(base_url=amazon),
    "by the shim": httpx2.Client(base_url=amazon, trust_env=False),
}
times = {name: [] for name in ways}
for _ in range(calls):
    for name, client in ways.items():  # in turn, so that what disturbs one disturbs all
        began = time.perf_counter()
        client.get(path, headers={"x-amz-access-token": token}).raise_for_status()
        times[name].append(time.perf_counter() - began)
print(json.dumps({name: median(each) * 1000 for name, each in times.items()}))
"""


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """The medians, and how many times the direct call's they are."""
    database = folder / "led.db"
    market = TestMarket(f"sqlite:///{database}")
    order_id = market.buys()
    market.close()
    with serving_market(database, "--no-demo") as server:
        api = Api(server.port, credentials_of(database))
        path = f"/orders/v0/orders/{order_id}"
        arguments = [path, api.token, str(_FEW if is_quick else _CALLS)]
        command = [str(_SPAPI), "run", "--url", f"http://127.0.0.1:{server.port}", "--", sys.executable, "-c", _PROGRAM]
        done = subprocess.run([*command, *arguments], cwd=folder, check=True, capture_output=True)
        api.close()
    took = msgspec.json.decode(done.stdout, type=dict[str, float])
    direct = took["directly"]
    figures = [Figure(name=f"getOrder by a client in Python, {way}", value=p50, unit="ms") for way, p50 in took.items()]
    return figures + [
        Figure(name=f"getOrder {way}, against directly", value=p50 / direct, unit="x", most=2)
        for way, p50 in took.items()
        if way != "directly"
    ]
