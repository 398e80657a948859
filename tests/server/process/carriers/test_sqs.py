"""Sending to SQS: to a server that speaks it, and to what cannot be sent to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from sellingpartner.server.process.carriers.outcome import ARRIVED, NotSent
from sellingpartner.server.process.carriers.sqs import Queues

_numbers = count(1)


@pytest.fixture
def sqs(moto_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    client = boto3.client("sqs", endpoint_url=moto_url, region_name="us-east-1")
    yield client
    client.close()


@pytest.fixture
def queue_url(sqs: Any) -> str:  # noqa: ANN401 - boto3 has no types
    url: str = sqs.create_queue(QueueName=f"sent-{next(_numbers)}")["QueueUrl"]
    return url


def bodies(sqs: Any, url: str) -> list[str]:  # noqa: ANN401 - boto3 has no types
    return [message["Body"] for message in sqs.receive_message(QueueUrl=url).get("Messages", [])]


def test_a_queue_that_is_not_at_amazon_is_reached_where_its_url_says(sqs: Any, queue_url: str) -> None:  # noqa: ANN401
    Queues().send(queue_url, ['{"told": "å"}'])

    assert bodies(sqs, queue_url) == ['{"told": "å"}']


def test_a_queue_at_amazon_is_reached_where_boto3_thinks_it_is(
    sqs: Any,  # noqa: ANN401
    queue_url: str,
    moto_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    path = urlsplit(queue_url).path
    queues = Queues()

    queues.send(f"https://sqs.us-east-1.amazonaws.com{path}", ["by URL"])
    assert bodies(sqs, queue_url) == ["by URL"]
    _, account, name = path.split("/")
    queues.send(f"arn:aws:sqs:us-east-1:{account}:{name}", ["by ARN"])

    assert bodies(sqs, queue_url) == ["by ARN"]


def test_a_queue_that_is_not_there_is_said_not_to_be(sqs: Any, queue_url: str) -> None:  # noqa: ANN401
    with pytest.raises(NotSent, match=r"SQS did not take it: .*NonExistentQueue"):
        Queues().send(f"{queue_url}-gone", ["{}"])


def test_without_credentials_it_says_so_and_finds_them_when_they_come(
    sqs: Any,  # noqa: ANN401
    queue_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queues = Queues()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")

    with pytest.raises(NotSent, match="Unable to locate credentials"):
        queues.send(queue_url, ["{}"])

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    queues.send(queue_url, ["{}"])
    assert bodies(sqs, queue_url) == ["{}"]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (404, b"<h1>The admin page: hunter2</h1>", "404"),
        (400, b'{"__type": "com.amazonaws.sqs#Oops", "message": "hunter2"}', "Oops"),
        (400, b'{"__type": "hunter2 and more", "message": ""}', "400"),
    ],
)
def test_what_a_strange_server_answers_is_shown_to_nobody(sqs: object, status: int, body: bytes, said: str) -> None:
    server = HTTPServer(("127.0.0.1", 0), answering(status, body))
    Thread(target=server.handle_request, daemon=True).start()

    with pytest.raises(NotSent, match=said) as refused:
        Queues().send(f"http://127.0.0.1:{server.server_port}/123456789012/secrets", ["{}"])

    server.server_close()
    assert "hunter2" not in str(refused.value)


def answering(status: int, body: bytes) -> type[BaseHTTPRequestHandler]:
    """A server of something else."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    return Handler


def test_without_boto3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    with pytest.raises(NotSent, match=r"pip install 'sellingpartner\[aws\]'"):
        Queues().send("https://sqs.us-east-1.amazonaws.com/123456789012/secrets", ["{}"])


def test_nobody_there_is_said_without_the_message(sqs: object) -> None:
    with pytest.raises(NotSent, match="Could not connect") as refused:
        Queues().send("http://127.0.0.1:9/123456789012/secrets", ['{"newClientSecret": "amzn1.oa2-cs.v1.abc"}'])

    assert "oa2-cs" not in str(refused.value)


def test_more_messages_than_a_call_takes_are_sent_in_several(sqs: Any, queue_url: str) -> None:  # noqa: ANN401
    told = [str(number) for number in range(23)]

    assert Queues().send(queue_url, told) == [ARRIVED] * 23

    found: list[str] = []
    while some := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", []):
        found += [message["Body"] for message in some]
    assert sorted(found, key=int) == told
