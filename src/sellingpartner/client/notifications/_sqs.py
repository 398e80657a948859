"""The one place that knows boto3: it is wanted only by who reads a queue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NotRequired, Protocol, TypedDict
from urllib.parse import urlsplit

from sellingpartner.contract.errors import NotConfigured

_AMAZON = re.compile(r"^(?:sqs\.)?(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)\.(?:queue\.)?amazonaws\.com(?:\.cn)?$")
_ANY_REGION = "us-east-1"
"""Requests have to be signed for one, where the queue is at home in none."""
_SPARE_SECONDS = 10
"""How much longer than a long poll its connection is given."""


class QueueMessage(TypedDict):
    """A message as SQS hands it out, as far as it is looked at."""

    Body: str
    MessageId: str
    ReceiptHandle: str
    Attributes: NotRequired[dict[str, str]]


class Sqs(Protocol):
    """What is used of boto3's SQS client."""

    def receive_message(
        self,
        *,
        QueueUrl: str,  # noqa: N803
        MaxNumberOfMessages: int,  # noqa: N803
        WaitTimeSeconds: int,  # noqa: N803
        VisibilityTimeout: int,  # noqa: N803
        MessageSystemAttributeNames: Sequence[Any],  # noqa: N803
    ) -> Any:  # noqa: ANN401
        ...

    def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> Any:  # noqa: ANN401, N803
        ...

    def change_message_visibility_batch(self, *, QueueUrl: str, Entries: Sequence[Any]) -> Any:  # noqa: ANN401, N803
        ...


def connect(url: str, wait_seconds: int) -> Sqs:
    """A client for the queue's region, or for the host of a queue that is not at AWS."""
    try:
        boto3, config = import_module("boto3"), import_module("botocore.config")
    except ImportError:
        raise NotConfigured("To read a queue takes boto3: pip install 'sellingpartner[aws]'") from None
    parts = urlsplit(url)
    amazon = _AMAZON.match(parts.hostname or "")
    settings = config.Config(
        read_timeout=wait_seconds + _SPARE_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 10},
    )
    session = boto3.session.Session()
    place = {"region_name": amazon["region"] if amazon else session.region_name or _ANY_REGION}
    if amazon is None:
        place["endpoint_url"] = f"{parts.scheme}://{parts.netloc}"
    found: Sqs = session.client("sqs", config=settings, **place)
    return found
