"""Notifications: how many arrive in a second, at a queue and at a webhook, each served by a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import boto3

from benchmarks.report import Figure
from sellingpartner.contract.notifications_v1 import (
    DestinationResourceSpecification,
    EventFilter,
    EventFilterType,
    ProcessingDirective,
    SqsResource,
)
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.notifications.commands import Wanted, create_destination, create_webhook, subscribe
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.server.process.courier import Courier
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

_MANY, _FEW = 2000, 300
_TO_A_QUEUE = 300
"""No more: moto looks through all that its queue holds for each message that comes."""
_ORDERS = 300
_TYPE = "ORDER_CHANGE"
_EVERY = ProcessingDirective(event_filter=EventFilter(event_filter_type=EventFilterType.ORDER_CHANGE))

_QUEUES = """
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
input()
"""
_HOOKS = """
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Takes(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
print(server.server_port, flush=True)
server.serve_forever()
"""
Connect = Callable[[UnitOfWork, str, int], str]


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """How many notifications are delivered in a second, and what one costs the write that causes it."""
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
    count = _FEW if is_quick else _MANY
    return [
        _delivered("notifications delivered to a queue (moto)", folder / "queue.db", _QUEUES, _queue, _TO_A_QUEUE),
        _delivered("notifications delivered to a webhook", folder / "hook.db", _HOOKS, _webhook, count),
        *_cost(folder),
    ]


def _delivered(name: str, database: Path, script: str, connect: Connect, count: int) -> Figure:
    with _serving(script) as port:
        market = TestMarket(f"sqlite:///{database}")
        with market.market.write(market.seller.seller_id) as unit:
            destination_id = connect(unit, market.application.application_id, port)
            wanted = Wanted(
                notification_type=_TYPE, payload_version="1.0", destination_id=destination_id, directive=_EVERY
            )
            subscribe(unit, market.application.application_id, wanted)
        _sell(market, count)
        courier = Courier(market.market, post_to(f"http://127.0.0.1:{port}", may_reach_own_network=True))
        began = perf_counter()
        arrived = courier.deliver()
        took = perf_counter() - began
        market.close()
    if arrived != count:
        raise RuntimeError(f"{arrived} of {count} notifications arrived.")
    return Figure(name=name, value=count / took, unit="1/s")


def _cost(folder: Path) -> list[Figure]:
    """What placing an order takes where nobody is told of it, and where one application is."""
    figures = []
    for name, subscribes in (("nobody is told of", False), ("one application is told of", True)):
        market = TestMarket(f"sqlite:///{folder / f'cost-{subscribes}.db'}")
        if subscribes:
            market.subscribe("ORDER_CHANGE")
        took = sorted(_sell(market, _ORDERS))
        market.close()
        figures.append(Figure(name=f"an order that {name}", value=took[len(took) // 2] * 1000, unit="ms"))
    return figures


def _sell(market: TestMarket, count: int) -> list[float]:
    """Place so many orders, and tell of each once; returns how many seconds each took."""
    with market.market.write(market.seller.seller_id) as unit:
        receive(unit, "MUG-BLUE", Place.SELLER, count, reference="benchmark")
    took = []
    for _ in range(count):
        began = perf_counter()
        market.buys("MUG-BLUE", paid=False)
        took.append(perf_counter() - began)
    return took


def _queue(unit: UnitOfWork, application_id: str, port: int) -> str:
    client = boto3.client("sqs", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1")
    url = client.create_queue(QueueName="told")["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    resource = DestinationResourceSpecification(sqs=SqsResource(arn=arn))
    return create_destination(unit, application_id, "queue", resource).destination_id


def _webhook(unit: UnitOfWork, application_id: str, port: int) -> str:
    made, _ = create_webhook(unit, application_id, "hook", f"http://127.0.0.1:{port}/")
    return made.destination_id


@contextmanager
def _serving(script: str) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
